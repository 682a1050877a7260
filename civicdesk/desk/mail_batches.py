"""The postman's delivery by scanner only: the item's barcode, the box's label, the next item.

A letter without a barcode is one scan of its box's label. A card (`codes.Kind.POST`) says what the following items
are. Every item is received the moment it is known whose it is, so a power cut loses at most the one in the hand; an
item whose box is not scanned before the next one waits unmatched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk import codes
from civicdesk.desk import boxes, mail, tracking
from civicdesk.desk.mail import Incoming
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, MailKind, MailState, new_id
from civicdesk.text import _

KINDS = tuple(kind for kind in MailKind if kind is not MailKind.NOTICE)
"""What a card can say: a notice is never taken in with the others."""

_DOUBLE = timedelta(seconds=2)
_BOX_DIGITS = 4


class Heard(StrEnum):
    """What the desk made of a scan in a delivery."""

    ITEM = "item"
    RECEIVED = "received"
    UNMATCHED = "unmatched"
    KIND = "kind"
    TWICE = "twice"
    NO_BOX = "no_box"
    FREE_BOX = "free_box"
    SHARED_BOX = "shared_box"
    NOT_POST = "not_post"

    @property
    def is_good(self) -> bool:
        return self in (Heard.ITEM, Heard.RECEIVED, Heard.UNMATCHED, Heard.KIND)


@dataclass(frozen=True)
class Delivery:
    """A delivery while it is scanned. `in_hand` is the item whose box is to be scanned next.

    `kind` is what items with a barcode are; letters without one are ordinary post.
    """

    id: UUID
    kind: str = MailKind.REGISTERED
    in_hand: str = ""
    last_box: int | None = None
    last_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What a scan led to: the delivery from now on, and the item that was received by it."""

    delivery: Delivery
    heard: Heard
    sentence: str
    item: MailItem | None = None
    oddities: tuple[tracking.Oddity, ...] = ()


def begin(kind: str = MailKind.REGISTERED) -> Delivery:
    """A new delivery."""
    return Delivery(new_id(), kind)


def scan(session: Session, delivery: Delivery, text: str, *, at: datetime) -> Answer:
    """Take the next scan of a delivery. Never refuses: what cannot be is said in the answer, and nothing is lost."""
    parsed = codes.parse(text)
    if isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.BOX:
        return _box(session, delivery, parsed.number, at)
    if isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.POST:
        return _kind(delivery, parsed.number)
    if isinstance(parsed, codes.Code) or parsed is codes.Fault.DAMAGED:
        return Answer(delivery, Heard.NOT_POST, _("This code is not one of the post."))
    if (number := boxes.box_number(text)) is not None and len(text.strip()) <= _BOX_DIGITS:
        return _box(session, delivery, number, at)
    return _item(session, delivery, text, at)


def finish(session: Session, delivery: Delivery, *, at: datetime) -> MailItem | None:
    """The delivery is over: an item that is still in the hand waits unmatched."""
    return _receive(session, delivery, None, None, at) if delivery.in_hand else None


def items(session: Session, delivery: Delivery) -> Sequence[MailItem]:
    """What was received in a delivery and not taken back, the latest first."""
    return session.scalars(
        select(MailItem)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(MailItem.batch_id == delivery.id, MailState.place != "withdrawn")
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.id.desc())
    ).all()


def choose(session: Session, delivery: Delivery, organisation_id: UUID, *, at: datetime) -> Answer:
    """Whose the item in the hand is, when the box has two organisations or none, or has no label."""
    box = boxes.box_of(session, organisation_id)
    return _received(session, delivery, box, organisation_id, at)


def _item(session: Session, delivery: Delivery, text: str, at: datetime) -> Answer:
    try:
        looked = tracking.look(session, text)
    except Refusal as refusal:
        return Answer(delivery, Heard.NOT_POST, str(refusal))
    if not looked.text:
        return Answer(delivery, Heard.NOT_POST, _("This code is not one of the post."))
    if looked.text == delivery.in_hand or any(seen.batch_id == delivery.id for seen in looked.seen):
        return Answer(delivery, Heard.TWICE, _("This item is already in this delivery."))
    following = replace(delivery, in_hand=looked.text)
    if delivery.in_hand:
        kept = _receive(session, delivery, None, None, at)
        sentence = _("The item before waits unmatched. Now scan the box of this one.")
        return Answer(following, Heard.UNMATCHED, sentence, kept, looked.oddities)
    return Answer(following, Heard.ITEM, _("Now scan the box."), oddities=looked.oddities)


def _box(session: Session, delivery: Delivery, number: int, at: datetime) -> Answer:
    is_again = delivery.last_box == number and delivery.last_at is not None
    if is_again and not delivery.in_hand and at - (delivery.last_at or at) < _DOUBLE:
        return Answer(delivery, Heard.TWICE, _("The same label was read twice; one item was received."))
    return _received(session, delivery, number, None, at)


def _received(
    session: Session, delivery: Delivery, box: int | None, organisation_id: UUID | None, at: datetime
) -> Answer:
    try:
        item = _receive(session, delivery, box, organisation_id, at)
    except Refusal as refusal:
        return Answer(delivery, Heard(refusal.reason), str(refusal))
    following = replace(delivery, in_hand="", last_box=box, last_at=at)
    name = item.organisation.name if item.organisation else ""
    sentence = _("{number}: {name}").format(number=item.number, name=name)
    return Answer(following, Heard.RECEIVED, sentence, item)


def _receive(
    session: Session, delivery: Delivery, box: int | None, organisation_id: UUID | None, at: datetime
) -> MailItem:
    incoming = Incoming(
        kind=delivery.kind if delivery.in_hand else MailKind.ORDINARY,
        box=box,
        organisation_id=organisation_id,
        tracking=delivery.in_hand,
        batch_id=delivery.id,
    )
    return mail.receive(session, incoming, at=at)


def _kind(delivery: Delivery, number: int) -> Answer:
    if not 0 <= number < len(KINDS):
        return Answer(delivery, Heard.NOT_POST, _("This code is not one of the post."))
    return Answer(replace(delivery, kind=KINDS[number]), Heard.KIND, _("The next items are of this kind."))
