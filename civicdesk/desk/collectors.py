"""The people an organisation named to the desk, and who of them may take its post away, by what paper, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, audit, authority, fields, identifiers, members
from civicdesk.desk.authority import Standing
from civicdesk.errors import Refusal
from civicdesk.models import Organisation, OrganisationPerson, PersonRole
from civicdesk.text import _, sort_key

SOON = timedelta(days=30)
"""How long before it ends an authority is told of."""

_PEOPLE = select(OrganisationPerson).where(
    OrganisationPerson.organisation_id == bindparam("organisation"), OrganisationPerson.deleted_at.is_(None)
)
_ENDING = (
    select(OrganisationPerson, Organisation)
    .join(Organisation, Organisation.id == OrganisationPerson.organisation_id)
    .where(
        OrganisationPerson.deleted_at.is_(None),
        Organisation.deleted_at.is_(None),
        Organisation.left_on.is_(None),
        OrganisationPerson.authority_reference != "",
        OrganisationPerson.authority_until_on >= bindparam("from"),
        OrganisationPerson.authority_until_on <= bindparam("until"),
    )
    .order_by(OrganisationPerson.authority_until_on, Organisation.folded)
)


class Face(TypedDict, total=False):
    """What can be said of a person."""

    name: str
    role: str
    phone: str
    email: str
    authority_reference: str
    authority_from_on: date | None
    authority_until_on: date | None
    may_take_notices: bool
    note: str


@dataclass(frozen=True)
class Known:
    """A person, how the written authority stands today, and whether it ends soon."""

    person: OrganisationPerson
    standing: Standing
    is_ending: bool

    @property
    def may_collect(self) -> bool:
        return self.standing is Standing.VALID

    @property
    def may_take_notices(self) -> bool:
        return self.may_collect and self.person.may_take_notices


def known(person: OrganisationPerson, on: date) -> Known:
    """How somebody stands on a day; the first and the last day of an authority count."""
    stands, ends = authority.standing(person, on), person.authority_until_on
    return Known(person, stands, stands is Standing.VALID and ends is not None and ends - on <= SOON)


def people(session: Session, organisation_id: UUID, *, on: date) -> list[Known]:
    """Everybody an organisation named: first who may collect, then by the alphabet."""
    session.flush()
    found = session.scalars(_PEOPLE, {"organisation": organisation_id})
    told = [known(person, on) for person in found]
    return sorted(told, key=lambda each: (not each.may_collect, sort_key(each.person.name)))


def authorised(session: Session, organisation_id: UUID, *, on: date, notices: bool = False) -> list[Known]:
    """Who may take the post of an organisation away on a day; with `notices` also its official notices."""
    return [
        each
        for each in people(session, organisation_id, on=on)
        if (each.may_take_notices if notices else each.may_collect)
    ]


def ending(
    session: Session, *, on: date, within: timedelta = SOON
) -> Sequence[tuple[OrganisationPerson, Organisation]]:
    """Authorities that end soon, the next one first; those of organisations that left are nobody's matter."""
    session.flush()
    rows = session.execute(_ENDING, {"from": on, "until": on + within})
    return [(person, organisation) for person, organisation in rows]


def add(
    session: Session, organisation_id: UUID, *, at: datetime, key: str | None = None, **face: Unpack[Face]
) -> OrganisationPerson:
    """Somebody more is named. The same `key` again returns the same person.

    Refuses `no_name`, `long_name`, `bad_role`, `national_id`, `no_authority`, `bad_dates`, `long_note`.
    """
    if done := actions.subject_of(session, key):
        return session.get_one(OrganisationPerson, done)
    organisation = members.one(session, organisation_id)
    person = OrganisationPerson(organisation_id=organisation.id, name=_name(face.get("name", "")))
    _put(person, face)
    session.add(person)
    session.flush()
    actions.remember(session, key, person.id, at)
    audit.record(session, "add_person", person, at, role=person.role)
    return person


def change(
    session: Session, person_id: UUID, *, at: datetime, key: str | None = None, **face: Unpack[Face]
) -> Face:
    """Say something else of a person; returns what was said before, which takes it back. Refuses as `add` does."""
    person = session.get_one(OrganisationPerson, person_id)
    if actions.subject_of(session, key):
        return {}
    was = {name: getattr(person, name) for name in face}
    _put(person, face)
    before: Face = {name: value for name, value in was.items() if getattr(person, name) != value}  # type: ignore[assignment]
    session.flush()
    actions.remember(session, key, person.id, at)
    if before:
        audit.record(session, "change_person", person, at, fields=sorted(before))
    return before


def remove(session: Session, person_id: UUID, *, at: datetime) -> OrganisationPerson:
    """Somebody is named no more, and may take nothing away from now on."""
    person = session.get_one(OrganisationPerson, person_id)
    person.deleted_at = at
    session.flush()
    audit.record(session, "remove_person", person, at)
    return person


def restore(session: Session, person_id: UUID, *, at: datetime) -> OrganisationPerson:
    """Undo of `remove`."""
    person = session.get_one(OrganisationPerson, person_id)
    person.deleted_at = None
    session.flush()
    audit.record(session, "restore_person", person, at)
    return person


def _put(person: OrganisationPerson, face: Face) -> None:
    said = {name: _clean(name, value) for name, value in face.items()}
    if said.get("role", PersonRole.CONTACT) not in set(PersonRole):
        raise Refusal("bad_role", _("Choose what the person is in the organisation."))
    told = {
        name: said.get(name, getattr(person, name)) for name in OrganisationPerson.__groups__["authority"]
    }
    _check_authority(told, str(said.get("role", person.role)))
    for name, value in said.items():
        setattr(person, name, value)


def _clean(name: str, value: object) -> object:
    if name == "name":
        return _name(str(value))
    if name == "phone":
        return identifiers.phone(str(value))
    return fields.note(value) if isinstance(value, str) else value


def _name(text: str) -> str:
    if not any(map(str.isalpha, text)) and not fields.has_national_id(text):
        raise Refusal("no_name", _("Write the person's name."))
    return fields.name(text)


def _check_authority(told: dict[str, object], role: str) -> None:
    begins, ends = told["authority_from_on"], told["authority_until_on"]
    if role == PersonRole.COLLECTOR and not told["authority_reference"]:
        words = _("An authorised collector needs a written authority. Write its number or date.")
        raise Refusal("no_authority", words)
    if not told["authority_reference"] and (told["may_take_notices"] or begins or ends):
        raise Refusal("no_authority", _("Write by which paper: its number or date."))
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        raise Refusal("bad_dates", _("The end is before the beginning."))
