"""Something that needs somebody: what it is, and the steps that settle it."""

from __future__ import annotations

from collections.abc import Sequence

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
        self._row = QHBoxLayout(self)
        lead = QVBoxLayout()
        lead.addWidget(ToneIcon(icon, tone, size=42))
        lead.addStretch(1)
        self._row.addLayout(lead)
        self._words = QVBoxLayout()
        self._words.addWidget(self.title)
        self._words.addWidget(self.second)
        self._words.addWidget(FlowRow(self.buttons))
        self._row.addLayout(self._words, 1)
        named(self, name, ", ".join((title, second)))
        self.dress()

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._row.setSpacing(roomy(14))
        self._words.setSpacing(roomy(6))
