"""The first line of the calendar: which days are shown, the way to others, and what can be done."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

from civicdesk.text import _
from civicdesk.ui.pages.rooms.day_picker import DayPicker
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed

_GAP, _NEAR = 8, 6


class RoomsHead(Themed, QWidget):
    """Earlier, today, later; the date, which opens a small month; day, week or month; the main actions.

    On a narrow screen the actions go into a line of their own.
    """

    stepped = Signal(int)
    day_chosen = Signal(object)  # date

    def __init__(self) -> None:
        super().__init__()
        self.earlier = IconButton("chevron-left", "", name="rooms_earlier")
        self.today = Button("", name="rooms_today")
        self.later = IconButton("chevron-right", "", name="rooms_later")
        self.title = Button("", "calendar-days", name="rooms_date", role="title")
        self.all_rooms = Button("", "layout-grid", name="rooms_all")
        self.hours = Pill("", "")
        self.modes = Segmented([], name="rooms_mode", spoken="", joined=True, value="day")
        self.free = Button("", "search", name="rooms_find")
        self.more = Button("", "chevron-down", name="rooms_more")
        self.book = Button("", "plus", name="rooms_book", role="primary")
        self.picker = DayPicker(self)
        self._shown, self._today, self._said = date(2000, 1, 1), date(2000, 1, 1), ""
        self.all_rooms.hide()
        self._build()
        self.earlier.clicked.connect(partial(self.stepped.emit, -1))
        self.later.clicked.connect(partial(self.stepped.emit, 1))
        self.title.clicked.connect(self._pick)
        self.picker.chosen.connect(self.day_chosen)
        self.retranslate()

    def show_title(self, title: str, shown: date, today: date) -> None:
        """Say which days are shown; `shown` is the day to which the small month opens."""
        self._shown, self._today, self._said = shown, today, title
        self.title.setText(title)
        self.title.setAccessibleName(_("{}. Choose another day").format(title))
        self._fold()

    def show_hours(self, words: str, tone: str) -> None:
        """Say when the centre is open on the day shown, or nothing."""
        self.hours.show_as(words, tone)
        self._fold()

    def retranslate(self) -> None:
        self.earlier.say(_("Earlier"))
        self.later.say(_("Later"))
        self.today.setText(_("Today"))
        self.all_rooms.setText(_("All rooms"))
        self.free.setText(_("Find a free room"))
        self.more.setText(_("More"))
        self.book.setText(_("Booking"))
        self.modes.setAccessibleName(_("What the calendar shows"))
        mode = self.modes.value() or "day"
        self.modes.set_choices([("day", _("Day")), ("week", _("Week")), ("month", _("Month"))])
        self.modes.set_value(mode)
        self._fold()

    def dress(self) -> None:
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """All in one line if it fits; the opening hours only where there is room for them."""
        to_go = (self.earlier, self.today, self.later, self.title, self.all_rooms)
        days = sum(each.sizeHint().width() + _NEAR for each in to_go if not each.isHidden())
        acts = sum(each.sizeHint().width() + _GAP for each in (self.modes, self.free, self.more, self.book))
        hours = self.hours.sizeHint().width()
        is_folded = days + acts > self.width()
        across = self.width() if is_folded else self.width() - acts
        self.hours.setVisible(bool(self.hours.text()) and days + hours <= across)
        way = QBoxLayout.Direction.TopToBottom if is_folded else QBoxLayout.Direction.LeftToRight
        self._whole.setDirection(way)

    def _pick(self) -> None:
        self.picker.open_at(self.title, self._shown, self._today)

    def _build(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(_NEAR)
        for widget in (self.earlier, self.today, self.later, self.title, self.all_rooms, self.hours):
            days.addWidget(widget)
        days.addStretch(1)
        acts = FlowRow([self.modes, self.free, self.more, self.book], spacing=_GAP)
        acts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(roomy(8))
        self._whole.addLayout(days, 1)
        self._whole.addWidget(acts, 0, Qt.AlignmentFlag.AlignVCenter)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
