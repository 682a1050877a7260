"""One printer of the desk beside the queue: how it is, what waits for it, and who could do it instead."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.text import _
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import SMALLEST, Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label, set_tone
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.tone_icon import ToneIcon

_MOST, _LONGEST = 3, 20


class PrinterRow(Themed, QWidget):
    """Name, state and advice; what waits goes to another printer in one tap."""

    move_wanted = Signal(str, str)  # from, to

    def __init__(self, name: str, said: tuple[str, str, str], advice: str, others: list[str]) -> None:
        super().__init__()
        title, words, tone = said
        self._whole = QHBoxLayout(self)
        self._whole.addWidget(ToneIcon("printer", tone, size=42), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(ElidedLabel(title, "strong"))
        state = label(words, "second", wrap=True)
        set_tone(state, tone)
        column.addWidget(state)
        if advice:
            column.addWidget(label(advice, "second", wrap=True))
        if others:
            column.addWidget(
                FlowRow([self._move(name, other, at) for at, other in enumerate(others[:_MOST])])
            )
        self._whole.addLayout(column, 1)
        named(self, f"queue_printer_{name}", ", ".join(filter(None, (title, words, advice))))
        self.dress()

    def dress(self) -> None:
        self._whole.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._whole.setSpacing(roomy(14))

    def _move(self, name: str, other: str, at: int) -> Button:
        button = _MoveButton(_("All to {}").format(other), name=f"queue_all_to_{at}")
        button.clicked.connect(partial(self._emit, name, other))
        return button

    def _emit(self, name: str, other: str, _on: bool = False) -> None:
        self.move_wanted.emit(name, other)


class _MoveButton(Button):
    """Says as much of the other printer's name as there is room for; all of it to a screen reader and in the tip."""

    def __init__(self, words: str, *, name: str) -> None:
        self._whole = words
        super().__init__(words, name=name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)  # it may be narrower
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        return QSize(self._around() + self._wide(self._whole), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_what_fits()

    def dress(self) -> None:
        super().dress()
        self._say_what_fits()

    def _say_what_fits(self) -> None:
        room = self.width() - self._around()
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, room))
        self.setAccessibleName(self._whole)

    def _around(self) -> int:
        """What the button needs beside its words."""
        return super().sizeHint().width() - self._wide(self.words())

    def _wide(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)


def shortened(printer: str) -> str:
    """A printer's name, as much of it as fits a button."""
    return printer if len(printer) <= _LONGEST else f"{printer[: _LONGEST - 1]}…"
