"""The waiting list: whoever wanted a room that was taken is offered it, or one like it, when it is freed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import actions, booking_rules, booking_wish, bookings, centre
from civicdesk.desk.booking_facts import Asked, judge
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Room, RoomClass, Waiting, WaitingState
from civicdesk.text import _

_ONE = (
    select(Waiting)
    .where(Waiting.id == bindparam("waiting"), Waiting.deleted_at.is_(None))
    .options(joinedload(Waiting.organisation))
    .execution_options(populate_existing=True)
)
_OPEN = (
    select(Waiting)
    .where(
        Waiting.state == WaitingState.WAITING,
        Waiting.ends_at > bindparam("at"),
        Waiting.deleted_at.is_(None),
    )
    .options(joinedload(Waiting.organisation))
    .order_by(Waiting.asked_at, Waiting.id)
)


@dataclass(frozen=True)
class Offer:
    """A wish that could be fulfilled now, and the room."""

    waiting: Waiting
    room: Room


def ask(
    session: Session, wish: Wish, *, any_of_class: str = "", at: datetime, key: str | None = None
) -> Waiting:
    """Wait for the room of a wish, or with `any_of_class` for any room of that class.

    Refuses `ends_first` and the other impossible times, `past`, `no_title`, and what `booking_wish` refuses.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    row = booking_wish.row(wish)
    booking_rules.refuse(booking_rules.impossible(wish.asked.times))
    if wish.starts_at <= at:
        raise Refusal("past", _("This time has passed. Choose a later one."))
    if any_of_class and any_of_class not in set(RoomClass):
        raise Refusal("bad_class", _("Choose what kind of room it should be."))
    waiting = Waiting(
        organisation_id=wish.organisation_id,
        room_id=None if any_of_class else wish.room_id,
        room_class=any_of_class,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        title=row.title,
        kind=row.kind,
        people=row.people,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        note=row.note,
        asked_at=at,
    )
    deed = Deed(session, "wait_for_room", at=at, key=key)
    deed.make([waiting])
    deed.finish(waiting)
    return one(session, waiting.id)


def open_wishes(session: Session, *, at: datetime) -> Sequence[Waiting]:
    """Who waits, the first to ask first."""
    session.flush()
    return session.scalars(_OPEN, {"at": at}).all()


def offers(session: Session, *, at: datetime) -> list[Offer]:
    """What can be offered now: the first whose wish fits gets the slot, the next one what is left.

    Nothing is kept for anybody until it is taken.
    """
    found: list[Offer] = []
    rooms = centre.rooms(session)
    for waiting in open_wishes(session, at=at):
        room = next(
            (each for each in _wanted(waiting, rooms) if _fits(session, waiting, each, found, at)), None
        )
        if room is not None:
            found.append(Offer(waiting, room))
    return found


def take(
    session: Session, waiting_id: UUID, room_id: UUID, *, at: datetime, key: str | None = None
) -> Booking:
    """Book the offered room for somebody who waited. Refuses `not_waiting` and what `bookings.book` refuses."""
    if done := actions.subject_of(session, key):
        return bookings.one(session, done)
    waiting = one(session, waiting_id)
    _refuse_settled(waiting)
    wish = Wish(
        room_id=room_id,
        starts_at=waiting.starts_at,
        ends_at=waiting.ends_at,
        title=waiting.title,
        kind=waiting.kind,
        organisation_id=waiting.organisation_id,
        people=waiting.people,
        contact_name=waiting.contact_name,
        contact_phone=waiting.contact_phone,
        note=waiting.note,
    )
    booking_rules.refuse(bookings.objections(session, wish, at=at))
    booking = booking_wish.row(wish)
    deed = Deed(session, "take_waiting", at=at, key=key)
    deed.make([booking])
    deed.change(waiting, state=WaitingState.BOOKED, booking_id=booking.id)
    deed.finish(booking)
    return bookings.one(session, booking.id)


def withdraw(session: Session, waiting_id: UUID, *, at: datetime, key: str | None = None) -> Waiting:
    """They do not wait any more. Refuses `not_waiting`. `bookings.undo` takes it back."""
    if done := actions.subject_of(session, key):
        return one(session, done)
    waiting = one(session, waiting_id)
    _refuse_settled(waiting)
    deed = Deed(session, "withdraw_waiting", at=at, key=key)
    deed.change(waiting, state=WaitingState.WITHDRAWN)
    deed.finish(waiting)
    return waiting


def one(session: Session, waiting_id: UUID) -> Waiting:
    """A wish with its organisation. Refuses `not_waiting`."""
    session.flush()
    found = session.scalar(_ONE, {"waiting": waiting_id})
    if found is None:
        raise _not_waiting()
    return found


def _wanted(waiting: Waiting, rooms: Sequence[Room]) -> list[Room]:
    """The rooms that would do, the smallest that is big enough first."""
    if waiting.room_id is not None:
        return [room for room in rooms if room.id == waiting.room_id]
    fitting = [room for room in rooms if room.room_class == waiting.room_class]
    return sorted(fitting, key=lambda room: room.capacity)


def _fits(session: Session, waiting: Waiting, room: Room, given: Sequence[Offer], at: datetime) -> bool:
    """Whether nothing stands against it, and it was not offered to somebody before."""
    if any(_overlap(Offer(waiting, room), offer) for offer in given):
        return False
    asked = Asked(
        room_id=room.id,
        times=Times(starts_at=waiting.starts_at, ends_at=waiting.ends_at),
        people=waiting.people,
        organisation_id=waiting.organisation_id,
    )
    return judge(session, [asked], at=at) == [[]]


def _overlap(one: Offer, other: Offer) -> bool:
    """Whether two offers would be in each other's way; a hall and its part are one room for that."""
    rooms = {one.room.id, other.room.id}
    is_same = len(rooms) == 1 or one.room.part_of_id in rooms or other.room.part_of_id in rooms
    mine, theirs = one.waiting, other.waiting
    return is_same and mine.starts_at < theirs.ends_at and theirs.starts_at < mine.ends_at


def _refuse_settled(waiting: Waiting) -> None:
    if waiting.state != WaitingState.WAITING:
        raise _not_waiting()


def _not_waiting() -> Refusal:
    return Refusal("not_waiting", _("Nobody waits for this any more."))
