"""The yearly activity report: what the centre answers for to the municipality."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from civicdesk.desk.period import Period
from civicdesk.desk.period_rows import YearReport


def look(session: Session, year: Period, *, at: datetime, hide_small: bool = False) -> YearReport:
    """Read a year, of the calendar or twelve months to a day. Refuses `no_centre`."""
    raise NotImplementedError
