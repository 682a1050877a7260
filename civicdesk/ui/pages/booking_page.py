"""Where a room is booked: the form on the left, the rooms that suit on the right; also where a booking is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import recurrence
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.free_rooms import Fit
from civicdesk.desk.near_wishes import Near
from civicdesk.errors import Refusal
from civicdesk.models import (
    Booking,
    BookingEquipment,
    BookingKind,
    Centre,
    Closure,
    Equipment,
    Layout,
    OpeningHours,
    Organisation,
    Room,
    UseLimit,
    new_id,
)
from civicdesk.text import _, local
from civicdesk.ui.pages.booking.changing import Changing, read_changing
from civicdesk.ui.pages.booking.form import BookingForm
from civicdesk.ui.pages.booking.looking import Asked, Seen, look
from civicdesk.ui.pages.booking.picked_days import PickedDays, dates_words, state_of
from civicdesk.ui.pages.booking.saving import Saved, Saving, wait_for
from civicdesk.ui.pages.booking.scope_part import ScopePart
from civicdesk.ui.pages.booking.side import BookingSide
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.pages.side import place_side
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 400
_PAUSE_MS = 80
_DAY = timedelta(days=1)
_FARTHEST_TRIED = 21


class BookingPage(Page):
    """Half written it stays; opened with a time that was drawn, or a booking to change, it begins with that."""

    watches: ClassVar[Changes] = frozenset(
        {
            Booking,
            BookingEquipment,
            Room,
            Layout,
            Equipment,
            Centre,
            Closure,
            OpeningHours,
            Organisation,
            UseLimit,
        }
    )
    booked = Signal(object)  # the day to show in the calendar

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("booking_page")
        self._key = new_id().hex
        self._is_search = False
        self._room_id: UUID | None = None
        self._seen: Seen | None = None
        self._days: Sequence[date] = ()
        self.picked, self.changing = PickedDays(), Changing()
        self.back = IconButton("arrow-left", "", name="booking_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.form, self.scope, self.side = BookingForm(runner), ScopePart(), BookingSide()
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(
            _PAUSE_MS
        )  # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        self._build()
        self._connect()
        self.retranslate()

    # --- how it is opened -----------------------------------------------------

    def open(self, wish: BookingWish | None = None) -> None:
        """Begin with a time and a room that were drawn, or with a booking to change; with nothing, go on."""
        wish = wish or BookingWish()
        if wish.booking_id is not None:
            self.change(wish.booking_id, wish)
            return
        if wish.starts_at is None and not self.changing.is_on and not self.form.is_empty():
            return
        self._begin()
        self._room_id = wish.room_id
        if wish.starts_at is not None:
            self.form.when.show_times(wish.starts_at, wish.ends_at)
        self.form.what.who.text.setFocus()
        self.refresh_now()

    def search(self, wanted: date | Booking) -> None:
        """Look for a free room: the time first. For a booking that lost its room, another one."""
        if isinstance(wanted, Booking):
            self.change(wanted.id, None)
            return
        if self.changing.is_on or self.form.is_empty():
            self._begin()
        self._is_search = True
        self.form.when.on.set_value(max(wanted, local(self.runner.at()).date()))
        self.form.when.begins.time.setFocus()
        self.form.when.begins.time.selectAll()
        self._words()
        self.refresh_now()

    def change(self, booking_id: UUID, wish: BookingWish | None) -> None:
        """Fill in a booking; with a wish, at the room and times of that."""
        self._begin()
        at = self.runner.at()
        self.runner.read(
            lambda session: read_changing(session, booking_id, at=at),
            lambda found: self._changed(found, wish),
        )

    def _changed(self, found: Changing, wish: BookingWish | None) -> None:
        self.changing = found
        booking = found.booking
        self.form.show_booking(booking, booking.organisation, found.partners)
        self.form.needs.offer(found.gears)
        self.form.needs.show_wanted(found.equipment)
        if wish is not None:
            self._room_id = wish.room_id or booking.room_id
            if wish.starts_at is not None:
                self.form.when.show_times(wish.starts_at, wish.ends_at)
        self.scope.begin(found)
        self._words()
        self.refresh_now()

    def _begin(self) -> None:
        self._key = new_id().hex
        self._room_id, self._seen, self._is_search = None, None, False
        self.changing = Changing()
        self.picked.forget()
        self.side.banner.clear()
        self.side.rooms.fold()
        self.form.begin(self.runner.at())
        self.scope.begin(self.changing)
        self._words()

    # --- what is shown --------------------------------------------------------

    def refresh(self) -> None:
        self.form.when.on.show_today(local(self.runner.at()).date())
        self._look()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self._words()

    def _words(self) -> None:
        if self.changing.is_on:
            titles = _("Change the booking"), self.changing.words()
        elif self._is_search:
            titles = _("Find a free room"), _("The time first; then how many, and what is needed")
        else:
            titles = _("New booking"), _("Who, when and how often; the rooms that suit are beside it")
        self.title.setText(titles[0])
        self.second.setText(titles[1])
        self._say_what_happens()

    def _look(self) -> None:
        self._pause.stop()
        try:
            days = self._wanted_days()
            asked = self._asked(days)
        except Refusal as refusal:
            self._cannot_look(refusal)
            return
        if [*days] != [*self._days]:
            self._days = days
            self.picked.forget()
        self.runner.read(
            lambda session: look(session, asked, at=self.runner.at()), self._show, self._cannot_look
        )

    def _wanted_days(self) -> Sequence[date]:
        when, rule = self.form.when, self.form.repeat.rule()
        if self.changing.is_on:
            return self.changing.days(self.scope.value(), when.on.value())
        if not rule:
            return [when.on.value()]
        return recurrence.dates(rule, when.on.value(), local(when.starts_on()).time())

    def _asked(self, days: Sequence[date]) -> Asked:
        form, second_on = self.form, self.form.second_day()
        who = form.what.who.organisation
        return Asked(
            sought=form.sought(form.times(days), self._room_id),
            wish=form.wish,
            days=days,
            organisation_id=who.id if who else None,
            second=form.times([second_on])[0] if second_on else None,
            last_id=self._seen.offer.room.id if self._seen and self._seen.offer else None,
            besides=self.changing.besides(self.scope.value()),
            is_change=self.changing.is_on,
            is_assembly=form.what.chosen_kind() == BookingKind.GENERAL_ASSEMBLY and not self.changing.is_on,
        )

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        self.form.needs.offer(seen.found.gears)
        self.form.chips.show_days(self.picked.chips(seen) if len(seen.days) > 1 else [])
        self._show_second(seen)
        self._say_what_happens()

    def _cannot_look(self, refusal: Refusal) -> None:
        self._seen = None
        self.form.refuse(refusal)
        self.form.chips.show_days([])
        self.side.show_trouble(str(refusal))
        self._say_what_happens()

    def _show_second(self, seen: Seen) -> None:
        """A proposal that cannot be goes on to the next day; a day that somebody chose says why not."""
        assembly, second = self.form.assembly, seen.second
        assembly.show_warnings(seen.warnings)
        second_on = self.form.second_day()
        if second_on is None or second is None:
            assembly.show_room("", "")
        elif second.fit is Fit.FREE:
            assembly.show_room(_("Free then: {}").format(second.room.name), "ok")
        elif assembly.is_proposed and second_on - seen.days[0] < _FARTHEST_TRIED * _DAY:
            assembly.propose(second_on + _DAY)
            self._pause.start()
        else:
            assembly.show_room(f"{second.room.name}: {second.words} {second.why}".strip(), "bad")

    def _say_what_happens(self) -> None:
        """The button and the line under it."""
        side, seen = self.side, self._seen
        side.save.setText(self._save_words())
        if seen is None:
            side.show_foot("")
            return
        hours = (self.form.when.ends_on() - self.form.when.starts_on()) / timedelta(hours=1)
        kept = self.picked.kept(seen)
        in_month = sum((on.year, on.month) == (seen.days[0].year, seen.days[0].month) for on in kept)
        side.show_seen(seen, hours * in_month, local(self.runner.at()).date())
        against = next((found.sentence for on in kept if (found := seen.why_not(on))), "")
        if len(seen.days) == 1 and not against:
            found = seen.why_not(seen.days[0])
            against = found.sentence if found else ""
        side.show_foot(
            against or self.picked.sentence(seen), "warn" if against else "", can_wait=self._can_wait()
        )

    def _save_words(self) -> str:
        if self.changing.is_on:
            return self.scope.save_words()
        if self.form.second_day() is not None:
            return _("Book both calls")
        if self._seen is not None and len(self._seen.days) > 1:
            return dates_words(self.picked.kept(self._seen))
        return _("Book the room")

    def _can_wait(self) -> bool:
        seen = self._seen
        is_once = seen is not None and len(seen.days) == 1 and not self.changing.is_on
        return bool(is_once and seen and seen.offer and seen.offer.fit is Fit.TAKEN)

    # --- what is done ---------------------------------------------------------

    def save(self, override: str = "") -> None:
        """Do what the button says."""
        self.form.when.read()
        self._look()
        self.form.forgive()
        self.side.banner.clear()
        try:
            saving = self._saving(override)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self.runner.now(saving.use_case(), self._saved, self._refused)

    def _saving(self, override: str) -> Saving:
        """Refuses what cannot even be asked for."""
        if unsettled := self.form.unsettled():
            raise unsettled
        wish = self._wish()
        seen = self._seen
        assert seen is not None
        assert seen.offer is not None
        forced = self.picked.forced(seen) if len(seen.days) > 1 else []
        if forced and not override:
            raise Refusal("closed", _("The centre is closed on a day that was taken in. Say why it may be."))
        second = self._second_wish(wish)
        return Saving(
            wish=wish,
            room=seen.offer.room.name,
            at=self.runner.at(),
            key=self._key,
            override=override,
            rule="" if self.changing.is_on else self.form.repeat.rule(),
            leave_out=self.picked.left_out(seen, is_overridden=bool(override)) if len(seen.days) > 1 else [],
            second=second,
            change=self.changing.detail,
            scope=self.scope.value(),
        )

    def _wish(self) -> Wish:
        if self._seen is None:
            raise Refusal("no_times", self.side.nothing.text())
        if self._seen.offer is None:
            raise Refusal("no_room", _("No room suits. Take fewer people, another layout or less equipment."))
        if self.changing.is_on or not self.form.repeat.rule():
            return self.form.wish(self._seen.offer)
        if not self.picked.kept(self._seen):
            raise Refusal("no_dates", _("No day is left on which this could be. Choose other ones."))
        return self.form.wish(self._seen.offer, self._seen.days[0])

    def _second_wish(self, wish: Wish) -> Wish | None:
        on = self.form.second_day()
        if on is None or self._seen is None:
            return None
        room = self._seen.second.room.id if self._seen.second else wish.room_id
        when = self.form.when
        return replace(wish, room_id=room, starts_at=when.starts_on(on), ends_at=when.ends_on(on))

    def _saved(self, saved: Saved) -> None:
        self.form.begin(self.runner.at())
        self._begin()
        self.runner.say(saved.sentence, undo=lambda session: saved.undo(session, self.runner.at()))
        self.booked.emit(saved.on)

    def _refused(self, refusal: Refusal) -> None:
        """Nothing that was typed is lost; what others took meanwhile is looked up again."""
        self._look()
        field = self.form.refuse(refusal)
        if field is not None:
            self.area.ensureWidgetVisible(field)
        else:
            room_class = self._seen.offer.room.room_class if self._seen and self._seen.offer else ""
            self.side.explain(
                refusal, room_class, can_wait=refusal.reason == "room_taken" and self._can_wait()
            )

    def _wait(self, room_class: str) -> None:
        try:
            wish = self._wish()
        except Refusal as refusal:
            self._refused(refusal)
            return
        use_case = wait_for(wish, room_class, at=self.runner.at(), key=self._key)
        self.runner.now(use_case, self._saved, self._refused)

    def _choose_room(self, room_id: UUID) -> None:
        self._room_id = room_id
        self.side.banner.clear()
        self._look()

    def _take_near(self, near: Near) -> None:
        """Something near the wish: its room and its times; the days that do not work are left out by themselves."""
        self._room_id = near.room.id
        self.form.when.show_times(near.starts_at, near.ends_at)
        self.side.banner.clear()
        self._look()

    def _toggle_day(self, on: date, is_in: bool) -> None:
        if self._seen is None:
            return
        self.picked.toggle(on, is_in=is_in and state_of(self._seen, on) != "taken")
        self.form.chips.show_days(self.picked.chips(self._seen))
        self._say_what_happens()

    def _kind_changed(self) -> None:
        self.form.show_parts(is_change=self.changing.is_on)

    # --- how it is put together -----------------------------------------------

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.form.changed.connect(self._pause.start)
        self.form.changed.connect(self._kind_changed)
        self.form.chips.toggled.connect(self._toggle_day)
        self.scope.changed.connect(self._look)
        self._pause.timeout.connect(self._look)
        self.side.rooms.chosen.connect(self._choose_room)
        self.side.near.chosen.connect(self._take_near)
        self.side.save.clicked.connect(lambda _on=False: self.save())
        self.side.overridden.connect(self.save)
        self.side.wait_wanted.connect(self._wait)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    def _build(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 20, 20, 20)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(self._head(), 0, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.scope, self.form):
            column.addWidget(part)
        column.addStretch(1)
        self.area = TouchScrollArea(inside)
        self._grid.addWidget(self.area, 1, 0)
        self._fit()

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        return head

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._fit()

    def _fit(self) -> None:
        width = max(_SIDE_WIDTH, self.side.save.minimumSizeHint().width())
        place_side(self, self._grid, self.side, first_row=0, last_row=1, width=width)
