"""A small month that comes up under the date, to go to any day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk import calendar
from civicdesk.text import _, day
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.month_grid import DayCell, MonthGrid
from civicdesk.ui.widgets.themed import Themed, named

_DAYS = 7
_LINES = 7
"""Six weeks and the names of their days."""
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class DayPicker(Themed, QFrame):
    """Tap a day to go there; Escape or a tap beside it closes."""

    chosen = Signal(object)  # date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self.earlier = IconButton("chevron-left", "", name="picker_earlier", role="step")
        self.later = IconButton("chevron-right", "", name="picker_later", role="step")
        self.title = label("", "heading")
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.month = MonthGrid(name="picker_month", is_small=True)
        self._month = self._today = self._marked = date(2000, 1, 1)
        named(self, "day_picker", "")
        self._build()
        self.retranslate()

    def open_at(self, under: QWidget, shown: date, today: date) -> None:
        """Come up under a widget, in the month of the day that is shown."""
        self._marked, self._today = shown, today
        self._show_month(shown.replace(day=1))
        self.dress()
        self.adjustSize()
        self.move(self._place(under))
        self.show()
        self.month.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Choose a day"))
        self.earlier.say(_("Month before"))
        self.later.say(_("Month after"))
        self.month.setAccessibleName(_("Choose a day"))

    def dress(self) -> None:
        side = max(roomy(46), scaled(40))
        self.month.setFixedSize(_DAYS * side, _LINES * side)

    def _place(self, under: QWidget) -> QPoint:
        """Under the widget, but never beyond the window's right edge."""
        window = under.window()
        at = under.mapTo(window, QPoint(0, under.height() + 4))
        at.setX(max(8, min(at.x(), window.width() - self.width() - 8)))
        at.setY(max(8, min(at.y(), window.height() - self.height() - 8)))
        return window.mapToGlobal(at)

    def _show_month(self, month: date) -> None:
        self._month = month
        self.title.setText(day(month, "LLLL yyyy"))
        first, days = calendar.weeks_of(month)
        dates = [first + timedelta(days=n) for n in range(days)]
        cells = [DayCell(on, is_outside=on.month != month.month, is_today=on == self._today) for on in dates]
        self.month.show_cells(cells)
        self.month.mark_day(self._marked if self._marked in dates else month)

    def _go(self, by: int) -> None:
        index = self._month.year * 12 + self._month.month - 1 + by
        if _FIRST_YEAR <= index // 12 < _LAST_YEAR:
            self._show_month(date(index // 12, index % 12 + 1, 1))

    def _choose(self, on: date) -> None:
        self.hide()
        self.chosen.emit(on)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.earlier)
        head.addWidget(self.title, 1)
        head.addWidget(self.later)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(roomy(8), roomy(8), roomy(8), roomy(8))
        whole.addLayout(head)
        whole.addWidget(self.month)
        self.earlier.clicked.connect(partial(self._go, -1))
        self.later.clicked.connect(partial(self._go, 1))
        self.month.day_opened.connect(self._choose)
