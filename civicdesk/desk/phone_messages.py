"""Messages taken for the organisations: who called, what is to be passed on, and whether it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import actions, audit, fields
from civicdesk.errors import Refusal
from civicdesk.models import MessageMove, MessageStep, Organisation, PhoneMessage
from civicdesk.text import _

_CLOSING = (MessageStep.DELIVERED, MessageStep.REOPENED)
_LAST = (
    select(MessageMove.what)
    .where(MessageMove.message_id == PhoneMessage.id, MessageMove.what.in_(_CLOSING))
    .order_by(MessageMove.id.desc())
    .limit(1)
    .correlate(PhoneMessage)
    .scalar_subquery()
)
_STANDS = PhoneMessage.deleted_at.is_(None)
_IS_OPEN = _STANDS & (func.coalesce(_LAST, MessageStep.REOPENED) != MessageStep.DELIVERED)


@dataclass(frozen=True)
class Message:
    """A message, and what happened to it: the moves in their order."""

    message: PhoneMessage
    moves: Sequence[MessageMove] = ()

    @property
    def is_open(self) -> bool:
        last = next((move.what for move in reversed(self.moves) if move.what in _CLOSING), "")
        return last != MessageStep.DELIVERED

    @property
    def sent_at(self) -> datetime | None:
        """When it last went by e-mail."""
        return self._last(MessageStep.SENT)

    @property
    def shown_at(self) -> datetime | None:
        """When somebody of the organisation was last here and the desk was told of it."""
        return self._last(MessageStep.SHOWN)

    def _last(self, step: MessageStep) -> datetime | None:
        return next((move.at for move in reversed(self.moves) if move.what == step), None)

    @property
    def delivered(self) -> MessageMove | None:
        """To whom it was given, if it is closed."""
        found = (move for move in reversed(self.moves) if move.what == MessageStep.DELIVERED)
        return None if self.is_open else next(found, None)


@dataclass(frozen=True, kw_only=True)
class Call:
    """What a caller left."""

    organisation_id: UUID | None
    caller: str
    text: str
    number: str = ""
    for_person: str = ""
    is_urgent: bool = False


def take(session: Session, call: Call, *, at: datetime, key: str | None = None) -> PhoneMessage:
    """Take a message. The same `key` returns what it made.

    Refuses `no_organisation`, `no_message` and what `fields` refuses.
    """
    if done := actions.subject_of(session, key):
        return one(session, done).message
    if call.organisation_id is None or session.get(Organisation, call.organisation_id) is None:
        raise Refusal("no_organisation", _("For whom is it? Choose the organisation."))
    message = PhoneMessage(
        organisation_id=call.organisation_id,
        caller=_caller(call.caller),
        number=fields.phone(call.number),
        for_person=fields.note(call.for_person),
        text=_text(call.text),
        is_urgent=call.is_urgent,
        taken_at=at,
        taken_by_id=session.info.get("by"),
    )
    session.add(message)
    actions.remember(session, key, message.id, at)
    audit.record(session, "take_message", message, at, urgent=call.is_urgent)
    session.flush()
    return message


def deliver(session: Session, message_id: UUID, *, at: datetime, person: str = "") -> Message:
    """It was read out or given to somebody, and is closed. A message that is closed already stays as it is."""
    found = one(session, message_id)
    if found.is_open:
        person = fields.note(person)
        _move(session, message_id, MessageStep.DELIVERED, at, person)
        audit.record(session, "deliver_message", found.message, at)
    return one(session, message_id)


def reopen(session: Session, message_id: UUID, *, at: datetime) -> Message:
    """Undo of `deliver`: a move of its own."""
    found = one(session, message_id)
    if not found.is_open:
        _move(session, message_id, MessageStep.REOPENED, at)
        audit.record(session, "reopen_message", found.message, at)
    return one(session, message_id)


def note_shown(session: Session, message_ids: Sequence[UUID], *, at: datetime) -> None:
    """Somebody of the organisation was here and the desk saw the messages."""
    for message_id in message_ids:
        _move(session, message_id, MessageStep.SHOWN, at)


def show(session: Session, organisation_id: UUID, *, at: datetime) -> list[Message]:
    """What waits for an organisation of which somebody is here now; that the desk saw it is noted."""
    found = open_ones(session, organisation_id)
    note_shown(session, [each.message.id for each in found], at=at)
    return found


def note_sent(session: Session, message_id: UUID, *, at: datetime) -> None:
    """It went by e-mail; it stays open until somebody says that it arrived."""
    if session.get(PhoneMessage, message_id) is not None:
        _move(session, message_id, MessageStep.SENT, at)


def remove(session: Session, message_id: UUID, *, at: datetime) -> PhoneMessage:
    """It was taken by mistake. Refuses `no_message_here`."""
    message = one(session, message_id).message
    message.deleted_at = at
    audit.record(session, "remove_message", message, at)
    return message


def restore(session: Session, message_id: UUID, *, at: datetime) -> PhoneMessage:
    """Undo of `remove`."""
    message = session.get_one(PhoneMessage, message_id)
    message.deleted_at = None
    audit.record(session, "restore_message", message, at)
    return message


def one(session: Session, message_id: UUID) -> Message:
    """A message with its organisation and its moves. Refuses `no_message_here`."""
    session.flush()
    which = PhoneMessage.id == message_id
    found = _with_moves(session, _rows(session, which & _STANDS, 1))
    if not found:
        raise Refusal("no_message_here", _("This message is not on this desk."))
    return found[0]


def open_ones(session: Session, organisation_id: UUID | None = None, limit: int = 200) -> list[Message]:
    """What nobody has been told yet, urgent ones first and then the oldest; of one organisation or of all."""
    which = _IS_OPEN
    if organisation_id is not None:
        which &= PhoneMessage.organisation_id == organisation_id
    return _with_moves(session, _rows(session, which, limit))


def delivered_lately(session: Session, limit: int = 50) -> list[Message]:
    """What was passed on of late, the latest taken first."""
    rows = session.scalars(
        select(PhoneMessage)
        .where(_STANDS, ~_IS_OPEN, PhoneMessage.text != "")
        .options(joinedload(PhoneMessage.organisation))
        .order_by(PhoneMessage.taken_at.desc())
        .limit(limit)
    ).all()
    return _with_moves(session, rows)


def count_open(session: Session) -> tuple[int, int]:
    """How many wait to be passed on, and how many of them are urgent."""
    row = session.execute(select(func.count(), func.count().filter(PhoneMessage.is_urgent)).where(_IS_OPEN))
    waiting, urgent = row.one()
    return waiting, urgent


def is_open(session: Session, message_id: UUID) -> bool:
    """Whether a message still waits to be passed on."""
    found = session.scalar(select(PhoneMessage.id).where(PhoneMessage.id == message_id, _IS_OPEN))
    return found is not None


def _rows(session: Session, which: object, limit: int) -> Sequence[PhoneMessage]:
    urgent_first = case((PhoneMessage.is_urgent, 0), else_=1)
    return session.scalars(
        select(PhoneMessage)
        .where(which)  # type: ignore[arg-type]
        .options(joinedload(PhoneMessage.organisation))
        .order_by(urgent_first, PhoneMessage.taken_at, PhoneMessage.id)
        .limit(limit)
    ).all()


def _with_moves(session: Session, rows: Sequence[PhoneMessage]) -> list[Message]:
    moves: dict[UUID, list[MessageMove]] = {row.id: [] for row in rows}
    found = select(MessageMove).where(MessageMove.message_id.in_(list(moves))).order_by(MessageMove.id)
    for move in session.scalars(found):
        moves[move.message_id].append(move)
    return [Message(row, moves[row.id]) for row in rows]


def _move(session: Session, message_id: UUID, what: MessageStep, at: datetime, person: str = "") -> None:
    by = session.info.get("by")
    session.add(MessageMove(message_id=message_id, what=what, at=at, by_id=by, person=person))
    session.flush()


def _caller(written: str) -> str:
    if not written.strip():
        raise Refusal("no_caller", _("Who called? Write a name, or where the call came from."))
    return fields.note(written)


def _text(written: str) -> str:
    if not written.strip():
        raise Refusal("no_message", _("Write what is to be passed on."))
    return fields.note(written)
