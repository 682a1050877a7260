"""The rooms as managers set them up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import audit, centre, claims, fields, occupancy
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Room, RoomClass
from civicdesk.text import _, fold, ngettext

NAME_LENGTH = 80
MOST_PEOPLE = 10_000
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")

_COMING = (
    Booking.room_id == bindparam("room"),
    Booking.ends_at > bindparam("at"),
    Booking.state.in_(claims.STANDING),
    Booking.deleted_at.is_(None),
)
_PARTS = select(Room).where(Room.part_of_id == bindparam("whole"), Room.deleted_at.is_(None))


class Face(TypedDict, total=False):
    """What can be said of a room."""

    name: str
    zone: str
    capacity: int
    colour: str
    is_accessible: bool
    is_work_area: bool
    room_class: str


def add(session: Session, *, at: datetime, **face: Unpack[Face]) -> Room:
    """A new room, after the others.

    Refuses `no_name`, `long_name`, `same_name`, `bad_capacity`, `bad_colour`, `bad_class`.
    """
    room = Room(name="", position=_last_position(session) + 1)
    _write(session, room, face)
    session.add(room)
    session.flush()
    audit.record(session, "add_room", room, at)
    return room


def change(session: Session, room_id: UUID, *, at: datetime, **face: Unpack[Face]) -> Room:
    """Say something else of a room. Refuses as `add` does."""
    room = session.get_one(Room, room_id)
    _write(session, room, face)
    audit.record(session, "change_room", room, at, fields=sorted(face))
    return room


def move(session: Session, room_id: UUID, steps: int, *, at: datetime) -> None:
    """Move a room up (-1) or down (1) in the list; at the end it stays."""
    order = list(centre.rooms(session))
    here = next(place for place, room in enumerate(order) if room.id == room_id)
    order.insert(max(0, here + steps), order.pop(here))
    for position, room in enumerate(order):
        room.position = position
    audit.record(session, "move_room", session.get_one(Room, room_id), at)


def remove(session: Session, room_id: UUID, *, at: datetime) -> Room:
    """Take a room away. Refuses `people_inside`, `has_parts`, and `booked` while bookings are still to come."""
    room = session.get_one(Room, room_id)
    inside = occupancy.now(session).in_room(room_id)
    if inside:
        words = ngettext(
            "{count} person is in “{room}”. Check everybody out of it first.",
            "{count} people are in “{room}”. Check everybody out of it first.",
            inside,
        )
        raise Refusal("people_inside", words.format(count=inside, room=room.name))
    if parts(session, room_id):
        words = _("“{room}” is divided. Make its parts rooms of their own first.")
        raise Refusal("has_parts", words.format(room=room.name))
    booked = _coming_bookings(session, room_id, at)
    if booked:
        raise Refusal("booked", _booked_words(room, booked))
    if room.part_of_id is not None:
        _refuse_booked_whole(session, room.part_of_id, at)
    room.deleted_at = at
    audit.record(session, "remove_room", room, at)
    return room


def restore(session: Session, room_id: UUID, *, at: datetime) -> Room:
    """Undo of `remove`. Refuses `same_name` if another room took its name meanwhile."""
    room = session.get_one(Room, room_id)
    _refuse_same_name(session, room.name, room_id)
    room.deleted_at = None
    audit.record(session, "restore_room", room, at)
    return room


def parts(session: Session, room_id: UUID) -> Sequence[Room]:
    """The parts a room can be divided into, in the order of the list."""
    session.flush()
    return session.scalars(_PARTS.order_by(Room.position, Room.name), {"whole": room_id}).all()


def coming(session: Session, room_id: UUID, *, at: datetime) -> Sequence[Booking]:
    """The bookings that still stand in a room itself, the earliest first: what is in the way of changing it."""
    found = (
        select(Booking)
        .where(*_COMING)
        .options(joinedload(Booking.organisation), joinedload(Booking.room))
        .order_by(Booking.starts_at, Booking.id)
    )
    return session.scalars(found, {"room": room_id, "at": at}).all()


def divide(session: Session, part_id: UUID, whole_id: UUID | None, *, at: datetime) -> Room:
    """Make a room a part of another, or with None a room of its own again.

    Refuses `room_has_bookings` while the whole is booked, and `part_of_a_part`.
    """
    part = session.get_one(Room, part_id)
    for whole in filter(None, (part.part_of_id, whole_id)):
        _refuse_booked_whole(session, whole, at)
        siblings = session.scalars(select(Room.id).where(Room.part_of_id == whole)).all()
        claims.forget_past(session, [whole, *siblings], at)
    if whole_id is not None:
        _refuse_part_of_part(session, part_id, whole_id)
    part.part_of_id = whole_id
    session.flush()
    audit.record(session, "divide_room", part, at)
    return part


def _refuse_booked_whole(session: Session, whole_id: UUID, at: datetime) -> None:
    booked = _coming_bookings(session, whole_id, at)
    if booked:
        raise Refusal("room_has_bookings", _booked_words(session.get_one(Room, whole_id), booked))


def _booked_words(room: Room, booked: int) -> str:
    words = ngettext(
        "“{room}” is booked {count} more time. Move or cancel that first.",
        "“{room}” is booked {count} more times. Move or cancel those first.",
        booked,
    )
    return words.format(count=booked, room=room.name)


def _refuse_part_of_part(session: Session, part_id: UUID, whole_id: UUID) -> None:
    whole = session.get_one(Room, whole_id)
    has_parts = session.scalar(select(Room.id).where(Room.part_of_id == part_id).limit(1))
    if whole.part_of_id is not None or whole_id == part_id or has_parts is not None:
        raise Refusal("part_of_a_part", _("A part of a room cannot be divided again."))


def _write(session: Session, room: Room, face: Face) -> None:
    if "name" in face:
        face = {**face, "name": _name(session, face["name"], room.id)}
    if "zone" in face:
        face = {**face, "zone": fields.note(face["zone"])[:NAME_LENGTH]}
    if not 1 <= face.get("capacity", 1) <= MOST_PEOPLE:
        raise Refusal("bad_capacity", _("A room holds between 1 and {} people.").format(MOST_PEOPLE))
    if not _COLOUR.fullmatch(face.get("colour", room.colour)):
        raise Refusal("bad_colour", _("Choose one of the colours."))
    if face.get("room_class", room.room_class) not in set(RoomClass):
        raise Refusal("bad_class", _("Choose what kind of room it should be."))
    for name, value in face.items():
        setattr(room, name, value)


def _name(session: Session, text: str, room_id: UUID) -> str:
    name = fields.note(text)
    if not name:
        raise Refusal("no_name", _("Write the room's name."))
    if len(name) > NAME_LENGTH:
        raise Refusal(
            "long_name", _("A room's name has at most {} letters. Write a shorter one.").format(NAME_LENGTH)
        )
    _refuse_same_name(session, name, room_id)
    return name


def _refuse_same_name(session: Session, name: str, room_id: UUID) -> None:
    if any(fold(other.name) == fold(name) and other.id != room_id for other in centre.rooms(session)):
        raise Refusal("same_name", _("There is already a room named “{name}”.").format(name=name))


def _coming_bookings(session: Session, room_id: UUID, at: datetime) -> int:
    found = session.scalar(select(func.count(Booking.id)).where(*_COMING), {"room": room_id, "at": at})
    return found or 0


def _last_position(session: Session) -> int:
    return max((room.position for room in centre.rooms(session)), default=-1)
