"""How each report is drawn: its pages, and the sheets of its workbook."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from civicdesk.desk import logos
from civicdesk.desk.listing import Listing
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.desk.report_kinds import Report
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_tables import occupancy_tables
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.tables import Chart, Sheet
from civicdesk.text import _


def pages(session: Session, report: Report, by: str) -> bytes:
    """A report as PDF."""
    logo = logos.current(session)
    if isinstance(report, OccupancyDay):
        return occupancy_pdf(occupancy_sheet(report, by), logo)
    raise NotImplementedError


def sheets(report: Report) -> Sequence[Sheet]:
    """A report as tables, each with its chart."""
    if isinstance(report, OccupancyDay):
        hours = Chart(_("Entries by the hour"))
        return [Sheet(table, hours if table.key == "hours" else None) for table in occupancy_tables(report)]
    if isinstance(report, Listing):
        return [Sheet(report.table)]
    assert isinstance(report, PeriodReport | YearReport)
    raise NotImplementedError
