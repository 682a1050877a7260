"""Who may take an organisation's post: by a written authority, within its days, and whether notices are in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.models import AddressPaper, AddressPaperKind, OrganisationPerson
from civicdesk.text import N_, _

_CAPACITIES = {
    "contact": N_("Contact"),
    "collector": N_("Authorised collector"),
    "chair": N_("Chair"),
    "board": N_("Member of the board"),
    "secretary": N_("Secretary general"),
    "employee": N_("Employee"),
    "desk": N_("The desk, on written authority"),
}


class Standing(StrEnum):
    """How somebody's authority stands on a day."""

    VALID = "valid"
    NONE = "none"
    NOT_YET = "not_yet"
    ENDED = "ended"


@dataclass(frozen=True)
class DeskAuthority:
    """Whether the desk itself may take an organisation's notices, and by which paper."""

    standing: Standing
    reference: str = ""
    until_on: date | None = None

    @property
    def is_on_file(self) -> bool:
        return self.standing is Standing.VALID


def standing(person: OrganisationPerson, on: date) -> Standing:
    """How somebody's written authority stands on a day; without a reference there is none."""
    if not person.authority_reference or person.deleted_at is not None:
        return Standing.NONE
    return _within(person.authority_from_on, person.authority_until_on, on)


def may_take(person: OrganisationPerson, on: date, *, notices: bool) -> bool:
    """Whether somebody may take post on a day, official notices among it or not."""
    return standing(person, on) is Standing.VALID and (person.may_take_notices or not notices)


def of_desk(session: Session, organisation_id: UUID, on: date) -> DeskAuthority:
    """The desk's own authority for an organisation's notices on a day: the paper that stands, or the last one."""
    papers = session.scalars(
        select(AddressPaper).where(
            AddressPaper.organisation_id == organisation_id,
            AddressPaper.kind == AddressPaperKind.DESK_AUTHORITY,
            AddressPaper.reference != "",
            AddressPaper.deleted_at.is_(None),
        )
    ).all()
    found = [
        DeskAuthority(
            _within(paper.valid_from_on, paper.valid_until_on, on), paper.reference, paper.valid_until_on
        )
        for paper in papers
    ]
    found.sort(key=lambda one: (one.is_on_file, one.until_on or date.max), reverse=True)
    return found[0] if found else DeskAuthority(Standing.NONE)


def capacity_words(capacity: str) -> str:
    """In what capacity somebody acted; what was typed by hand is shown as it was typed."""
    return _(_CAPACITIES[capacity]) if capacity in _CAPACITIES else capacity


def standing_words(standing: Standing) -> str:
    """How an authority stands, for the clerk."""
    return {
        Standing.VALID: lambda: _("authorised"),
        Standing.NONE: lambda: _("no written authority"),
        Standing.NOT_YET: lambda: _("authority has not begun"),
        Standing.ENDED: lambda: _("authority has ended"),
    }[standing]()


def _within(first: date | None, last: date | None, on: date) -> Standing:
    if first is not None and on < first:
        return Standing.NOT_YET
    return Standing.ENDED if last is not None and on > last else Standing.VALID
