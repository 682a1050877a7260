"""New rows, written the moment they are known: a visit, a passage, a badge, a scan, a line of the trail."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.models import Base


def write(session: Session, row: Base) -> None:
    """Write a new row into its table in this transaction, past the session, which would take three times as long.

    The session does not know the row afterwards: whoever wants to change it asks for it first.
    """
    kind = type(row)
    insertion, columns = _into(kind)
    session.connection().execute(insertion, {column: getattr(row, column) for column in columns})
    note_change(session, kind)


def write_all(session: Session, rows: Sequence[Base]) -> None:
    """Write many new rows of one table at once, as `write` does one."""
    if not rows:
        return
    kind = type(rows[0])
    insertion, columns = _into(kind)
    values = [{column: getattr(row, column) for column in columns} for row in rows]
    session.connection().execute(insertion, values)
    note_change(session, kind)


@cache
def _into(kind: type[Base]) -> tuple[Insert, tuple[str, ...]]:
    table = Base.metadata.tables[kind.__tablename__]
    return insert(table), tuple(column.key for column in kind.__mapper__.column_attrs)
