"""Whether they came: rooms nobody came to are asked about and set free, events begin and end when they really do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import actions, centre, claims, occupancy
from civicdesk.desk.booking_rows import one
from civicdesk.desk.booking_steps import refuse_fallen
from civicdesk.desk.booking_wish import guests_came
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, HeadCount, Visit
from civicdesk.text import _, clock

_EARLY = timedelta(hours=2)

_RUNNING = (
    select(Booking)
    .where(
        Booking.starts_at <= bindparam("begun"),
        Booking.starts_at > bindparam("since"),
        Booking.ends_at > bindparam("at"),
        Booking.state.in_(claims.STANDING),
        Booking.started_at.is_(None),
        Booking.deleted_at.is_(None),
    )
    .options(joinedload(Booking.room), joinedload(Booking.organisation))
    .order_by(Booking.starts_at, Booking.id)
)
# by the day, or every look at Today would go through the visits of years
_CAME = (
    select(Visit.id)
    .where(
        Visit.booking_id == bindparam("booking"),
        Visit.arrived_at > bindparam("since"),
        Visit.deleted_at.is_(None),
    )
    .limit(1)
)
_COUNTED = (
    select(HeadCount.id)
    .where(HeadCount.booking_id == bindparam("booking"), HeadCount.at > bindparam("since"))
    .limit(1)
)


def suspects(session: Session, *, at: datetime) -> Sequence[Booking]:
    """The bookings nobody has come to so many minutes after they began; the desk asks before it frees a room.

    Whoever came and left again was there, and so was an event that the desk saw begin.
    """
    begun = at - timedelta(minutes=centre.the_centre(session).no_show_minutes)
    now = occupancy.now(session)
    asked = {"begun": begun, "since": at - timedelta(days=2), "at": at}
    running = session.scalars(_RUNNING, asked).all()
    return [row for row in running if not now.in_room(row.room_id) and not _anybody_came(session, row)]


def free(session: Session, booking_id: UUID, *, at: datetime, key: str | None = None) -> Booking:
    """Nobody came: the rest of the time is free for others, and that nobody came is kept.

    Refuses `not_standing`, `not_begun`, and `somebody_there`. `bookings.undo` or `bookings.restore` takes it back.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    refuse_fallen(booking)
    if at < booking.starts_at:
        words = _("This booking begins at {}. Call it off, or wait until then.")
        raise Refusal("not_begun", words.format(clock(booking.starts_at)))
    if booking.started_at is not None or _anybody_came(session, booking):
        raise Refusal("somebody_there", _("Somebody came to this event. Note its end instead."))
    deed = Deed(session, "free_no_show", at=at, key=key)
    deed.change(booking, state=BookingState.NO_SHOW, released_at=min(at, booking.ends_at))
    deed.finish(booking)
    return booking


def begin(session: Session, booking_id: UUID, *, at: datetime, key: str | None = None) -> Booking:
    """The event began now, whatever was booked. Refuses `not_standing` and `not_begun` (hours before its time)."""
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    refuse_fallen(booking)
    if at < booking.starts_at - _EARLY:
        words = _("This booking begins at {}. Call it off, or wait until then.")
        raise Refusal("not_begun", words.format(clock(booking.starts_at)))
    deed = Deed(session, "start_booking", at=at, key=key)
    deed.change(booking, started_at=at)
    deed.finish(booking)
    return booking


def end(
    session: Session, booking_id: UUID, *, guests: int | None = None, at: datetime, key: str | None = None
) -> Booking:
    """The event ended now; what is left of its time after clearing is free. `guests` is how many came, if known.

    Refuses `not_standing`, `not_begun`, `bad_guests`.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    refuse_fallen(booking)
    if at < (booking.started_at or booking.starts_at):
        raise Refusal("not_begun", _("This event has not begun yet."))
    deed = Deed(session, "end_booking", at=at, key=key)
    deed.change(booking, ended_at=at, guests=booking.guests if guests is None else guests_came(guests))
    cleared_at = at + timedelta(minutes=booking.clear_minutes)
    if cleared_at < booking.ends_at + timedelta(minutes=booking.clear_minutes):
        deed.change(booking, released_at=cleared_at)
    deed.finish(booking)
    return booking


def _anybody_came(session: Session, booking: Booking) -> bool:
    session.flush()
    asked = {"booking": booking.id, "since": booking.starts_at - timedelta(days=1)}
    return session.scalar(_CAME, asked) is not None or session.scalar(_COUNTED, asked) is not None
