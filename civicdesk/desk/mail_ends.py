"""Post that is not collected: sent on, sent back, given up as unclaimed; and brought back when that was a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import actions, audit, fields, mail_moves
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, MailState, Move, Place
from civicdesk.text import _

_BROUGHT_BACK = (Place.FORWARDED, Place.RETURNED, Place.UNCLAIMED, Place.NOT_TAKEN, Place.WITHDRAWN)


def forward(
    session: Session, item_ids: Sequence[UUID], *, to: str, at: datetime, key: str | None = None
) -> list[MailItem]:
    """Send items on to another address. Refuses `no_address`, `no_items`, `not_accepted`, `not_here`."""
    address = fields.note(to)
    if not address:
        raise Refusal("no_address", _("Write where it is sent on to."))
    return _end(session, item_ids, Move.FORWARDED, "forward_mail", reason=address, at=at, key=key)


def send_back(
    session: Session, item_ids: Sequence[UUID], *, reason: str, at: datetime, key: str | None = None
) -> list[MailItem]:
    """Send items back to the sender. Refuses `no_reason`, `no_items`, `not_accepted`, `not_here`."""
    return _end(session, item_ids, Move.RETURNED, "return_mail", reason=_reason(reason), at=at, key=key)


def give_up(
    session: Session, item_ids: Sequence[UUID], *, reason: str = "", at: datetime, key: str | None = None
) -> list[MailItem]:
    """Nobody came for these items. Refuses `no_items`, `not_accepted`, `not_here`."""
    return _end(session, item_ids, Move.UNCLAIMED, "give_up_mail", reason=fields.note(reason), at=at, key=key)


def bring_back(
    session: Session, item_ids: Sequence[UUID], *, reason: str, at: datetime, key: str | None = None
) -> list[MailItem]:
    """It is at the desk after all: undoes sending on, sending back, giving up, not taking, and withdrawing.

    What was handed over is corrected by `hand_overs.correct`. Refuses `no_reason`, `no_items`, `not_ended`.
    """
    if actions.subject_of(session, key):
        return _all(session, item_ids)
    why = _reason(reason)
    items = _all(session, item_ids)
    for item in items:
        if mail_moves.state(session, item.id).place not in _BROUGHT_BACK:
            raise Refusal("not_ended", _("Item {} cannot be brought back.").format(item.number))
    return _write(session, items, Move.BACK, "bring_mail_back", reason=why, at=at, key=key)


def _end(
    session: Session,
    item_ids: Sequence[UUID],
    what: Move,
    action: str,
    *,
    reason: str,
    at: datetime,
    key: str | None,
) -> list[MailItem]:
    if actions.subject_of(session, key):
        return _all(session, item_ids)
    items = mail_moves.open_ones(session, item_ids, Place.WAITING)
    return _write(session, items, what, action, reason=reason, at=at, key=key)


def _write(
    session: Session,
    items: list[MailItem],
    what: Move,
    action: str,
    *,
    reason: str,
    at: datetime,
    key: str | None,
) -> list[MailItem]:
    if not items:
        raise Refusal("no_items", _("Choose at least one item."))
    mail_moves.note(session, [item.id for item in items], what, at=at, reason=reason)
    actions.remember(session, key, items[0].id, at)
    audit.record(session, action, items[0], at, count=len(items))
    note_change(session, MailState)
    return [mail_moves.one(session, item.id) for item in items]


def _all(session: Session, item_ids: Sequence[UUID]) -> list[MailItem]:
    return [mail_moves.one(session, item_id) for item_id in dict.fromkeys(item_ids)]


def _reason(text: str) -> str:
    reason = fields.note(text)
    if not reason:
        raise Refusal("no_reason", _("Write why."))
    return reason
