from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import headcounts, occupancy_day, visits
from civicdesk.desk.day_figures import Why
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.models import Booking, BookingState, Closure, Room
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
    where = values.pop("room", None) or room(session)
    assert isinstance(where, Room)
    made = Booking(
        room_id=where.id,
        title="Kompost Atölyesi",
        kind="workshop",
        starts_at=at(begins, on),
        ends_at=at(ends, on),
        wall_start=f"{on}T{begins}",
        **values,  # type: ignore[arg-type]
    )
    session.add(made)
    session.flush()
    return made


def stay(session: Session, name: str, came: str, left: str = "", on: date = ON, **arrival: object) -> None:
    made = visits.check_in(session, visits.Arrival(name=name, **arrival), at=at(came, on))  # type: ignore[arg-type]
    if left:
        made = visits.one(session, made.id)
        made.left_at = at(left, on)
    session.flush()


def look(session: Session, on: date = ON, now: datetime = NEXT_DAY) -> OccupancyDay:
    return occupancy_day.look(session, on, at=now)


def total(seen: OccupancyDay, key: str) -> tuple[float | None, ...]:
    [found] = [each for each in seen.totals if each.key == key]
    return tuple(each.value for each in (found.figure, found.yesterday, found.weekday, found.month))


def test_a_day_counted_by_hand(session: Session) -> None:
    """Three rooms of 630 minutes; two hours booked and used in one of them, one no-show of an hour in another."""
    party = book(session, "10:00", "12:00", people=60, started_at=at("10:00"), guests=49)
    book(session, "14:00", "15:00", room=room(session, "Çınar Odası"), state=BookingState.NO_SHOW)
    stay(session, "Selin Karaca", "10:00", "12:00", booking_id=party.id, room_id=party.room_id)
    stay(session, "Murat Ak", "11:00", "11:30", people=4)
    headcounts.count(session, party.room_id, 20, at=at("10:30"), booking_id=party.id)

    seen = look(session)
    day = seen.figures

    assert (day.entries, day.distinct, day.unnamed) == (5, 5, 48)
    assert day.visitors.value == 53
    assert day.peak_seen == (24, at("11:00"))
    assert day.booked.value == pytest.approx(180 / 1890)
    assert day.used.value == pytest.approx(120 / 1890)
    assert day.fill.value == pytest.approx(49 / 120)
    assert day.no_show_share.value == 0.5
    assert day.events.value == 1
    assert day.idle_rooms == 1
    assert day.without_end == 1
    assert seen.arrivals == {10: 1, 11: 4}
    assert seen.complete_until == at("00:00", ON + timedelta(days=1))


def test_the_totals_stand_beside_yesterday_the_weekday_and_the_month(session: Session) -> None:
    monday, week, two = ON - timedelta(days=1), ON - timedelta(weeks=1), ON - timedelta(weeks=2)
    stay(session, "Selin Karaca", "10:00", "11:00")
    stay(session, "Murat Ak", "10:00", "11:00", on=monday, people=3)
    stay(session, "Ilgaz Er", "10:00", "11:00", on=week, people=4)
    stay(session, "Işıl Er", "10:00", "11:00", on=two, people=8)

    seen = look(session)

    # the weeks before the desk kept anything are no noughts in the mean
    assert total(seen, "visitors") == (1, 3, 6, 16)
    assert total(seen, "peak") == (1, 3, 6, 8)


def test_idle_rooms_count_in_the_share(session: Session) -> None:
    book(session, "09:00", "19:30", started_at=at("09:00"), guests=5)

    assert look(session).figures.booked.value == pytest.approx(1 / 3)


def test_a_part_of_a_room_is_held_by_the_whole_and_the_whole_counts_by_its_parts(session: Session) -> None:
    whole = room(session)
    session.add_all(
        Room(name=name, capacity=60, part_of_id=whole.id, position=9) for name in ("Doğu", "Batı")
    )
    session.flush()
    book(session, "09:00", "19:30", room=whole, started_at=at("09:00"), guests=30)
    session.flush()

    day = look(session).figures

    assert [line.place.name for line in day.rooms if not line.use.is_idle] == ["Batı", "Doğu"]
    assert day.booked.value == pytest.approx(2 / 4)
    assert day.fill.value == pytest.approx(30 / 120)


