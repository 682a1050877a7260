"""What is there twice because two desks did the same: shared columns cannot forbid it, so it is found and shown."""

from __future__ import annotations

import sqlite3

from civicdesk.models import InboxKind
from civicdesk.sync import inbox

_FOUND = {
    "visit": """SELECT b.id, a.id FROM visit AS a JOIN visit AS b ON b.visitor_id = a.visitor_id AND b.id > a.id
  WHERE a.left_at IS NULL AND a.deleted_at IS NULL AND b.left_at IS NULL AND b.deleted_at IS NULL""",
    "mailbox": """SELECT b.id, a.id FROM mailbox AS a JOIN mailbox AS b ON b.number = a.number AND b.id > a.id
  WHERE a.deleted_at IS NULL AND b.deleted_at IS NULL""",
    "mail_item": """SELECT m.item_id, m.hand_over_id FROM handed_over AS h JOIN mail_move AS m USING (item_id)
  WHERE m.what = 'handed_over' AND m.hand_over_id <> h.hand_over_id AND NOT EXISTS (SELECT 1 FROM mail_move AS c
    WHERE c.item_id = m.item_id AND c.what = 'handover_corrected' AND c.hand_over_id = m.hand_over_id)""",
}
"""By table: the row that is there a second time, and what it is the second of."""


def find(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """What is there twice: table, row and what it is the second of. Keeps nobody from writing."""
    return [
        (table, *pair) for table, asked in _FOUND.items() for pair in connection.execute(asked).fetchall()
    ]


def file(connection: sqlite3.Connection, found: list[tuple[str, str, str]], at: str) -> None:
    """File what is there twice; each pair once, whatever became of it."""
    for table, row_id, other in found:
        known = connection.execute(
            "SELECT 1 FROM sync_inbox WHERE kind = ? AND row_id = ? AND lost LIKE ?",
            (InboxKind.TWIN, row_id, f"%{other}%"),
        ).fetchone()
        if known is None:
            inbox.file(connection, InboxKind.TWIN, inbox.Lost(table, row_id, "", {"with": other}), at)
