"""One box as the clerk opens it: whose it is, what lies in it, and who may collect it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import (
    addresses,
    authority,
    boxes,
    hand_overs,
    mail_moves,
    mail_photos,
    mail_wall,
    notices,
    phone_messages,
    pickups,
)
from civicdesk.desk.addresses import Use
from civicdesk.desk.authority import DeskAuthority
from civicdesk.desk.mail_wall import Age
from civicdesk.desk.phone_messages import Message
from civicdesk.errors import Refusal
from civicdesk.models import (
    HandOver,
    MailItem,
    MailMove,
    MailState,
    Move,
    NoticeTaking,
    Organisation,
    Place,
    Signature,
    Staff,
)
from civicdesk.text import _, local

_LATEST_GONE = 40


@dataclass(frozen=True)
class Lying:
    """An item, where it stands, and how many days it has been here (or was)."""

    item: MailItem
    place: str
    days: int

    @property
    def age(self) -> Age:
        return mail_wall.age_of(self.days)

    @property
    def is_ready(self) -> bool:
        """Whether it can be handed over: a notice only once it is accepted, and nothing that is nobody's."""
        return self.place == Place.WAITING and self.item.organisation_id is not None


@dataclass(frozen=True)
class Held:
    """One holder of a box, or an organisation without one: its post, its messages and who may take them."""

    organisation: Organisation
    items: Sequence[Lying]
    collectors: Sequence[pickups.Collector]
    has_address_here: bool
    has_left: bool
    messages: Sequence[Message] = ()


@dataclass(frozen=True)
class OpenBox:
    """A box and its holders, most often one; `loose` lies in it for nobody who holds it."""

    number: int | None
    held: Sequence[Held]
    loose: Sequence[Lying] = ()


@dataclass(frozen=True)
class Story:
    """All that is known of one item, for its history."""

    lying: Lying
    moves: Sequence[MailMove]
    staff: dict[UUID, str]
    takings: Sequence[NoticeTaking]
    hand_over: HandOver | None = None
    signature: Signature | None = None
    is_handed_over_now: bool = False
    photo: bytes = b""


@dataclass(frozen=True)
class NoticeCase:
    """What has to be known to decide on a notice."""

    story: Story
    desk: DeskAuthority | None
    collectors: Sequence[pickups.Collector]


def look(session: Session, number: int, *, at: datetime) -> OpenBox:
    """Open a box. Refuses `no_box`."""
    receivers = {one.receiver.id: one.receiver for one in boxes.holders(session, number)}
    held = [_held(session, each, at) for each in receivers.values()]
    known = {lying.item.id for each in held for lying in each.items}
    there = _lying(session, MailState.box == number, at)
    return OpenBox(number, held, [each for each in there if each.item.id not in known])


def of_organisation(session: Session, organisation_id: UUID, *, at: datetime) -> OpenBox:
    """What waits for an organisation, also one without a box. Refuses `no_organisation`."""
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise Refusal("no_organisation", _("This organisation is not on the list any more."))
    return OpenBox(boxes.box_of(session, organisation_id), [_held(session, organisation, at)])


def unmatched(session: Session, *, at: datetime) -> list[Lying]:
    """What is at the desk and nobody's, the oldest first."""
    return _lying(session, MailState.organisation_id.is_(None), at)


def waiting(session: Session, *, at: datetime) -> list[Lying]:
    """All that is at the desk, the oldest first."""
    return _lying(session, MailState.is_open.is_(True), at)


def found(session: Session, items: Iterable[MailItem], *, at: datetime) -> list[Lying]:
    """These items with where they stand, whether they are still here or not."""
    ids = [item.id for item in items][:_LATEST_GONE]
    return _read(session, MailItem.id.in_(ids), at)


def story(session: Session, item_id: UUID, *, at: datetime) -> Story:
    """The history of an item, with the signature of whoever took it. Refuses `no_item`."""
    item, state = mail_moves.one(session, item_id), mail_moves.state(session, item_id)
    moves = mail_moves.history(session, item_id)
    by = {move.by_id for move in moves if move.by_id}
    names = {one.id: one.name for one in session.scalars(select(Staff).where(Staff.id.in_(by)))}
    given = [move.hand_over_id for move in moves if move.what == Move.HANDED_OVER and move.hand_over_id]
    made = session.get(HandOver, given[-1]) if given else None
    return Story(
        Lying(item, state.place, _days(item, state, at)),
        moves,
        names,
        notices.takings(session, item_id),
        made,
        hand_overs.signature_of(session, made) if made else None,
        state.place == Place.HANDED_OVER,
        mail_photos.picture(session, item_id),
    )


def notice_case(session: Session, item_id: UUID, *, at: datetime) -> NoticeCase:
    """What the red flow of a notice begins with. Refuses `no_item`."""
    told = story(session, item_id, at=at)
    whose = told.lying.item.organisation_id
    if whose is None:
        return NoticeCase(told, None, ())
    on = local(at).date()
    return NoticeCase(told, authority.of_desk(session, whose, on), pickups.collectors(session, whose, at=at))


def _held(session: Session, organisation: Organisation, at: datetime) -> Held:
    on = local(at).date()
    items = _lying(session, MailState.organisation_id == organisation.id, at)
    return Held(
        organisation,
        sorted(items, key=lambda each: not each.item.is_notice),
        pickups.collectors(session, organisation.id, at=at),
        addresses.use(addresses.papers(session, organisation.id, on=on)) is Use.STANDING,
        organisation.left_on is not None and organisation.left_on <= on,
        phone_messages.open_ones(session, organisation.id),
    )


def _lying(session: Session, wanted: ColumnElement[bool], at: datetime) -> list[Lying]:
    return _read(session, MailState.is_open & wanted, at)


def _read(session: Session, wanted: ColumnElement[bool], at: datetime) -> list[Lying]:
    rows = session.execute(
        select(MailItem, MailState)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(wanted)
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at, MailItem.number)
    )
    return [Lying(item, state.place, _days(item, state, at)) for item, state in rows]


def _days(item: MailItem, state: MailState, at: datetime) -> int:
    return notices.days_gone(item.received_at, at if state.is_open else state.changed_at)
