"""What belongs to an organisation: its people, the papers for its address, its phone lines and its seats."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from civicdesk.models.base import Base, Removable
from civicdesk.text import fold


class PersonRole(StrEnum):
    """What somebody is in an organisation."""

    CONTACT = "contact"
    COLLECTOR = "collector"
    CHAIR = "chair"
    BOARD = "board"
    SECRETARY = "secretary"
    EMPLOYEE = "employee"


class AddressPaperKind(StrEnum):
    """By which paper an organisation may have its address here; `DESK_AUTHORITY` lets the desk take its notices."""

    LEASE = "lease"
    ALLOCATION = "allocation"
    CONSENT = "consent"
    APPROVAL = "approval"
    DESK_AUTHORITY = "desk_authority"
    OTHER = "other"


class OrganisationPerson(Removable, Base, kw_only=True):
    """Somebody an organisation named to the desk; with a written authority, who may collect its post.

    An authority is a reference, the day it begins and the day it ends, both included; without an end it stands until
    it is taken back. Only with `may_take_notices` does it cover official notices.
    """

    __tablename__ = "organisation_person"
    __table_args__ = (
        Index("person_by_organisation", "organisation_id"),
        Index("organisation_person_folded", "folded"),
    )
    __groups__ = {
        "who": ("organisation_id", "name", "role"),
        "contact": ("phone", "email"),
        "authority": (
            "authority_reference",
            "authority_from_on",
            "authority_until_on",
            "may_take_notices",
        ),
        "note": ("note",),
        "del": ("deleted_at",),
    }
    __local__ = ("folded",)

    organisation_id: Mapped[UUID]
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default=PersonRole.CONTACT)
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    authority_reference: Mapped[str] = mapped_column(default="")
    authority_from_on: Mapped[date | None] = mapped_column(default=None)
    authority_until_on: Mapped[date | None] = mapped_column(default=None)
    may_take_notices: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    folded: Mapped[str] = mapped_column(default="", init=False)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name


class AddressPaper(Removable, Base, kw_only=True):
    """A paper by which an organisation uses the centre's address, and the days on which it begins and ends."""

    __tablename__ = "address_paper"
    __table_args__ = (
        Index("paper_by_organisation", "organisation_id"),
        Index("paper_by_end", "valid_until_on"),
    )
    __groups__ = {
        "paper": ("organisation_id", "kind", "reference"),
        "days": ("valid_from_on", "valid_until_on"),
        "note": ("note",),
        "del": ("deleted_at",),
    }

    organisation_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(default=AddressPaperKind.CONSENT)
    reference: Mapped[str] = mapped_column(default="")
    valid_from_on: Mapped[date | None] = mapped_column(default=None)
    valid_until_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(default="")


class Line(Removable, Base, kw_only=True):
    """A phone line of the centre: an outside number, an extension or both, and whose it is."""

    __tablename__ = "line"
    __table_args__ = (Index("line_by_organisation", "organisation_id"),)
    __groups__ = {"line": ("number", "extension"), "holder": ("organisation_id",), "del": ("deleted_at",)}

    number: Mapped[str] = mapped_column(default="")
    extension: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)


class WorkSeat(Removable, Base, kw_only=True):
    """A seat in a work area that has a name of its own; perhaps kept for one organisation."""

    __tablename__ = "work_seat"
    __table_args__ = (Index("seat_by_room", "room_id"),)
    __groups__ = {
        "seat": ("room_id", "name", "position"),
        "holder": ("organisation_id",),
        "del": ("deleted_at",),
    }

    room_id: Mapped[UUID]
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
