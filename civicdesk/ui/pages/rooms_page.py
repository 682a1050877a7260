"""The calendar of the rooms: a day, a week or a month; drawn on to book, dragged to move, pulled to lengthen."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import booking_detail, calendar
from civicdesk.desk.booking_detail import Detail
from civicdesk.desk.calendar import Calendar
from civicdesk.errors import Refusal
from civicdesk.models import (
    Booking,
    BookingEquipment,
    Centre,
    Closure,
    Equipment,
    HeadCount,
    Layout,
    OpeningHours,
    Organisation,
    Room,
    Visit,
)
from civicdesk.text import _, clock, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.rooms.booking_card import BookingCard
from civicdesk.ui.pages.rooms.card_desk import CardDesk
from civicdesk.ui.pages.rooms.days import Days
from civicdesk.ui.pages.rooms.deeds import BookingDeeds
from civicdesk.ui.pages.rooms.dragging import Dragging
from civicdesk.ui.pages.rooms.foot import RoomsFoot
from civicdesk.ui.pages.rooms.head import RoomsHead
from civicdesk.ui.pages.rooms.judging import Held
from civicdesk.ui.pages.rooms.more_bar import MoreBar
from civicdesk.ui.pages.rooms.plan_of import days_plan, month_cells, rooms_plan
from civicdesk.ui.pages.rooms.scope_bar import ScopeBar
from civicdesk.ui.pages.rooms.sheet import Sheet
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.month_grid import MonthGrid
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.timeline import Timeline

_GAP = 12
_SIDE = 20
_WIDE = 1100
"""From this width on the card of a booking stands beside the calendar, below it over it."""

Seen = tuple[Calendar, Detail | None]


class RoomsPage(Page):
    """Which room is whose, when; and everything that is done to it by hand."""

    watches: ClassVar[Changes] = frozenset(
        {
            Booking,
            BookingEquipment,
            Centre,
            Closure,
            Equipment,
            HeadCount,
            Layout,
            OpeningHours,
            Organisation,
            Room,
            Visit,
        }
    )
    booking_wanted = Signal(object)  # BookingWish
    free_room_wanted = Signal(object)  # date, or the Booking that needs another room
    door_sign_wanted = Signal(object, str)  # booking id, size
    setup_list_wanted = Signal(object)  # date
    export_wanted = Signal(object, object)  # room id, organisation id
    import_wanted = Signal()
    waiting_wanted = Signal()
    check_in_wanted = Signal()
    add_room_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("rooms_page")
        self.days = Days("day", calendar.day_of(runner.at()))
        self.booking_id: UUID | None = None
        self.calendar: Calendar | None = None
        self.head, self.foot = RoomsHead(), RoomsFoot()
        self.more = MoreBar(self.head.more)
        self.timeline, self.month = Timeline(name="rooms_timeline"), MonthGrid(name="rooms_month")
        self.add_room = Button("", "plus", name="rooms_add_room", role="primary")
        self.empty = EmptyState("door-open", "", name="no_rooms", button=self.add_room)
        self.stack, self.sheet = QStackedWidget(), Sheet(name="rooms_card")
        self.scope, self.refusal = ScopeBar(), RefusalBanner(name="rooms_refusal")
        self.card = BookingCard()
        self.deeds = BookingDeeds(runner, self)
        self.dragging = Dragging(runner, self.timeline)
        self.desk = CardDesk(self.card, self.deeds, self.scope)
        self._build()
        self._connect()
        self.retranslate()

    def show_day(self, on: date) -> None:
        """Show one day of all rooms."""
        self.show_days(Days("day", on))

    def show_room(self, room_id: UUID) -> None:
        """Show today, with this room chosen."""
        self.show_day(calendar.day_of(self.runner.at()))
        self._refresh_if_stale()
        self.timeline.choose_row(room_id)

    def show_booking(self, booking_id: UUID) -> None:
        """Show a booking on its day, with its card."""
        self.runner.read(
            lambda session: booking_detail.look(session, booking_id, at=self.runner.at()),
            self._show_on_its_day,
            self._gone,
        )

    def refresh(self) -> None:
        self.runner.read(self._look, then=self._show)

    def tick(self) -> None:
        """The line of now goes on by the minute."""
        if self.calendar is None or clock(self.calendar.at) != clock(self.runner.at()):
            self.refresh_now()

    def retranslate(self) -> None:
        self.timeline.setAccessibleName(_("Calendar of the rooms"))
        self.month.setAccessibleName(_("Calendar of the month"))
        self.empty.say(
            _("Every room of the centre will have a line here. A manager adds them in the settings.")
        )
        self.add_room.setText(_("Add a room"))
        self.refusal.clear()
        self.refresh_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.sheet and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place_card()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.more.isVisible():
            self.more.close_again()
        elif event.key() == Qt.Key.Key_Escape and (self.booking_id or self.scope.isVisible()):
            self.scope.clear()
            self.close_card()
        else:
            super().keyPressEvent(event)

    def close_card(self) -> None:
        """The booking was looked at."""
        self.booking_id = None
        self.card.hide()
        self._make_room()
        self.timeline.setFocus()

    def _go_on(self) -> None:
        """What was asked is answered; the keyboard stays near it."""
        (self.timeline if self.card.isHidden() else self.card.close_button).setFocus()

    # --- what is shown -------------------------------------------------------

    def _look(self, session: Session) -> Seen:
        (first, days), at = self.days.reach(), self.runner.at()
        detail = None
        if self.booking_id:
            try:
                detail = booking_detail.look(session, self.booking_id, at=at)
            except Refusal:  # it was taken back
                self.booking_id = None
        return calendar.look(session, first, days, at=at, room_id=self.days.room_id), detail

    def _show(self, seen: Seen) -> None:
        found, detail = seen
        self.calendar = found
        self._show_head(found)
        self._show_card(detail)
        if not found.rooms:
            self.stack.setCurrentWidget(self.empty)
        elif self.days.mode == "month":
            self.month.show_cells(month_cells(found, self.days.on))
            self.stack.setCurrentWidget(self.month)
        else:
            self.dragging.use(found, self.days.room_id)
            self.timeline.show_plan(days_plan(found) if self.days.room_id else rooms_plan(found))
            self.stack.setCurrentWidget(self.timeline)

    def _show_card(self, detail: Detail | None) -> None:
        if detail:
            self.card.show_detail(detail)
        self.card.setVisible(detail is not None)
        self._make_room()

    def _show_head(self, found: Calendar) -> None:
        today = calendar.day_of(self.runner.at())
        self.head.show_title(self.days.title(found, today), self.days.on, today)
        self.head.all_rooms.setVisible(self.days.room_id is not None)
        self.more.show_days(self.days.on, self.days.room_id)
        self.head.today.setEnabled(self.days.on != today)
        self.head.show_hours(*self.days.hours(found))
        share = found.booked_share() if self.days.mode == "day" else None
        booked = _("{}% booked").format(number(round(share * 100))) if share is not None else ""
        self.foot.show_share(booked, can_drag=self.days.mode != "month")

    def _make_room(self) -> None:
        """Beside the card if the page is wide enough, else the card lies over the calendar."""
        is_beside = not self.card.isHidden() and self.width() >= _WIDE
        self._middle.setContentsMargins(0, 0, self.card.width() + _GAP if is_beside else 0, 0)
        self._place_card()

    def _place_card(self) -> None:
        """Over the calendar it is only as high as it must be, and at the bottom, where fewer rooms are."""
        wide, high = min(self.card.width(), self.width() - 2 * _SIDE), self.sheet.height()
        if self.width() < _WIDE:
            high = min(high, self.card.whole_height())
        top = self.sheet.y() + self.sheet.height() - high
        self.card.setGeometry(self.width() - _SIDE - wide, top, wide, high)
        self.card.raise_()

    # --- going about ---------------------------------------------------------

    def show_days(self, days: Days) -> None:
        """Show these days; the card of a booking on others goes."""
        if days != self.days:
            self.booking_id = None
        self.days = days
        self.head.modes.set_value(days.mode)
        self.refusal.clear()
        self.refresh_now()

    def _step(self, steps: int) -> None:
        self.show_days(self.days.stepped(steps))

    def _go_to(self, on: date) -> None:
        self.show_days(self.days.at(on))

    def _go_today(self) -> None:
        self._go_to(calendar.day_of(self.runner.at()))

    def _choose_mode(self, mode: object) -> None:
        self.show_days(Days(str(mode), self.days.on))

    def _show_all_rooms(self) -> None:
        self.show_days(Days(self.days.mode, self.days.on))

    def _open_row(self, key: object) -> None:
        """A room opens its week; a day of that week opens the day."""
        if isinstance(key, UUID):
            self.show_days(Days("week", self.days.on, key))
        elif isinstance(key, date):
            self.show_day(key)

    def _open(self, key: object) -> None:
        assert isinstance(key, UUID)
        self.booking_id = key
        self.scope.clear()
        self.refresh_now()

    # --- what is done --------------------------------------------------------

    def _moved(self, held: Held) -> None:
        self.refusal.clear()
        assert held.entry is not None
        if held.entry.series_id:
            words = _("“{}” is repeated. Which ones are moved?").format(held.entry.title)
            self.scope.ask(words, partial(self.deeds.put, held))
        else:
            self.deeds.put(held)

    def _refused(self, sentence: str, wish: BookingWish) -> None:
        """What only the whole desk knows, such as too many hours this month: said here, with a way on."""
        self.refusal.show_refusal(
            sentence,
            (_("Open the booking"), partial(self._wish, wish)),
            (_("Leave it"), self.refusal.clear),
        )
        self.refresh_now()

    def _wish(self, wish: BookingWish) -> None:
        self.refusal.clear()
        self.booking_wanted.emit(wish)

    def _show_on_its_day(self, found: Detail) -> None:
        self.show_day(calendar.day_of(found.booking.starts_at))
        self.booking_id = found.booking.id
        self.refresh_now()

    def _gone(self, refusal: Refusal) -> None:
        self.booking_id = None
        self.runner.say(str(refusal), "bad")

    def _find(self) -> None:
        self.free_room_wanted.emit(self.days.on)

    def _book(self) -> None:
        self.booking_wanted.emit(BookingWish(room_id=self.days.room_id))

    # --- building ------------------------------------------------------------

    def _build(self) -> None:
        for widget in (self.timeline, self.month, self.empty):
            self.stack.addWidget(widget)
        self.sheet.add(self.stack, 1)
        self.sheet.installEventFilter(self)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.sheet)
        page = QVBoxLayout(self)
        page.setContentsMargins(_SIDE, 16, _SIDE, 12)
        page.setSpacing(_GAP)
        page.addWidget(self.head)
        page.addWidget(self.more)
        page.addWidget(self.scope)
        page.addWidget(self.refusal)
        page.addLayout(self._middle, 1)
        page.addWidget(self.foot)
        self.card.setParent(self)
        self.card.hide()
        for before, after in ((self.head, self.more), (self.more, self.scope), (self.timeline, self.card)):
            self.setTabOrder(before, after)

    def _connect(self) -> None:
        self.head.stepped.connect(self._step)
        self.head.day_chosen.connect(self._go_to)
        self.head.today.clicked.connect(self._go_today)
        self.head.modes.chosen.connect(self._choose_mode)
        self.head.all_rooms.clicked.connect(self._show_all_rooms)
        self.head.free.clicked.connect(self._find)
        self.head.book.clicked.connect(self._book)
        self.month.day_opened.connect(self.show_day)
        self.timeline.row_opened.connect(self._open_row)
        self.timeline.opened.connect(self._open)
        self.dragging.drawn.connect(self.booking_wanted)
        self.dragging.moved.connect(self._moved)
        self.deeds.refused.connect(self._refused)
        self.card.closed.connect(self.close_card)
        for asking in (self.scope, self.refusal):
            asking.left.connect(self._go_on)
        self.add_room.clicked.connect(self.add_room_wanted)
        self.more.setup_list_wanted.connect(self.setup_list_wanted)
        self.more.export_wanted.connect(self.export_wanted)
        self.more.import_wanted.connect(self.import_wanted)
        self.more.waiting_wanted.connect(self.waiting_wanted)
        self.desk.booking_wanted.connect(self.booking_wanted)
        self.desk.room_search_wanted.connect(self.free_room_wanted)
        self.desk.door_sign_wanted.connect(self.door_sign_wanted)
        self.desk.check_in_wanted.connect(self.check_in_wanted)
        shortcuts = {
            "PgUp": partial(self._step, -1),
            "PgDown": partial(self._step, 1),
            "Ctrl+Home": self._go_today,
        }
        for keys, act in shortcuts.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
