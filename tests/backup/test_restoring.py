from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civicdesk.backup import keys, restoring, sealing, taking
from civicdesk.database import Database
from civicdesk.desk import print_jobs
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import PaperKind
from tests import builders

AT = datetime(2026, 11, 24, 17, 10, tzinfo=UTC)


@pytest.fixture
def backup(file: Path, stick: Path, key: str) -> Path:
    return taking.take(file, stick, keys.recipient_of(key), "desk-1", at=AT).file


def test_the_file_that_was_there_is_moved_aside(backup: Path, file: Path, key: str) -> None:
    database = Database(file)
    with database.begin() as session:
        builders.visit(session, "After the backup")
    restored = restoring.restore(backup, keys.read(key), file, at=AT)
    database.close()
    assert restored.centre == "Çınarova Sivil Yaşam Merkezi"
    assert restored.aside is not None
    with closing(sqlite3.connect(restored.aside)) as old:
        assert old.execute("SELECT count(*) FROM visitor").fetchone() == (1,)
    with closing(sqlite3.connect(file)) as new:
        assert new.execute("SELECT count(*) FROM visitor").fetchone() == (0,)


def test_another_key_opens_nothing_and_nothing_is_touched(backup: Path, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(Refusal, match="does not open"):
        restoring.restore(backup, keys.read(keys.make()), file, at=AT)
    assert file.read_bytes() == before


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999], ids=["empty", "a third", "all but its end"])
def test_a_backup_that_is_cut_short_is_refused(backup: Path, file: Path, key: str, share: float) -> None:
    raw = backup.read_bytes()
    backup.write_bytes(raw[: int(len(raw) * share)])
    before = file.read_bytes()
    with pytest.raises(Unavailable, match="damaged"):
        restoring.restore(backup, keys.read(key), file, at=AT)
    assert file.read_bytes() == before
    assert not list(file.parent.glob("*.restoring*"))


def test_a_backup_of_which_one_byte_was_changed_is_refused(backup: Path, file: Path, key: str) -> None:
    raw = bytearray(backup.read_bytes())
    raw[len(raw) // 2] ^= 1
    backup.write_bytes(raw)
    with pytest.raises(Unavailable, match="damaged"):
        restoring.restore(backup, keys.read(key), file, at=AT)


def test_a_sealed_file_that_is_no_database_is_refused(
    stick: Path, file: Path, key: str, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Merhaba")
    sealed = stick / "letter.age"
    sealing.seal(letter, sealed, [keys.recipient(keys.recipient_of(key))], lambda _done: True)
    with pytest.raises(Unavailable):
        restoring.restore(sealed, keys.read(key), file, at=AT)


def test_a_backup_of_a_newer_program_is_refused(file: Path, stick: Path, key: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match="newer"):
        taking.take(file, stick, keys.recipient_of(key), "d", at=AT)


def test_where_there_is_no_backup_the_sentence_says_what_to_do(file: Path, stick: Path, key: str) -> None:
    with pytest.raises(Unavailable, match="Plug in the stick"):
        restoring.restore(stick / "gone.age", keys.read(key), file, at=AT)


def test_papers_that_waited_then_are_asked_about_and_do_not_come_out_again(
    file: Path, stick: Path, key: str, tmp_path: Path
) -> None:
    database = Database(file)
    with database.begin() as session:
        print_jobs.ask(session, PaperKind.OCCUPANCY, "2026-11-24", at=AT, label="2026-11-24")
    database.close()
    backup = taking.take(file, stick, keys.recipient_of(key), "d", at=AT).file
    new = tmp_path / "restored" / "desk.db"
    restoring.restore(backup, keys.read(key), new, at=AT)
    with closing(sqlite3.connect(new)) as restored:
        assert restored.execute("SELECT state FROM print_job").fetchall() == [("unsure",)]
