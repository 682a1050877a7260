"""How this desk stands with its hub, honestly: when it last synced, what waits and since when, what is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.models import Alarm, InboxKind, InboxState, SyncInbox, SyncQuarantine, SyncState
from civicdesk.sync.capture import Sidecar, sidecars
from civicdesk.sync.stamps import milliseconds

_BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
_CONFLICTS = (
    select(func.count())
    .select_from(SyncInbox)
    .where(SyncInbox.state == InboxState.OPEN, SyncInbox.kind != InboxKind.REFUSED)
)
_REFUSED = select(func.count()).select_from(SyncQuarantine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the screens show. Without arguments: a desk that has no hub.

    `waits` rows were not sent yet, the oldest change of them is of `oldest_at`; `refused` of them the hub does not
    take as they are. `conflicts` are for a person to settle. `away_since` is set while the hub does not answer.
    `forked_at` is when this file was last found to be a copy or an old one; `new_epoch` the hub an administrator has
    to confirm, `is_recovering` whether it was, and this desk is giving the hub back what that lost.
    """

    is_joined: bool = False
    synced_at: datetime | None = None
    tried_at: datetime | None = None
    away_since: datetime | None = None
    trouble: str = ""
    alarm: Alarm = Alarm.NONE
    waits: int = 0
    oldest_at: datetime | None = None
    conflicts: int = 0
    refused: int = 0
    forked_at: datetime | None = None
    new_epoch: str = ""
    is_recovering: bool = False
    code: str = ""


def look(session: Session) -> Standing:
    """How this desk stands with its hub now."""
    state = session.get(SyncState, 1)
    if state is None or state.joined_at is None:
        return Standing()
    connection = _raw(session)
    beside = sidecars(connection)
    return Standing(
        is_joined=True,
        synced_at=state.synced_at,
        tried_at=state.tried_at,
        away_since=state.away_since,
        trouble=state.trouble,
        alarm=Alarm(state.alarm),
        waits=_waits(connection, beside),
        oldest_at=_oldest(connection, beside),
        conflicts=session.scalar(_CONFLICTS) or 0,
        refused=session.scalar(_REFUSED) or 0,
        forked_at=state.forked_at,
        new_epoch=state.new_epoch,
        is_recovering=state.is_recovering,
        code=state.code,
    )


def time_of(stamp: int) -> datetime:
    """When a stamp was made."""
    return _BEGIN + timedelta(milliseconds=milliseconds(stamp))


def _raw(session: Session) -> sqlite3.Connection:
    connection = session.connection().connection.dbapi_connection
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("a desk's file is SQLite")
    return connection


def _waits(connection: sqlite3.Connection, beside: Mapping[str, Sidecar]) -> int:
    counts = (f"(SELECT count(*) FROM {sidecar.name} WHERE dirty > 0)" for sidecar in beside.values())
    return int(connection.execute(f"SELECT {' + '.join(counts) or 0}").fetchone()[0])


def _oldest(connection: sqlite3.Connection, beside: Mapping[str, Sidecar]) -> datetime | None:
    """When the oldest change was made that was not sent yet."""
    none = 1 << 62
    found = []
    for sidecar in beside.values():
        bits = (
            f"CASE WHEN pend & {sidecar.bit(group)} THEN c_{group} ELSE {none} END"
            for group in sidecar.groups
        )
        least = reduce(lambda left, right: f"min({left}, {right})", bits)
        found.append(f"SELECT min({least}) AS stamp FROM {sidecar.name} WHERE dirty > 0")
    if not found:
        return None
    (stamp,) = connection.execute(f"SELECT min(stamp) FROM ({' UNION ALL '.join(found)})").fetchone()
    return time_of(stamp) if stamp is not None and stamp < none else None
