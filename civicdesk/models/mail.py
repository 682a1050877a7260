"""The post of the organisations: items, what became of each, who took them away, and the signatures."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from civicdesk.models.base import Base, Removable, Shared
from civicdesk.models.organisation import Organisation


class MailKind(StrEnum):
    """What an item is. A notice goes through the red flow; `SLIP21` is the slip left in its place (article 21)."""

    ORDINARY = "ordinary"
    REGISTERED = "registered"
    RETURN_RECEIPT = "return_receipt"
    EXPRESS = "express"
    PARCEL = "parcel"
    NOTICE = "notice"
    SLIP21 = "slip21"
    BY_HAND = "by_hand"


class Condition(StrEnum):
    """How an item looked when it came."""

    WHOLE = ""
    DAMAGED = "damaged"
    OPENED = "opened"
    WET = "wet"


class Move(StrEnum):
    """What happened to an item."""

    RECEIVED = "received"
    PRESENTED = "presented"
    MATCHED = "matched"
    SHELVED = "shelved"
    CORRECTED = "corrected"
    NOTIFIED = "notified"
    REMINDED = "reminded"
    CALLED = "called"
    ACCEPTED = "accepted"
    NOT_TAKEN = "not_taken"
    HANDED_OVER = "handed_over"
    HANDOVER_CORRECTED = "handover_corrected"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    UNCLAIMED = "unclaimed"
    BACK = "back"
    WITHDRAWN = "withdrawn"


class Place(StrEnum):
    """Where an item stands, from its moves. `PRESENTED` is a notice that is neither accepted nor turned down yet."""

    WAITING = "waiting"
    PRESENTED = "presented"
    HANDED_OVER = "handed_over"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    UNCLAIMED = "unclaimed"
    NOT_TAKEN = "not_taken"
    WITHDRAWN = "withdrawn"


class MailItem(Removable, Base, kw_only=True):
    """One item of post as it is known now; what was said of it before stands in its moves.

    `number` runs within a year of the desk named in `desk`. `box` is where it lies, `organisation_id` whose it is:
    nobody's while it is unmatched, with the name it bears in `addressed_to`. The tracking number need not be unique.
    """

    __tablename__ = "mail_item"
    __table_args__ = (
        Index("mail_by_time", "received_at"),
        Index("mail_by_tracking", "tracking"),
        Index("mail_by_number", "number"),
        Index("mail_by_organisation", "organisation_id", "received_at"),
    )
    __groups__ = {
        "in": ("number", "desk", "received_at", "received_by_id", "batch_id"),
        "whose": ("organisation_id", "box", "addressed_to"),
        "what": ("kind", "tracking", "sender", "condition", "note"),
        "shelf": ("shelf",),
        "del": ("deleted_at",),
    }

    number: Mapped[str]
    desk: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    received_by_id: Mapped[UUID | None] = mapped_column(default=None)
    batch_id: Mapped[UUID | None] = mapped_column(default=None)
    organisation_id: Mapped[UUID | None] = mapped_column(default=None)
    box: Mapped[int | None] = mapped_column(default=None)
    addressed_to: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default=MailKind.ORDINARY)
    tracking: Mapped[str] = mapped_column(default="")
    sender: Mapped[str] = mapped_column(default="")
    condition: Mapped[str] = mapped_column(default=Condition.WHOLE)
    shelf: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation | None] = relationship(
        primaryjoin="foreign(MailItem.organisation_id) == Organisation.id",
        lazy="raise",
        viewonly=True,
        init=False,
    )

    @property
    def is_notice(self) -> bool:
        return self.kind in (MailKind.NOTICE, MailKind.SLIP21)


class MailMove(Shared, Base, kw_only=True):
    """One thing that happened to an item. `details` holds as JSON what a correction found and what it wrote."""

    __tablename__ = "mail_move"
    __table_args__ = (
        Index("move_by_item", "item_id", "id"),
        Index("move_by_time", "at"),
        Index("move_by_hand_over", "hand_over_id"),
    )
    __fact__ = True

    item_id: Mapped[UUID]
    what: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)
    person: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="")
    authority: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    details: Mapped[str] = mapped_column(default="")
    hand_over_id: Mapped[UUID | None] = mapped_column(default=None)


class HandOver(Shared, Base, kw_only=True):
    """Somebody took items away: who, in what capacity, on what authority. Its items are the moves that name it.

    `override` is the reason with which a manager (`override_by_id`) let somebody take them without an authority.
    """

    __tablename__ = "hand_over"
    __table_args__ = (
        Index("hand_over_by_time", "at"),
        Index("hand_over_by_organisation", "organisation_id", "at"),
    )
    __fact__ = True

    organisation_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(default=None)
    collector: Mapped[str]
    capacity: Mapped[str] = mapped_column(default="")
    authority: Mapped[str] = mapped_column(default="")
    override: Mapped[str] = mapped_column(default="")
    override_by_id: Mapped[UUID | None] = mapped_column(default=None)
    signature_id: Mapped[UUID | None] = mapped_column(default=None)
    items: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)


class Signature(Shared, Base, kw_only=True):
    """A signature as it was drawn: its strokes as a compact vector (see `desk/signatures.py`) and the pad's size."""

    __tablename__ = "signature"
    __fact__ = True

    strokes: Mapped[bytes]
    width: Mapped[int]
    height: Mapped[int]
    at: Mapped[datetime]


