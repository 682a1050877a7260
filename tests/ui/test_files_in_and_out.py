"""From the calendar to files and back, in the window as a clerk has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from civicdesk.ui.pages.import_page import ImportPage
from civicdesk.ui.runner import Runner
from tests.ui.desk import Desk, settle

GOLDEN = Path(__file__).parents[1] / "golden" / "ical"


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(runner, qtbot, tmp_path).let_in()


def test_a_calendar_is_taken_in_and_the_calendar_of_the_centre_stands_there_afterwards(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.window.go("import")
    page = desk.window.pages.page("import")
    assert isinstance(page, ImportPage)
    page.show_file(GOLDEN / "google.ics")
    qtbot.waitUntil(page.take_in.isVisible, timeout=10_000)
    desk.press("import_take_in")

    qtbot.waitUntil(lambda: desk.page == "rooms", timeout=10_000)
    settle()
    assert desk.window.notices.isVisible()


def test_the_calendar_of_the_centre_is_written_where_the_clerk_says(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.window.ways._export()
    [dialog] = desk.window.findChildren(QFileDialog)
    file = tmp_path / "centre.ics"
    dialog.fileSelected.emit(str(file))
    dialog.reject()

    qtbot.waitUntil(file.exists, timeout=10_000)
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")
