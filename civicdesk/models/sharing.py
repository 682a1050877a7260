"""How rooms are shared fairly: who waits for one, and how many hours a month somebody may have."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civicdesk.models.base import Base, Removable
from civicdesk.models.organisation import Organisation


class WaitingState(StrEnum):
    """What became of a wish: a booking, or nothing."""

    WAITING = "waiting"
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"


class Waiting(Removable, Base, kw_only=True):
    """A wish for a room, or any room of a class, that is taken then; the first to ask is the first to be asked."""

    __tablename__ = "waiting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="wish_ends_after_it_begins"),
        Index("waiting_by_state", "state", "asked_at"),
    )
    __groups__ = {
        "wish": (
            "organisation_id",
            "room_id",
            "room_class",
            "starts_at",
            "ends_at",
            "title",
            "kind",
            "people",
        ),
        "contact": ("contact_name", "contact_phone", "note"),
        "asked": ("asked_at",),
        "state": ("state", "booking_id"),
        "del": ("deleted_at",),
    }

    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    room_class: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="meeting")
    people: Mapped[int] = mapped_column(default=1)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=WaitingState.WAITING)
    booking_id: Mapped[UUID | None] = mapped_column(default=None)

    organisation: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Waiting.organisation_id) == Organisation.id",
        lazy="raise",
        viewonly=True,
        init=False,
    )


class UseLimit(Removable, Base, kw_only=True):
    """How many hours a month rooms of a class may be used: by one organisation, one kind of them, or each of them."""

    __tablename__ = "use_limit"
    __groups__ = {
        "limit": ("room_class", "organisation_id", "kind", "hours"),
        "del": ("deleted_at",),
    }

    room_class: Mapped[str]
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    kind: Mapped[str] = mapped_column(default="")
    hours: Mapped[int]
