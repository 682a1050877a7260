"""Reading the audit trail: the latest entries with who made them, and whether the chain is whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from civicdesk.desk import audit
from civicdesk.models import AuditEntry, Staff


@dataclass(frozen=True)
class Line:
    """An entry, and the name of the member of staff who made it; empty for the desk itself."""

    entry: AuditEntry
    by: str


@dataclass(frozen=True)
class Check:
    """How many entries there are, and those whose seal does not fit."""

    count: int
    broken: tuple[AuditEntry, ...]

    @property
    def is_whole(self) -> bool:
        return not self.broken


def latest(session: Session, limit: int = 200) -> list[Line]:
    """The latest entries, the newest first."""
    return list(_lines(session, "DESC", limit))


def everything(session: Session) -> Iterator[Line]:
    """The whole trail, from the first entry on."""
    return _lines(session, "ASC", None)


def size(session: Session) -> int:
    """How many entries there are."""
    return session.scalar(select(func.count(AuditEntry.id))) or 0


def check(session: Session) -> Check:
    """Go through every seal."""
    return Check(size(session), tuple(audit.broken(session)))


def _lines(session: Session, order: str, limit: int | None) -> Iterator[Line]:
    found = (
        select(AuditEntry, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.by_id)
        .order_by(text(f"audit_entry.rowid {order}"))
        .limit(limit)
    )
    return (Line(entry, name or "") for entry, name in session.execute(found))
