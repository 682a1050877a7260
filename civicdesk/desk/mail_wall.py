"""The wall of boxes: every box with what lies in it, notices in red, and how long the oldest item has been there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Integer, case, func, select
from sqlalchemy.orm import Session

from civicdesk.desk import boxes, notices
from civicdesk.models import Mailbox, MailKind, MailState, Organisation
from civicdesk.text import fold

HUNDRED = 100
_RED = (MailKind.NOTICE, MailKind.SLIP21)
_MAILBOX, _ORGANISATION, _STATE = Mailbox.__table__.c, Organisation.__table__.c, MailState.__table__.c
_BOXES = (
    select(
        _MAILBOX.number, _ORGANISATION.id, _ORGANISATION.name, _ORGANISATION.short_name, _ORGANISATION.folded
    )
    .select_from(
        Mailbox.__table__.outerjoin(
            Organisation.__table__,
            (_ORGANISATION.id == _MAILBOX.organisation_id) & _ORGANISATION.deleted_at.is_(None),
        )
    )
    .where(_MAILBOX.deleted_at.is_(None))
    .order_by(_MAILBOX.number, _ORGANISATION.folded)
)
_WAITING = (
    select(
        _STATE.box,
        func.count(),
        func.coalesce(func.sum(case((_STATE.kind.in_(_RED), 1), else_=0)), 0, type_=Integer),
        func.min(_STATE.received_at),
    )
    .where(_STATE.is_open.is_(True))
    .group_by(_STATE.box)
)
_UNMATCHED = select(func.count()).where(_STATE.is_open.is_(True), _STATE.organisation_id.is_(None))


class _Holder(NamedTuple):
    """Whose a box is."""

    id: UUID
    name: str
    short_name: str
    folded: str


class Age(IntEnum):
    """How long the oldest item of a box has lain there, in the steps of the reminders."""

    FRESH = 0
    DAYS_3 = 3
    DAYS_7 = 7
    DAYS_30 = 30


@dataclass(frozen=True)
class Tile:
    """One box on the wall."""

    number: int
    names: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()
    organisations: tuple[UUID, ...] = ()
    waiting: int = 0
    notices: int = 0
    days: int = 0

    @property
    def age(self) -> Age:
        return age_of(self.days)

    @property
    def is_shared(self) -> bool:
        return len(self.organisations) > 1


@dataclass(frozen=True)
class Wall:
    """All boxes by their numbers; `elsewhere` lies at the desk for organisations without a box."""

    tiles: Sequence[Tile]
    waiting: int
    notices: int
    unmatched: int
    elsewhere: int
    _folded: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    def hundreds(self) -> list[tuple[int, int]]:
        """The ranges for the buttons above the wall: (1, 100), (101, 200), … up to the last box."""
        last = self.tiles[-1].number if self.tiles else 0
        starts = sorted({(tile.number - 1) // HUNDRED * HUNDRED + 1 for tile in self.tiles})
        return [(start, min(start + HUNDRED - 1, last)) for start in starts]

    def within(self, first: int, last: int) -> list[Tile]:
        """The boxes of a range."""
        return [tile for tile in self.tiles if first <= tile.number <= last]

    def find(self, typed: str = "", *, only_waiting: bool = False) -> list[Tile]:
        """The boxes whose number begins so or one of whose names has words that begin so."""
        number, words = boxes.box_number(typed), fold(typed).split()
        return [
            tile
            for tile in self.tiles
            if (tile.waiting or not only_waiting)
            and (
                str(tile.number).startswith(str(number))
                if number is not None
                else all(f" {word}" in self._folded[tile.number] for word in words)
            )
        ]


def look(session: Session, *, at: datetime) -> Wall:
    """The whole wall, in two look-ups."""
    # facts by their tables: six hundred boxes as objects of the session would take ten times as long
    connection = session.connection()
    held: dict[int, list[_Holder]] = defaultdict(list)
    for number, *holder in connection.execute(_BOXES):
        held[number] += [_Holder(*holder)] if holder[0] else []
    counts = {box: (count, red, oldest) for box, count, red, oldest in connection.execute(_WAITING)}
    tiles = [_tile(number, holders, counts.get(number), at) for number, holders in held.items()]
    unmatched = connection.scalar(_UNMATCHED) or 0
    return Wall(
        tiles,
        waiting=sum(count for count, _red, _oldest in counts.values()),
        notices=sum(red for _count, red, _oldest in counts.values()),
        unmatched=unmatched,
        elsewhere=sum(count for box, (count, _red, _oldest) in counts.items() if box not in held) - unmatched,
        _folded={number: "".join(map(_searched, holders)) for number, holders in held.items()},
    )


def age_of(days: int) -> Age:
    """The step of so many days."""
    return max(age for age in Age if age <= max(days, 0))


def short(name: str, short_name: str = "") -> str:
    """What stands on a box: the short name, or the name without the word for its kind."""
    words = name.split()
    return short_name or " ".join(words[:-1] if len(words) > 2 else words)  # noqa: PLR2004  never one word alone


def _tile(
    number: int, holders: Sequence[_Holder], found: tuple[int, int, datetime] | None, at: datetime
) -> Tile:
    count, red, oldest = found or (0, 0, at)
    return Tile(
        number,
        names=tuple(holder.name for holder in holders),
        short_names=tuple(short(holder.name, holder.short_name) for holder in holders),
        organisations=tuple(holder.id for holder in holders),
        waiting=count,
        notices=red,
        days=notices.days_gone(oldest, at) if found else 0,
    )


def _searched(holder: _Holder) -> str:
    """What is searched for a holder: each word with a gap before it."""
    given = f" {fold(holder.short_name)}" if holder.short_name else ""
    return f" {holder.folded}{given}"
