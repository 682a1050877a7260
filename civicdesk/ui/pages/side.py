"""A page with a column at its side, which stands beneath on a tall, narrow screen with large letters."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from civicdesk.ui.theme.now import roomy

_LEAST = 700
_WIDEST = 16_777_215  # Qt's own "as wide as you like"


def is_tall(page: QWidget) -> bool:
    """Whether two columns would be too narrow for their words, and there is height instead."""
    return page.height() > page.width() and page.width() < roomy(roomy(_LEAST))


def place_side(
    page: QWidget, grid: QGridLayout, side: QWidget, *, first_row: int, last_row: int, width: int
) -> None:
    """Put the side to the right of these rows, `width` pixels wide, or under them."""
    beneath = is_tall(page)
    if beneath != side.property("beneath"):
        side.setProperty("beneath", beneath)
        if beneath:
            grid.addWidget(side, last_row + 1, 0, 1, 2)
        else:
            grid.addWidget(side, first_row, 1, last_row - first_row + 1, 1)
        grid.setRowStretch(last_row, 3)
        grid.setRowStretch(last_row + 1, 2 if beneath else 0)
    side.setMinimumWidth(0 if beneath else width)
    side.setMaximumWidth(_WIDEST if beneath else width)
