"""Who uses the centre's address by what paper, which papers end soon, and whose post is still sent on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, audit, fields, members
from civicdesk.errors import Refusal
from civicdesk.models import AddressPaper, AddressPaperKind, Organisation
from civicdesk.text import N_, _

SOON = timedelta(days=30)
FORWARDING = timedelta(days=45)
"""How long the post of an organisation that left is kept for it and sent on."""

_REFERENCE_LENGTH = 120
_PAPERS = (
    select(AddressPaper)
    .where(AddressPaper.organisation_id == bindparam("organisation"), AddressPaper.deleted_at.is_(None))
    .order_by(AddressPaper.valid_until_on.desc(), AddressPaper.id)
)
_ENDING = (
    select(AddressPaper, Organisation)
    .join(Organisation, Organisation.id == AddressPaper.organisation_id)
    .where(
        AddressPaper.deleted_at.is_(None),
        Organisation.deleted_at.is_(None),
        Organisation.left_on.is_(None),
        AddressPaper.valid_until_on >= bindparam("from"),
        AddressPaper.valid_until_on <= bindparam("until"),
    )
    .order_by(AddressPaper.valid_until_on, Organisation.folded)
)
_FORWARDED = (
    select(Organisation)
    .where(
        Organisation.deleted_at.is_(None),
        Organisation.left_on <= bindparam("on"),
        Organisation.forwarding_until_on >= bindparam("on"),
    )
    .order_by(Organisation.forwarding_until_on, Organisation.folded)
)
KIND_NAMES: dict[str, str] = {
    AddressPaperKind.LEASE: N_("Lease"),
    AddressPaperKind.ALLOCATION: N_("Allocation"),
    AddressPaperKind.CONSENT: N_("Letter of consent"),
    AddressPaperKind.APPROVAL: N_("Approval"),
    AddressPaperKind.DESK_AUTHORITY: N_("Authority of the desk for official notices"),
    AddressPaperKind.OTHER: N_("Other paper"),
}


class Face(TypedDict, total=False):
    """What can be said of a paper."""

    kind: str
    reference: str
    valid_from_on: date | None
    valid_until_on: date | None
    note: str


class PaperState(StrEnum):
    """How a paper stands on a day."""

    COMING = "coming"
    STANDING = "standing"
    ENDING = "ending"
    ENDED = "ended"


class Use(StrEnum):
    """How an organisation uses the centre's address: by a paper that stands, by one that ended, or not."""

    NONE = "none"
    STANDING = "standing"
    ENDED = "ended"


@dataclass(frozen=True)
class Paper:
    """A paper and how it stands today."""

    paper: AddressPaper
    state: PaperState


def paper_words(kind: str) -> str:
    """What paper it is."""
    return _(KIND_NAMES.get(kind, kind))


def state(paper: AddressPaper, on: date) -> PaperState:
    """How a paper stands on a day; its first and its last day count."""
    begins, ends = paper.valid_from_on, paper.valid_until_on
    if begins is not None and on < begins:
        return PaperState.COMING
    if ends is None:
        return PaperState.STANDING
    if on > ends:
        return PaperState.ENDED
    return PaperState.ENDING if ends - on <= SOON else PaperState.STANDING


def papers(session: Session, organisation_id: UUID, *, on: date) -> list[Paper]:
    """The papers of an organisation, what stands before what ended."""
    session.flush()
    found = [
        Paper(each, state(each, on)) for each in session.scalars(_PAPERS, {"organisation": organisation_id})
    ]
    return sorted(found, key=lambda each: each.state is PaperState.ENDED)


def use(found: Sequence[Paper]) -> Use:
    """Whether the address may be used, from the papers; the desk's authority for notices is no such paper."""
    states = {each.state for each in found if each.paper.kind != AddressPaperKind.DESK_AUTHORITY}
    if states & {PaperState.STANDING, PaperState.ENDING}:
        return Use.STANDING
    return Use.ENDED if PaperState.ENDED in states else Use.NONE


def ending(
    session: Session, *, on: date, within: timedelta = SOON
) -> Sequence[tuple[AddressPaper, Organisation]]:
    """Papers that end soon, the next one first."""
    session.flush()
    rows = session.execute(_ENDING, {"from": on, "until": on + within})
    return [(paper, organisation) for paper, organisation in rows]


def forwarded(session: Session, *, on: date) -> Sequence[Organisation]:
    """Organisations that left and whose post is still sent on, the one that ends next first."""
    session.flush()
    return session.scalars(_FORWARDED, {"on": on}).all()


def add(
    session: Session, organisation_id: UUID, *, at: datetime, key: str | None = None, **face: Unpack[Face]
) -> AddressPaper:
    """A paper came in. The same `key` again returns the same paper.

    Refuses `bad_kind`, `bad_dates`, `long_note`, `national_id`.
    """
    if done := actions.subject_of(session, key):
        return session.get_one(AddressPaper, done)
    paper = AddressPaper(organisation_id=members.one(session, organisation_id).id)
    _put(paper, face)
    session.add(paper)
    session.flush()
    actions.remember(session, key, paper.id, at)
    audit.record(session, "add_address_paper", paper, at, kind=paper.kind)
    return paper


def change(
    session: Session, paper_id: UUID, *, at: datetime, key: str | None = None, **face: Unpack[Face]
) -> Face:
    """Say something else of a paper; returns what was said before, which takes it back. Refuses as `add` does."""
    paper = session.get_one(AddressPaper, paper_id)
    if actions.subject_of(session, key):
        return {}
    was = {name: getattr(paper, name) for name in face}
    _put(paper, face)
    before: Face = {name: value for name, value in was.items() if getattr(paper, name) != value}  # type: ignore[assignment]
    session.flush()
    actions.remember(session, key, paper.id, at)
    if before:
        audit.record(session, "change_address_paper", paper, at, fields=sorted(before))
    return before


def remove(session: Session, paper_id: UUID, *, at: datetime) -> AddressPaper:
    """Take a paper away that was entered by mistake."""
    paper = session.get_one(AddressPaper, paper_id)
    paper.deleted_at = at
    session.flush()
    audit.record(session, "remove_address_paper", paper, at)
    return paper


def restore(session: Session, paper_id: UUID, *, at: datetime) -> AddressPaper:
    """Undo of `remove`."""
    paper = session.get_one(AddressPaper, paper_id)
    paper.deleted_at = None
    session.flush()
    audit.record(session, "restore_address_paper", paper, at)
    return paper


def _put(paper: AddressPaper, face: Face) -> None:
    said = {name: fields.note(value) if isinstance(value, str) else value for name, value in face.items()}
    if said.get("kind", paper.kind) not in set(AddressPaperKind):
        raise Refusal("bad_kind", _("Choose what paper it is."))
    begins = said.get("valid_from_on", paper.valid_from_on)
    ends = said.get("valid_until_on", paper.valid_until_on)
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        raise Refusal("bad_dates", _("The end is before the beginning."))
    if len(str(said.get("reference", ""))) > _REFERENCE_LENGTH:
        words = _("At most {} letters fit here. Write fewer.").format(_REFERENCE_LENGTH)
        raise Refusal("long_note", words)
    for name, value in said.items():
        setattr(paper, name, value)
