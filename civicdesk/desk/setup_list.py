"""What caretakers set up and clear in a day: by room and time, with what is brought there and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import day_list, hours
from civicdesk.models import Booking, BookingEquipment, Equipment

Pieces = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Setting:
    """One booking as a caretaker sees it; `follows` is what comes next into the same room that day."""

    booking: Booking
    equipment: Pieces = ()
    follows: Booking | None = None

    @property
    def set_up_from(self) -> datetime:
        """From when on the room is held for setting up."""
        return self.booking.starts_at - timedelta(minutes=self.booking.setup_minutes)

    @property
    def clear_until(self) -> datetime:
        """Until when it is held for clearing."""
        return self.booking.ends_at + timedelta(minutes=self.booking.clear_minutes)


@dataclass(frozen=True)
class SetupDay:
    """One day, half-open from `start` to `end`, as the desk knows it at `at`."""

    at: datetime
    start: datetime
    end: datetime
    day: hours.Day
    settings: Sequence[Setting]


def look(session: Session, on: date, *, at: datetime) -> SetupDay:
    """Read what is set up in a day, in the order of rooms and times."""
    listed = day_list.look(session, on, at=at)
    pieces = _pieces(session, [booking.id for booking in listed.bookings])
    settings = []
    for place, booking in enumerate(listed.bookings):
        after = listed.bookings[place + 1] if place + 1 < len(listed.bookings) else None
        follows = after if after is not None and after.room_id == booking.room_id else None
        settings.append(Setting(booking, pieces.get(booking.id, ()), follows))
    return SetupDay(at, listed.start, listed.end, listed.day, settings)


def _pieces(session: Session, ids: Sequence[UUID]) -> dict[UUID, Pieces]:
    rows = session.execute(
        select(BookingEquipment.booking_id, Equipment.name, BookingEquipment.count)
        .join(Equipment, Equipment.id == BookingEquipment.equipment_id)
        .where(BookingEquipment.booking_id.in_(ids), BookingEquipment.deleted_at.is_(None))
        .order_by(Equipment.name)
    )
    found: dict[UUID, Pieces] = {}
    for booking_id, name, count in rows:
        found[booking_id] = (*found.get(booking_id, ()), (name, count))
    return found
