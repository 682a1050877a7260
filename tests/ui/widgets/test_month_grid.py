"""The month at a glance opens its days by tap and key, and says them aloud."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.month_grid import DayCell, MonthGrid

FIRST = date(2026, 10, 26)


@pytest.fixture
def grid(qtbot: QtBot) -> MonthGrid:
    month = MonthGrid(name="month", spoken="Month")
    qtbot.addWidget(month)
    month.resize(900, 500)
    month.show()
    cells = [DayCell(FIRST + timedelta(n), count=n % 3) for n in range(42)]
    cells[2] = DayCell(
        date(2026, 10, 28), closed="Cumhuriyet Bayramı", count=1, lines=(("info", "10:00 Kurul"),)
    )
    month.show_cells(cells)
    return month


def test_a_tap_opens_the_day_under_it(grid: MonthGrid, qtbot: QtBot) -> None:
    at = grid.visualRect(grid.model().index(1, 4)).center()

    with qtbot.waitSignal(grid.day_opened) as opened:
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)

    assert opened.args == [date(2026, 11, 6)]


def test_the_arrows_and_enter_open_a_day(grid: MonthGrid, qtbot: QtBot) -> None:
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(0, 0))
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Right)

    with qtbot.waitSignal(grid.day_opened) as opened:
        QTest.keyClick(grid, Qt.Key.Key_Return)

    assert opened.args == [date(2026, 11, 3)]


def test_a_screen_reader_hears_the_day_why_it_is_closed_and_how_many_bookings(grid: MonthGrid) -> None:
    said = grid.model().index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)

    assert said == "Wednesday, 28 October 2026 · Cumhuriyet Bayramı · 1 booking"
