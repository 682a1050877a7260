"""What is sent: the changed groups of changed rows as canonical text, so that the same rows make the same bytes."""

from __future__ import annotations

import base64
import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from civicdesk.sync.capture import Sidecar
from civicdesk.sync.port import CONTRACT, Value

MOST_ROWS = 1_000
MOST_LETTERS = 4_000_000

# Bookings that changed places must reach the hub together, or one clashes with where the other one was.
_TOGETHER = ("booking", "booking_equipment", "room")


@dataclass(frozen=True, slots=True)
class Sent:
    """A row in a payload, and as of when (`dirty`)."""

    table: str
    id: str
    dirty: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes in one push."""

    rows: tuple[Sent, ...]
    text: str
    highest: int


def to_value(stored: object) -> Value:
    """What SQLite stores, as it travels. Numbers with a fraction do not."""
    if isinstance(stored, bytes):
        return {"b64": base64.b64encode(stored).decode()}
    if stored is None or isinstance(stored, str | int):
        return stored
    raise TypeError(f"{stored!r} does not travel")


def to_stored(value: Value) -> str | int | bytes | None:
    """What travels, as SQLite stores it."""
    return base64.b64decode(value["b64"]) if isinstance(value, dict) else value


def canonical(value: object) -> str:
    """JSON that is the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def next_chain(chain: str, text: str) -> str:
    """What the chain becomes once the text has arrived after it."""
    return sha256((chain + text).encode()).hexdigest()


def waiting(connection: sqlite3.Connection, sidecars: Mapping[str, Sidecar], limit: int) -> list[Sent]:
    """Rows with groups that were not sent yet, the oldest change first; of bookings all, before anything else."""
    first = _oldest(connection, (sidecars[table] for table in _TOGETHER if table in sidecars), limit * 5)
    if len(first) >= limit:
        return first
    rest = (sidecar for table, sidecar in sidecars.items() if table not in _TOGETHER)
    return [*first, *_oldest(connection, rest, limit - len(first))]


def batch(
    connection: sqlite3.Connection, sidecars: Mapping[str, Sidecar], rows: Iterable[Sent], **more: str
) -> Batch:
    """What is sent of these rows, in one moment of the file. At least one row, however long it is."""
    found = [row for table, some in _by_table(rows) for row in pending(connection, sidecars[table], some)]
    found.sort(key=lambda row: (row[0].dirty, row[0].table, row[0].id))
    found.sort(key=lambda row: row[0].table not in _TOGETHER)
    kept: list[tuple[Sent, dict[str, Any]]] = []
    letters = 0
    for row in found:
        letters += len(canonical(row[1]))
        if kept and letters > MOST_LETTERS:
            break
        kept.append(row)
    highest = max((cell[0] for _sent, row in kept for cell in row["g"].values()), default=0)
    text = canonical({"contract": CONTRACT, "rows": [row for _sent, row in kept], **more})
    return Batch(tuple(sent for sent, _row in kept), text, highest)


def pending(
    connection: sqlite3.Connection, sidecar: Sidecar, rows: Iterable[Sent]
) -> Iterator[tuple[Sent, dict[str, Any]]]:
    """Each row with its groups that were not sent yet: stamp, base and values."""
    for sent, bits, cells in _read(connection, sidecar, rows):
        groups = {group: cell for group, cell in cells.items() if bits & sidecar.bit(group)}
        if groups:
            yield sent, {"t": sent.table, "i": sent.id, "g": groups}


def whole(
    connection: sqlite3.Connection, sidecar: Sidecar, ids: Iterable[str]
) -> Iterator[tuple[Sent, dict[str, Any]]]:
    """Each row with all its groups that were sent before, under the stamps they have."""
    rows = [Sent(sidecar.of.table, row_id, 0) for row_id in ids]
    for sent, bits, cells in _read(connection, sidecar, rows):
        groups = {g: [c[0], None, c[2]] for g, c in cells.items() if c[0] and not bits & sidecar.bit(g)}
        if groups:
            yield sent, {"t": sent.table, "i": sent.id, "g": groups}


def _oldest(connection: sqlite3.Connection, sidecars: Iterable[Sidecar], limit: int) -> list[Sent]:
    found = (
        (dirty, sidecar.of.table, row_id)
        for sidecar in sidecars
        for dirty, row_id in connection.execute(
            f"SELECT dirty, id FROM {sidecar.name} AS s WHERE dirty > 0 AND NOT EXISTS ("
            "SELECT 1 FROM sync_quarantine AS q WHERE q.table_name = ? AND q.row_id = s.id AND q.dirty = s.dirty) "
            "ORDER BY dirty LIMIT ?",
            (sidecar.of.table, limit),
        )
    )
    return [Sent(table, row_id, dirty) for dirty, table, row_id in heapq.nsmallest(limit, found)]


def _read(
    connection: sqlite3.Connection, sidecar: Sidecar, rows: Iterable[Sent]
) -> Iterator[tuple[Sent, int, dict[str, list[Any]]]]:
    """Each row that is there, its bits and its groups as [stamp, base, values]."""
    one, groups = sidecar.of, [group for group in sidecar.groups if group in sidecar.of.groups]
    of = {row.id: row for row in rows}
    stamps = ", ".join(f"s.c_{group}, s.b_{group}" for group in groups)
    columns = ", ".join(f't."{column}"' for group in groups for column in one.groups[group])
    asked = connection.execute(
        f"SELECT s.id, s.dirty, s.pend, {stamps}, {columns} FROM {sidecar.name} AS s JOIN {one.table} AS t "
        "ON t.id = s.id WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(of)),),
    )
    for row_id, dirty, bits, *cells in asked:
        values = iter(cells[2 * len(groups) :])
        yield (
            Sent(one.table, row_id, dirty),
            bits,
            {
                group: [
                    cells[2 * place],
                    cells[2 * place + 1] or None,
                    {column: to_value(next(values)) for column in one.groups[group]},
                ]
                for place, group in enumerate(groups)
            },
        )


def _by_table(rows: Iterable[Sent]) -> Iterator[tuple[str, list[Sent]]]:
    tables: dict[str, list[Sent]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    yield from tables.items()
