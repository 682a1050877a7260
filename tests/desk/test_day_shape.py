from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import behind, day_shape, visits
from civicdesk.desk.behind import Behind, Wanted
from civicdesk.desk.day_shape import DayShape, HourState, RoomHour
from civicdesk.models import Booking, BookingState, Room
from civicdesk.text import ZONE
from tests import builders

ON = date(2026, 11, 24)
NEXT_DAY = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)


def at(wall: str, on: date = ON) -> datetime:
    return datetime.combine(on, datetime.strptime(wall, "%H:%M").time(), ZONE)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def room(session: Session, name: str = "Ihlamur Salonu") -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(session: Session, begins: str, ends: str, on: date = ON, **values: object) -> Booking:
    made = Booking(
        room_id=room(session).id,
        title="Kompost Atölyesi",
        kind=values.pop("kind", "workshop"),
        starts_at=at(begins, on),
        ends_at=at(ends, on),
        wall_start=f"{on}T{begins}",
        **values,  # type: ignore[arg-type]
    )
    session.add(made)
    session.flush()
    return made


def come(session: Session, wall: str, people: int = 1, on: date = ON, **arrival: object) -> None:
    name = f"Selin Karaca {on:%d} {wall}"
    visits.check_in(session, visits.Arrival(name=name, people=people, **arrival), at=at(wall, on))  # type: ignore[arg-type]


def shape(session: Session, now: datetime = NEXT_DAY) -> DayShape:
    return day_shape.look(session, ON, at=now)


def hours_of(session: Session, seen: DayShape) -> dict[int, RoomHour]:
    key = room(session).id.hex
    return {hour: cell for (of_room, hour), cell in seen.cells.items() if of_room == key}


def look(session: Session, now: datetime = NEXT_DAY, **wanted: object) -> Behind:
    days = {"first": ON, "last": ON, **wanted}
    return behind.look(session, Wanted(**days), at=now)  # type: ignore[arg-type]


def test_an_hour_of_a_room_says_how_many_were_there(session: Session) -> None:
    book(session, "10:00", "11:30", people=60, started_at=at("10:00"), guests=48)
    book(session, "11:40", "12:00", people=10, started_at=at("11:40"), guests=6)

    hours = hours_of(session, shape(session))

    assert hours[10] == RoomHour(HourState.USED, 48, 120)
    assert hours[11].people == 48
    assert hours[10].fill == pytest.approx(0.4)
    assert hours[12] == RoomHour(HourState.FREE)


def test_nobody_came_and_lies_ahead_are_told_apart(session: Session) -> None:
    book(session, "10:00", "11:00", people=60, state=BookingState.NO_SHOW)
    book(session, "15:00", "16:00", people=9)

    hours = hours_of(session, shape(session, at("13:00")))

    assert hours[10] == RoomHour(HourState.NOBODY_CAME, 60, 120)
    assert hours[15] == RoomHour(HourState.BOOKED, 9, 120)


def test_an_event_that_runs_is_used_up_to_now_only(session: Session) -> None:
    book(session, "10:00", "14:00", people=9, started_at=at("10:00"), guests=7)

    hours = hours_of(session, shape(session, at("11:30")))

    assert [hours[hour].state for hour in (10, 11, 12)] == [HourState.USED, HourState.USED, HourState.BOOKED]


def test_every_room_has_every_hour_also_idle_ones(session: Session) -> None:
    seen = shape(session)

    assert list(seen.hours) == list(range(9, 20))
    assert len(seen.cells) == 3 * 11


def test_a_day_without_opening_hours_is_closed_and_has_hours_to_show(session: Session) -> None:
    seen = day_shape.look(session, date(2026, 11, 22), at=NEXT_DAY)

    assert {cell.state for cell in seen.cells.values()} == {HourState.CLOSED}
    assert list(seen.hours) == list(range(9, 18))


