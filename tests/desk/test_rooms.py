from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import centre, headcounts, rooms, trail
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Room
from tests.builders import TUESDAY


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def named(session: Session, name: str) -> Room:
    return next(room for room in centre.rooms(session) if room.name == name)


def names(session: Session) -> list[str]:
    return [room.name for room in centre.rooms(session)]


def book(session: Session, room: Room, *, hours: float, state: str = BookingState.CONFIRMED) -> None:
    starts = TUESDAY + timedelta(hours=hours)
    session.add(
        Booking(
            room_id=room.id,
            title="Toplantı",
            kind="meeting",
            starts_at=starts,
            ends_at=starts + timedelta(hours=1),
            wall_start=f"{starts:%Y-%m-%dT%H:%M}",
            state=state,
        )
    )
    session.flush()


def test_a_new_room_comes_last(session: Session) -> None:
    rooms.add(session, name=" Zeytin  Odası ", capacity=12, at=TUESDAY)
    assert names(session) == ["Çınar Odası", "Ihlamur Salonu", "Defne Atölyesi", "Zeytin Odası"]


@pytest.mark.parametrize(
    ("face", "reason"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": "x" * 81}, "long_name"),
        ({"name": "ÇINAR ODASI"}, "same_name"),
        ({"name": "Zeytin", "capacity": 0}, "bad_capacity"),
        ({"name": "Zeytin", "capacity": 10_001}, "bad_capacity"),
        ({"name": "Zeytin", "colour": "green"}, "bad_colour"),
        ({"name": "Zeytin", "room_class": "cellar"}, "bad_class"),
    ],
)
def test_a_room_that_cannot_be_is_refused(session: Session, face: rooms.Face, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        rooms.add(session, at=TUESDAY, **face)
    assert refused.value.reason == reason
    assert len(names(session)) == 3


def test_a_room_is_changed_and_may_keep_its_own_name(session: Session) -> None:
    room = named(session, "Çınar Odası")
    rooms.change(session, room.id, name="Çınar odası", capacity=20, is_accessible=False, at=TUESDAY)
    changed = named(session, "Çınar odası")
    assert (changed.capacity, changed.is_accessible, changed.zone) == (20, False, "Zemin kat")


def test_a_room_moves_up_and_down_and_stays_at_the_ends(session: Session) -> None:
    ihlamur = named(session, "Ihlamur Salonu").id
    rooms.move(session, ihlamur, -1, at=TUESDAY)
    assert names(session)[0] == "Ihlamur Salonu"
    rooms.move(session, ihlamur, -1, at=TUESDAY)
    assert names(session) == ["Ihlamur Salonu", "Çınar Odası", "Defne Atölyesi"]
    rooms.move(session, ihlamur, 1, at=TUESDAY)
    assert names(session) == ["Çınar Odası", "Ihlamur Salonu", "Defne Atölyesi"]


def test_a_room_is_removed_and_brought_back_to_its_place(session: Session) -> None:
    room = named(session, "Ihlamur Salonu")
    rooms.remove(session, room.id, at=TUESDAY)
    assert names(session) == ["Çınar Odası", "Defne Atölyesi"]
    rooms.restore(session, room.id, at=TUESDAY)
    assert names(session) == ["Çınar Odası", "Ihlamur Salonu", "Defne Atölyesi"]


def test_a_room_does_not_come_back_beside_another_of_its_name(session: Session) -> None:
    room = named(session, "Ihlamur Salonu")
    rooms.remove(session, room.id, at=TUESDAY)
    rooms.add(session, name="Ihlamur Salonu", at=TUESDAY)
    with pytest.raises(Refusal) as refused:
        rooms.restore(session, room.id, at=TUESDAY)
    assert refused.value.reason == "same_name"


def test_a_room_with_people_inside_stays(session: Session) -> None:
    room = named(session, "Ihlamur Salonu")
    headcounts.count(session, room_id=room.id, change=3, at=TUESDAY)
    with pytest.raises(Refusal, match="3 people are in “Ihlamur Salonu”") as refused:
        rooms.remove(session, room.id, at=TUESDAY)
    assert refused.value.reason == "people_inside"
    assert "Ihlamur Salonu" in names(session)


@pytest.mark.parametrize("hours", [-0.5, 48])
def test_a_room_that_is_booked_now_or_later_stays(session: Session, hours: float) -> None:
    room = named(session, "Ihlamur Salonu")
    book(session, room, hours=hours)
    with pytest.raises(Refusal, match="booked 1 more time") as refused:
        rooms.remove(session, room.id, at=TUESDAY)
    assert refused.value.reason == "booked"


def test_past_and_cancelled_bookings_do_not_hold_a_room(session: Session) -> None:
    room = named(session, "Ihlamur Salonu")
    book(session, room, hours=-1)
    book(session, room, hours=24, state=BookingState.CANCELLED)
    rooms.remove(session, room.id, at=TUESDAY)
    assert "Ihlamur Salonu" not in names(session)


def test_every_change_of_a_room_is_in_the_trail(session: Session) -> None:
    room = rooms.add(session, name="Zeytin", at=TUESDAY)
    rooms.change(session, room.id, capacity=5, at=TUESDAY)
    rooms.move(session, room.id, -1, at=TUESDAY)
    rooms.remove(session, room.id, at=TUESDAY)
    rooms.restore(session, room.id, at=TUESDAY)
    said = [line.entry.action for line in trail.latest(session)]
    assert said == ["restore_room", "remove_room", "move_room", "change_room", "add_room"]


def test_a_divided_room_stays_until_its_parts_are_rooms_of_their_own(session: Session) -> None:
    whole = named(session, "Ihlamur Salonu")
    part = rooms.add(session, name="Ihlamur Doğu", capacity=55, room_class="hall", at=TUESDAY)
    rooms.divide(session, part.id, whole.id, at=TUESDAY)
    assert rooms.parts(session, whole.id) == [part]
    with pytest.raises(Refusal) as refused:
        rooms.remove(session, whole.id, at=TUESDAY)
    assert refused.value.reason == "has_parts"
    rooms.divide(session, part.id, None, at=TUESDAY)
    rooms.remove(session, whole.id, at=TUESDAY)
    assert "Ihlamur Salonu" not in names(session)


def test_what_is_in_the_way_of_dividing_a_room_is_listed_the_earliest_first(session: Session) -> None:
    whole = named(session, "Ihlamur Salonu")
    for hours in (5, 2, -3):
        book(session, whole, hours=hours)
    book(session, whole, hours=8, state=BookingState.CANCELLED)
    assert [row.starts_at for row in rooms.coming(session, whole.id, at=TUESDAY)] == [
        TUESDAY + timedelta(hours=hours) for hours in (2, 5)
    ]


def test_a_part_stays_while_the_whole_is_booked(session: Session) -> None:
    whole = named(session, "Ihlamur Salonu")
    part = rooms.add(session, name="Ihlamur Doğu", at=TUESDAY)
    rooms.divide(session, part.id, whole.id, at=TUESDAY)
    book(session, whole, hours=2)
    with pytest.raises(Refusal) as refused:
        rooms.remove(session, part.id, at=TUESDAY)
    assert refused.value.reason == "room_has_bookings"
    assert "Ihlamur Doğu" in names(session)
