"""A count that must be seen at a glance."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from civicdesk.text import number
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.themed import named


class Counter(Card):
    """How many of what, in one line."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self.figure = label("–", "figure")
        self.caption = label("", "body")
        row = QHBoxLayout()
        row.setContentsMargins(roomy(16), roomy(6), roomy(16), 0)
        row.setSpacing(roomy(10))
        row.addWidget(self.figure)
        row.addWidget(self.caption, 1)
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_caption(self, words: str) -> None:
        """What is counted."""
        self.caption.setText(words)
        self._speak()

    def show_count(self, count: int, tone: str = "") -> None:
        """How many there are."""
        self.figure.setText(number(count))
        set_tone(self.figure, tone)
        self._speak()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(roomy(150), 0))

    def _speak(self) -> None:
        named(self, self.objectName(), f"{self.figure.text()} {self.caption.text()}")
