"""A titled card with rows in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.themed import Themed


class Card(Themed, QFrame):
    """One matter of a page: a title, perhaps an action beside it, and what belongs to it below in `body`."""

    def __init__(
        self, title: str = "", *, name: str, action: QWidget | None = None, padded: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.title = ElidedLabel(title, "heading")
        self.body = QVBoxLayout()
        self._head = QHBoxLayout()
        self._padded = padded
        self._head.addWidget(self.title, 1)
        if action:
            self._head.addWidget(action)
        self._build()
        self.set_title(title)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addLayout(self.body, 1)
        self.body.setSpacing(roomy(12) if self._padded else 0)
        self.dress()

    def set_title(self, title: str) -> None:
        """What the card is about; a card without a title has no header."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.setAccessibleName(title)
        self.dress()

    def dress(self) -> None:
        bare = not self.title.text() and self._head.count() == 1
        side, head = roomy(16), 0 if bare else roomy(10)
        self.title.setMinimumHeight(0 if bare else roomy(32))
        self._head.setContentsMargins(0 if bare else side, head, 0 if bare else side, head)
        if self._padded:
            self.body.setContentsMargins(side, side if bare else 0, side, side)
        else:
            self.body.setContentsMargins(0, 0, 0, roomy(8))

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a row at the end."""
        self.body.addWidget(widget, stretch)

    def fill(self, rows: list[QWidget]) -> None:
        """Show these rows instead of what is there, from the top."""
        empty(self.body)
        for row in rows:
            self.body.addWidget(row)
        self.body.addStretch(1)


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            empty(inner)


def rule() -> QFrame:
    """A thin line between two matters."""
    line = QFrame()
    line.setProperty("kind", "rule")
    line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return line
