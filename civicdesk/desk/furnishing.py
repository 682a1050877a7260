"""What stands in the rooms: the ways one can be set up with how many it seats then, and equipment that is counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import audit, claims, fields
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingEquipment, Equipment, Layout, LayoutKind, Room
from civicdesk.text import _, fold, ngettext, sort_key

NAME_LENGTH = 80
MOST_PIECES = 1_000
MOST_SEATS = 10_000

_LAYOUTS = select(Layout).where(Layout.room_id == bindparam("room"), Layout.deleted_at.is_(None))
_EQUIPMENT = select(Equipment).where(Equipment.deleted_at.is_(None))
_WISHED = (
    select(Booking)
    .where(
        Booking.ends_at > bindparam("at"),
        Booking.state.in_(claims.STANDING),
        Booking.deleted_at.is_(None),
    )
    .options(joinedload(Booking.room), joinedload(Booking.organisation))
    .order_by(Booking.starts_at, Booking.id)
)
_SET_UP_SO = _WISHED.where(
    Booking.room_id == bindparam("room"),
    Booking.layout == bindparam("kind"),
    Booking.people > bindparam("seats"),
)
_WITH = _WISHED.join(BookingEquipment, BookingEquipment.booking_id == Booking.id).where(
    BookingEquipment.equipment_id == bindparam("equipment"), BookingEquipment.deleted_at.is_(None)
)
_PROMISED = text("""
SELECT coalesce(max(taken), 0) FROM (
  SELECT sum(count) AS taken FROM equipment_claim WHERE equipment_id = :equipment AND slot >= :slot GROUP BY slot)
