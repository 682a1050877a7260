"""Opening hours of the model centre: weekdays, half-days, holidays, closures."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import hours
from civicdesk.models import Centre, Closure, OpeningHours
from civicdesk.text import ZONE


def wall(text: str) -> datetime:
    return datetime.strptime(text, "%d.%m.%Y %H:%M").replace(tzinfo=ZONE)


def _spans(day: hours.Day) -> list[str]:
    return [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in day.spans]


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("20.11.2026 08:59", False),
        ("20.11.2026 09:00", True),
        ("20.11.2026 19:29", True),
        ("20.11.2026 19:30", False),
        ("20.11.2026 19:31", False),
        ("21.11.2026 17:59", True),
        ("21.11.2026 18:01", False),
        ("22.11.2026 11:00", False),
        ("28.10.2026 12:59", True),
        ("28.10.2026 13:00", False),
        ("29.10.2026 11:00", False),
    ],
)
def test_the_centre_is_open_when_its_hours_say_so(session: Session, at: str, is_open: bool) -> None:
    assert hours.today(session, wall(at)).is_open(wall(at)) is is_open


def test_on_sunday_the_next_opening_is_monday_at_nine(session: Session) -> None:
    sunday = hours.day(session, date(2026, 11, 22))

    assert sunday.spans == ()
    assert sunday.reason == "Weekly closing day"
    assert hours.next_opening(session, wall("22.11.2026 11:00")) == wall("23.11.2026 09:00")


def test_an_ordinary_week_has_sixty_one_hours_and_a_half(session: Session) -> None:
    days = [hours.day(session, date(2026, 11, 16) + timedelta(days=n)) for n in range(7)]
    open_for = sum((closes - opens for day in days for opens, closes in day.spans), timedelta())

    assert open_for == timedelta(hours=61.5)


def test_the_eve_of_the_republic_closes_at_one(session: Session) -> None:
    eve = hours.day(session, date(2026, 10, 28))

    assert _spans(eve) == ["09:00–13:00"]
    assert "Cumhuriyet" in eve.reason
    assert hours.next_opening(session, wall("28.10.2026 14:00")) == wall("30.10.2026 09:00")


def test_a_centre_may_stay_open_on_holidays(session: Session) -> None:
    session.scalars(select(Centre)).one().observes_holidays = False

    assert _spans(hours.day(session, date(2026, 10, 29))) == ["09:00–19:30"]


@pytest.mark.parametrize(
    ("closed", "spans"),
    [
        (("12:00", "14:00"), ["09:00–12:00", "14:00–19:30"]),
        (("00:00", "10:00"), ["10:00–19:30"]),
        (("15:00", "24:00"), ["09:00–15:00"]),
        (("00:00", "24:00"), []),
        (("09:00", "19:30"), []),
        (("20:00", "22:00"), ["09:00–19:30"]),
    ],
)
def test_closures_are_cut_out_of_the_day(session: Session, closed: tuple[str, str], spans: list[str]) -> None:
    session.add(Closure(on=date(2026, 11, 24), from_time=closed[0], until_time=closed[1], reason="Sayım"))
    day = hours.day(session, date(2026, 11, 24))

    assert _spans(day) == spans
    assert day.reason == ("" if spans == ["09:00–19:30"] else "Sayım")


def test_after_a_closure_in_the_middle_it_opens_again_the_same_day(session: Session) -> None:
    session.add(Closure(on=date(2026, 11, 24), from_time="12:00", until_time="14:00", reason="Tatbikat"))

    assert hours.next_opening(session, wall("24.11.2026 12:30")) == wall("24.11.2026 14:00")
    assert hours.closing_after(session, wall("24.11.2026 12:30")) == wall("24.11.2026 19:30")


def test_a_closure_that_was_taken_back_closes_nothing(session: Session) -> None:
    session.add(Closure(on=date(2026, 11, 24), reason="Yanlışlıkla", deleted_at=wall("20.11.2026 10:00")))

    assert _spans(hours.day(session, date(2026, 11, 24))) == ["09:00–19:30"]


def test_a_day_may_end_at_midnight(session: Session) -> None:
    tuesday = session.scalars(select(OpeningHours).where(OpeningHours.weekday == 1)).one()
    tuesday.closes = "24:00"
    day = hours.day(session, date(2026, 11, 24))

    assert day.closes_at == wall("25.11.2026 00:00")
    assert day.is_open(wall("24.11.2026 23:59"))
    assert not day.is_open(wall("25.11.2026 00:00"))


def test_a_centre_that_never_opens_has_no_next_opening(session: Session) -> None:
    for row in session.scalars(select(OpeningHours)):
        row.deleted_at = wall("20.11.2026 10:00")

    assert hours.next_opening(session, wall("24.11.2026 12:00")) is None


@pytest.mark.parametrize("at", ["24.11.2026 00:00", "24.11.2026 00:01", "24.11.2026 23:59"])
def test_a_day_lies_between_its_midnights(at: str) -> None:
    assert hours.midnight_before(wall(at)) == wall("24.11.2026 00:00")
    assert hours.midnight_after(wall(at)) == wall("25.11.2026 00:00")


@pytest.mark.parametrize(
    "text", ["9:00", "24:01", "25:00", "12:60", "T0900", "09.00", "", "09:00:00", "٠٩:٠٠"]
)
def test_what_is_no_wall_time(text: str) -> None:
    assert not hours.is_wall_time(text)


@pytest.mark.parametrize("text", ["00:00", "09:05", "23:59", "24:00"])
def test_what_is_a_wall_time(text: str) -> None:
    assert hours.is_wall_time(text)


times = st.integers(0, 24 * 4).map(lambda quarter: f"{quarter // 4:02d}:{quarter % 4 * 15:02d}")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(times, times).map(lambda pair: tuple(sorted(pair))), max_size=5))
def test_no_closure_ever_lengthens_a_day(session: Session, closed: list[tuple[str, str]]) -> None:
    day = date(2026, 11, 24)
    with session.begin_nested() as undone:
        session.add_all(Closure(on=day, from_time=a, until_time=b, reason="x") for a, b in closed)
        spans = _spans(hours.day(session, day))
        undone.rollback()
    shut = [(a, b) for a, b in closed if a < b]
    for quarter in range(24 * 4):
        at = f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"
        ought = "09:00" <= at < "19:30" and not any(a <= at < b for a, b in shut)
        assert any(span[:5] <= at < span[6:] for span in spans) is ought
