"""What managers decide about opening: the hours of each weekday, and the days the centre is closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import audit, claims, fields
from civicdesk.desk.booking_rules import LONGEST
from civicdesk.desk.booking_steps import bring_back
from civicdesk.desk.deeds import Deed
from civicdesk.desk.hours import instant, is_wall_time
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Closure, OpeningHours
from civicdesk.text import _, local

Hours = tuple[str, str]
"""From and until, as wall times; `24:00` is midnight at the end of the day."""

WHOLE_DAY: Hours = ("00:00", "24:00")

_MEETS = (
    select(Booking)
    .where(
        Booking.starts_at < bindparam("ends"),
        Booking.starts_at > bindparam("since"),
        Booking.ends_at > bindparam("begins"),
        Booking.ends_at > bindparam("at"),
        Booking.deleted_at.is_(None),
    )
    .options(joinedload(Booking.room), joinedload(Booking.organisation))
    .order_by(Booking.starts_at, Booking.id)
)
_TOUCHED = _MEETS.where(Booking.state.in_(claims.STANDING))
_SKIPPED = _MEETS.where(Booking.state == BookingState.SKIPPED, Booking.why == bindparam("why"))


def week(session: Session) -> dict[int, Hours]:
    """The hours of each weekday (0 is Monday) on which the centre opens."""
    rows = session.scalars(select(OpeningHours).where(OpeningHours.deleted_at.is_(None)))
    return {row.weekday: (row.opens, row.closes) for row in rows}


def set_hours(session: Session, hours: Mapping[int, Hours], *, at: datetime) -> None:
    """Open at these hours from now on; a weekday that is not named is closed. Refuses `bad_time`, `ends_first`."""
    for opens, closes in hours.values():
        _check(opens, closes)
    rows = session.scalars(select(OpeningHours).where(OpeningHours.deleted_at.is_(None)))
    left = dict(hours)
    for row in rows.all():
        wanted = left.pop(row.weekday, None)
        if wanted is None:
            row.deleted_at = at
        else:
            row.opens, row.closes = wanted
    for weekday, (opens, closes) in left.items():
        session.add(OpeningHours(weekday=weekday, opens=opens, closes=closes))
    said = {str(weekday): f"{opens}-{closes}" for weekday, (opens, closes) in hours.items()}
    audit.record(session, "set_hours", None, at, hours=said)


def closures(session: Session, *, at: datetime) -> Sequence[Closure]:
    """The closures from today on, the nearest first."""
    today = local(at).date()
    return session.scalars(
        select(Closure)
        .where(Closure.on >= today, Closure.deleted_at.is_(None))
        .order_by(Closure.on, Closure.from_time)
    ).all()


def touched_by(session: Session, on: date, during: Hours = WHOLE_DAY, *, at: datetime) -> Sequence[Booking]:
    """The bookings that a closure would touch, earliest first, so that a manager sees them before it is kept.

    Refuses `bad_time`, `ends_first`.
    """
    _check(*during)
    return session.scalars(_TOUCHED, _span(on, during, at)).all()


def close(
    session: Session,
    on: date,
    *,
    reason: str,
    during: Hours = WHOLE_DAY,
    keep: Collection[UUID] = (),
    at: datetime,
) -> Closure:
    """Close a day or a part of it; the bookings it touches are skipped with its reason, but for those in `keep`.

    Refuses `no_reason`, `past_date`, `bad_time`, `ends_first`, `overlaps`.
    """
    if not reason.strip():
        raise Refusal("no_reason", _("Write why the centre is closed; visitors are told so."))
    _check(*during)
    _refuse_past(on, during, at)
    _refuse_overlap(session, on, during)
    closure = Closure(on=on, from_time=during[0], until_time=during[1], reason=fields.note(reason))
    session.add(closure)
    session.flush()
    audit.record(session, "close_day", closure, at, on=on, hours=f"{during[0]}-{during[1]}")
    _skip(session, closure, keep, at)
    return closure


def reopen(session: Session, closure_id: UUID, *, at: datetime) -> Closure:
    """Open after all; the bookings it had put off stand again where their rooms are still free."""
    closure = session.get_one(Closure, closure_id)
    closure.deleted_at = at
    session.flush()
    audit.record(session, "reopen_day", closure, at, on=closure.on)
    _bring_back(session, closure, at)
    return closure


def close_again(session: Session, closure_id: UUID, *, at: datetime) -> Closure:
    """Undo of `reopen`. Refuses `overlaps` if another closure took the time meanwhile."""
    closure = session.get_one(Closure, closure_id)
    _refuse_overlap(session, closure.on, (closure.from_time, closure.until_time))
    closure.deleted_at = None
    session.flush()
    audit.record(session, "close_day", closure, at, on=closure.on, undo=True)
    _skip(session, closure, (), at)
    return closure


def _skip(session: Session, closure: Closure, keep: Collection[UUID], at: datetime) -> None:
    during = (closure.from_time, closure.until_time)
    touched = [row for row in touched_by(session, closure.on, during, at=at) if row.id not in keep]
    if touched:
        deed = Deed(session, "skip_bookings", at=at)
        for row in touched:
            deed.change(row, state=BookingState.SKIPPED, why=closure.reason)
        deed.finish(closure, on=closure.on, count=len(touched))


def _bring_back(session: Session, closure: Closure, at: datetime) -> None:
    span = _span(closure.on, (closure.from_time, closure.until_time), at)
    skipped = session.scalars(_SKIPPED, {**span, "why": closure.reason}).all()
    deed = Deed(session, "restore_booking", at=at)
    for row in skipped:
        with suppress(Refusal):  # its room was given away, or it is a feast besides: it stays skipped
            bring_back(deed, [row])
    if skipped:
        deed.finish(closure, on=closure.on, count=len(skipped))


def _span(on: date, during: Hours, at: datetime) -> dict[str, datetime]:
    begins, ends = (instant(on, wall) for wall in during)
    return {"begins": begins, "ends": ends, "at": at, "since": begins - 2 * LONGEST}


def _check(opens: str, closes: str) -> None:
    if not (is_wall_time(opens) and is_wall_time(closes)):
        raise Refusal("bad_time", _("Write times as 09:00."))
    if opens >= closes:  # HH:MM sorts as the day runs
        raise Refusal("ends_first", _("The end must be later than the beginning."))


def _refuse_past(on: date, during: Hours, at: datetime) -> None:
    now = local(at)
    if (on, during[1]) <= (now.date(), f"{now:%H:%M}"):
        raise Refusal("past_date", _("This time has passed. Choose a later one."))


def _refuse_overlap(session: Session, on: date, during: Hours) -> None:
    taken = session.scalar(
        select(Closure)
        .where(
            Closure.on == on,
            Closure.from_time < during[1],
            Closure.until_time > during[0],
            Closure.deleted_at.is_(None),
        )
        .limit(1)
    )
    if taken is not None:
        raise Refusal(
            "overlaps",
            _("The centre is already closed then: {reason}. Remove that first.").format(reason=taken.reason),
        )
