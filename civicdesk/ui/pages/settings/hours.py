"""When the centre is open: the week, public holidays and days it is closed. For managers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import centre, hours, opening
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Centre, Closure, OpeningHours
from civicdesk.text import _, clock, day
from civicdesk.ui.pages.settings.closing_form import ClosingForm
from civicdesk.ui.pages.settings.closing_touched import TouchedList
from civicdesk.ui.pages.settings.in_the_way import told_words
from civicdesk.ui.pages.settings.section import Section, Tick
from civicdesk.ui.pages.settings.weekday_row import WeekdayRow
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill

_WEEK = 7
_SHOWN = 100


@dataclass(frozen=True)
class Opening:
    """What the section shows."""

    week: dict[int, opening.Hours]
    observes_holidays: bool
    closures: list[Closure]
    closed_days: list[hours.Day]


class HoursSection(Section):
    """The hours of each weekday, holidays, and closures with their reasons."""

    watches: ClassVar[Changes] = frozenset({Centre, Closure, OpeningHours})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_hours")
        self._week: dict[int, opening.Hours] | None = None
        self._told: UUID | None = None
        self.days = [WeekdayRow(weekday) for weekday in range(_WEEK)]
        self.save = Button("", name="hours_save", role="primary")
        self.holidays = Tick(name="hours_holidays")
        self.form, self.touched = ClosingForm(), TouchedList()
        self.week_card = Card(name="hours_week", padded=True)
        self.holidays_card = Card(name="hours_holidays_card", padded=True)
        self.closing_card = Card(name="hours_closing", padded=True)
        self.closures_card = Card(name="hours_closures")
        self.coming_card = Card(name="hours_coming")
        self._build()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        at = self.runner.at()

        def look(session: Session) -> Opening:
            return Opening(
                opening.week(session),
                centre.the_centre(session).observes_holidays,
                list(opening.closures(session, at=at)),
                hours.closed_days(session, at),
            )

        self.runner.read(look, then=self._show, refused=self.refuse)

    def retranslate(self) -> None:
        self.set_heading(_("Opening hours"), _("Outside these hours nobody is admitted without a reason."))
        self.week_card.set_title(_("Week"))
        self.closing_card.set_title(_("Close a day"))
        self.coming_card.set_title(_("Next closed days"))
        for row in self.days:
            row.retranslate()
        self.holidays.say(_("Closed on public holidays"))
        self.save.setText(_("Save hours"))
        self.form.retranslate()
        self.touched.retranslate()

    def _build(self) -> None:
        grid_holder = QWidget()
        grid = QGridLayout(grid_holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(roomy(12))
        grid.setColumnStretch(4, 1)
        for at, row in enumerate(self.days):
            for column, part in enumerate((row.open, row.opens, row.dash, row.closes)):
                grid.addWidget(part, at, column)
        self.week_card.add(grid_holder)
        self.week_card.add(FlowRow([self.save]))
        self.holidays_card.add(self.holidays)
        self.closing_card.add(self.form)
        self.closing_card.add(self.touched)
        for card in (
            self.week_card,
            self.closing_card,
            self.closures_card,
            self.holidays_card,
            self.coming_card,
        ):
            self.add(card)

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.holidays.clicked.connect(self._observe)
        self.form.wanted.connect(self._close)
        self.form.changed.connect(self.touched.clear)
        self.touched.asked.connect(self._asked)
        self.touched.confirmed.connect(self._close_now)
        self.touched.given_up.connect(self.touched.clear)

    def _show(self, found: Opening) -> None:
        if self._week is None or self._typed() == self._week:
            self._week = found.week
            for row in self.days:
                row.show_hours(found.week.get(row.weekday))
        if self._told is not None and self._told not in {each.id for each in found.closures}:
            self._told = None  # it was taken back: nobody is to be told any more
            self.form.banner.clear()
        self.holidays.setChecked(found.observes_holidays)
        self.closures_card.set_title(_("Closed days you entered: {}").format(len(found.closures)))
        self.closures_card.setVisible(bool(found.closures))
        self.closures_card.fill([self._closure_row(closure) for closure in found.closures[:_SHOWN]])
        self.coming_card.setVisible(bool(found.closed_days))
        self.coming_card.fill([_coming_row(each) for each in found.closed_days])

    def _closure_row(self, closure: Closure) -> ListRow:
        button = Button(_("Remove"), name=f"hours_remove_{closure.id.hex}")
        button.setAccessibleName(_("Remove the closure on {}").format(day(closure.on)))
        row = ListRow(
            f"{day(closure.on)} · {_span(closure)}",
            closure.reason,
            name=f"hours_closure_{closure.id.hex}",
            button=button,
        )
        row.action_wanted.connect(lambda: self._reopen(closure))
        return row

    def _typed(self) -> dict[int, opening.Hours] | None:
        try:
            return {row.weekday: row.hours() for row in self.days if row.open.isChecked()}
        except Refusal:
            return None

    def _save(self) -> None:
        try:
            week = {row.weekday: row.hours() for row in self.days if row.open.isChecked()}
        except Refusal as refusal:
            self.refuse(refusal)
            return
        at, before = self.runner.at(), self._week or {}
        self.runner.now(
            lambda session: opening.set_hours(session, week, at=at),
            then=lambda _none: self._saved(week, before),
            refused=self.refuse,
        )

    def _saved(self, week: dict[int, opening.Hours], before: dict[int, opening.Hours]) -> None:
        self.banner.clear()
        self._week = week
        for row in self.days:
            row.show_hours(week.get(row.weekday))
        at = self.runner.at
        self.runner.say(
            _("The opening hours were saved."),
            undo=lambda session: opening.set_hours(session, before, at=at()),
        )

    def _observe(self, is_observed: bool) -> None:
        at = self.runner.at()
        self.runner.now(lambda session: centre.change(session, at, observes_holidays=is_observed))

    def _close(self) -> None:
        """Show whom the closure touches first; what touches nobody is kept at once."""
        at = self.runner.at()
        try:
            wanted = self.form.closure(at)
        except Refusal as refusal:
            self._refuse_closing(refusal)
            return
        self.form.banner.clear()

        def looked(found: Sequence[Booking]) -> None:
            if found and wanted.reason.strip():
                self.touched.ask(found)
            else:
                self._close_now()

        self.runner.read(
            lambda session: opening.touched_by(session, wanted.on, wanted.during, at=at),
            then=looked,
            refused=self._refuse_closing,
        )

    def _asked(self, is_awaited: bool) -> None:
        """One question at a time: the answers stand under the list, and no second button to close beside them."""
        self.form.add.setVisible(not is_awaited)
        if is_awaited:
            QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(self.touched))

    def _close_now(self) -> None:
        at, skipped, kept = self.runner.at(), self.touched.skipped, self.touched.kept
        try:
            wanted = self.form.closure(at)
        except Refusal as refusal:
            self._refuse_closing(refusal)
            return
        self.runner.now(
            lambda session: opening.close(
                session, wanted.on, reason=wanted.reason, during=wanted.during, keep=kept, at=at
            ),
            then=lambda closure: self._closed(closure, skipped),
            refused=self._refuse_closing,
        )

    def _refuse_closing(self, refusal: Refusal) -> None:
        self.touched.clear()
        self.form.banner.show_refusal(str(refusal))

    def _closed(self, closure: Closure, skipped: Sequence[Booking]) -> None:
        self.form.clear()
        self.touched.clear()
        if skipped:
            self._told = closure.id
            self.form.banner.show_refusal(
                told_words(skipped), (_("They have been told"), self.form.banner.clear), tone="warn"
            )
        at = self.runner.at

        def undo(session: Session) -> object:
            return opening.reopen(session, closure.id, at=at())

        self.runner.say(_("Closed: {}").format(f"{day(closure.on)} · {_span(closure)}"), undo=undo)

    def _reopen(self, closure: Closure) -> None:
        at = self.runner.at
        self.runner.now(
            lambda session: opening.reopen(session, closure.id, at=at()),
            then=lambda _row: self.runner.say(
                _("Open again: {}").format(day(closure.on)),
                undo=lambda session: opening.close_again(session, closure.id, at=at()),
            ),
            refused=self.refuse,
        )


def _coming_row(closed: hours.Day) -> ListRow:
    if closed.spans:
        times = ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in closed.spans)
        pill = Pill(_("open {}").format(times), "warn", "clock")
    else:
        pill = Pill(_("closed all day"), "bad", "ban")
    return ListRow(day(closed.on), closed.reason, name=f"hours_coming_{closed.on:%Y%m%d}", pills=[pill])


def _span(closure: Closure) -> str:
    if (closure.from_time, closure.until_time) == opening.WHOLE_DAY:
        return _("whole day")
    return f"{closure.from_time}–{closure.until_time}"
