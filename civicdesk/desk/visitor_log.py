"""The visitor log of a day: who came and went. It is opened for a reason, and that is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import audit, calendar, fields, hours
from civicdesk.errors import Refusal
from civicdesk.models import Visit
from civicdesk.text import _

MOST_LETTERS = 200


@dataclass(frozen=True)
class VisitorLog:
    """One day of the log, as it is known at `at`."""

    at: datetime
    day: hours.Day
    reason: str
    visits: Sequence[Visit]

    @property
    def people(self) -> int:
        """How many came; a group is as many as it was."""
        return sum(visit.people for visit in self.visits)


def open_log(session: Session, on: date, *, reason: str, at: datetime) -> VisitorLog:
    """Read the visits of a day; that it was opened, for which day and why, stands in the audit trail.

    Refuses `no_reason` and `long_reason`.
    """
    said = fields.note(reason)
    if not said:
        raise Refusal("no_reason", _("Write why the visitor log is opened. It is kept with your name."))
    if len(said) > MOST_LETTERS:
        raise Refusal("long_reason", _("The reason has at most {} letters. Shorten it.").format(MOST_LETTERS))
    begins = calendar.midnight_of(on)
    visits = session.scalars(
        select(Visit)
        .where(
            Visit.arrived_at >= begins,
            Visit.arrived_at < begins + timedelta(days=1),
            Visit.deleted_at.is_(None),
        )
        .options(joinedload(Visit.visitor), joinedload(Visit.host), joinedload(Visit.room))
        .order_by(Visit.arrived_at, Visit.id)
    ).all()
    audit.record(session, "open_visitor_log", None, at, on=on, reason=said, visits=len(visits))
    return VisitorLog(at, hours.day(session, on), said, visits)
