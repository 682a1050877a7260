"""Post comes in: received in three steps, matched, shelved, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.database import note_change
from civicdesk.desk import actions, audit, boxes, fields, mail_moves, rows, tracking
from civicdesk.errors import Refusal
from civicdesk.models import Condition, MailItem, MailKind, MailMove, MailState, Move, SyncState
from civicdesk.text import _, local

_COUNTER = "mail-{}"
_MATTERS = ("kind", "tracking", "sender", "condition", "note", "addressed_to")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What the clerk knows of an item that comes in: the number on it, box or organisation, the kind.

    Without box and organisation it waits unmatched, best with the name it bears in `addressed_to`. `is_in_person` is
    the sender's "to be given to the addressee in person", which the desk must not take.
    """

    kind: str = MailKind.ORDINARY
    box: int | None = None
    organisation_id: UUID | None = None
    addressed_to: str = ""
    tracking: str = ""
    sender: str = ""
    condition: str = Condition.WHOLE
    shelf: str = ""
    note: str = ""
    is_in_person: bool = False
    batch_id: UUID | None = None


def receive(session: Session, incoming: Incoming, *, at: datetime, key: str | None = None) -> MailItem:
    """Take an item in, with the next number of the year. What is odd about its number `tracking.look` says.

    Refuses `notice` (official notices go through `notices.present`), `in_person`, `bad_kind`, `bad_condition`, what
    `boxes.resolve`, `fields.note` and `tracking.clean` refuse. The same `key` again returns the item it made.
    """
    if done := actions.subject_of(session, key):
        return mail_moves.one(session, done)
    if incoming.kind == MailKind.NOTICE:
        raise Refusal("notice", _("This is an official notice. It is not simply taken in."))
    return enter(session, incoming, Move.RECEIVED, "receive_mail", at=at, key=key)


def enter(
    session: Session, incoming: Incoming, first: Move, action: str, *, at: datetime, key: str | None
) -> MailItem:
    """Write a new item and its first move: what `receive` and `notices.present` share."""
    _check(incoming)
    box, organisation_id = boxes.resolve(session, incoming.box, incoming.organisation_id)
    item = MailItem(
        number=_next_number(session, at),
        desk=session.info.get("desk", ""),
        received_at=at,
        received_by_id=session.info.get("by"),
        batch_id=incoming.batch_id,
        organisation_id=organisation_id,
        box=box,
        addressed_to=fields.note(incoming.addressed_to),
        kind=incoming.kind,
        tracking=tracking.clean(incoming.tracking),
        sender=fields.note(incoming.sender),
        condition=incoming.condition,
        shelf=fields.note(incoming.shelf),
        note=fields.note(incoming.note),
    )
    rows.write(session, item)
    rows.write(session, MailMove(item_id=item.id, what=first, at=at, by_id=item.received_by_id))
    actions.remember(session, key, item.id, at)
    audit.record(session, action, item, at, kind=item.kind, number=item.number)
    note_change(session, MailState)
    return mail_moves.one(session, item.id)


def unmatched(session: Session) -> Sequence[MailItem]:
    """Items at the desk that nobody knows whose they are, the oldest first."""
    return session.scalars(
        select(MailItem)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(MailState.is_open, MailState.organisation_id.is_(None))
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at)
    ).all()


def waiting(session: Session, organisation_id: UUID) -> Sequence[MailItem]:
    """What waits for an organisation, notices first and then the oldest."""
    found = session.scalars(
        select(MailItem)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(MailState.is_open, MailState.organisation_id == organisation_id)
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at)
    ).all()
    return sorted(found, key=lambda item: not item.is_notice)


def match(
    session: Session,
    item_id: UUID,
    *,
    box: int | None = None,
    organisation_id: UUID | None = None,
    at: datetime,
    key: str | None = None,
) -> MailItem:
    """Say whose an item is, also another one's than was said before.

    Refuses `no_holder`, `not_here`, and what `boxes.resolve` refuses.
    """
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    item = mail_moves.open_one(session, item_id)
    number, organisation = boxes.resolve(session, box, organisation_id)
    if organisation is None:
        raise Refusal("no_holder", _("Choose a box or an organisation."))
    changed = _put(item, {"box": number, "organisation_id": organisation})
    return _moved(session, item, Move.MATCHED, "match_mail", changed, at=at, key=key)


def unmatch(session: Session, item_id: UUID, *, at: datetime) -> MailItem:
    """Take back whose an item was said to be: nobody is known again. Refuses `not_here`."""
    item = mail_moves.open_one(session, item_id)
    changed = _put(item, {"box": None, "organisation_id": None})
    return _moved(
        session, item, Move.MATCHED, "match_mail", changed, at=at, key=None, reason=_("nobody known")
    )


