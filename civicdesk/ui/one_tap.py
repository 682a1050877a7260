"""A double tap is one tap, where the row under the finger goes with the first and another comes up in its place."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication


class OneTap:
    """Tells the second of a double tap from a tap of its own."""

    def __init__(self) -> None:
        self._last = QElapsedTimer()

    def is_second(self) -> bool:
        """Whether this tap follows another so closely that nobody can have meant it."""
        if self._last.isValid() and self._last.elapsed() < QApplication.doubleClickInterval():
            return True
        self._last.start()
        return False
