from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from civicdesk.backup import keys, places, restoring, taking
from civicdesk.database import Database
from civicdesk.errors import Refusal, Unavailable
from tests import builders

AT = datetime(2026, 11, 24, 17, 10, tzinfo=UTC)


def take(file: Path, place: Path, key: str, at: datetime = AT) -> taking.Taken:
    return taking.take(file, place, keys.recipient_of(key), "Resepsiyon 1", at=at)


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as found:
        return [name for (name,) in found.execute("SELECT name FROM visitor ORDER BY name")]


def test_a_backup_holds_what_the_desk_holds(file: Path, stick: Path, key: str, tmp_path: Path) -> None:
    database = Database(file)
    with database.begin() as session:
        builders.visit(session, "Çiğdem Işık")
    taken = take(file, stick, key)
    assert taken.file.name == "civicdesk-resepsiyon-1-20261124T171000Z.db.gz.age"
    assert taken.rows > 0
    restoring.restore(taken.file, keys.read(key), tmp_path / "new" / "desk.db", at=AT)
    assert names(tmp_path / "new" / "desk.db") == ["Çiğdem Işık"]
    database.close()


def test_nothing_of_it_can_be_read_without_the_key(file: Path, stick: Path, key: str) -> None:
    raw = take(file, stick, key).file.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1")
    assert b"SQLite" not in raw


def test_the_desk_writes_on_while_a_backup_is_taken(file: Path, stick: Path, key: str) -> None:
    database = Database(file)
    written = threading.Event()

    def tell(_done: int, _of: int) -> bool:
        if not written.is_set():
            with database.begin() as session:
                builders.visit(session, "Meanwhile")
            written.set()
        return True

    outcome = taking.take_everywhere(file, (stick,), keys.recipient_of(key), "d", at=AT, tell=tell)[stick]
    database.close()
    assert isinstance(outcome, taking.Taken)
    assert written.is_set()
    assert names(file) == ["Meanwhile"]


def test_one_place_that_is_away_takes_nothing_from_the_other(
    file: Path, stick: Path, key: str, tmp_path: Path
) -> None:
    away = tmp_path / "not plugged in"
    away.mkdir()  # the empty folder a stick hangs on
    outcomes = taking.take_everywhere(file, (away, stick), keys.recipient_of(key), "d", at=AT)
    assert isinstance(outcomes[stick], taking.Taken)
    trouble = outcomes[away]
    assert isinstance(trouble, Unavailable)
    assert "Plug in the stick" in str(trouble)
    assert not list(away.iterdir())


def test_a_backup_that_is_stopped_leaves_nothing(file: Path, stick: Path, key: str) -> None:
    with pytest.raises(taking.Stopped):
        taking.take_everywhere(file, (stick,), keys.recipient_of(key), "d", at=AT, tell=lambda _d, _o: False)
    assert [each.name for each in stick.iterdir()] == [places.MARK]
    assert not list(file.parent.glob("civicdesk-copy-*"))


def test_a_damaged_file_takes_no_old_backup_away(file: Path, stick: Path, key: str) -> None:
    before = take(file, stick, key).file
    with file.open("r+b") as raw:
        raw.seek(8192)
        raw.write(os.urandom(40_000))
    with pytest.raises(Unavailable, match="damaged"):
        take(file, stick, key, AT + timedelta(days=1))
    assert list(places.backups(stick)) == [before]


def test_old_ones_of_this_desk_go_and_those_of_another_stay(file: Path, stick: Path, key: str) -> None:
    other = stick / places.file_name("desk-2", AT - timedelta(days=900))
    other.write_bytes(b"of another desk")
    for hours in (3, 2, 1, 0):
        take(file, stick, key, AT - timedelta(hours=hours))
    assert len(places.backups(stick, "resepsiyon-1")) == 1
    assert other.exists()


def test_a_place_that_refuses_to_be_written_to_says_so(file: Path, stick: Path, key: str) -> None:
    (stick / f"{places.file_name('Resepsiyon 1', AT)}.part").mkdir()  # refused to root as well
    with pytest.raises(Unavailable, match="Nothing can be written"):
        take(file, stick, key)


def test_the_folder_of_the_desks_own_file_is_no_place_for_backups(file: Path) -> None:
    with pytest.raises(Refusal, match="one broken disk"):
        places.choose(file.parent, file)


def test_what_a_power_cut_left_is_swept_up_by_the_next_one(file: Path, stick: Path, key: str) -> None:
    (file.parent / "civicdesk-copy-cut").write_bytes(b"half a copy")
    take(file, stick, key)
    assert not list(file.parent.glob("civicdesk-copy-*"))
