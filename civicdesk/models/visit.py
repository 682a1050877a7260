"""Who is in the building, who was, and every scan that was answered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civicdesk.models.base import Base, Removable, Shared
from civicdesk.models.centre import Room
from civicdesk.models.organisation import Organisation
from civicdesk.models.visitor import Visitor


class Reason(StrEnum):
    """Why somebody comes."""

    MEETING = "meeting"
    EVENT = "event"
    WORK_AREA = "work_area"
    POST = "post"
    INFORMATION = "information"
    MAINTENANCE = "maintenance"


class Need(StrEnum):
    """What somebody needs on the way in and, first of all, on the way out."""

    WHEELCHAIR = "wheelchair"
    SIGN_LANGUAGE = "sign_language"
    COMPANION = "companion"


class How(StrEnum):
    """How the desk came to know of a coming or going."""

    TAP = "tap"
    SCAN = "scan"
    ALL = "all"
    PRESUMED = "presumed"
    UNDO = "undo"


class Visit(Removable, Base, kw_only=True):
    """One stay in the building, of one person or of one person with company."""

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name="visit_ends_after_it_begins"),
        CheckConstraint("people >= 1", name="visit_has_people"),
        Index("visit_open", "arrived_at", sqlite_where=text("left_at IS NULL AND deleted_at IS NULL")),
        Index("visit_by_visitor", "visitor_id", "arrived_at"),
        Index("visit_by_day", "arrived_at"),
        Index("visit_left", "left_at"),
        Index("visit_by_invitation", "invitation_id", sqlite_where=text("invitation_id IS NOT NULL")),
    )
    __groups__ = {
        "in": ("visitor_id", "arrived_at", "number", "invitation_id", "notice_version"),
        "where": ("host_id", "room_id", "booking_id", "reason", "is_discreet"),
        "who": ("people", "needs", "note"),
        "out": ("left_at", "left_how"),
        "del": ("deleted_at",),
    }

    visitor_id: Mapped[UUID]
    number: Mapped[int]
    arrived_at: Mapped[datetime]
    people: Mapped[int] = mapped_column(default=1)
    host_id: Mapped[UUID | None] = mapped_column(default=None)
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    booking_id: Mapped[UUID | None] = mapped_column(default=None)
    invitation_id: Mapped[UUID | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default=Reason.MEETING)
    needs: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    is_discreet: Mapped[bool] = mapped_column(default=False)
    notice_version: Mapped[int | None] = mapped_column(default=None)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    left_how: Mapped[str | None] = mapped_column(default=None)

    visitor: Mapped[Visitor] = relationship(
        primaryjoin="foreign(Visit.visitor_id) == Visitor.id", lazy="raise", viewonly=True, init=False
    )
    host: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Visit.host_id) == Organisation.id", lazy="raise", viewonly=True, init=False
    )
    room: Mapped[Room | None] = relationship(
        primaryjoin="foreign(Visit.room_id) == Room.id", lazy="raise", viewonly=True, init=False
    )

    @property
    def is_open(self) -> bool:
        return self.left_at is None and self.deleted_at is None


class Passage(Shared, Base, kw_only=True):
    """Somebody came in or went out. `undone_id` names the passage that this one takes back."""

    __tablename__ = "passage"
    __table_args__ = (Index("passage_by_visit", "visit_id", "at"),)
    __fact__ = True

    visit_id: Mapped[UUID]
    direction: Mapped[str]
    at: Mapped[datetime]
    how: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    undone_id: Mapped[UUID | None] = mapped_column(default=None)


class Badge(Shared, Base, kw_only=True):
    """A badge that was made for a visit. The highest copy is the one that counts."""

    __tablename__ = "badge"
    __table_args__ = (Index("badge_code", "code"), Index("badge_by_visit", "visit_id", "copy"))
    __fact__ = True

    visit_id: Mapped[UUID]
    code: Mapped[str]
    copy: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime]


class Scan(Shared, Base, kw_only=True):
    """What a reader sent, and what the desk answered; also when it refused. `room_id` is the work area it was for."""

    __tablename__ = "scan"
    __table_args__ = (Index("scan_by_code", "code", "at"), Index("scan_by_time", "at"))
    __fact__ = True

    at: Mapped[datetime]
    device: Mapped[str]
    raw: Mapped[str]
    code: Mapped[str]
    result: Mapped[str]
    visit_id: Mapped[UUID | None] = mapped_column(default=None)
    invitation_id: Mapped[UUID | None] = mapped_column(default=None)
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    by_id: Mapped[UUID | None] = mapped_column(default=None)


class HeadCount(Shared, Base, kw_only=True):
    """People counted without names: `change` more (or, negative, fewer) in a room or at an event."""

    __tablename__ = "head_count"
    __table_args__ = (Index("head_count_by_time", "at"), Index("head_count_by_room", "room_id", "at"))
    __fact__ = True

    room_id: Mapped[UUID]
    booking_id: Mapped[UUID | None] = mapped_column(default=None)
    category: Mapped[str] = mapped_column(default="adult")
    change: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    undone_id: Mapped[UUID | None] = mapped_column(default=None)


class Muster(Removable, Base, kw_only=True):
    """An evacuation, or a drill of one."""

    __tablename__ = "muster"
    __groups__ = {"muster": ("started_at", "is_drill"), "end": ("ended_at",), "del": ("deleted_at",)}

    started_at: Mapped[datetime]
    is_drill: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class MusterMark(Shared, Base, kw_only=True):
    """Somebody was seen safe (or taken back), or was there without being on the list."""

    __tablename__ = "muster_mark"
    __table_args__ = (Index("muster_mark_by_muster", "muster_id", "at"),)
    __fact__ = True

    muster_id: Mapped[UUID]
    at: Mapped[datetime]
    visit_id: Mapped[UUID | None] = mapped_column(default=None)
    name: Mapped[str] = mapped_column(default="")
    is_safe: Mapped[bool] = mapped_column(default=True)
    by_id: Mapped[UUID | None] = mapped_column(default=None)
