"""The day, and from when until when."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.errors import Refusal
from civicdesk.text import ZONE, _, local, utc
from civicdesk.ui.pages.booking.day_field import DayField
from civicdesk.ui.pages.booking.time_field import TimeField
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.pages.invite.when_part import next_half_hour
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.themed import Themed

_HOURS = 24
_USUAL = timedelta(hours=2)
_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class WhenPart(Themed, QWidget):
    """The end goes along when the beginning is moved, so that the booking stays as long as it was."""

    changed = Signal()

    def __init__(self, at: datetime) -> None:
        super().__init__()
        today = local(at).date()
        self.on = DayField(name="booking_day", value=today)
        self.begins = TimeField(name="booking_begins", value="10:00")
        self.ends = TimeField(name="booking_ends", value="12:00")
        self.day_field = LabelledField("", self.on)
        self.begins_field, self.ends_field = LabelledField("", self.begins), LabelledField("", self.ends)
        self._times = ("10:00", "12:00")
        self._is_told = self._is_overnight = False
        self._build()
        self.begin(at)
        self.retranslate()

    def begin(self, at: datetime) -> None:
        """Today at the next half hour, for two hours."""
        self.on.show_today(local(at).date())
        self.on.set_value(local(at).date())
        self._is_overnight = False
        self._write(next_half_hour(at), _later(next_half_hour(at), _USUAL))
        self.refuse("")

    def show_times(self, starts_at: datetime, ends_at: datetime | None = None) -> None:
        """Show these times; without an end the booking is as long as it was."""
        begins, on = local(starts_at), local(starts_at).date()
        until = local(ends_at or starts_at + self.length())
        is_midnight = until.date() > on and until.time() == time(0)
        self._is_overnight = until.date() > on and not is_midnight
        self.on.set_value(on)
        self._write(f"{begins:%H:%M}", "24:00" if is_midnight else f"{until:%H:%M}")

    def starts_on(self, on: date | None = None) -> datetime:
        """The instant it begins, on the day written or on another one."""
        return _instant(on or self.on.value(), self._times[0])

    def ends_on(self, on: date | None = None) -> datetime:
        """The instant it ends; of a booking that goes on after midnight it is an hour of the next day."""
        ends = _instant(on or self.on.value(), self._times[1])
        return ends + _DAY if self._is_overnight and ends <= self.starts_on(on) else ends

    def read(self) -> None:
        """Take what stands in the fields, also where the cursor still is."""
        self.on.read()
        self._begins_changed()

    def length(self) -> timedelta:
        """How long it is; two hours while that cannot be said."""
        return (
            max(_MINUTE, self.ends_on() - self.starts_on()) if self.ends_on() > self.starts_on() else _USUAL
        )

    def trouble(self) -> Refusal | None:
        """Why what is written is no day or no time: it is told, and nothing is looked up or booked meanwhile."""
        return next(filter(None, (part.trouble for part in (self.on, self.begins, self.ends))), None)

    def refuse(self, reason: str, *, is_day: bool = False) -> None:
        """Say under the times, or under the day, why they cannot be."""
        self.ends_field.refuse("" if is_day else reason)
        self.day_field.refuse(reason if is_day else "")

    def retranslate(self) -> None:
        self.day_field.set_words(_("Day"))
        self.begins_field.set_words(_("From"))
        self.ends_field.set_words(_("Until"))
        self.begins.say(_("From"))
        self.ends.say(_("Until"))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(
            FieldRow([(self.day_field, 6), (self.begins_field, 4), (self.ends_field, 4)], least=620)
        )
        self.on.value_changed.connect(lambda _on: self.changed.emit())
        # not at every key: half of a time is no time yet, and must not be put right while it is typed
        for stepper, changed in ((self.begins, self._begins_changed), (self.ends, self._ends_changed)):
            stepper.time.editingFinished.connect(changed)
            stepper.less.clicked.connect(changed)
            stepper.more.clicked.connect(changed)

    def _begins_changed(self) -> None:
        before, now, until = self._times[0], self.begins.value(), self.ends.value()
        length = _minutes(until) - _minutes(before)
        moves_along = now != before and until == self._times[1] and length > 0
        self._take(now, _later(now, length * _MINUTE) if moves_along else until)

    def _ends_changed(self) -> None:
        self._take(self.begins.value(), self.ends.value())

    def _take(self, begins: str, ends: str) -> None:
        """Midnight as an end is the one that comes, however it is written."""
        ends = "24:00" if ends == "00:00" != begins else ends
        was_told, self._is_told = self._is_told, bool(self.begins.trouble or self.ends.trouble)
        changed = (begins, ends) != self._times or was_told != self._is_told
        self._write(begins, ends, is_typed=True)
        if changed:
            self.changed.emit()

    def _write(self, begins: str, ends: str, *, is_typed: bool = False) -> None:
        """What was typed and is no time stays as it is."""
        self._times = begins, ends
        for stepper, wall in ((self.begins, begins), (self.ends, ends)):
            if stepper.time.text() != wall and not (is_typed and stepper.trouble):
                stepper.set_value(wall)


def _instant(on: date, wall: str) -> datetime:
    hour, minute = map(int, wall.split(":"))
    return utc(datetime.combine(on, time(hour % _HOURS, minute), ZONE) + timedelta(days=hour // _HOURS))


def _minutes(wall: str) -> int:
    hour, minute = map(int, wall.split(":"))
    return hour * 60 + minute


def _later(wall: str, by: timedelta) -> str:
    minutes = min(_HOURS * 60, _minutes(wall) + by // _MINUTE)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
