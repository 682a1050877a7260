"""Somebody comes for post: a collector is chosen or scanned, items are ticked, the authority is checked.

What follows, the signature and the hand-over, is in `hand_overs`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.desk import (
    authority,
    fields,
    mail,
    mail_moves,
    notices,
    staff,
)
from civicdesk.desk.authority import Standing
from civicdesk.errors import Refusal
from civicdesk.models import (
    Badge,
    MailItem,
    Organisation,
    OrganisationPerson,
    Place,
    Visit,
    Visitor,
)
from civicdesk.text import _, local


@dataclass(frozen=True)
class Collector:
    """Somebody on file who may come for the post, and how their authority stands today."""

    person: OrganisationPerson
    standing: Standing
    may_take_notices: bool

    @property
    def is_authorised(self) -> bool:
        return self.standing is Standing.VALID


@dataclass(frozen=True)
class Pickup:
    """What waits for an organisation, and who may collect it; the authorised ones first."""

    organisation: Organisation
    items: Sequence[MailItem]
    collectors: Sequence[Collector]


@dataclass(frozen=True, kw_only=True)
class Taking:
    """Who takes which items: a person on file, or with a manager's `override` somebody by name."""

    organisation_id: UUID
    items: tuple[UUID, ...]
    person_id: UUID | None = None
    collector: str = ""
    capacity: str = ""
    override: str = ""


def look(session: Session, organisation_id: UUID, *, at: datetime) -> Pickup:
    """What the pickup of an organisation begins with. Refuses `no_organisation`."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise Refusal("no_organisation", _("This organisation is not on the list any more."))
    return Pickup(
        organisation, mail.waiting(session, organisation_id), collectors(session, organisation_id, at=at)
    )


def collectors(session: Session, organisation_id: UUID, *, at: datetime) -> list[Collector]:
    """The people of an organisation as collectors, the authorised ones first."""
    people = session.scalars(
        select(OrganisationPerson)
        .where(OrganisationPerson.organisation_id == organisation_id, OrganisationPerson.deleted_at.is_(None))
        .order_by(OrganisationPerson.folded)
    )
    on = local(at).date()
    found = [_collector(person, on) for person in people]
    return sorted(found, key=lambda one: (not one.is_authorised, not one.may_take_notices))


def of_badge(session: Session, code: str, *, at: datetime) -> list[Collector]:
    """Who on file has the name of the visitor whose badge was scanned: the clerk still sees who stands there.

    Refuses `no_badge` for what is no badge of somebody inside, and `nobody_on_file`.
    """
    parsed = codes.parse(code)
    visitor = (
        session.scalar(
            select(Visitor)
            .join(Visit, Visit.visitor_id == Visitor.id)
            .join(Badge, Badge.visit_id == Visit.id)
            .where(Badge.code == parsed.text, Visit.left_at.is_(None), Visit.deleted_at.is_(None))
        )
        if isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.BADGE
        else None
    )
    if visitor is None:
        raise Refusal("no_badge", _("This is not the badge of somebody who is inside."))
    people = session.scalars(
        select(OrganisationPerson).where(
            OrganisationPerson.folded == visitor.folded, OrganisationPerson.deleted_at.is_(None)
        )
    )
    found = [_collector(person, local(at).date()) for person in people]
    if not found:
        raise Refusal("nobody_on_file", _("{} is not on file for any organisation.").format(visitor.name))
    return sorted(found, key=lambda one: not one.is_authorised)


def check(session: Session, taking: Taking, *, at: datetime) -> list[MailItem]:
    """The items, if they may be handed over so.

    Refuses `no_items`, `not_here`, `not_accepted`, `other_organisation`; `no_authority`, `not_yet`,
    `authority_ended` and `not_for_notices`, which a manager's `override` sets aside, and `managers_only` for others.
    """
    if not taking.items:
        raise Refusal("no_items", _("Choose at least one item."))
    items = mail_moves.open_ones(session, taking.items, Place.WAITING)
    if any(item.organisation_id != taking.organisation_id for item in items):
        raise Refusal("other_organisation", _("One of these items is for another organisation."))
    if fields.note(taking.override):
        if not staff.acts_as_manager(session):
            raise Refusal("managers_only", _("Only a manager may set this aside, with a reason."))
    else:
        _refuse_collector(person_of(session, taking), items, local(at).date())
    return items


def person_of(session: Session, taking: Taking) -> OrganisationPerson | None:
    """Whoever of the organisation on file is meant."""
    person = session.get(OrganisationPerson, taking.person_id) if taking.person_id else None
    return person if person and person.organisation_id == taking.organisation_id else None


def who(session: Session, taking: Taking) -> tuple[str, str, str]:
    """Name, capacity and reference of whoever takes the items."""
    person = person_of(session, taking)
    if person is not None:
        return person.name, taking.capacity or person.role, person.authority_reference
    return fields.name(taking.collector), fields.note(taking.capacity), ""


def _collector(person: OrganisationPerson, on: date) -> Collector:
    return Collector(person, authority.standing(person, on), authority.may_take(person, on, notices=True))


def _refuse_collector(person: OrganisationPerson | None, items: Sequence[MailItem], on: date) -> None:
    notices.refuse(authority.standing(person, on) if person else Standing.NONE)
    if person and any(item.is_notice for item in items) and not person.may_take_notices:
        raise Refusal(
            "not_for_notices",
            _("This authority is not for official notices. Leave the notice here, or call a manager."),
        )
