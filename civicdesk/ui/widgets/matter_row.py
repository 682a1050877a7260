"""Something that needs somebody: what it is, and the steps that settle it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.tone_icon import ToneIcon


class MatterRow(Themed, QFrame):
    """An icon in its tone, a title, sentences that may take several lines, and under them the buttons."""

    def __init__(
        self, icon: str, tone: str, title: str, second: str, buttons: Sequence[Button], *, name: str
    ) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.title, self.second = label(title, "strong", wrap=True), label(second, "second", wrap=True)
        self.buttons = list(buttons)
        lead = ToneIcon(icon, tone, size=42)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.second)
        words.addStretch(1)
        self._said = QHBoxLayout()
        self._said.addWidget(lead, 0, Qt.AlignmentFlag.AlignTop)
        self._said.addLayout(words, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._said)
        self._column.addWidget(FlowRow(self.buttons))
        named(self, name, ", ".join((title, second)))
        self.dress()

    def dress(self) -> None:
        self._column.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._column.setSpacing(roomy(8))
        self._said.setSpacing(roomy(14))
