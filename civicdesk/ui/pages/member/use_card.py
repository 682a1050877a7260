"""How much of its hours an organisation has used this month, by class of room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.fair_use import Standing
from civicdesk.text import _, number
from civicdesk.ui.booking_words import class_words
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.meter import Meter


class MonthCard(Card):
    """A line and, where there is a limit, a bar for each class of room."""

    def __init__(self) -> None:
        super().__init__(name="member_use", padded=True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.add(self._inside)

    def show_use(self, used: Sequence[tuple[str, Standing]]) -> None:
        """Show the hours of this month."""
        self.set_title(_("Rooms this month"))
        empty(self._column)
        for room_class, standing in used:
            self._say(room_class, standing)
        if not used:
            self._column.addWidget(label(_("No room used yet."), "second", wrap=True))

    def _say(self, room_class: str, standing: Standing) -> None:
        hours = _("{} hours").format(number(standing.hours))
        if standing.allowed is not None:
            hours = _("{used} / {allowed} hours").format(
                used=number(standing.hours), allowed=standing.allowed
            )
        words = f"{class_words(room_class)} · {hours}"
        self._column.addWidget(label(words, "body", wrap=True))
        if standing.allowed is not None:
            meter = Meter(name=f"member_use_{room_class}")
            meter.say(round(standing.hours), standing.allowed, spoken=words)
            self._column.addWidget(meter)
