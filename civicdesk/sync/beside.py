"""What stands beside rows: read for many at once, and written back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from civicdesk.sync.capture import Sidecar
from civicdesk.sync.groups import Travelling
from civicdesk.sync.payload import to_value
from civicdesk.sync.port import Value


@dataclass(slots=True)
class Beside:
    """Bits and tick of what was not sent yet; by group the stamp, and the hub's stamp it was written over."""

    pend: int
    dirty: int
    stamps: dict[str, int]
    bases: dict[str, int]


def read(connection: sqlite3.Connection, sidecar: Sidecar, ids: Iterable[str]) -> dict[str, Beside]:
    """What stands beside these rows, by id, where anything does."""
    groups, count = sidecar.groups, len(sidecar.groups)
    found = connection.execute(
        f"SELECT id, pend, dirty, {_names(groups)} FROM {sidecar.name} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {
        row_id: Beside(
            pend,
            dirty,
            dict(zip(groups, cells[:count], strict=True)),
            dict(zip(groups, cells[count:], strict=True)),
        )
        for row_id, pend, dirty, *cells in found
    }


def write(connection: sqlite3.Connection, sidecar: Sidecar, rows: Mapping[str, Beside]) -> None:
    """Write it for these rows, new or known."""
    groups = sidecar.groups
    holes = ", ".join(["?"] * (3 + 2 * len(groups)))
    connection.executemany(
        f"INSERT OR REPLACE INTO {sidecar.name} (id, pend, dirty, {_names(groups)}) VALUES ({holes})",
        (
            (
                row_id,
                here.pend,
                here.dirty,
                *(here.stamps.get(group, 0) for group in groups),
                *(here.bases.get(group, 0) for group in groups),
            )
            for row_id, here in rows.items()
        ),
    )


def values(
    connection: sqlite3.Connection, one: Travelling, ids: Iterable[str]
) -> dict[str, dict[str, Value]]:
    """The travelling columns of these rows as they stand on this desk, by id."""
    names = ", ".join(f'"{column}"' for column in one.columns)
    found = connection.execute(
        f"SELECT id, {names} FROM {one.table} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row_id: dict(zip(one.columns, map(to_value, rest), strict=True)) for row_id, *rest in found}


def _names(groups: Sequence[str]) -> str:
    return ", ".join([f"c_{group}" for group in groups] + [f"b_{group}" for group in groups])
