"""A date between a minus and a plus."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.date_stepper import DateStepper

FIRST = date(2026, 11, 24)


@pytest.fixture
def weekly(qtbot: QtBot) -> DateStepper:
    stepper = DateStepper(name="until", value=FIRST, step=7)
    qtbot.addWidget(stepper)
    return stepper


def test_it_goes_by_its_step_and_not_before_the_first_day(weekly: DateStepper, qtbot: QtBot) -> None:
    with qtbot.waitSignal(weekly.value_changed):
        QTest.mouseClick(weekly.more, Qt.MouseButton.LeftButton)
    assert weekly.value() == date(2026, 12, 1)

    weekly.set_value(date(2026, 1, 1))
    assert weekly.value() == FIRST
    assert not weekly.less.isEnabled()


def test_a_date_can_be_typed_and_what_is_none_goes_back(weekly: DateStepper) -> None:
    for typed, shown in (("5.1", date(2027, 1, 5)), ("tomorrow", date(2027, 1, 5))):
        weekly.date.selectAll()
        QTest.keyClicks(weekly.date, typed)
        QTest.keyClick(weekly.date, Qt.Key.Key_Return)
        assert weekly.value() == shown
        assert weekly.date.text() == "05.01.2027 Tue"