def test_what_is_before_and_after_opening_is_shown_too(session: Session) -> None:
    book(session, "07:15", "08:00")
    book(session, "20:00", "22:10", people=9)

    assert list(shape(session).hours) == list(range(7, 23))


def test_arrivals_stand_beside_the_mean_of_the_same_weekday(session: Session) -> None:
    come(session, "10:05", people=4)
    come(session, "10:30", people=2, on=ON - timedelta(weeks=1))
    come(session, "10:30", people=4, on=ON - timedelta(weeks=2))
    come(session, "10:30", people=90, on=ON - timedelta(days=1))

    seen = shape(session)

    assert seen.seen.arrivals == {10: 4}
    assert (seen.usual, seen.usual_of) == ({10: 3.0}, 2)


def test_without_a_day_to_compare_with_there_is_no_usual(session: Session) -> None:
    assert (shape(session).usual, shape(session).usual_of) == ({}, 0)


def test_behind_an_hour_of_a_room_are_its_bookings_and_arrivals_without_names(session: Session) -> None:
    whose = builders.organisation(session)
    event = book(session, "10:00", "12:00", people=60, organisation_id=whose.id, guests=48)
    book(session, "14:00", "15:00")
    come(session, "10:05", people=3, room_id=event.room_id, host_id=whose.id)
    come(session, "11:05", room_id=event.room_id)
    come(session, "10:20")

    found = look(session, room=event.room_id.hex, hour=10)

    assert [(each.event.title, each.event.came, each.room) for each in found.booked] == [
        ("Kompost Atölyesi", 48, "Ihlamur Salonu")
    ]
    assert [(each.people, each.host, each.room) for each in found.come] == [
        (3, "Ege Kadın Emeği Derneği", "Ihlamur Salonu")
    ]
    assert found.people == 3
    assert "Selin" not in repr(found)


def test_behind_a_kind_of_event_are_its_bookings_alone(session: Session) -> None:
    book(session, "10:00", "12:00")
    book(session, "12:00", "13:00", kind="meeting")
    come(session, "10:05")

    found = look(session, event_kind="meeting")

    assert [each.event.kind for each in found.booked] == ["meeting"]
    assert found.come == ()


def test_behind_a_kind_of_organisation_are_its_bookings_and_its_visitors(session: Session) -> None:
    whose = builders.organisation(session)
    book(session, "10:00", "11:00", organisation_id=whose.id)
    book(session, "11:00", "12:00")
    come(session, "10:05", host_id=whose.id)
    come(session, "10:20")

    theirs, nobodys = look(session, organisation_kind=whose.kind), look(session, organisation_kind="")

    assert [len(theirs.booked), len(theirs.come)] == [1, 1]
    assert [len(nobodys.booked), len(nobodys.come)] == [1, 1]
    assert len(look(session, organisation=whose.id.hex).booked) == 1


def test_behind_a_goal_are_the_events_that_serve_it(session: Session) -> None:
    book(session, "10:00", "11:00", sdg="4,11")
    book(session, "11:00", "12:00", sdg="14")

    assert [each.event.sdg for each in look(session, goal=4).booked] == ["4,11"]


def test_behind_a_weekday_are_all_such_days_of_the_period(session: Session) -> None:
    for days in (0, 1, 7):
        come(session, "10:05", on=ON - timedelta(days=days))
    come(session, "12:05", on=ON)

    found = look(session, first=ON - timedelta(days=13), weekday=1, hour=10)

    assert [each.at.date() for each in found.come] == [ON - timedelta(days=7), ON]


def test_what_has_not_happened_yet_is_not_behind_a_figure(session: Session) -> None:
    come(session, "10:05")
    come(session, "15:05")

    assert look(session, now=at("12:00")).people == 1


def test_a_discreet_organisation_is_not_named_behind_a_figure(session: Session) -> None:
    whose = builders.organisation(session)
    whose.is_discreet = True
    come(session, "10:05", host_id=whose.id)

    assert [each.host for each in look(session).come] == [""]
