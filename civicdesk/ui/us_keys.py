"""What the keys of a reader mean: a US keyboard's letters by their place, whatever layout the computer is set to."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent


class Mark(Enum):
    """What kind of key went down."""

    CHARACTER = auto()
    SHIFT = auto()
    END = auto()
    OTHER = auto()


_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_Modifier = Qt.KeyboardModifier
_COMMANDS = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier

_ROWS = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_US = {
    first + place: pair
    for first, plain, shifted in _ROWS
    for place, pair in enumerate(zip(plain, shifted, strict=True))
}
"""What the keys of a US keyboard say without and with Shift, by their place (scan code set 1)."""

_FIRST_CODE = {"xcb": 8, "wayland": 8, "windows": 0}
"""What a window system adds to the place."""


def mark_of(event: QKeyEvent) -> Mark:
    """What kind of key this is."""
    if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
        return Mark.SHIFT
    if event.modifiers() & _COMMANDS:
        return Mark.OTHER
    if event.key() in _ENDS:
        return Mark.END
    return Mark.CHARACTER if event.text() and event.text().isprintable() else Mark.OTHER


def key_of(event: QKeyEvent) -> int:
    """What a press and its release have in common."""
    return event.nativeScanCode() or event.key()


def us_character(event: QKeyEvent) -> str:
    """What this key says on a US keyboard; where its place is not known, what it said here."""
    if event.modifiers() & _COMMANDS:
        return ""
    first = _FIRST_CODE.get(QGuiApplication.platformName())
    pair = None if first is None else _US.get(event.nativeScanCode() - first)
    if pair is None:
        return event.text() if event.text().isprintable() else ""
    return pair[bool(event.modifiers() & _Modifier.ShiftModifier)]
