"""Whoever writes, no two bookings hold one room, and no more equipment is given out than there is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from civicdesk.models import new_id

Row = dict[str, object]
TAKEN = r"room_taken|UNIQUE constraint failed: claim\.room_id, claim\.slot"


@pytest.fixture
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


@pytest.fixture
def room(raw: sqlite3.Connection) -> str:
    return room_named(raw, "Çınar Odası")


def room_named(raw: sqlite3.Connection, name: str) -> str:
    return str(raw.execute("SELECT id FROM room WHERE name = ?", (name,)).fetchone()[0])


def part_of(raw: sqlite3.Connection, whole: str, name: str) -> str:
    part = new_id().hex
    raw.execute(
        "INSERT INTO room (id, name, zone, position, colour, capacity, is_accessible, is_work_area, part_of_id)"
        " VALUES (?, ?, '', 9, '#000000', 8, 1, 0, ?)",
        (part, name, whole),
    )
    return part


def book(raw: sqlite3.Connection, room: str, begins: str, ends: str, **more: object) -> str:
    row: Row = {
        "id": new_id().hex,
        "room_id": room,
        "title": "",
        "kind": "meeting",
        "starts_at": f"2026-11-24T{begins}:00.000Z",
        "ends_at": f"2026-11-24T{ends}:00.000Z",
        "wall_start": "",
        "zone": "Europe/Istanbul",
        "people": 1,
        "state": "confirmed",
        **more,
    }
    holes = ", ".join(f":{column}" for column in row)
    raw.execute(f"INSERT INTO booking ({', '.join(row)}) VALUES ({holes})", row)
    return str(row["id"])


def change(raw: sqlite3.Connection, booking: str, **values: object) -> None:
    sets = ", ".join(f"{column} = :{column}" for column in values)
    raw.execute(f"UPDATE booking SET {sets} WHERE id = :booking", {**values, "booking": booking})


def claimed(raw: sqlite3.Connection, room: str) -> list[str]:
    """The five minutes of a room that are claimed, as `HH:MM` in UTC."""
    slots = raw.execute("SELECT slot FROM claim WHERE room_id = ? ORDER BY slot", (room,))
    return [f"{datetime.fromtimestamp(slot * 300, UTC):%H:%M}" for (slot,) in slots]


def test_a_booking_claims_its_half_open_time(raw: sqlite3.Connection, room: str) -> None:
    book(raw, room, "08:00", "08:15")

    assert claimed(raw, room) == ["08:00", "08:05", "08:10"]


def test_one_that_touches_another_is_let_in(raw: sqlite3.Connection, room: str) -> None:
    book(raw, room, "08:00", "08:15")
    book(raw, room, "08:15", "08:20")
    book(raw, room, "07:55", "08:00")

    assert claimed(raw, room) == ["07:55", "08:00", "08:05", "08:10", "08:15"]


@pytest.mark.parametrize(
    ("begins", "ends"), [("08:00", "09:00"), ("07:00", "10:00"), ("08:55", "09:30"), ("08:20", "08:25")]
)
def test_one_over_another_is_refused(raw: sqlite3.Connection, room: str, begins: str, ends: str) -> None:
    book(raw, room, "08:00", "09:00")

    with pytest.raises(sqlite3.IntegrityError, match=TAKEN):
        book(raw, room, begins, ends)


def test_the_claims_alone_refuse(raw: sqlite3.Connection, room: str) -> None:
    raw.execute("DROP TRIGGER booking_never_overlaps")
    book(raw, room, "08:00", "09:00")

    with pytest.raises(sqlite3.IntegrityError, match=r"claim\.slot"):
        book(raw, room, "08:55", "09:30")


def test_the_bookings_alone_refuse(raw: sqlite3.Connection, room: str) -> None:
    book(raw, room, "08:00", "09:00")
    raw.execute("DELETE FROM claim")

    with pytest.raises(sqlite3.IntegrityError, match="room_taken"):
        book(raw, room, "08:55", "09:30")


@pytest.mark.parametrize("state", ["cancelled", "skipped", "clash", "released"])
def test_what_does_not_stand_holds_nothing(raw: sqlite3.Connection, room: str, state: str) -> None:
    book(raw, room, "08:00", "09:00", state=state)
    book(raw, room, "08:00", "09:00", deleted_at="2026-11-20T08:00:00.000Z")

    assert claimed(raw, room) == []
    book(raw, room, "08:00", "09:00", state="tentative")


def test_setting_up_and_clearing_are_held_too(raw: sqlite3.Connection, room: str) -> None:
    book(raw, room, "08:10", "08:20", setup_minutes=10, clear_minutes=5)

    assert claimed(raw, room)[0] == "08:00"
    assert claimed(raw, room)[-1] == "08:20"
    with pytest.raises(sqlite3.IntegrityError, match=TAKEN):
        book(raw, room, "08:30", "09:00", setup_minutes=10)


def test_off_the_grid_every_touched_five_minutes_are_held(raw: sqlite3.Connection, room: str) -> None:
    book(raw, room, "08:02", "08:11")

    assert claimed(raw, room) == ["08:00", "08:05", "08:10"]


def test_a_booking_that_moves_takes_its_claims_along(raw: sqlite3.Connection, room: str) -> None:
    other = room_named(raw, "Defne Atölyesi")
    booking = book(raw, room, "08:00", "08:10")
    change(raw, booking, starts_at="2026-11-24T08:05:00.000Z", ends_at="2026-11-24T08:15:00.000Z")
    assert claimed(raw, room) == ["08:05", "08:10"]
    change(raw, booking, room_id=other)
    assert (claimed(raw, room), claimed(raw, other)) == ([], ["08:05", "08:10"])
    change(raw, booking, state="cancelled")
    assert claimed(raw, other) == []
    change(raw, booking, state="confirmed")
    assert claimed(raw, other) == ["08:05", "08:10"]
    raw.execute("DELETE FROM booking")
    assert claimed(raw, other) == []


def test_a_booking_cannot_move_or_come_back_over_another(raw: sqlite3.Connection, room: str) -> None:
    book(raw, room, "08:00", "09:00")
    later = book(raw, room, "10:00", "11:00")
    gone = book(raw, room, "08:30", "09:30", state="cancelled")

    for values in ({"starts_at": "2026-11-24T08:55:00.000Z"}, {"setup_minutes": 65}):
        with pytest.raises(sqlite3.IntegrityError, match=TAKEN):
            change(raw, later, **values)
    with pytest.raises(sqlite3.IntegrityError, match=TAKEN):
        change(raw, gone, state="confirmed")
    assert claimed(raw, room)[-1] == "10:55"


def test_a_room_nobody_came_to_is_free_from_then_on(raw: sqlite3.Connection, room: str) -> None:
    booking = book(raw, room, "08:00", "09:00")
    change(raw, booking, state="no_show", released_at="2026-11-24T08:17:00.000Z")

    assert claimed(raw, room) == ["08:00", "08:05", "08:10", "08:15"]
    book(raw, room, "08:20", "09:00")


@pytest.fixture
def hall(raw: sqlite3.Connection) -> str:
    return room_named(raw, "Ihlamur Salonu")


def test_the_whole_of_a_divided_room_claims_its_parts(raw: sqlite3.Connection, hall: str) -> None:
    east, west = part_of(raw, hall, "Doğu"), part_of(raw, hall, "Batı")
    book(raw, hall, "08:00", "08:05")

    assert [claimed(raw, each) for each in (hall, east, west)] == [[], ["08:00"], ["08:00"]]
    for half in (east, west):
        with pytest.raises(sqlite3.IntegrityError, match=TAKEN):
            book(raw, half, "08:00", "08:30")


def test_the_halves_are_free_of_each_other_and_keep_the_whole_out(raw: sqlite3.Connection, hall: str) -> None:
    east, west = part_of(raw, hall, "Doğu"), part_of(raw, hall, "Batı")
    book(raw, east, "08:00", "09:00")
    book(raw, west, "08:00", "09:00")

    with pytest.raises(sqlite3.IntegrityError, match=TAKEN):
        book(raw, hall, "08:55", "10:00")
    raw.execute("DELETE FROM claim")
    with pytest.raises(sqlite3.IntegrityError, match="room_taken"):
        book(raw, hall, "08:55", "10:00")


def test_a_room_with_bookings_is_not_divided_or_put_together(raw: sqlite3.Connection, hall: str) -> None:
    half = part_of(raw, hall, "Doğu")
    book(raw, hall, "08:00", "09:00")

    with pytest.raises(sqlite3.IntegrityError, match="room_has_bookings"):
        part_of(raw, hall, "Batı")
    with pytest.raises(sqlite3.IntegrityError, match="room_has_bookings"):
        raw.execute("UPDATE room SET part_of_id = NULL WHERE id = ?", (half,))
    raw.execute("UPDATE booking SET state = 'cancelled'")
    part_of(raw, hall, "Batı")
    raw.execute("UPDATE room SET part_of_id = NULL WHERE id = ?", (half,))


def test_a_part_is_not_divided_again(raw: sqlite3.Connection, hall: str, room: str) -> None:
    half = part_of(raw, hall, "Doğu")

    for whole, part in ((half, room), (room, hall), (hall, hall)):
        with pytest.raises(sqlite3.IntegrityError, match="part_of_a_part"):
            raw.execute("UPDATE room SET part_of_id = ? WHERE id = ?", (whole, part))


@pytest.fixture
def projectors(raw: sqlite3.Connection) -> str:
    equipment = new_id().hex
    raw.execute("INSERT INTO equipment (id, name, count) VALUES (?, 'Projektör', 3)", (equipment,))
    return equipment


def want(raw: sqlite3.Connection, booking: str, equipment: str, count: int) -> str:
    wanted = new_id().hex
    raw.execute(
        "INSERT INTO booking_equipment (id, booking_id, equipment_id, count) VALUES (?, ?, ?, ?)",
        (wanted, booking, equipment, count),
    )
    return wanted


def given_out(raw: sqlite3.Connection) -> dict[str, int]:
    rows = raw.execute("SELECT slot, sum(count) FROM equipment_claim GROUP BY slot ORDER BY slot")
    return {f"{datetime.fromtimestamp(slot * 300, UTC):%H:%M}": count for slot, count in rows}


def test_no_more_equipment_is_given_out_than_there_is(
    raw: sqlite3.Connection, room: str, hall: str, projectors: str
) -> None:
    want(raw, book(raw, room, "08:00", "08:10"), projectors, 2)
    other = book(raw, hall, "08:05", "08:15")

    with pytest.raises(sqlite3.IntegrityError, match="equipment_taken"):
        want(raw, other, projectors, 2)
    want(raw, other, projectors, 1)
    assert given_out(raw) == {"08:00": 2, "08:05": 3, "08:10": 1}


def test_equipment_goes_where_and_when_its_booking_goes(
    raw: sqlite3.Connection, room: str, projectors: str
) -> None:
    booking = book(raw, room, "08:00", "08:10")
    wanted = want(raw, booking, projectors, 2)
    change(raw, booking, starts_at="2026-11-24T08:05:00.000Z", clear_minutes=5)
    assert given_out(raw) == {"08:05": 2, "08:10": 2}
    raw.execute("UPDATE booking_equipment SET count = 3 WHERE id = ?", (wanted,))
    assert given_out(raw) == {"08:05": 3, "08:10": 3}
    change(raw, booking, state="cancelled")
    assert given_out(raw) == {}
    change(raw, booking, state="tentative")
    assert given_out(raw) == {"08:05": 3, "08:10": 3}
    raw.execute("UPDATE booking_equipment SET deleted_at = '2026-11-24T08:00:00.000Z'")
    assert given_out(raw) == {}


def test_a_booking_cannot_move_to_where_its_equipment_is_not(
    raw: sqlite3.Connection, room: str, hall: str, projectors: str
) -> None:
    want(raw, book(raw, room, "08:00", "09:00"), projectors, 3)
    later = book(raw, hall, "10:00", "11:00")
    want(raw, later, projectors, 1)

    with pytest.raises(sqlite3.IntegrityError, match="equipment_taken"):
        change(raw, later, starts_at="2026-11-24T08:30:00.000Z")
    assert given_out(raw)["08:30"] == 3


def test_equipment_that_came_before_its_booking_is_claimed_with_it(
    raw: sqlite3.Connection, room: str, projectors: str
) -> None:
    booking = new_id().hex
    want(raw, booking, projectors, 2)
    assert given_out(raw) == {}
    book(raw, room, "08:00", "08:05", id=booking)
    assert given_out(raw) == {"08:00": 2}
