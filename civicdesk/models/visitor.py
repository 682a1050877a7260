"""Who comes to the centre, who is expected, and who may not come."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from civicdesk.models.base import Base, Removable
from civicdesk.models.centre import Room
from civicdesk.models.organisation import Organisation
from civicdesk.text import fold


class Visitor(Removable, Base, kw_only=True):
    """A person known to the desk by name. No birth date, no photograph, no national ID number."""

    __tablename__ = "visitor"
    __table_args__ = (Index("visitor_phone", "phone"), Index("visitor_folded", "folded"))
    __groups__ = {
        "name": ("name",),
        "contact": ("phone", "email"),
        "needs": ("needs",),
        "del": ("deleted_at",),
    }
    __local__ = ("folded",)

    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="", init=False)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name


class Invitation(Removable, Base, kw_only=True):
    """An expected visitor with a pass: valid in its window, for its number of entries, until cancelled."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index("invitation_by_time", "expected_at"),
        Index("invitation_code", "code"),
        Index("invitation_by_visitor", "visitor_id"),
    )
    __groups__ = {
        "who": ("visitor_id", "people", "needs"),
        "where": ("host_id", "room_id", "booking_id", "reason"),
        "when": ("expected_at", "valid_from", "valid_until", "entries"),
        "pass": ("code",),
        "cancel": ("cancelled_at",),
        "note": ("note",),
        "del": ("deleted_at",),
    }

    visitor_id: Mapped[UUID]
    expected_at: Mapped[datetime]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime]
    code: Mapped[str]
    entries: Mapped[int] = mapped_column(default=1)
    people: Mapped[int] = mapped_column(default=1)
    host_id: Mapped[UUID | None] = mapped_column(default=None)
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    booking_id: Mapped[UUID | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="meeting")
    needs: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)

    visitor: Mapped[Visitor] = relationship(
        primaryjoin="foreign(Invitation.visitor_id) == Visitor.id", lazy="raise", viewonly=True, init=False
    )
    host: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Invitation.host_id) == Organisation.id", lazy="raise", viewonly=True, init=False
    )
    room: Mapped[Room | None] = relationship(
        primaryjoin="foreign(Invitation.room_id) == Room.id", lazy="raise", viewonly=True, init=False
    )


class Denial(Removable, Base, kw_only=True):
    """Somebody who may not come in. The reason is for managers only."""

    __tablename__ = "denial"
    __table_args__ = (Index("denial_folded", "folded"),)
    __groups__ = {
        "who": ("name", "phone", "email"),
        "why": ("reason",),
        "until": ("until_on",),
        "del": ("deleted_at",),
    }
    __local__ = ("folded",)

    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    until_on: Mapped[date | None] = mapped_column(default=None)
    folded: Mapped[str] = mapped_column(default="", init=False)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name
