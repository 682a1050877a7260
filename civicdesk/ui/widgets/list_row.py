"""One line of a list: a visitor expected, a room, something to see to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named


class ListRow(Pressable):
    """A time or picture, a title, a second line, pills, a note and a button, each if there is one.

    `clicked` says the row was pressed (with `opens`), `action_wanted` that its button was.
    """

    action_wanted = Signal()

    def __init__(
        self,
        title: str,
        second: str = "",
        *,
        name: str,
        time: str = "",
        lead: QWidget | None = None,
        pills: list[Pill] | None = None,
        note: str = "",
        button: Button | None = None,
        opens: bool = False,
    ) -> None:
        super().__init__("row", opens=opens)
        self.title = ElidedLabel(title, "strong")
        self.second = ElidedLabel(second, "second")
        self.button = button
        self._row = QHBoxLayout(self)
        self._lead(time, lead)
        self._words(pills or [])
        self._trail(note, button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(
            self, name, ", ".join(filter(None, (time, title, second, *(p.text() for p in pills or []), note)))
        )
        self.dress()

    def _lead(self, time: str, lead: QWidget | None) -> None:
        if time:
            self._row.addWidget(ElidedLabel(time, "strong"))
        if lead:
            self._row.addWidget(lead)

    def _words(self, pills: list[Pill]) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.second)
        if (
            not self.second.text()
        ):  # never shown from here: without a parent yet, it would be a window of its own
            self.second.hide()
        if pills:
            words.addWidget(FlowRow(pills, spacing=6))
        words.addStretch(1)
        self._row.addLayout(words, 1)

    def _trail(self, note: str, button: Button | None) -> None:
        if note:
            said = ElidedLabel(note, "second")
            said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._row.addWidget(said)
        if button:
            button.clicked.connect(self.action_wanted)
            self._row.addWidget(button)

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._row.setSpacing(roomy(14))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, roomy(56)))
