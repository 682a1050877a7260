"""Puts the demo's rows into a fresh database, many at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from civicdesk.database import Database

_BATCH = 5_000

Row = tuple[Any, ...]


class Writer:
    """Collects rows table by table and writes them in batches.

    The file is nobody's yet: a crash costs nothing, so there is no journal and no waiting for the disk.
    """

    def __init__(self, path: Path) -> None:
        database = Database(path)
        database.prepare()
        database.close()
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-131072", "temp_store=MEMORY"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.execute("BEGIN")
        self._waiting: dict[str, list[Row]] = {}

    def add(self, table: str, **values: object) -> None:
        """One row by column names; for the tables that have few."""
        columns = ", ".join(f'"{column}"' for column in values)  # `on` is a word of SQL
        self.row(f"{table} ({columns})", tuple(values.values()))

    def row(self, into: str, values: Row) -> None:
        """One row of a table named with its columns: `mark (name, value, at)`."""
        waiting = self._waiting.setdefault(into, [])
        waiting.append(values)
        if len(waiting) >= _BATCH:
            self._flush(into)

    def finish(self) -> None:
        """Write what is left and close the file, whole and without companions."""
        for into in self._waiting:
            self._flush(into)
        self._connection.execute("COMMIT")
        self._connection.execute("PRAGMA optimize")
        self._connection.close()

    def abandon(self) -> None:
        """Close a file that nobody will want."""
        self._connection.close()

    def _flush(self, into: str) -> None:
        rows = self._waiting[into]
        if rows:
            holes = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {into} VALUES ({holes})", rows)
            rows.clear()
