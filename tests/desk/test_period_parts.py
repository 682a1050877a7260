"""What stands behind the totals of a period: organisations, kinds, hours, goals, members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import period, year_report
from civicdesk.desk.day_figures import Why
from civicdesk.models import BookingState, Organisation, new_id
from civicdesk.text import ZONE
from tests import builders
from tests.desk.periods import TUE, book, long_ago, look, stay


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def test_organisations_and_their_kinds(session: Session) -> None:
    long_ago(session)
    ege = builders.organisation(session, "Ege Derneği")
    vakif = Organisation(name="Güneş Vakfı", kind="vakif")
    session.add(vakif)
    session.flush()
    book(session, "10:00", "12:00", guests=30, organisation_id=ege.id)
    book(session, "13:00", "14:00", guests=10, organisation_id=ege.id)
    book(session, "15:00", "16:00", guests=8)
    stay(session, "Selin Karaca", "10:00", "12:00", host_id=vakif.id, people=6)
    stay(session, "Murat Ak", "10:00", "12:00")

    seen = look(session)

    rows = {
        row.name: (row.events, row.guests.value, row.visitors.value, row.minutes)
        for row in seen.organisations
    }
    assert rows == {"Ege Derneği": (2, 40, 0, 180), "Güneş Vakfı": (0, 0, 6, 0)}
    kinds = {
        row.kind: (row.organisations, row.events, row.guests.value, row.visitors.value)
        for row in seen.organisation_kinds
    }
    assert len(kinds) == 12  # eleven, and nobody's
    assert kinds["dernek"] == (1, 2, 40, 0)
    assert kinds["vakif"] == (0, 0, 0, 6)
    assert kinds[""] == (0, 1, 8, 1)
    assert sum(row.guests.value or 0 for row in seen.organisation_kinds) == seen.total("guests").figure.value
    assert (
        sum(row.visitors.value or 0 for row in seen.organisation_kinds) == seen.total("entries").figure.value
    )


def test_an_organisation_whose_row_has_not_arrived_is_counted_all_the_same(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "12:00", guests=30, organisation_id=new_id())

    seen = look(session)

    assert [(row.name, row.guests.value) for row in seen.organisations] == [("—", 30)]
    assert sum(row.guests.value or 0 for row in seen.organisation_kinds) == 30


def test_a_few_are_hidden_in_what_leaves_the_centre(session: Session) -> None:
    long_ago(session)
    guests = {"Ege Derneği": 30, "Ova Derneği": 9, "Kıyı Derneği": 3}
    for hour, (name, people) in enumerate(guests.items(), start=10):
        made = builders.organisation(session, name)
        book(session, f"{hour}:00", f"{hour}:30", guests=people, organisation_id=made.id)

    inside, outside = look(session), look(session, hide_small=True)

    assert {row.name: row.guests.value for row in inside.organisations} == guests
    assert {row.name: row.guests.value for row in outside.organisations} == {
        "Ege Derneği": 30,
        "Ova Derneği": None,  # or 42 less 30 less 9 would tell
        "Kıyı Derneği": None,
    }
    assert {row.guests.why for row in outside.organisations} == {"", Why.FEW}
    assert outside.total("guests").figure.value == 42
    assert outside.are_small_hidden


def test_kinds_of_events_are_all_there_also_those_there_were_none_of(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "12:00", guests=30)
    book(session, "13:00", "14:00", kind="of a newer desk", guests=2)
    book(session, "15:00", "16:00", state=BookingState.NO_SHOW)

    rows = {row.kind: row for row in look(session).event_kinds}

    assert (rows["workshop"].events, rows["workshop"].mean.value, rows["workshop"].no_shows) == (1, 30, 1)
    assert (rows["panel"].events, rows["panel"].mean.why) == (0, Why.NO_EVENTS)
    assert rows["of a newer desk"].events == 1


def test_heat_knows_closed_from_empty(session: Session) -> None:
    long_ago(session)
    stay(session, "Selin Karaca", "10:10", "12:00", people=3)
    book(session, "10:30", "12:00", guests=30)

    seen = look(session)

    assert seen.weekday_heat.cells["1", 10] == 3
    assert seen.weekday_heat.cells["0", 10] == 0
    assert ("6", 10) not in seen.weekday_heat.cells  # a Sunday
    hall = next(row.place.id for row in seen.rooms if row.place.name == "Ihlamur Salonu")
    assert seen.room_heat.cells[hall, 10] == pytest.approx(30 / (6 * 60))
    assert seen.room_heat.cells[hall, 11] == pytest.approx(60 / (6 * 60))


def test_a_weekday_there_was_none_of_was_not_closed(session: Session) -> None:
    stay(session, "Ali", "10:00", "11:00")

    assert list(look(session, period.days(TUE, TUE)).weekday_heat.rows) == ["1"]


def test_the_goals_are_seventeen_rows_with_noughts(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "12:00", guests=30, sdg="11,17")
    book(session, "13:00", "14:00", guests=12, sdg="11")
    book(session, "15:00", "16:00", guests=7, sdg="18,x")

    seen = year_report.look(session, period.year(2026), at=datetime(2027, 1, 4, tzinfo=ZONE))

    assert [row.goal for row in seen.goals] == list(range(1, 18))
    assert {row.goal: (row.events, row.guests.value) for row in seen.goals if row.events} == {
        11: (2, 42),
        17: (1, 30),
    }
    assert seen.without_goal == 1


def test_members_are_counted_as_they_were_on_the_last_day(session: Session) -> None:
    session.add_all(
        [
            Organisation(name="Eski", kind="dernek", joined_on=date(2020, 1, 1)),
            Organisation(name="Yeni", kind="vakif", joined_on=date(2026, 5, 1)),
            Organisation(name="Gitti", kind="dernek", joined_on=date(2020, 1, 1), left_on=date(2026, 6, 1)),
            Organisation(name="Gelecek", kind="platform", joined_on=date(2027, 1, 2)),
            Organisation(name="Belediye", kind="belediye", is_member=False),
        ]
    )
    session.flush()
    known = len(session.scalars(select(Organisation).where(Organisation.is_member)).all())

    seen = year_report.look(session, period.year(2026), at=datetime(2027, 3, 1, tzinfo=ZONE)).members

    assert seen.count == known - 2  # one left, one came later
    assert (seen.joined, seen.left) == (1, 1)
    assert len(seen.by_kind) == 11
    assert (seen.by_kind["vakif"], seen.by_kind["platform"]) == (1, 0)
    assert seen.outside == {"belediye": 1}
