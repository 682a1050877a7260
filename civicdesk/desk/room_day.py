"""One booking and the day around it in its room, for the sign at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import claims, hours
from civicdesk.desk.booking_rows import one, partners_of
from civicdesk.models import Booking, Organisation, Room
from civicdesk.text import local


@dataclass(frozen=True)
class RoomDay:
    """A booking, who holds it together with whom, and all that is on in its room on its day, itself among it."""

    on: date
    booking: Booking
    partners: Sequence[Organisation]
    bookings: Sequence[Booking]


def look(session: Session, booking_id: UUID) -> RoomDay:
    """Read the day of a booking's room; what is on in a part of it, or in the whole, is on there. `no_booking`."""
    booking = one(session, booking_id)
    start, end = hours.midnight_before(booking.starts_at), hours.midnight_after(booking.starts_at)
    rooms = select(Room.id).where(Room.part_of_id == booking.room_id)
    whole = booking.room.part_of_id if booking.room else None
    found = session.scalars(
        select(Booking)
        .where(
            Booking.room_id.in_(rooms) | Booking.room_id.in_([booking.room_id, *([whole] if whole else [])]),
            Booking.starts_at < end,
            Booking.ends_at > start,
            Booking.state.in_(claims.STANDING),
            Booking.deleted_at.is_(None),
        )
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
        .order_by(Booking.starts_at, Booking.id)
    ).all()
    return RoomDay(local(booking.starts_at).date(), booking, partners_of(session, booking_id), found)
