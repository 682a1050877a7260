"""Which day a report is of: the day before, the day after, any day, today."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from civicdesk.text import _, day
from civicdesk.ui.pages.rooms.day_picker import DayPicker
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label

_DAY = timedelta(days=1)
_FIRST, _LAST = date(2000, 1, 1), date(2099, 12, 31)


class DayCard(Card):
    """Goes by a day, or opens a small month."""

    chosen = Signal(object)  # date

    def __init__(self) -> None:
        super().__init__(name="reports_day", padded=True)
        self._on = self._today = _FIRST
        self.earlier = IconButton("chevron-left", "", name="reports_earlier")
        self.later = IconButton("chevron-right", "", name="reports_later")
        self.date = Button("", name="reports_date")
        self.weekday = label("", "second")
        self.today = Button("", name="reports_today", role="quiet")
        self.picker = DayPicker(self)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(roomy(6))
        row.addWidget(self.earlier)
        row.addWidget(self.date, 1)
        row.addWidget(self.later)
        under = QWidget()
        beneath = QHBoxLayout(under)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self.weekday, 1)
        beneath.addWidget(self.today)
        self.add(self._line)
        self.add(under)
        self.earlier.clicked.connect(lambda: self._go(self._on - _DAY))
        self.later.clicked.connect(lambda: self._go(self._on + _DAY))
        self.today.clicked.connect(lambda: self._go(self._today))
        self.date.clicked.connect(lambda: self.picker.open_at(self.date, self._on, self._today))
        self.picker.chosen.connect(self._go)

    def show_day(self, on: date, today: date) -> None:
        """Show this day; `today` is where the button goes."""
        self._on, self._today = on, today
        self.date.setText(f"{on:%d.%m.%Y}")
        self.date.setAccessibleName(_("{}. Choose another day").format(day(on)))
        self.weekday.setText(day(on, "EEEE"))
        self.today.setVisible(on != today)
        self.earlier.setEnabled(on > _FIRST)
        self.later.setEnabled(on < _LAST)

    def retranslate(self) -> None:
        self.set_title(_("Day"))
        self.earlier.say(_("Day before"))
        self.later.say(_("Day after"))
        self.today.setText(_("Today"))
        self.show_day(self._on, self._today)

    def _go(self, on: date) -> None:
        self.chosen.emit(on)
