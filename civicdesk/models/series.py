"""Bookings that come again: the rule, and how everything stood before it was changed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, Removable, Shared


class Series(Removable, Base, kw_only=True):
    """What a row of bookings has in common: the rule (RFC 5545), the wall time, how long, and usually which room.

    Its occurrences are rows of their own; this only says what they were made from, so that one that was moved by
    hand can be told. A series that was split off names the one before it in `after_id`.
    """

    __tablename__ = "series"
    __groups__ = {
        "rule": ("rule", "starts_on", "wall_start", "minutes", "zone", "room_id"),
        "who": ("organisation_id",),
        "before": ("after_id",),
        "del": ("deleted_at",),
    }

    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    room_id: Mapped[UUID]
    rule: Mapped[str]
    starts_on: Mapped[date]
    wall_start: Mapped[str]
    minutes: Mapped[int]
    zone: Mapped[str] = mapped_column(default="Europe/Istanbul")
    after_id: Mapped[UUID | None] = mapped_column(default=None)


class Earlier(Shared, Base, kw_only=True):
    """How a row of the rooms stood before an action changed it; an undo goes back to it and is itself such a row.

    `deed` is the key of the action, the same for all it changed; `was` holds the changed columns as JSON, nothing
    for a row that was made anew, and never a person's name or phone. `undoes` is the deed that was taken back.
    """

    __tablename__ = "earlier"
    __table_args__ = (
        Index("earlier_by_deed", "deed"),
        Index("earlier_by_subject", "subject_id", "at"),
    )
    __fact__ = True

    deed: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[UUID]
    was: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    undoes: Mapped[str] = mapped_column(default="")
