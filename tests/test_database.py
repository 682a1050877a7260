"""The file, and what can be wrong with it when the desk opens."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from civicdesk import database as module
from civicdesk.database import Changes, Database
from civicdesk.desk import audit, people, visits
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Badge, Passage, Visit, Visitor
from civicdesk.models.migrations import HEAD
from tests import builders
from tests.builders import TUESDAY

DAMAGED = "The database file is damaged. Restore the latest backup; do not write to this file."
BUSY = "The database is busy with another program. Wait a moment and try again."


def _sentence(path: Path) -> str:
    """What a clerk reads when this file does not open."""
    database = Database(path)
    with pytest.raises(Unavailable) as trouble:
        database.prepare()
    database.close()
    return str(trouble.value)


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody, so that waiting would be seen."""
    monkeypatch.setattr(module, "BUSY_MS", 0)


@pytest.fixture
def full_file(file: Path) -> Path:
    """A file with some hundred pages, closed and whole."""
    database = Database(file)
    with database.begin() as session:
        session.add_all(Visitor(name=f"Ziyaretçi {n} " + "x" * 150) for n in range(2_000))
    database.close()
    assert not file.with_name("desk.db-wal").exists()
    return file


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    database = Database(tmp_path / "deep" / "down" / "desk.db")
    database.prepare()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
    database.close()


def test_preparing_again_changes_nothing(full_file: Path) -> None:
    database = Database(full_file)
    database.prepare()
    database.prepare()
    database.close()

    assert [path.name for path in full_file.parent.iterdir()] == ["desk.db"]


def test_the_file_is_as_durable_as_promised(database: Database) -> None:
    with database.begin() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_word_of_a_change_comes_after_the_commit_and_names_the_tables(file: Path) -> None:
    said: list[Changes] = []
    database = Database(file, on_change=said.append)
    with database.begin() as session:
        builders.visit(session)
        assert said == []
    with pytest.raises(Refusal), database.begin() as session:
        builders.visit(session)
    database.close()

    assert len(said) == 1
    assert {Visit, Visitor} <= said[0]


def test_a_look_cannot_write(database: Database) -> None:
    with pytest.raises(Unavailable), database.read() as session:
        session.execute(text("DELETE FROM room"))


