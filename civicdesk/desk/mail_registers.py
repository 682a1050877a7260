"""The registers of post: what came in on a day, and what an organisation was sent and took away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import hours, notices
from civicdesk.models import (
    HandedOver,
    HandOver,
    MailItem,
    MailKind,
    MailMove,
    MailState,
    Move,
    NoticeTaking,
    Organisation,
    Place,
    Staff,
)

_ENDS = (Move.FORWARDED, Move.RETURNED, Move.UNCLAIMED, Move.NOT_TAKEN, Move.WITHDRAWN)
_CHUNK = 500


@dataclass(frozen=True)
class Line:
    """One item in a register: what it is, who took it in, where it stands, and how it left.

    `served_at` is when a notice was accepted. `ended_at` is when it was handed over or ended otherwise, `taken_by` is
    who took it, in what `capacity` and on what `authority`; `reason` says why it was not taken, or why it was.
    """

    item: MailItem
    received_by: str
    place: str
    days: int
    served_at: datetime | None = None
    ended_at: datetime | None = None
    taken_by: str = ""
    capacity: str = ""
    authority: str = ""
    reason: str = ""
    hand_over_id: UUID | None = None
    is_signed: bool = False


@dataclass(frozen=True)
class Register:
    """The lines of a register, in the order of their numbers, and its days (both included)."""

    first: date
    last: date
    lines: Sequence[Line]
    organisation: Organisation | None = None

    @property
    def by_kind(self) -> dict[str, int]:
        """How many of each kind, in the order of the kinds."""
        counted = Counter(line.item.kind for line in self.lines)
        return {kind: counted[kind] for kind in MailKind if counted[kind]}

    @property
    def by_place(self) -> dict[str, int]:
        """How many stand where."""
        counted = Counter(line.place for line in self.lines)
        return {place: counted[place] for place in Place if counted[place]}


def of_day(session: Session, on: date, *, at: datetime) -> Register:
    """What came in on a day, as it stands now."""
    return of_days(session, on, on, at=at)


def of_days(session: Session, first: date, last: date, *, at: datetime) -> Register:
    """What came in on these days, both included, as it stands now."""
    return Register(first, last, _lines(session, [_came(first, last)], at))


def of_organisation(
    session: Session, organisation_id: UUID, first: date, last: date, *, at: datetime
) -> Register:
    """What came for an organisation on these days, as it stands now."""
    lines = _lines(session, [_came(first, last), MailItem.organisation_id == organisation_id], at)
    return Register(first, last, lines, session.get(Organisation, organisation_id))


def handed_over(session: Session, on: date) -> Sequence[HandOver]:
    """The hand-overs of a day, in their order."""
    first, last = _instants(on, on)
    return session.scalars(
        select(HandOver).where(HandOver.at >= first, HandOver.at < last).order_by(HandOver.at)
    ).all()


def _came(first: date, last: date) -> ColumnElement[bool]:
    begin, end = _instants(first, last)
    return (MailItem.received_at >= begin) & (MailItem.received_at < end)


def _instants(first: date, last: date) -> tuple[datetime, datetime]:
    return hours.instant(first, "00:00"), hours.instant(last + timedelta(days=1), "00:00")


def _lines(session: Session, wanted: Sequence[ColumnElement[bool]], at: datetime) -> list[Line]:
    items = session.scalars(
        select(MailItem)
        .where(MailItem.deleted_at.is_(None), *wanted)
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.desk, MailItem.number)
    ).all()
    names = {staff.id: staff.name for staff in session.scalars(select(Staff))}
    return [
        line
        for start in range(0, len(items), _CHUNK)
        for line in _chunk(session, items[start : start + _CHUNK], names, at)
    ]


def _chunk(
    session: Session, items: Sequence[MailItem], names: dict[UUID, str], at: datetime
) -> Iterable[Line]:
    ids = [item.id for item in items]
    states = {
        state.item_id: state for state in session.scalars(select(MailState).where(MailState.item_id.in_(ids)))
    }
    given = _hand_overs(session, ids)
    ends = _last_ends(session, ids)
    served = {
        taking.item_id: taking.at
        for taking in session.scalars(
            select(NoticeTaking).where(NoticeTaking.item_id.in_(ids), NoticeTaking.is_taken)
        )
    }
    for item in items:
        state = states[item.id]
        line = Line(
            item,
            received_by=names.get(item.received_by_id, "") if item.received_by_id else "",
            place=state.place,
            days=notices.days_gone(item.received_at, at if state.is_open else state.changed_at),
            served_at=served.get(item.id),
        )
        yield _ended(line, state, given.get(item.id), ends.get(item.id))


def _ended(line: Line, state: MailState, made: HandOver | None, end: MailMove | None) -> Line:
    """The line with how the item left, if it did."""
    if made is not None and state.place == Place.HANDED_OVER:
        return replace(
            line,
            ended_at=made.at,
            taken_by=made.collector,
            capacity=made.capacity,
            authority=made.authority,
            reason=made.override,
            hand_over_id=made.id,
            is_signed=made.signature_id is not None,
        )
    if end is not None and not state.is_open:
        return replace(line, ended_at=end.at, reason=end.reason)
    return line


def _hand_overs(session: Session, ids: Sequence[UUID]) -> dict[UUID, HandOver]:
    found = session.execute(
        select(HandedOver.item_id, HandOver)
        .join(HandOver, HandOver.id == HandedOver.hand_over_id)
        .where(HandedOver.item_id.in_(ids))
    )
    return {row.item_id: row.HandOver for row in found}


def _last_ends(session: Session, ids: Sequence[UUID]) -> dict[UUID, MailMove]:
    moves = session.scalars(
        select(MailMove).where(MailMove.item_id.in_(ids), MailMove.what.in_(_ENDS)).order_by(MailMove.id)
    )
    return {move.item_id: move for move in moves}
