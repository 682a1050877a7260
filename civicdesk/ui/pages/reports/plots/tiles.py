"""The totals at the top: a figure, what it is, and what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from civicdesk.printing.occupancy_words import Total
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named

_WIDE, _AROUND = 176, 32


class TotalTile(Pressable):
    """One total; its lines of comparison stand whole in the tip where they are cut."""

    def __init__(self, place: int) -> None:
        super().__init__("tile", opens=False)
        self.figure, self.words = ElidedLabel("", "figure"), ElidedLabel("", "strong")
        self.lines = [ElidedLabel("", "second") for _line in range(3)]
        column = QVBoxLayout(self)
        column.setContentsMargins(roomy(14), roomy(10), roomy(14), roomy(10))
        column.setSpacing(1)
        for part in (self.figure, self.words, *self.lines):
            column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, f"reports_total_{place}", "")

    def say(self, total: Total) -> None:
        """Show this total."""
        self.figure.setText(total.figure)
        self.words.setText(total.words)
        for line, words in zip(self.lines, (*total.compared, "", "", ""), strict=False):
            line.setText(words)
            line.setVisible(bool(words))
        self.setAccessibleName(", ".join((total.figure, total.words, *total.compared)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        words = self.words.fontMetrics().horizontalAdvance(self.words.text()) + roomy(_AROUND)
        return QSize(max(roomy(_WIDE), words), super().sizeHint().height())


class Totals(QWidget):
    """As many tiles as there are totals, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[TotalTile] = []
        self._row = FlowRow(spacing=10, grow=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)

    def show_totals(self, totals: Sequence[Total]) -> None:
        """Show these."""
        while len(self.tiles) < len(totals):
            tile = TotalTile(len(self.tiles) + 1)
            self.tiles.append(tile)
            self._row.add(tile)
        for tile, total in zip(self.tiles, totals, strict=False):
            tile.say(total)
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(totals))
