"""What the three parts share: a form on one side, a list on the other, and a place for refusals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from civicdesk.errors import Refusal
from civicdesk.text import ngettext, number
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.card import Card, rule
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea

MOST = 100
_FORM = 380
_LIST = 400
_NARROW = 800


class Part(QWidget):
    """One matter of the secretariat: the form scrolls, the main action in `foot` stays in sight."""

    def __init__(self, runner: Runner, name: str) -> None:
        super().__init__()
        self.runner = runner
        self.setObjectName(name)
        self.form = Card(name=f"{name}_form", padded=True)
        self.banner = RefusalBanner(name=f"{name}_banner")
        self.lists, self.foot = QVBoxLayout(), QVBoxLayout()
        self._make()

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, above the form."""
        self.banner.show_refusal(str(refusal))

    def retranslate(self) -> None:
        """Write every word in the language spoken now."""

    def refresh(self) -> None:
        """Show what the database now holds."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _make(self) -> None:
        side, main = QWidget(), QWidget()
        for part in (side, main):
            part.setProperty("kind", "scrolled")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(self.form)
        column.addStretch(1)
        self.lists.setContentsMargins(0, 0, 0, 0)
        self.lists.setSpacing(12)
        main.setLayout(self.lists)
        self._side, self._main = QWidget(), TouchScrollArea(main)
        self._written = side
        left = QVBoxLayout(self._side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(TouchScrollArea(side), 1)
        left.addLayout(self.foot)
        # a strut, not a minimum: a form that needs more has it
        self._strut = QSpacerItem(0, 0)
        left.addSpacerItem(self._strut)
        both = QWidget()
        both.setProperty("kind", "scrolled")
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(14)
        self._sides.addWidget(self._side, 2)
        self._sides.addWidget(self._main, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TouchScrollArea(both))

    def _fit(self) -> None:
        """The form stands beside the list; where there is no room, whole above it, and all of it scrolls."""
        is_narrow = self.width() < scaled(_NARROW)
        down, sideways = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if is_narrow else sideways)
        self._strut.changeSize(0 if is_narrow else min(scaled(_FORM), self.width() // 2), 0)
        whole = self._written.sizeHint().height() + self.foot.sizeHint().height() + roomy(24)
        self._side.setMinimumHeight(whole if is_narrow else 0)
        self._main.setMinimumHeight(roomy(_LIST) if is_narrow else 0)


def beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Two fields in one line, the left one wider."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(left, 3)
    row.addWidget(right, 2)
    return row


def fill(card: Card, rows: Sequence[QWidget], more: int = 0) -> None:
    """Show rows with thin lines between them, and how many more there are."""
    shown: list[QWidget] = []
    for row in rows:
        shown += [rule(), row] if shown else [row]
    if more > 0:
        shown.append(label(ngettext("and {} more", "and {} more", more).format(number(more)), "second"))
    card.fill(shown)
