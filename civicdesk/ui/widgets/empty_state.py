"""What a list says when there is nothing in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.tone_icon import ToneIcon


class EmptyState(QWidget):
    """What would be here, and the button that puts the first one here."""

    def __init__(
        self, icon: str, sentence: str, *, name: str, button: Button | None = None, tone: str = "primary"
    ) -> None:
        super().__init__()
        named(self, name, sentence)
        self.sentence = label(sentence, "body", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = button
        whole = QVBoxLayout(self)
        whole.setContentsMargins(roomy(24), roomy(24), roomy(24), roomy(24))
        whole.setSpacing(roomy(14))
        whole.addStretch(1)
        whole.addWidget(ToneIcon(icon, tone, size=64, disc=True), 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addWidget(self.sentence)
        if button:
            whole.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say something else."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
