"""How this desk stands with its hub: its clock of changes, how far it has read, what waits for a person.

All of it stays on this desk. Which cells changed stands in tables beside the shared ones, made when a desk joins a
hub (`sync/capture.py`).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, new_id


class SyncClock(Base, kw_only=True):
    """The one row every captured change moves on. While `applying` is 1, triggers that capture or refuse give way.

    `last` is the newest stamp given out, `node` this incarnation's number at the hub, `off_ms` how far this
    computer's clock is behind the hub's, `tick` counts captured changes. `skewed_ms` puts the clock wrong on purpose,
    for rehearsals; it is 0 otherwise.
    """

    __tablename__ = "sync_clock"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    applying: Mapped[int] = mapped_column(default=0)
    node: Mapped[int] = mapped_column(default=0)
    last: Mapped[int] = mapped_column(default=0)
    tick: Mapped[int] = mapped_column(default=0)
    off_ms: Mapped[int] = mapped_column(default=0)
    skewed_ms: Mapped[int] = mapped_column(default=0)


class Alarm(StrEnum):
    """Why the sync stopped until a person looks, or what an administrator should know of."""

    NONE = ""
    EPOCH = "epoch"
    HUB_OLDER = "hub_older"
    DESK_OLDER = "desk_older"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class SyncState(Base, kw_only=True):
    """The one row that says where this desk stands with its hub; all empty for a desk without one.

    `incarnation` is this file's own life: a copy of it becomes another one. `chain` is what the hub and this desk
    agree was sent, `inflight` what the chain becomes once the push under way has arrived. `hi` is the greatest stamp
    ever sent. `code` stands in official numbers. `trouble` is why the last try failed, in English, for the log.
    """

    __tablename__ = "sync_state"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    incarnation: Mapped[str] = mapped_column(default="")
    previous: Mapped[str] = mapped_column(default="")
    is_enrolled: Mapped[bool] = mapped_column(default=False)
    tenant: Mapped[int] = mapped_column(default=0)
    scope: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(default="")
    chain: Mapped[str] = mapped_column(default="")
    inflight: Mapped[str] = mapped_column(default="")
    epoch: Mapped[str] = mapped_column(default="")
    new_epoch: Mapped[str] = mapped_column(default="")
    is_recovering: Mapped[bool] = mapped_column(default=False)
    is_dropping: Mapped[bool] = mapped_column(default=False)
    contract: Mapped[int] = mapped_column(default=0)
    hi: Mapped[int] = mapped_column(default=0)
    erased: Mapped[int] = mapped_column(default=0)
    filed: Mapped[int] = mapped_column(default=0)
    looked: Mapped[int] = mapped_column(default=0)
    capture: Mapped[str] = mapped_column(default="")
    alarm: Mapped[str] = mapped_column(default=Alarm.NONE)
    forks: Mapped[int] = mapped_column(default=0)
    forked_at: Mapped[datetime | None] = mapped_column(default=None)
    joined_at: Mapped[datetime | None] = mapped_column(default=None)
    synced_at: Mapped[datetime | None] = mapped_column(default=None)
    tried_at: Mapped[datetime | None] = mapped_column(default=None)
    away_since: Mapped[datetime | None] = mapped_column(default=None)
    trouble: Mapped[str] = mapped_column(default="")


class SyncCursor(Base, kw_only=True):
    """How far this desk has read one scope of the hub."""

    __tablename__ = "sync_cursor"

    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(default=0)


class SyncInflight(Base, kw_only=True):
    """The rows of the push under way, each as it was then (`dirty`): only those may be called sent."""

    __tablename__ = "sync_inflight"
    __table_args__ = {"sqlite_with_rowid": False}

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    dirty: Mapped[int]


class InboxKind(StrEnum):
    """Why a person should look.

    CONFLICT: two desks changed one thing, the hub kept the other one. OVERWRITTEN: a change that was not sent yet
    gave way to one from the hub. REFUSED: the hub does not take a row. TWIN: something is there twice that should not
    be.
    """

    CONFLICT = "conflict"
    OVERWRITTEN = "overwritten"
    REFUSED = "refused"
    TWIN = "twin"


class InboxState(StrEnum):
    """What a person made of it. ELSEWHERE: somebody at another desk did."""

    OPEN = "open"
    KEPT = "kept"
    TAKEN = "taken"
    MERGED = "merged"
    ELSEWHERE = "elsewhere"


class SyncInbox(Base, kw_only=True):
    """One thing for a person to settle. `lost` holds as JSON the values that did not win, whole.

    `conflict_id` names it at the hub; `undo` holds how the row stood before it was settled here.
    """

    __tablename__ = "sync_inbox"
    __table_args__ = (
        Index("inbox_open", "state", "at"),
        Index("inbox_by_conflict", "conflict_id"),
        Index("inbox_by_row", "row_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    kind: Mapped[str]
    table_name: Mapped[str]
    row_id: Mapped[str]
    group_name: Mapped[str]
    lost: Mapped[str] = mapped_column(default="{}")
    lost_stamp: Mapped[int] = mapped_column(default=0)
    winner_stamp: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=InboxState.OPEN)
    conflict_id: Mapped[str] = mapped_column(default="")
    is_told: Mapped[bool] = mapped_column(default=True)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by_id: Mapped[UUID | None] = mapped_column(default=None)
    undo: Mapped[str] = mapped_column(default="")


class SyncQuarantine(Base, kw_only=True):
    """A row the hub does not take as it is now (`dirty`). It stays here whole and goes again once it was changed."""

    __tablename__ = "sync_quarantine"
    __table_args__ = {"sqlite_with_rowid": False}

    table_name: Mapped[str] = mapped_column(primary_key=True)
    row_id: Mapped[str] = mapped_column(primary_key=True)
    dirty: Mapped[int]
    reason: Mapped[str]
    at: Mapped[datetime]


class SyncBlob(Base, kw_only=True):
    """How far a picture has gone to the hub (`is_sent`), or has come from it (`part`)."""

    __tablename__ = "sync_blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    is_sent: Mapped[bool] = mapped_column(default=False)
    part: Mapped[bytes] = mapped_column(default=b"")


class SyncErasure(Base, kw_only=True):
    """A person who is forgotten for good: whatever comes back of them is emptied again."""

    __tablename__ = "sync_erasure"

    subject_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    is_acknowledged: Mapped[bool] = mapped_column(default=False)
