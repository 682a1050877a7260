"""Where a room is booked: the form on the left, the rooms that suit on the right; also where a booking is changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from civicdesk.database import Changes
from civicdesk.desk.free_rooms import Fit
from civicdesk.desk.near_wishes import Near
from civicdesk.errors import Refusal
from civicdesk.models import (
    Booking,
    BookingEquipment,
    Centre,
    Closure,
    Equipment,
    Layout,
    OpeningHours,
    Organisation,
    Room,
    UseLimit,
)
from civicdesk.text import _, local
from civicdesk.ui.pages.booking.changing import Changing, read_changing
from civicdesk.ui.pages.booking.draft import Draft
from civicdesk.ui.pages.booking.looking import Seen, look
from civicdesk.ui.pages.booking.picked_days import state_of
from civicdesk.ui.pages.booking.saving import Saved, wait_for
from civicdesk.ui.pages.booking.sheet import BookingSheet
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Runner

_PAUSE_MS, _AT_ONCE = 80, 30
_DAY = timedelta(days=1)
_FARTHEST_TRIED = 21


class BookingPage(BookingSheet):
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
        self._is_search, self._looks = False, 0
        self._days: Sequence[date] = ()
        self.draft = Draft(self.form, self.scope)
        self._pause = QTimer(self, singleShot=True)
        # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        self._pause.setInterval(_PAUSE_MS)
        self._connect()
        self.retranslate()

    # --- how it is opened -----------------------------------------------------

    def open(self, wish: BookingWish | None = None) -> None:
        """Begin with a time and a room that were drawn, or with a booking to change; with nothing, go on."""
        wish = wish or BookingWish()
        if wish.booking_id is not None:
            self.change(wish.booking_id, wish)
            return
        is_blank = wish.starts_at is None and wish.organisation is None
        if is_blank and not self.draft.changing.is_on and not self.form.is_empty():
            return
        self._begin()
        self.draft.room_id = wish.room_id
        if wish.starts_at is not None:
            self.form.when.show_times(wish.starts_at, wish.ends_at)
        if wish.organisation is not None:
            self.form.what.who.set_organisation(wish.organisation)
        self.form.what.who.text.setFocus()
        self.refresh_now()

    def search(self, wanted: date | Booking) -> None:
        """Look for a free room: the time first. For a booking that lost its room, another one."""
        if isinstance(wanted, Booking):
            self.change(wanted.id, None)
            return
        if self.draft.changing.is_on or self.form.is_empty():
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
        self.draft.begin(found)
        booking = found.booking
        self.form.show_booking(booking, booking.organisation, found.partners)
        self.form.needs.offer(found.gears)
        self.form.needs.show_wanted(found.equipment)
        if wish is not None:
            self.draft.room_id = wish.room_id or booking.room_id
            if wish.starts_at is not None:
                self.form.when.show_times(wish.starts_at, wish.ends_at)
        self.scope.begin(found)
        self._words()
        self.refresh_now()

    def _begin(self) -> None:
        self.draft.begin(Changing())
        self._is_search = False
        self.side.banner.clear()
        self.side.rooms.fold()
        self.form.begin(self.runner.at())
        self.scope.begin(self.draft.changing)
        self._words()

    # --- what is shown --------------------------------------------------------

    def refresh(self) -> None:
        self.form.when.on.show_today(local(self.runner.at()).date())
        self._look()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self._words()

    def _words(self) -> None:
        if self.draft.changing.is_on:
            titles = _("Change the booking"), self.draft.changing.words()
        elif self._is_search:
            titles = _("Find a free room"), _("The time first; then how many, and what is needed")
        else:
            titles = _("New booking"), _("Who, when and how often; the rooms that suit are beside it")
        self.title.setText(titles[0])
        self.second.setText(titles[1])
        self._say_what_happens()

    def _look(self, *, at_once: bool = False) -> None:
        """Look up what suits; very many days are looked at while the clerk goes on writing."""
        self._pause.stop()
        self._looks += 1
        try:
            days = self.draft.days()
            asked = self.draft.asked(days)
        except Refusal as refusal:
            self._cannot_look(refusal)
            return
        if [*days] != [*self._days]:
            self._days = days
            self.draft.picked.forget()
        at = self.runner.at()
        if at_once or len(days) <= _AT_ONCE:
            self.runner.read(lambda session: look(session, asked, at=at), self._show, self._cannot_look)
            return
        this = self._looks

        def job() -> Seen:
            with self.runner.database.read() as session:
                return look(session, asked, at=at)

        def show(seen: Seen) -> None:
            if this == self._looks:  # what was written since is looked at by itself
                self._show(seen)

        self.runner.background(job, show, self._cannot_look, owner=self)

    def _show(self, seen: Seen) -> None:
        self.draft.seen = seen
        self.form.needs.offer(seen.found.gears)
        self.form.chips.show_days(self.draft.picked.chips(seen) if len(seen.days) > 1 else [])
        self._show_second(seen)
        self._say_what_happens()

    def _cannot_look(self, refusal: Refusal) -> None:
        self.draft.seen = None
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
        side, draft, seen = self.side, self.draft, self.draft.seen
        side.save.setText(draft.save_words())
        if seen is None:
            side.show_foot("")
            return
        side.show_seen(seen, draft.hours_in_month(seen), local(self.runner.at()).date())
        against = draft.against(seen)
        sentence, tone = (against, "warn") if against else (draft.picked.sentence(seen), "")
        side.show_foot(sentence, tone, can_wait=draft.can_wait())

    # --- what is done ---------------------------------------------------------

    def save(self, override: str = "") -> None:
        """Do what the button says."""
        self.form.read()
        self._look(at_once=True)
        self.form.forgive()
        self.side.banner.clear()
        try:
            saving = self.draft.saving(self.runner.at(), override)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self.runner.now(saving.use_case(), self._saved, self._refused)

    def _saved(self, saved: Saved) -> None:
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
            seen, can_wait = self.draft.seen, self.draft.can_wait()
            room_class = seen.offer.room.room_class if seen and seen.offer else ""
            self.side.explain(refusal, room_class, can_wait=refusal.reason == "room_taken" and can_wait)

    def _wait(self, room_class: str) -> None:
        try:
            wish = self.draft.wish()
        except Refusal as refusal:
            self._refused(refusal)
            return
        use_case = wait_for(wish, room_class, at=self.runner.at(), key=self.draft.key)
        self.runner.now(use_case, self._saved, self._refused)

    def _choose_room(self, room_id: UUID) -> None:
        self.draft.room_id = room_id
        self.side.banner.clear()
        self._look()

    def _take_near(self, near: Near) -> None:
        """Something near the wish: its room and its times; the days that do not work are left out by themselves."""
        self.draft.room_id = near.room.id
        self.form.when.show_times(near.starts_at, near.ends_at)
        self.side.banner.clear()
        self._look()

    def _toggle_day(self, on: date, is_in: bool) -> None:
        seen, picked = self.draft.seen, self.draft.picked
        if seen is None:
            return
        picked.toggle(on, is_in=is_in and state_of(seen, on) != "taken")
        self.form.chips.show_days(picked.chips(seen))
        self._say_what_happens()

    def _kind_changed(self) -> None:
        self.form.show_parts(is_change=self.draft.changing.is_on)

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
