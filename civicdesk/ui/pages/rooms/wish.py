"""What the calendar asks of the page where bookings are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from civicdesk.models import Organisation


@dataclass(frozen=True, kw_only=True)
class BookingWish:
    """A room and a time that were drawn, as far as they are known; for whom; or the booking that is to be changed."""

    room_id: UUID | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    booking_id: UUID | None = None
    organisation: Organisation | None = None
