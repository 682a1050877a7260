"""Weeks of a centre as the tests of periods write them down."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import period, period_report, visits
from civicdesk.desk.period_rows import PeriodReport
from civicdesk.models import Booking, Room
from civicdesk.text import ZONE

MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
WEEK = period.week(TUE)
BEFORE = TUE - timedelta(weeks=1)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=ZONE)
OPEN = 630
"""Minutes of a weekday; a Saturday has 540."""


def at(wall: str, on: date = TUE) -> datetime:
    return datetime.combine(on, datetime.strptime(wall, "%H:%M").time(), ZONE)


def room(session: Session, name: str = "Ihlamur Salonu") -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(session: Session, begins: str, ends: str, on: date = TUE, **values: object) -> Booking:
    where = values.pop("room", None) or room(session)
    assert isinstance(where, Room)
    values = {"kind": "workshop", "started_at": at(begins, on)} | values
    made = Booking(
        room_id=where.id,
        title="Kompost Atölyesi",
        starts_at=at(begins, on),
        ends_at=at(ends, on),
        wall_start=f"{on}T{begins}",
        **values,  # type: ignore[arg-type]
    )
    session.add(made)
    session.flush()
    return made


def stay(session: Session, name: str, came: str, left: str, on: date = TUE, **arrival: object) -> None:
    made = visits.check_in(session, visits.Arrival(name=name, **arrival), at=at(came, on))  # type: ignore[arg-type]
    visits.one(session, made.id).left_at = at(left, on)
    session.flush()


def long_ago(session: Session) -> None:
    """Something was kept two years before, so that every period since has something to compare with."""
    stay(session, "Eski Ziyaretçi", "10:00", "11:00", on=date(2024, 6, 3))


def look(session: Session, asked: period.Period = WEEK, now: datetime = LATER, **how: bool) -> PeriodReport:
    return period_report.look(session, asked, at=now, **how)


def figures(report: PeriodReport, key: str) -> tuple[float | None, float | None]:
    total = report.total(key)
    return total.figure.value, total.before.value
