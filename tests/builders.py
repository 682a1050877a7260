"""Rows for tests, as a clerk would have made them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from civicdesk.desk import staff, visits
from civicdesk.models import Centre, OpeningHours, Organisation, OrganisationKind, Role, Room, Staff, Visit

TUESDAY = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
"""10:42 in the centre, on an ordinary working day."""

PIN = "246810"


def centre(session: Session, *, capacity: int = 320) -> Centre:
    """A centre that is open on weekdays 09:00–19:30 and Saturdays until 18:00, with three rooms."""
    made = Centre(name="Çınarova Sivil Yaşam Merkezi", capacity=capacity)
    hours = [
        OpeningHours(weekday=day, opens="09:00", closes="18:00" if day == 5 else "19:30") for day in range(6)
    ]
    session.add_all([made, *hours])
    for position, (name, zone, size) in enumerate(
        [
            ("Çınar Odası", "Zemin kat", 16),
            ("Ihlamur Salonu", "Birinci kat", 120),
            ("Defne Atölyesi", "Birinci kat", 24),
        ]
    ):
        session.add(Room(name=name, zone=zone, capacity=size, position=position))
    session.flush()
    return made


def organisation(session: Session, name: str = "Ege Kadın Emeği Derneği") -> Organisation:
    made = Organisation(name=name, kind=OrganisationKind.ASSOCIATION)
    session.add(made)
    session.flush()
    return made


def member_of_staff(
    session: Session, name: str = "Elif Aksoy", role: Role = Role.RECEPTION, pin: str = PIN
) -> Staff:
    return staff.enrol(session, name=name, role=role, pin=pin, at=TUESDAY - timedelta(days=30))


def visit(session: Session, name: str = "Selin Karaca", at: datetime = TUESDAY, **arrival: object) -> Visit:
    return visits.check_in(session, visits.Arrival(name=name, **arrival), at=at)  # type: ignore[arg-type]
