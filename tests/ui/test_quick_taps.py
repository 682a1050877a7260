from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.quick_taps import QuickTaps, count_every_tap
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.touch import TouchScrollArea


@dataclass
class Tapped:
    """Two buttons in a page that scrolls, and the taps they took."""

    area: TouchScrollArea
    first: Button
    second: Button
    device: QPointingDevice
    taps: list[str] = field(default_factory=list)

    def tap(self, button: Button) -> None:
        window = self.area.windowHandle()
        self.area.ensureWidgetVisible(button)
        at = button.mapTo(self.area, button.rect().center())
        QTest.touchEvent(window, self.device).press(0, QPoint(at), window).commit()
        QTest.touchEvent(window, self.device).release(0, QPoint(at), window).commit()
        QApplication.processEvents()


@pytest.fixture
def tapped(qtbot: QtBot) -> Tapped:
    content, column = QWidget(), QVBoxLayout()
    content.setLayout(column)
    first, second = Button("First", name="first"), Button("Second", name="second")
    area = TouchScrollArea(content)
    tapped = Tapped(area, first, second, QTest.createTouchDevice())
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    for button in (first, second):
        column.addWidget(button)
        button.setFixedHeight(60)
        button.clicked.connect(lambda _on=False, button=button: tapped.taps.append(button.objectName()))
    qtbot.addWidget(area)
    content.setFixedHeight(2000)  # the finger's second tap is lost only where there is something to scroll
    area.resize(400, 400)
    with qtbot.waitExposed(area):
        area.show()
    filtering = QuickTaps()
    filtering.setParent(area)
    area.windowHandle().installEventFilter(filtering)
    return tapped


def test_quick_taps_on_two_buttons_are_a_tap_on_each(tapped: Tapped) -> None:
    for button in (tapped.first, tapped.second, tapped.first):
        tapped.tap(button)

    assert tapped.taps == ["first", "second", "first"]


def test_every_quick_tap_on_a_button_that_counts_counts(tapped: Tapped) -> None:
    count_every_tap(tapped.first)
    tapped.second.setAutoRepeat(True)  # as the plus of a number has it
    for button in (tapped.first, tapped.second):
        for _again in range(5):
            tapped.tap(button)

    assert tapped.taps == ["first"] * 5 + ["second"] * 5
