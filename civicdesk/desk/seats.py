"""The seats of a work area that have a name of their own, as managers write them, and for whom each is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, belongings, fields
from civicdesk.errors import Refusal
from civicdesk.models import Organisation, Room, SeatStay, WorkSeat
from civicdesk.text import _, fold, ngettext, number

LONGEST_NAME = 20


@dataclass(frozen=True)
class Seat:
    """A seat, and the organisation it is kept for."""

    seat: WorkSeat
    holder: Organisation | None


def of_room(session: Session, room_id: UUID) -> list[Seat]:
    """The seats of a room in their order."""
    session.flush()
    found = session.execute(
        select(WorkSeat, Organisation)
        .outerjoin(Organisation, Organisation.id == WorkSeat.organisation_id)
        .where(WorkSeat.room_id == room_id, WorkSeat.deleted_at.is_(None))
        .order_by(WorkSeat.position, WorkSeat.name)
    )
    return [Seat(seat, holder) for seat, holder in found]


def add(
    session: Session, room_id: UUID, name: str, *, holder_id: UUID | None = None, at: datetime
) -> WorkSeat:
    """A new seat after the others. Refuses `no_name`, `long_name`, `same_name`, `no_work_area` and `all_named`."""
    room = session.get_one(Room, room_id)
    if not room.is_work_area:
        raise Refusal("no_work_area", _("This is no work area. Choose one of the list."))
    there = [each.seat for each in of_room(session, room_id)]
    if len(there) >= room.capacity:
        words = ngettext(
            "{room} has {count} seat, and it has a name.",
            "{room} has {count} seats, and all have names.",
            room.capacity,
        )
        raise Refusal("all_named", words.format(room=room.name, count=number(room.capacity)))
    position = max((seat.position for seat in there), default=0) + 1
    seat = WorkSeat(room_id=room_id, name=_name(name, there), position=position)
    session.add(seat)
    session.flush()
    belongings.keep_seat(session, seat.id, holder_id, at=at)
    audit.record(session, "add_seat", seat, at)
    return seat


def change(
    session: Session, seat_id: UUID, *, name: str, holder_id: UUID | None, at: datetime
) -> tuple[str, UUID | None]:
    """Call a seat otherwise, or keep it for another one or nobody; returns how it was. Refuses as `add` does."""
    seat = session.get_one(WorkSeat, seat_id)
    before = seat.name, seat.organisation_id
    others = [each.seat for each in of_room(session, seat.room_id) if each.seat.id != seat_id]
    seat.name = _name(name, others)
    if holder_id != seat.organisation_id:
        belongings.keep_seat(session, seat_id, None, at=at)
        belongings.keep_seat(session, seat_id, holder_id, at=at)
    session.flush()
    if seat.name != before[0]:
        audit.record(session, "change_seat", seat, at)
    return before


def remove(session: Session, seat_id: UUID, *, at: datetime) -> WorkSeat:
    """A seat has no name of its own any more. Refuses `seat_in_use` while somebody sits on it."""
    seat = session.get_one(WorkSeat, seat_id)
    sits = select(SeatStay.id).where(
        SeatStay.seat_id == seat_id, SeatStay.left_at.is_(None), SeatStay.deleted_at.is_(None)
    )
    if session.scalar(sits.limit(1)) is not None:
        raise Refusal("seat_in_use", _("Somebody sits on this seat now. Let them get up first."))
    seat.deleted_at = at
    audit.record(session, "remove_seat", seat, at)
    return seat


def restore(session: Session, seat_id: UUID, *, at: datetime) -> WorkSeat:
    """Undo of `remove`. Refuses `same_name` if another seat took its name meanwhile."""
    seat = session.get_one(WorkSeat, seat_id)
    _name(seat.name, [each.seat for each in of_room(session, seat.room_id)])
    seat.deleted_at = None
    audit.record(session, "restore_seat", seat, at)
    return seat


def _name(written: str, others: Sequence[WorkSeat]) -> str:
    name = fields.note(written)
    if not name:
        raise Refusal("no_name", _("Write what the seat is called, such as A1."))
    if len(name) > LONGEST_NAME:
        raise Refusal("long_name", _("A seat’s name has at most {} letters.").format(LONGEST_NAME))
    if any(fold(other.name) == fold(name) for other in others):
        raise Refusal("same_name", _("There is a seat of this name already."))
    return name
