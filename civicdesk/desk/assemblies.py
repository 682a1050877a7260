"""General assemblies: the first and the second call as a pair, and what the law warns of.

CivicDesk gives no legal advice: it says what is unusual and books it all the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, booking_rules, booking_wish
from civicdesk.desk.booking_facts import judge
from civicdesk.desk.booking_rows import one
from civicdesk.desk.booking_rules import Objection
from civicdesk.desk.booking_steps import overridden, refuse_dated
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.claims import STANDING
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingKind, BookingState
from civicdesk.text import _, local, ngettext

NOTICE_DAYS = 15
NEAREST_DAYS, FARTHEST_DAYS = 7, 60

_SECOND = (
    select(Booking.id)
    .where(Booking.call_of_id == bindparam("first"), Booking.deleted_at.is_(None))
    .order_by(Booking.id.desc())
    .limit(1)
)


def warnings(first_on: date, second_on: date | None = None, *, at: datetime) -> list[Objection]:
    """What is unusual about the days of an assembly: `short_call` under 15 days, `call_gap` outside 7 to 60.

    Shown, never refused.
    """
    found = []
    days = (first_on - local(at).date()).days
    if days < NOTICE_DAYS:
        words = ngettext(
            "Members are called at least 15 days before; it is {count} day.",
            "Members are called at least 15 days before; it is {count} days.",
            days,
        )
        found.append(Objection("short_call", words.format(count=days)))
    if second_on is not None and not NEAREST_DAYS <= (second_on - first_on).days <= FARTHEST_DAYS:
        words = ngettext(
            "The second call is 7 to 60 days after the first; it is {count} day.",
            "The second call is 7 to 60 days after the first; it is {count} days.",
            (second_on - first_on).days,
        )
        found.append(Objection("call_gap", words.format(count=(second_on - first_on).days)))
    return found


def book(
    session: Session,
    first: Wish,
    second_at: datetime,
    *,
    second_room_id: UUID | None = None,
    at: datetime,
    key: str | None = None,
    override: str = "",
) -> tuple[Booking, Booking]:
    """Book both calls of a general assembly, or neither; the second is as long as the first and in its room.

    Refuses `second_first` when it does not come later, and what `bookings.book` refuses, with the day.
    """
    if done := actions.subject_of(session, key):
        return one(session, done), _the_second(session, done)
    if second_at < first.ends_at:
        raise Refusal("second_first", _("The second call comes after the first."))
    first = replace(first, kind=BookingKind.GENERAL_ASSEMBLY)
    second = replace(
        first,
        room_id=second_room_id or first.room_id,
        starts_at=second_at,
        ends_at=second_at + (first.ends_at - first.starts_at),
    )
    wishes = [first, second]
    booking_rules.refuse(booking_rules.impossible(first.asked.times))
    found = judge(session, [wish.asked for wish in wishes], at=at)
    refuse_dated([wish.starts_at for wish in wishes], found, override)
    rows = [booking_wish.row(wish, why=booking_wish.reason(override)) for wish in wishes]
    rows[1].call_of_id = rows[0].id
    deed = Deed(session, "book_assembly", at=at, key=key)
    deed.make(rows)
    deed.make([each for row in rows for each in booking_wish.partners(row.id, first.partners)])
    deed.make([each for row in rows for each in booking_wish.equipment(row.id, first.equipment)])
    deed.finish(rows[0], **overridden(override))
    return one(session, rows[0].id), one(session, rows[1].id)


def second_of(session: Session, booking_id: UUID) -> Booking | None:
    """The second call of an assembly, if it has one."""
    session.flush()
    found = session.scalar(_SECOND, {"first": booking_id})
    return one(session, found) if found else None


def quorum_met(session: Session, booking_id: UUID, *, at: datetime, key: str | None = None) -> Booking:
    """The first call had its quorum, so the second is not needed: its room is free. Returns the second.

    Refuses `no_second` and `not_begun`.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    first = one(session, booking_id)
    second = _the_second(session, booking_id)
    if at < first.starts_at:
        raise Refusal("not_begun", _("This event has not begun yet."))
    if second.state not in STANDING:
        return second
    deed = Deed(session, "quorum_met", at=at, key=key)
    deed.change(second, state=BookingState.RELEASED)
    deed.finish(second)
    return second


def _the_second(session: Session, booking_id: UUID) -> Booking:
    second = second_of(session, booking_id)
    if second is None:
        raise Refusal("no_second", _("This assembly has no second call."))
    return second
