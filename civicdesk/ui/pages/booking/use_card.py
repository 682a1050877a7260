"""How much of its hours an organisation has used this month."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from civicdesk.desk.fair_use import Standing
from civicdesk.text import _, day, number
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.meter import Meter


class UseCard(Card):
    """Hours booked, of how many, and what it would be with this booking; nothing without a limit."""

    def __init__(self) -> None:
        super().__init__(name="booking_use", padded=True)
        self.heading, self.said = ElidedLabel("", "strong"), ElidedLabel("", "second")
        self.said.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.meter = Meter(name="booking_use_meter")
        self.after = label("", "second", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.said, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.meter)
        self.body.addWidget(self.after)
        self.hide()

    def show_use(self, standing: Standing | None, more: float, on: date, today: date) -> None:
        """Show how an organisation stands in the month of a day, `more` being the hours of this booking."""
        self.setVisible(standing is not None and standing.allowed is not None)
        if standing is None or standing.allowed is None:
            return
        self.heading.setText(_("Fair use"))
        month = _("this month") if (on.year, on.month) == (today.year, today.month) else day(on, "LLLL")
        figures = _("{used} / {allowed} hours").format(used=number(standing.hours), allowed=standing.allowed)
        self.said.setText(f"{month} {figures}")
        total = standing.hours + more
        tone = "bad" if total > standing.allowed else "primary"
        self.meter.say(round(standing.hours), standing.allowed, tone=tone, spoken=self.said.text())
        self.after.setText(_("with this booking {}").format(number(total)))
        self.after.setProperty("tone", "bad" if total > standing.allowed else "")
        self.setAccessibleName(f"{self.heading.text()}: {self.said.text()}, {self.after.text()}")
