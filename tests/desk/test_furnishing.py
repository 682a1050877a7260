"""How rooms are set up, and what is counted in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import bookings, furnishing, trail
from civicdesk.desk.bookings import Wish
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Room
from tests.builders import TUESDAY

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def cinar(session: Session) -> Room:
    return named(session, "Çınar Odası")


def named(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(session: Session, room: Room, starts_at: datetime = NOON, **more: Any) -> Booking:  # noqa: ANN401
    wish = Wish(room_id=room.id, starts_at=starts_at, ends_at=starts_at + HOUR, title="Kurul", **more)
    return bookings.book(session, wish, at=TUESDAY)


def reason(act: Any) -> str:  # noqa: ANN401
    with pytest.raises(Refusal) as refusal:
        act()
    assert str(refusal.value)
    return refusal.value.reason


def test_a_room_is_set_up_in_the_ways_it_was_given_and_back(session: Session, cinar: Room) -> None:
    first = furnishing.set_layouts(session, cinar.id, {"boardroom": 12, "theatre": 16}, at=TUESDAY)
    second = furnishing.set_layouts(session, cinar.id, {"theatre": 14, "u_shape": 10}, at=TUESDAY)
    assert (first, second) == ({}, {"theatre": 16, "boardroom": 12})
    assert furnishing.seats(session, cinar.id) == {"theatre": 14, "u_shape": 10}
    furnishing.set_layouts(session, cinar.id, second, at=TUESDAY)
    assert furnishing.seats(session, cinar.id) == {"theatre": 16, "boardroom": 12}
    assert [line.entry.action for line in trail.latest(session)][:3] == ["set_layouts"] * 3


@pytest.mark.parametrize(
    ("wanted", "why"),
    [({"bed": 3}, "bad_layout"), ({"theatre": 0}, "bad_seats"), ({"theatre": 10_001}, "bad_seats")],
)
def test_layouts_that_cannot_be_are_refused(
    session: Session, cinar: Room, wanted: dict[str, int], why: str
) -> None:
    assert reason(lambda: furnishing.set_layouts(session, cinar.id, wanted, at=TUESDAY)) == why
    assert furnishing.seats(session, cinar.id) == {}


def test_a_layout_that_a_booking_wants_stays_as_large_as_the_booking(session: Session, cinar: Room) -> None:
    furnishing.set_layouts(session, cinar.id, {"theatre": 16}, at=TUESDAY)
    book(session, cinar, layout="theatre", people=14)

    def set_to(wanted: dict[str, int]) -> object:
        return furnishing.set_layouts(session, cinar.id, wanted, at=TUESDAY)

    assert reason(lambda: set_to({})) == "layout_wanted"
    assert reason(lambda: set_to({"theatre": 13})) == "layout_wanted"
    set_to({"theatre": 14})
    furnishing.set_layouts(session, cinar.id, {}, at=NOON + 2 * HOUR)  # over by then
    assert furnishing.seats(session, cinar.id) == {}


def test_equipment_is_counted_in_its_room_or_carried_about(session: Session, cinar: Room) -> None:
    furnishing.add(session, name=" Projektör ", count=3, at=TUESDAY)
    fixed = furnishing.add(session, name="projektör", room_id=cinar.id, at=TUESDAY)
    assert [piece.name for piece in furnishing.in_room(session, None)] == ["Projektör"]
    assert furnishing.in_room(session, cinar.id) == [fixed]
    furnishing.change(session, fixed.id, name="Akıllı tahta", room_id=None, at=TUESDAY)
    assert [piece.name for piece in furnishing.in_room(session, None)] == ["Akıllı tahta", "Projektör"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": " "}, "no_name"),
        ({"name": "x" * 81}, "long_name"),
        ({"name": "Perde", "count": 0}, "bad_count"),
        ({"name": "Perde", "count": 1_001}, "bad_count"),
        ({"name": "PROJEKTÖR"}, "same_name"),
    ],
)
def test_equipment_that_cannot_be_is_refused(session: Session, said: dict[str, Any], why: str) -> None:
    furnishing.add(session, name="Projektör", at=TUESDAY)
    assert reason(lambda: furnishing.add(session, at=TUESDAY, **said)) == why
    assert len(furnishing.equipment(session)) == 1


def test_what_bookings_were_promised_stays(session: Session, cinar: Room) -> None:
    defne = named(session, "Defne Atölyesi")
    piece = furnishing.add(session, name="Mikrofon", count=6, at=TUESDAY)
    book(session, cinar, equipment={piece.id: 3})
    wanted = book(session, defne, equipment={piece.id: 2})
    assert reason(lambda: furnishing.change(session, piece.id, count=4, at=TUESDAY)) == "equipment_promised"
    assert reason(lambda: furnishing.remove(session, piece.id, at=TUESDAY)) == "equipment_promised"
    assert (
        reason(lambda: furnishing.change(session, piece.id, room_id=cinar.id, at=TUESDAY))
        == "equipment_promised"
    )
    furnishing.change(session, piece.id, count=5, at=TUESDAY)
    bookings.cancel(session, wanted.id, at=TUESDAY)
    furnishing.change(session, piece.id, count=3, room_id=cinar.id, at=TUESDAY)
    assert [row.room_id for row in furnishing.wanted_by(session, piece.id, at=TUESDAY)] == [cinar.id]
    furnishing.remove(session, piece.id, at=NOON + HOUR)
    assert furnishing.equipment(session) == []


def test_removed_equipment_comes_back_unless_there_is_another_of_its_name(session: Session) -> None:
    piece = furnishing.add(session, name="Mikrofon", at=TUESDAY)
    furnishing.remove(session, piece.id, at=TUESDAY)
    furnishing.restore(session, piece.id, at=TUESDAY)
    assert furnishing.equipment(session) == [piece]
    furnishing.remove(session, piece.id, at=TUESDAY)
    furnishing.add(session, name="mikrofon", at=TUESDAY)
    assert reason(lambda: furnishing.restore(session, piece.id, at=TUESDAY)) == "same_name"
