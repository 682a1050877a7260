"""The part of the day that is about reports: the sheet, the month and twelve months, seen, tapped and kept."""

from __future__ import annotations

import io
from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from civicdesk.app import CivicDesk
from civicdesk.desk import occupancy_day, period_report, year_report
from civicdesk.printing import report_files
from civicdesk.printing.picture import words
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Missing, Stage
from civicdesk.text import local, number
from civicdesk.ui.pages.reports.choice import file_name, maker
from civicdesk.ui.pages.reports_page import ReportsPage
from civicdesk.ui.widgets.plots import Plot

MEMBERS, EVENTS, GUESTS = 469, 659, 32_612
"""What the demo centre is made to have in twelve months."""

T = TypeVar("T")


class ReportsPart:
    """Looks at the reports as a manager does, and leaves them as files."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage, out: Path) -> None:
        self.civicdesk, self.stage, self.out = civicdesk, stage, out / "reports"

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            ("The sheet of the day is seen on paper and as plots; a tap shows what is behind", self._day),
            ("The month stands beside the one before; a day of it opens", self._month),
            (
                "Twelve months: members, events and guests are the same on paper, in Excel and here",
                self._year,
            ),
        )

    def _day(self, step: Step) -> None:
        self.stage.read_notice()
        self.stage.click("rail_reports")
        self._wait_for_paper()
        self.stage.picture("70-report-day")
        seen = self._read(lambda session: occupancy_day.look(session, self._on(), at=self._at()))
        self._keep(step, [each.figure.value for each in seen.totals if each.key in ("visitors", "events")])
        self.stage.click("reports_look_plots")
        self._wait_for_plots()
        rooms = self._plot("reports_rooms_by_hour")
        self._page().plots.day.area.ensureWidgetVisible(rooms)
        self.stage.picture("71-report-day-plots")
        key = next(mark.key for mark in rooms.marks if mark.opens and mark.words)
        self._tap(rooms, key)
        self.stage.wait(lambda: self.stage.is_there("reports_booked_0"), "nothing is behind the figure")
        self.stage.picture("72-report-behind")
        step.checks.append(f"behind it: {self._page().plots.behind.title.text()}")

    def _month(self, step: Step) -> None:
        self.stage.click("reports_row_period")
        self._wait_for_plots()
        self.stage.picture("73-report-month-plots")
        month = self._page().plots.period.month
        self._page().plots.period.area.ensureWidgetVisible(month)
        self.stage.picture("74-report-month-calendar")
        self._tap(month, self._on())
        self.stage.wait(lambda: self.stage.is_there("reports_behind_day"), "the day did not open")
        self.stage.click("reports_look_paper")
        self._wait_for_paper()
        days = self._page().chosen.period
        seen = self._read(lambda session: period_report.look(session, days, at=self._at()))
        self._keep(step, [seen.total(key).figure.value for key in ("visitors", "events", "guests")])

    def _year(self, step: Step) -> None:
        self.stage.click("reports_row_year")
        self._wait_for_paper()
        self.stage.click("reports_length_twelve_months")
        self._wait_for_paper()
        self.stage.picture("75-report-year")
        days = self._page().chosen.period
        seen = self._read(lambda session: year_report.look(session, days, at=self._at()))
        totals = [seen.members.count, *(seen.figures.total(key).figure.value for key in ("events", "guests"))]
        if totals != [MEMBERS, EVENTS, GUESTS]:
            raise Missing(f"the centre has {totals}")
        self._keep(step, totals)
        self.stage.click("reports_look_plots")
        self._wait_for_plots()
        self.stage.picture("76-report-year-plots")
        self.stage.click("reports_look_paper")
        self.stage.click("rail_today")

    def _keep(self, step: Step, totals: Sequence[float | None]) -> None:
        """Leave the paper that is seen, and its workbook, as files; the totals stand in both."""
        page = self._page()
        pdf, xlsx = page.view.pdf, maker(page.runner, page.chosen, "xlsx")()
        for ending, raw in (("pdf", pdf), ("xlsx", xlsx)):
            report_files.save(self.out / file_name(page.chosen, ending), raw)
        known = [total for total in totals if total is not None]
        paper, cells = words(pdf), _numbers(xlsx)
        missing = [total for total in known if number(total) not in paper or total not in cells]
        if missing or not known:
            raise Missing(f"{missing or 'no totals'}: not the same on paper, in Excel and in the database")
        step.checks.append(f"{', '.join(map(number, known))} on paper, in Excel and in the database")

    def _tap(self, plot: Plot, key: Hashable) -> None:
        self.stage.click_at(plot.viewport(), plot.box(key).center())

    def _wait_for_paper(self) -> None:
        view = self._page().view
        self.stage.wait(
            lambda: view.pages > 0 and not view.sheet.picture().isNull(), "the report was not drawn"
        )

    def _wait_for_plots(self) -> None:
        plots = self._page().plots
        self.stage.wait(
            lambda: plots.currentWidget() in (plots.day, plots.period), "the plots were not drawn"
        )

    def _plot(self, name: str) -> Plot:
        found = self.stage.find(name)
        assert isinstance(found, Plot)
        return found

    def _page(self) -> ReportsPage:
        assert self.civicdesk.desk is not None
        return self.civicdesk.desk.pages.reports

    def _on(self) -> date:
        return local(self._at()).date()

    def _at(self) -> datetime:
        return self._page().runner.at()

    def _read(self, query: Callable[[Session], T]) -> T:
        with self._page().runner.database.read() as session:
            return query(session)


def _numbers(xlsx: bytes) -> set[float]:
    """Every number that stands in a workbook."""
    book = load_workbook(io.BytesIO(xlsx), read_only=True, data_only=True)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return {cell for row in rows for cell in row if isinstance(cell, int | float)}
