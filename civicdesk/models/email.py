"""E-mail of the desk: what waits to be sent, and the texts it is made from."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, Removable, new_id


class EmailKind(StrEnum):
    """What an e-mail says."""

    MAIL_CAME = "mail_came"
    MAIL_DIGEST = "mail_digest"
    MAIL_REMINDER = "mail_reminder"
    RECEIPT = "receipt"
    MESSAGE = "message"
    PASS = "pass"
    SHEET = "sheet"


class EmailState(StrEnum):
    """What became of an e-mail. FAILED is for good: the server will not have it, a person is asked.

    BOUNCED was sent, and came back from where it went.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    BOUNCED = "bounced"


class EmailJob(Base, kw_only=True):
    """One e-mail of this desk. The same `key` is the same e-mail, however often it is asked for.

    `subject_id` is the item, the hand-over, the message or the invitation it is about.
    """

    __tablename__ = "email_job"
    __table_args__ = (
        Index("email_job_open", "state", "next_at"),
        Index("email_job_by_time", "asked_at"),
        Index("email_job_by_organisation", "organisation_id", "asked_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    to: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    language: Mapped[str] = mapped_column(default="tr")
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    subject_id: Mapped[UUID | None] = mapped_column(default=None)
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=EmailState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class EmailBounce(Removable, Base, kw_only=True):
    """An address did not take e-mail: when, the status its server gave, and what it said.

    It is taken away when somebody says that the address is right all the same.
    """

    __tablename__ = "email_bounce"
    __table_args__ = (Index("bounce_by_organisation", "organisation_id", "at"),)
    __groups__ = {
        "bounce": ("organisation_id", "address", "status", "said", "at"),
        "del": ("deleted_at",),
    }

    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    address: Mapped[str]
    status: Mapped[str] = mapped_column(default="")
    said: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]


class EmailTemplate(Removable, Base, kw_only=True):
    """The text of one kind of e-mail in one language, as a manager wrote it; without one the desk's own is used."""

    __tablename__ = "email_template"
    __groups__ = {
        "which": ("kind", "language"),
        "text": ("subject", "body"),
        "del": ("deleted_at",),
    }

    kind: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
