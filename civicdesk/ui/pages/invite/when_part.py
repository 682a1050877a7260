"""When somebody is expected: the day, the time, and for how long the pass is good."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import hours
from civicdesk.desk.invitations import MOST_ENTRIES
from civicdesk.text import ZONE, _, day, local
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.widgets.date_stepper import DateStepper
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.time_stepper import TimeStepper

ONCE, SEVERAL, WEEKLY = "once", "several", "weekly"
_PILLS = 7
_LEAST = 760
_WEEK = timedelta(weeks=1)
_HALF_HOUR = 30


class WhenPart(Themed, QWidget):
    """Today at the next half hour, unless the clerk says otherwise; the coming days are one tap away."""

    changed = Signal()

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._today = local(at).date()
        self._repeats = True
        self._offered: tuple[object, object] = ((), ())
        self.days = Segmented([], name="invite_day", spoken="")
        self.on = DateStepper(name="invite_on", value=self._today)
        self.time = TimeStepper(name="invite_time", value="09:00")
        self.validity = Segmented([], name="invite_validity", spoken="")
        self.last = DateStepper(name="invite_until", value=self._today)
        self.entries = Stepper("", name="invite_entries", highest=MOST_ENTRIES)
        self.weekly_until = DateStepper(name="invite_weekly_until", value=self._today, step=7)
        parts = (self.days, self.on, self.time, self.validity, self.last, self.entries, self.weekly_until)
        self._fields = {part: LabelledField("", part) for part in parts}
        self._build()
        self.retranslate()
        self.begin(at)

    def begin(self, at: datetime) -> None:
        """Today, at the next half hour."""
        self.show_today(at)
        self.time.set_value(next_half_hour(at))
        self.validity.set_value(ONCE)
        self._set_day(self._today)
        self._show_parts()

    def show_today(self, at: datetime) -> None:
        """A new day may have begun."""
        self._today = local(at).date()
        self.on.set_first(self._today)
        self._offer()

    def allow_weekly(self, allowed: bool) -> None:
        """A pasted list is for one day or several; only one visitor is expected every week."""
        self._repeats = allowed
        if not allowed and self.validity.value() == WEEKLY:
            self.validity.set_value(ONCE)
        self._offer()
        self._show_parts()

    def expected_at(self) -> datetime:
        """The day and time written."""
        hour, minute = map(int, self.time.value().split(":"))
        on = datetime.combine(self.on.value(), time(hour % 24, minute), ZONE)
        return on + timedelta(days=hour // 24)

    def until(self) -> datetime | None:
        """When a pass for several days ends: with its last day."""
        if self.validity.value() != SEVERAL:
            return None
        return hours.midnight_after(datetime.combine(self.last.value(), time(12), ZONE))

    def times(self) -> int:
        """How often one comes in with the pass."""
        return self.entries.value() if self.validity.value() == SEVERAL else 1

    def repeated_until(self) -> date | None:
        """The last day of a weekly invitation."""
        return self.weekly_until.value() if self.validity.value() == WEEKLY else None

    def retranslate(self) -> None:
        self._offer()
        for part, words in (
            (self.days, _("Day")),
            (self.on, _("Date")),
            (self.time, _("Time")),
            (self.validity, _("The pass is good for")),
            (self.last, _("Last day")),
            (self.entries, _("How many entries")),
            (self.weekly_until, _("Every week until")),
        ):
            self._fields[part].set_words(words)
        self.time.say(_("Time"))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        field = self._fields
        moment = FieldRow(
            [(field[self.on], 5), (field[self.time], 4), (field[self.validity], 8)], least=_LEAST
        )
        self._longer = FlowRow([field[self.last], field[self.entries]], spacing=12, grow=True)
        for part in (field[self.days], moment, self._longer, field[self.weekly_until]):
            whole.addWidget(part)
        self.days.chosen.connect(lambda ahead: self._set_day(self._today + timedelta(days=int(str(ahead)))))
        self.on.value_changed.connect(self._set_day)
        self.validity.chosen.connect(lambda _kind: self._show_parts())
        self.last.value_changed.connect(self._last_changed)
        self.weekly_until.value_changed.connect(lambda _on: self.changed.emit())
        self.entries.value_changed.connect(lambda _count: self.changed.emit())
        self.time.time.textChanged.connect(lambda _text: self.changed.emit())

    def _offer(self) -> None:
        """New pills only for new words: one must not go while a finger is on it."""
        days = [(ahead, self._day_words(ahead)) for ahead in range(_PILLS)]
        kinds = [(ONCE, _("This day")), (SEVERAL, _("Several days"))]
        kinds += [(WEEKLY, _("Every week"))] if self._repeats else []
        if (days, kinds) != self._offered:
            self._offered = (days, kinds)
            self.days.set_choices(days)
            self.validity.set_choices(kinds)
        self._mark_day()

    def _day_words(self, ahead: int) -> str:
        if ahead == 0:
            return _("Today")
        return _("Tomorrow") if ahead == 1 else day(self._today + timedelta(days=ahead), "EEE d")

    def _set_day(self, on: date) -> None:
        self.on.set_value(on)
        self._mark_day()
        for later in (self.last, self.weekly_until):
            later.set_first(on)
        if self.last.value() == on:
            self.last.set_value(on + timedelta(days=1))
        self.weekly_until.set_value(max(self.weekly_until.value(), on + 3 * _WEEK))
        self._last_changed(self.last.value())

    def _mark_day(self) -> None:
        ahead = (self.on.value() - self._today).days
        self.days.set_value(ahead if ahead < _PILLS else None)

    def _last_changed(self, last: date) -> None:
        """One entry a day, until the clerk says another number."""
        self.entries.set_value(min(MOST_ENTRIES, (last - self.on.value()).days + 1))
        self.changed.emit()

    def _show_parts(self) -> None:
        kind = self.validity.value()
        self._longer.setVisible(kind == SEVERAL)
        self._fields[self.weekly_until].setVisible(kind == WEEKLY)
        self.changed.emit()


def next_half_hour(at: datetime) -> str:
    """10:42 → `11:00`; late in the evening, the last one of the day."""
    now = local(at)
    minutes = min((now.hour * 60 + now.minute) // _HALF_HOUR * _HALF_HOUR + _HALF_HOUR, 23 * 60 + _HALF_HOUR)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
