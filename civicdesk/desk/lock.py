"""What the desk shows while nobody has signed in: no name of any visitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from civicdesk.desk import centre, hours, occupancy, staff
from civicdesk.models import Staff


@dataclass(frozen=True)
class Locked:
    """The centre at this moment, and who may sign in."""

    at: datetime
    centre: str
    inside: int
    day: hours.Day
    opens_next: datetime | None
    staff: Sequence[Staff]


def look(session: Session, *, at: datetime) -> Locked:
    """Read the lock screen. Refuses `no_centre` before the set-up."""
    day = hours.today(session, at)
    return Locked(
        at=at,
        centre=centre.the_centre(session).name,
        inside=occupancy.now(session).total,
        day=day,
        opens_next=None if day.is_open(at) else hours.next_opening(session, at),
        staff=staff.everyone(session),
    )
