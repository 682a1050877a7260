"""One booking with all that belongs to it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from civicdesk.database import Database
from civicdesk.desk import booking_detail, bookings, series
from civicdesk.desk.bookings import Wish
from civicdesk.models import BookingState, Equipment, Room
from tests import builders

HOUR = timedelta(hours=1)
NOON = builders.TUESDAY.replace(hour=9, minute=0)


def wish(room: Room, **more: object) -> Wish:
    return Wish(room_id=room.id, starts_at=NOON, ends_at=NOON + HOUR, title="Panel", **more)  # type: ignore[arg-type]


def test_a_booking_tells_its_partners_and_equipment(database: Database) -> None:
    with database.begin() as session:
        room = session.scalars(select(Room)).first()
        assert room is not None
        partner, chairs = builders.organisation(session), Equipment(name="Sandalye", count=40)
        session.add(chairs)
        session.flush()
        made = bookings.book(
            session, wish(room, partners=(partner.id,), equipment={chairs.id: 12}), at=builders.TUESDAY
        )
        found = booking_detail.look(session, made.id, at=builders.TUESDAY)

    assert [each.name for each in found.partners] == ["Ege Kadın Emeği Derneği"]
    assert found.equipment == [("Sandalye", 12)]
    assert (found.is_held, found.is_on, found.is_over, found.of) == (True, False, False, 0)


def test_one_of_a_series_tells_its_place_among_those_that_are_held(database: Database) -> None:
    with database.begin() as session:
        room = session.scalars(select(Room)).first()
        assert room is not None
        row = series.book(session, wish(room), "FREQ=WEEKLY;COUNT=4", at=builders.TUESDAY)
        bookings.cancel(session, row[1].id, why="Bakım", at=builders.TUESDAY)
        third = booking_detail.look(session, row[2].id, at=builders.TUESDAY)
        lost = booking_detail.look(session, row[1].id, at=builders.TUESDAY)

    assert (third.place, third.of) == (2, 3)
    assert [each.id for each in third.fallen] == [row[1].id]
    assert (lost.place, lost.of, lost.is_held) == (2, 4, False)


def test_a_clash_tells_who_has_the_room(database: Database) -> None:
    with database.begin() as session:
        room = session.scalars(select(Room)).first()
        assert room is not None
        lost = bookings.book(session, wish(room), at=builders.TUESDAY)
        lost.state = BookingState.CLASH
        session.flush()
        holder = bookings.book(session, wish(room), at=builders.TUESDAY)
        found = booking_detail.look(session, lost.id, at=builders.TUESDAY)

    assert found.rival is not None
    assert found.rival.id == holder.id
