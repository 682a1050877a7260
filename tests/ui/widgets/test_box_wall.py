"""The wall of boxes as eyes, fingers and screen readers meet it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civicdesk.desk.mail_wall import Tile
from civicdesk.ui.widgets.box_wall import BoxWall, spoken
from tests.ui.desk import settle


def tile(number: int, waiting: int = 0, notices: int = 0, days: int = 0) -> Tile:
    name = f"Dernek {number}"
    return Tile(number, (name,), (name,), (uuid4(),), waiting=waiting, notices=notices, days=days)


@pytest.fixture
def wall(qtbot: QtBot) -> BoxWall:
    wall = BoxWall(name="wall")
    qtbot.addWidget(wall)
    wall.resize(784, 470)
    wall.show_tiles([tile(number, waiting=int(number == 3)) for number in range(1, 101)])
    wall.show()
    qtbot.waitExposed(wall)
    return wall


def test_a_tap_opens_a_box(wall: BoxWall, qtbot: QtBot) -> None:
    at = wall.visualRect(wall.wall.index(wall.wall.row(7))).center()
    with qtbot.waitSignal(wall.opened) as opened:
        QTest.mouseClick(wall.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert opened.args == [7]


def test_the_keyboard_goes_from_box_to_box_and_enter_opens(wall: BoxWall, qtbot: QtBot) -> None:
    wall.setCurrentIndex(wall.wall.index(0))
    QTest.keyClick(wall, Qt.Key.Key_Right)
    with qtbot.waitSignal(wall.opened) as opened:
        QTest.keyClick(wall, Qt.Key.Key_Return)
    assert opened.args == [2]


def test_boxes_are_large_enough_for_a_finger(wall: BoxWall) -> None:
    size = wall.visualRect(wall.wall.index(0)).size()
    assert size.width() - 8 >= 44
    assert size.height() - 8 >= 44


@pytest.mark.parametrize("count", [480, 600])
def test_all_boxes_are_seen_at_once_without_scrolling(wall: BoxWall, count: int) -> None:
    wall.show_tiles([tile(number) for number in range(1, count + 1)], is_whole=True)
    settle()
    last = wall.visualRect(wall.wall.index(count - 1))
    assert wall.viewport().rect().contains(last)
    assert wall.verticalScrollBar().maximum() == 0


def test_a_screen_reader_hears_what_eyes_see() -> None:
    said = spoken(tile(214, waiting=3, notices=1, days=9))
    assert said == "214, Dernek 214, 3 items, 1 official notice, 9 days"
    assert spoken(Tile(9)) == "9, free box, empty"


def test_every_box_is_a_child_for_a_screen_reader(wall: BoxWall) -> None:
    reader = QAccessible.queryAccessibleInterface(wall)
    assert reader is not None
    said = [reader.child(n).text(QAccessible.Text.Name) for n in range(3)]
    assert said[2] == "3, Dernek 3, 1 item"


def test_a_notice_looks_different_without_its_colour(wall: BoxWall) -> None:
    wall.show_tiles([tile(1, waiting=1), tile(2, waiting=1, notices=1)])
    settle()
    grey = (
        wall.viewport()
        .grab()
        .toImage()
        .convertToFormat(wall.viewport().grab().toImage().Format.Format_Grayscale8)
    )
    first, second = (wall.visualRect(wall.wall.index(n)) for n in (0, 1))
    assert grey.copy(first) != grey.copy(second)


def test_the_box_that_is_open_is_brought_before_the_eye(wall: BoxWall) -> None:
    wall.mark_box(98)
    settle()
    assert wall.viewport().rect().intersects(wall.visualRect(wall.wall.index(97)))
    assert wall.box == 98
