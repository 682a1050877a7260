"""What was nearly a scan: too slow, too short, or without Enter. Looked at only while somebody sets up a reader."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from civicdesk.ui.reading import LONGEST, Reading, Way
from civicdesk.ui.us_keys import Mark, us_character

_FEWEST = 4
"""Fewer characters than this are no code of any kind."""

_LONGEST_GAP_MS = 300
"""Between keys of one code, from the slowest reader there is; it is also what a person takes."""

_TYPED_MS = 90
"""Without an Enter after it, only what came faster than anybody types is worth a word."""

_CLOCK = 2**32


class NearMiss(QObject):
    """Follows the keys and tells of each run of them that the rhythm did not take for a scan."""

    missed = Signal(object)  # Reading

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._is_watching = False
        self._last: int | None = None
        self._gap, self._text, self._raw = 0, "", ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(2 * _LONGEST_GAP_MS)
        self._quiet.timeout.connect(self._over)

    @property
    def is_watching(self) -> bool:
        return self._is_watching

    @is_watching.setter
    def is_watching(self, is_watching: bool) -> None:
        self._is_watching = is_watching
        self.forget()

    def hear(self, at: int, mark: Mark, event: QKeyEvent, *, is_scan: bool) -> None:
        """A key went down; `is_scan` if it ended a code."""
        if not self._is_watching:
            return
        gap = _LONGEST_GAP_MS + 1 if self._last is None else (at - self._last) % _CLOCK
        if is_scan or gap > _LONGEST_GAP_MS or mark is Mark.OTHER or event.isAutoRepeat():
            self.forget()
        if is_scan or mark is Mark.OTHER:
            return
        if mark is Mark.END:
            self._end("tab" if event.text() == "\t" else "enter", gap)
        elif mark is Mark.CHARACTER:
            self._gap = max(self._gap, gap) if self._text else 0
            self._last = at
            self._text = (self._text + us_character(event))[:LONGEST]
            self._raw = (self._raw + event.text())[:LONGEST]
            self._quiet.start()

    def forget(self) -> None:
        """What is under way is nothing to tell of."""
        self._quiet.stop()
        self._last = None
        self._gap, self._text, self._raw = 0, "", ""

    def _end(self, end: str, gap: int) -> None:
        text, raw, slowest = self._text, self._raw, max(self._gap, gap)
        self.forget()
        if len(text) >= _FEWEST:
            self.missed.emit(
                Reading(text, raw, Way.KEYBOARD, sent=text, gap_ms=slowest, end=end, is_missed=True)
            )

    def _over(self) -> None:
        text, raw, slowest = self._text, self._raw, self._gap
        self.forget()
        if len(text) >= _FEWEST and slowest <= _TYPED_MS:
            self.missed.emit(Reading(text, raw, Way.KEYBOARD, sent=text, gap_ms=slowest, is_missed=True))
