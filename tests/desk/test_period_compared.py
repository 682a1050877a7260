"""A period beside the one before and the year before; and one that there is nothing to say of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import period
from civicdesk.desk.day_figures import Why
from civicdesk.models import BookingState
from civicdesk.text import ZONE
from tests.desk.periods import BEFORE, MON, TUE, at, book, figures, long_ago, look, stay


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def test_a_period_stands_beside_the_one_before_and_the_same_of_the_year_before(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", guests=30)
    book(session, "10:00", "11:00", on=BEFORE, guests=20)
    book(session, "10:00", "11:00", on=TUE - timedelta(weeks=52), guests=40)

    guests = look(session).total("guests")

    assert (guests.figure.value, guests.before.value) == (30, 20)
    assert guests.year_before is not None
    assert guests.year_before.value == 40
    assert guests.change == pytest.approx(0.5)
    assert guests.change_of_year == pytest.approx(-0.25)


def test_shares_change_by_points(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", state=BookingState.NO_SHOW)
    book(session, "10:00", "11:00", on=BEFORE, guests=4)

    assert look(session).total("no_show_share").change == 1.0


def test_months_of_unequal_length_are_compared_a_day(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", on=date(2026, 2, 10), guests=28)
    book(session, "10:00", "11:00", on=date(2026, 1, 12), guests=31)

    guests = look(session, period.parse("2026-02")).total("guests")

    assert guests.is_a_day
    assert guests.change == pytest.approx(0)


def test_a_leap_year_is_compared_with_one_of_365_days_a_day(session: Session) -> None:
    stay(session, "Eski Ziyaretçi", "10:00", "11:00", on=date(2022, 12, 1))
    book(session, "10:00", "11:00", on=date(2024, 2, 29), guests=366)
    book(session, "10:00", "11:00", on=date(2023, 2, 28), guests=365)

    seen = look(session, period.year(2024))

    assert (seen.period.days, seen.before.days, len(seen.days)) == (366, 365, 366)
    assert seen.total("guests").change == pytest.approx(0)
    assert seen.total("guests").figure.value == 366


def test_a_running_period_is_compared_with_as_much_of_the_one_before(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", on=MON, guests=10)
    book(session, "10:00", "11:00", on=MON - timedelta(weeks=1), guests=5)
    book(session, "16:00", "17:00", on=BEFORE, guests=50)  # on Tuesday of last week it had not begun by noon

    seen = look(session, now=at("12:00"))

    assert seen.is_running
    assert (seen.days_gone, seen.before.days, seen.before.is_cut) == (2, 2, True)
    assert seen.before.until == at("12:00", BEFORE)
    assert figures(seen, "guests") == (10, 5)
    assert [day.visitors.why for day in seen.days] == ["", "", *[Why.AHEAD] * 5]


def test_a_running_month_does_not_ask_more_of_a_shorter_one(session: Session) -> None:
    long_ago(session)

    seen = look(session, period.parse("2026-03"), now=at("12:00", date(2026, 3, 30)))

    assert (seen.days_gone, seen.before.days, seen.before.is_cut) == (30, 28, False)


def test_half_a_year_stands_beside_the_other_half(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", on=date(2026, 8, 12), guests=9)
    book(session, "10:00", "11:00", on=date(2026, 3, 12), guests=3)

    seen = look(session, period.parse("2026-H2"), now=datetime(2027, 2, 1, tzinfo=ZONE))

    assert figures(seen, "guests") == (9, 3)
    assert len(seen.months) == 6


def test_a_period_before_the_centre_existed_says_so(session: Session) -> None:
    stay(session, "Selin Karaca", "10:00", "11:00")

    seen = look(session, period.parse("2019-05"))

    assert seen.why == Why.BEFORE
    assert seen.complete_until is None
    assert {total.figure.why for total in seen.totals} == {Why.BEFORE}
    assert {day.visitors.why for day in seen.days} == {Why.BEFORE}
    assert seen.rooms == []
    assert seen.messages is None


def test_a_period_that_has_not_come_says_so(session: Session) -> None:
    book(session, "10:00", "11:00", on=date(2027, 3, 2))

    seen = look(session, period.parse("2027-03"))

    assert {total.figure.why for total in seen.totals} == {Why.AHEAD}
    assert seen.why == Why.AHEAD


def test_a_centre_of_yesterday_has_nothing_to_compare_with(session: Session) -> None:
    stay(session, "Selin Karaca", "10:00", "11:00")

    seen = look(session)

    assert seen.kept_from == TUE
    assert seen.total("visitors").figure.value == 1
    assert seen.total("visitors").before.why == Why.NOT_KEPT
    assert seen.total("visitors").change is None


def test_a_period_that_was_only_kept_in_part_is_nothing_to_compare_with(session: Session) -> None:
    stay(session, "Selin Karaca", "10:00", "11:00", on=BEFORE)

    seen = look(session)

    assert seen.total("visitors").before.why == Why.PARTLY
