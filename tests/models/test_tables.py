"""The tables keep their promises, whoever writes."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from civicdesk.database import Database
from civicdesk.desk import headcounts, scans, visits
from civicdesk.models import Base, Room, keeping_triggers, new_id, post_triggers, room_triggers, triggers
from civicdesk.models.base import Instant, Shared
from civicdesk.models.migrations import HEAD
from tests import builders
from tests.builders import TUESDAY

MIGRATIONS = Path(triggers.__file__).parent / "migrations"
MODELS = sorted((mapper.class_ for mapper in Base.registry.mappers), key=lambda model: model.__tablename__)
SHARED = [model for model in MODELS if issubclass(model, Shared)]
FACTS = [model for model in MODELS if model.__fact__]
KEPT = (*triggers.FACTS, *room_triggers.FACTS, *post_triggers.FACTS, *keeping_triggers.FACTS)


@pytest.fixture
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def test_a_migrated_file_is_what_the_tables_say(empty_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(empty_file, copy)
    engine = create_engine(f"sqlite:///{copy}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _parents: (
                    kind != "table" or not name.startswith("visitor_")
                ),
            },
        )
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()

    assert differences == []


def test_the_newest_migration_is_the_one_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_the_facts_are_the_tables_that_triggers_keep() -> None:
    assert {model.__tablename__ for model in FACTS} == set(KEPT)


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model.__tablename__)
def test_every_column_that_travels_has_one_group(model: type[Base]) -> None:
    columns = [column.name for column in model.__table__.columns if column.name != "id"]
    grouped = [column for group in model.__groups__.values() for column in group]

    assert model.__fact__ or sorted([*grouped, *model.__local__]) == sorted(columns)
    assert not (model.__fact__ and grouped)


@pytest.mark.parametrize("model", SHARED, ids=lambda model: model.__tablename__)
def test_a_row_may_arrive_before_its_parent(model: type[Base]) -> None:
    assert not model.__table__.foreign_keys


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"], ids=["change", "delete"])
@pytest.mark.parametrize("table", KEPT)
def test_a_fact_is_never_rewritten(
    database: Database, raw: sqlite3.Connection, table: str, verb: str
) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        scans.scan(session, "8690504012345", at=TUESDAY)
        room = session.query(Room).first()
        assert room is not None
        headcounts.count(session, room.id, 1, at=TUESDAY)
        muster = new_id()
    raw.execute(
        "INSERT INTO muster_mark (id, muster_id, at, visit_id, name, is_safe) VALUES (?, ?, ?, ?, '', 1)",
        (new_id().hex, muster.hex, "2026-11-24T07:42:00.000Z", visit.id.hex),
    )
    raw.execute(
        "INSERT INTO earlier (id, deed, action, subject, subject_id, was, at, undoes)"
        " VALUES (?, 'a key', 'book', 'booking', ?, '', '2026-11-24T07:42:00.000Z', '')",
        (new_id().hex, new_id().hex),
    )
    _post_facts(raw)

    with pytest.raises(sqlite3.IntegrityError, match="a fact is never rewritten"):
        raw.execute(verb.format(table))


@pytest.mark.parametrize("table", keeping_triggers.EMPTIED)
def test_a_fact_may_be_emptied_of_a_person_and_of_nothing_else(
    database: Database, raw: sqlite3.Connection, table: str
) -> None:
    _post_facts(raw)
    emptied, stays = keeping_triggers.EMPTIED[table], keeping_triggers.STAYS[table]
    raw.execute(f"DROP TRIGGER {table}_is_never_changed")  # to have something to empty
    raw.execute(f"UPDATE {table} SET " + ", ".join(f"{name} = 'told'" for name in emptied))
    for statement in keeping_triggers.keep_but_empty():
        raw.execute(statement)

    for name in (*emptied, *stays):
        with pytest.raises(sqlite3.IntegrityError, match="a fact is never rewritten"):
            raw.execute(f"UPDATE {table} SET {name} = 'other'")
    with pytest.raises(sqlite3.IntegrityError, match="a fact is never rewritten"):
        raw.execute(f"UPDATE {table} SET at = '2020', {emptied[0]} = ''")
    raw.execute(f"UPDATE {table} SET " + ", ".join(f"{name} = ''" for name in emptied))

    assert raw.execute(f"SELECT {', '.join(emptied)} FROM {table}").fetchall() == [("",) * len(emptied)]


def test_every_column_of_a_fact_is_kept_or_emptied() -> None:
    for table, emptied in keeping_triggers.EMPTIED.items():
        columns = {column.name for column in Base.metadata.tables[table].columns}
        assert columns == {*emptied, *keeping_triggers.STAYS[table]}


def _post_facts(raw: sqlite3.Connection) -> None:
    """One row in each table of facts about post and messages."""
    for table, more in {
        "mail_move": {"item_id": new_id().hex, "what": "shelved", "details": "", "reason": ""},
        "hand_over": {"collector": "Ayşe Tan", "override": "", "items": 1},
        "signature": {"strokes": b"", "width": 300, "height": 100},
        "notice_taking": {"item_id": new_id().hex, "is_taken": 0, "is_authority_on_file": 0, "reason": ""},
        "message_move": {"message_id": new_id().hex, "what": "shown"},
        "mail_photo": {"item_id": new_id().hex, "sha256": "ab", "size": 2},
    }.items():
        words = ("person", "capacity", "authority")
        columns = {name for _n, name, *_rest in raw.execute(f"PRAGMA table_info({table})")}
        row = {"id": new_id().hex, "at": "2026-11-24T07:42:00.000Z", **dict.fromkeys(words, ""), **more}
        row = {name: value for name, value in row.items() if name in columns}
        holes = ", ".join(f":{name}" for name in row)
        raw.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({holes})", row)


def test_ids_carry_their_time_and_stand_in_order() -> None:
    ids = [new_id() for _ in range(1_000)]

    assert {made.version for made in ids} == {7}
    assert ids == sorted(set(ids))
    assert isinstance(ids[0], UUID)


def test_every_instant_stands_as_utc_text(database: Database, raw: sqlite3.Connection) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        visits.check_out(session, visit.id, at=TUESDAY.replace(microsecond=123_456))
        scans.scan(session, "8690504012345", at=TUESDAY)
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Instant):
                found |= {
                    value for (value,) in raw.execute(f'SELECT "{column.name}" FROM {table.name}') if value
                }

    assert "2026-11-24T07:42:00.123Z" in found
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value) for value in found)


def test_an_instant_without_a_zone_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(TUESDAY.replace(tzinfo=None), None)  # type: ignore[arg-type]


def _visit_row(raw: sqlite3.Connection, visitor: UUID, left_at: str | None = None) -> str:
    visit = new_id().hex
    raw.execute(
        "INSERT INTO visit (id, visitor_id, number, arrived_at, people, reason, needs, note, is_discreet, left_at)"
        " VALUES (?, ?, 1, '2026-11-24T07:42:00.000Z', 1, 'meeting', '', '', 0, ?)",
        (visit, visitor.hex, left_at),
    )
    return visit


def test_no_program_can_put_a_visitor_inside_twice(raw: sqlite3.Connection) -> None:
    visitor = new_id()
    first = _visit_row(raw, visitor)

    with pytest.raises(sqlite3.IntegrityError, match=r"presence\.visitor_id"):
        _visit_row(raw, visitor)
    raw.execute("UPDATE visit SET left_at = '2026-11-24T08:00:00.000Z' WHERE id = ?", (first,))
    _visit_row(raw, visitor)
    with pytest.raises(sqlite3.IntegrityError, match=r"presence\.visitor_id"):
        raw.execute("UPDATE visit SET left_at = NULL WHERE id = ?", (first,))


def test_presence_follows_the_visit(raw: sqlite3.Connection) -> None:
    def inside() -> list[tuple[str]]:
        return raw.execute("SELECT visit_id FROM presence").fetchall()

    visit = _visit_row(raw, new_id())
    _visit_row(raw, new_id(), left_at="2026-11-24T08:00:00.000Z")
    assert inside() == [(visit,)]
    raw.execute("UPDATE visit SET deleted_at = '2026-11-24T08:00:00.000Z' WHERE id = ?", (visit,))
    assert inside() == []
    raw.execute("UPDATE visit SET deleted_at = NULL WHERE id = ?", (visit,))
    assert inside() == [(visit,)]


def test_a_visit_cannot_end_before_it_began(raw: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="visit_ends_after_it_begins"):
        _visit_row(raw, new_id(), left_at="2026-11-24T07:41:59.999Z")
