"""Changing a series: this occurrence, this and the following ones, or all that are yet to come.

What was moved or renamed by hand keeps its own place or name; what is cancelled or skipped stays so, with its
reason. What is over is never changed: where the rest of a series is changed in its place, time or words, it becomes a
series of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import actions, booking_wish, bookings, claims
from civicdesk.desk.booking_facts import judge
from civicdesk.desk.booking_rows import equipment_of, of_series, one, partners_of, series_of
from civicdesk.desk.booking_steps import (
    Placed,
    alter,
    asked_there,
    bring_back,
    in_safe_order,
    overridden,
    put,
    refuse_dated,
    refuse_fallen,
    refuse_over,
)
from civicdesk.desk.booking_wish import Face
from civicdesk.desk.deeds import Deed
from civicdesk.desk.series import left_out
from civicdesk.desk.series_shape import Reshaped, move_pattern, split, wall_step
from civicdesk.models import Booking, BookingState
from civicdesk.text import local


class Scope(StrEnum):
    """How much of a series an action means."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


def move(
    session: Session,
    booking_id: UUID,
    scope: Scope,
    *,
    room_id: UUID | None = None,
    starts_at: datetime | None = None,
    at: datetime,
    key: str | None = None,
    override: str = "",
    leave_out: Collection[date] = (),
) -> list[Booking]:
    """Put occurrences into another room or as much earlier or later as this one, all or none.

    One that comes to lie on a closed day, or on a day of `leave_out`, is skipped with its reason. Refuses what
    `bookings.move` refuses, with the day.
    """
    if scope is Scope.THIS:
        return [
            bookings.move(
                session, booking_id, room_id=room_id, starts_at=starts_at, at=at, key=key, override=override
            )
        ]
    booking = one(session, booking_id)
    by = wall_step(booking.starts_at, starts_at or booking.starts_at)
    shape = Reshaped(booking, room_id or booking.room_id, by, by)
    return _reshape(
        session, "move_booking", shape, scope, at=at, key=key, override=override, leave_out=leave_out
    )


def resize(
    session: Session,
    booking_id: UUID,
    scope: Scope,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    at: datetime,
    key: str | None = None,
    override: str = "",
    leave_out: Collection[date] = (),
) -> list[Booking]:
    """Let occurrences begin and end as much earlier or later as this one. Refuses as `move` does."""
    if scope is Scope.THIS:
        return [
            bookings.resize(
                session, booking_id, starts_at=starts_at, ends_at=ends_at, at=at, key=key, override=override
            )
        ]
    booking = one(session, booking_id)
    shape = Reshaped(
        booking,
        booking.room_id,
        wall_step(booking.starts_at, starts_at or booking.starts_at),
        wall_step(booking.ends_at, ends_at or booking.ends_at),
    )
    return _reshape(
        session, "resize_booking", shape, scope, at=at, key=key, override=override, leave_out=leave_out
    )


def change(
    session: Session,
    booking_id: UUID,
    scope: Scope,
    *,
    at: datetime,
    key: str | None = None,
    override: str = "",
    **face: Unpack[Face],
) -> list[Booking]:
    """Say something else of occurrences; one of which something else was said by hand keeps that.

    Refuses what `bookings.change` refuses.
    """
    if scope is Scope.THIS:
        return [bookings.change(session, booking_id, at=at, key=key, override=override, **face)]
    if actions.subject_of(session, key):
        return list(_siblings(session, booking_id))
    booking = one(session, booking_id)
    meant = _meant(session, booking, scope, at)
    said = [(each, _as_before(session, booking, each, face)) for each in meant]
    deed = Deed(session, "change_booking", at=at, key=key)
    series = split(deed, series_of(session, booking), meant)
    if "organisation_id" in face:
        deed.change(series, organisation_id=face["organisation_id"])
    for each, own in said:
        alter(deed, [each], own, override)
    deed.finish(booking, fields=sorted(face), count=len(meant), **overridden(override))
    return list(of_series(session, series.id))


def cancel(
    session: Session, booking_id: UUID, scope: Scope, *, why: str = "", at: datetime, key: str | None = None
) -> list[Booking]:
    """Call occurrences off; those already called off or skipped keep their own reason. Refuses `is_over`."""
    if scope is Scope.THIS:
        return [bookings.cancel(session, booking_id, why=why, at=at, key=key)]
    if actions.subject_of(session, key):
        return list(_siblings(session, booking_id))
    booking = one(session, booking_id)
    refuse_over(booking, at)
    deed = Deed(session, "cancel_booking", at=at, key=key)
    gone = [each for each in _meant(session, booking, scope, at) if each.state in claims.STANDING]
    for each in gone:
        deed.change(each, state=BookingState.CANCELLED, why=booking_wish.reason(why))
    deed.finish(booking, count=len(gone))
    return gone