def test_a_room_taken_away_in_the_middle_of_the_day_counts_until_then(session: Session) -> None:
    room(session).deleted_at = at("12:00")
    session.flush()

    [line] = [each for each in look(session).figures.rooms if each.place.name == "Ihlamur Salonu"]

    assert line.use.open == ((at("09:00"), at("12:00")),)


def test_a_work_area_has_seats_and_no_bookings(session: Session) -> None:
    session.add(Room(name="Ortak Çalışma Alanı", capacity=24, is_work_area=True))
    session.flush()

    seen = look(session)

    assert len(seen.figures.rooms) == 3
    assert seen.others.seats.seats == 24


def test_today_is_known_up_to_now(session: Session) -> None:
    book(session, "09:00", "10:00", started_at=at("09:00"), guests=9)
    book(session, "15:00", "16:00")
    stay(session, "Selin Karaca", "09:30")

    seen = look(session, now=at("10:00"))

    assert seen.complete_until == at("10:00")
    assert seen.figures.used.value == pytest.approx(1 / 3)
    assert seen.figures.booked.value == pytest.approx(120 / 1890)
    assert seen.figures.no_show_share.value == 0
    assert seen.inside.value == 1


def test_a_day_to_come_says_so_instead_of_nought(session: Session) -> None:
    book(session, "09:00", "10:00", on=ON + timedelta(days=1))

    seen = look(session, ON + timedelta(days=1), now=at("12:00"))

    assert seen.complete_until is None
    assert (seen.figures.visitors.value, seen.figures.visitors.why) == (None, Why.AHEAD)
    assert seen.figures.used.why == Why.AHEAD
    assert seen.figures.booked.value == pytest.approx(60 / 1890)


def test_a_day_before_the_centre_existed_has_no_figures(session: Session) -> None:
    stay(session, "Selin Karaca", "09:30")

    seen = look(session, date(2019, 5, 6))

    assert {each.figure.why for each in seen.totals} == {Why.BEFORE}
    assert seen.complete_until is None


def test_on_the_first_day_of_a_desk_nought_is_nought(session: Session) -> None:
    seen = look(session, now=at("10:00"))

    assert seen.figures.visitors.value == 0
    assert seen.figures.idle_rooms == 3
    assert total(seen, "visitors") == (0, None, None, 0)


def test_a_feast_has_no_share_of_its_hours(session: Session) -> None:
    feast = date(2026, 10, 29)
    stay(session, "Selin Karaca", "09:30", "10:00", on=feast - timedelta(days=9))

    seen = look(session, feast)

    assert seen.figures.booked.why == Why.CLOSED
    assert seen.figures.visitors.value == 0
    assert "Cumhuriyet" in seen.figures.facts.day.reason


def test_a_day_closed_at_noon_has_half_its_hours(session: Session) -> None:
    session.add(Closure(on=ON, from_time="12:00", until_time="24:00", reason="Jeneratör bakımı"))
    book(session, "09:00", "12:00", started_at=at("09:00"), guests=1)
    session.flush()

    assert look(session).figures.booked.value == pytest.approx(1 / 3)


def test_an_open_day_without_a_booking_is_nought_and_its_fill_is_told_why(session: Session) -> None:
    stay(session, "Selin Karaca", "09:30", "10:00")

    day = look(session).figures

    assert (day.booked.value, day.used.value, day.idle_rooms) == (0, 0, 3)
    assert (day.fill.value, day.fill.why) == (None, Why.NO_EVENTS)
    assert day.no_show_share.why == Why.NO_EVENTS


def test_who_was_taken_as_left_at_closing_is_told(session: Session) -> None:
    stay(session, "Selin Karaca", "18:00", people=3)
    visits.presume_left(session, at=NEXT_DAY)
    session.flush()

    seen = look(session)

    assert seen.presumed == 3
    assert seen.inside.value == 0


def test_few_guests_of_an_organisation_are_marked_for_what_leaves_the_centre(session: Session) -> None:
    ege = builders.organisation(session, "Ege Derneği")
    few = book(session, "10:00", "11:00", organisation_id=ege.id, started_at=at("10:00"), guests=3)
    book(session, "12:00", "13:00", organisation_id=ege.id, started_at=at("12:00"), guests=30)
    book(session, "14:00", "15:00", started_at=at("14:00"), guests=3)  # nobody's

    assert occupancy_day.look(session, ON, at=NEXT_DAY, hide_small=True).few == {few.id.hex}
    assert look(session).few == frozenset()
