from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import audit, centre, hours, opening, trail
from civicdesk.errors import Refusal
from civicdesk.text import clock, use_language
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def open_times(session: Session, on: date) -> list[str]:
    return [f"{clock(opens)}-{clock(closes)}" for opens, closes in hours.day(session, on).spans]


def test_the_week_is_read_as_it_was_set(session: Session) -> None:
    wanted = {0: ("08:30", "17:00"), 6: ("10:00", "24:00")}
    opening.set_hours(session, wanted, at=TUESDAY)
    assert opening.week(session) == wanted
    assert open_times(session, date(2026, 11, 30)) == ["08:30-17:00"]
    assert open_times(session, FRIDAY) == []


def test_a_weekday_can_be_closed_and_opened_again(session: Session) -> None:
    week = opening.week(session)
    opening.set_hours(session, {day: span for day, span in week.items() if day != 4}, at=TUESDAY)
    assert open_times(session, FRIDAY) == []
    opening.set_hours(session, week, at=TUESDAY)
    assert open_times(session, FRIDAY) == ["09:00-19:30"]


@pytest.mark.parametrize(
    ("span", "reason"),
    [
        (("10:00", "09:00"), "ends_first"),
        (("10:00", "10:00"), "ends_first"),
        (("9:00", "18:00"), "bad_time"),
        (("", "18:00"), "bad_time"),
        (("09:00", "25:00"), "bad_time"),
    ],
)
def test_hours_that_cannot_be_are_refused(session: Session, span: opening.Hours, reason: str) -> None:
    before = opening.week(session)
    with pytest.raises(Refusal) as refused:
        opening.set_hours(session, {0: span}, at=TUESDAY)
    assert refused.value.reason == reason
    assert opening.week(session) == before


def test_a_whole_day_is_closed_with_its_reason(session: Session) -> None:
    opening.close(session, FRIDAY, reason="Painting", at=TUESDAY)
    assert open_times(session, FRIDAY) == []
    assert hours.day(session, FRIDAY).reason == "Painting"


def test_a_part_of_a_day_is_closed(session: Session) -> None:
    opening.close(session, FRIDAY, reason="Training", during=("12:00", "14:00"), at=TUESDAY)
    assert open_times(session, FRIDAY) == ["09:00-12:00", "14:00-19:30"]


def test_two_parts_of_a_day_that_only_touch_are_both_closed(session: Session) -> None:
    opening.close(session, FRIDAY, reason="Training", during=("12:00", "14:00"), at=TUESDAY)
    opening.close(session, FRIDAY, reason="Cleaning", during=("14:00", "15:00"), at=TUESDAY)
    assert open_times(session, FRIDAY) == ["09:00-12:00", "15:00-19:30"]
    assert hours.day(session, FRIDAY).reason == "Training · Cleaning"


@pytest.mark.parametrize("during", [("11:00", "12:30"), ("13:00", "13:30"), ("00:00", "24:00")])
def test_a_closure_over_another_is_refused_and_names_it(session: Session, during: opening.Hours) -> None:
    opening.close(session, FRIDAY, reason="Training", during=("12:00", "14:00"), at=TUESDAY)
    with pytest.raises(Refusal, match="Training") as refused:
        opening.close(session, FRIDAY, reason="Painting", during=during, at=TUESDAY)
    assert refused.value.reason == "overlaps"


@pytest.mark.parametrize(
    ("on", "during"),
    [(TODAY - timedelta(days=1), opening.WHOLE_DAY), (TODAY, ("08:00", "10:42"))],
)
def test_what_has_passed_is_not_closed(session: Session, on: date, during: opening.Hours) -> None:
    with pytest.raises(Refusal) as refused:
        opening.close(session, on, reason="Painting", during=during, at=TUESDAY)
    assert refused.value.reason == "past_date"


def test_the_rest_of_today_can_be_closed(session: Session) -> None:
    opening.close(session, TODAY, reason="Burst pipe", during=("10:00", "24:00"), at=TUESDAY)
    assert not hours.today(session, TUESDAY).is_open(TUESDAY)


def test_a_closure_needs_a_reason_and_an_end_after_its_beginning(session: Session) -> None:
    with pytest.raises(Refusal) as no_reason:
        opening.close(session, FRIDAY, reason="  ", at=TUESDAY)
    with pytest.raises(Refusal) as ends_first:
        opening.close(session, FRIDAY, reason="Painting", during=("14:00", "12:00"), at=TUESDAY)
    assert (no_reason.value.reason, ends_first.value.reason) == ("no_reason", "ends_first")


def test_a_closure_is_removed_and_brought_back(session: Session) -> None:
    closure = opening.close(session, FRIDAY, reason="Painting", at=TUESDAY)
    opening.reopen(session, closure.id, at=TUESDAY)
    assert opening.closures(session, at=TUESDAY) == []
    assert open_times(session, FRIDAY) == ["09:00-19:30"]
    opening.close_again(session, closure.id, at=TUESDAY)
    assert [row.reason for row in opening.closures(session, at=TUESDAY)] == ["Painting"]


def test_a_closure_does_not_come_back_over_a_newer_one(session: Session) -> None:
    closure = opening.close(session, FRIDAY, reason="Painting", at=TUESDAY)
    opening.reopen(session, closure.id, at=TUESDAY)
    opening.close(session, FRIDAY, reason="Training", at=TUESDAY)
    with pytest.raises(Refusal) as refused:
        opening.close_again(session, closure.id, at=TUESDAY)
    assert refused.value.reason == "overlaps"


def test_coming_closed_days_are_holidays_half_days_and_closures_with_their_names(session: Session) -> None:
    use_language("tr")
    opening.close(session, FRIDAY, reason="Boya", at=TUESDAY)
    days = hours.closed_days(session, TUESDAY)
    assert (days[0].on, days[0].reason) == (FRIDAY, "Boya")
    assert (days[1].on, days[1].reason) == (date(2027, 1, 1), "Yılbaşı")
    assert len(days) == 10
    assert all(day.on.weekday() != 6 for day in days)  # closed every Sunday anyhow
    assert any(day.spans for day in days)  # the half-day before a feast


def test_without_holidays_only_our_own_closures_remain(session: Session) -> None:
    centre.change(session, TUESDAY, observes_holidays=False)
    opening.close(session, FRIDAY, reason="Painting", at=TUESDAY)
    assert [day.on for day in hours.closed_days(session, TUESDAY)] == [FRIDAY]


def test_every_change_is_in_the_trail(session: Session) -> None:
    opening.set_hours(session, opening.week(session), at=TUESDAY)
    closure = opening.close(session, FRIDAY, reason="Painting", at=TUESDAY)
    opening.reopen(session, closure.id, at=TUESDAY)
    assert [line.entry.action for line in trail.latest(session)] == ["reopen_day", "close_day", "set_hours"]
    assert list(audit.broken(session)) == []
