"""A page with a column at its side, which stands beneath on a tall, narrow screen with large letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from civicdesk.ui.theme.now import roomy

_LEAST = 700
_WIDEST = 16_777_215  # Qt's own "as wide as you like"


def is_tall(page: QWidget) -> bool:
    """Whether two columns would be too narrow for their words, and there is height instead."""
    return page.height() > page.width() and page.width() < roomy(roomy(_LEAST))


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
        self._is_beneath: bool | None = None
        self._row = 0 if head is None else 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(self._row, 3)
        if head is not None:
            self._grid.addLayout(head, 0, 0)
        self._grid.addWidget(main, self._row, 0)
        self.fit()

    def fit(self) -> None:
        """Put the side where there is room for it, as wide as its words now need it."""
        beneath, width = is_tall(self._page), self._width()
        if beneath != self._is_beneath:
            self._is_beneath = beneath
            if beneath:
                self._grid.addWidget(self._side, self._row + 1, 0)
            else:
                self._grid.addWidget(self._side, 0, 1, self._row + 1, 1)
            self._grid.setRowStretch(self._row + 1, 2 if beneath else 0)
        self._side.setMinimumWidth(0 if beneath else width)
        self._side.setMaximumWidth(_WIDEST if beneath else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self.fit()
