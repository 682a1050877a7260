from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.app import CivicDesk
from civicdesk.rehearsal.report import Report
from civicdesk.rehearsal.stage import Missing, Stage


@pytest.fixture
def stage(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    """A window with one button, and nothing of the desk behind it."""
    civicdesk = CivicDesk(qapp, database=tmp_path / "desk.db")
    civicdesk.curtain.painted.disconnect()
    qtbot.addWidget(civicdesk.window)
    page = QWidget()
    page.setObjectName("page")
    button = QPushButton("Open", page)
    button.setObjectName("open_door")
    button.setGeometry(20, 20, 120, 60)
    civicdesk.window.addWidget(page)
    civicdesk.window.setCurrentWidget(page)
    civicdesk.window.show()
    stage = Stage(civicdesk, tmp_path / "pictures")
    qtbot.waitExposed(civicdesk.window)
    yield stage
    civicdesk.close()


def pressed(stage: Stage) -> list[bool]:
    button, heard = stage.find("open_door"), []
    assert isinstance(button, QPushButton)
    button.clicked.connect(lambda: heard.append(True))
    return heard


@pytest.mark.parametrize("hand", ["click", "touch"])
def test_what_can_be_seen_is_pressed(stage: Stage, hand: str) -> None:
    heard = pressed(stage)
    getattr(stage, hand)("open_door")

    assert heard == [True]


@pytest.mark.parametrize("hand", ["click", "touch"])
def test_what_is_covered_is_not_pressed(stage: Stage, hand: str) -> None:
    heard = pressed(stage)
    cover = QLabel("In the way", stage.find("page"))
    cover.setObjectName("cover")
    cover.setGeometry(0, 0, 400, 400)
    cover.show()
    with pytest.raises(Missing, match="covered by cover"):
        getattr(stage, hand)("open_door")

    assert heard == []


def test_what_is_switched_off_is_not_pressed(stage: Stage) -> None:
    stage.find("open_door").setEnabled(False)
    with pytest.raises(Missing, match="cannot be pressed"):
        stage.click("open_door")


def test_what_is_hidden_or_not_there_is_missing(stage: Stage) -> None:
    stage.find("open_door").hide()

    assert not stage.is_there("open_door")
    with pytest.raises(Missing, match="not on the screen"):
        stage.find("no_such_door")


def test_words_that_never_come_are_missed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("civicdesk.rehearsal.stage._PATIENCE_MS", 0)
    with pytest.raises(Missing, match="Welcome"):
        stage.sees("Welcome")


def test_a_picture_is_what_the_window_shows(stage: Stage) -> None:
    assert stage.picture("door").stat().st_size > 500


def test_the_day_goes_on_after_a_step_that_fails_and_the_report_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Report(tmp_path)
    with report.step("The door opens"):
        raise Missing("there is no door")
    with report.step("The light goes on") as step:
        step.checks.append("it is bright")

    assert [step.title for step in report.failed] == ["The door opens"]
    said = report.write().read_text(encoding="utf-8")
    assert "**FAILED** The door opens" in said
    assert "there is no door" in said
    assert "1 of 2 steps held." in said
