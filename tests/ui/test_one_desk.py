from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from civicdesk.errors import Unavailable
from civicdesk.ui.one_desk import OneDesk


@pytest.fixture
def first(tmp_path: Path, qtbot: QtBot) -> Iterator[OneDesk]:
    first = OneDesk(tmp_path / "desk.db")
    assert first.take()
    yield first
    first.release()


def test_a_second_start_is_sent_away_and_brings_the_first_to_the_front(
    first: OneDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    second = OneDesk(tmp_path / "desk.db")
    with qtbot.waitSignal(first.raised):
        assert not second.take()


def test_the_second_start_leaves_the_first_its_file(first: OneDesk, tmp_path: Path) -> None:
    for _again in range(2):
        other = OneDesk(tmp_path / "desk.db")
        assert not other.take()
        other.release()


def test_two_centres_on_one_computer_do_not_meet(first: OneDesk, tmp_path: Path) -> None:
    other = OneDesk(tmp_path / "other.db")

    assert other.take()
    other.release()


def test_a_desk_that_was_closed_makes_room(first: OneDesk, tmp_path: Path) -> None:
    first.release()
    after = OneDesk(tmp_path / "desk.db")

    assert after.take()
    after.release()


def test_a_desk_that_died_makes_room(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "desk.lock").write_text("999999999\ncivicdesk\nnowhere\n\n\n", encoding="utf-8")
    after = OneDesk(tmp_path / "desk.db")
    taken = after.take()
    after.release()

    assert taken or not QLockFile(str(tmp_path / "desk.lock")).tryLock(0)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Unavailable, match="Check the disk and the folder"):
        OneDesk(tmp_path / "file" / "desk.db")


def test_a_folder_in_which_nothing_can_be_written_is_not_taken_for_a_second_start(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = OneDesk(tmp_path / "desk.db")
    monkeypatch.setattr(desk._lock, "tryLock", lambda _ms: False)
    monkeypatch.setattr(desk._lock, "error", lambda: QLockFile.LockError.PermissionError)
    with pytest.raises(Unavailable, match="Check the disk and the folder"):
        desk.take()
