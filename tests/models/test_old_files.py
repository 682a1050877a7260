"""A file of an older CivicDesk, stored as it was written, becomes one of this."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.models import Booking, Claim, Room

STORED = Path(__file__).parent / "stored"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    file = tmp_path / "desk.db"
    file.write_bytes(gzip.decompress((STORED / "desk-0002.db.gz").read_bytes()))
    database = Database(file)
    database.prepare()
    with database.begin() as session:
        yield session
    database.close()


def test_of_two_bookings_in_one_room_the_sure_and_earlier_one_stays(session: Session) -> None:
    found = {booking.title: booking.state for booking in session.scalars(select(Booking))}

    assert found == {
        "first": "confirmed",
        "touches the first": "confirmed",
        "over the first": "clash",
        "perhaps, made before": "clash",
        "sure, made later": "confirmed",
        "nobody came": "no_show",
        "in the room of nobody": "confirmed",
        "called off": "cancelled",
        "taken away": "confirmed",
        "at odd minutes": "confirmed",
        "forty hours": "confirmed",
        "within the forty hours": "clash",
        "night after": "confirmed",
    }


def test_what_stands_is_claimed_and_nothing_else(session: Session) -> None:
    claims: dict[str, int] = {}
    titles = {booking.id: booking.title for booking in session.scalars(select(Booking))}
    for claim in session.scalars(select(Claim)):
        claims[titles[claim.booking_id]] = claims.get(titles[claim.booking_id], 0) + 1

    assert claims == {
        "first": 12,
        "touches the first": 12,
        "sure, made later": 12,
        "in the room of nobody": 10,
        "at odd minutes": 7,
        "forty hours": 480,
        "night after": 24,
    }


def test_bookings_keep_what_they_said_and_rooms_get_their_class(session: Session) -> None:
    booking = session.scalars(select(Booking).where(Booking.title == "night after")).one()

    assert (booking.guests, booking.people, booking.wall_start) == (31, 8, "2026-11-24T51:00")
    assert (booking.setup_minutes, booking.layout, booking.series_id) == (0, "", None)
    rooms = {room.name: room.room_class for room in session.scalars(select(Room))}
    assert rooms == {"Çınar Odası": "meeting", "Ihlamur Salonu": "hall", "Defne Atölyesi": "work_area"}
