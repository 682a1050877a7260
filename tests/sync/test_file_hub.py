"""The file of a hub: made once, never by mistake, shared safely, and said to be away when it cannot be had."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from civicdesk.sync import file_hub
from civicdesk.sync.file_hub import SqliteFileHub, file
from civicdesk.sync.port import CONTRACT, Away, Refused
from tests.sync.hubs import FileHub, Speaker, new, whole


@pytest.fixture
def hub(tmp_path: Path) -> FileHub:
    return FileHub(tmp_path)


def test_a_hub_is_never_made_over_another_file(hub: FileHub) -> None:
    before = hub.path.read_bytes()
    with pytest.raises(FileExistsError):
        file_hub.create(hub.path, tenant=1, scope=1)

    assert hub.path.read_bytes() == before


def test_a_hub_that_is_not_there_is_away_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Away):
        SqliteFileHub(tmp_path / "hub.db", "front")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_hub_is_not_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE song (title)")
    with pytest.raises(Refused):
        SqliteFileHub(path, "front")
    path.write_bytes(b"\xff" * 8_000)
    with pytest.raises(Away):
        SqliteFileHub(path, "front")


def test_the_journal_is_one_that_a_share_can_keep(hub: FileHub) -> None:
    with closing(file.connect(hub.path)) as connection:
        pragmas = [
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
        ]

    assert pragmas == ["delete", 3]
    assert hub.path.read_bytes()[18:20] == b"\x01\x01"  # the header of a file without WAL


def test_whoever_is_not_enrolled_is_not_let_in(hub: FileHub) -> None:
    with closing(SqliteFileHub(hub.path, "nobody")) as port, pytest.raises(Refused) as refused:
        port.hello(new(), CONTRACT)

    assert refused.value.reason == "unknown_desk"


def test_a_hub_that_another_holds_too_long_is_away(hub: FileHub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.desk("front")
    monkeypatch.setattr(file, "_BUSY_S", 0.05)
    with closing(SqliteFileHub(hub.path, "front")) as port, closing(file.connect(hub.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Away):
            port.hello(new(), CONTRACT)
        other.execute("ROLLBACK")
        assert port.hello(new(), CONTRACT).tenant == 1


def test_a_share_that_keeps_nobody_out_is_no_place_for_a_hub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordinary = sqlite3.connect

    def deaf(path: object, **how: object) -> sqlite3.Connection:
        return ordinary(path, **how) if how.get("uri") else ordinary(":memory:")  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", deaf)
    with pytest.raises(Away, match="keep two programs apart"):
        file_hub.create(tmp_path / "hub.db", tenant=1, scope=1)


def test_desks_that_push_at_once_lose_nothing(hub: FileHub) -> None:
    names = ("front", "post", "upstairs", "cellar")

    def push(name: str) -> None:
        speaker = Speaker(hub.desk(name))
        for _n in range(10):
            speaker.push(whole("organisation", new(), speaker.stamp(), name=name))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(push, names))
    reader = Speaker(hub.desk("reader"))
    assert len(reader.pull()) == 40
    assert reader.greet().head[1] == 40
    hub.close()