def shelve(session: Session, item_id: UUID, shelf: str, *, at: datetime, key: str | None = None) -> MailItem:
    """Note where an item lies. Refuses `not_here` and what `fields.note` refuses."""
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    item = mail_moves.open_one(session, item_id)
    changed = _put(item, {"shelf": fields.note(shelf)})
    return _moved(session, item, Move.SHELVED, "shelve_mail", changed, at=at, key=key)


def correct(
    session: Session, item_id: UUID, *, reason: str = "", at: datetime, key: str | None = None, **said: str
) -> MailItem:
    """Say better what an item is: its `kind`, `tracking`, `sender`, `condition`, `note` or `addressed_to`.

    What was said before stays in the history. An official notice is made or unmade only with a `reason`. Refuses
    `no_reason`, and what `receive` refuses. Whose it is, `match` says; the number and the minute stay.
    """
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    if unknown := said.keys() - set(_MATTERS):
        raise TypeError(f"{unknown} cannot be corrected")
    item = mail_moves.one(session, item_id)
    reason = fields.note(reason)
    values = {name: _said(name, value) for name, value in said.items()}
    kind = values.get("kind", item.kind)
    _check(Incoming(kind=kind, condition=values.get("condition", item.condition)))
    if (kind == MailKind.NOTICE) != (item.kind == MailKind.NOTICE) and not reason:
        raise Refusal("no_reason", _("Write why."))
    changed = _put(item, values)
    return _moved(session, item, Move.CORRECTED, "correct_mail", changed, at=at, key=key, reason=reason)


def withdraw(session: Session, item_id: UUID, *, at: datetime, key: str | None = None) -> MailItem:
    """Take back that an item came in: it was scanned by mistake. Its number stays used. Refuses `not_here`."""
    if actions.subject_of(session, key):
        return mail_moves.one(session, item_id)
    item = mail_moves.open_one(session, item_id)
    return _moved(session, item, Move.WITHDRAWN, "withdraw_mail", {}, at=at, key=key)


def find(session: Session, typed: str, limit: int = 50) -> Sequence[MailItem]:
    """Items by their own number (`2026-00312`, or `312` of any year, the latest first) or the tracking number."""
    number = tracking.clean(typed)
    if not number:
        return []
    own = typed.strip() if "-" in typed else f"%-{number.zfill(5)}" if number.isdecimal() else ""
    return session.scalars(
        select(MailItem)
        .where(MailItem.deleted_at.is_(None), (MailItem.tracking == number) | MailItem.number.like(own))
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at.desc())
        .limit(limit)
    ).all()


def _moved(
    session: Session,
    item: MailItem,
    what: Move,
    action: str,
    changed: dict[str, list[object]],
    *,
    at: datetime,
    key: str | None,
    reason: str = "",
) -> MailItem:
    if changed or what is Move.WITHDRAWN:
        session.flush()
        mail_moves.note(session, [item.id], what, at=at, reason=reason, details=changed)
        audit.record(session, action, item, at, fields=sorted(changed))
    actions.remember(session, key, item.id, at)
    note_change(session, MailState)
    return mail_moves.one(session, item.id)


def _put(item: MailItem, values: Mapping[str, object]) -> dict[str, list[object]]:
    """Write values onto an item; returns what was different, as it was and as it is."""
    changed = {
        name: [getattr(item, name), value] for name, value in values.items() if getattr(item, name) != value
    }
    for name, (_was, value) in changed.items():
        setattr(item, name, value)
    return changed


def _said(name: str, value: str) -> str:
    if name == "tracking":
        return tracking.clean(value)
    return value if name in ("kind", "condition") else fields.note(value)


def _check(incoming: Incoming) -> None:
    if incoming.is_in_person:
        raise Refusal(
            "in_person",
            _(
                "The sender wants this given to the addressee in person. The desk must not take it; call them."
            ),
        )
    if incoming.kind not in set(MailKind):
        raise Refusal("bad_kind", _("Choose what kind of item it is."))
    if incoming.condition not in set(Condition):
        raise Refusal("bad_condition", _("Choose how the item looks."))


def _next_number(session: Session, at: datetime) -> str:
    """Two desks of one centre must not give out one number, so a desk that has a hub names itself in it."""
    year = local(at).year
    code = session.scalar(select(SyncState.code)) or ""
    return f"{year}{code and f'/{code}'}-{actions.next_number(session, _COUNTER.format(year)):05d}"
