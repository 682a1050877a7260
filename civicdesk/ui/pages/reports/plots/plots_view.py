"""The plots of what is chosen, read off the screen's thread; a tap shows the rows behind, and leads back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import behind, day_shape, period_report, year_report
from civicdesk.desk.behind import Behind, Wanted
from civicdesk.desk.day_shape import DayShape
from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.errors import Refusal
from civicdesk.ui.pages.reports.choice import Chosen
from civicdesk.ui.pages.reports.plots.behind_view import BehindView
from civicdesk.ui.pages.reports.plots.board import Board
from civicdesk.ui.pages.reports.plots.day_board import DayBoard
from civicdesk.ui.pages.reports.plots.period_board import BEFORE, PeriodBoard
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.skeleton import Skeleton

T = TypeVar("T")


class PlotsView(QStackedWidget):
    """A day or a period as plots, or what is behind one mark of them."""

    booking_wanted = Signal(object)  # UUID
    day_wanted = Signal(object)  # date
    log_wanted = Signal(object)  # date
    refused = Signal(object)  # Refusal
    shown = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.setObjectName("reports_plots")
        self._runner, self._asked = runner, 0
        self._chosen: Chosen | None = None
        self._from: QWidget | None = None
        self.waiting = Skeleton(6)
        self.day, self.period, self.behind = DayBoard(), PeriodBoard(), BehindView()
        for page in (self.waiting, self.day, self.period, self.behind):
            self.addWidget(page)
        for board in (self.day, self.period):
            board.opened.connect(self._look_behind)
        self.period.beside_wanted.connect(self._read_beside)
        self.behind.back_wanted.connect(self._back)
        self.behind.booking_wanted.connect(self.booking_wanted)
        self.behind.day_wanted.connect(self.day_wanted)
        self.behind.log_wanted.connect(self.log_wanted)

    def show_chosen(self, chosen: Chosen) -> None:
        """Read and show the plots of this report."""
        self.forget()
        if self._chosen is None or chosen.kind is not self._chosen.kind:
            self.period.area.verticalScrollBar().setValue(0)
        self._chosen, at = chosen, self._runner.at()
        self.setCurrentWidget(self.waiting)
        days = chosen.period
        if chosen.kind.name == "occupancy":
            self._read(lambda session: day_shape.look(session, days.first, at=at), self._show_day)
        elif chosen.kind.name == "year":
            self._read(lambda session: year_report.look(session, days, at=at), self._show_period)
        else:
            self._read(lambda session: period_report.look(session, days, at=at), self._show_period)

    def forget(self) -> None:
        """Whatever is still being read belongs to nothing any more."""
        self._asked += 1

    def _show_day(self, shape: DayShape) -> None:
        self.day.show_shape(shape)
        self._show(self.day)

    def _show_period(self, report: PeriodReport | YearReport) -> None:
        self.period.show_report(report)
        self._show(self.period)
        self._read_beside(BEFORE)

    def _show(self, board: Board) -> None:
        self.setCurrentWidget(board)
        self.shown.emit()

    def _read_beside(self, which: str) -> None:
        """The other period, if anything was kept of it."""
        report = self.period.report
        if report is None:
            return
        visitors = report.total("visitors")
        figure = visitors.before if which == BEFORE else visitors.year_before
        beside = report.before if which == BEFORE else report.year_before
        if beside is not None and figure is not None and figure.value is not None:
            until = beside.until
            self._read(
                lambda session: period_report.look(session, beside.period, at=until), self.period.show_beside
            )

    def _look_behind(self, wanted: Wanted, title: str) -> None:
        at = self._runner.at()
        self._from = self.currentWidget()
        self._read(
            lambda session: behind.look(session, wanted, at=at),
            lambda found: self._show_behind(wanted, title, found),
        )

    def _show_behind(self, wanted: Wanted, title: str, found: Behind) -> None:
        staff = self._runner.staff
        is_day = self._chosen is not None and self._chosen.kind.name == "occupancy"
        self.behind.show_rows(
            title, wanted, found, is_manager=bool(staff and staff.is_manager), is_day=is_day
        )
        self.setCurrentWidget(self.behind)
        self.behind.back.setFocus()

    def _back(self) -> None:
        """To the plots, where the keyboard goes on at the mark it came from."""
        if isinstance(self._from, Board):
            self.setCurrentWidget(self._from)
            self._from.take_keys()

    def _read(self, query: Callable[[Session], T], then: Callable[[T], None]) -> None:
        asked = self._asked

        def job() -> T:
            with self._runner.database.read() as session:
                return query(session)

        def land(found: T) -> None:
            if asked == self._asked:  # something else was chosen meanwhile
                then(found)

        def refuse(refusal: Refusal) -> None:
            if asked == self._asked:
                self.refused.emit(refusal)

        self._runner.background(job, land, refuse, owner=self)
