"""The keyboard on the screen: Turkish Q and F, English, Arabic, figures and signs. It learns nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.text import _
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.key_layouts import NUMBERS, SYMBOLS, KeyLayout, letters
from civicdesk.ui.widgets.themed import Themed

_NEXT_SHIFT = {"": "once", "once": "lock", "lock": ""}
_LETTER, _WIDE, _SPACE = 10, 15, 60


class Key(Button):
    """One key. It never takes the focus, so the field written in keeps it."""

    def __init__(self, words: str, icon: str = "", *, name: str, weight: str = "") -> None:
        super().__init__(words, icon, name=name, role="key")
        self.setProperty("weight", weight)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(44, roomy(44))

    def minimumSizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text()) + 8 if not self._icon else 0
        return QSize(max(40, words), roomy(44))


class OnScreenKeyboard(Themed, QFrame):
    """A board of keys that types into whatever field has the focus.

    Shift once is for one letter, twice for all until pressed again; `done` says the clerk wants it away.
    """

    done = Signal()

    def __init__(self, boards: Sequence[str] = ("tr-q", "en", "ar"), *, name: str = "keyboard") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "board")
        self._boards = [letters(code) for code in boards]
        self._letters = self._boards[0]
        self._shift = ""
        self._caps: list[tuple[Key, str]] = []
        self._named: dict[str, Key] = {}
        self.board = self._letters
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(10, 10, 10, 10)
        self._rows.setSpacing(6)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_board(self._letters)

    def use_boards(self, codes: Sequence[str]) -> None:
        """Offer these letter boards, the first of them at once."""
        self._boards = [letters(code) for code in codes] or self._boards
        self.show_letters()

    def offered(self) -> list[KeyLayout]:
        """The letter boards the clerk can switch between."""
        return self._boards

    def show_letters(self) -> None:
        """The letters used last, or the first board if those are no longer offered."""
        if self._letters not in self._boards:
            self._letters = self._boards[0]
        self.show_board(self._letters)

    def show_numbers(self) -> None:
        """The pad for figures and telephone numbers."""
        self.show_board(NUMBERS)

    def show_board(self, board: KeyLayout) -> None:
        """Lay out another board."""
        self.board, self._shift = board, ""
        empty(self._rows)
        self._caps, self._named = [], {}
        # Keys lie where they lie on a real keyboard, whichever way the screen is read.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for at, row in enumerate(board.rows):
            self._rows.addLayout(self._row(row, last=at == len(board.rows) - 1))
        self._rows.addLayout(self._bottom())
        self.retranslate()

    def key(self, name: str) -> Key:
        """The key of a letter or of shift, erase, space, boards, symbols or done."""
        found = next((key for key, letter in self._caps if letter == name), None)
        return found or self._named[name]

    def shown_keys(self) -> list[Key]:
        """Every key of the board shown."""
        return [key for key, _letter in self._caps] + list(self._named.values())

    def retranslate(self) -> None:
        self.setAccessibleName(_("Keyboard"))
        self._named["done"].setText(_("Done"))
        spoken = {
            "shift": _("Shift"),
            "erase": _("Erase"),
            "space": _("Space"),
            "boards": _("Other letters"),
            "symbols": _("Signs"),
            "abc": _("Letters"),
        }
        for name, words in spoken.items():
            if name in self._named:
                self._named[name].setAccessibleName(words)

    def _row(self, row: str, *, last: bool) -> QHBoxLayout:
        line, widest = QHBoxLayout(), max(len(row) for row in self.board.rows)
        line.setSpacing(6)
        special = last and self.board is not NUMBERS
        if special and self.board.has_cases:
            line.addWidget(self._special("shift", self._press_shift, icon="arrow-big-up"), _WIDE)
        margin = 0 if special else (widest - len(row)) * _LETTER // 2
        if margin:
            line.addStretch(margin)
        for letter in row:
            line.addWidget(self._letter(letter), _LETTER)
        if margin:
            line.addStretch(margin)
        if special:
            line.addWidget(self._special("erase", self._erase, icon="delete"), _WIDE)
        return line

    def _bottom(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        if self.board in (SYMBOLS, NUMBERS):
            line.addWidget(self._special("abc", self.show_letters, words=self._letters.short), 20)
        else:
            line.addWidget(
                self._special("symbols", lambda: self.show_board(SYMBOLS), words=SYMBOLS.short), 14
            )
        if len(self._boards) > 1 and self.board in self._boards:
            words = " / ".join(board.short for board in self._boards)
            line.addWidget(self._special("boards", self._next_board, words=words), 20)
        if self.board is NUMBERS:
            line.addWidget(self._special("erase", self._erase, icon="delete"), 20)
        else:
            self._fill_bottom(line)
        line.addWidget(self._special("done", self.done.emit, weight="main"), 20)
        return line

    def _fill_bottom(self, line: QHBoxLayout) -> None:
        line.addWidget(self._letter(","), _LETTER)
        line.addWidget(self._special("space", lambda: self._type(" "), weight=""), _SPACE)
        line.addWidget(self._letter("."), _LETTER)
        if self.board is not SYMBOLS:
            line.addWidget(self._letter("@"), _LETTER)

    def _letter(self, letter: str) -> Key:
        key = Key(letter, name=f"key_{letter}")
        key.setAutoRepeat(True)
        key.clicked.connect(lambda: self._type(key.words()))
        self._caps.append((key, letter))
        return key

    def _special(
        self, name: str, press: Callable[[], None], *, words: str = "", icon: str = "", weight: str = "quiet"
    ) -> Key:
        key = Key(words, icon, name=f"key_{name}", weight=weight)
        key.setAutoRepeat(name in ("erase", "space"))
        key.clicked.connect(lambda _checked=False: press())
        self._named[name] = key
        return key

    def _press_shift(self) -> None:
        self._set_shift(_NEXT_SHIFT[self._shift])

    def _set_shift(self, shift: str) -> None:
        self._shift = shift
        key = self._named["shift"]
        key.setProperty("held", shift)
        restyle(key)
        for cap, letter in self._caps:
            cap.setText(self.board.upper(letter) if shift else letter)

    def _next_board(self) -> None:
        at = self._boards.index(self._letters)
        self._letters = self._boards[(at + 1) % len(self._boards)]
        self.show_board(self._letters)

    def _type(self, letters: str) -> None:
        field = QApplication.focusWidget()
        if field:
            commit = QInputMethodEvent()
            commit.setCommitString(letters)
            QCoreApplication.sendEvent(field, commit)
        if self._shift == "once":
            self._set_shift("")

    def _erase(self) -> None:
        field = QApplication.focusWidget()
        if field:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                stroke = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
                QCoreApplication.sendEvent(field, stroke)
