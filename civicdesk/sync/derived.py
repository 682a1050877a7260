"""What this desk keeps besides the shared rows, worked out anew for those that came: who is inside, what is held.

The triggers that keep it give way while rows are written down, because they refuse what cannot be and stop at the
first of two that came at once. Here the rows decide: of two that cannot both be one is entered, the other is shown.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping

from civicdesk.models.room_triggers import BEGIN, END, HOLDS
from civicdesk.sync.capture import Sidecar
from civicdesk.sync.port import Row, Value

_SPANS = "CREATE TEMP TABLE IF NOT EXISTS sync_span (room_id TEXT, begins INTEGER, ends INTEGER)"
_NOTE_SPANS = f"""INSERT INTO temp.sync_span
  SELECT coalesce(part.id, b.room_id), {BEGIN}, {END} FROM booking AS b
    LEFT JOIN room AS part ON part.part_of_id = b.room_id
  WHERE b.id IN (SELECT value FROM json_each(?)) AND {HOLDS} AND {BEGIN} < {END}""".replace("{b}", "b")
_LET_GO = "DELETE FROM claim WHERE room_id = ? AND slot >= ? AND slot < ?"

# What held its room at the hub before comes before what was not sent yet; between equals the lower id, on every desk.
_CLAIM = f"""INSERT OR IGNORE INTO claim (room_id, slot, booking_id)
  WITH RECURSIVE run (room_id, n, until, booking_id, unsent) AS (
    SELECT coalesce(part.id, b.room_id), {BEGIN}, {END}, b.id, coalesce(s.pend, 0) > 0
    FROM booking AS b LEFT JOIN room AS part ON part.part_of_id = b.room_id
      LEFT JOIN booking__s AS s ON s.id = b.id
    WHERE {{which}} AND {HOLDS} AND {BEGIN} < {END}
    UNION ALL SELECT room_id, n + 1, until, booking_id, unsent FROM run WHERE n + 1 < until)
  SELECT room_id, n, booking_id FROM run ORDER BY unsent, booking_id""".replace("{b}", "b")
_NEAR = """b.id IN (SELECT near.id FROM temp.sync_span AS span CROSS JOIN booking AS near
    ON near.room_id IN (span.room_id, (SELECT part_of_id FROM room WHERE id = span.room_id))
    AND near.starts_at > strftime('%Y-%m-%dT%H:%M:%fZ', span.begins * 300, 'unixepoch', '-2 days')
    AND near.starts_at < strftime('%Y-%m-%dT%H:%M:%fZ', span.ends * 300, 'unixepoch', '+1 day'))"""

_VISITORS = "(SELECT visitor_id FROM visit WHERE id IN (SELECT value FROM json_each(:ids)))"
_PRESENCE = (
    f"DELETE FROM presence WHERE visit_id IN (SELECT value FROM json_each(:ids)) OR visitor_id IN {_VISITORS}",
    f"""INSERT OR IGNORE INTO presence (visitor_id, visit_id) SELECT visitor_id, id FROM visit
  WHERE visitor_id IN {_VISITORS} AND left_at IS NULL AND deleted_at IS NULL ORDER BY arrived_at DESC, id""",
)

_ITEMS = "(SELECT item_id FROM mail_move WHERE id IN (SELECT value FROM json_each(:ids)))"
_HANDED_OVER = (
    f"DELETE FROM handed_over WHERE item_id IN {_ITEMS}",
    f"""INSERT OR IGNORE INTO handed_over (item_id, hand_over_id) SELECT item_id, hand_over_id FROM mail_move AS m
  WHERE item_id IN {_ITEMS} AND what = 'handed_over' AND NOT EXISTS (SELECT 1 FROM mail_move AS c
    WHERE c.item_id = m.item_id AND c.what = 'handover_corrected' AND c.hand_over_id = m.hand_over_id) ORDER BY id""",
)


class Changes:
    """What a transaction writes down, as far as this desk keeps something besides it."""

    def __init__(self, connection: sqlite3.Connection, sidecars: Mapping[str, Sidecar]) -> None:
        self._connection = connection
        self._touched: dict[str, list[str]] = {}
        self._is_divided_anew = False
        connection.execute(_SPANS)
        connection.execute("DELETE FROM temp.sync_span")

    def before(self, table: str, ids: Collection[str]) -> None:
        """Look at rows before they are written: what they hold may be let go of."""
        self._touched[table] = list(ids)
        if table == "booking":
            self._connection.execute(_NOTE_SPANS, (json.dumps(list(ids)),))

    def wrote(
        self, table: str, fresh: Iterable[Row], cells: Mapping[str, Mapping[str, Mapping[str, Value]]]
    ) -> None:
        """Note what was written; a room that is divided otherwise changes what bookings of the whole hold."""
        if table == "room":
            parts = [row.groups["part"].values for row in fresh if "part" in row.groups]
            self._is_divided_anew |= any("part" in groups for groups in cells.values())
            self._is_divided_anew |= any(values.get("part_of_id") for values in parts)

    def work_out(self) -> None:
        if self._is_divided_anew:
            self._connection.execute("DELETE FROM claim")
            self._connection.execute(_CLAIM.format(which="1"))
        elif bookings := self._touched.get("booking"):
            self._claim(bookings)
        for table, statements in (("visit", _PRESENCE), ("mail_move", _HANDED_OVER)):
            for statement in statements if table in self._touched else ():
                self._connection.execute(statement, {"ids": json.dumps(self._touched[table])})

    def _claim(self, bookings: list[str]) -> None:
        self._connection.execute(_NOTE_SPANS, (json.dumps(bookings),))
        spans = self._connection.execute(
            "SELECT DISTINCT room_id, begins, ends FROM temp.sync_span"
        ).fetchall()
        self._connection.executemany(_LET_GO, spans)
        self._connection.execute(_CLAIM.format(which=_NEAR))


def tidy(connection: sqlite3.Connection) -> bool:
    """End the seats of visits that have ended at another desk, as an ordinary change; whether any was."""
    return bool(
        connection.execute(
            """UPDATE seat_stay SET left_at = max(since_at, coalesce(v.left_at, v.deleted_at)) FROM visit AS v
  WHERE v.id = seat_stay.visit_id AND seat_stay.left_at IS NULL AND seat_stay.deleted_at IS NULL
    AND coalesce(v.left_at, v.deleted_at) IS NOT NULL"""
        ).rowcount
    )
