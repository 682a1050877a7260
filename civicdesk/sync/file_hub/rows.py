"""Rows as a hub in a file keeps them: JSON by column group, each group with its stamp."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from civicdesk.sync.port import Cell, Row, Value

NODE_BITS, COUNTER_BITS = 15, 6


@dataclass
class Kept:
    """One row of the hub, and whether this call has changed it."""

    scope: int
    table: str
    id: str
    seq: int = 0
    cells: dict[str, Cell] = field(default_factory=dict)
    is_changed: bool = False

    def put(self, group: str, stamp: int, values: Mapping[str, Value]) -> None:
        self.cells[group] = Cell(stamp=stamp, base=None, values=dict(values))
        self.is_changed = True

    def value(self, group: str, column: str) -> Value:
        cell = self.cells.get(group)
        return cell.values.get(column) if cell else None

    def as_row(self) -> Row:
        return Row(table=self.table, id=self.id, groups=self.cells, seq=self.seq)


class Rows:
    """The rows a call touches: each read once, and written once at its end."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._held: dict[tuple[int, str, str], Kept | None] = {}

    def find(self, scope: int, table: str, id_: str) -> Kept | None:
        key = (scope, table, id_)
        if key not in self._held:
            found = list(select(self._connection, "WHERE scope = ? AND tbl = ? AND id = ?", key))
            self._held[key] = found[0] if found else None
        return self._held[key]

    def find_or_begin(self, scope: int, table: str, id_: str) -> Kept:
        found = self.find(scope, table, id_)
        if found is None:
            found = self._held[scope, table, id_] = Kept(scope, table, id_)
        return found

    def find_all(self, scope: int, where: str, arguments: Iterable[object]) -> list[Kept]:
        """What the file says of these, and as this call has left them."""
        found = select(self._connection, f"WHERE scope = {scope:d} AND {where}", arguments)
        return [self._held.setdefault((scope, row.table, row.id), row) or row for row in found]

    def all(self, scope: int, table: str) -> list[Kept]:
        """A whole small table, as this call has left it."""
        known = {row.id: row for row in self.find_all(scope, "tbl = ?", (table,))}
        begun = (row for row in self.changed() if (row.scope, row.table) == (scope, table))
        return list((known | {row.id: row for row in begun}).values())

    def changed(self) -> list[Kept]:
        return [row for row in self._held.values() if row is not None and row.is_changed]

    def write(self) -> None:
        """Give every changed row the next number of its scope, scopes in ascending order, and keep it."""
        rows = sorted(self.changed(), key=lambda row: row.scope)
        for row in rows:
            row.seq = self._connection.execute(
                "UPDATE scope SET seq = seq + 1 WHERE scope = ? RETURNING seq", (row.scope,)
            ).fetchone()[0]
            row.is_changed = False
        self._connection.executemany(
            "INSERT OR REPLACE INTO row VALUES (?, ?, ?, ?, ?, ?)", map(_record, rows)
        )


def select(connection: sqlite3.Connection, where: str, arguments: Iterable[object]) -> Iterable[Kept]:
    """Rows of the file; the condition may go on with an order and a limit."""
    asked = connection.execute(f"SELECT scope, tbl, id, seq, stamps, vals FROM row {where}", tuple(arguments))
    for scope, table, id_, seq, stamps, values in asked:
        known = json.loads(values)
        cells = {
            group: Cell(stamp=stamp, base=None, values=known[group])
            for group, stamp in json.loads(stamps).items()
        }
        yield Kept(scope, table, id_, seq, cells)


def above(now_ms: int, *stamps: int) -> int:
    """A stamp of the hub's own (node 0) that is later than all of these."""
    return max(
        [now_ms << (COUNTER_BITS + NODE_BITS), *(((stamp >> NODE_BITS) + 1) << NODE_BITS for stamp in stamps)]
    )


def node_of(stamp: int) -> int:
    """Who made a stamp."""
    return stamp & ((1 << NODE_BITS) - 1)


def dump(value: object) -> str:
    """JSON in its one form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _record(row: Kept) -> tuple[int, str, str, int, str, str]:
    stamps = {group: cell.stamp for group, cell in row.cells.items()}
    values = {group: cell.values for group, cell in row.cells.items()}
    return row.scope, row.table, row.id, row.seq, dump(stamps), dump(values)
