"""A page with a column at its side, which stands beneath on a tall, narrow screen with large letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from civicdesk.ui.theme.now import roomy

_LEAST, _GAP = 700, 16
_WIDEST = 16_777_215  # Qt's own "as wide as you like"


def is_tall(page: QWidget) -> bool:
    """Whether two columns would be too narrow for their words, and there is height instead."""
    return page.height() > page.width() and page.width() < roomy(roomy(_LEAST))


def place_side(
    page: QWidget, grid: QGridLayout, side: QWidget, *, first_row: int, last_row: int, width: int
) -> None:
    """Put the side to the right of these rows, `width` pixels wide, or under them and as wide as they are."""
    beneath = is_tall(page)
    if beneath != side.property("beneath"):
        side.setProperty("beneath", beneath)
        if beneath:
            grid.addWidget(side, last_row + 1, 0, 1, 2)
        else:
            grid.addWidget(side, first_row, 1, last_row - first_row + 1, 1)
        grid.setHorizontalSpacing(0 if beneath else _GAP)
        grid.setRowStretch(last_row, 3)
        grid.setRowStretch(last_row + 1, 2 if beneath else 0)
    side.setMinimumWidth(0 if beneath else width)
    side.setMaximumWidth(_WIDEST if beneath else width)


class WithSide(QWidget):
    """What a page is about, and the column at its side: `width` says how many pixels wide its words need it.

    A `head` stands over the main part alone, so that the side reaches up to the top.
    """

    def __init__(
        self,
        page: QWidget,
        main: QWidget,
        side: QWidget,
        width: Callable[[], int],
        *,
        head: QLayout | None = None,
    ) -> None:
        super().__init__()
        self._page, self._side, self._width = page, side, width
        self._row = 0 if head is None else 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        if head is not None:
            self._grid.addLayout(head, 0, 0)
        self._grid.addWidget(main, self._row, 0)
        self.fit()

    def fit(self) -> None:
        """Put the side where there is room for it, as wide as its words now need it."""
        place_side(self._page, self._grid, self._side, first_row=0, last_row=self._row, width=self._width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self.fit()
