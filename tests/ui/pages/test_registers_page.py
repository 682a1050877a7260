"""The registers of post: seen, printed, and kept as files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.pages.registers_page import RegistersPage
from civicdesk.ui.runner import Runner
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.printing.reading import words
from tests.ui.desk import settle


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> RegistersPage:
    with runner.database.begin() as session:
        postbox.let(session, 214, "Barış Vakfı")
        postbox.let(session, 7, "Ova Sahne")
        postbox.item(session, 214, at=TUESDAY - timedelta(days=1))
        postbox.item(session, 214, "registered")
        postbox.item(session, 7, "ordinary")
    page = RegistersPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    with qtbot.waitSignal(page.paper.opened):
        page.show()
    return page


def press(page: RegistersPage, name: str) -> None:
    button = page.findChild(QWidget, name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def test_today_is_seen_as_it_will_be_printed(page: RegistersPage) -> None:
    assert page.second.text().startswith("2 items came in")


def test_the_week_holds_what_came_the_day_before(page: RegistersPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.paper.opened):
        press(page, "registers_span_week")
    assert page.days() == (date(2026, 11, 23), date(2026, 11, 24))
    assert page.second.text().startswith("3 items came in")


def test_one_organisation_has_a_register_of_its_own(page: RegistersPage, qtbot: QtBot) -> None:
    page.whose.text.setText("ova")
    page.whose.text.textEdited.emit("ova")
    with qtbot.waitSignal(page.paper.opened):
        QTest.keyClick(page.whose.text, Qt.Key.Key_Return)
    assert page.second.text().startswith("1 item came in")
    with qtbot.waitSignal(page.register_wanted) as wanted:
        press(page, "registers_print")
    assert page.whose.organisation is not None
    assert wanted.args == ["2026-11-24:2026-11-24", page.whose.organisation.id]


def test_days_the_wrong_way_round_are_refused(page: RegistersPage) -> None:
    press(page, "registers_span_other")
    page.first.set_value(date(2026, 11, 24))
    page.last.set_value(date(2026, 11, 1))
    assert page.banner.sentence.text() == "The end is before the beginning."


def test_a_table_holds_a_row_for_each_item(
    page: RegistersPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(runner.notice):
        page.write(tmp_path / "döküm.xlsx")
    sheet = load_workbook(tmp_path / "döküm.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    assert rows[0][0] == "Number"
    assert {row[4] for row in rows[1:]} == {"Barış Vakfı", "Ova Sahne"}


def test_a_pdf_is_what_was_seen(page: RegistersPage, runner: Runner, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(runner.notice):
        page.write(tmp_path / "döküm.pdf")
    assert "Ova Sahne" in " ".join(words((tmp_path / "döküm.pdf").read_bytes()))
    assert not list(tmp_path.glob("*.part"))


def test_a_folder_that_is_gone_is_said(
    page: RegistersPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(runner.notice) as said:
        page.write(tmp_path / "gone" / "a.pdf")
    assert said.args[0].tone == "bad"
