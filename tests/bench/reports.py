"""Reports: the occupancy sheet of a day in five years of the demo centre, with all its queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from civicdesk.database import Database
from civicdesk.desk import occupancy_day
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.report_files import as_workbook
from civicdesk.text import ZONE
from tests.bench import centres
from tests.bench.rows import Row, timed, within

_RUNS, _QUICK_RUNS = 60, 12
_NOW = datetime(2026, 11, 21, 19, 0, tzinfo=ZONE)
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
        database.close()
