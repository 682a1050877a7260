"""The rooms at this moment: who has each, what goes on in it, how many are in, and who is next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import centre, claims, hours, occupancy, work_areas
from civicdesk.desk.booking_rules import LONGEST, LONGEST_BUFFER
from civicdesk.models import Booking, BookingState, Room

_AROUND = (
    select(Booking)
    .where(
        Booking.starts_at < bindparam("until"),
        Booking.starts_at > bindparam("since"),
        Booking.ends_at > bindparam("cleared"),
        Booking.state.in_(claims.HOLDING),
        Booking.deleted_at.is_(None),
    )
    .options(joinedload(Booking.room), joinedload(Booking.organisation))
    .order_by(Booking.starts_at, Booking.id)
)


class RoomState(StrEnum):
    """What goes on in a room."""

    FREE = "free"
    SETTING_UP = "setting_up"
    RUNNING = "running"
    NOBODY = "nobody"
    CLEARING = "clearing"


@dataclass(frozen=True)
class RoomNow:
    """A room at this moment. `freed` is the booking nobody came to, in whose time it is now."""

    room: Room
    state: RoomState
    booking: Booking | None
    following: Booking | None
    freed: Booking | None
    people: int

    @property
    def seems_empty(self) -> bool:
        """Whether nobody came that the desk knows of, so that it is asked."""
        return self.state == RoomState.NOBODY

    @property
    def is_tentative(self) -> bool:
        return self.booking is not None and self.booking.state == BookingState.TENTATIVE

    @property
    def clears_at(self) -> datetime | None:
        """When whoever has the room has cleared it."""
        return claims.held(self.booking).ends_at if self.booking else None


def look(
    session: Session, now: occupancy.Occupancy, nobody: Collection[UUID], *, at: datetime
) -> list[RoomNow]:
    """Every room in its order; `nobody` are the bookings nobody came to.

    A room that is divided stands there as a whole, or as its parts while one of them is somebody's alone.
    """
    rooms = centre.rooms(session)
    seen = _Seen(around(session, at), now, nobody, at, work_areas.sitting(session))
    parted = {
        room.part_of_id
        for room in rooms
        if room.part_of_id and (now.in_room(room.id) or seen.current({room.id}))
    }
    found = []
    for room in rooms:
        parts = {part.id for part in rooms if part.part_of_id == room.id}
        is_told_by_others = room.id in parted if parts else room.part_of_id not in (None, *parted)
        if not is_told_by_others:
            found.append(seen.room_now(room, parts))
    return found


def around(session: Session, at: datetime) -> Sequence[Booking]:
    """The bookings that hold a room now or later today, and those that are being cleared up, earliest first."""
    asked = {
        "until": hours.midnight_after(at),
        "since": at - 2 * LONGEST,
        "cleared": at - timedelta(minutes=LONGEST_BUFFER),
    }
    return session.scalars(_AROUND, asked).all()


def is_on(booking: Booking, at: datetime) -> bool:
    """Whether an event is running: begun, and not over, ended or set free."""
    return booking.state in claims.STANDING and booking.starts_at <= at < ends(booking)


def ends(booking: Booking) -> datetime:
    """When an event ends or did."""
    return booking.ended_at or booking.ends_at


@dataclass(frozen=True)
class _Seen:
    """All bookings of a moment, of which each room picks its own."""

    bookings: Sequence[Booking]
    now: occupancy.Occupancy
    nobody: Collection[UUID]
    at: datetime
    sitting: Mapping[UUID, int]

    def room_now(self, room: Room, parts: set[UUID]) -> RoomNow:
        own = {room.id, *((room.part_of_id,) if room.part_of_id else ())}
        booking = self.current(own)
        # a whole room is free only until the first of its parts is somebody's
        following = next((each for each in self._of(own | parts) if self._is_next(each, booking)), None)
        return RoomNow(
            room=room,
            state=_state(booking, self.nobody, self.at),
            booking=booking,
            following=following,
            freed=next((each for each in self._of(own) if _was_freed(each, self.at)), None),
            # who sits in a work area may have come for another room
            people=max(sum(self.now.in_room(id_) for id_ in (room.id, *parts)), self.sitting.get(room.id, 0)),
        )

    def current(self, rooms: set[UUID]) -> Booking | None:
        """Whoever is in one of these rooms, else whoever sets up or clears it."""
        here = [each for each in self._of(rooms) if each.state in claims.STANDING]
        running = next((each for each in here if is_on(each, self.at)), None)
        held = ((each, claims.held(each)) for each in here)
        return running or next(
            (each for each, hold in held if hold.begins_at <= self.at < hold.ends_at), None
        )

    def _of(self, rooms: set[UUID]) -> list[Booking]:
        return [each for each in self.bookings if each.room_id in rooms]

    def _is_next(self, booking: Booking, current: Booking | None) -> bool:
        return booking is not current and booking.state in claims.STANDING and booking.starts_at > self.at


def _state(booking: Booking | None, nobody: Collection[UUID], at: datetime) -> RoomState:
    if booking is None:
        return RoomState.FREE
    if at < booking.starts_at:
        return RoomState.SETTING_UP
    if at >= ends(booking):
        return RoomState.CLEARING
    return RoomState.NOBODY if booking.id in nobody else RoomState.RUNNING


def _was_freed(booking: Booking, at: datetime) -> bool:
    released_at = booking.released_at
    return (
        booking.state == BookingState.NO_SHOW
        and released_at is not None
        and released_at <= at < booking.ends_at
    )
