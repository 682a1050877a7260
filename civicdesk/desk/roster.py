"""Who is inside, expected, came today, and what the readers read: the four lists of the page of visitors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import hours, invitations, leaving, occupancy, scans, visits
from civicdesk.desk.today import LATE_AFTER
from civicdesk.models import Invitation, Scan, Visit

SCANS_SHOWN = 200


@dataclass(frozen=True)
class Roster:
    """One of the lists, how long each of the four is, and how many people are inside with company and unnamed.

    `came` says of whom some have left how many there were; `later` how many are expected after those shown.
    """

    at: datetime
    counts: dict[str, int]
    people: int
    unnamed: int
    visits: Sequence[Visit] = ()
    expected: Sequence[Invitation] = ()
    upcoming: Sequence[Invitation] = ()
    scans: Sequence[tuple[Scan, Visit | None, Invitation | None]] = ()
    came: dict[UUID, int] = field(default_factory=dict)
    later: int = 0

    def is_late(self, invitation: Invitation) -> bool:
        return invitation.expected_at + LATE_AFTER < self.at


def look(session: Session, tab: str, *, at: datetime) -> Roster:
    """Read one list whole; the others are only counted."""
    midnight, now = hours.midnight_before(at), occupancy.now(session)
    expected = invitations.expected(session, at)
    read: Sequence[Visit] = ()
    if tab == "inside":
        read = visits.inside(session)
    elif tab == "today":
        read = visits.of_day(session, midnight, hours.midnight_after(at))
    upcoming = invitations.upcoming(session, at) if tab == "expected" else ()
    return Roster(
        at=at,
        counts={**_counts(session, midnight, hours.midnight_after(at)), "expected": len(expected)},
        people=now.total,
        unnamed=now.unnamed,
        visits=read,
        expected=expected,
        upcoming=upcoming,
        scans=scans.lately(session, SCANS_SHOWN) if tab == "scans" else (),
        came=leaving.came(session, read) if tab == "inside" else {},
        later=invitations.count_upcoming(session, at) - len(upcoming) if upcoming else 0,
    )


def _counts(session: Session, start: datetime, end: datetime) -> dict[str, int]:
    kept = select(func.count()).select_from(Visit).where(Visit.deleted_at.is_(None))
    read = select(func.count()).select_from(Scan).where(Scan.at >= start, Scan.at < end)
    return {
        "inside": session.scalar(kept.where(Visit.left_at.is_(None))) or 0,
        "today": session.scalar(kept.where(Visit.arrived_at >= start, Visit.arrived_at < end)) or 0,
        "scans": session.scalar(read) or 0,
    }
