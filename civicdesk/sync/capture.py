"""Capturing: triggers that note beside each shared table which groups of which rows have changed, and when.

Whoever writes is caught: the desk, another program, a repair by hand. The note and the change are one transaction, so
neither is there without the other. The triggers are made from the tables' own description; a desk without a hub has
none of them.

Beside each table `T` stands `T__s`: the row's id, for each group its stamp (`c_…`) and the hub's stamp it was written
over (`b_…`), one bit for each group that was not sent yet (`pend`), and when that was last so (`dirty`, a tick).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from civicdesk.models.giving_way import GUARD
from civicdesk.sync.groups import Travelling, travelling
from civicdesk.sync.stamps import MOVE_ON

PIECE = 2_000
"""So many rows are stamped at once when a desk joins, so that a check-in beside it need not wait."""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What stands beside one table; the place of a group in `groups` is its bit. New groups come last."""

    of: Travelling
    groups: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.of.table}__s"

    @property
    def every_bit(self) -> int:
        return (1 << len(self.groups)) - 1

    def bit(self, group: str) -> int:
        return 1 << self.groups.index(group)


def sidecars(connection: sqlite3.Connection) -> dict[str, Sidecar]:
    """What stands beside the tables of this file, by table. Groups a newer program had are not known here."""
    found = {}
    for table, one in travelling().items():
        columns = [name for _n, name, *_rest in connection.execute(f'PRAGMA table_info("{table}__s")')]
        known = tuple(name[2:] for name in columns if name.startswith("c_"))
        if known:
            found[table] = Sidecar(one, known)
    return found


def is_installed(connection: sqlite3.Connection) -> bool:
    """Whether this desk captures, as this program does it."""
    beside = sidecars(connection)
    knows_all = len(beside) == len(travelling()) and all(
        {*one.groups} >= {*one.of.groups} for one in beside.values()
    )
    return knows_all and _present(connection) == dict(triggers(beside.values()))


def install(connection: sqlite3.Connection) -> None:
    """Make what captures, or bring it up to date, in the caller's transaction."""
    for one in travelling().values():
        _widen(connection, one)
    for name in _present(connection):
        connection.execute(f'DROP TRIGGER "{name}"')
    for _name, statement in triggers(sidecars(connection).values()):
        connection.execute(statement)


def remove(connection: sqlite3.Connection) -> None:
    """Capture no more, and forget what was captured: the desk leaves its hub."""
    for name in _present(connection):
        connection.execute(f'DROP TRIGGER "{name}"')
    for table in travelling():
        connection.execute(f'DROP TABLE IF EXISTS "{table}__s"')


def is_more(connection: sqlite3.Connection, sidecar: Sidecar, after: int) -> bool:
    """Whether there are rows beyond this rowid."""
    asked = f"SELECT EXISTS (SELECT 1 FROM {sidecar.of.table} WHERE rowid > ?)"
    return bool(connection.execute(asked, (after,)).fetchone()[0])


def stamp_rows(connection: sqlite3.Connection, sidecar: Sidecar, after: int) -> int:
    """Stamp some rows that nothing stands beside yet, as if they were written now; the rowid of the last of them."""
    table = sidecar.of.table
    (last,) = connection.execute(
        f"SELECT max(rowid) FROM (SELECT rowid FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT {PIECE})",
        (after,),
    ).fetchone()
    connection.execute(MOVE_ON)
    connection.execute(
        f"INSERT OR IGNORE INTO {sidecar.name} (id, {_columns('c', sidecar.groups)}, pend, dirty) "
        f"SELECT t.id, {', '.join(['k.last'] * len(sidecar.groups))}, {sidecar.every_bit}, k.tick "
        f"FROM {table} AS t, sync_clock AS k WHERE t.rowid > ? AND t.rowid <= ?",
        (after, last),
    )
    return int(last)


