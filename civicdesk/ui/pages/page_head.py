"""The head of a page: the way back, where I am, and what can be done with all of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.flow import FlowRow


def page_head(
    back: QWidget, title: QWidget, second: QWidget, *ends: QWidget, face: QWidget | None = None
) -> QHBoxLayout:
    """Title over its second line, after the way back and a `face` if there is one; at the `ends` what can be done."""
    head = QHBoxLayout()
    head.setSpacing(12)
    for widget in filter(None, (back, face)):
        head.addWidget(widget)
    head.addLayout(_words(title, second, 0), 1)
    for widget in ends:
        head.addWidget(widget)
    return head


class BendingHead(QBoxLayout):
    """Where I am; and beside it, or under it when letters are large, what can be done."""

    def __init__(self, back: QWidget, title: QLabel, second: QLabel, ways: Sequence[QWidget]) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._title, self._ways = title, FlowRow(ways)
        where = QHBoxLayout()
        where.setSpacing(12)
        where.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        where.addLayout(_words(title, second, 2), 1)
        self.setSpacing(12)
        self.addLayout(where, 1)
        self.addWidget(self._ways)

    def fit(self, width: int) -> None:
        """Bend where a page of this width has no room for both."""
        needed = self._ways.sizeHint().width() + self._title.sizeHint().width() + roomy(160)
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.setDirection(sideways if needed < width else down)


def _words(title: QWidget, second: QWidget, spacing: int) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(spacing)
    words.addWidget(title)
    words.addWidget(second)
    return words
