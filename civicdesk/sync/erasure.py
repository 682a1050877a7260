"""Forgetting a person for good: a veto that no later change, from whatever desk, can lift."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from civicdesk.desk import retention
from civicdesk.sync.file import DeskFile
from civicdesk.sync.groups import PERSONAL, WORKED_OUT, travelling
from civicdesk.sync.port import Erasure, HubPort

_KNOWN = "(SELECT subject_id FROM sync_erasure)"


def forget(file: DeskFile, hub: HubPort, after: int) -> int:
    """Empty what tells of those the hub names, and say so; how many there were."""
    heard = hub.erasures(after)
    for one in heard:
        _forget_one(file, one)
    if heard:
        _clear_search(file)
    _acknowledge(file, hub)
    return len(heard)


def empty_again(connection: sqlite3.Connection, table: str, ids: Sequence[str]) -> None:
    """Empty these rows where they tell of somebody who is forgotten: they may come from a time before."""
    if table in PERSONAL and connection.execute("SELECT 1 FROM sync_erasure LIMIT 1").fetchone():
        _empty(connection, table, f"{PERSONAL[table].subject} IN {_KNOWN}", ids)


def _forget_one(file: DeskFile, one: Erasure) -> None:
    with file.applying() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO sync_erasure (subject_id, at, reason, is_acknowledged) VALUES (?, ?, ?, 0)",
            (one.subject_id, one.at, one.reason),
        )
        for table, personal in PERSONAL.items():
            _empty(connection, table, f"{personal.subject} = '{one.subject_id}'")
            connection.execute(
                f"UPDATE sync_inbox SET lost = '{{}}', undo = '' WHERE table_name = ? AND row_id IN "
                f"(SELECT id FROM {table} WHERE {personal.subject} = ?)",
                (table, one.subject_id),
            )
        file.note(erased=one.seq)
    file.announce(frozenset(travelling()[table].model for table in PERSONAL))


def _empty(connection: sqlite3.Connection, table: str, whose: str, ids: Sequence[str] | None = None) -> None:
    """Emptied rows keep the stamps they had: the hub empties them, too, and its stamp is the one that counts."""
    one = travelling()[table]
    values = dict(PERSONAL[table].empty)
    for name in one.stays:
        source, work = WORKED_OUT[name]
        if source in values:
            values[name] = work(str(values[source]))
    told = " OR ".join(f"{column} IS NOT :{column}" for column in values)
    some = "" if ids is None else " AND id IN (SELECT value FROM json_each(:ids))"
    connection.execute(
        f"UPDATE {table} SET {', '.join(f'{column} = :{column}' for column in values)} "
        f"WHERE {whose} AND ({told}){some}",
        {**values, "ids": json.dumps(ids)},
    )


def _clear_search(file: DeskFile) -> None:
    """What is deleted from the index of names, and from the journal, is only crossed out until then."""
    is_first = True
    while True:
        with file.database.begin() as session:
            if not retention.clear_search(session, is_first=is_first):
                break
        is_first = False
    file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _acknowledge(file: DeskFile, hub: HubPort) -> None:
    waiting = file.connection.execute(
        "SELECT subject_id FROM sync_erasure WHERE NOT is_acknowledged"
    ).fetchall()
    for (subject,) in waiting:
        hub.acknowledge(subject)
        with file.writing() as connection:
            connection.execute("UPDATE sync_erasure SET is_acknowledged = 1 WHERE subject_id = ?", (subject,))
