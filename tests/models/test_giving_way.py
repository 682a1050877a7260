"""Triggers give way while rows of other desks are written down, and never else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from civicdesk.models.giving_way import GUARD, NAMES, gives_way
from tests.models.test_tables import KEPT


@pytest.fixture
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def test_every_trigger_that_refuses_gives_way(raw: sqlite3.Connection) -> None:
    refusing = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'"
    ).fetchall()

    assert refusing
    assert [name for name, sql in refusing if not gives_way(name) or GUARD not in sql] == []


def test_every_trigger_that_is_named_is_there_and_gives_way(raw: sqlite3.Connection) -> None:
    triggers = dict(raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))

    assert {*NAMES, *(f"{table}_is_never_changed" for table in KEPT)} <= {*triggers}
    assert all(triggers[name].count(GUARD) == 1 for name in triggers if gives_way(name))


def test_what_one_desk_refuses_is_written_down_when_it_comes_from_another(raw: sqlite3.Connection) -> None:
    insert = (
        "INSERT INTO visit (id, visitor_id, number, arrived_at, people, reason, needs, note, is_discreet)"
        " VALUES (?, 'a', 1, '2026-11-24T07:42:00.000Z', 1, 'meeting', '', '', 0)"
    )
    raw.execute(insert, ("1",))
    with pytest.raises(sqlite3.IntegrityError, match="presence"):
        raw.execute(insert, ("2",))

    raw.execute("UPDATE sync_clock SET applying = 1")
    raw.execute(insert, ("2",))
    raw.execute("UPDATE sync_clock SET applying = 0")

    assert raw.execute("SELECT visit_id FROM presence").fetchall() == [("1",)]
    with pytest.raises(sqlite3.IntegrityError, match="presence"):
        raw.execute(insert, ("3",))


def test_without_a_clock_of_changes_nothing_gives_way(raw: sqlite3.Connection) -> None:
    raw.execute("DELETE FROM sync_clock")
    raw.execute("INSERT INTO earlier VALUES ('1', 'a', 'b', 'c', 'd', '{}', '2026', NULL, '')")

    with pytest.raises(sqlite3.IntegrityError, match="a fact is never rewritten"):
        raw.execute("DELETE FROM earlier")
