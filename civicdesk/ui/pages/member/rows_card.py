"""A card with rows, how many there are, and what can be done about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from civicdesk.text import number
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label


class RowsCard(Card):
    """A title with a count, a button beside it, the rows, and a sentence where there are none."""

    wanted = Signal()

    def __init__(self, name: str, icon: str) -> None:
        self.button = Button("", icon, name=f"{name}_wanted", role="quiet")
        super().__init__(name=name, action=self.button)
        self.rows: Sequence[QWidget] = ()
        self.nothing = label("", "second", wrap=True)
        self.button.clicked.connect(lambda _on=False: self.wanted.emit())

    def show_rows(self, title: str, count: int, rows: Sequence[QWidget], nothing: str) -> None:
        """Show these; `count` may be more than there are rows."""
        self.set_title(f"{title}  {number(count)}" if count else title)
        self.rows = rows
        self.nothing = label("" if rows else nothing, "second", wrap=True)
        self.nothing.setContentsMargins(roomy(16), 0, roomy(16), roomy(8))
        self.fill([*rows, *([] if rows else [self.nothing])])
