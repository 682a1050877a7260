"""Which of our rooms and organisations the words of a file mean; where it is unsure, a hand says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import centre
from civicdesk.models import Organisation, Room
from civicdesk.text import fold

_LIKELY = 82


@dataclass(frozen=True)
class Place:
    """A file's word for a room, and which one it is; `likely` is offered first where it is unsure."""

    said: str
    room_id: UUID | None
    is_sure: bool = False
    likely: UUID | None = None


@dataclass(frozen=True)
class Places:
    """What the words of one file mean."""

    rooms: Mapping[UUID, Room]
    said: Mapping[str, Place]
    organisations: Mapping[str, Organisation] = field(default_factory=dict)

    def room_of(self, said: str) -> Room | None:
        """The room of a word, if it is known."""
        place = self.said.get(said)
        return self.rooms.get(place.room_id) if place and place.room_id else None

    def organisation_of(self, said: str) -> Organisation | None:
        """The organisation of this name."""
        return self.organisations.get(fold(said)) if said else None

    def unsure(self) -> list[Place]:
        """The words that a hand has to settle or has settled, in the order of the alphabet."""
        return sorted(
            (place for place in self.said.values() if not place.is_sure), key=lambda each: each.said
        )

    def parts(self, room_id: UUID) -> list[UUID]:
        """What a room holds: its parts if it can be divided, else itself."""
        return [room.id for room in self.rooms.values() if room.part_of_id == room_id] or [room_id]


def places(session: Session, words: Collection[str], chosen: Mapping[str, UUID | None]) -> Places:
    """What the words mean: chosen by hand, the room's very name, or its name within the word."""
    rooms = centre.rooms(session)
    said = {word: _place(word, rooms, chosen) for word in words}
    held = session.scalars(select(Organisation).where(Organisation.deleted_at.is_(None)))
    return Places({room.id: room for room in rooms}, said, {each.folded: each for each in held})


def _place(word: str, rooms: Sequence[Room], chosen: Mapping[str, UUID | None]) -> Place:
    if word in chosen:
        return Place(word, chosen[word])
    names = {room.id: fold(room.name) for room in rooms}
    wanted = fold(word)
    same = [id_ for id_, name in names.items() if name == wanted]
    within = [id_ for id_, name in names.items() if name and f" {name} " in f" {wanted} "]
    for found in (same, within):
        if len(found) == 1:
            return Place(word, found[0], is_sure=True)
    return Place(word, None, likely=_likely(wanted, names))


def _likely(wanted: str, names: Mapping[UUID, str]) -> UUID | None:
    """A room whose name is nearly the same; only offered, never taken by itself."""
    if not wanted:
        return None
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    best = process.extractOne(wanted, names, scorer=fuzz.WRatio, score_cutoff=_LIKELY)
    return best[2] if best else None
