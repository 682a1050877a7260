"""The register of organisations: the members of eleven kinds, and apart from them the outside bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, audit, belongings, fields, identifiers, kinds
from civicdesk.errors import Refusal
from civicdesk.models import (
    Booking,
    BookingState,
    Mailbox,
    MailState,
    Notify,
    Organisation,
    OrganisationKind,
)
from civicdesk.text import LANGUAGES, _, fold, sort_key

NAME_LENGTH = 300
SHORT_LENGTH = 24
_MOST_PARENTS = 10

_STANDING = select(Organisation).where(Organisation.deleted_at.is_(None))
_SAME_NAME = _STANDING.where(Organisation.folded == bindparam("folded"))
_BOXES = (
    select(Mailbox.organisation_id, Mailbox.number)
    .where(Mailbox.organisation_id.is_not(None), Mailbox.deleted_at.is_(None))
    .order_by(Mailbox.number.desc())
)


class Face(TypedDict, total=False):
    """What can be said of an organisation."""

    name: str
    short_name: str
    kind: str
    is_member: bool
    parent_id: UUID | None
    registry_number: str
    tax_number: str
    mersis: str
    uets: str
    phone: str
    email: str
    responsible_person: str
    notify: str
    language: str
    is_discreet: bool
    joined_on: date | None
    authority_note: str


@dataclass(frozen=True)
class Listed:
    """An organisation in the register, and the number of its box."""

    organisation: Organisation
    box: int | None = None

    @property
    def searched(self) -> str:
        """All words by which it is found."""
        said = self.organisation
        return f" {said.folded} {fold(said.short_name)} {self.box or ''}"


@dataclass(frozen=True)
class Register:
    """Everybody on the register in the order of the alphabet, and how many of each kind are members now."""

    listed: Sequence[Listed]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def members(self) -> int:
        return sum(self.counts.values())


def register(session: Session, *, on: date) -> Register:
    """The whole register. Those who have left are in it, and not counted."""
    boxes = {row.organisation_id: row.number for row in session.execute(_BOXES)}
    found = sorted(session.scalars(_STANDING), key=lambda each: sort_key(each.name))
    counts = Counter(each.kind for each in found if is_member(each, on))
    return Register([Listed(each, boxes.get(each.id)) for each in found], counts)


def narrowed(listed: Sequence[Listed], typed: str) -> list[Listed]:
    """Those with words that begin as typed, in the name, the short name or as the number of the box."""
    words = [f" {word}" for word in fold(typed).split()]
    return [each for each in listed if all(word in each.searched for word in words)]


def is_member(organisation: Organisation, on: date) -> bool:
    """Whether it is one of the members on this day, and not an outside body or one that left."""
    left = organisation.left_on
    return organisation.is_member and organisation.deleted_at is None and (left is None or left > on)


def one(session: Session, organisation_id: UUID) -> Organisation:
    """An organisation by its id. Refuses `no_organisation`."""
    found = session.get(Organisation, organisation_id)
    if found is None or found.deleted_at is not None:
        raise Refusal("no_organisation", _("This organisation is not on the register any more."))
    return found


def named(session: Session, name: str) -> Sequence[Organisation]:
    """Those of this name, in any spelling."""
    session.flush()
    return session.scalars(_SAME_NAME, {"folded": fold(name)}).all()


def add(
    session: Session,
    *,
    at: datetime,
    key: str | None = None,
    is_another: bool = False,
    **face: Unpack[Face],
) -> Organisation:
    """A new organisation. The same `key` again returns the one it made.

    Refuses `same_name` unless `is_another`, and what `cleaned` refuses.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    made = Organisation(name="", kind=face.get("kind", OrganisationKind.ASSOCIATION))
    face = cleaned(session, made, face)
    if not face.get("name"):
        raise Refusal("no_name", _("Write the name of the organisation."))
    if not is_another and named(session, face["name"]):
        raise _same_name(face["name"])
    _put(made, face)
    session.add(made)
    session.flush()
    actions.remember(session, key, made.id, at)
    audit.record(session, "add_organisation", made, at, kind=made.kind)
    return made


def change(
    session: Session, organisation_id: UUID, *, at: datetime, key: str | None = None, **face: Unpack[Face]
) -> Face:
    """Say something else of an organisation; returns what was said before, which takes it back.

    Refuses `no_organisation`, `same_name` for the name of another one, and what `cleaned` refuses.
    """
    organisation = one(session, organisation_id)
    if actions.subject_of(session, key):
        return {}
    face = cleaned(session, organisation, face)
    if "name" in face and fold(face["name"]) != organisation.folded and named(session, face["name"]):
        raise _same_name(face["name"])
    before: Face = {}
    for name in face:
        if getattr(organisation, name) != face[name]:  # type: ignore[literal-required]
            before[name] = getattr(organisation, name)  # type: ignore[literal-required]
    _put(organisation, face)
    session.flush()
    actions.remember(session, key, organisation.id, at)
    if before:
        audit.record(session, "change_organisation", organisation, at, fields=sorted(before))
    return before


def remove(session: Session, organisation_id: UUID, *, at: datetime) -> Organisation:
    """Strike an organisation that was entered by mistake off the register.

    Refuses `has_post`, `has_bookings`, `has_children` and `has_box`: one that leaves is not struck off, it leaves.
    """
    organisation = one(session, organisation_id)
    _refuse_in_use(session, organisation, at)
    organisation.deleted_at = at
    audit.record(session, "remove_organisation", organisation, at)
    return organisation


