"""A column of cards with plots; whatever is tapped on them tells what is wanted of the rows behind."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.behind import Wanted
from civicdesk.ui.pages.reports.plots.tiles import Totals
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.plots import Plot
from civicdesk.ui.widgets.touch import TouchScrollArea


class Board(QWidget):
    """Totals, then one card a plot; it scrolls as a whole."""

    opened = Signal(object, str)  # Wanted, and what it is in words

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.note = label("", "second", wrap=True)
        self.totals = Totals()
        self.cards: dict[Plot, Card] = {}
        self._last: Plot | None = None
        self._behind: dict[Plot, Mapping[Hashable, tuple[Wanted, str]]] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(roomy(12))
        self._column.addWidget(self.note)
        self._column.addWidget(self.totals)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.area = TouchScrollArea(inside)
        whole.addWidget(self.area)

    def put(self, plot: Plot, *, action: QWidget | None = None) -> Card:
        """Give a plot a card of its own at the end."""
        card = Card(name=f"{plot.objectName()}_card", padded=True, action=action)
        card.add(plot)
        self.cards[plot] = card
        self._column.insertWidget(self._column.count() - 1, card)
        plot.opened.connect(lambda key: self._open(plot, key))
        return card

    def name_plot(self, plot: Plot, title: str) -> None:
        """What the plot shows, for eyes and ears."""
        self.cards[plot].set_title(title)
        plot.setAccessibleName(title)

    def stand_for(self, plot: Plot, behind: Mapping[Hashable, tuple[Wanted, str]]) -> None:
        """What is behind each mark of a plot, and its words."""
        self._behind[plot] = behind

    def take_keys(self) -> None:
        """The keyboard goes on at the plot that was opened last."""
        if self._last is not None:
            self._last.setFocus()

    def _open(self, plot: Plot, key: Hashable) -> None:
        self._last = plot
        if found := self._behind.get(plot, {}).get(key):
            self.opened.emit(*found)
