"""What draws the reports, off the screen's thread; reportlab is imported when the first is wanted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk.visitor_log import VisitorLog
from civicdesk.models import Centre
from civicdesk.ui.pages.reports.kinds import ReportKind


def draw_occupancy(session: Session, *, on: date, ending: str, at: datetime, by: str) -> bytes:
    """The occupancy sheet, or its numbers."""
    from civicdesk.printing import report_files  # noqa: PLC0415  drawing is slow to import

    return report_files.occupancy(session, on, ending, at=at, by=by)


def draw_list(session: Session, *, kind: ReportKind, on: date, at: datetime, by_id: UUID | None) -> bytes:
    """A list as it would be printed."""
    from civicdesk.printing import sheets  # noqa: PLC0415  drawing is slow to import

    assert kind.paper is not None
    return sheets.preview(session, kind.paper, at=at, label=on.isoformat(), by_id=by_id).pdf


def draw_log(here: Centre, log: VisitorLog, by: str) -> bytes:
    """The visitor log that was opened."""
    from civicdesk.printing.visitor_log import visitor_log_pdf  # noqa: PLC0415  drawing is slow to import

    return visitor_log_pdf(here, log, by)
