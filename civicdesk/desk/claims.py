"""Who has a room, a part of it or a piece of equipment at some time: asked of the claims that the database keeps."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session, joinedload

from civicdesk.models import Booking, BookingState

GRID = timedelta(minutes=5)
HOLDING = (BookingState.TENTATIVE, BookingState.CONFIRMED, BookingState.NO_SHOW)
"""The states in which a booking has claims."""

STANDING = (BookingState.TENTATIVE, BookingState.CONFIRMED)
"""The states in which it is still to be held."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# CROSS JOIN keeps the order: each wish looks into the key of its rooms
_IN_THE_WAY = text("""
SELECT wished.key, claim.booking_id FROM json_each(:wishes) AS wished CROSS JOIN claim
WHERE claim.room_id IN (SELECT wished.value ->> 0 UNION ALL SELECT id FROM room WHERE part_of_id = wished.value ->> 0)
  AND claim.slot >= wished.value ->> 1 AND claim.slot < wished.value ->> 2
  AND claim.booking_id NOT IN (SELECT value FROM json_each(:besides))
GROUP BY wished.key, claim.booking_id ORDER BY wished.key, min(claim.slot)
""")
_GIVEN_OUT = text("""
SELECT coalesce(max(taken), 0) FROM (
  SELECT sum(count) AS taken FROM equipment_claim
  WHERE equipment_id = :equipment AND slot >= :begin AND slot < :end
    AND booking_id NOT IN (SELECT value FROM json_each(:besides)) GROUP BY slot)
""")
_LET_GO = text("DELETE FROM claim WHERE slot < :slot AND room_id IN (SELECT value FROM json_each(:rooms))")
_BOOKINGS = (
    select(Booking)
    .where(Booking.id.in_(bindparam("ids", expanding=True)))
    .options(joinedload(Booking.organisation), joinedload(Booking.room))
)


@dataclass(frozen=True)
class Held:
    """A room over a half-open time, setting up and clearing included."""

    room_id: UUID
    begins_at: datetime
    ends_at: datetime


def slot(at: datetime) -> int:
    """The five minutes in which an instant lies, counted since 1970."""
    return (at - _EPOCH) // GRID


def in_the_way(
    session: Session, wishes: Sequence[Held], besides: Collection[UUID] = ()
) -> Mapping[int, Booking]:
    """The first booking in the way of each wish, by the place of the wish in the list; free ones are not in it."""
    session.flush()
    asked = json.dumps(
        [[wish.room_id.hex, slot(wish.begins_at), _slot_after(wish.ends_at)] for wish in wishes]
    )
    found = session.connection().execute(_IN_THE_WAY, {"wishes": asked, "besides": _hexes(besides)})
    first: dict[int, UUID] = {}
    for place, booking in found:
        first.setdefault(place, UUID(booking))
    if not first:
        return {}
    bookings = {row.id: row for row in session.scalars(_BOOKINGS, {"ids": list(set(first.values()))})}
    return {place: bookings[booking] for place, booking in first.items()}


def given_out(session: Session, equipment_id: UUID, held: Held, besides: Collection[UUID] = ()) -> int:
    """How many pieces of equipment others have at most at one time in between."""
    session.flush()
    asked = {
        "equipment": equipment_id.hex,
        "begin": slot(held.begins_at),
        "end": _slot_after(held.ends_at),
        "besides": _hexes(besides),
    }
    return session.connection().scalar(_GIVEN_OUT, asked) or 0


def forget_past(session: Session, room_ids: Collection[UUID], at: datetime) -> None:
    """Let go of what was held before `at`: a room with a past can then be divided. The bookings stay as they are."""
    session.flush()
    session.connection().execute(_LET_GO, {"slot": slot(at), "rooms": _hexes(room_ids)})


def held(booking: Booking) -> Held:
    """What a booking holds."""
    ends_at = booking.ends_at + timedelta(minutes=booking.clear_minutes)
    if booking.released_at is not None:
        ends_at = min(ends_at, booking.released_at)
    return Held(booking.room_id, booking.starts_at - timedelta(minutes=booking.setup_minutes), ends_at)


def _slot_after(at: datetime) -> int:
    return -((_EPOCH - at) // GRID)


def _hexes(ids: Collection[UUID]) -> str:
    return json.dumps([id_.hex for id_ in ids])
