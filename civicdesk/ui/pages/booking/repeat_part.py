"""How often it comes again: not at all, or by the day, the week or the month, so many times or until a day."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.recurrence import MOST
from civicdesk.errors import Refusal
from civicdesk.text import _, day, ngettext
from civicdesk.ui.pages.booking.day_field import DayField
from civicdesk.ui.pages.booking.pill_choice import PillChoice
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import Themed

NONE, DAILY, WEEKLY, MONTHLY = "none", "daily", "weekly", "monthly"
_TIMES, _UNTIL = "times", "until"
_BY_DATE, _BY_WEEKDAY = "date", "weekday"
_OFTEN, _HOW = (NONE, DAILY, WEEKLY, MONTHLY), (_BY_DATE, _BY_WEEKDAY)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONDAY = date(2024, 1, 1)
_FIFTH = 5


class RepeatPart(Themed, QWidget):
    """The pills of the form; what belongs to a repetition is asked only once there is one."""

    changed = Signal()

    def __init__(self, on: date) -> None:
        super().__init__()
        self._on = on
        self.often = PillChoice(_OFTEN, name="booking_repeat", usual=_OFTEN)
        self.weekdays = PillChoice(range(7), name="booking_weekday", usual=range(7), several=True)
        self.monthly = PillChoice(_HOW, name="booking_monthly", usual=_HOW)
        self.end = Segmented([], name="booking_repeat_end", spoken="", joined=True, value=_TIMES)
        self.count = Stepper("", name="booking_count", lowest=2, highest=MOST, value=8)
        self.until = DayField(name="booking_until", value=on)
        self.label, self.trouble = FieldLabel(""), LabelledField("", QWidget())
        self._more = FlowRow([self.end, self.count, self.until, self.monthly], spacing=12)
        self._build()
        self.clear(on)
        self.retranslate()

    def clear(self, on: date) -> None:
        """Once only."""
        self.often.take([NONE])
        self.end.set_value(_TIMES)
        self.monthly.take([_BY_DATE])
        self.count.set_value(8)
        self._on = on
        self.weekdays.take([on.weekday()])
        self.until.set_value(on + timedelta(weeks=7))
        self.refuse("")
        self._show_parts()

    def begin_on(self, on: date) -> None:
        """The first day is another one: its weekday is one of those meant."""
        meant = {day for day in self.weekdays.taken() if day != self._on.weekday()}
        if on != self._on:
            self.weekdays.take({*meant, on.weekday()})
            self._on = on
            self.until.show_today(on)
            if self.until.value() <= on:
                self.until.set_value(on + timedelta(weeks=7))
            self._offer()

    def rule(self) -> str:
        """The rule as RFC 5545 has it, or nothing for once only."""
        often = self.how_often()
        if often == NONE:
            return ""
        by = {WEEKLY: self._by_weekdays, MONTHLY: self._by_month}.get(often, lambda: "")()
        ends = f"COUNT={self.count.value()}"
        if self.end.value() == _UNTIL:
            ends = f"UNTIL={self.until.value():%Y%m%d}"
        return ";".join(filter(None, (f"FREQ={often.upper()}", by, ends)))

    def until_trouble(self) -> Refusal | None:
        """Why the last day that is written is none, if one is asked for."""
        if self.how_often() == NONE or self.end.value() != _UNTIL or self.until.trouble is None:
            return None
        return Refusal("bad_rule", str(self.until.trouble))

    def how_often(self) -> str:
        """Not at all, or by the day, the week or the month."""
        return str(self.often.taken()[0])

    def refuse(self, reason: str) -> None:
        """Say under the repetition why it cannot be."""
        self.trouble.refuse(reason)
        self.trouble.setVisible(bool(reason))

    def retranslate(self) -> None:
        self.label.setText(_("Repeat"))
        self.end.set_choices([(_TIMES, _("So many times")), (_UNTIL, _("Until a day"))])
        self.end.setAccessibleName(_("How long"))
        self.count.setAccessibleName(_("How many times"))
        self.until.setAccessibleName(_("Last day"))
        words = [day(_MONDAY + timedelta(days=n), "EEE") for n in range(7)]
        self.weekdays.set_words(_("Days of the week"), words)
        for n, pill in self.weekdays.pills.items():
            pill.setAccessibleName(day(_MONDAY + timedelta(days=int(str(n))), "EEEE"))
        self._offer()

    def _offer(self) -> None:
        """The pill that is taken says how often."""
        words = {DAILY: _("Every day"), WEEKLY: _("Every week"), MONTHLY: _("Every month")}
        often = self.how_often()
        if often != NONE and self.end.value() == _TIMES:
            count = self.count.value()
            times = ngettext("{count} time", "{count} times", count).format(count=count)
            words[often] = f"{words[often]} · {times}"
        self.often.set_words(_("Repeat"), [_("No"), *words.values()])
        place, on = _place(self._on), day(self._on, "EEEE")
        by_weekday = _("last {weekday}") if place == -1 else _("{weekday} no. {number}")
        self.monthly.set_words(
            _("Which day of the month"),
            [_("day {}").format(self._on.day), by_weekday.format(weekday=on, number=place)],
        )

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        for part in (self.label, self.often, self.weekdays, self._more, self.trouble):
            whole.addWidget(part)
        self.often.changed.connect(self._parts_changed)
        self.end.chosen.connect(lambda _end: self._parts_changed())
        self.monthly.changed.connect(self.changed)
        self.count.value_changed.connect(lambda _count: self._count_changed())
        self.until.value_changed.connect(lambda _on: self.changed.emit())
        self.weekdays.changed.connect(self._weekdays_changed)

    def _parts_changed(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _count_changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _weekdays_changed(self) -> None:
        """The day on which it begins is always one of them."""
        self.weekdays.take({*self.weekdays.taken(), self._on.weekday()})
        self.changed.emit()

    def _show_parts(self) -> None:
        often = self.how_often()
        self.weekdays.setVisible(often == WEEKLY)
        self._more.setVisible(often != NONE)
        self.count.setVisible(self.end.value() != _UNTIL)
        self.until.setVisible(self.end.value() == _UNTIL)
        self.monthly.setVisible(often == MONTHLY)
        self._offer()

    def _by_weekdays(self) -> str:
        return "BYDAY=" + ",".join(_WEEKDAYS[int(str(n))] for n in self.weekdays.taken())

    def _by_month(self) -> str:
        if self.monthly.taken() == (_BY_DATE,):
            return f"BYMONTHDAY={self._on.day}"
        return f"BYDAY={_place(self._on)}{_WEEKDAYS[self._on.weekday()]}"


def _place(on: date) -> int:
    """Which of its weekdays in the month a day is; a fifth one is the last."""
    place = (on.day - 1) // 7 + 1
    return -1 if place == _FIFTH else place
