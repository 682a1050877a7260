"""What the calendar reads: the days asked for, every room in its order, and how it stands in each."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bookings, calendar
from civicdesk.desk.booking_rules import Facts, Times, objections
from civicdesk.desk.bookings import Wish
from civicdesk.models import Booking, Room
from tests import builders

HOUR = timedelta(hours=1)
TUESDAY = date(2026, 11, 24)
NOON = builders.TUESDAY.replace(hour=9, minute=0)
HALL, TREE, WORKSHOP = "Ihlamur Salonu", "Çınar Odası", "Defne Atölyesi"


def room(session: Session, name: str) -> UUID:
    return session.scalars(select(Room.id).where(Room.name == name)).one()


def book(session: Session, name: str = HALL, days: int = 0, hours: float = 1, **more: object) -> Booking:
    starts_at = NOON + timedelta(days=days)
    wish = {"room_id": room(session, name), "starts_at": starts_at, "ends_at": starts_at + hours * HOUR}
    return bookings.book(session, Wish(**wish | {"title": "Panel"} | more), at=builders.TUESDAY)  # type: ignore[arg-type]


def test_only_the_days_asked_for_are_read(database: Database) -> None:
    with database.begin() as session:
        today, tomorrow = book(session), book(session, days=1)
        book(session, days=2)
        day = calendar.look(session, TUESDAY, at=builders.TUESDAY)
        two = calendar.look(session, TUESDAY, 2, at=builders.TUESDAY)

    assert [entry.id for entry in day.entries] == [today.id]
    assert [entry.id for entry in two.entries] == [today.id, tomorrow.id]
    assert day.minute(today.starts_at) == 12 * 60
    assert two.instant(36 * 60) == tomorrow.starts_at


def test_what_was_called_off_is_not_shown(database: Database) -> None:
    with database.begin() as session:
        bookings.cancel(session, book(session).id, at=builders.TUESDAY)
        found = calendar.look(session, TUESDAY, at=builders.TUESDAY)

    assert found.entries == []


def test_the_parts_of_a_room_stand_after_it_and_one_room_shows_what_holds_it_too(database: Database) -> None:
    with database.begin() as session:
        part = session.get_one(Room, room(session, WORKSHOP))
        part.part_of_id = room(session, TREE)
        session.flush()
        whole = book(session, TREE, people=2)
        book(session, HALL)
        found = calendar.look(session, TUESDAY, at=builders.TUESDAY)
        alone = calendar.look(session, TUESDAY, at=builders.TUESDAY, room_id=part.id)

    assert [each.name for each in found.rooms] == [TREE, WORKSHOP, HALL]
    assert [each.name for each in alone.rooms] == [WORKSHOP]
    assert [entry.id for entry in alone.entries] == [whole.id]


def test_a_booking_holds_its_room_from_setting_up_until_it_is_cleared_or_set_free(database: Database) -> None:
    with database.begin() as session:
        book(session, setup_minutes=15, clear_minutes=30)
        [entry] = calendar.look(session, TUESDAY, at=builders.TUESDAY).entries

    assert (entry.held_from, entry.held_until) == (NOON - HOUR / 4, NOON + 1.5 * HOUR)
    assert entry._replace(released_at=NOON + HOUR / 2).held_until == NOON + HOUR / 2


def test_an_entry_is_judged_like_the_booking_it_stands_for(database: Database) -> None:
    with database.begin() as session:
        whose = builders.organisation(session)
        kept = book(session, organisation_id=whose.id, clear_minutes=10)
        found = calendar.look(session, TUESDAY, at=builders.TUESDAY)
        alike = found.booking(found.entries[0])
        in_the_way = [objections(_facts(session, other)) for other in (alike, kept)]

    assert [each[0].sentence for each in in_the_way] == 2 * [
        "“Ihlamur Salonu” is taken until 13:10: Ege Kadın Emeği Derneği. Choose another time or room."
    ]


def _facts(session: Session, other: Booking) -> Facts:
    times = Times(starts_at=NOON, ends_at=NOON + HOUR)
    where = session.get_one(Room, room(session, HALL))
    return Facts(at=builders.TUESDAY, times=times, room=where, people=1, taken_by=other)


@pytest.mark.parametrize(("minutes", "is_empty"), [(14, False), (15, True), (59, True), (60, False)])
def test_a_room_seems_empty_from_the_minutes_of_the_centre_on_until_the_end(
    database: Database, minutes: int, is_empty: bool
) -> None:
    at = NOON + timedelta(minutes=minutes)
    with database.begin() as session:
        book(session)
        found = calendar.look(session, TUESDAY, at=at)

    assert found.seems_empty(found.entries[0]) == is_empty


def test_the_share_that_is_booked_counts_opening_hours_only(database: Database) -> None:
    with database.begin() as session:
        book(session, hours=7)
        tuesday = calendar.look(session, TUESDAY, at=builders.TUESDAY)
        sunday = calendar.look(session, TUESDAY + timedelta(days=5), at=builders.TUESDAY)

    assert tuesday.booked_share() == pytest.approx(7 / (3 * 10.5))
    assert sunday.booked_share() is None


def test_a_month_is_whole_weeks_from_a_monday() -> None:
    first, days = calendar.weeks_of(date(2026, 11, 24))

    assert (first, days) == (date(2026, 10, 26), 42)
