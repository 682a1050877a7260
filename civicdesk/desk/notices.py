"""Official notices: presented at the desk, then accepted by somebody who may, or not taken, with the minute and why.

The desk shows the day of service and how many days have gone by. It never computes a deadline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.database import note_change
from civicdesk.desk import actions, audit, authority, fields, mail, mail_moves, rows, staff
from civicdesk.desk.authority import Standing
from civicdesk.desk.mail import Incoming
from civicdesk.errors import Refusal
from civicdesk.models import (
    MailItem,
    MailKind,
    MailState,
    Move,
    NoticeTaking,
    OrganisationPerson,
    Place,
)
from civicdesk.text import _, local

BY_DESK = "desk"


@dataclass(frozen=True)
class OpenNotice:
    """A notice (or a slip left for one) at the desk: since when, and how many days have gone by."""

    item: MailItem
    place: str
    since_at: datetime
    days: int


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """Who accepts a notice: the desk itself, a person on file, or somebody by name and capacity.

    `override` is a manager's reason for what the authority on file does not cover.
    """

    by_desk: bool = False
    person_id: UUID | None = None
    person: str = ""
    capacity: str = ""
    override: str = ""


def present(session: Session, incoming: Incoming, *, at: datetime, key: str | None = None) -> MailItem:
    """Register a notice that the postman holds out: not taken in yet. Refuses what `mail.receive` refuses."""
    if done := actions.subject_of(session, key):
        return mail_moves.one(session, done)
    notice = Incoming(**{**vars(incoming), "kind": MailKind.NOTICE})
    return mail.enter(session, notice, Move.PRESENTED, "present_notice", at=at, key=key)


def call(
    session: Session, item_id: UUID, *, person: str, outcome: str = "", at: datetime, key: str | None = None
) -> MailItem:
    """Note that somebody of the organisation was called about a notice, and what they said. Refuses `not_here`."""
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    item = mail_moves.open_one(session, item_id)
    mail_moves.note(
        session, [item.id], Move.CALLED, at=at, person=fields.name(person), reason=fields.note(outcome)
    )
    return _done(session, item, "call_about_notice", at, key)


def accept(
    session: Session,
    item_id: UUID,
    acceptance: Acceptance,
    *,
    taken_at: datetime | None = None,
    at: datetime,
    key: str | None = None,
) -> MailItem:
    """Accept a notice at the minute `taken_at`; it waits for pickup from then on.

    Refuses `already_accepted`, `not_here`, `unmatched`, `bad_minute`, `no_authority`, `not_yet`, `authority_ended`,
    `not_for_notices`, `no_capacity`; a manager's `override` sets the four about authority aside.
    """
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    item = _presented(session, item_id)
    if item.organisation_id is None:
        raise Refusal("unmatched", _("Say first for which organisation this notice is."))
    minute = _minute(item, taken_at, at)
    on_file = authority.of_desk(session, item.organisation_id, local(minute).date())
    name, capacity, reference = _who(session, item.organisation_id, acceptance, minute)
    taking = NoticeTaking(
        item_id=item.id,
        is_taken=True,
        is_authority_on_file=on_file.is_on_file,
        authority=reference,
        person=name,
        capacity=capacity,
        reason=fields.note(acceptance.override),
        at=minute,
        by_id=session.info.get("by"),
    )
    rows.write(session, taking)
    mail_moves.note(
        session,
        [item.id],
        Move.ACCEPTED,
        at=minute,
        person=name,
        capacity=capacity,
        authority=reference,
        reason=taking.reason,
    )
    return _done(session, item, "accept_notice", at, key, capacity=capacity, override=taking.reason)


def not_take(
    session: Session,
    item_id: UUID,
    *,
    reason: str,
    taken_at: datetime | None = None,
    at: datetime,
    key: str | None = None,
) -> MailItem:
    """Note that a notice was not taken, when and why. Refuses `no_reason`, `already_accepted`, `not_here`."""
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    item = _presented(session, item_id)
    reason = fields.note(reason)
    if not reason:
        raise Refusal("no_reason", _("Write why."))
    minute = _minute(item, taken_at, at)
    organisation = item.organisation_id
    on_file = organisation and authority.of_desk(session, organisation, local(minute).date()).is_on_file
    taking = NoticeTaking(
        item_id=item.id,
        is_taken=False,
        is_authority_on_file=bool(on_file),
        reason=reason,
        at=minute,
        by_id=session.info.get("by"),
    )
    rows.write(session, taking)
    mail_moves.note(session, [item.id], Move.NOT_TAKEN, at=minute, reason=reason)
    return _done(session, item, "not_take_notice", at, key)


def takings(session: Session, item_id: UUID) -> Sequence[NoticeTaking]:
    """What was decided about a notice, in its order."""
    return session.scalars(
        select(NoticeTaking).where(NoticeTaking.item_id == item_id).order_by(NoticeTaking.id)
    ).all()


def served_at(session: Session, item_id: UUID) -> datetime | None:
    """When a notice was accepted: the minute of service."""
    taken = [taking for taking in takings(session, item_id) if taking.is_taken]
    return taken[-1].at if taken else None


def open_notices(session: Session, *, at: datetime) -> list[OpenNotice]:
    """Notices that are decided on or wait, and slips left for one; the oldest first."""
    found = session.execute(
        select(MailItem, MailState)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(MailState.is_open, MailState.kind.in_((MailKind.NOTICE, MailKind.SLIP21)))
        .options(joinedload(MailItem.organisation))
        .order_by(MailState.changed_at)
    )
    return [
        OpenNotice(item, state.place, state.changed_at, days_gone(state.changed_at, at))
        for item, state in found
    ]


def days_gone(since_at: datetime, at: datetime) -> int:
    """How many days have gone by on the calendar: nothing on the same day."""
    return max(0, (local(at).date() - local(since_at).date()).days)


def _presented(session: Session, item_id: UUID) -> MailItem:
    item = mail_moves.open_one(session, item_id)
    if item.kind != MailKind.NOTICE:
        raise Refusal("not_a_notice", _("This is not an official notice."))
    if mail_moves.state(session, item_id).place != Place.PRESENTED:
        raise Refusal("already_accepted", _("This official notice is already accepted."))
    return item


def _minute(item: MailItem, taken_at: datetime | None, at: datetime) -> datetime:
    minute = taken_at or at
    if not item.received_at <= minute <= at:
        raise Refusal("bad_minute", _("This minute is before the notice came, or still to come."))
    return minute


def _who(
    session: Session, organisation_id: UUID, acceptance: Acceptance, minute: datetime
) -> tuple[str, str, str]:
    """Name, capacity and reference of whoever accepts, if they may."""
    on, is_overridden = local(minute).date(), bool(acceptance.override) and _is_manager(session)
    if acceptance.by_desk:
        desk = authority.of_desk(session, organisation_id, on)
        if not is_overridden:
            refuse(desk.standing)
        return fields.name(acceptance.person), BY_DESK, desk.reference if desk.is_on_file else ""
    person = session.get(OrganisationPerson, acceptance.person_id) if acceptance.person_id else None
    if person is not None and person.organisation_id == organisation_id:
        if not is_overridden:
            refuse(authority.standing(person, on))
            _refuse_notices(person)
        return person.name, acceptance.capacity or person.role, person.authority_reference
    if not is_overridden:
        refuse(Standing.NONE)
    capacity = fields.note(acceptance.capacity)
    if not capacity:
        raise Refusal("no_capacity", _("Write in what capacity they accept it, such as chair."))
    return fields.name(acceptance.person), capacity, ""


def refuse(standing: Standing) -> None:
    """Refuses `no_authority`, `not_yet` and `authority_ended`."""
    if standing is Standing.NONE:
        raise Refusal("no_authority", _("There is no written authority on file. Call an authorised person."))
    if standing is Standing.NOT_YET:
        raise Refusal("not_yet", _("The written authority has not begun yet. Call an authorised person."))
    if standing is Standing.ENDED:
        raise Refusal("authority_ended", _("The written authority has ended. Call an authorised person."))


def _refuse_notices(person: OrganisationPerson) -> None:
    if not person.may_take_notices:
        raise Refusal(
            "not_for_notices", _("This authority is not for official notices. Call an authorised person.")
        )


def _is_manager(session: Session) -> bool:
    if not staff.acts_as_manager(session):
        raise Refusal("managers_only", _("Only a manager may set this aside, with a reason."))
    return True


def _done(
    session: Session, item: MailItem, action: str, at: datetime, key: str | None, **details: object
) -> MailItem:
    actions.remember(session, key, item.id, at)
    audit.record(session, action, item, at, number=item.number, **{k: v for k, v in details.items() if v})
    note_change(session, MailState)
    return mail_moves.one(session, item.id)
