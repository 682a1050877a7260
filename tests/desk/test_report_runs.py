from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import report_runs
from civicdesk.desk.report_runs import Way
from civicdesk.models import Closure, PrintJob
from civicdesk.text import ZONE

THURSDAY = date(2026, 11, 26)


def at(day: int, wall: str) -> datetime:
    hour, minute = map(int, wall.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A centre whose sheet is made by itself since Thursday morning; it closes at 19:30."""
    with database.begin() as session:
        report_runs.begin(session, Way.PRINTED, at=at(26, "10:00"))
        yield session


def due(session: Session, now: datetime) -> list[int]:
    return [on.day for on in report_runs.due(session, Way.PRINTED, at=now)]


def test_a_day_is_due_a_little_after_closing(session: Session) -> None:
    assert due(session, at(26, "19:34")) == []
    assert due(session, at(26, "19:35")) == [26]


def test_a_desk_that_was_off_makes_up_for_the_open_days_it_missed(session: Session) -> None:
    # the 29th is a Sunday
    assert due(session, at(30, "09:00")) == [26, 27, 28]
    assert due(session, at(30, "20:00")) == [26, 27, 28, 30]


def test_a_closed_day_has_no_sheet_and_a_half_day_has_one_when_it_closes(session: Session) -> None:
    session.add(Closure(on=THURSDAY, reason="Bakım"))
    session.add(Closure(on=date(2026, 11, 27), from_time="13:00", until_time="24:00", reason="Bakım"))
    session.flush()

    assert due(session, at(27, "13:05")) == [27]


def test_what_is_done_is_done_once_also_after_a_restart(session: Session) -> None:
    first = report_runs.ask_to_print(session, at=at(26, "19:40"))
    again = report_runs.ask_to_print(session, at=at(26, "19:41"))
    next_day = report_runs.ask_to_print(session, at=at(27, "20:00"))

    assert [on.day for on in first] == [26]
    assert again == []
    assert [on.day for on in next_day] == [27]
    assert sorted(session.scalars(select(PrintJob.label))) == ["2026-11-26", "2026-11-27"]


def test_days_before_it_was_set_are_not_made_up_for(session: Session) -> None:
    report_runs.begin(session, Way.KEPT, at=at(27, "09:00"))

    assert report_runs.due(session, Way.KEPT, at=at(27, "09:00")) == []


def test_nothing_is_due_where_nothing_was_set(session: Session) -> None:
    assert report_runs.due(session, Way.KEPT, at=at(30, "20:00")) == []


def test_after_months_only_the_last_fortnight_is_made_up_for(session: Session) -> None:
    found = report_runs.due(session, Way.PRINTED, at=datetime(2027, 3, 1, 9, 0, tzinfo=ZONE))

    assert found[0] == date(2027, 2, 15)
    assert len(found) == 12


def test_a_clock_that_was_set_back_does_not_print_again(session: Session) -> None:
    report_runs.ask_to_print(session, at=at(27, "20:00"))
    report_runs.note_done(session, Way.PRINTED, THURSDAY, at=at(26, "20:00"))

    assert due(session, at(27, "20:30")) == []
