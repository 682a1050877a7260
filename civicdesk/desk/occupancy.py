"""How many are inside, counted once each: by name, and by head without names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.models import HeadTotal, Visit

_NAMED = (
    select(Visit.room_id, Visit.booking_id, func.sum(Visit.people))
    .where(Visit.left_at.is_(None), Visit.deleted_at.is_(None))
    .group_by(Visit.room_id, Visit.booking_id)
)
_HEADS = select(HeadTotal.room_id, HeadTotal.booking_id, HeadTotal.category, HeadTotal.people)

Place = tuple[UUID | None, UUID | None]
"""A room, and the event in it if it is one's: people there are counted together."""


@dataclass(frozen=True)
class Occupancy:
    """People inside by place.

    A place holds as many as its names or its heads, whichever are more: three with names at an event of 49 heads
    are among the 49.
    """

    named: dict[Place, int]
    heads: dict[Place, int]
    categories: dict[UUID, dict[str, int]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.at(place) for place in self.named.keys() | self.heads.keys())

    @property
    def unnamed(self) -> int:
        return self.total - sum(self.named.values())

    def at(self, place: Place) -> int:
        named, heads = self.named.get(place, 0), self.heads.get(place, 0)
        # without a room there is nothing to be counted twice in
        return named + heads if place == (None, None) else max(named, heads)

    def in_room(self, room_id: UUID) -> int:
        return sum(self.at(place) for place in self.named.keys() | self.heads.keys() if place[0] == room_id)

    def unnamed_in(self, room_id: UUID) -> int:
        places = [place for place in self.heads if place[0] == room_id]
        return sum(self.at(place) - self.named.get(place, 0) for place in places)


def now(session: Session) -> Occupancy:
    """Everyone inside at this moment."""
    return Occupancy(_named(session), *_heads(session))


def _named(session: Session) -> dict[Place, int]:
    return {(room, booking): people for room, booking, people in session.execute(_NAMED)}


def _heads(session: Session) -> tuple[dict[Place, int], dict[UUID, dict[str, int]]]:
    heads: Counter[Place] = Counter()
    categories: dict[UUID, dict[str, int]] = {}
    for room, booking, category, people in session.execute(_HEADS):
        heads[room, booking] += people
        in_room = categories.setdefault(room, {})
        in_room[category] = in_room.get(category, 0) + people
    return {place: people for place, people in heads.items() if people}, categories