def restore(
    session: Session,
    booking_id: UUID,
    scope: Scope,
    *,
    at: datetime,
    key: str | None = None,
    override: str = "",
) -> list[Booking]:
    """Bring back what fell for the same reason as this one, all or none. Refuses what `bookings.restore` refuses."""
    if scope is Scope.THIS:
        return [bookings.restore(session, booking_id, at=at, key=key, override=override)]
    if actions.subject_of(session, key):
        return list(_siblings(session, booking_id))
    booking = one(session, booking_id)
    fell = booking.state, booking.why
    back = [each for each in _meant(session, booking, scope, at) if (each.state, each.why) == fell]
    deed = Deed(session, "restore_booking", at=at, key=key)
    bring_back(deed, back, override)
    deed.finish(booking, count=len(back), **overridden(override))
    return back


def _reshape(
    session: Session,
    action: str,
    reshaped: Reshaped,
    scope: Scope,
    *,
    at: datetime,
    key: str | None,
    override: str,
    leave_out: Collection[date],
) -> list[Booking]:
    booking = reshaped.booking
    if actions.subject_of(session, key):
        return list(_siblings(session, booking.id))
    refuse_over(booking, at)
    refuse_fallen(booking)
    old = series_of(session, booking)
    meant = _meant(session, booking, scope, at)
    moves = [(each, reshaped.place(each, old)) for each in meant]
    skipped = _skipped(session, moves, at, override, leave_out)
    deed = Deed(session, action, at=at, key=key)
    series = split(deed, old, meant)
    move_pattern(deed, series, reshaped)
    for each, to in in_safe_order(moves):
        if each.id in skipped:
            deed.change(each, state=BookingState.SKIPPED, why=skipped[each.id])
        put(deed, each, to, override if each.state in claims.STANDING else "")
        if reshaped.days and each.series_on is not None:
            deed.change(each, series_on=each.series_on + timedelta(days=reshaped.days))
    deed.finish(booking, count=len(moves), **overridden(override))
    return list(of_series(session, series.id))


def _skipped(
    session: Session, moves: Sequence[Placed], at: datetime, override: str, leave_out: Collection[date]
) -> dict[UUID, str]:
    """The occurrences that will have no place, with the reason; refuses for what stands in the way of the others."""
    standing = [(each, to) for each, to in moves if each.state in (*claims.STANDING, BookingState.CLASH)]
    asked = [asked_there(session, each, to) for each, to in standing]
    found = judge(session, asked, at=at, besides=[each.id for each, _to in standing])
    skipped = {
        each.id: why
        for (each, to), objected in zip(standing, found, strict=True)
        if (why := left_out(local(to.starts_at).date(), objected, leave_out, override)) is not None
    }
    weighed = [
        (to.starts_at, objected)
        for (each, to), objected in zip(standing, found, strict=True)
        if each.id not in skipped
    ]
    refuse_dated([starts_at for starts_at, _o in weighed], [objected for _s, objected in weighed], override)
    return skipped


def _meant(session: Session, booking: Booking, scope: Scope, at: datetime) -> list[Booking]:
    """The occurrences of a scope that have not begun, and the one in hand."""
    rows = of_series(session, series_of(session, booking).id)
    since = booking.series_on if scope is Scope.FOLLOWING else None
    return [
        row
        for row in rows
        if (row.id == booking.id or row.starts_at > at)
        and (since is None or row.series_on is None or row.series_on >= since)
    ]


def _siblings(session: Session, booking_id: UUID) -> Sequence[Booking]:
    return of_series(session, series_of(session, one(session, booking_id)).id)


def _as_before(session: Session, booking: Booking, other: Booking, face: Face) -> dict[str, Any]:
    """What may be said of another occurrence too: where it says the same as this one did."""
    return {
        name: value
        for name, value in face.items()
        if other.id == booking.id or _said(session, other, name) == _said(session, booking, name)
    }


def _said(session: Session, booking: Booking, name: str) -> object:
    if name == "partners":
        return {row.id for row in partners_of(session, booking.id)}
    if name == "equipment":
        return equipment_of(session, booking.id)
    return getattr(booking, name)
