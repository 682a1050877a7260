"""Somebody is to be forgotten: what says who it was is emptied now, and whenever a desk brings it back."""

from __future__ import annotations

import json
import sqlite3

from civicdesk.sync.file_hub.rows import Kept, Rows, above, dump
from civicdesk.sync.groups import Personal, travelling


def forget(
    connection: sqlite3.Connection, scopes: tuple[int, ...], subject: str, at: str, reason: str
) -> bool:
    """Write down the veto. Whether it is new."""
    # not rowcount: in a Turkish locale Python does not see that INSERT is one
    before = connection.total_changes
    connection.executemany(
        "INSERT OR IGNORE INTO erasure (scope, subject, at, reason) VALUES (?, ?, ?, ?)",
        [(scope, subject, at, reason) for scope in scopes],
    )
    return connection.total_changes > before


def empty(connection: sqlite3.Connection, scopes: tuple[int, ...], subject: str, now_ms: int) -> None:
    """Empty what is here of a person, the edits that were kept aside included."""
    rows = Rows(connection)
    for what in travelling().values():
        if (personal := what.personal) is None:
            continue
        told = _telling_of(what.table, what.group_of.get(personal.subject), personal, subject)
        for scope in scopes:
            for row in rows.find_all(scope, *told):
                _empty(connection, row, personal, now_ms)
    rows.write()


def veto(connection: sqlite3.Connection, rows: Rows, now_ms: int) -> None:
    """Empty again what a push has brought back of somebody forgotten."""
    for row in rows.changed():
        if is_erased(connection, row):
            _empty(connection, row, _personal(row), now_ms)


def is_erased(connection: sqlite3.Connection, row: Kept) -> bool:
    """Whether the person a row tells of is to be forgotten."""
    personal = travelling()[row.table].personal
    if personal is None:
        return False
    group = travelling()[row.table].group_of.get(personal.subject)
    subject = row.value(group, personal.subject) if group else row.id
    found = connection.execute("SELECT 1 FROM erasure WHERE scope = ? AND subject = ?", (row.scope, subject))
    return found.fetchone() is not None


def tells(table: str, group: str) -> bool:
    """Whether a column of this group says who somebody was."""
    what = travelling()[table]
    return what.personal is not None and not set(what.groups[group]).isdisjoint(what.personal.empty)


def _empty(connection: sqlite3.Connection, row: Kept, personal: Personal, now_ms: int) -> None:
    for group, cell in list(row.cells.items()):
        emptied = {column: personal.empty.get(column, value) for column, value in cell.values.items()}
        if emptied != cell.values:
            row.put(group, above(now_ms, cell.stamp), emptied)
    _empty_conflicts(connection, row, personal)


def _empty_conflicts(connection: sqlite3.Connection, row: Kept, personal: Personal) -> None:
    kept = connection.execute(
        "SELECT id, lost FROM conflict WHERE scope = ? AND tbl = ? AND row = ?",
        (row.scope, row.table, row.id),
    ).fetchall()
    for id_, lost in kept:
        values = {column: personal.empty.get(column, value) for column, value in json.loads(lost).items()}
        connection.execute("UPDATE conflict SET lost = ? WHERE id = ?", (dump(values), id_))


def _personal(row: Kept) -> Personal:
    personal = travelling()[row.table].personal
    assert personal is not None
    return personal


def _telling_of(
    table: str, group: str | None, personal: Personal, subject: str
) -> tuple[str, tuple[str, str]]:
    if group is None:
        return "tbl = ? AND id = ?", (table, subject)
    return f"tbl = ? AND json_extract(vals, '$.{group}.{personal.subject}') = ?", (table, subject)