def restore(session: Session, organisation_id: UUID, *, at: datetime) -> Organisation:
    """Undo of `remove`."""
    organisation = session.get_one(Organisation, organisation_id)
    organisation.deleted_at = None
    audit.record(session, "restore_organisation", organisation, at)
    return organisation


def note_look(session: Session, organisation_id: UUID, *, at: datetime) -> Organisation:
    """Somebody opened an organisation, where its visitors stand too: that is written down."""
    organisation = one(session, organisation_id)
    audit.record(session, "look_at_organisation", organisation, at)
    return organisation


def cleaned(session: Session, organisation: Organisation, face: Face, *, awaits_parent: bool = False) -> Face:
    """What is about to be said of an organisation, as it is kept; with `awaits_parent` its parent comes later.

    Refuses `no_name`, `long_name`, `bad_kind`, `not_a_member_kind`, `no_parent`, `bad_parent`, `no_number_here`,
    `bad_choice`, `national_id`, `long_note` and `long_number`. Odd numbers are `identifiers.doubts`, never refused.
    """
    said: dict[str, object] = {name: _clean(name, value) for name, value in face.items()}
    if said.get("name", "-") == "":
        raise Refusal("no_name", _("Write the name of the organisation."))
    told = {name: said.get(name, getattr(organisation, name)) for name in (*_RULED, *kinds.IDENTIFIERS)}
    _check_kind(told)
    if not awaits_parent:
        _check_parent(session, organisation.id, told)
    if said.get("notify", Notify.NONE) not in set(Notify) or said.get("language", "tr") not in LANGUAGES:
        raise Refusal("bad_choice", _("Choose one of those that are offered."))
    return said  # type: ignore[return-value]


_RULED = ("kind", "is_member", "parent_id")
_TEXTS = {"name": NAME_LENGTH, "short_name": SHORT_LENGTH, "responsible_person": fields.NAME_LENGTH}


def _clean(name: str, value: object) -> object:
    if name in kinds.IDENTIFIERS:
        return identifiers.clean(name, str(value))
    if name == "phone":
        return identifiers.phone(str(value))
    if not isinstance(value, str):
        return value
    text, most = fields.note(value), _TEXTS.get(name, fields.NOTE_LENGTH)
    if len(text) > most:
        raise Refusal("long_name", _("At most {} letters fit here. Write fewer.").format(most))
    return text


def _check_kind(told: Mapping[str, object]) -> None:
    kind = str(told["kind"])
    if kind not in set(OrganisationKind):
        raise Refusal("bad_kind", _("Choose what kind of organisation it is."))
    rule, words = kinds.rule(kind), kinds.kind_words(kind)
    if told["is_member"] and rule.is_outside:
        raise Refusal(
            "not_a_member_kind",
            _("{kind} is not a kind of member. Enter it as an outside body.").format(kind=words),
        )
    if any(told[name] and name not in rule.identifiers for name in kinds.IDENTIFIERS):
        raise Refusal(
            "no_number_here", _("{kind}: this number cannot stand there. Leave it empty.").format(kind=words)
        )


def _check_parent(session: Session, organisation_id: UUID, told: Mapping[str, object]) -> None:
    parent_id, rule = told["parent_id"], kinds.rule(str(told["kind"]))
    if parent_id is None:
        if rule.needs_parent:
            raise Refusal("no_parent", _("Choose the association that it represents."))
        return
    above: UUID | None = parent_id  # type: ignore[assignment]
    for _step in range(_MOST_PARENTS):
        if above == organisation_id:
            raise Refusal("bad_parent", _("An organisation cannot belong to itself."))
        parent = session.get(Organisation, above) if above else None
        above = parent.parent_id if parent else None
    parent = one(session, parent_id)  # type: ignore[arg-type]
    if parent.kind not in rule.parents:
        words = _("{kind} cannot belong to this organisation.").format(
            kind=kinds.kind_words(str(told["kind"]))
        )
        raise Refusal("bad_parent", words)


def _put(organisation: Organisation, face: Face) -> None:
    for name, value in face.items():
        setattr(organisation, name, value)


def _same_name(name: str) -> Refusal:
    return Refusal("same_name", _("“{name}” is on the register already.").format(name=name))


def _refuse_in_use(session: Session, organisation: Organisation, at: datetime) -> None:
    id_ = organisation.id
    post = session.scalar(
        select(func.count()).select_from(MailState).where(MailState.organisation_id == id_, MailState.is_open)
    )
    if post:
        raise Refusal("has_post", _("Post still waits for this organisation. Hand it over first."))
    booked = select(func.count(Booking.id)).where(
        Booking.organisation_id == id_,
        Booking.ends_at > at,
        Booking.deleted_at.is_(None),
        Booking.state.in_((BookingState.TENTATIVE, BookingState.CONFIRMED)),
    )
    if session.scalar(booked):
        raise Refusal("has_bookings", _("It has rooms booked. Call those off first."))
    if session.scalar(_STANDING.where(Organisation.parent_id == id_).limit(1)):
        raise Refusal("has_children", _("Others on the register belong to it."))
    if belongings.of(session, id_):
        raise Refusal("has_box", _("It has a box, a line or a seat. Take that back first."))
