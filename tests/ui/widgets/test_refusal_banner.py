from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from tests.ui.widgets.finger import Finger


def shown(qtbot: QtBot, banner: RefusalBanner, width: int = 600) -> QWidget:
    page = QWidget()
    room = QVBoxLayout(page)
    room.addWidget(banner)
    room.addStretch(1)
    page.resize(width, 500)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_an_empty_banner_is_not_there(qtbot: QtBot) -> None:
    banner = RefusalBanner(name="why_not")
    page = shown(qtbot, banner)
    assert page.isVisible()
    assert not banner.isVisible()


def test_a_refusal_says_why_and_its_button_does_the_next_step(qtbot: QtBot, finger: Finger) -> None:
    banner, done = RefusalBanner(name="why_not"), []
    page = shown(qtbot, banner)

    banner.show_refusal("The centre is closed.", ("Let in all the same", lambda: done.append("in")))
    finger.tap(banner.buttons[0])

    assert done == ["in"]
    assert banner.isVisibleTo(page)
    assert banner.accessibleName() == "The centre is closed."


def test_a_step_may_clear_the_banner_it_stands_in(qtbot: QtBot, finger: Finger) -> None:
    banner = RefusalBanner(name="why_not")
    page = shown(qtbot, banner)
    banner.show_refusal("Somebody of this name is inside.", ("Another person", banner.clear))

    finger.tap(banner.buttons[0])

    assert not banner.isVisibleTo(page)
    assert banner.buttons == []


def test_a_new_refusal_takes_the_place_of_the_one_before(qtbot: QtBot) -> None:
    banner = RefusalBanner(name="why_not")
    page = shown(qtbot, banner)
    banner.show_refusal("First", ("One", banner.clear), ("Two", banner.clear))

    banner.show_refusal("Second", tone="warn")

    assert (banner.sentence.text(), banner.buttons) == ("Second", [])
    assert banner.property("tone") == "warn"
    assert banner.isVisibleTo(page)


def test_long_sentences_and_many_steps_stay_within_the_page_at_double_size(
    qtbot: QtBot, dressed: QApplication
) -> None:
    apply_theme(dressed, LIGHT, 2.0)
    banner = RefusalBanner(name="why_not")
    page = shown(qtbot, banner, width=420)

    banner.show_refusal("A long reason. " * 12, *[("A step to take", banner.clear)] * 3)
    qtbot.waitUntil(lambda: banner.buttons[-1].height() > 0)

    assert page.width() == 420
    for button in banner.buttons:
        assert button.mapTo(page, button.rect().bottomRight()).x() < 420
