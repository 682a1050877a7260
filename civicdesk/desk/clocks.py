"""Whose time it is: the wall clock's, or in the demo centre the pinned day's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import centre
from civicdesk.models import AuditEntry

Clock = Callable[[], datetime]

DEMO = "demo"


def of(session: Session, wall: Clock) -> Clock:
    """The clock of this file. The demo's starts at its pinned instant, or where it was left, and goes on."""
    pinned = centre.mark(session, DEMO)
    if pinned is None:
        return wall
    last = session.scalar(select(AuditEntry.at).order_by(AuditEntry.at.desc()).limit(1))
    begins = max(filter(None, (datetime.fromisoformat(pinned), last)))
    started = wall()
    return lambda: begins + (wall() - started)
