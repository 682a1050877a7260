"""A week, a month or a year to look at, beside another one: days, hours, rooms, kinds."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal

from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.printing.occupancy_words import Total
from civicdesk.printing.period_words import box, complete_words, days_words, total_words
from civicdesk.text import _, upper
from civicdesk.ui.pages.reports.plots import period_marks
from civicdesk.ui.pages.reports.plots.board import Board
from civicdesk.ui.pages.reports.plots.period_marks import Plotted
from civicdesk.ui.widgets.plots import BarPlot, ColumnPlot, HeatPlot, MonthPlot, Plot, TrendPlot
from civicdesk.ui.widgets.segmented import Segmented

TOTALS = ("visitors", "events", "guests", "mean_guests", "used", "no_shows")
MEASURES = ("visitors", "events", "guests", "used")
_WEEK, _MONTH = 7, 31
BEFORE, YEAR_BEFORE = "before", "year_before"


class PeriodBoard(Board):
    """Totals and plots of a period; `beside_wanted` asks for the figures of another one to compare with."""

    beside_wanted = Signal(str)  # BEFORE or YEAR_BEFORE

    def __init__(self) -> None:
        super().__init__("reports_period_board")
        self.report: PeriodReport | None = None
        self.year: YearReport | None = None
        self.other: PeriodReport | None = None
        self.measure = Segmented([], name="reports_measure", spoken="", value="visitors")
        self.beside = Segmented([], name="reports_beside", spoken="", value=BEFORE)
        self._column.insertWidget(1, self.beside)
        self._column.insertWidget(3, self.measure)
        self.week, self.month, self.trend = (
            ColumnPlot(name="reports_week"),
            MonthPlot(name="reports_month"),
            TrendPlot(name="reports_trend"),
        )
        self.hours, self.weekdays = ColumnPlot(name="reports_hours"), HeatPlot(name="reports_weekdays")
        self.room_hours = HeatPlot(name="reports_room_hours")
        self.rooms = BarPlot(name="reports_rooms", most=1.0)
        self.kinds, self.event_kinds = BarPlot(name="reports_kinds"), BarPlot(name="reports_event_kinds")
        self.organisations = BarPlot(name="reports_organisations")
        self.goals, self.members = BarPlot(name="reports_goals"), BarPlot(name="reports_members")
        for plot in (*self._over_time(), self.hours, self.weekdays, self.room_hours, *self._bars()):
            self.put(plot)
        self.measure.chosen.connect(lambda _measure: self._show_days())
        self.beside.chosen.connect(lambda which: self.beside_wanted.emit(str(which)))

    def show_report(self, report: PeriodReport | YearReport) -> None:
        """Show these figures; what they are compared with comes a moment later."""
        self.year = report if isinstance(report, YearReport) else None
        self.report = report.figures if isinstance(report, YearReport) else report
        self.other = None
        self.note.setText(" · ".join((days_words(self.report), complete_words(self.report))))
        self.totals.show_totals([_tile(self.report, key) for key in TOTALS])
        self._name_choices()
        self._show()

    def show_beside(self, other: PeriodReport) -> None:
        """Draw the figures of another period beside them."""
        self.other = other
        self._show()

    def _name_choices(self) -> None:
        assert self.report is not None
        ways = [(BEFORE, _("Period before"))]
        if self.report.year_before is not None:
            ways.append((YEAR_BEFORE, _("Year before")))
        self.beside.setAccessibleName(_("Compared with"))
        self.beside.set_choices(ways)
        self.beside.set_value(BEFORE)
        self.beside.setVisible(len(ways) > 1)
        kept = self.measure.value() or "visitors"
        self.measure.setAccessibleName(_("Which figure"))
        self.measure.set_choices([(measure, total_words(measure)) for measure in MEASURES])
        self.measure.set_value(kept)

    def _show(self) -> None:
        assert self.report is not None
        self._show_days()
        self._show_hours(self.report)
        self._show_bars(self.report)
        self._show_year()

    def _show_days(self) -> None:
        assert self.report is not None
        report, measure = self.report, str(self.measure.value())
        count = report.period.days
        shown = self.week if count <= _WEEK else self.month if count <= _MONTH else self.trend
        for plot in self._over_time():
            self.cards[plot].setVisible(plot is shown)
        words = total_words(measure)
        self.name_plot(
            shown,
            (_("{figure} by month") if shown is self.trend else _("{figure} by day")).format(
                figure=_capital(words)
            ),
        )
        if isinstance(shown, MonthPlot):
            self._put(shown, period_marks.days(report, measure))
        else:
            made = period_marks.months if shown is self.trend else period_marks.days
            plotted = made(report, measure, self.other)
            shown.show_series(plotted.marks, self._legend("line"))
            self.stand_for(shown, plotted.behind)

    def _show_hours(self, report: PeriodReport) -> None:
        self.name_plot(self.hours, _("Arrivals by hour (mean of an open day)"))
        plotted = period_marks.hours(report, self.other)
        self.hours.show_series(plotted.marks, self._legend("line"))
        self.stand_for(self.hours, plotted.behind)
        self.cards[self.hours].setVisible(bool(plotted.marks))
        for plot, title, made in (
            (self.weekdays, _("Weekdays by hour (arrivals)"), period_marks.weekday_heat),
            (self.room_hours, _("Rooms by hour (share in use, %)"), period_marks.room_heat),
        ):
            axes, cells = made(report)
            self.name_plot(plot, title)
            plot.show_cells(axes, cells.marks)
            self.stand_for(plot, cells.behind)
            self.cards[plot].setVisible(bool(cells.marks))

    def _show_bars(self, report: PeriodReport) -> None:
        for plot, title, plotted in (
            (self.rooms, _("Rooms in use"), period_marks.rooms(report, self.other)),
            (
                self.kinds,
                _("Events by kind of organisation"),
                period_marks.organisation_kinds(report, self.other),
            ),
            (self.event_kinds, _("Events by kind"), period_marks.event_kinds(report, self.other)),
        ):
            self.name_plot(plot, title)
            plot.show_bars(plotted.marks, self._legend("thin"))
            self.stand_for(plot, plotted.behind)
            self.cards[plot].setVisible(bool(plotted.marks))
        self.name_plot(self.organisations, _("Organisations with most events"))
        self._put(self.organisations, period_marks.organisations(report))

    def _show_year(self) -> None:
        goals = members = Plotted((), {})
        if self.year is not None:
            goals = period_marks.goals(self.year.figures, self.year.goals)
            members = period_marks.members(self.year.members.by_kind)
        self.name_plot(self.goals, _("Events by goal of sustainable development"))
        self.name_plot(self.members, _("Members by kind"))
        self._put(self.goals, goals)
        self._put(self.members, members)

    def _put(self, plot: Plot, plotted: Plotted) -> None:
        plot.show_marks(plotted.marks)
        self.stand_for(plot, plotted.behind)
        self.cards[plot].setVisible(bool(plotted.marks))

    def _legend(self, shape: str) -> list[tuple[str, str]]:
        if self.report is None or self.other is None:
            return []
        return [("solid", self.report.period.name), (shape, self.other.period.name)]

    def _over_time(self) -> tuple[ColumnPlot, MonthPlot, TrendPlot]:
        return self.week, self.month, self.trend

    def _bars(self) -> tuple[BarPlot, ...]:
        return self.rooms, self.kinds, self.event_kinds, self.organisations, self.goals, self.members


def _tile(report: PeriodReport, key: str) -> Total:
    """A total as it stands on its tile, where there is less room than on paper."""
    found = box(report.total(key))
    return replace(found, words=_("guests per event")) if key == "mean_guests" else found


def _capital(words: str) -> str:
    return upper(words[:1]) + words[1:]
