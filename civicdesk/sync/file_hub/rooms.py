"""Never two in a room: of two desks that gave it away apart from each other, the first to reach the hub has it.

A claim is a run of five-minute slots of one room (the parts of a divided one), as the desk's own triggers count them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from civicdesk.sync.file_hub.rows import Kept, Rows, above

_HOLDING = ("tentative", "confirmed", "no_show")
_SAYING = ("slot", "buffers", "state", "release", "del")
_SLOT_S, _FOREVER = 300, 9_000_000_000_000

Claims = set[tuple[str, int, int]]


@dataclass
class _Wish:
    """A booking that does not hold what it says it holds."""

    booking: Kept
    claims: Claims

    @property
    def turn(self) -> tuple[bool, int, str]:
        """What was here before this call goes first, then whoever wished it earlier."""
        stamps = (self.booking.cells[group].stamp for group in _SAYING if group in self.booking.cells)
        is_new = self.booking.is_changed
        return is_new, max(stamps, default=0) if is_new else self.booking.seq, self.booking.id


def arbitrate(connection: sqlite3.Connection, rows: Rows, scope: int, now_ms: int) -> int:
    """Give rooms to the bookings this call has touched; how many go without."""
    changed = [row for row in rows.changed() if row.scope == scope]
    bookings = [row for row in changed if row.table == "booking"]
    divided = [row for row in changed if row.table == "room"]
    if not bookings and not divided:
        return 0
    parts = _parts(rows, scope)
    touched = {row.id: row for row in (*bookings, *_concerned(connection, rows, scope, divided))}
    wishes = [
        _Wish(row, wanted) for row in touched.values()
        if (wanted := _wanted(row, parts)) != _held(connection, scope, row.id)
    ]  # fmt: skip
    connection.executemany(
        "DELETE FROM claim WHERE scope = ? AND booking = ?", [(scope, wish.booking.id) for wish in wishes]
    )
    return sum(
        not _given(connection, scope, wish, now_ms) for wish in sorted(wishes, key=lambda wish: wish.turn)
    )


def _given(connection: sqlite3.Connection, scope: int, wish: _Wish, now_ms: int) -> bool:
    if any(_is_taken(connection, scope, *claim) for claim in wish.claims):
        current = wish.booking.cells["state"]
        wish.booking.put("state", above(now_ms, current.stamp), {"state": "clash"})
        return False
    connection.executemany(
        "INSERT INTO claim (scope, booking, room, since, until) VALUES (?, ?, ?, ?, ?)",
        [(scope, wish.booking.id, *claim) for claim in wish.claims],
    )
    return True


def _is_taken(connection: sqlite3.Connection, scope: int, room: str, since: int, until: int) -> bool:
    found = connection.execute(
        "SELECT 1 FROM claim WHERE scope = ? AND room = ? AND until > ? AND since < ?",
        (scope, room, since, until),
    )
    return found.fetchone() is not None


def _held(connection: sqlite3.Connection, scope: int, booking: str) -> Claims:
    return set(
        connection.execute(
            "SELECT room, since, until FROM claim WHERE scope = ? AND booking = ?", (scope, booking)
        )
    )


def _wanted(booking: Kept, parts: dict[str, list[str]]) -> Claims:
    room, starts, ends = (booking.value("slot", column) for column in ("room_id", "starts_at", "ends_at"))
    is_holding = booking.value("state", "state") in _HOLDING and booking.value("del", "deleted_at") is None
    if not is_holding or room is None or starts is None or ends is None:
        return set()
    released = booking.value("release", "released_at")
    since = (_seconds(starts) - _minutes(booking, "setup_minutes") * 60) // _SLOT_S
    end = min(
        _seconds(ends) + _minutes(booking, "clear_minutes") * 60, _seconds(released) if released else _FOREVER
    )
    until = (end + _SLOT_S - 1) // _SLOT_S
    return {(leaf, since, until) for leaf in parts.get(str(room), [str(room)])} if since < until else set()


def _minutes(booking: Kept, column: str) -> int:
    return int(str(booking.value("buffers", column) or 0))


def _seconds(at: object) -> int:
    return int(datetime.fromisoformat(str(at)).timestamp())


def _parts(rows: Rows, scope: int) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for room in rows.all(scope, "room"):
        if whole := room.value("part", "part_of_id"):
            parts.setdefault(str(whole), []).append(room.id)
    return parts


def _concerned(connection: sqlite3.Connection, rows: Rows, scope: int, rooms: list[Kept]) -> list[Kept]:
    """Bookings of rooms that became, or are no longer, parts of another."""
    known = (
        "SELECT json_extract(vals, '$.part.part_of_id') FROM row WHERE scope = ? AND tbl = 'room' AND id = ?"
    )
    found: list[Kept] = []
    for room in rooms:
        before = connection.execute(known, (scope, room.id)).fetchone()
        now = room.value("part", "part_of_id")
        if (before and before[0]) == now:
            continue
        for each in {room.id, str(now), str(before and before[0])}:
            found += rows.find_all(
                scope, "tbl = 'booking' AND json_extract(vals, '$.slot.room_id') = ?", (each,)
            )
    return found
