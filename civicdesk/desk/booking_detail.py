"""One booking with all that belongs to it, as the card beside the calendar shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import booking_rows, claims, no_shows, occupancy
from civicdesk.models import Booking, BookingEquipment, BookingState, Equipment, Organisation, Series

FALLEN = (BookingState.CANCELLED, BookingState.SKIPPED, BookingState.RELEASED)
"""The states in which nothing takes place, but could again."""

_EQUIPMENT = (
    select(Equipment.name, BookingEquipment.count)
    .join(BookingEquipment, BookingEquipment.equipment_id == Equipment.id)
    .where(BookingEquipment.booking_id == bindparam("booking"), BookingEquipment.deleted_at.is_(None))
    .order_by(Equipment.name)
)


@dataclass(frozen=True)
class Detail:
    """A booking at one moment. `rival` is who has the room of a clash; `fallen` are the days a series lost."""

    at: datetime
    booking: Booking
    partners: Sequence[Organisation]
    equipment: Sequence[tuple[str, int]]
    people_now: int
    seems_empty: bool
    series: Series | None
    place: int
    of: int
    fallen: Sequence[Booking]
    rival: Booking | None

    @property
    def is_over(self) -> bool:
        return self.booking.ends_at <= self.at

    @property
    def is_on(self) -> bool:
        """Whether it is running now."""
        until = self.booking.released_at or self.booking.ended_at or self.booking.ends_at
        return self.is_held and self.booking.starts_at <= self.at < until

    @property
    def is_held(self) -> bool:
        """Whether it is to take place."""
        return self.booking.state in claims.STANDING


def look(session: Session, booking_id: UUID, *, at: datetime) -> Detail:
    """Read one booking. Refuses `no_booking`."""
    booking = booking_rows.one(session, booking_id)
    others = booking_rows.of_series(session, booking.series_id) if booking.series_id else []
    standing = [each.id for each in others if each.state not in FALLEN or each.id == booking.id]
    return Detail(
        at=at,
        booking=booking,
        partners=booking_rows.partners_of(session, booking.id),
        equipment=[(name, count) for name, count in session.execute(_EQUIPMENT, {"booking": booking.id})],
        people_now=occupancy.now(session).in_room(booking.room_id),
        seems_empty=any(each.id == booking.id for each in no_shows.suspects(session, at=at)),
        series=session.get(Series, booking.series_id) if booking.series_id else None,
        place=standing.index(booking.id) + 1 if standing else 0,
        of=len(standing),
        fallen=[each for each in others if each.state in FALLEN and each.ends_at > at],
        rival=_rival(session, booking),
    )


def _rival(session: Session, booking: Booking) -> Booking | None:
    if booking.state != BookingState.CLASH:
        return None
    return claims.in_the_way(session, [claims.held(booking)]).get(0)
