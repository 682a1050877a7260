"""The calendar of the rooms: a day, a week or a month; drawn on to book, dragged to move, pulled to lengthen."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from civicdesk.database import Changes
from civicdesk.desk import calendar
from civicdesk.desk.calendar import Calendar
from civicdesk.models import Booking, Centre, Closure, HeadCount, OpeningHours, Organisation, Room, Visit
from civicdesk.text import _, clock, day, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.rooms.plan_of import days_plan, month_cells, rooms_plan
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.month_grid import MonthGrid
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.timeline import Timeline

_ONE_WEEK = 7


class RoomsPage(Page):
    """Which room is whose, when; and everything that is done to it by hand."""

    watches: ClassVar[Changes] = frozenset(
        {Booking, Room, Centre, Closure, OpeningHours, Organisation, Visit, HeadCount}
    )
    booking_wanted = Signal(object)  # Wish
    free_room_wanted = Signal(object)  # date

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("rooms_page")
        self.mode, self.on = "day", calendar.day_of(runner.at())
        self.room_id: UUID | None = None
        self.calendar: Calendar | None = None
        self.earlier = IconButton("chevron-left", "", name="rooms_earlier")
        self.today = Button("", name="rooms_today")
        self.later = IconButton("chevron-right", "", name="rooms_later")
        self.title, self.hours = label("", "title"), Pill("", "")
        self.modes = Segmented([], name="rooms_mode", spoken="", joined=True, value="day")
        self.free = Button("", "search", name="rooms_find")
        self.book = Button("", "plus", name="rooms_book", role="primary")
        self.timeline = Timeline(name="rooms_timeline")
        self.month = MonthGrid(name="rooms_month")
        self.stack = QStackedWidget()
        self.card = Card(name="rooms_card")
        self.legend = [Pill("", tone) for tone in ("accent", "primary", "info", "warn", "bad")]
        self.share = label("", "second")
        self._build()
        self._connect()
        self.retranslate()

    def show_day(self, on: date) -> None:
        """Show one day of all rooms."""
        self.mode, self.on, self.room_id = "day", on, None
        self.modes.set_value("day")
        self.refresh_now()

    def refresh(self) -> None:
        first, days = self._reach()
        at = self.runner.at()
        self.runner.read(
            lambda session: calendar.look(session, first, days, at=at, room_id=self.room_id), then=self._show
        )

    def tick(self) -> None:
        self.refresh_now()

    def retranslate(self) -> None:
        self.earlier.say(_("Earlier"))
        self.later.say(_("Later"))
        self.today.setText(_("Today"))
        self.free.setText(_("Find a free room"))
        self.book.setText(_("Booking"))
        self.modes.setAccessibleName(_("What the calendar shows"))
        self.modes.set_choices([("day", _("Day")), ("week", _("Week")), ("month", _("Month"))])
        self.timeline.setAccessibleName(_("Calendar of the rooms"))
        self.month.setAccessibleName(_("Calendar of the month"))
        words = (
            (_("Assembly / strategy workshop"), ""),
            (_("Training / panel"), ""),
            (_("Meeting"), ""),
            (_("Nobody came?"), "circle-help"),
            (_("Clash"), "triangle-alert"),
        )
        for pill, (said, icon), tone in zip(
            self.legend, words, ("accent", "primary", "info", "warn", "bad"), strict=True
        ):
            pill.show_as(said, tone, icon)
        self.refresh_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= roomy(1_000)
        self.hours.setVisible(is_wide)
        self.share.setVisible(is_wide)

    # --- what is shown -------------------------------------------------------

    def _reach(self) -> tuple[date, int]:
        if self.mode == "day":
            return self.on, 1
        if self.mode == "week":
            return self.on - timedelta(days=self.on.weekday()), _ONE_WEEK
        return calendar.weeks_of(self.on)

    def _show(self, found: Calendar) -> None:
        self.calendar = found
        self._show_head(found)
        if self.mode == "month":
            self.month.show_cells(month_cells(found, self.on))
            self.stack.setCurrentWidget(self.month)
            return
        self.timeline.show_plan(days_plan(found) if self.room_id else rooms_plan(found))
        self.stack.setCurrentWidget(self.timeline)

    def _show_head(self, found: Calendar) -> None:
        today = calendar.day_of(self.runner.at())
        if self.mode == "month":
            self.title.setText(day(self.on, "MMMM yyyy"))
        elif self.mode == "week":
            last = found.days[-1].on
            self.title.setText(f"{day(found.first, 'd MMM')} – {day(last, 'd MMM yyyy')}")
        else:
            self.title.setText(day(self.on, "d MMMM EEEE" if self.on.year == today.year else "d MMMM y EEEE"))
        self.today.setEnabled(self.on != today)
        self._show_hours(found)
        share = found.booked_share() if self.mode == "day" else None
        hint = _("Drag over free time to book, drag a booking to move it")
        booked = _("{}% booked").format(number(round(share * 100))) if share is not None else ""
        self.share.setText(" · ".join(filter(None, (hint, booked))))

    def _show_hours(self, found: Calendar) -> None:
        each = found.days[0]
        if self.mode != "day":
            self.hours.hide()
            return
        spans = ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in each.spans)
        words = " · ".join(filter(None, (spans or _("Closed"), each.reason)))
        self.hours.show_as(words, "" if each.spans and not each.reason else "warn", "clock")
        self.hours.setVisible(self.width() >= roomy(1_000))

    # --- going about ---------------------------------------------------------

    def _go(self, steps: int) -> None:
        if self.mode == "month":
            index = self.on.year * 12 + self.on.month - 1 + steps
            self.on = date(index // 12, index % 12 + 1, 1)
        else:
            self.on += timedelta(days=steps * (1 if self.mode == "day" else _ONE_WEEK))
        self.refresh_now()

    def _go_today(self) -> None:
        self.on = calendar.day_of(self.runner.at())
        self.refresh_now()

    def _choose_mode(self, mode: object) -> None:
        self.mode = str(mode)
        if self.mode != "week":
            self.room_id = None
        self.refresh_now()

    def _open_row(self, key: object) -> None:
        """A room opens its week; a day of that week opens the day."""
        if isinstance(key, UUID):
            self.mode, self.room_id = "week", key
            self.modes.set_value("week")
        elif isinstance(key, date):
            self.show_day(key)
        self.refresh_now()

    def _build(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 16, 20, 12)
        page.setSpacing(12)
        page.addLayout(self._head())
        self.stack.addWidget(self.timeline)
        self.stack.addWidget(self.month)
        self.card.add(self.stack, 1)
        self.card.body.setContentsMargins(2, 8, 2, 8)  # the corners of the card stay round
        page.addWidget(self.card, 1)
        foot = QHBoxLayout()
        foot.addWidget(FlowRow(self.legend), 1)
        foot.addWidget(self.share, 0, Qt.AlignmentFlag.AlignVCenter)
        page.addLayout(foot)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(10)
        for widget in (self.earlier, self.today, self.later, self.title, self.hours):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.modes)
        head.addWidget(self.free)
        head.addWidget(self.book)
        return head

    def _connect(self) -> None:
        self.earlier.clicked.connect(partial(self._go, -1))
        self.later.clicked.connect(partial(self._go, 1))
        self.today.clicked.connect(self._go_today)
        self.modes.chosen.connect(self._choose_mode)
        self.month.day_opened.connect(self.show_day)
        self.timeline.row_opened.connect(self._open_row)
