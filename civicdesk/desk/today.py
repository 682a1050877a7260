"""What the screen that is open all day shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import centre, evacuation, hours, invitations, occupancy
from civicdesk.models import Booking, BookingState, Invitation, Muster, Room, Visit

NO_SHOW_AFTER = timedelta(minutes=15)
LATE_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class RoomNow:
    """A room at this moment: who has it, until when, how full it is."""

    room: Room
    booking: Booking | None
    following: Booking | None
    people: int
    seems_empty: bool


@dataclass(frozen=True)
class Today:
    """Everything on the screen Today, read in one go."""

    at: datetime
    day: hours.Day
    inside: int
    unnamed: int
    capacity: int
    expected: Sequence[Invitation]
    rooms: Sequence[RoomNow]
    running: int
    events_today: int
    arrivals_today: int
    needing_help: int
    muster: Muster | None

    def is_late(self, invitation: Invitation) -> bool:
        return invitation.expected_at + LATE_AFTER < self.at

    @property
    def late(self) -> int:
        return sum(map(self.is_late, self.expected))


def look(session: Session, *, at: datetime) -> Today:
    """Read the screen Today."""
    now = occupancy.now(session)
    bookings = bookings_of_day(session, at)
    rooms = [_room_now(room, bookings, now, at) for room in centre.rooms(session)]
    return Today(
        at=at,
        day=hours.today(session, at),
        inside=now.total,
        unnamed=now.unnamed,
        capacity=centre.the_centre(session).capacity,
        expected=invitations.expected(session, at),
        rooms=rooms,
        running=sum(1 for booking in bookings if booking.starts_at <= at < booking.ends_at),
        events_today=len(bookings),
        arrivals_today=_arrivals(session, at),
        needing_help=_needing_help(session),
        muster=evacuation.running(session),
    )


def bookings_of_day(session: Session, at: datetime) -> Sequence[Booking]:
    """The bookings that stand today, earliest first."""
    return session.scalars(
        select(Booking)
        .where(
            Booking.starts_at >= hours.midnight_before(at),
            Booking.starts_at < hours.midnight_after(at),
            Booking.state.in_((BookingState.CONFIRMED, BookingState.TENTATIVE)),
            Booking.deleted_at.is_(None),
        )
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
        .order_by(Booking.starts_at)
    ).all()


def _room_now(room: Room, bookings: Sequence[Booking], now: occupancy.Occupancy, at: datetime) -> RoomNow:
    own = [booking for booking in bookings if booking.room_id == room.id and booking.ends_at > at]
    running = next((booking for booking in own if booking.starts_at <= at), None)
    following = next((booking for booking in own if booking.starts_at > at), None)
    people = now.in_room(room.id)
    seems_empty = running is not None and people == 0 and at - running.starts_at >= NO_SHOW_AFTER
    return RoomNow(room, running, following, people, seems_empty)


def _arrivals(session: Session, at: datetime) -> int:
    return (
        session.scalar(
            select(func.coalesce(func.sum(Visit.people), 0)).where(
                Visit.arrived_at >= hours.midnight_before(at),
                Visit.arrived_at < hours.midnight_after(at),
                Visit.deleted_at.is_(None),
            )
        )
        or 0
    )


def _needing_help(session: Session) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Visit)
            .where(Visit.left_at.is_(None), Visit.deleted_at.is_(None), Visit.needs != "")
        )
        or 0
    )
