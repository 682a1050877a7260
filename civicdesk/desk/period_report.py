"""A period in figures, beside the one before and the same one of the year before."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from civicdesk.desk.period import Period
from civicdesk.desk.period_rows import PeriodReport


def look(session: Session, period: Period, *, at: datetime, hide_small: bool = False) -> PeriodReport:
    """Read a period as it is known at `at`. With `hide_small`, figures of fewer than five people are hidden.

    Refuses `no_centre`.
    """
    raise NotImplementedError
