"""Step two: when the centre is open."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QGridLayout
from sqlalchemy.orm import Session

from civicdesk.desk import opening, setup
from civicdesk.desk.opening import Hours
from civicdesk.text import _, day
from civicdesk.ui.first_start.step import Step
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.time_stepper import TimeStepper

_MONDAY = date(2026, 1, 5)
_USUAL: dict[int, Hours] = dict.fromkeys(range(5), ("09:00", "18:00"))


class HoursStep(Step):
    """A row for each day of the week, and whether public holidays are kept."""

    key: ClassVar[str] = "hours"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.days = [WeekdayRow(weekday) for weekday in range(7)]
        self.holidays = QCheckBox()
        self.holidays.setChecked(True)
        self.holidays.setMinimumHeight(44)
        grid = QGridLayout()
        grid.setHorizontalSpacing(roomy(12))
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for at, row in enumerate(self.days):
            for column, part in enumerate((row.open, row.opens, row.closes)):
                grid.addWidget(part, at, column)
        self.column.addLayout(grid)
        self.column.addWidget(self.holidays)
        self.column.addStretch(1)
        self.retranslate()

    def heading(self) -> tuple[str, str]:
        return _("Opening hours"), _("At closing time, whoever did not check out is taken as left.")

    def retranslate(self) -> None:
        for row in self.days:
            row.retranslate()
        self.holidays.setText(_("Closed on public holidays"))
        named(self.holidays, "setup_hours_holidays", _("Closed on public holidays"))

    def load(self) -> None:
        def look(session: Session) -> tuple[dict[int, Hours], bool]:
            centre = setup.found(session)
            return opening.week(session), centre is None or centre.observes_holidays

        self.runner.read(look, self._show)

    def _show(self, kept: tuple[dict[int, Hours], bool]) -> None:
        week, observes_holidays = kept
        for row in self.days:
            row.show_hours((week or _USUAL).get(row.weekday))
        self.holidays.setChecked(observes_holidays)

    def save(self) -> None:
        use_case = partial(
            setup.save_hours,
            hours={row.weekday: row.hours() for row in self.days if row.open.isChecked()},
            observes_holidays=self.holidays.isChecked(),
            at=self.runner.at(),
        )
        self.runner.now(use_case, self.kept, self.refuse)


class WeekdayRow:
    """One weekday: whether it is open, from when until when."""

    def __init__(self, weekday: int) -> None:
        self.weekday = weekday
        self.open = QCheckBox()
        self.open.setMinimumHeight(44)
        self.opens = TimeStepper(name=f"setup_hours_from_{weekday}", value="09:00")
        self.closes = TimeStepper(name=f"setup_hours_until_{weekday}", value="18:00")
        self.open.toggled.connect(self._toggle)
        self._toggle(False)

    def show_hours(self, hours: Hours | None) -> None:
        """Show these hours; None is closed."""
        self.open.setChecked(hours is not None)
        if hours:
            self.opens.set_value(hours[0])
            self.closes.set_value(hours[1])

    def hours(self) -> Hours:
        """From and until."""
        return self.opens.value(), self.closes.value()

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        words = day(_MONDAY + timedelta(days=self.weekday), "EEEE")
        self.open.setText(words)
        named(self.open, f"setup_hours_open_{self.weekday}", words)
        self.opens.say(_("{day}, from").format(day=words))
        self.closes.say(_("{day}, until").format(day=words))

    def _toggle(self, is_open: bool) -> None:
        for part in (self.opens, self.closes):
            part.setEnabled(is_open)
