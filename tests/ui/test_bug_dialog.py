from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.app import report_bug
from civicdesk.ui.bug_dialog import BugDialog, show_bug


@pytest.fixture(autouse=True)
def no_dialog_stays(qtbot: QtBot) -> Iterator[None]:
    yield
    for dialog in shown():
        dialog.close()
    qtbot.waitUntil(lambda: not shown())


def shown() -> list[BugDialog]:
    return [
        each for each in QApplication.topLevelWidgets() if isinstance(each, BugDialog) and each.isVisible()
    ]


def close(qtbot: QtBot) -> None:
    qtbot.mouseClick(shown()[0].findChild(QPushButton, "bug_close"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shown())


def test_a_storm_of_bugs_opens_one_dialog(qtbot: QtBot) -> None:
    for number in range(50):
        show_bug(f"KeyError: {number}")

    assert len(shown()) == 1


def test_it_says_what_happened_in_a_sentence_and_what_to_pass_on(qtbot: QtBot) -> None:
    show_bug("KeyError: 'room'\n")
    said = [label.text() for label in shown()[0].findChildren(QLabel)]

    assert said[0] == "Something went wrong inside CivicDesk."
    assert "What was shown as done is kept." in said[1]
    assert said[2] == "KeyError: 'room'"


def test_the_desk_behind_it_goes_on(qtbot: QtBot) -> None:
    show_bug("KeyError")

    assert not shown()[0].isModal()


def test_after_it_was_closed_the_next_bug_is_told_again(qtbot: QtBot) -> None:
    show_bug("KeyError")
    close(qtbot)
    show_bug("IndexError")

    assert len(shown()) == 1


def test_a_window_that_takes_the_dialog_with_it_does_not_silence_the_next_bug(qtbot: QtBot) -> None:
    window = QWidget()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    show_bug("KeyError")
    dialog = shown()[0]
    assert dialog.parentWidget() is window
    with qtbot.waitSignal(dialog.destroyed):
        window.deleteLater()
    show_bug("IndexError")

    assert len(shown()) == 1


def test_a_bug_is_logged_whole_and_told_short(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    try:
        {}["room"]
    except KeyError as bug:
        report_bug(type(bug), bug, bug.__traceback__)

    assert "test_bug_dialog.py" in caplog.text
    assert "test_bug_dialog.py" not in shown()[0].findChildren(QLabel)[2].text()
