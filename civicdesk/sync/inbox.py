"""What a person must see is filed with the values that did not win, whole, in the transaction they gave way in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from civicdesk.models import InboxKind, InboxState, new_id
from civicdesk.sync.payload import canonical
from civicdesk.sync.port import HubConflict, Value

_FILE = """INSERT INTO sync_inbox (id, kind, table_name, row_id, group_name, lost, lost_stamp, winner_stamp, at,
    state, conflict_id, is_told, undo) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, '')"""


@dataclass(frozen=True, slots=True)
class Lost:
    """Values that gave way: whose they were, their stamp and the stamp that won."""

    table: str
    row_id: str
    group: str
    values: Mapping[str, Value]
    stamp: int = 0
    winner: int = 0


def file(connection: sqlite3.Connection, kind: InboxKind, lost: Lost, at: str, conflict_id: str = "") -> None:
    """File one thing to settle; what is open already about the same values is not filed twice."""
    text = canonical(lost.values)
    same = connection.execute(
        "SELECT 1 FROM sync_inbox WHERE row_id = ? AND kind = ? AND group_name = ? AND lost = ? AND conflict_id = ? "
        "AND state = 'open'",
        (lost.row_id, kind, lost.group, text, conflict_id),
    ).fetchone()
    if same is None:
        named = (lost.table, lost.row_id, lost.group, text, lost.stamp, lost.winner)
        connection.execute(_FILE, (new_id().hex, kind, *named, at, InboxState.OPEN, conflict_id))


def hear(connection: sqlite3.Connection, conflicts: Iterable[HubConflict]) -> None:
    """Take over what the hub filed, and what was settled at another desk."""
    for one in conflicts:
        known = connection.execute("SELECT 1 FROM sync_inbox WHERE conflict_id = ?", (one.id,)).fetchone()
        if known is None and one.is_open:
            lost = Lost(one.table, one.row_id, one.group, one.loser, one.loser_stamp, one.winner_stamp)
            file(connection, InboxKind.CONFLICT, lost, one.at, one.id)
        elif not one.is_open:
            connection.execute(
                "UPDATE sync_inbox SET state = ?, settled_at = ? WHERE conflict_id = ? AND state = 'open'",
                (InboxState.ELSEWHERE, one.at, one.id),
            )
