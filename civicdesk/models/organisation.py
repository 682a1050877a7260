"""The organisations that share the building, and their boxes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column, validates

from civicdesk.models.base import Base, Removable
from civicdesk.text import fold


class OrganisationKind(StrEnum):
    """The eleven kinds of member, and the kinds of outside body."""

    ASSOCIATION = "dernek"
    FOUNDATION = "vakif"
    FEDERATION = "federasyon"
    CONFEDERATION = "konfederasyon"
    REPRESENTATION = "temsilcilik"
    PLATFORM = "platform"
    COOPERATIVE = "kooperatif"
    COMMUNITY = "topluluk"
    INITIATIVE = "sivil_inisiyatif"
    NETWORK = "sivil_ag"
    VENTURE = "girisim"
    CITY_COUNCIL = "kent_konseyi"
    MUNICIPALITY = "belediye"
    PUBLIC_BODY = "kamu_kurumu"
    CHAMBER = "meslek_odasi"
    UNIVERSITY = "universite"


class Notify(StrEnum):
    """How an organisation hears of its post."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    NONE = "none"


class Organisation(Removable, Base, kw_only=True):
    """A member organisation, or an outside body that is not counted among the members.

    `authority_note` says what it wrote about who may take its official notices; `forwarding_until_on` until when the
    post of one that left is sent on.
    """

    __tablename__ = "organisation"
    __table_args__ = (Index("organisation_folded", "folded"),)
    __groups__ = {
        "name": ("name", "kind", "is_member"),
        "short": ("short_name",),
        "parent": ("parent_id",),
        "registry": ("registry_number", "tax_number"),
        "numbers": ("mersis", "uets"),
        "contact": ("phone", "email"),
        "responsible": ("responsible_person",),
        "notify": ("notify", "language"),
        "authority": ("authority_note",),
        "membership": ("joined_on", "left_on"),
        "left": ("left_reason", "forwarding_until_on", "merged_into_id"),
        "discretion": ("is_discreet",),
        "del": ("deleted_at",),
    }
    __local__ = ("folded",)

    name: Mapped[str]
    kind: Mapped[str]
    is_member: Mapped[bool] = mapped_column(default=True)
    parent_id: Mapped[UUID | None] = mapped_column(default=None)
    registry_number: Mapped[str] = mapped_column(default="")
    tax_number: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    joined_on: Mapped[date | None] = mapped_column(default=None)
    left_on: Mapped[date | None] = mapped_column(default=None)
    is_discreet: Mapped[bool] = mapped_column(default=False)
    short_name: Mapped[str] = mapped_column(default="")
    mersis: Mapped[str] = mapped_column(default="")
    uets: Mapped[str] = mapped_column(default="")
    responsible_person: Mapped[str] = mapped_column(default="")
    notify: Mapped[str] = mapped_column(default=Notify.AT_ONCE)
    language: Mapped[str] = mapped_column(default="tr")
    authority_note: Mapped[str] = mapped_column(default="")
    left_reason: Mapped[str] = mapped_column(default="")
    forwarding_until_on: Mapped[date | None] = mapped_column(default=None)
    merged_into_id: Mapped[UUID | None] = mapped_column(default=None)
    folded: Mapped[str] = mapped_column(default="", init=False)

    @validates("name")
    def _fold_name(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name


class Mailbox(Removable, Base, kw_only=True):
    """A numbered box in the wall of boxes, and whose it is."""

    __tablename__ = "mailbox"
    __groups__ = {"box": ("number",), "holder": ("organisation_id",), "del": ("deleted_at",)}

    number: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(default=None, index=True)
