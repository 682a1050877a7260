"""Which post is to be told of by e-mail, what no longer is, and what was told once an e-mail was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from civicdesk.desk import bounces, hours, phone_messages, rows
from civicdesk.models import (
    EmailJob,
    EmailKind,
    EmailState,
    Invitation,
    MailItem,
    MailMove,
    MailState,
    Move,
    Notify,
    Organisation,
)

REMINDED_AFTER = (3, 7, 30)
"""After how many days the first, the second and the last reminder goes out."""

FRESH = timedelta(days=3)
"""What came longer ago is not news any more; it is in the reminders."""

GRACE = timedelta(minutes=2)
"""So long a clerk has to put right whose an item is, before anybody is told."""

_TOLD = (EmailKind.MAIL_CAME, EmailKind.MAIL_DIGEST)


@dataclass(frozen=True)
class Due:
    """What one organisation is to be told of; `days` is what a reminder counts."""

    organisation: Organisation
    items: Sequence[MailItem]
    days: int = 0


def at_once(session: Session, *, at: datetime) -> Iterator[Due]:
    """The items whose organisations want to hear of each, and were not told yet, by this desk or another one."""
    anybody = select(EmailJob.id).where(
        EmailJob.kind == EmailKind.MAIL_CAME, EmailJob.subject_id == MailState.item_id
    )
    told = anybody.where(EmailJob.organisation_id == MailState.organisation_id)
    # one that was matched anew was told to somebody else, whom it does not belong to
    is_news = MailState.notified_at.is_(None) | anybody.exists()
    fresh = (MailState.received_at > at - FRESH) & (MailState.received_at <= at - GRACE)
    wanted = _open(Organisation.notify == Notify.AT_ONCE).where(fresh, ~told.exists(), is_news)
    for item, organisation in session.execute(wanted):
        yield Due(organisation, [item])


def digests(session: Session, *, at: datetime) -> list[Due]:
    """What each organisation that hears once a day was not told of yet."""
    wanted = _open(Organisation.notify == Notify.DIGEST).where(
        MailState.notified_at.is_(None), MailState.received_at <= at - GRACE
    )
    return _by_organisation(session, wanted)


def reminders(session: Session, *, at: datetime, organisation_id: UUID | None = None) -> list[Due]:
    """What has waited for three, seven or thirty days since the last time it was called to mind."""
    wanted = _open(Organisation.notify != Notify.NONE).where(_is_due_for_reminder(at))
    if organisation_id is not None:
        wanted = wanted.where(Organisation.id == organisation_id)
    return _by_organisation(session, wanted, at)


def is_pointless(session: Session, job: EmailJob) -> bool:
    """Whether what an e-mail tells of is over: the item is gone, the visit is off, the message was delivered."""
    if job.subject_id is None:
        return False
    if job.kind == EmailKind.MAIL_CAME:
        state = session.get(MailState, job.subject_id)
        return state is None or not state.is_open or state.organisation_id != job.organisation_id
    if job.kind == EmailKind.PASS:
        invitation = session.get(Invitation, job.subject_id)
        return invitation is None or bool(invitation.cancelled_at or invitation.deleted_at)
    if job.kind == EmailKind.MESSAGE:
        return not phone_messages.is_open(session, job.subject_id)
    return False


def note_sent(session: Session, job: EmailJob, *, at: datetime) -> None:
    """Write into the items' histories that their organisation was told, or was reminded; a message was sent."""
    if job.kind == EmailKind.MESSAGE and job.subject_id is not None:
        phone_messages.note_sent(session, job.subject_id, at=at)
        return
    what = Move.REMINDED if job.kind == EmailKind.MAIL_REMINDER else Move.NOTIFIED
    moves = [
        MailMove(item_id=item_id, what=what, at=at, by_id=job.by_id, person=job.to)
        for item_id in _told_of(session, job)
    ]
    rows.write_all(session, moves)


def day_key(organisation: Organisation, at: datetime) -> str:
    """One digest and one reminder a day, however often it is looked."""
    return f"{organisation.id.hex}:{hours.midnight_before(at):%Y%m%d%H}"


def _told_of(session: Session, job: EmailJob) -> list[UUID]:
    if job.kind == EmailKind.MAIL_CAME and job.subject_id is not None:
        return [job.subject_id]
    if job.organisation_id is None or job.state != EmailState.SENT:
        return []
    if job.kind == EmailKind.MAIL_REMINDER:
        found = reminders(session, at=job.asked_at, organisation_id=job.organisation_id)
        return [item.id for due in found for item in due.items]
    if job.kind != EmailKind.MAIL_DIGEST:
        return []
    wanted = select(MailState.item_id).where(
        MailState.organisation_id == job.organisation_id,
        MailState.is_open,
        MailState.notified_at.is_(None),
        MailState.received_at <= job.asked_at - GRACE,
    )
    return list(session.scalars(wanted))


def _open(whom: ColumnElement[bool]) -> Select[MailItem, Organisation]:
    return (
        select(MailItem, Organisation)
        .join(MailState, MailState.item_id == MailItem.id)
        .join(Organisation, Organisation.id == MailState.organisation_id)
        .where(MailState.is_open, Organisation.email != "", Organisation.deleted_at.is_(None), whom)
        .where(
            ~bounces.is_in_doubt()
        )  # who writes to an address that brings e-mail back is soon listened to no more
        .order_by(Organisation.id, MailState.received_at, MailItem.id)
    )


def _is_due_for_reminder(at: datetime) -> ColumnElement[bool]:
    due: ColumnElement[bool] = MailState.reminders < 0
    for sent, days in enumerate(REMINDED_AFTER):
        due |= (MailState.reminders == sent) & (MailState.received_at <= at - timedelta(days=days))
    return due


def _by_organisation(
    session: Session, wanted: Select[MailItem, Organisation], at: datetime | None = None
) -> list[Due]:
    found: dict[UUID, tuple[Organisation, list[MailItem]]] = {}
    for item, organisation in session.execute(wanted):
        found.setdefault(organisation.id, (organisation, []))[1].append(item)
    return [Due(organisation, items, _days(items, at)) for organisation, items in found.values()]


def _days(items: Sequence[MailItem], at: datetime | None) -> int:
    """How long the oldest has waited, as the reminders count it."""
    waited = (at - min(item.received_at for item in items)).days if at else 0
    return max((days for days in REMINDED_AFTER if days <= waited), default=0)
