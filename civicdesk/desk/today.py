"""What the screen that is open all day shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import (
    centre,
    claims,
    evacuation,
    hours,
    invitations,
    no_shows,
    occupancy,
    post_now,
    rooms_now,
    today_matters,
)
from civicdesk.desk.post_now import PostNow
from civicdesk.desk.rooms_now import RoomNow
from civicdesk.desk.today_matters import Matters
from civicdesk.models import Booking, Invitation, Muster, Visit

LATE_AFTER = timedelta(minutes=5)


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
    nobody: Sequence[Booking]
    matters: Matters
    running: int
    events_today: int
    arrivals_today: int
    needing_help: int
    muster: Muster | None
    post: PostNow

    def is_late(self, invitation: Invitation) -> bool:
        return invitation.expected_at + LATE_AFTER < self.at

    @property
    def late(self) -> int:
        return sum(map(self.is_late, self.expected))


def look(session: Session, *, at: datetime, matters: Matters | None = None) -> Today:
    """Read the screen Today; `matters` that were read a moment ago are not read again."""
    now = occupancy.now(session)
    bookings = bookings_of_day(session, at)
    nobody = no_shows.suspects(session, at=at)
    return Today(
        at=at,
        day=hours.today(session, at),
        inside=now.total,
        unnamed=now.unnamed,
        capacity=centre.the_centre(session).capacity,
        expected=invitations.expected(session, at),
        rooms=rooms_now.look(session, now, {booking.id for booking in nobody}, at=at),
        nobody=nobody,
        matters=matters or today_matters.look(session, at=at),
        running=sum(1 for booking in bookings if rooms_now.is_on(booking, at)),
        events_today=len(bookings),
        arrivals_today=_arrivals(session, at),
        needing_help=_needing_help(session),
        muster=evacuation.running(session),
        post=post_now.look(session, at=at),
    )


def bookings_of_day(session: Session, at: datetime) -> Sequence[Booking]:
    """The bookings that stand today, earliest first."""
    return session.scalars(
        select(Booking)
        .where(
            Booking.starts_at >= hours.midnight_before(at),
            Booking.starts_at < hours.midnight_after(at),
            Booking.state.in_(claims.STANDING),
            Booking.deleted_at.is_(None),
        )
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
        .order_by(Booking.starts_at)
    ).all()


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
