from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import text_field
from civicdesk.ui.widgets.key_layouts import NUMBERS
from civicdesk.ui.widgets.keyboard_dock import KeyboardDock
from civicdesk.ui.widgets.touch import TouchScrollArea
from tests.ui.widgets.finger import Finger


class Window(QWidget):
    """A long form above the keyboard's place."""

    def __init__(self, dock: KeyboardDock) -> None:
        super().__init__()
        self.dock = dock
        form = QWidget()
        rows = QVBoxLayout(form)
        self.name = text_field("Ad soyad", name="name")
        self.phone = text_field("Telefon", name="phone", hints=Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.others = [text_field(f"Alan {at}", name=f"field_{at}") for at in range(8)]
        self.last = text_field("Not", name="last")
        self.save = Button("Kaydet", name="save")
        for widget in (self.name, self.phone, *self.others, self.last, self.save):
            rows.addWidget(widget)
        self.page = TouchScrollArea(form)
        whole = QVBoxLayout(self)
        whole.addWidget(self.page, 1)
        whole.addWidget(dock)
        self.resize(900, 640)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Window:
    window = Window(KeyboardDock())
    qtbot.addWidget(window)
    qapp.focusChanged.connect(window.dock.follow)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_a_finger_on_a_field_brings_the_keyboard(qtbot: QtBot, window: Window, finger: Finger) -> None:
    finger.tap(window.name)

    qtbot.waitUntil(window.dock.isVisible)
    assert window.name.hasFocus()


def test_a_field_reached_by_the_tab_key_needs_no_keyboard_on_the_screen(qtbot: QtBot, window: Window) -> None:
    window.name.setFocus(Qt.FocusReason.TabFocusReason)

    assert not window.dock.isVisible()


def test_always_means_always_and_never_means_never(qtbot: QtBot, window: Window) -> None:
    window.dock.when = "never"
    qtbot.mouseClick(window.name, Qt.MouseButton.LeftButton)
    assert not window.dock.isVisible()

    window.dock.when = "always"
    window.phone.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.dock.isVisible()


def test_a_telephone_number_gets_the_number_pad_and_a_name_the_letters(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.phone, Qt.MouseButton.LeftButton)
    assert window.dock.keyboard.board is NUMBERS

    qtbot.mouseClick(window.name, Qt.MouseButton.LeftButton)
    assert window.dock.keyboard.board.code == "tr-q"


def test_the_field_written_in_is_never_covered(qtbot: QtBot, window: Window) -> None:
    window.page.ensureWidgetVisible(window.last)
    qtbot.mouseClick(window.last, Qt.MouseButton.LeftButton)

    def stands_above_the_keys() -> bool:
        top = window.last.mapTo(window, window.last.rect().topLeft()).y()
        foot = window.last.mapTo(window, window.last.rect().bottomLeft()).y()
        return window.dock.isVisible() and window.page.y() <= top and foot < window.dock.y()

    qtbot.waitUntil(stands_above_the_keys)


def test_leaving_for_a_button_puts_the_keyboard_away_after_the_press_has_landed(
    qtbot: QtBot, window: Window
) -> None:
    qtbot.mouseClick(window.name, Qt.MouseButton.LeftButton)
    pressed: list[bool] = []
    window.save.clicked.connect(lambda: pressed.append(window.dock.isVisible()))

    qtbot.mouseClick(window.save, Qt.MouseButton.LeftButton)

    assert pressed == [True]
    qtbot.waitUntil(lambda: not window.dock.isVisible())


def test_done_puts_it_away_and_pressing_the_field_brings_it_back(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.name, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.dock.keyboard.key("done"), Qt.MouseButton.LeftButton)
    assert not window.dock.isVisible()

    qtbot.mouseClick(window.name, Qt.MouseButton.LeftButton)
    assert window.dock.isVisible()


def test_a_page_that_closes_takes_its_keyboard_along(qtbot: QtBot, window: Window) -> None:
    qtbot.mouseClick(window.name, Qt.MouseButton.LeftButton)

    window.name.deleteLater()

    qtbot.waitUntil(lambda: not window.dock.isVisible())
