"""Facts, written the moment they happen: a passage, a badge, a scan, a line of the trail."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Insert, insert
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.models import Base


def keep(session: Session, fact: Base) -> None:
    """Write a fact into its table in this transaction.

    A fact is never changed, so the session has nothing to watch over: half the time of a scan would go into that.
    """
    kind = type(fact)
    insertion, columns = _into(kind)
    values = {column: getattr(fact, column) for column in columns}
    session.connection().execute(insertion, values)
    note_change(session, kind)


@cache
def _into(kind: type[Base]) -> tuple[Insert, tuple[str, ...]]:
    assert kind.__fact__
    table = Base.metadata.tables[kind.__tablename__]
    return insert(table), tuple(column.key for column in kind.__mapper__.column_attrs)
