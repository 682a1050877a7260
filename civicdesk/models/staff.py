"""Who works at the desk, and who did what."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, Removable, Shared


class Role(StrEnum):
    """What somebody may do; each role may do all that stands before it."""

    RECEPTION = "reception"
    SECRETARIAT = "secretariat"
    MANAGER = "manager"
    ADMIN = "admin"


class Staff(Removable, Base, kw_only=True):
    """Somebody who signs in with a PIN."""

    __tablename__ = "staff"
    __groups__ = {
        "who": ("name", "role", "position"),
        "pin": ("pin_hash",),
        "card": ("card_code",),
        "door": ("failures", "barred_until"),
        "del": ("deleted_at",),
    }

    name: Mapped[str]
    role: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    pin_hash: Mapped[str]
    card_code: Mapped[str] = mapped_column(default="")
    failures: Mapped[int] = mapped_column(default=0)
    barred_until: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def is_manager(self) -> bool:
        return self.role in (Role.MANAGER, Role.ADMIN)


class AuditEntry(Shared, Base, kw_only=True):
    """Who did, or looked at, what. Each entry seals the one before it."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("audit_by_subject", "subject_id"), Index("audit_by_time", "at"))
    __fact__ = True

    at: Mapped[datetime]
    by_id: Mapped[UUID | None]
    desk: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[UUID | None]
    details: Mapped[str]
    seal: Mapped[str]
