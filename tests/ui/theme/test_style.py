from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.style import apply_theme, current, scaled, style_sheet
from civicdesk.ui.theme.tokens import DARK, LIGHT, THEMES, Theme
from civicdesk.ui.widgets.button import Button


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, LIGHT, 1.0)
    yield
    apply_theme(qapp, LIGHT, 1.0)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_word_of_the_style_sheet_is_known_and_every_picture_is_there(theme: Theme) -> None:
    sheet = style_sheet(theme)

    assert "$" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    pictures = re.findall(r'url\("(.+?)"\)', sheet)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


@pytest.mark.parametrize("weight", ["Normal", "Medium", "DemiBold", "Bold"])
def test_a_hyphen_does_not_tear_a_word_apart_while_figures_stand_under_each_other(weight: str) -> None:
    metrics = QFontMetrics(desk_font(20, QFont.Weight[weight]))

    assert metrics.horizontalAdvance("-") < metrics.horizontalAdvance("0")
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_theme_and_the_text_size_can_be_asked_for(qapp: QApplication) -> None:
    apply_theme(qapp, DARK, 1.5)

    assert current() is DARK
    assert scaled(20) == 30


def test_text_grows_to_twice_its_size_and_no_further(qapp: QApplication) -> None:
    apply_theme(qapp, LIGHT, 9)

    assert qapp.font().pixelSize() == 30


def test_the_letters_are_the_bundled_ones() -> None:
    assert QFontInfo(desk_font()).family() == "Inter"


def test_figures_stand_under_each_other() -> None:
    metrics = QFontMetrics(desk_font(28))

    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("00:00")


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    picture = pixmap("check", "#ff0000", 48).toImage()

    strong = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert strong == {"#ff0000"}


def test_a_button_changes_its_clothes_with_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    button = Button("Kilitle", name="lock", role="primary")
    qtbot.addWidget(button)
    button.resize(200, 60)
    button.show()
    assert button.grab().toImage().pixelColor(20, 10) == QColor(LIGHT.primary)

    apply_theme(qapp, DARK, 1.0)

    assert button.grab().toImage().pixelColor(20, 10) == QColor(DARK.primary)


def test_the_ring_shows_where_the_keyboard_is_and_not_where_the_mouse_was(qtbot: QtBot) -> None:
    window = QWidget()
    row = QVBoxLayout(window)
    first, second = Button("Bir", name="one"), Button("İki", name="two")
    row.addWidget(first)
    row.addWidget(second)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert not first.property("ring")

    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.property("ring")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert not second.property("ring")
