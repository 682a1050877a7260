"""A document is seen page by page, whole or near, as it will be printed."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
import zxingcpp
from PIL.ImageQt import fromqpixmap
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.printing.paper import MM, document
from civicdesk.printing.qr import draw_qr, modules
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.paper_sheet import DOTS
from civicdesk.ui.widgets.paper_view import PaperView
from tests.ui.widgets.finger import Finger

LEFT = Qt.MouseButton.LeftButton


def pages(*codes: str, width: float = 210, height: float = 297) -> bytes:
    """One page of this size a code, with the code on it."""
    out = BytesIO()
    with document(out, width * MM, height * MM, title="Paper", author="CivicDesk") as page:
        for code in codes:
            rows = modules(code)
            draw_qr(page, rows, 20 * MM, 20 * MM, 40 * MM / len(rows))
            page.showPage()
    return out.getvalue()


@pytest.fixture
def view(runner: Runner, qtbot: QtBot) -> Iterator[PaperView]:
    view = PaperView(runner)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    yield view
    view.close()


def show(qtbot: QtBot, view: PaperView, pdf: bytes) -> PaperView:
    with qtbot.waitSignal(view.drawn):
        view.show_pdf(pdf, "Day list")
    return view


def read(view: PaperView) -> str:
    """What a reader held in front of the screen reads."""
    picture = view.sheet.viewport().grab()
    codes = zxingcpp.read_barcodes(fromqpixmap(picture), formats=zxingcpp.BarcodeFormat.QRCode)
    return codes[0].text if codes else ""


def test_the_first_page_is_seen_whole_and_reads(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111", "22222222"))

    assert read(view) == "11111111"
    assert view.place.text() == "Page 1 of 2"
    assert view.fit.value() == "page"
    assert view.sheet.verticalScrollBar().maximum() == 0
    assert view.sheet.paper().height() / view.sheet.paper().width() == pytest.approx(297 / 210, abs=0.01)


def test_pages_are_turned_by_their_buttons_to_the_last_and_back(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111", "22222222"))
    assert not view.before.isEnabled()

    with qtbot.waitSignal(view.drawn):
        qtbot.mouseClick(view.after, LEFT)

    assert read(view) == "22222222"
    assert view.place.text() == "Page 2 of 2"
    assert not view.after.isEnabled()
    with qtbot.waitSignal(view.drawn):
        qtbot.mouseClick(view.before, LEFT)
    assert read(view) == "11111111"


def test_a_single_page_has_nothing_to_turn(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))

    assert not view.after.isVisible()
    assert view.more.isVisible()


def test_the_keys_turn_pages_and_come_nearer(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111", "22222222", "33333333"))
    view.sheet.setFocus()

    qtbot.keyClick(view.sheet, Qt.Key.Key_PageDown)
    assert view.page == 1
    qtbot.keyClick(view.sheet, Qt.Key.Key_End)
    assert view.page == 2
    qtbot.keyClick(view.sheet, Qt.Key.Key_PageDown)
    assert view.page == 2
    qtbot.keyClick(view.sheet, Qt.Key.Key_Home)
    assert view.page == 0
    before = view.sheet.zoom
    qtbot.keyClick(view.sheet, Qt.Key.Key_Plus)
    assert view.sheet.zoom == pytest.approx(before * 1.25)
    qtbot.keyClick(view.sheet, Qt.Key.Key_0)
    assert view.sheet.zoom == pytest.approx(before)


def test_a_page_that_is_near_is_read_to_its_end_before_the_next_comes(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111", "22222222"))
    view.sheet.fit_to("width")

    qtbot.keyClick(view.sheet, Qt.Key.Key_PageDown)
    assert (view.page, view.sheet.verticalScrollBar().value() > 0) == (0, True)
    for _each in range(10):
        qtbot.keyClick(view.sheet, Qt.Key.Key_PageDown)

    assert view.page == 1


def test_page_width_fills_the_room_and_needs_no_moving_sideways(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))

    with qtbot.waitSignal(view.drawn):
        qtbot.mouseClick(view.fit.findChild(Button, "paper_fit_width"), LEFT)

    assert view.sheet.horizontalScrollBar().maximum() == 0
    assert view.sheet.verticalScrollBar().maximum() > 0
    assert view.sheet.paper().width() > view.sheet.viewport().width() * 0.9
    assert view.fit.value() == "width"


def test_what_is_looked_at_nearer_is_drawn_finer(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))
    coarse = view.sheet.picture().width()

    with qtbot.waitSignal(view.drawn):
        for _each in range(3):
            qtbot.mouseClick(view.more, LEFT)

    assert view.sheet.picture().width() == pytest.approx(coarse * 1.25**3, rel=0.02)
    assert view.fit.value() is None
    assert view.size_words.text() == text.percent(view.sheet.zoom)


def test_nearer_has_an_end_and_so_has_farther(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))
    for _each in range(30):
        qtbot.mouseClick(view.more, LEFT)
    assert view.sheet.zoom == 4.0
    assert not view.more.isEnabled()
    for _each in range(40):
        qtbot.mouseClick(view.less, LEFT)
    assert view.sheet.zoom == 0.1
    assert not view.less.isEnabled()


def test_a_hundred_percent_is_as_large_as_the_paper_in_the_hand(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111", width=62, height=100))

    view.sheet.zoom_by(1 / view.sheet.zoom)

    assert view.sheet.paper().width() == pytest.approx(62 * DOTS, abs=1)
    assert view.size_words.text() == "100%"


def test_the_wheel_with_ctrl_comes_nearer_where_the_pointer_is(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))
    before = view.sheet.zoom
    at = QPointF(view.sheet.viewport().rect().center())
    wheel = QWheelEvent(
        at,
        view.sheet.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

    QApplication.sendEvent(view.sheet.viewport(), wheel)

    assert view.sheet.zoom == pytest.approx(before * 1.25)


def test_two_fingers_come_nearer(view: PaperView, qtbot: QtBot, finger: Finger) -> None:
    show(qtbot, view, pages("11111111"))
    before, ground = view.sheet.zoom, view.sheet.viewport()
    finger.spread(ground, ground.rect().center(), 40, 130)

    assert view.sheet.zoom > before * 1.5


def test_a_finger_moves_a_page_that_is_near(view: PaperView, qtbot: QtBot, finger: Finger) -> None:
    show(qtbot, view, pages("11111111"))
    view.sheet.fit_to("width")
    stroke(view, finger, QPoint(0, -200))

    assert view.sheet.verticalScrollBar().value() > 100


def test_a_stroke_of_a_finger_turns_a_page_that_is_seen_whole(
    view: PaperView, qtbot: QtBot, finger: Finger
) -> None:
    show(qtbot, view, pages("11111111", "22222222"))

    stroke(view, finger, QPoint(-200, 10))
    assert view.page == 1
    stroke(view, finger, QPoint(200, 10))
    assert view.page == 0
    stroke(view, finger, QPoint(0, 150))
    assert view.page == 0


def stroke(view: PaperView, finger: Finger, way: QPoint) -> None:
    ground = view.sheet.viewport()
    start = ground.rect().center() - way / 2
    finger.drag(ground, start, start + way)


def test_the_mouse_holds_a_page_that_is_near_and_moves_it(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))
    view.sheet.fit_to("width")
    ground = view.sheet.viewport()
    middle = ground.rect().center()

    qtbot.mousePress(ground, LEFT, pos=middle)
    qtbot.mouseMove(ground, middle - QPoint(0, 120))
    qtbot.mouseRelease(ground, LEFT, pos=middle - QPoint(0, 120))

    assert view.sheet.verticalScrollBar().value() == 120


def test_another_document_shown_meanwhile_is_the_one_that_is_seen(view: PaperView, qtbot: QtBot) -> None:
    view.show_pdf(pages("11111111"), "Day list")
    with qtbot.waitSignal(view.drawn):
        view.show_pdf(pages("22222222"), "Visitor badge")

    qtbot.waitUntil(lambda: read(view) == "22222222")
    assert view.accessibleName() == "Visitor badge"


def test_a_document_that_is_put_away_is_seen_no_more(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111"))

    view.clear()

    assert read(view) == ""


def test_all_is_named_for_those_who_hear_the_screen_in_both_languages(view: PaperView, qtbot: QtBot) -> None:
    show(qtbot, view, pages("11111111", "22222222"))
    assert view.sheet.accessibleName() == "Day list, Page 1 of 2"
    assert view.after.accessibleName() == "Next page"

    text.use_language("tr")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))

    assert view.after.accessibleName() == "Sonraki sayfa"
    assert view.place.text() == "Sayfa 1/2"


def test_at_twice_the_text_size_nothing_is_too_small_or_cut(
    view: PaperView, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, LIGHT, 2.0)
    try:
        show(qtbot, view, pages("11111111", "22222222"))
        for button in (view.before, view.after, view.less, view.more):
            assert min(button.width(), button.height()) >= 44
            assert view.rect().contains(button.mapTo(view, button.rect().bottomRight()))
    finally:
        apply_theme(qapp, LIGHT, 1.0)
