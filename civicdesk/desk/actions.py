"""One tap twice is one action: keys of what was done, and numbers given out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from civicdesk.models import Base, Counter, DoneAction

_counter = Base.metadata.tables[Counter.__tablename__]
_COUNT_ON = (
    update(_counter)
    .where(_counter.c.name == bindparam("series"))
    .values(value=_counter.c.value + 1)
    .returning(_counter.c.value)
)

_done = Base.metadata.tables[DoneAction.__tablename__]
_DONE = select(_done.c.subject_id).where(_done.c.key == bindparam("key"))


def subject_of(session: Session, key: str | None) -> UUID | None:
    """The row that the action with this key made, if it was done before."""
    if not key:
        return None
    session.flush()
    # every action asks this first; past the session it costs a third
    found: UUID | None = session.connection().scalar(_DONE, {"key": key})
    return found


def remember(session: Session, key: str | None, subject_id: UUID, at: datetime) -> None:
    """Note that the action with this key is done."""
    if key:
        session.add(DoneAction(key=key, subject_id=subject_id, at=at))


def next_number(session: Session, name: str) -> int:
    """The next number of a running series of this desk, from 1."""
    value: int | None = session.connection().scalar(_COUNT_ON, {"series": name})
    if value is None:
        session.add(Counter(name=name, value=1))
        session.flush()
    return value or 1
