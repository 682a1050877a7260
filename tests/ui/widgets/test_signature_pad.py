"""Signing with a hand, and the signature shown again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.signature_pad import SignaturePad, SignaturePicture, stroke_path
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pad(qtbot: QtBot) -> SignaturePad:
    pad = SignaturePad(name="pad")
    qtbot.addWidget(pad)
    pad.resize(366, 137)
    pad.show()
    qtbot.waitExposed(pad)
    return pad


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    first, *others = (QPoint(*point) for point in points)
    QTest.mousePress(pad, LEFT, Qt.KeyboardModifier.NoModifier, first)
    for point in others:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(*points[-1]))


def dark(image: QImage) -> int:
    """How many pixels are inked, well inside the dashed edge."""
    inner = image.copy(12, 12, image.width() - 24, image.height() - 24)
    pixels = (inner.pixelColor(x, y).lightness() for x in range(inner.width()) for y in range(inner.height()))
    return sum(light < 100 for light in pixels)


def test_a_stroke_is_kept_as_it_was_drawn_and_seen_at_once(pad: SignaturePad) -> None:
    draw(pad, (40, 60), (90, 30), (140, 90), (200, 60))
    settle()

    [stroke] = pad.strokes
    assert stroke[0] == (40, 60)
    assert stroke[-1] == (200, 60)
    assert dark(pad.grab().toImage()) > 150
    assert not pad.is_empty


def test_a_second_stroke_begins_anew(pad: SignaturePad) -> None:
    draw(pad, (40, 60), (90, 30))
    draw(pad, (100, 60), (150, 30))
    assert len(pad.strokes) == 2


def test_a_finger_draws_too_and_a_second_finger_does_not(pad: SignaturePad) -> None:
    screen = QTest.createTouchDevice()
    QTest.touchEvent(pad, screen).press(0, QPoint(40, 60), pad).commit()
    QTest.touchEvent(pad, screen).move(0, QPoint(90, 30), pad).press(1, QPoint(10, 120), pad).commit()
    QTest.touchEvent(pad, screen).release(0, QPoint(120, 70), pad).release(1, QPoint(10, 120), pad).commit()

    assert [stroke[0] for stroke in pad.strokes] == [(40, 60)]


def test_clearing_leaves_nothing_also_by_the_keyboard(pad: SignaturePad, qtbot: QtBot) -> None:
    draw(pad, (40, 60), (90, 30))
    with qtbot.waitSignal(pad.changed):
        QTest.keyClick(pad, Qt.Key.Key_Delete)
    settle()
    assert pad.is_empty
    assert pad.accessibleDescription() == "Nobody has signed yet"
    assert pad.strokes == []


def test_what_is_drawn_grows_with_the_pad(pad: SignaturePad) -> None:
    draw(pad, (40, 60), (90, 30))
    pad.resize(732, 137)
    settle()
    assert pad.strokes[0][0] == pytest.approx((80, 60))


def test_a_signature_is_shown_again_and_hidden_where_there_is_none(qtbot: QtBot) -> None:
    picture = SignaturePicture(name="picture")
    qtbot.addWidget(picture)
    picture.resize(240, 90)
    picture.show_strokes([[(10, 60), (100, 20), (300, 110)]], 366, 137, "Signature of Ayşe Tan")
    picture.show()
    qtbot.waitExposed(picture)
    assert dark(picture.grab().toImage()) > 60
    assert picture.accessibleName() == "Signature of Ayşe Tan"
    picture.show_strokes([], 1, 1, "")
    assert picture.isHidden()


def test_a_line_goes_from_the_first_point_to_the_last() -> None:
    path = stroke_path([(0, 0), (10, 20), (20, 0), (30, 20)])
    assert (path.elementAt(0).x, path.elementAt(0).y) == (0, 0)
    assert (path.currentPosition().x(), path.currentPosition().y()) == (30, 20)
    assert not stroke_path([(5, 5)]).isEmpty()
    assert stroke_path([]).isEmpty()
