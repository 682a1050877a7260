"""Boxes that are smaller than a finger."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.box_lens import BoxLens
from civicdesk.ui.widgets.box_wall import BoxWall
from tests.ui.desk import settle
from tests.ui.widgets.test_box_wall import tile


@pytest.fixture(scope="module")
def finger() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def wall(qtbot: QtBot) -> BoxWall:
    wall = BoxWall(name="wall")
    qtbot.addWidget(wall)
    wall.resize(784, 460)
    wall.show_tiles([tile(number) for number in range(1, 601)], is_whole=True)
    wall.show()
    qtbot.waitExposed(wall)
    return wall


@pytest.fixture
def lens(wall: BoxWall) -> BoxLens:
    return BoxLens(wall)


def place(wall: BoxWall, number: int) -> QPoint:
    return wall.visualRect(wall.wall.index(wall.wall.row(number))).center()


def touch(wall: BoxWall, at: QPoint, finger: QPointingDevice) -> None:
    window = wall.window().windowHandle()
    there = wall.viewport().mapTo(wall.window(), at)
    QTest.touchEvent(window, finger).press(0, there, window).commit()
    QTest.touchEvent(window, finger).release(0, there, window).commit()
    settle()


@pytest.mark.parametrize("number", [1, 26, 300, 578, 600])
def test_a_finger_sees_the_boxes_around_in_large_and_opens_none_yet(
    wall: BoxWall, lens: BoxLens, finger: QPointingDevice, qtbot: QtBot, number: int
) -> None:
    with qtbot.assertNotEmitted(wall.opened):
        touch(wall, place(wall, number), finger)

    assert lens.isVisible()
    assert wall.rect().contains(lens.geometry())
    assert number in [each.number for each in lens.boxes.wall.tiles]
    size = lens.boxes.visualRect(lens.boxes.wall.index(0)).size()
    assert min(size.width(), size.height()) - 8 >= 44
    assert lens.boxes.verticalScrollBar().maximum() == 0


def test_the_box_beside_the_one_that_was_hit_is_a_tap_away(
    wall: BoxWall, lens: BoxLens, finger: QPointingDevice, qtbot: QtBot
) -> None:
    touch(wall, place(wall, 300), finger)
    with qtbot.waitSignal(wall.opened) as opened:
        touch(lens.boxes, place(lens.boxes, 301), finger)

    assert opened.args == [301]
    assert not lens.isVisible()


def test_a_tap_beside_the_lens_or_escape_puts_it_away(
    wall: BoxWall, lens: BoxLens, finger: QPointingDevice, qtbot: QtBot
) -> None:
    touch(wall, place(wall, 1), finger)
    QTest.keyClick(lens.boxes, Qt.Key.Key_Escape)
    assert not lens.isVisible()
    touch(wall, place(wall, 1), finger)
    with qtbot.waitSignal(wall.opened):
        QTest.mouseClick(
            wall.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(wall, 600)
        )
    assert not lens.isVisible()


def test_a_mouse_hits_small_boxes_at_once(wall: BoxWall, lens: BoxLens, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wall.opened) as opened:
        QTest.mouseClick(
            wall.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place(wall, 300)
        )
    assert opened.args == [300]
    assert not lens.isVisible()


def test_large_boxes_need_no_lens(
    wall: BoxWall, lens: BoxLens, finger: QPointingDevice, qtbot: QtBot
) -> None:
    wall.show_tiles([tile(number) for number in range(1, 101)])
    settle()
    with qtbot.waitSignal(wall.opened) as opened:
        touch(wall, place(wall, 7), finger)
    assert opened.args == [7]
    assert not lens.isVisible()
