"""How each report is drawn: its pages, and the sheets of its workbook."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from civicdesk.desk import logos
from civicdesk.desk.listing import Listing
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.desk.report_kinds import Report
from civicdesk.printing.listing_sheet import listing_pdf
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_tables import occupancy_tables
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.period_sheet import period_pdf
from civicdesk.printing.period_tables import period_sheets
from civicdesk.printing.period_words import report_title
from civicdesk.printing.tables import Chart, Sheet
from civicdesk.printing.year_sheet import year_pdf
from civicdesk.printing.year_tables import year_sheets
from civicdesk.text import _


def pages(session: Session, report: Report, by: str) -> bytes:
    """A report as PDF."""
    logo = logos.current(session)
    if isinstance(report, OccupancyDay):
        return occupancy_pdf(occupancy_sheet(report, by), logo)
    if isinstance(report, Listing):
        return listing_pdf(report, by, logo)
    if isinstance(report, YearReport):
        return year_pdf(report, by, logo)
    return period_pdf(report, by, logo)


def title(report: Report) -> str:
    """What stands above the report of a period: monthly or yearly, not what all of them are called."""
    if isinstance(report, YearReport):
        return _("Yearly activity report")
    return report_title(report) if isinstance(report, PeriodReport) else ""


def sheets(report: Report) -> Sequence[Sheet]:
    """A report as tables, each with its chart."""
    if isinstance(report, OccupancyDay):
        drawn = {
            "hours": Chart(_("Entries by the hour")),
            "rooms": Chart(_("Rooms booked and in use"), (5, 6), is_lying=True),
        }
        return [Sheet(table, drawn.get(table.key)) for table in occupancy_tables(report)]
    if isinstance(report, Listing):
        return [Sheet(report.table)]
    return year_sheets(report) if isinstance(report, YearReport) else period_sheets(report)
