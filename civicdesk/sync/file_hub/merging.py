"""Two desks' edits of one row put together: by column group the later stamp stays, and what loses is kept whole."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from civicdesk.sync.file_hub import blobs, erasing, rooms
from civicdesk.sync.file_hub.payloads import Payload, Pushing
from civicdesk.sync.file_hub.rows import Kept, Rows, above, dump, node_of
from civicdesk.sync.groups import Travelling
from civicdesk.sync.port import FACT, Cell, Refused, Value

_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


class Merge:
    """One push of one desk, inside its transaction."""

    def __init__(
        self, connection: sqlite3.Connection, centre: int, node: int, now_ms: int, *, is_recovery: bool
    ) -> None:
        self._connection = connection
        self._centre, self._node, self._now = centre, node, now_ms
        self._is_recovery = is_recovery
        self._rows = Rows(connection)
        self.merged = self.clashes = self.conflicts = 0

    def take(self, payload: Payload) -> None:
        """Merge it all, give rooms to who came first, forget who is to be forgotten, and number what changed."""
        liars = tuple(
            (row.what.table, row.id) for row in payload.rows if row.what.is_fact and self._contradicts(row)
        )
        if liars:
            raise Refused("row", liars)
        gone = tuple((row.what.table, row.id) for row in payload.rows if self._is_gone(row))
        if gone:
            raise Refused("gone", gone)
        for row in payload.rows:
            kept = self._rows.find_or_begin(self._scope_of(row), row.what.table, row.id)
            for group, cell in row.groups.items():
                if row.what.is_fact and group in kept.cells:
                    self._take_fact(kept, row.what, cell)
                else:
                    self._take_cell(kept, group, cell)
        self.clashes = rooms.arbitrate(self._connection, self._rows, self._centre, self._now)
        erasing.veto(self._connection, self._rows, self._now)
        self._rows.write()

    def _take_cell(self, kept: Kept, group: str, pushed: Cell) -> None:
        current = kept.cells.get(group)
        if current is None or pushed.stamp > current.stamp:
            kept.put(group, pushed.stamp, pushed.values)
            self.merged += 1
        if current is not None and pushed.stamp != current.stamp and self._are_blind(current, pushed):
            self._file(kept, group, *sorted((current, pushed), key=lambda cell: cell.stamp))

    def _take_fact(self, kept: Kept, what: Travelling, pushed: Cell) -> None:
        """A fact is the same for ever, but for what may be emptied: that stays empty, whoever comes with it."""
        current = kept.cells[FACT]
        values = {column: _emptier(current.values[column], value) for column, value in pushed.values.items()}
        latest = max(current, pushed, key=lambda cell: cell.stamp)
        # values that came out of both are nobody's yet, so they need a stamp that every desk takes
        stamp = latest.stamp if values == latest.values else above(self._now, latest.stamp)
        if (stamp, values) != (current.stamp, current.values):
            kept.put(FACT, stamp, values)
            self.merged += 1
            self._drop_picture(kept, current, values)

    def _drop_picture(self, kept: Kept, before: Cell, values: dict[str, Value]) -> None:
        """Bytes that no row names any more go with the name."""
        sha256 = before.values.get("sha256")
        if not sha256 or values["sha256"]:
            return
        others = self._connection.execute(
            "SELECT count(*) FROM row WHERE tbl = ? AND json_extract(vals, '$.row.sha256') = ? AND id <> ?",
            (kept.table, sha256, kept.id),
        )
        if others.fetchone()[0] == 0:
            blobs.drop(self._connection, str(sha256))

    def _are_blind(self, current: Cell, pushed: Cell) -> bool:
        """Whether the desk wrote without knowing what is here, so that somebody's words are lost by the merge."""
        is_unseen = current.stamp != pushed.base and node_of(current.stamp) != self._node
        is_hubs_loss = node_of(min(current.stamp, pushed.stamp)) == 0
        return is_unseen and not is_hubs_loss and current.values != pushed.values and not self._is_recovery

    def _file(self, kept: Kept, group: str, loser: Cell, winner: Cell) -> None:
        if erasing.is_erased(self._connection, kept) and erasing.tells(kept.table, group):
            return
        self._connection.execute(
            "INSERT INTO conflict SELECT ?, coalesce(max(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, 1 FROM conflict",
            (
                uuid4().hex,
                kept.scope,
                kept.table,
                kept.id,
                group,
                dump(loser.values),
                loser.stamp,
                winner.stamp,
                instant(self._now),
            ),
        )
        self.conflicts += 1

    def _is_gone(self, row: Pushing) -> bool:
        """Whether it was written over something that is not here any more."""
        is_over = not row.what.is_fact and any(cell.base for cell in row.groups.values())
        return is_over and self._rows.find(self._scope_of(row), row.what.table, row.id) is None

    def _contradicts(self, row: Pushing) -> bool:
        kept = self._rows.find(self._scope_of(row), row.what.table, row.id)
        if kept is None:
            return False
        known, told = kept.cells[FACT].values, row.groups[FACT].values
        return any(
            known[column] != told[column]
            and not (column in row.what.emptied and _is_empty(_emptier(known[column], told[column])))
            for column in told
        )

    def _scope_of(self, row: Pushing) -> int:
        return 0 if row.what.is_tenant_wide else self._centre


def _is_empty(value: Value) -> bool:
    return value in ("", {"b64": ""})


def _emptier(one: Value, other: Value) -> Value:
    return one if _is_empty(one) else other


def instant(now_ms: int) -> str:
    """Milliseconds since 2024 as the desks write times."""
    at = _BEGIN + timedelta(milliseconds=now_ms)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
