"""The screen that is open all day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import headcounts, invitations, today, visits
from civicdesk.models import Booking, BookingState, Room
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _room(session: Session) -> Room:
    return session.scalars(select(Room).order_by(Room.position)).first()  # type: ignore[return-value]


def _booking(
    session: Session, starts_at: datetime, hours: float = 1, state: str = BookingState.CONFIRMED
) -> None:
    session.add(
        Booking(
            room_id=_room(session).id,
            title="Atölye",
            kind="atölye",
            starts_at=starts_at,
            ends_at=starts_at + hours * HOUR,
            wall_start="",
            state=state,
        )
    )


def test_an_empty_day_has_zeros_and_all_rooms(session: Session) -> None:
    seen = today.look(session, at=TUESDAY)

    assert (seen.inside, seen.unnamed, seen.capacity, seen.running, seen.arrivals_today, seen.late) == (
        0, 0, 320, 0, 0, 0,
    )  # fmt: skip
    assert [now.room.name for now in seen.rooms] == ["Çınar Odası", "Ihlamur Salonu", "Defne Atölyesi"]
    assert seen.day.is_open(TUESDAY)


def test_the_figures_of_a_day(session: Session) -> None:
    builders.visit(session, "Dün", at=TUESDAY - DAY)
    visits.presume_left(session, at=TUESDAY)
    gone = builders.visit(session, "Cem", people=3, at=TUESDAY - HOUR)
    visits.check_out(session, gone.id, at=TUESDAY)
    builders.visit(session, "Hale", people=2, needs=("wheelchair",))
    headcounts.count(session, _room(session).id, 10, at=TUESDAY)

    seen = today.look(session, at=TUESDAY)

    assert (seen.inside, seen.unnamed, seen.arrivals_today, seen.needing_help) == (12, 10, 5, 1)


@pytest.mark.parametrize(("late_by", "late"), [(5 * MINUTE, 0), (5 * MINUTE + timedelta(seconds=1), 1)])
def test_five_minutes_after_their_time_the_expected_are_late(
    session: Session, late_by: timedelta, late: int
) -> None:
    wanted = invitations.Wanted(name="Oğuz", expected_at=TUESDAY - late_by)
    invitations.invite(session, wanted, at=TUESDAY - HOUR)

    assert today.look(session, at=TUESDAY).late == late


def test_a_room_shows_who_has_it_now_and_next(session: Session) -> None:
    begins = TUESDAY.replace(minute=40)  # bookings begin on five minutes, so that they can touch
    _booking(session, begins - HOUR)
    _booking(session, begins)
    _booking(session, begins + HOUR)
    _booking(session, begins, state=BookingState.CANCELLED)

    now = today.look(session, at=TUESDAY).rooms[0]

    assert now.booking is not None
    assert now.following is not None
    assert (now.booking.starts_at, now.following.starts_at) == (begins, begins + HOUR)
    assert today.look(session, at=TUESDAY).running == 1
    assert today.look(session, at=TUESDAY).events_today == 3


def test_a_room_nobody_came_to_is_noticed_after_a_quarter_hour(session: Session) -> None:
    _booking(session, TUESDAY)

    assert not today.look(session, at=TUESDAY + 14 * MINUTE).rooms[0].seems_empty
    assert today.look(session, at=TUESDAY + 15 * MINUTE).rooms[0].seems_empty
    headcounts.count(session, _room(session).id, 1, at=TUESDAY)
    assert not today.look(session, at=TUESDAY + 15 * MINUTE).rooms[0].seems_empty
