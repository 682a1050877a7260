"""An organisation leaves, comes back, or becomes a part of another one; what waits for it is lost to nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import actions, addresses, belongings, deeds, fields, mail_moves, members
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import (
    AddressPaper,
    Base,
    Booking,
    BookingPartner,
    BookingState,
    Line,
    Loan,
    Mailbox,
    MailItem,
    MailState,
    MessageMove,
    MessageStep,
    Move,
    Organisation,
    OrganisationPerson,
    PhoneMessage,
    UseLimit,
    Waiting,
    WaitingState,
    WorkSeat,
)
from civicdesk.text import _

_STANDING = (BookingState.TENTATIVE, BookingState.CONFIRMED)


@dataclass(frozen=True)
class Waits:
    """What still waits for an organisation: what a clerk should know before it leaves."""

    post: int
    notices: int
    bookings: int
    messages: int
    loans: int

    def __bool__(self) -> bool:
        return any((self.post, self.bookings, self.messages, self.loans))


def waits(session: Session, organisation_id: UUID, *, at: datetime) -> Waits:
    """How much waits for an organisation: post at the desk, rooms booked, messages not passed on, things on loan."""
    session.flush()

    def count(kind: type[Base], *conditions: ColumnElement[bool]) -> int:
        return session.scalar(select(func.count()).select_from(kind).where(*conditions)) or 0

    post = (MailState.organisation_id == organisation_id, MailState.is_open.is_(True))
    return Waits(
        post=count(MailState, *post),
        notices=count(MailState, *post, MailState.kind.in_(("notice", "slip21"))),
        bookings=count(Booking, *_coming(organisation_id, at)),
        messages=count(PhoneMessage, *open_messages(organisation_id)),
        loans=count(Loan, *_out(organisation_id)),
    )


def open_messages(organisation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """What holds for the messages of an organisation that nobody passed on yet."""
    last = (
        select(MessageMove.what)
        .where(
            MessageMove.message_id == PhoneMessage.id,
            MessageMove.what.in_((MessageStep.DELIVERED, MessageStep.REOPENED)),
        )
        .order_by(MessageMove.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        PhoneMessage.organisation_id == organisation_id,
        PhoneMessage.deleted_at.is_(None),
        func.coalesce(last, MessageStep.REOPENED) != MessageStep.DELIVERED,
    )


def leave(
    session: Session,
    organisation_id: UUID,
    *,
    on: date,
    reason: str = "",
    is_forwarded: bool = True,
    at: datetime,
    key: str,
) -> Organisation:
    """An organisation leaves on this day. Its lines and seats are free again, and its box once nothing comes for it.

    With `is_forwarded` its post is kept and sent on for 45 days more, and it keeps its box. What waits for it stays.
    `undo` with the same `key` takes it back. Refuses `has_left`, `bad_dates` and what `fields.note` refuses.
    """
    organisation = members.one(session, organisation_id)
    if actions.subject_of(session, key):
        return organisation
    if organisation.left_on is not None:
        raise Refusal("has_left", _("This organisation has left already."))
    if organisation.joined_on is not None and on < organisation.joined_on:
        raise Refusal("bad_dates", _("It cannot leave before it came."))
    deed = Deed(session, "leave_register", at=at, key=key)
    deed.change(
        organisation,
        left_on=on,
        left_reason=fields.note(reason),
        forwarding_until_on=on + addresses.FORWARDING if is_forwarded else None,
    )
    has = belongings.of(session, organisation_id)
    keeps_box = is_forwarded or bool(waits(session, organisation_id, at=at).post)
    for each in (*has.lines, *has.seats, *(() if keeps_box else has.boxes)):
        deed.change(each, organisation_id=None)
    deed.finish(organisation, forwarded=is_forwarded)
    return organisation


def come_back(session: Session, organisation_id: UUID, *, at: datetime, key: str) -> Organisation:
    """An organisation that left is a member again. Refuses `has_not_left` and `was_merged`."""
    organisation = members.one(session, organisation_id)
    if actions.subject_of(session, key):
        return organisation
    if organisation.left_on is None:
        raise Refusal("has_not_left", _("This organisation has not left."))
    if organisation.merged_into_id is not None:
        raise Refusal("was_merged", _("It has become a part of another one. Take the merger back."))
    deed = Deed(session, "come_back", at=at, key=key)
    deed.change(organisation, left_on=None, left_reason="", forwarding_until_on=None)
    deed.finish(organisation)
    return organisation


def merge(
    session: Session, organisation_id: UUID, into_id: UUID, *, on: date, at: datetime, key: str
) -> Organisation:
    """An organisation becomes a part of another one, which takes over all that is still open; returns that one.

    People, papers, boxes, lines, seats, post at the desk, messages, loans, rooms to come and what belongs to it go
    over; what is past stays as it was. `undo` with the same `key` takes it back. Refuses `into_itself`, `has_left`.
    """
    lost, heir = members.one(session, organisation_id), members.one(session, into_id)
    if actions.subject_of(session, key):
        return heir
    if lost.id == heir.id:
        raise Refusal("into_itself", _("Choose another organisation than this one."))
    if lost.merged_into_id is not None or heir.left_on is not None:
        raise Refusal("has_left", _("One of the two has left already."))
    deed = Deed(session, "merge_organisations", at=at, key=key)
    deed.change(lost, left_on=lost.left_on or on, merged_into_id=heir.id, forwarding_until_on=None)
    if heir.parent_id == lost.id:
        deed.change(heir, parent_id=None)
    for row in _taken_over(session, lost.id, at):
        deed.change(row, organisation_id=heir.id)
    for child in _children(session, lost.id):
        deed.change(child, parent_id=heir.id)
    _hand_post_on(session, deed, lost.id, heir.id)
    deed.finish(lost)
    return heir


def undo(session: Session, deed_key: str, *, at: datetime, key: str | None = None) -> Sequence[Base]:
    """Take back that an organisation left, came back, merged, or that a file was taken in.

    Refuses `nothing_to_undo` and `changed_since`.
    """
    before = {row.id: row.organisation_id for row in _post_of_deed(session, deed_key)}
    rows = deeds.undo(session, deed_key, at=at, key=key, check=lambda _bookings: None)
    for row in rows:
        if isinstance(row, MailItem) and before.get(row.id) != row.organisation_id:
            _say_whose(session, row, before.get(row.id), at)
    return rows


def _coming(organisation_id: UUID, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Booking.organisation_id == organisation_id,
        Booking.ends_at > at,
        Booking.deleted_at.is_(None),
        Booking.state.in_(_STANDING),
    )


def _out(organisation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (Loan.organisation_id == organisation_id, Loan.back_at.is_(None), Loan.deleted_at.is_(None))


def _taken_over(session: Session, id_: UUID, at: datetime) -> list[Base]:
    """The rows that another organisation takes over, except post."""
    kept: list[Base] = []
    for kind in (OrganisationPerson, AddressPaper, Mailbox, Line, WorkSeat, UseLimit):
        kept += session.scalars(select(kind).where(kind.organisation_id == id_, kind.deleted_at.is_(None)))
    kept += session.scalars(select(Booking).where(*_coming(id_, at)))
    kept += session.scalars(
        select(BookingPartner)
        .join(Booking, Booking.id == BookingPartner.booking_id)
        .where(
            BookingPartner.organisation_id == id_, BookingPartner.deleted_at.is_(None), Booking.ends_at > at
        )
    )
    kept += session.scalars(
        select(Waiting).where(
            Waiting.organisation_id == id_,
            Waiting.state == WaitingState.WAITING,
            Waiting.deleted_at.is_(None),
        )
    )
    kept += session.scalars(select(PhoneMessage).where(*open_messages(id_)))
    kept += session.scalars(select(Loan).where(*_out(id_)))
    return kept


def _children(session: Session, id_: UUID) -> Sequence[Organisation]:
    return session.scalars(
        select(Organisation).where(Organisation.parent_id == id_, Organisation.deleted_at.is_(None))
    ).all()


def _hand_post_on(session: Session, deed: Deed, lost: UUID, heir: UUID) -> None:
    """What lies in the box stays there; whose it is changes, and the history of each item says so."""
    items = session.scalars(
        select(MailItem)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(MailState.organisation_id == lost, MailState.is_open)
    ).all()
    for item in items:
        deed.change(item, organisation_id=heir)
        _say_whose(session, item, lost, deed.at)


def _say_whose(session: Session, item: MailItem, before: UUID | None, at: datetime) -> None:
    told = {"organisation_id": [before, item.organisation_id]}
    mail_moves.note(session, [item.id], Move.MATCHED, at=at, details=told)
    note_change(session, MailState)


def _post_of_deed(session: Session, deed_key: str) -> Sequence[MailItem]:
    found = deeds.subjects(session, deed_key, MailItem.__tablename__)
    return session.scalars(select(MailItem).where(MailItem.id.in_(found))).all() if found else []
