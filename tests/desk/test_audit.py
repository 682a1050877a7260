"""The trail: whatever was written around the desk is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from civicdesk.database import Database
from civicdesk.desk import audit, visits
from civicdesk.text import ZONE
from tests import builders
from tests.builders import TUESDAY


def _busy_hour(database: Database) -> None:
    for number, name in enumerate(("Cem", "Ilgaz", "Hale", "Gül")):
        with database.begin(desk="desk-1") as session:
            visit = builders.visit(session, name, at=TUESDAY + timedelta(minutes=number))
            visits.check_out(session, visit.id, at=TUESDAY + timedelta(minutes=number + 1))


def _broken(database: Database) -> list[str]:
    with database.read() as session:
        return [entry.action for entry in audit.broken(session)]


def _around_the_desk(database: Database, statement: str) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        for verb in ("changed", "deleted"):
            connection.execute(f"DROP TRIGGER audit_entry_is_never_{verb}")
        assert connection.execute(statement).rowcount == 1


def test_the_chain_of_a_busy_hour_is_unbroken(database: Database) -> None:
    _busy_hour(database)

    assert _broken(database) == []


@pytest.mark.parametrize(
    "change",
    [
        'details = \'{"how": "scan"}\'',
        "at = '2026-11-24T07:40:00.000Z'",
        "by_id = '0123456789abcdef0123456789abcdef'",
        "action = 'check_out'",
        "subject_id = NULL",
        "desk = 'desk-2'",
        "seal = hex(randomblob(32))",
    ],
)
def test_a_changed_entry_is_found(database: Database, change: str) -> None:
    _busy_hour(database)
    _around_the_desk(database, f"UPDATE audit_entry SET {change} WHERE rowid = 3")

    assert _broken(database)


def test_an_entry_that_was_taken_out_is_found(database: Database) -> None:
    _busy_hour(database)
    _around_the_desk(database, "DELETE FROM audit_entry WHERE rowid = 4")

    assert _broken(database) == ["check_in"]


def test_an_instant_with_the_centres_wall_time_keeps_the_chain(database: Database) -> None:
    with database.begin() as session:
        builders.visit(session, at=TUESDAY.astimezone(ZONE))
        builders.visit(session, "Cem", at=TUESDAY.replace(microsecond=999_999))

    assert _broken(database) == []


def test_a_clock_set_back_keeps_the_chain(database: Database) -> None:
    for days in (0, -365, 1):
        with database.begin() as session:
            audit.record(session, "sign_in", None, TUESDAY + timedelta(days=days))

    assert _broken(database) == []
