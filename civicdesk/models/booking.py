"""Who has which room, when, with whom and with what."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civicdesk.models.base import Base, Removable
from civicdesk.models.centre import Room
from civicdesk.models.organisation import Organisation


class BookingState(StrEnum):
    """How firm a booking is, or how it ended.

    TENTATIVE and CONFIRMED hold the room. NO_SHOW holds it until `released_at` and is a fact after that. SKIPPED
    (a closed day), CANCELLED, RELEASED (a second call that was not needed) and CLASH (another desk was first) hold
    nothing and can be brought back where the room is free.
    """

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"
    CLASH = "clash"
    RELEASED = "released"


class BookingKind(StrEnum):
    """What happens in the room."""

    MEETING = "meeting"
    GENERAL_ASSEMBLY = "general_assembly"
    WORKSHOP = "workshop"
    TRAINING = "training"
    PANEL = "panel"
    CONFERENCE = "conference"
    FOCUS_GROUP = "focus_group"
    EXPERIENCE_SHARING = "experience_sharing"
    STRATEGY_WORKSHOP = "strategy_workshop"
    CULTURAL = "cultural"


class Booking(Removable, Base, kw_only=True):
    """One occurrence: a room held over a half-open time, with its wall time and zone kept.

    The room is also held for `setup_minutes` before and `clear_minutes` after; from `released_at` on it is free
    again. `series_on` is the day the rule of its series gave it, wherever it was moved since. `why` is the reason of
    a cancellation, of a skipped day or of an override.
    """

    __tablename__ = "booking"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="booking_ends_after_it_begins"),
        Index("booking_by_time", "starts_at", "ends_at"),
        Index("booking_by_room", "room_id", "starts_at"),
        Index("booking_by_organisation", "organisation_id", "starts_at"),
        Index("booking_by_series", "series_id", "series_on"),
        Index("booking_by_first_call", "call_of_id"),
    )
    __groups__ = {
        "slot": ("room_id", "starts_at", "ends_at", "wall_start", "zone"),
        "buffers": ("setup_minutes", "clear_minutes"),
        "series": ("series_id", "series_on"),
        "what": ("title", "kind", "people"),
        "set_up": ("layout", "note"),
        "goals": ("sdg", "themes"),
        "who": ("organisation_id",),
        "contact": ("contact_name", "contact_phone"),
        "state": ("state",),
        "reason": ("why",),
        "call": ("call_of_id",),
        "actual": ("guests",),
        "times": ("started_at", "ended_at"),
        "release": ("released_at",),
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
    series_id: Mapped[UUID | None] = mapped_column(default=None)
    series_on: Mapped[date | None] = mapped_column(default=None)
    layout: Mapped[str] = mapped_column(default="")
    setup_minutes: Mapped[int] = mapped_column(default=0)
    clear_minutes: Mapped[int] = mapped_column(default=0)
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    sdg: Mapped[str] = mapped_column(default="")
    themes: Mapped[str] = mapped_column(default="")
    call_of_id: Mapped[UUID | None] = mapped_column(default=None)
    why: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    released_at: Mapped[datetime | None] = mapped_column(default=None)

    room: Mapped[Room | None] = relationship(
        primaryjoin="foreign(Booking.room_id) == Room.id", lazy="raise", viewonly=True, init=False
    )
    organisation: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Booking.organisation_id) == Organisation.id",
        lazy="raise",
        viewonly=True,
        init=False,
    )


class BookingPartner(Removable, Base, kw_only=True):
    """Another organisation that holds the event together with the first one."""

    __tablename__ = "booking_partner"
    __table_args__ = (
        Index("partner_by_booking", "booking_id"),
        Index("partner_by_organisation", "organisation_id"),
    )
    __groups__ = {"partner": ("booking_id", "organisation_id"), "del": ("deleted_at",)}

    booking_id: Mapped[UUID]
    organisation_id: Mapped[UUID]


class BookingEquipment(Removable, Base, kw_only=True):
    """So many pieces of one kind of equipment, for one booking."""

    __tablename__ = "booking_equipment"
    __table_args__ = (
        CheckConstraint("count >= 1", name="some_equipment_is_wanted"),
        Index("booking_equipment_by_booking", "booking_id"),
    )
    __groups__ = {"wanted": ("booking_id", "equipment_id", "count"), "del": ("deleted_at",)}

    booking_id: Mapped[UUID]
    equipment_id: Mapped[UUID]
    count: Mapped[int] = mapped_column(default=1)
