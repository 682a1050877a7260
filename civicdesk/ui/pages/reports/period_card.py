"""Which days a report is of: how long, the one before, the one after, any one, the one with today in it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from civicdesk.desk import period
from civicdesk.desk.period import YEARS, Period, PeriodKind
from civicdesk.desk.report_kinds import Needs
from civicdesk.errors import Refusal
from civicdesk.text import _, day
from civicdesk.ui.pages.booking.day_field import DayField
from civicdesk.ui.pages.reports.choice import LENGTHS
from civicdesk.ui.pages.rooms.day_picker import DayPicker
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented

_WIDEST = "88.88.8888 Www"
_FIRST, _LAST = date(YEARS.start + 1, 1, 1), date(YEARS.stop - 2, 12, 31)


class PeriodCard(Card):
    """Goes by a period, or opens a small month; any days are written from one to another."""

    chosen = Signal(object)  # Period
    length_wanted = Signal(object)  # PeriodKind

    def __init__(self, today: date) -> None:
        super().__init__(name="reports_period", padded=True)
        self._today, self._needs = today, Needs.DAY
        self.period = period.days(today, today)
        self.lengths = Segmented([], name="reports_length", spoken="")
        self.earlier = IconButton("chevron-left", "", name="reports_earlier")
        self.later = IconButton("chevron-right", "", name="reports_later")
        self.date = Button("", name="reports_date")
        self.first, self.last = (
            DayField(name="reports_first", value=today),
            DayField(name="reports_last", value=today),
        )
        self._from, self._until = LabelledField("", self.first), LabelledField("", self.last)
        self.banner = RefusalBanner(name="reports_period_banner")
        self.between, self.second = (label("", "second", wrap=True) for _place in range(2))
        self.today = Button("", name="reports_today", role="quiet")
        self.picker = DayPicker(self)
        self._put_together()
        self._connect()

    def show_period(self, needs: Needs, chosen: Period, today: date) -> None:
        """Show these days; `today` is where the button goes."""
        if needs is not self._needs:
            self._needs = needs
            self._name_lengths()
        self.period, self._today = chosen, today
        self.banner.clear()
        self._show()

    def retranslate(self) -> None:
        self.set_title(_("Days"))
        self._name_lengths()
        self.lengths.setAccessibleName(_("How long"))
        self._from.set_words(_("From"))
        self._until.set_words(_("Until"))
        self._show()

    def _name_lengths(self) -> None:
        self.lengths.set_choices([(length, length_words(length)) for length in LENGTHS.get(self._needs, ())])

    def _show(self) -> None:
        chosen, kind = self.period, self.period.kind
        is_span = kind is PeriodKind.DAYS and self._needs is Needs.PERIOD
        self.setVisible(self._needs is not Needs.NOW)
        self.lengths.setVisible(self._needs in LENGTHS)
        self.lengths.set_value(kind)
        for part in (self._from, self._until):
            part.setVisible(is_span)
        for field, on in ((self.first, chosen.first), (self.last, chosen.last)):
            field.date.setMinimumWidth(field.date.fontMetrics().horizontalAdvance(_WIDEST) + roomy(12))
            if is_span and field.value() != on:
                field.set_value(on)
        self.date.setVisible(not is_span)
        self.date.setText(_short(chosen))
        self.date.setAccessibleName(_("{}. Choose another day").format(chosen.name))
        self.between.setVisible(is_span)
        self.second.setVisible(not is_span)
        for words in (self.between, self.second):
            words.setText(day(chosen.first, "EEEE") if chosen.days == 1 else chosen.days_in_words)
        self.today.setText(_today_words(chosen))
        self.today.setVisible(not chosen.first <= self._today <= chosen.last)
        self._name_arrows()

    def _name_arrows(self) -> None:
        is_day = self.period.days == 1
        self.earlier.say(_("Day before") if is_day else _("Before"))
        self.later.say(_("Day after") if is_day else _("After"))
        self.earlier.setEnabled(self.period.first > _FIRST)
        self.later.setEnabled(self.period.last < _LAST)

    def _go(self, on: date) -> None:
        """The period of this length with a day in it."""
        self._choose(period.of(self.period.kind, on))

    def _written(self) -> None:
        """Both days were written; what is wrong with them is said, and what was shown stays."""
        if trouble := self.first.trouble or self.last.trouble:
            self.banner.show_refusal(str(trouble), tone="warn")
            return
        first, last = self.first.value(), self.last.value()
        if (first, last) == (self.period.first, self.period.last):
            return
        try:
            wanted = period.days(first, last)
        except Refusal as refusal:
            self.banner.show_refusal(str(refusal), tone="warn")
        else:
            self._choose(wanted)

    def _choose(self, wanted: Period) -> None:
        self.banner.clear()
        self.chosen.emit(wanted)

    def _connect(self) -> None:
        self.earlier.clicked.connect(lambda _on=False: self._choose(self.period.before()))
        self.later.clicked.connect(lambda _on=False: self._choose(self.period.after()))
        self.today.clicked.connect(lambda _on=False: self._go(self._today))
        self.date.clicked.connect(lambda _on=False: self._pick())
        self.picker.chosen.connect(self._go)
        self.lengths.chosen.connect(self.length_wanted)
        for field in (self.first, self.last):
            field.value_changed.connect(lambda _day: self._written())

    def _pick(self) -> None:
        is_past = self.period.first <= self._today <= self.period.last
        self.picker.open_at(self.date, self._today if is_past else self.period.last, self._today)

    def _put_together(self) -> None:
        line, under = QWidget(), QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(roomy(6))
        row.addWidget(self.earlier)
        row.addWidget(self.date, 1)
        self.between.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.between, 1)
        row.addStretch()
        row.addWidget(self.later)
        beneath = QHBoxLayout(under)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.addWidget(self.second, 1)
        beneath.addWidget(self.today)
        for part in (self.lengths, line, self._from, self._until, self.banner, under):
            self.add(part)


def length_words(length: PeriodKind) -> str:
    """How long, on a pill."""
    words = {
        PeriodKind.WEEK: _("Week"),
        PeriodKind.MONTH: _("Month"),
        PeriodKind.QUARTER: _("Quarter"),
        PeriodKind.HALF: _("Half-year"),
        PeriodKind.YEAR: _("Year"),
        PeriodKind.TWELVE_MONTHS: _("Twelve months"),
        PeriodKind.DAYS: _("Other days"),
    }
    return words[length]


def _short(chosen: Period) -> str:
    """On the button between the arrows there is no room for more."""
    if chosen.kind is PeriodKind.WEEK:
        return _("Week {number}").format(number=chosen.first.isocalendar().week)
    if chosen.kind is PeriodKind.QUARTER:
        words = _("Quarter {number}, {year}")
        return words.format(number=chosen.first.month // 3 + 1, year=chosen.first.year)
    if chosen.kind is PeriodKind.HALF:
        words = _("Half {number}, {year}")
        return words.format(number=chosen.first.month // 6 + 1, year=chosen.first.year)
    if chosen.kind is PeriodKind.TWELVE_MONTHS:
        return f"{chosen.last:%d.%m.%Y}"
    return f"{chosen.first:%d.%m.%Y}" if chosen.kind is PeriodKind.DAYS else chosen.name


def _today_words(chosen: Period) -> str:
    words = {
        PeriodKind.WEEK: _("This week"),
        PeriodKind.MONTH: _("This month"),
        PeriodKind.YEAR: _("This year"),
    }
    return words.get(chosen.kind, _("Today"))
