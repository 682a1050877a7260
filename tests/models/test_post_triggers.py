"""Whoever writes, an item stands where its moves say, is handed over once, and no seat is taken twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from civicdesk.models import new_id

CAME = "2026-11-24T07:42:00.000Z"
LATER = "2026-11-26T07:42:00.000Z"


@pytest.fixture
def raw(file: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def write(raw: sqlite3.Connection, table: str, **row: object) -> str:
    row = {"id": new_id().hex, **row}
    raw.execute(
        f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})", row
    )
    return str(row["id"])


def item(raw: sqlite3.Connection, **more: object) -> str:
    words = dict.fromkeys(("desk", "addressed_to", "tracking", "sender", "condition", "shelf", "note"), "")
    usual = {"number": "2026-00001", "received_at": CAME, "kind": "ordinary", "box": 214}
    return write(raw, "mail_item", **{**words, **usual, **more})


def move(raw: sqlite3.Connection, item_id: str, what: str, at: str = LATER, **more: object) -> str:
    words = dict.fromkeys(("person", "capacity", "authority", "reason", "details"), "")
    return write(raw, "mail_move", item_id=item_id, what=what, at=at, **{**words, **more})


def state(raw: sqlite3.Connection, item_id: str, column: str = "place") -> object:
    row = raw.execute(f"SELECT {column} FROM mail_state WHERE item_id = ?", (item_id,)).fetchone()
    return row and row[0]


@pytest.mark.parametrize(
    ("moves", "place", "is_open"),
    [
        (["received"], "waiting", 1),
        (["received", "shelved", "notified", "corrected"], "waiting", 1),
        (["received", "forwarded"], "forwarded", 0),
        (["received", "returned", "back"], "waiting", 1),
        (["received", "unclaimed"], "unclaimed", 0),
        (["received", "withdrawn"], "withdrawn", 0),
    ],
)
def test_an_item_stands_where_its_last_move_says(
    raw: sqlite3.Connection, moves: list[str], place: str, is_open: int
) -> None:
    found = item(raw)
    for what in moves:
        move(raw, found, what)

    assert (state(raw, found), state(raw, found, "is_open")) == (place, is_open)


def test_a_notice_is_open_until_it_is_accepted_or_not_taken(raw: sqlite3.Connection) -> None:
    notice = item(raw, kind="notice")
    assert state(raw, notice) == "presented"
    move(raw, notice, "presented")
    move(raw, notice, "not_taken")
    assert (state(raw, notice), state(raw, notice, "is_open")) == ("not_taken", 0)
    move(raw, notice, "back")
    assert state(raw, notice) == "presented"
    move(raw, notice, "accepted")
    assert (state(raw, notice), state(raw, notice, "changed_at")) == ("waiting", LATER)
    move(raw, notice, "returned")
    move(raw, notice, "back")
    assert state(raw, notice) == "waiting"


def test_moves_may_come_before_their_item(raw: sqlite3.Connection) -> None:
    late = new_id().hex
    for what in ("received", "notified", "reminded", "returned"):
        move(raw, late, what)
    item(raw, id=late)

    assert state(raw, late) == "returned"
    assert (state(raw, late, "reminders"), state(raw, late, "notified_at")) == (1, LATER)


def test_the_state_follows_what_is_known_of_the_item(raw: sqlite3.Connection) -> None:
    found = item(raw)
    raw.execute("UPDATE mail_item SET box = 7, kind = 'parcel' WHERE id = ?", (found,))
    move(raw, found, "reminded")
    move(raw, found, "reminded")

    assert [state(raw, found, name) for name in ("box", "kind", "reminders")] == [7, "parcel", 2]
    raw.execute("UPDATE mail_item SET deleted_at = ? WHERE id = ?", (LATER, found))
    assert state(raw, found) is None
    raw.execute("UPDATE mail_item SET deleted_at = NULL WHERE id = ?", (found,))
    assert [state(raw, found, name) for name in ("place", "box", "reminders")] == ["waiting", 7, 2]


def test_nothing_is_handed_over_twice(raw: sqlite3.Connection) -> None:
    found, first, second = item(raw), new_id().hex, new_id().hex
    move(raw, found, "handed_over", hand_over_id=first)
    assert (state(raw, found), state(raw, found, "is_open")) == ("handed_over", 0)

    with pytest.raises(sqlite3.IntegrityError, match=r"handed_over\.item_id"):
        move(raw, found, "handed_over", hand_over_id=second)
    move(raw, found, "handover_corrected", hand_over_id=first)
    assert state(raw, found) == "waiting"
    move(raw, found, "handed_over", hand_over_id=second)
    assert state(raw, found) == "handed_over"


@pytest.mark.parametrize("column", ["number", "received_at", "desk", "batch_id", "received_by_id"])
def test_the_number_and_the_minute_of_an_item_stay(raw: sqlite3.Connection, column: str) -> None:
    item(raw)

    with pytest.raises(sqlite3.IntegrityError, match="mail_stays_as_received"):
        raw.execute(f"UPDATE mail_item SET {column} = ?", (LATER,))
    raw.execute(f"UPDATE mail_item SET {column} = {column}, shelf = 'B2'")


@pytest.fixture
def area(raw: sqlite3.Connection) -> str:
    """A work area of twenty-four seats."""
    return str(raw.execute("SELECT id FROM room WHERE name = 'Defne Atölyesi'").fetchone()[0])


def sit(raw: sqlite3.Connection, area: str, people: int = 1, **more: object) -> str:
    return write(raw, "seat_stay", room_id=area, people=people, since_at=CAME, **more)


def test_the_twenty_fifth_of_twenty_four_seats_is_refused(raw: sqlite3.Connection, area: str) -> None:
    sit(raw, area, 20)
    last = [sit(raw, area) for _n in range(4)][-1]

    with pytest.raises(sqlite3.IntegrityError, match="seats_full"):
        sit(raw, area)
    raw.execute("UPDATE seat_stay SET left_at = ? WHERE id = ?", (LATER, last))
    sit(raw, area)
    for values in ("left_at = NULL", "left_at = NULL, people = 2"):
        with pytest.raises(sqlite3.IntegrityError, match="seats_full"):
            raw.execute(f"UPDATE seat_stay SET {values} WHERE id = ?", (last,))


def test_two_do_not_sit_on_one_seat(raw: sqlite3.Connection, area: str) -> None:
    seat = new_id().hex
    first = sit(raw, area, seat_id=seat)

    with pytest.raises(sqlite3.IntegrityError, match="seat_taken"):
        sit(raw, area, seat_id=seat)
    raw.execute("UPDATE seat_stay SET left_at = ? WHERE id = ?", (LATER, first))
    sit(raw, area, seat_id=seat)


def open_stays(raw: sqlite3.Connection) -> int:
    return int(raw.execute("SELECT count(*) FROM seat_stay WHERE left_at IS NULL").fetchone()[0])


def test_a_seat_is_left_with_the_building_and_taken_again_with_an_undo(
    raw: sqlite3.Connection, area: str
) -> None:
    visit = write(
        raw,
        "visit",
        visitor_id=new_id().hex,
        number=1,
        arrived_at=CAME,
        people=1,
        reason="work_area",
        needs="",
        note="",
        is_discreet=0,
    )
    sit(raw, area, visit_id=visit)
    raw.execute("UPDATE visit SET left_at = ? WHERE id = ?", (LATER, visit))
    assert open_stays(raw) == 0
    raw.execute("UPDATE visit SET left_at = NULL WHERE id = ?", (visit,))
    assert open_stays(raw) == 1
    raw.execute("UPDATE visit SET left_at = ? WHERE id = ?", (LATER, visit))
    sit(raw, area, 24)
    raw.execute("UPDATE visit SET left_at = NULL WHERE id = ?", (visit,))
    assert open_stays(raw) == 1
