"""Two bookings of two desks for one room: both sides, who made them, and which rooms would be free for the loser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import free_rooms, today_matters
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.free_rooms import Fit, Sought
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Booking, Room, Staff

_MOST_ROOMS = 3
_MADE = (
    select(Staff.name, AuditEntry.desk, AuditEntry.at)
    .outerjoin(Staff, Staff.id == AuditEntry.by_id)
    .where(AuditEntry.subject_id == bindparam("booking"))
    .order_by(AuditEntry.at, AuditEntry.id)
    .limit(1)
)


@dataclass(frozen=True)
class Made:
    """Who made a booking, at which desk and when, as far as it is known here."""

    by: str = ""
    desk: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class RoomClash:
    """`lost` has no room; `holder` has it, or nobody has any more. In each of `rooms` it could be at its own time."""

    lost: Booking
    lost_made: Made
    holder: Booking | None
    holder_made: Made
    rooms: Sequence[Room]


def look(session: Session, *, at: datetime, most: int) -> list[RoomClash]:
    """The clashes that are still to come, the nearest first."""
    return [
        RoomClash(
            lost=clash.booking,
            lost_made=made(session, clash.booking.id),
            holder=clash.rival,
            holder_made=made(session, clash.rival.id) if clash.rival else Made(),
            rooms=_rooms(session, clash.booking, at),
        )
        for clash in islice(today_matters.clashes(session, at=at), most)
    ]


def made(session: Session, booking_id: UUID) -> Made:
    """Who made this booking."""
    found = session.execute(_MADE, {"booking": booking_id}).first()
    return Made(found.name or "", found.desk, found.at) if found else Made()


def _rooms(session: Session, booking: Booking, at: datetime) -> list[Room]:
    """The few that suit best; none where its time itself is the trouble."""
    times = Times(
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        setup_minutes=booking.setup_minutes,
        clear_minutes=booking.clear_minutes,
    )
    sought = Sought(times=[times], people=booking.people, layout=booking.layout)
    try:
        found = free_rooms.look(session, sought, at=at, besides=[booking.id])
    except Refusal:
        return []
    free = (each.room for each in found.rooms if each.fit == Fit.FREE and each.room.id != booking.room_id)
    return list(islice(free, _MOST_ROOMS))
