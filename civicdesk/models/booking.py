"""Who has which room, and when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civicdesk.models.base import Base, Removable
from civicdesk.models.centre import Room
from civicdesk.models.organisation import Organisation


class BookingState(StrEnum):
    """How firm a booking is, or how it ended."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Booking(Removable, Base, kw_only=True):
    """A room held for an organisation over a half-open time, with its wall time and zone kept."""

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="booking_ends_after_it_begins"),
        Index("booking_by_time", "starts_at", "ends_at"),
        Index("booking_by_room", "room_id", "starts_at"),
    )
    __groups__ = {
        "slot": ("room_id", "starts_at", "ends_at", "wall_start", "zone"),
        "what": ("title", "kind", "people"),
        "who": ("organisation_id",),
        "state": ("state",),
        "actual": ("guests",),
        "del": ("deleted_at",),
    }

    room_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    title: Mapped[str]
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    wall_start: Mapped[str]
    zone: Mapped[str] = mapped_column(default="Europe/Istanbul")
    people: Mapped[int] = mapped_column(default=1)
    guests: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default=BookingState.CONFIRMED)

    room: Mapped[Room | None] = relationship(
        primaryjoin="foreign(Booking.room_id) == Room.id", lazy="raise", viewonly=True, init=False
    )
    organisation: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Booking.organisation_id) == Organisation.id",
        lazy="raise",
        viewonly=True,
        init=False,
    )
