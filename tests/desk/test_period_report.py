"""A period counted by hand, and every way in which one can be odd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import headcounts, period
from civicdesk.desk.day_figures import Why
from civicdesk.models import Booking, BookingState, Closure, Room
from tests import builders
from tests.desk.periods import OPEN, TUE, WED, at, book, figures, long_ago, look, room, stay


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def test_a_week_counted_by_hand(session: Session) -> None:
    """Three rooms, five days of 630 minutes and one of 540; two events, one no-show, one visitor of no event."""
    long_ago(session)
    ege = builders.organisation(session, "Ege Derneği")
    hall, small = room(session), room(session, "Çınar Odası")
    party = book(session, "10:00", "12:00", guests=49, organisation_id=ege.id, sdg="4,11")
    book(session, "10:00", "11:00", on=WED, room=small, guests=5, kind="meeting", ended_at=at("10:30", WED))
    book(session, "14:00", "15:00", room=small, state=BookingState.NO_SHOW, started_at=None)
    stay(session, "Selin Karaca", "10:00", "12:00", booking_id=party.id, room_id=hall.id, host_id=ege.id)
    stay(session, "Murat Ak", "11:05", "11:30", people=4)
    stay(session, "Murat Ak", "11:20", "11:30", on=WED, people=2)
    headcounts.count(session, hall.id, 20, at=at("10:30"), booking_id=party.id)

    seen = look(session)

    total = 3 * (5 * OPEN + 540)
    assert {each.key: each.figure.value for each in seen.totals} == pytest.approx(
        {
            "visitors": 1 + 48 + 4 + 2 + 5,  # of the meeting nobody gave a name
            "entries": 7,
            "events": 2,
            "guests": 54,
            "mean_guests": 27,
            "open_days": 6,
            "peak": 24,
            "booked": (120 + 60 + 60) / total,
            "used": (120 + 30) / total,
            "fill": (49 * 120 + 5 * 30) / (120 * 120 + 16 * 30),
            "utilisation": 150 / total * (49 * 120 + 5 * 30) / (120 * 120 + 16 * 30),
            "no_shows": 1,
            "no_show_share": 1 / 3,
            "received": 0,
            "handed_over": 0,
        }
    )
    assert seen.arrivals == {10: 1, 11: 6}
    assert [round(people * 6) for minute, people in seen.curve] == [1, 0, 0, 0, 4, 2]
    assert seen.peak is not None
    assert (seen.peak.people, seen.peak.at) == (24, at("11:00"))


def test_the_days_and_the_months_add_up_to_the_period(session: Session) -> None:
    long_ago(session)
    for on, guests in ((date(2026, 10, 30), 7), (date(2026, 11, 2), 11), (WED, 13)):
        book(session, "10:00", "11:00", on=on, guests=guests)
        stay(session, f"Ziyaretçi {on}", "10:00", "11:00", on=on, people=guests)

    seen = look(session, period.days(date(2026, 10, 15), date(2026, 11, 30)))

    for name in ("visitors", "events", "guests", "no_shows"):
        whole = seen.total(name).figure.value
        assert sum(getattr(day, name).value for day in seen.days) == whole
        assert sum(getattr(month, name).value for month in seen.months) == whole
    assert [(month.first, month.last) for month in seen.months] == [
        (date(2026, 10, 15), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
    ]
    assert [month.guests.value for month in seen.months] == [7, 24]


def test_an_empty_centre_answers(session: Session) -> None:
    assert look(session).why == Why.BEFORE


def test_today_in_the_morning_is_known_up_to_now(session: Session) -> None:
    long_ago(session)
    book(session, "09:00", "09:30", guests=9)
    book(session, "09:45", "11:00", room=room(session, "Çınar Odası"))
    book(session, "14:00", "15:00")

    seen = look(session, period.days(TUE, TUE), now=at("10:00"))

    assert seen.complete_until == at("10:00")
    assert seen.total("events").figure.value == 1  # one still runs, one is still to come
    assert seen.total("guests").figure.value == 9


def test_days_without_a_booking_have_no_mean_and_no_fill(session: Session) -> None:
    long_ago(session)

    seen = look(session)

    assert seen.total("events").figure.value == 0
    assert seen.total("mean_guests").figure.why == Why.NO_EVENTS
    assert seen.total("fill").figure.why == Why.NO_EVENTS
    assert seen.total("no_show_share").figure.why == Why.NO_EVENTS
    assert seen.total("used").figure.value == 0
    assert all(row.is_idle for row in seen.rooms)


def test_an_event_that_nobody_counted_is_not_in_the_mean(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", guests=30)
    book(session, "12:00", "13:00")

    seen = look(session)

    assert (seen.total("events").figure.value, seen.total("mean_guests").figure.value) == (2, 30)
    assert seen.uncounted_events == 1


def test_a_feast_has_no_hours_and_its_reason_stands_by_the_day(session: Session) -> None:
    long_ago(session)
    feast = period.days(date(2026, 5, 27), date(2026, 5, 30))

    seen = look(session, feast)

    assert {day.is_open for day in seen.days} == {False}
    assert all("Kurban Bayramı" in day.reason for day in seen.days)
    assert seen.total("used").figure.why == Why.CLOSED
    assert seen.total("open_days").figure.value == 0
    assert seen.weekday_heat.cells == {}


def test_closed_hours_do_not_count_as_open(session: Session) -> None:
    long_ago(session)
    session.add(Closure(on=TUE, from_time="12:00", until_time="24:00", reason="Bakım"))
    session.flush()

    seen = look(session, period.days(TUE, TUE))

    assert seen.days[0].reason == "Bakım"
    assert [row.open_minutes for row in seen.rooms] == [180, 180, 180]


def test_a_room_taken_away_in_the_middle_counts_until_then(session: Session) -> None:
    long_ago(session)
    room(session).deleted_at = at("12:00")
    session.flush()

    [gone] = [row for row in look(session).rooms if row.place.name == "Ihlamur Salonu"]

    assert gone.open_minutes == OPEN + 180


def test_idle_rooms_are_rows_too_and_a_divided_one_counts_by_its_parts(session: Session) -> None:
    long_ago(session)
    whole = room(session)
    session.add_all(
        Room(name=name, capacity=60, part_of_id=whole.id, position=9) for name in ("Doğu", "Batı")
    )
    session.flush()
    book(session, "10:00", "12:00", room=whole, guests=30)

    rows = {row.place.name: row for row in look(session).rooms}

    assert {name for name, row in rows.items() if row.is_idle} == {"Çınar Odası", "Defne Atölyesi"}
    assert [(rows[name].events, rows[name].used_minutes) for name in ("Doğu", "Batı")] == [(1, 120)] * 2
    assert look(session).total("guests").figure.value == 30


def test_an_event_over_midnight_counts_once(session: Session) -> None:
    long_ago(session)
    night = book(session, "22:00", "23:00", guests=12)
    night.ends_at = at("02:00", WED)
    session.flush()

    seen = look(session)

    assert seen.total("events").figure.value == 1
    assert [day.events.value for day in seen.days][1:3] == [1, 0]


def test_five_thousand_bookings_in_a_day_are_read(session: Session) -> None:
    long_ago(session)
    many = [Room(name=f"Oda {n:03}", capacity=9, position=n) for n in range(100)]
    session.add_all(many)
    session.flush()
    session.add_all(
        Booking(
            room_id=many[n % 100].id,
            title="Görüşme",
            kind="meeting",
            starts_at=at("09:00") + timedelta(minutes=10 * (n // 100)),
            ends_at=at("09:10") + timedelta(minutes=10 * (n // 100)),
            wall_start="2026-11-24T09:00",
            started_at=at("09:00") + timedelta(minutes=10 * (n // 100)),
            guests=2,
        )
        for n in range(5_000)
    )
    session.flush()

    seen = look(session)

    assert figures(seen, "events")[0] == 5_000
    assert figures(seen, "guests")[0] == 10_000
