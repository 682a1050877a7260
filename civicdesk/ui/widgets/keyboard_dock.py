"""The place at the foot of a window where the keyboard comes up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from civicdesk.ui.widgets.keyboard import OnScreenKeyboard

When = Literal["pressed", "always", "never"]

_NUMERIC = (
    Qt.InputMethodHint.ImhDigitsOnly
    | Qt.InputMethodHint.ImhDialableCharactersOnly
    | Qt.InputMethodHint.ImhFormattedNumbersOnly
)
_LINGER = 200  # ms: the press that left the field must land before the page moves under it
_MARGIN = 24


class KeyboardDock(QWidget):
    """Shows the keyboard while a field is written in.

    Put it under the page in the window's layout, so the page shrinks and nothing is covered, and connect
    `QApplication.focusChanged` to `follow`. `when` is pressed (a finger or the mouse chose the field),
    always (any way the field got the focus) or never.
    """

    def __init__(self, when: When = "pressed", boards: Sequence[str] = ("tr-q", "en", "ar")) -> None:
        super().__init__()
        self.setObjectName("keyboard_dock")
        self.when: When = when
        self.keyboard = OnScreenKeyboard(boards)
        self._field: QWidget | None = None
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.setInterval(
            _LINGER
        )  # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        room = QVBoxLayout(self)
        room.setContentsMargins(20, 0, 20, 12)
        room.addWidget(self.keyboard)
        self._leaving.timeout.connect(self._leave)
        self.keyboard.done.connect(self.put_away)
        self.hide()

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The focus went from one widget to another."""
        if new is None or new is self._field or self.isAncestorOf(new):
            return
        self._watch(new if _is_written_in(new) and new.window() is self.window() else None)
        if self._field is None:
            self._leaving.start()
        elif self.when == "always" or (self.when == "pressed" and self.isVisible()):
            self.bring_up()

    def bring_up(self) -> None:
        """Show the keys that fit the field, and the field above them."""
        field = self._field
        if field is None or self.when == "never":
            return
        self._leaving.stop()
        if field.inputMethodHints() & _NUMERIC:
            self.keyboard.show_numbers()
        elif not self.isVisible() or self.keyboard.board not in self.keyboard.offered():
            self.keyboard.show_letters()
        self.show()
        QTimer.singleShot(0, self, self._reveal)

    def put_away(self) -> None:
        """Hide the keys; pressing the field brings them back."""
        self._leaving.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.MouseButtonRelease:
            self.bring_up()
        return False

    def _watch(self, field: QWidget | None) -> None:
        if self._field:
            self._field.removeEventFilter(self)
            self._field.destroyed.disconnect(self._forget)
        self._field = field
        if field:
            field.installEventFilter(self)
            field.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._field = None
        self._leaving.start()

    def _leave(self) -> None:
        """Nobody writes any more: go, but not while a button is held down."""
        if self._field is not None:
            return
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.hide()
        else:
            self._leaving.start()

    def _reveal(self) -> None:
        parent = self._field.parentWidget() if self._field else None
        while parent:
            if isinstance(parent, QScrollArea) and self._field:
                parent.ensureWidgetVisible(self._field, _MARGIN, _MARGIN)
            parent = parent.parentWidget()


def _is_written_in(widget: QWidget) -> bool:
    return (
        widget.isEnabled()
        and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        and not widget.property("readOnly")
    )