class NoticeTaking(Shared, Base, kw_only=True):
    """An official notice was accepted by somebody in a capacity, or was not taken, with the minute and the reason.

    `is_authority_on_file` is whether the desk itself was authorised for the organisation then. Nothing is counted
    from this row but days gone by: no deadline is ever computed.
    """

    __tablename__ = "notice_taking"
    __table_args__ = (Index("taking_by_item", "item_id", "at"),)
    __fact__ = True

    item_id: Mapped[UUID]
    is_taken: Mapped[bool]
    is_authority_on_file: Mapped[bool]
    authority: Mapped[str] = mapped_column(default="")
    person: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)


class MailPhoto(Shared, Base, kw_only=True):
    """The outside of a parcel was photographed; its bytes lie in `blob`.

    The latest of an item is the one that counts. An empty `sha256` says that there is no picture any more: somebody
    took it away, or its days are over.
    """

    __tablename__ = "mail_photo"
    __table_args__ = (Index("photo_by_item", "item_id", "id"), Index("photo_by_picture", "sha256"))
    __fact__ = True

    item_id: Mapped[UUID]
    sha256: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(default=None)


class MailState(Base, kw_only=True):
    """Where each item stands now: this desk's own table, kept by triggers on `mail_item` and `mail_move`."""

    __tablename__ = "mail_state"
    __table_args__ = (
        Index("mail_open", "is_open", "box", "kind", "received_at"),
        Index("mail_open_of_organisation", "organisation_id", "is_open"),
    )

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[str]
    is_open: Mapped[bool]
    box: Mapped[int | None]
    organisation_id: Mapped[UUID | None]
    kind: Mapped[str]
    received_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    notified_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int]


class HandedOver(Base, kw_only=True):
    """Nothing is handed over twice: one row an item, kept by triggers on `mail_move`."""

    __tablename__ = "handed_over"

    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    hand_over_id: Mapped[UUID]


class SignedPickup(Base, kw_only=True):
    """A pickup that was signed for and not yet handed over: what a power cut in between must not lose.

    `items` are the ids of what was ticked, as hexadecimal digits apart by commas.
    """

    __tablename__ = "signed_pickup"

    key: Mapped[str] = mapped_column(primary_key=True)
    signature_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None]
    collector: Mapped[str]
    capacity: Mapped[str]
    authority: Mapped[str]
    override: Mapped[str]
    items: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None]
