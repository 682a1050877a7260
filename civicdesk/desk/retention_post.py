"""What tells of people in post and messages goes when its days are over; what came and went stays to be counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import audit, centre, clocks
from civicdesk.models import (
    Base,
    Blob,
    HandOver,
    Loan,
    MailItem,
    MailMove,
    MailPhoto,
    MailState,
    MessageMove,
    MessageStep,
    NoticeTaking,
    PhoneMessage,
    Signature,
)
from civicdesk.text import local

BATCH = 200

_OF_ITEM = ("addressed_to", "sender", "note", "tracking")
_OF_MOVE = ("person", "capacity", "authority", "reason", "details")
_OF_TAKING = ("person", "capacity", "authority", "reason")
_OF_HAND_OVER = ("collector", "capacity", "authority", "override")
_OF_MESSAGE = ("caller", "number", "for_person", "text")


def forget_mail(session: Session, *, at: datetime, limit: int = BATCH) -> int:
    """Take who sent, took and signed, and the pictures, from post that left the desk years ago; how many items.

    Number, box, kind, organisation and times stay. What still lies at the desk is not touched. The demo centre keeps
    its invented people. Refuses `no_centre`.
    """
    if centre.mark(session, clocks.DEMO) is not None:
        return 0
    years = centre.the_centre(session).mail_years
    kept_from = _years_before(at, years)
    items = _overdue_items(session, kept_from, limit)
    if items:
        _empty_items(session, items)
    signed = _empty_hand_overs(session, kept_from, limit)
    if items or signed:
        audit.record(session, "forget_mail", None, at, count=len(items), hand_overs=signed, years=years)
    return max(len(items), signed)


def forget_messages(session: Session, *, at: datetime, limit: int = BATCH) -> int:
    """Take caller and words from messages that were passed on, or taken away, long enough ago; how many.

    Who brought back what was lent goes with them. What nobody was told yet stays. Refuses `no_centre`.
    """
    if centre.mark(session, clocks.DEMO) is not None:
        return 0
    days = centre.the_centre(session).message_days
    kept_from = at - timedelta(days=days)
    messages = _overdue_messages(session, kept_from, limit)
    if messages:
        _put_nothing(session, PhoneMessage, PhoneMessage.id.in_(messages), _OF_MESSAGE)
        _put_nothing(session, MessageMove, MessageMove.message_id.in_(messages), ("person",))
    loans = _overdue_loans(session, kept_from, limit)
    if loans:
        _put_nothing(session, Loan, Loan.id.in_(loans), ("person", "note"))
    if messages or loans:
        audit.record(session, "forget_messages", None, at, count=len(messages), loans=len(loans), days=days)
    return max(len(messages), len(loans))


def _years_before(at: datetime, years: int) -> datetime:
    day = local(at)
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - years, day=28)


def _overdue_items(session: Session, kept_from: datetime, limit: int) -> Sequence[UUID]:
    tells = or_(
        MailItem.id.in_(select(MailItem.id).where(_any(MailItem, _OF_ITEM))),
        MailItem.id.in_(select(MailMove.item_id).where(_any(MailMove, _OF_MOVE))),
        MailItem.id.in_(select(NoticeTaking.item_id).where(_any(NoticeTaking, _OF_TAKING))),
        MailItem.id.in_(select(MailPhoto.item_id).where(MailPhoto.sha256 != "")),
    )
    over = select(MailItem.id).join(MailState, MailState.item_id == MailItem.id)
    over = over.where(~MailState.is_open, MailState.changed_at < kept_from, tells)
    return session.scalars(over.limit(limit)).all()


def _empty_items(session: Session, items: Sequence[UUID]) -> None:
    _put_nothing(session, MailItem, MailItem.id.in_(items), _OF_ITEM)
    _put_nothing(session, MailMove, MailMove.item_id.in_(items), _OF_MOVE)
    _put_nothing(session, NoticeTaking, NoticeTaking.item_id.in_(items), _OF_TAKING)
    photos = MailPhoto.item_id.in_(items)
    pictures = session.scalars(select(MailPhoto.sha256).where(photos, MailPhoto.sha256 != "")).all()
    _put_nothing(session, MailPhoto, photos, ("sha256",))
    shown = select(MailPhoto.sha256)
    session.execute(delete(Blob).where(Blob.sha256.in_(pictures), Blob.sha256.not_in(shown)))


def _empty_hand_overs(session: Session, kept_from: datetime, limit: int) -> int:
    over = select(HandOver.id, HandOver.signature_id).where(HandOver.at < kept_from, HandOver.collector != "")
    found = session.execute(over.limit(limit)).all()
    if found:
        _put_nothing(session, HandOver, HandOver.id.in_([row[0] for row in found]), _OF_HAND_OVER)
    # also those that were signed and never handed over
    strokes = (Signature.at < kept_from) & (func.length(Signature.strokes) > 0)
    drawn = session.scalars(select(Signature.id).where(strokes).limit(limit)).all()
    if drawn:
        session.execute(update(Signature).where(Signature.id.in_(drawn)).values(strokes=b""))
        note_change(session, Signature)
    return max(len(found), len(drawn))


def _overdue_messages(session: Session, kept_from: datetime, limit: int) -> Sequence[UUID]:
    closing = (MessageStep.DELIVERED, MessageStep.REOPENED)
    last = (
        select(MessageMove.id)
        .where(MessageMove.message_id == PhoneMessage.id, MessageMove.what.in_(closing))
        .order_by(MessageMove.id.desc())
        .limit(1)
        .correlate(PhoneMessage)
        .scalar_subquery()
    )
    passed_on = select(MessageMove.id).where(
        MessageMove.id == last, MessageMove.what == MessageStep.DELIVERED, MessageMove.at < kept_from
    )
    over = or_(passed_on.correlate(PhoneMessage).exists(), PhoneMessage.deleted_at < kept_from)
    wanted = select(PhoneMessage.id).where(PhoneMessage.text != "", over)
    return session.scalars(wanted.limit(limit)).all()


def _overdue_loans(session: Session, kept_from: datetime, limit: int) -> Sequence[UUID]:
    over = or_(Loan.back_at < kept_from, Loan.deleted_at < kept_from)
    return session.scalars(select(Loan.id).where(over, _any(Loan, ("person", "note"))).limit(limit)).all()


def _any(kind: type[Base], columns: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(getattr(kind, name) != "" for name in columns))


def _put_nothing(
    session: Session, kind: type[Base], which: ColumnElement[bool], columns: Sequence[str]
) -> None:
    """Where there is something: a fact may be emptied, and not be written again as it stands."""
    session.execute(update(kind).where(which, _any(kind, columns)).values(dict.fromkeys(columns, "")))
    note_change(session, kind)