def triggers(sidecars: Iterable[Sidecar]) -> Iterator[tuple[str, str]]:
    """The capturing triggers: name and text."""
    makers: tuple[Callable[[Sidecar], tuple[str, str]], ...] = (_inserted, _updated, _deleted)
    for sidecar in sidecars:
        for make in makers:
            yield make(sidecar)


def _widen(connection: sqlite3.Connection, one: Travelling) -> None:
    name = f"{one.table}__s"
    columns = [f"{letter}_{group} INTEGER NOT NULL DEFAULT 0" for group in one.groups for letter in "cb"]
    present = {column for _n, column, *_rest in connection.execute(f"PRAGMA table_info({name})")}
    if not present:
        connection.execute(
            f"CREATE TABLE {name} (id TEXT PRIMARY KEY, pend INTEGER NOT NULL DEFAULT 0, "
            f"dirty INTEGER NOT NULL DEFAULT 0, {', '.join(columns)}) WITHOUT ROWID"
        )
        connection.execute(f"CREATE INDEX {name}_dirty ON {name} (dirty) WHERE dirty > 0")
        return
    for column in columns:
        if column.split()[0] not in present:
            connection.execute(f"ALTER TABLE {name} ADD COLUMN {column}")


def _present(connection: sqlite3.Connection) -> Mapping[str, str]:
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {name: sql for name, sql in found if name.startswith("sync_captures_")}


def _columns(letter: str, groups: Iterable[str]) -> str:
    return ", ".join(f"{letter}_{group}" for group in groups)


def _inserted(sidecar: Sidecar) -> tuple[str, str]:
    table, name = sidecar.of.table, f"sync_captures_new_{sidecar.of.table}"
    stamps = ", ".join(["last"] * len(sidecar.groups))
    return name, (
        f"CREATE TRIGGER {name} AFTER INSERT ON {table} WHEN {GUARD}\nBEGIN {MOVE_ON};\n"
        f"  INSERT INTO {sidecar.name} (id, {_columns('c', sidecar.groups)}, pend, dirty)\n"
        f"    SELECT NEW.id, {stamps}, {sidecar.every_bit}, tick FROM sync_clock;\nEND"
    )


def _updated(sidecar: Sidecar) -> tuple[str, str]:
    one, name = sidecar.of, f"sync_captures_change_{sidecar.of.table}"
    changed = {group: _differs(columns) for group, columns in one.groups.items()}
    sets = [part for group, test in changed.items() for part in _moved(group, sidecar.bit(group), test)]
    bits = " | ".join(f"({test}) * {sidecar.bit(group)}" for group, test in changed.items())
    noted = ",\n    ".join([*sets, f"pend = pend | {bits}", "dirty = k.tick"])
    return name, (
        f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(_quoted(one.columns))} ON {one.table}\n"
        f"WHEN {GUARD} AND ({' OR '.join(changed.values())})\nBEGIN {MOVE_ON};\n"
        f"  UPDATE {sidecar.name} SET {noted}\n  FROM sync_clock AS k WHERE {sidecar.name}.id = NEW.id;\nEND"
    )


def _moved(group: str, bit: int, test: str) -> Iterator[str]:
    """The stamp of a group that changed, and the one it was written over unless that is known already."""
    yield f"b_{group} = CASE WHEN pend & {bit} = 0 AND {test} THEN c_{group} ELSE b_{group} END"
    yield f"c_{group} = CASE WHEN {test} THEN k.last ELSE c_{group} END"


def _deleted(sidecar: Sidecar) -> tuple[str, str]:
    name = f"sync_captures_end_{sidecar.of.table}"
    return name, (
        f"CREATE TRIGGER {name} BEFORE DELETE ON {sidecar.of.table} WHEN {GUARD}\n"
        "BEGIN SELECT RAISE(ABORT, 'a shared row is taken away by a mark'); END"
    )


def _differs(columns: Iterable[str]) -> str:
    return "(" + " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _quoted(columns)) + ")"


def _quoted(columns: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in columns]
