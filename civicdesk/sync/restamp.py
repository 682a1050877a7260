"""Giving what was not sent yet new stamps in the same order: after a fork, or when the clock was far ahead."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from civicdesk.sync import stamps
from civicdesk.sync.capture import Sidecar


def restamp(
    connection: sqlite3.Connection, sidecars: Mapping[str, Sidecar], node: int, later_than: int | None = None
) -> int:
    """Restamp unsent groups above all stamps that are kept; how many rows.

    With a limit only those whose stamp is later than it: their times are wrong. Otherwise all, and their times stay.
    """
    is_time_kept = later_than is None
    later_than = -1 if later_than is None else later_than
    rows = {table: _unsent(connection, sidecar, later_than) for table, sidecar in sidecars.items()}
    old = {stamp for found in rows.values() for _id, cells in found for stamp in cells.values()}
    if not old:
        return 0
    (above,) = connection.execute("SELECT hi FROM sync_state").fetchone()
    kept = (_highest_kept(connection, sidecar, later_than) for sidecar in sidecars.values())
    fresh = stamps.anew(old, max(above, *kept), node, is_time_kept=is_time_kept)
    for table, found in rows.items():
        for row_id, cells in found:
            sets = ", ".join(f"c_{group} = {fresh[stamp]:d}" for group, stamp in cells.items())
            connection.execute(f"UPDATE {table}__s SET {sets} WHERE id = ?", (row_id,))
    connection.execute("UPDATE sync_clock SET last = ?", (max(fresh.values()),))
    return sum(map(len, rows.values()))


def _unsent(
    connection: sqlite3.Connection, sidecar: Sidecar, later_than: int
) -> list[tuple[str, dict[str, int]]]:
    names = ", ".join(f"c_{group}" for group in sidecar.groups)
    found = []
    for row_id, pend, *cells in connection.execute(
        f"SELECT id, pend, {names} FROM {sidecar.name} WHERE dirty > 0"
    ):
        mine = {
            group: stamp
            for place, (group, stamp) in enumerate(zip(sidecar.groups, cells, strict=True))
            if pend & (1 << place) and stamp > later_than
        }
        if mine:
            found.append((row_id, mine))
    return found


def _highest_kept(connection: sqlite3.Connection, sidecar: Sidecar, later_than: int) -> int:
    """The greatest stamp beside a table that stays as it is, and the greatest one written over."""
    kept = ", ".join(
        f"max(CASE WHEN pend & {sidecar.bit(group)} AND c_{group} > {later_than:d} THEN 0 ELSE c_{group} END), "
        f"max(b_{group})"
        for group in sidecar.groups
    )
    return max(stamp or 0 for stamp in connection.execute(f"SELECT {kept} FROM {sidecar.name}").fetchone())
