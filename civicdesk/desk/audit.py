"""Who did what: an append-only trail in which each entry seals the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from civicdesk.desk import rows
from civicdesk.models import AuditEntry, Base

_FIRST_SEAL = "0" * 64
_LAST = text("SELECT seal FROM audit_entry ORDER BY rowid DESC LIMIT 1")


def record(session: Session, action: str, row: Base | None, at: datetime, **details: object) -> AuditEntry:
    """Write down an action in the same transaction as its effect.

    `details` must not name people: the trail outlives their names.
    """
    entry = AuditEntry(
        at=at,
        by_id=session.info.get("by"),
        desk=session.info.get("desk", ""),
        action=action,
        subject=row.__tablename__ if row is not None else "",
        subject_id=getattr(row, "id", None),
        details=json.dumps(details, ensure_ascii=False, sort_keys=True, default=str),
        seal="",
    )
    entry.seal = _seal(_last_seal(session), entry)
    rows.write(session, entry)
    return entry


def broken(session: Session) -> Iterator[AuditEntry]:
    """The entries whose seal does not fit: somebody wrote around the desk."""
    seal = _FIRST_SEAL
    for entry in session.scalars(select(AuditEntry).order_by(text("audit_entry.rowid"))):
        if entry.seal != _seal(seal, entry):
            yield entry
        seal = entry.seal


def _last_seal(session: Session) -> str:
    # rowid, not time: the clock may have been set back
    last = session.connection().scalar(_LAST)
    return last or _FIRST_SEAL


def _seal(before: str, entry: AuditEntry) -> str:
    said = (
        before,
        entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        _hex(entry.by_id),
        entry.desk,
        entry.action,
        entry.subject,
        _hex(entry.subject_id),
        entry.details,
    )
    return hashlib.sha256("\x1f".join(said).encode()).hexdigest()


def _hex(value: UUID | None) -> str:
    return value.hex if value else ""
