from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from civicdesk.database import Database
from civicdesk.desk import centre, staff, trail
from civicdesk.errors import Refusal
from civicdesk.models import Role
from tests import builders
from tests.builders import TUESDAY


def busy(database: Database) -> None:
    with database.begin() as session:
        deniz = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER)
    with database.begin(by=deniz.id) as session:
        centre.change(session, TUESDAY, capacity=300)
        centre.change(session, TUESDAY, capacity=310)


def test_the_latest_entry_comes_first_with_the_name_of_who_made_it(database: Database) -> None:
    busy(database)
    with database.read() as session:
        lines = trail.latest(session, limit=2)
        first = next(trail.everything(session))
    assert [(line.entry.action, line.by) for line in lines] == [("change_centre", "Deniz Polat")] * 2
    assert (first.entry.action, first.by) == ("enrol", "")


def test_an_untouched_trail_is_whole(database: Database) -> None:
    busy(database)
    with database.read() as session:
        found = trail.check(session)
    assert (found.is_whole, found.count) == (True, 3)


def test_an_entry_rewritten_around_the_desk_is_found(database: Database, file: Path) -> None:
    busy(database)
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TRIGGER audit_entry_is_never_changed")
        connection.execute("UPDATE audit_entry SET details = '{}' WHERE action = 'enrol'")
    connection.close()
    with database.read() as session:
        found = trail.check(session)
    assert [entry.action for entry in found.broken] == ["enrol"]
    assert not found.is_whole


def test_somebody_dismissed_can_be_taken_back(database: Database) -> None:
    with database.begin() as session:
        elif_ = builders.member_of_staff(session)
        staff.dismiss(session, elif_.id, at=TUESDAY)
        assert staff.everyone(session) == []
        staff.reinstate(session, elif_.id, at=TUESDAY)
        assert [member.name for member in staff.everyone(session)] == ["Elif Aksoy"]


def test_the_last_manager_stays(database: Database) -> None:
    with database.begin() as session:
        deniz = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER)
        builders.member_of_staff(session)
        with pytest.raises(Refusal) as refused:
            staff.dismiss(session, deniz.id, at=TUESDAY)
    assert refused.value.reason == "last_manager"


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"name": " "}, "no_name"), ({"capacity": 0}, "bad_capacity"), ({"capacity": 100_001}, "bad_capacity")],
)
def test_a_centre_without_a_name_or_room_for_anybody_is_refused(
    database: Database, values: dict[str, object], reason: str
) -> None:
    with database.begin() as session, pytest.raises(Refusal) as refused:
        centre.change(session, TUESDAY, **values)
    assert refused.value.reason == reason


def test_a_new_notice_text_is_a_new_version_and_the_same_text_is_not(database: Database) -> None:
    with database.begin() as session:
        centre.change(session, TUESDAY, notice_text="We keep your name for 90 days.")
        centre.change(session, TUESDAY, notice_text="We keep your name for 90 days.", capacity=100)
        assert centre.the_centre(session).notice_version == 2
