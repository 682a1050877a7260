"""Reports of five years of the demo centre, with all their queries: the sheet of a day, a month, a year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from civicdesk import demo
from civicdesk.database import Database
from civicdesk.demo.events import GUESTS
from civicdesk.desk import occupancy_day, period, period_report, year_report
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.period_sheet import period_pdf
from civicdesk.printing.report_files import as_workbook
from civicdesk.printing.year_sheet import year_pdf
from civicdesk.text import ZONE
from tests.bench import centres
from tests.bench.rows import Row, timed, within

_RUNS, _QUICK_RUNS = 60, 12
_NOW = datetime(2026, 11, 21, 19, 0, tzinfo=ZONE)
_MONTHS = [period.parse(said) for said in ("2026-10", "2024-12", "2022-12")]
_YEARS = [period.parse(said) for said in ("..2026-11-21", "2025", "2023")]
_DAYS = (date(2026, 11, 20), date(2026, 10, 31), date(2024, 5, 31), date(2022, 12, 29))
"""Lately and long ago; the end of a month has the longest month so far."""


def rows(*, quick: bool) -> Iterator[Row]:
    runs = _QUICK_RUNS if quick else _RUNS
    with centres.copy() as file:
        database = Database(file)
        database.prepare()

        def look(run: int) -> OccupancyDay:
            with database.read() as session:
                return occupancy_day.look(session, _DAYS[run % len(_DAYS)], at=_NOW)

        def sheet(run: int) -> None:
            assert occupancy_pdf(occupancy_sheet(look(run))).startswith(b"%PDF")

        days = [look(run) for run in range(len(_DAYS))]
        drawing = [
            timed(lambda run=run: occupancy_pdf(occupancy_sheet(days[run % len(days)])))
            for run in range(runs)
        ]
        yield within(
            "occupancy sheet of a day, five years: query and PDF",
            [timed(lambda run=run: sheet(run)) for run in range(runs + len(_DAYS))][len(_DAYS) :],
            p99=200,
            limit=drawing[1:],
            limit_is="reportlab alone, the same page",
        )
        yield within(
            "its numbers as a workbook, with their queries",
            [timed(lambda run=run: as_workbook("", look(run))) for run in range(runs // 3 + 1)][1:],
            p99=400,
        )
        yield from _periods(database, runs)
        database.close()


def _periods(database: Database, runs: int) -> Iterator[Row]:
    def look(run: int) -> PeriodReport:
        with database.read() as session:
            return period_report.look(session, _MONTHS[run % len(_MONTHS)], at=_NOW)

    def year(run: int) -> YearReport:
        with database.read() as session:
            return year_report.look(session, _YEARS[run % len(_YEARS)], at=demo.NOW)

    assert year(0).figures.total("guests").figure.value == GUESTS
    yield within(
        "a month beside two others, its figures with their queries",
        [timed(lambda run=run: look(run)) for run in range(runs)][1:],
        p99=300,
    )
    yield within(
        "a year beside the one before, its figures with their queries",
        [timed(lambda run=run: year(run)) for run in range(runs // 3 + 2)][1:],
        p99=1_000,
    )
    yield from _papers(look(0), [year(run) for run in range(len(_YEARS))], runs // 3 + 2)


def _papers(month: PeriodReport, years: list[YearReport], runs: int) -> Iterator[Row]:
    """What is read is drawn: the pages and the workbook, without their queries."""

    def a_year(run: int) -> YearReport:
        return years[run % len(years)]

    yield within(
        "a month as PDF, the drawing alone",
        [timed(lambda: period_pdf(month)) for _run in range(runs)][1:],
        p99=300,
    )
    yield within(
        "the yearly report as PDF, the drawing alone",
        [timed(lambda run=run: year_pdf(a_year(run))) for run in range(runs)][1:],
        p99=500,
    )
    yield within(
        "the yearly report as a workbook, the writing alone",
        [timed(lambda run=run: as_workbook("", a_year(run))) for run in range(runs)][1:],
        p99=1_000,
    )