""")


class Piece(TypedDict, total=False):
    """What can be said of equipment; without a room it is carried to where it is wanted."""

    name: str
    count: int
    room_id: UUID | None


def layouts(session: Session, room_id: UUID) -> Sequence[Layout]:
    """How a room can be set up, in the order of the form."""
    session.flush()
    order = {kind: place for place, kind in enumerate(LayoutKind)}
    found = session.scalars(_LAYOUTS, {"room": room_id}).all()
    return sorted(found, key=lambda layout: order.get(LayoutKind(layout.kind), len(order)))


def seats(session: Session, room_id: UUID) -> dict[str, int]:
    """How many a room seats, by each way it can be set up."""
    return {layout.kind: layout.capacity for layout in layouts(session, room_id)}


def set_layouts(session: Session, room_id: UUID, wanted: dict[str, int], *, at: datetime) -> dict[str, int]:
    """A room can be set up in these ways and no others; returns how it could be before, which takes it back.

    Refuses `bad_layout`, `bad_seats`, and `layout_wanted` while more than that are booked for one.
    """
    room, before = session.get_one(Room, room_id), seats(session, room_id)
    for kind, capacity in wanted.items():
        _check_layout(kind, capacity)
    for kind in before:
        if wanted.get(kind, 0) < before[kind]:
            _refuse_wanted_layout(session, room, kind, wanted.get(kind, 0), at)
    known = {layout.kind: layout for layout in layouts(session, room_id)}
    for kind, layout in known.items():
        layout.deleted_at = None if kind in wanted else at
        layout.capacity = wanted.get(kind, layout.capacity)
    session.add_all(
        Layout(room_id=room_id, kind=kind, capacity=capacity)
        for kind, capacity in wanted.items()
        if kind not in known
    )
    session.flush()
    if wanted != before:
        audit.record(session, "set_layouts", room, at, layouts=wanted)
    return before


def equipment(session: Session) -> Sequence[Equipment]:
    """Everything that is counted, in the order of the alphabet."""
    session.flush()
    return sorted(session.scalars(_EQUIPMENT), key=lambda piece: sort_key(piece.name))


def in_room(session: Session, room_id: UUID | None) -> Sequence[Equipment]:
    """What stays in a room; with None what is carried about."""
    return [piece for piece in equipment(session) if piece.room_id == room_id]


def add(session: Session, *, at: datetime, **said: Unpack[Piece]) -> Equipment:
    """New equipment. Refuses `no_name`, `long_name`, `same_name`, `bad_count`."""
    piece = Equipment(name="")
    _write(session, piece, said)
    session.add(piece)
    session.flush()
    audit.record(session, "add_equipment", piece, at, count=piece.count)
    return piece


def change(session: Session, equipment_id: UUID, *, at: datetime, **said: Unpack[Piece]) -> Equipment:
    """Say something else of equipment.

    Refuses as `add` does, and `equipment_promised` for fewer than are given out, or another room than theirs.
    """
    piece = session.get_one(Equipment, equipment_id)
    promised = _promised(session, equipment_id, at)
    if said.get("count", promised) < promised:
        raise Refusal("equipment_promised", _promised_words(piece, promised))
    room_id = said.get("room_id", piece.room_id)
    if room_id is not None and room_id != piece.room_id:
        _refuse_wanted_elsewhere(session, piece, room_id, at)
    _write(session, piece, said)
    session.flush()
    audit.record(session, "change_equipment", piece, at, fields=sorted(said), count=piece.count)
    return piece


def remove(session: Session, equipment_id: UUID, *, at: datetime) -> Equipment:
    """Take equipment away. Refuses `equipment_promised` while bookings to come want it."""
    piece = session.get_one(Equipment, equipment_id)
    promised = _promised(session, equipment_id, at)
    if promised:
        raise Refusal("equipment_promised", _promised_words(piece, promised))
    piece.deleted_at = at
    audit.record(session, "remove_equipment", piece, at)
    return piece


def restore(session: Session, equipment_id: UUID, *, at: datetime) -> Equipment:
    """Undo of `remove`. Refuses `same_name` if there is another of that name meanwhile."""
    piece = session.get_one(Equipment, equipment_id)
    _refuse_same_name(session, piece.name, piece.room_id, equipment_id)
    piece.deleted_at = None
    audit.record(session, "restore_equipment", piece, at)
    return piece


def wanted_by(session: Session, equipment_id: UUID, *, at: datetime) -> Sequence[Booking]:
    """The bookings to come that want a piece of equipment, the earliest first."""
    session.flush()
    return session.scalars(_WITH, {"equipment": equipment_id, "at": at}).all()


def _check_layout(kind: str, capacity: int) -> None:
    if kind not in set(LayoutKind):
        raise Refusal("bad_layout", _("Choose how the room is set up."))
    if not 1 <= capacity <= MOST_SEATS:
        raise Refusal("bad_seats", _("A room seats between 1 and {} people.").format(MOST_SEATS))


def _refuse_wanted_layout(session: Session, room: Room, kind: str, capacity: int, at: datetime) -> None:
    asked = {"room": room.id, "kind": kind, "seats": capacity, "at": at}
    found = session.scalars(_SET_UP_SO, asked).all()
    if found:
        words = ngettext(
            "“{room}” is booked set up that way for {people} people. Change that booking first.",
            "“{room}” is booked {count} times set up that way, for up to {people} people. Change those first.",
            len(found),
        )
        most = max(booking.people for booking in found)
        raise Refusal("layout_wanted", words.format(room=room.name, count=len(found), people=most))


def _write(session: Session, piece: Equipment, said: Piece) -> None:
    name = fields.note(said.get("name", piece.name))
    room_id = said.get("room_id", piece.room_id)
    if not name:
        raise Refusal("no_name", _("Write what it is."))
    if len(name) > NAME_LENGTH:
        raise Refusal(
            "long_name", _("A name has at most {} letters. Write a shorter one.").format(NAME_LENGTH)
        )
    if not 1 <= said.get("count", piece.count) <= MOST_PIECES:
        raise Refusal("bad_count", _("There are between 1 and {} of something.").format(MOST_PIECES))
    _refuse_same_name(session, name, room_id, piece.id)
    piece.name, piece.room_id, piece.count = name, room_id, said.get("count", piece.count)


def _refuse_same_name(session: Session, name: str, room_id: UUID | None, besides: UUID) -> None:
    here = [piece for piece in in_room(session, room_id) if piece.id != besides]
    if any(fold(other.name) == fold(name) for other in here):
        raise Refusal("same_name", _("There is already “{name}” here. Change its number.").format(name=name))


def _promised(session: Session, equipment_id: UUID, at: datetime) -> int:
    """How many are given out at one time from now on, at most."""
    session.flush()
    asked = {"equipment": equipment_id.hex, "slot": claims.slot(at)}
    found: int = session.connection().scalar(_PROMISED, asked) or 0
    return found


def _promised_words(piece: Equipment, promised: int) -> str:
    words = ngettext(
        "{count} “{name}” is given out in bookings to come. Change those bookings first.",
        "{count} “{name}” are given out at once in bookings to come. Change those bookings first.",
        promised,
    )
    return words.format(count=promised, name=piece.name)


def _refuse_wanted_elsewhere(session: Session, piece: Equipment, room_id: UUID, at: datetime) -> None:
    elsewhere = [row for row in wanted_by(session, piece.id, at=at) if row.room_id != room_id]
    if elsewhere:
        words = ngettext(
            "“{name}” is wanted in another room by {count} booking. Change that first.",
            "“{name}” is wanted in other rooms by {count} bookings. Change those first.",
            len(elsewhere),
        )
        raise Refusal("equipment_promised", words.format(count=len(elsewhere), name=piece.name))
