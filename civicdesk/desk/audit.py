"""Who did what: an append-only trail in which each entry seals the one before it of the same desk.

Entries of other desks come in between once a desk has a hub; each desk's chain stays its own.
"""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from civicdesk.desk import rows
from civicdesk.models import AuditEntry, Base

_FIRST_SEAL = "0" * 64
_LATELY, _MOST_DOUBTFUL = 300, 100
_LAST = text("SELECT seal FROM audit_entry WHERE desk = :desk ORDER BY rowid DESC LIMIT 1")


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
    entry.seal = _seal(_last_seal(session, entry.desk), entry)
    rows.write(session, entry)
    return entry


def broken(session: Session) -> Iterator[AuditEntry]:
    """The entries whose seal does not fit: somebody wrote around the desk."""
    ends: dict[str, str] = {}
    lately = deque([_FIRST_SEAL], _LATELY)  # before there were hubs, the desks of one file were one chain
    doubtful = []
    for entry in session.scalars(select(AuditEntry).order_by(text("audit_entry.rowid"))):
        if not _fits(entry, (ends.get(entry.desk, _FIRST_SEAL), lately[-1])) and not _fits(entry, lately):
            doubtful.append(entry)
        ends[entry.desk] = entry.seal
        lately.append(entry.seal)
    yield from (entry for entry in doubtful[:_MOST_DOUBTFUL] if not _fits(entry, _seals(session, entry.desk)))
    yield from doubtful[_MOST_DOUBTFUL:]


def _fits(entry: AuditEntry, seals: Iterable[str]) -> bool:
    return any(entry.seal == _seal(seal, entry) for seal in seals)


def _seals(session: Session, desk: str) -> Iterable[str]:
    """What came from another desk may have come in another order."""
    return session.scalars(select(AuditEntry.seal).where(AuditEntry.desk == desk)).all()


def _last_seal(session: Session, desk: str) -> str:
    # rowid, not time: the clock may have been set back
    last = session.connection().scalar(_LAST, {"desk": desk})
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
