from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.key_layouts import ARABIC, LETTERS, NUMBERS, SYMBOLS
from civicdesk.ui.widgets.keyboard import OnScreenKeyboard
from tests.ui.widgets.finger import Finger


class Desk(QWidget):
    """A field and the keyboard under it."""

    def __init__(self, qtbot: QtBot, *boards: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.keyboard = OnScreenKeyboard(boards or ("tr-q", "en", "ar"))
        self._bot = qtbot
        rows = QVBoxLayout(self)
        rows.addWidget(self.field)
        rows.addWidget(self.keyboard)
        qtbot.addWidget(self)
        self.show()
        self.activateWindow()
        qtbot.waitUntil(self.isActiveWindow)
        self.field.setFocus()

    def press(self, *keys: str) -> None:
        for key in keys:
            self._bot.mouseClick(self.keyboard.key(key), Qt.MouseButton.LeftButton)

    def write(self, words: str) -> None:
        """Press the keys of these words, with shift where a capital stands."""
        lower = {self.keyboard.board.upper(cap): cap for row in self.keyboard.board.rows for cap in row}
        for letter in words:
            if letter == " ":
                self.press("space")
            elif any(letter in row for row in self.keyboard.board.rows):
                self.press(letter)
            else:
                self.press("shift", lower[letter])


@pytest.mark.parametrize("board", ["tr-q", "tr-f"])
@pytest.mark.parametrize("name", ["İzmır", "Şükrü Işık", "Çağrı Öğüt", "İpek Iğdır"])
def test_turkish_names_come_out_as_they_were_typed(qtbot: QtBot, board: str, name: str) -> None:
    desk = Desk(qtbot, board)

    desk.write(name)

    assert desk.field.text() == name


def test_english_i_has_its_own_capital(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "en")

    desk.write("Ian")

    assert desk.field.text() == "Ian"


def test_arabic_is_typed(qtbot: QtBot) -> None:
    desk = Desk(qtbot, "ar")

    desk.write("محمد الأحمد")

    assert desk.field.text() == "محمد الأحمد"


def test_shift_is_for_one_letter_and_twice_for_all(qtbot: QtBot) -> None:
    desk = Desk(qtbot)

    desk.press("shift", "i", "i", "shift", "shift", "i", "ı", "shift", "i")

    assert desk.field.text() == "İiİIi"


def test_erase_takes_the_last_letter_back(qtbot: QtBot) -> None:
    desk = Desk(qtbot)

    desk.press("ş", "ö", "erase")

    assert desk.field.text() == "ş"
    assert desk.keyboard.key("erase").autoRepeat()


def test_the_boards_key_goes_round_and_signs_come_back_to_the_letters(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    seen = []

    for _turn in range(3):
        seen.append(desk.keyboard.board.code)
        desk.press("boards")
    assert seen == ["tr-q", "en", "ar"]
    assert desk.keyboard.board.code == "tr-q"

    desk.press("symbols", "&", "₺")
    assert desk.keyboard.board is SYMBOLS
    desk.press("abc", "a")
    assert desk.field.text() == "&₺a"


def test_the_field_keeps_the_focus_and_a_finger_types_as_well(qtbot: QtBot, finger: Finger) -> None:
    desk = Desk(qtbot)

    finger.tap(desk.keyboard.key("ğ"))

    qtbot.waitUntil(lambda: desk.field.text() == "ğ")
    assert desk.field.hasFocus()


@pytest.mark.parametrize("kind", [QPlainTextEdit, QSpinBox, QComboBox], ids=lambda kind: kind.__name__)
def test_other_fields_are_written_in_too(qtbot: QtBot, kind: type[QWidget]) -> None:
    desk = Desk(qtbot)
    other = kind()
    if isinstance(other, QComboBox):
        other.setEditable(True)
    layout = desk.layout()
    assert layout is not None
    layout.addWidget(other)
    other.show()
    other.setFocus()
    if isinstance(other, QSpinBox):
        other.selectAll()

    desk.press("1", "2")

    assert "12" in (other.toPlainText() if isinstance(other, QPlainTextEdit) else words_in(other))
    assert desk.field.text() == ""


def words_in(field: QWidget) -> str:
    inner = field.findChild(QLineEdit)
    assert inner is not None
    return inner.text()


def test_nothing_is_lost_when_nobody_writes(qtbot: QtBot) -> None:
    desk = Desk(qtbot)
    desk.field.clearFocus()

    desk.press("a", "erase")

    assert desk.field.text() == ""


def test_done_is_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot)

    with qtbot.waitSignal(desk.keyboard.done):
        desk.press("done")


@pytest.mark.parametrize("board", [*LETTERS, SYMBOLS, NUMBERS], ids=lambda board: board.code)
def test_every_key_is_big_enough_for_a_finger_and_has_a_name(qtbot: QtBot, board: object) -> None:
    desk = Desk(qtbot)
    desk.resize(860, 500)
    desk.keyboard.show_board(board)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: desk.keyboard.key("done").width() > 60)

    for key in desk.keyboard.shown_keys():
        assert key.height() >= 44
        assert key.width() >= 44
        assert key.accessibleName()
        assert key.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_arabic_has_no_shift() -> None:
    assert not ARABIC.has_cases
