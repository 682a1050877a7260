"""The list of a day: who is expected and what is on in the rooms, for the caretaker and the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import hours
from civicdesk.models import Booking, BookingState, Invitation, Visit
from civicdesk.text import ZONE


@dataclass(frozen=True)
class DayList:
    """One day of the centre, half-open from `start` to `end`, as the desk knows it at `at`.

    Whoever came already stays on it, named in `came`.
    """

    at: datetime
    start: datetime
    end: datetime
    day: hours.Day
    expected: Sequence[Invitation]
    came: frozenset[UUID]
    bookings: Sequence[Booking]

    @property
    def people(self) -> int:
        """How many are expected; a group is as many as come."""
        return sum(invitation.people for invitation in self.expected)


def look(session: Session, on: date, *, at: datetime) -> DayList:
    """Read the list of a day: the expected by time, the bookings by room and time."""
    noon = datetime.combine(on, time(12), ZONE)
    start, end = hours.midnight_before(noon), hours.midnight_after(noon)
    expected = _expected(session, start, end)
    return DayList(
        at=at,
        start=start,
        end=end,
        day=hours.day(session, on),
        expected=expected,
        came=_came(session, start, end),
        bookings=sorted(_bookings(session, start, end), key=_by_room),
    )


def _expected(session: Session, start: datetime, end: datetime) -> Sequence[Invitation]:
    return session.scalars(
        select(Invitation)
        .where(
            Invitation.expected_at >= start,
            Invitation.expected_at < end,
            Invitation.cancelled_at.is_(None),
            Invitation.deleted_at.is_(None),
        )
        .options(joinedload(Invitation.visitor), joinedload(Invitation.host), joinedload(Invitation.room))
        .order_by(Invitation.expected_at, Invitation.id)
    ).all()


def _came(session: Session, start: datetime, end: datetime) -> frozenset[UUID]:
    came = select(Visit.invitation_id).where(
        Visit.arrived_at >= start, Visit.arrived_at < end, Visit.deleted_at.is_(None)
    )
    return frozenset(filter(None, session.scalars(came)))


def _bookings(session: Session, start: datetime, end: datetime) -> Sequence[Booking]:
    """What is on in the day, also what began on the day before."""
    return session.scalars(
        select(Booking)
        .where(
            Booking.starts_at < end,
            Booking.ends_at > start,
            Booking.state.in_((BookingState.CONFIRMED, BookingState.TENTATIVE)),
            Booking.deleted_at.is_(None),
        )
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
    ).all()


def _by_room(booking: Booking) -> tuple[bool, int, str, datetime]:
    """In the order of the rooms; a room that this desk does not know comes last."""
    room = booking.room
    return (room is None, room.position if room else 0, room.name if room else "", booking.starts_at)
