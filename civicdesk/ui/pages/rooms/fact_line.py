"""An icon and what it stands for, such as the people of a booking."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed


class FactLine(Themed, QWidget):
    """Words that wrap beside their icon; without words it is not there."""

    def __init__(self, icon: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._icon = icon
        self._mark, self.words = QLabel(), label("", "body", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(roomy(10))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.dress()

    def say(self, words: str) -> None:
        """Say this, or nothing."""
        self.words.setText(words)
        self.setVisible(bool(words))

    def dress(self) -> None:
        self._mark.setPixmap(pixmap(self._icon, current().mute, scaled(18)))
        self._mark.setFixedHeight(scaled(20))
