"""What the secretariat does for the organisations: messages, requests and loans, seats in the work areas."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civicdesk.models.base import Base, Removable, Shared
from civicdesk.models.organisation import Organisation


class MessageStep(StrEnum):
    """What happened to a message. Only DELIVERED closes it; REOPENED takes that back."""

    SHOWN = "shown"
    SENT = "sent"
    DELIVERED = "delivered"
    REOPENED = "reopened"


class LoanKind(StrEnum):
    """What an organisation asks of the secretariat; keys and equipment are brought back, copies are not."""

    COPIES = "copies"
    KEY = "key"
    EQUIPMENT = "equipment"
    OTHER = "other"


class PhoneMessage(Removable, Base, kw_only=True):
    """Somebody called for an organisation: who, from what number, and what is to be passed on."""

    __tablename__ = "phone_message"
    __table_args__ = (
        Index("message_by_organisation", "organisation_id", "taken_at"),
        Index("message_by_time", "taken_at"),
    )
    __groups__ = {
        "call": ("organisation_id", "caller", "number", "for_person"),
        "text": ("text", "is_urgent"),
        "taken": ("taken_at", "taken_by_id"),
        "del": ("deleted_at",),
    }

    organisation_id: Mapped[UUID]
    caller: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    for_person: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    is_urgent: Mapped[bool] = mapped_column(default=False)
    taken_at: Mapped[datetime]
    taken_by_id: Mapped[UUID | None] = mapped_column(default=None)

    organisation: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(PhoneMessage.organisation_id) == Organisation.id",
        lazy="raise",
        viewonly=True,
        init=False,
    )


class MessageMove(Shared, Base, kw_only=True):
    """A message was shown, sent by e-mail, delivered to somebody, or opened again."""

    __tablename__ = "message_move"
    __table_args__ = (Index("message_move_by_message", "message_id", "id"),)
    __fact__ = True

    message_id: Mapped[UUID]
    what: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    person: Mapped[str] = mapped_column(default="")


class Loan(Removable, Base, kw_only=True):
    """What an organisation asked for or was lent, since when, until when, and when it came back (or was done)."""

    __tablename__ = "loan"
    __table_args__ = (
        CheckConstraint("count >= 1", name="something_is_lent"),
        Index("loan_by_organisation", "organisation_id", "out_at"),
        Index("loan_open", "due_at", sqlite_where=text("back_at IS NULL AND deleted_at IS NULL")),
    )
    __groups__ = {
        "loan": ("kind", "organisation_id", "person", "what", "count", "note"),
        "out": ("out_at", "out_by_id"),
        "due": ("due_at",),
        "back": ("back_at", "back_by_id"),
        "del": ("deleted_at",),
    }

    kind: Mapped[str] = mapped_column(default=LoanKind.EQUIPMENT)
    organisation_id: Mapped[UUID | None]
    person: Mapped[str] = mapped_column(default="")
    what: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(default="")
    out_at: Mapped[datetime]
    out_by_id: Mapped[UUID | None] = mapped_column(default=None)
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    back_at: Mapped[datetime | None] = mapped_column(default=None)
    back_by_id: Mapped[UUID | None] = mapped_column(default=None)

    organisation: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(Loan.organisation_id) == Organisation.id",
        lazy="raise",
        viewonly=True,
        init=False,
    )


class SeatStay(Removable, Base, kw_only=True):
    """Somebody sits in a work area, on a named seat or just as a number of people.

    Triggers keep the limit of the room and one stay a seat, and end the stay with the visit.
    """

    __tablename__ = "seat_stay"
    __table_args__ = (
        CheckConstraint("people >= 1", name="stay_has_people"),
        CheckConstraint("left_at IS NULL OR left_at >= since_at", name="stay_ends_after_it_begins"),
        Index("stay_open", "room_id", sqlite_where=text("left_at IS NULL AND deleted_at IS NULL")),
        Index("stay_by_visit", "visit_id"),
        Index("stay_by_time", "since_at"),
    )
    __groups__ = {
        "in": ("visit_id", "room_id", "seat_id", "organisation_id", "people", "since_at"),
        "out": ("left_at",),
        "del": ("deleted_at",),
    }

    room_id: Mapped[UUID]
    visit_id: Mapped[UUID | None] = mapped_column(default=None)
    seat_id: Mapped[UUID | None] = mapped_column(default=None)
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    people: Mapped[int] = mapped_column(default=1)
    since_at: Mapped[datetime]
    left_at: Mapped[datetime | None] = mapped_column(default=None)
