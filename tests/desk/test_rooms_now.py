"""What goes on in each room at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import bookings, no_shows, rooms, today, work_areas
from civicdesk.desk.bookings import Wish
from civicdesk.desk.rooms_now import RoomNow, RoomState
from civicdesk.models import Booking, Room
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ELEVEN = TUESDAY.replace(hour=8, minute=0)


@pytest.fixture
def cinar(session: Session) -> Room:
    return named(session, "Çınar Odası")


def named(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(session: Session, room: Room, starts_at: datetime = ELEVEN, **more: Any) -> Booking:  # noqa: ANN401
    wish = Wish(room_id=room.id, starts_at=starts_at, ends_at=starts_at + HOUR, title="Kurul", **more)
    return bookings.book(session, wish, at=TUESDAY)


def now(session: Session, at: datetime, name: str = "Çınar Odası") -> RoomNow:
    return next(each for each in today.look(session, at=at).rooms if each.room.name == name)


def names(session: Session, at: datetime) -> list[str]:
    return [each.room.name for each in today.look(session, at=at).rooms]


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (-21, RoomState.FREE),
        (-20, RoomState.SETTING_UP),
        (0, RoomState.RUNNING),
        (14, RoomState.RUNNING),
        (15, RoomState.NOBODY),
        (60, RoomState.CLEARING),
        (69, RoomState.CLEARING),
        (70, RoomState.FREE),
    ],
)
def test_a_room_is_set_up_used_and_cleared(
    session: Session, cinar: Room, minutes: int, state: RoomState
) -> None:
    book(session, cinar, setup_minutes=20, clear_minutes=10)
    seen = now(session, ELEVEN + minutes * MINUTE)
    assert seen.state == state
    assert (seen.booking is None) == (state == RoomState.FREE)
    assert (seen.following is None) == (minutes != -21)


def test_an_event_that_ended_early_leaves_the_room_after_clearing(session: Session, cinar: Room) -> None:
    made = book(session, cinar, clear_minutes=10)
    no_shows.begin(session, made.id, at=ELEVEN)
    no_shows.end(session, made.id, at=ELEVEN + 30 * MINUTE)
    assert now(session, ELEVEN + 29 * MINUTE).state == RoomState.RUNNING
    assert now(session, ELEVEN + 39 * MINUTE).state == RoomState.CLEARING
    assert now(session, ELEVEN + 40 * MINUTE).state == RoomState.FREE
    assert today.look(session, at=ELEVEN + 31 * MINUTE).running == 0


def test_a_freed_room_says_who_did_not_come_while_their_time_lasts(session: Session, cinar: Room) -> None:
    made = book(session, cinar)
    no_shows.free(session, made.id, at=ELEVEN + 20 * MINUTE)
    seen = now(session, ELEVEN + 21 * MINUTE)
    assert (seen.state, seen.freed and seen.freed.id) == (RoomState.FREE, made.id)
    assert now(session, ELEVEN + HOUR).freed is None


def test_a_work_area_holds_as_many_as_sit_there(session: Session, cinar: Room) -> None:
    cinar.is_work_area = True
    session.flush()
    work_areas.sit(session, work_areas.Place(room_id=cinar.id, people=3), at=ELEVEN)

    assert now(session, ELEVEN).people == 3


def test_a_tentative_booking_is_one(session: Session, cinar: Room) -> None:
    book(session, cinar, is_tentative=True)
    assert now(session, ELEVEN).is_tentative


def test_a_divided_room_is_one_until_a_part_of_it_is_somebodys_alone(session: Session) -> None:
    whole = named(session, "Ihlamur Salonu")
    east, west = (rooms.add(session, name=name, at=TUESDAY) for name in ("Doğu", "Batı"))
    for part in (east, west):
        rooms.divide(session, part.id, whole.id, at=TUESDAY)
    assert names(session, ELEVEN) == ["Çınar Odası", "Ihlamur Salonu", "Defne Atölyesi"]
    book(session, east)
    assert now(session, TUESDAY, "Ihlamur Salonu").following is not None
    assert names(session, ELEVEN) == ["Çınar Odası", "Defne Atölyesi", "Doğu", "Batı"]
    assert now(session, ELEVEN, "Batı").state == RoomState.FREE


def test_people_in_a_part_of_a_room_show_the_parts(session: Session) -> None:
    whole = named(session, "Ihlamur Salonu")
    part = rooms.add(session, name="Doğu", at=TUESDAY)
    rooms.divide(session, part.id, whole.id, at=TUESDAY)
    made = book(session, whole, TUESDAY.replace(minute=40))
    builders.visit(session, room_id=part.id, people=3)
    seen = now(session, TUESDAY, "Doğu")
    assert (seen.people, seen.booking and seen.booking.id) == (3, made.id)
