"""Organisations whose post waits and who could not be told of it: no address, a wrong one, or one that came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, bounces, emails, mail_moves
from civicdesk.errors import Refusal
from civicdesk.models import EmailBounce, MailItem, MailMove, MailState, Move, Notify, Organisation


class WhyNot(StrEnum):
    """Why an organisation cannot be told by e-mail."""

    NONE = "none"
    WRONG = "wrong"
    CAME_BACK = "came_back"


@dataclass(frozen=True)
class Untold:
    """One organisation, why it was not told, of how many items, and since when the oldest waits."""

    organisation: Organisation
    why: WhyNot
    items: int
    oldest: datetime
    bounce: EmailBounce | None = None


_WAITS = (
    select(Organisation, func.count(MailItem.id), func.min(MailItem.received_at))
    .join(MailState, MailState.organisation_id == Organisation.id)
    .join(MailItem, MailItem.id == MailState.item_id)
    .where(
        MailState.is_open,
        Organisation.deleted_at.is_(None),
        Organisation.notify != Notify.NONE,
        ~select(MailMove.id).where(MailMove.item_id == MailItem.id, MailMove.what == Move.CALLED).exists(),
    )
    .group_by(Organisation.id)
    .order_by(func.min(MailItem.received_at))
)


def look(session: Session) -> list[Untold]:
    """Those whose post waits and who were neither written to nor called, who waits longest first.

    Who wants to hear nothing by e-mail is not among them.
    """
    doubts = bounces.doubts(session)
    found = []
    for organisation, items, oldest in session.execute(_WAITS):
        bounce = doubts.get((organisation.id, organisation.email))
        why = _why_not(organisation, bounce)
        if why is not None:
            found.append(Untold(organisation, why, items, oldest, bounce))
    return found


def why_not(session: Session, organisation: Organisation) -> tuple[WhyNot | None, EmailBounce | None]:
    """Why no e-mail reaches an organisation, or nothing where one does."""
    bounce = bounces.in_doubt(session, organisation)
    return _why_not(organisation, bounce), bounce


def _why_not(organisation: Organisation, bounce: EmailBounce | None) -> WhyNot | None:
    if not organisation.email.strip():
        return WhyNot.NONE
    try:
        emails.address(organisation.email)
    except Refusal:
        return WhyNot.WRONG
    return WhyNot.CAME_BACK if bounce is not None else None


def called(session: Session, organisation_id: UUID, *, at: datetime) -> int:
    """Somebody called them: what waits is told of, and says so in its history. How many items."""
    waiting = select(MailState.item_id).where(MailState.is_open, MailState.organisation_id == organisation_id)
    items = session.scalars(waiting).all()
    if items:
        mail_moves.note(session, items, Move.CALLED, at=at)
        audit.record(session, "call_about_mail", None, at, items=len(items))
    return len(items)
