"""A figure of the day."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.tone_icon import ToneIcon


class StatTile(Pressable):
    """How many, of what, and a note beside it; pressing it opens the list behind the figure."""

    def __init__(
        self, icon: str, caption: str, *, name: str, tone: str = "primary", opens: bool = True
    ) -> None:
        super().__init__("tile", opens=opens)
        self.figure = ElidedLabel("–", "figure")
        self.caption = ElidedLabel(caption, "strong")
        self.note = ElidedLabel("", "second")
        self.mark = ToneIcon(icon, tone)
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.figure, 1)
        first.addWidget(self.note)
        words.addLayout(first)
        words.addWidget(self.caption)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.mark)
        self._row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, name, caption)
        self.dress()

    def say(self, figure: str, note: str = "", caption: str = "") -> None:
        """Show this figure and note, and perhaps another caption."""
        self.figure.setText(figure)
        self.note.setText(note)
        if caption:
            self.caption.setText(caption)
        self.setAccessibleName(" ".join(filter(None, (figure, self.caption.text(), note))))

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._row.setSpacing(roomy(14))