def test_a_rule_of_the_database_is_a_refusal(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
    with pytest.raises(Refusal) as refused, database.begin() as session:
        session.add(Visit(visitor_id=visit.visitor_id, number=2, arrived_at=TUESDAY))

    assert refused.value.reason == "already_inside"


# -- files that are not ours, not whole, not now


def test_a_newer_file_is_refused_and_left_alone(full_file: Path) -> None:
    with closing(sqlite3.connect(full_file, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = full_file.read_bytes()

    assert _sentence(full_file) == (
        "This file was written by a newer CivicDesk. Update this computer; nothing was changed."
    )
    assert full_file.read_bytes() == before


@pytest.mark.parametrize("keep", [0.9, 0.5, 0.1], ids=lambda keep: f"{keep:.0%} left")
def test_a_file_cut_off_in_the_middle_is_noticed(full_file: Path, keep: float) -> None:
    os.truncate(full_file, int(full_file.stat().st_size * keep))

    assert _sentence(full_file) == DAMAGED


def test_a_file_whose_last_bytes_are_missing_is_noticed(full_file: Path) -> None:
    os.truncate(full_file, full_file.stat().st_size - 100)

    assert _sentence(full_file) == DAMAGED


@pytest.mark.parametrize(
    "content", [os.urandom(50_000), b"Sevgili defter,\n" * 40, b"\0" * 4_096, b"SQLite format 3\0" + b"\xff" * 8_000],
    ids=["garbage", "a letter", "zeros", "a right beginning"],
)  # fmt: skip
def test_a_file_that_is_no_database_is_not_written_to(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    assert _sentence(file) == DAMAGED
    assert file.read_bytes() == content


def test_garbage_in_the_middle_is_found_by_looking_through(full_file: Path) -> None:
    with full_file.open("r+b") as raw:
        raw.seek(full_file.stat().st_size // 2 // 4_096 * 4_096)
        raw.write(os.urandom(3 * 4_096))
    database = Database(full_file)

    with pytest.raises(Unavailable) as trouble:
        database.verify()
    database.close()
    assert str(trouble.value) == DAMAGED


def test_a_sound_file_is_verified(full_file: Path) -> None:
    database = Database(full_file)
    database.verify()
    database.close()


def test_a_file_of_zero_bytes_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.touch()
    database = Database(path)
    database.prepare()
    database.verify()
    database.close()


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE song (title)")
        connection.commit()
    before = path.read_bytes()

    assert _sentence(path) == "“music.db” is a database of another program. Choose another file."
    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.mkdir()
    (path / "x").touch()

    assert _sentence(path) == "The database file cannot be opened. Check the disk and the folder."


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "var").touch()

    assert _sentence(tmp_path / "var" / "desk.db") == (
        "The database file cannot be opened. Check the disk and the folder."
    )


# -- migrations


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A CivicDesk that knows one migration more; the folder of its migrations."""
    folder = tmp_path / "migrations"
    shutil.copytree(module._MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9000_one_more.py").write_text(
        f'revision = "9000"\ndown_revision = "{HEAD}"\n'
        "from alembic import op\n"
        "def upgrade():\n"
        '    op.execute("CREATE TABLE one_more (id)")\n'
        '    op.execute("INSERT INTO one_more VALUES (1)")\n'
    )
    monkeypatch.setattr(module, "_MIGRATIONS", folder)
    monkeypatch.setattr(module, "HEAD", "9000")
    return folder


def _value(path: Path, query: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchone()[0]


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(
    full_file: Path, newer_program: Path
) -> None:
    database = Database(full_file)
    database.prepare()
    database.prepare()
    database.close()

    [copy] = full_file.parent.glob("desk-before-9000-from-*.db")
    assert _value(full_file, "SELECT version_num FROM alembic_version") == "9000"
    assert _value(copy, "SELECT version_num FROM alembic_version") == HEAD
    assert (
        _value(copy, "SELECT count(*) FROM visitor")
        == _value(full_file, "SELECT count(*) FROM visitor")
        == 2_000
    )


def test_a_migration_that_fails_leaves_the_file_as_it_was(full_file: Path, newer_program: Path) -> None:
    with (newer_program / "versions" / "9000_one_more.py").open("a") as migration:
        migration.write('    op.execute("SELECT 1 FROM missing")\n')
    database = Database(full_file)
    with pytest.raises(Exception, match="no such table: missing"):
        database.prepare()
    database.close()

    assert _value(full_file, "SELECT version_num FROM alembic_version") == HEAD
    assert _value(full_file, "SELECT count(*) FROM sqlite_master WHERE name = 'one_more'") == 0
    assert len(list(full_file.parent.glob("desk-before-9000-from-*.db"))) == 1


def test_a_copy_that_was_cut_short_is_not_kept(
    full_file: Path, newer_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Path, "rename", lambda _self, _target: (_ for _ in ()).throw(OSError("no space left"))
    )
    _sentence(full_file)
    monkeypatch.undo()

    assert not list(full_file.parent.glob("desk-before-*"))
    assert _value(full_file, "SELECT version_num FROM alembic_version") == HEAD


# -- others who write and read at the same time


def test_a_program_that_holds_the_file_is_named_not_waited_for_for_ever(file: Path, in_a_hurry: None) -> None:
    database = Database(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as trouble, database.begin() as session:
            builders.visit(session)
        assert _sentence(file) == BUSY
        other.execute("ROLLBACK")
    with database.begin() as session:
        assert builders.visit(session).number == 1
    database.close()

    assert str(trouble.value) == BUSY


def test_a_program_that_locks_everything_out(file: Path, in_a_hurry: None) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert _sentence(file) == BUSY


def test_a_reader_never_waits_for_a_writer(file: Path, in_a_hurry: None) -> None:
    database = Database(file)
    with database.begin() as session:
        visit = builders.visit(session)
        with database.read() as looking:
            assert visits.inside(looking) == []
        visits.check_out(session, visit.id, at=TUESDAY + timedelta(hours=1))
    with database.read() as looking:
        assert len(people.history(looking, visit.visitor_id)) == 1
    database.close()


def test_a_long_look_sees_one_moment_while_others_write(file: Path, in_a_hurry: None) -> None:
    database = Database(file)
    with database.read() as looking:
        assert visits.inside(looking) == []
        with database.begin() as session:
            builders.visit(session)
        assert visits.inside(looking) == []
    database.close()


def test_four_clerks_at_once_lose_nothing(database: Database) -> None:
    each = 15
    ready = threading.Barrier(4)

    def clerk(number: int) -> list[int]:
        ready.wait()
        numbers = []
        for n in range(each):
            with database.begin() as session:
                visit = builders.visit(session, f"Ziyaretçi {'ABCD'[number]} {n}")
                numbers.append(visit.number)
        return numbers

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(number for given in pool.map(clerk, range(4)) for number in given)

    assert numbers == list(range(1, 4 * each + 1))
    with database.read() as session:
        for table in (Visit, Passage, Badge):
            assert session.scalar(select(func.count()).select_from(table)) == 4 * each
        assert not list(audit.broken(session))


def test_of_two_screens_one_checks_the_visitor_in(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        visits.check_out(session, visit.id, at=TUESDAY + timedelta(minutes=1))
    ready = threading.Barrier(2)

    def screen(_number: int) -> str:
        ready.wait()
        try:
            with database.begin() as session:
                visits.check_in(session, visits.again(visit), at=TUESDAY + timedelta(minutes=2))
        except Refusal as refusal:
            return refusal.reason
        return "inside"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(screen, range(2))) == ["already_inside", "inside"]


# -- a full disk


def _fill(database: Database) -> None:
    with database.begin() as session:
        for n in range(500):
            builders.visit(session, f"Ziyaretçi {n} " + "x" * 150)


def test_a_full_disk_is_said_and_leaves_nothing_half_there(database: Database) -> None:
    with database.begin() as session:
        builders.visit(session, "Cem")
    with database.begin() as session:
        pages = session.scalar(text("PRAGMA page_count"))
        session.execute(text(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(Unavailable) as trouble:
        _fill(database)

    assert str(trouble.value) == "The disk is full. Free some space; what was shown as done is kept."
    with database.begin() as session:
        session.execute(text("PRAGMA max_page_count=1000000"))
        assert [visit.visitor.name for visit in visits.inside(session)] == ["Cem"]
        builders.visit(session, "Hale")
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Passage)) == 2


def test_a_disk_without_room_is_noticed_at_the_start(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(file.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=999_999))

    assert _sentence(file) == "The disk is full. Free some space; what was shown as done is kept."
