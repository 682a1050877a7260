"""The yearly activity report: what the centre answers for to the municipality."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import members, period_report, period_tables
from civicdesk.desk.kinds import MEMBER_KINDS
from civicdesk.desk.period import Period
from civicdesk.desk.period_rows import MemberFigures, YearReport
from civicdesk.models import Organisation
from civicdesk.text import local


def look(session: Session, year: Period, *, at: datetime, hide_small: bool = False) -> YearReport:
    """Read a year, of the calendar or twelve months to a day. Refuses `no_centre`."""
    seen = period_report.see(session, year, at=at, hide_small=hide_small)
    return YearReport(
        figures=seen.report,
        members=_members(session, year, min(year.last, local(at).date())),
        goals=period_tables.goal_rows(seen.days),
        without_goal=period_tables.without_goal(seen.days),
    )


def _members(session: Session, year: Period, on: date) -> MemberFigures:
    """Who was a member on a day; the eleven kinds are all there, also those without any."""
    known = session.scalars(select(Organisation).where(Organisation.deleted_at.is_(None))).all()
    there = [each for each in known if each.joined_on is None or each.joined_on <= on]
    counted = Counter(each.kind for each in there if members.is_member(each, on))
    by_kind = {kind: counted[kind] for kind in (*MEMBER_KINDS, *sorted(set(counted) - set(MEMBER_KINDS)))}
    outside = Counter(each.kind for each in there if not each.is_member)
    return MemberFigures(
        count=sum(by_kind.values()),
        by_kind=by_kind,
        outside=dict(sorted(outside.items())),
        joined=sum(each.is_member and _is_in(each.joined_on, year) for each in known),
        left=sum(each.is_member and _is_in(each.left_on, year) for each in known),
    )


def _is_in(on: date | None, year: Period) -> bool:
    return on is not None and year.first <= on <= year.last
