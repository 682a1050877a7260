"""What of the centre an organisation has: boxes, phone lines, seats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, audit, identifiers
from civicdesk.desk.fields import note
from civicdesk.errors import Refusal
from civicdesk.models import Line, Mailbox, Organisation, Room, WorkSeat
from civicdesk.text import _, number

MOST_BOXES = 600
_EXTENSION_LENGTH = 12

_BOXES = (
    select(Mailbox)
    .where(Mailbox.organisation_id == bindparam("organisation"), Mailbox.deleted_at.is_(None))
    .order_by(Mailbox.number)
)
_NUMBERED = select(Mailbox).where(Mailbox.number == bindparam("number"), Mailbox.deleted_at.is_(None))
_LINES = (
    select(Line)
    .where(Line.organisation_id == bindparam("organisation"), Line.deleted_at.is_(None))
    .order_by(Line.number, Line.extension)
)
_SEATS = (
    select(WorkSeat)
    .where(WorkSeat.organisation_id == bindparam("organisation"), WorkSeat.deleted_at.is_(None))
    .order_by(WorkSeat.position, WorkSeat.name)
)
_FREE = (
    select(Mailbox.number)
    .where(Mailbox.organisation_id.is_(None), Mailbox.deleted_at.is_(None))
    .order_by(Mailbox.number)
)


@dataclass(frozen=True)
class Belongings:
    """The boxes, lines and seats of one organisation."""

    boxes: Sequence[Mailbox]
    lines: Sequence[Line]
    seats: Sequence[WorkSeat]

    def __bool__(self) -> bool:
        return bool(self.boxes or self.lines or self.seats)


def of(session: Session, organisation_id: UUID) -> Belongings:
    """All that an organisation has here."""
    session.flush()
    asked = {"organisation": organisation_id}
    return Belongings(
        session.scalars(_BOXES, asked).all(),
        session.scalars(_LINES, asked).all(),
        session.scalars(_SEATS, asked).all(),
    )


def free_boxes(session: Session, limit: int = 6) -> Sequence[int]:
    """The first boxes that nobody has."""
    return session.scalars(_FREE.limit(limit)).all()


def boxes_numbered(session: Session, box: int) -> Sequence[Mailbox]:
    """The boxes with this number; two, if two desks gave it away. Refuses `no_box` for a number that cannot be."""
    if not 1 <= box <= MOST_BOXES:
        words = _("There is no box {box}. Boxes go from 1 to {most}.")
        raise Refusal("no_box", words.format(box=number(box), most=number(MOST_BOXES)))
    session.flush()
    return session.scalars(_NUMBERED, {"number": box}).all()


def refuse_taken(session: Session, boxes: Sequence[Mailbox], organisation_id: UUID) -> None:
    """A box that another organisation has is not given away. Refuses `box_taken`."""
    taken = next((each for each in boxes if each.organisation_id not in (None, organisation_id)), None)
    if taken is not None:
        holder = session.get(Organisation, taken.organisation_id)
        words = _("Box {box} belongs to {name}.")
        raise Refusal("box_taken", words.format(box=taken.number, name=holder.name if holder else "—"))


def give_box(
    session: Session, organisation_id: UUID, box: int | None, *, at: datetime, key: str | None = None
) -> int | None:
    """Let an organisation have this box and no other, or with None no box; returns the one it had before.

    A box nobody spoke of yet is made. Refuses `no_box` and `box_taken`.
    """
    had = session.scalars(_BOXES, {"organisation": organisation_id}).all()
    before = had[0].number if had else None
    if actions.subject_of(session, key) or before == box:
        return before
    if box is not None:
        known = boxes_numbered(session, box)
        refuse_taken(session, known, organisation_id)
        taken = known[0] if known else Mailbox(number=box)
        taken.organisation_id = organisation_id
        session.add(taken)
    for each in had:
        each.organisation_id = None
    session.flush()
    organisation = session.get_one(Organisation, organisation_id)
    actions.remember(session, key, organisation_id, at)
    audit.record(session, "give_box", organisation, at, box=box, before=before)
    return before


def give_line(
    session: Session,
    organisation_id: UUID,
    *,
    phone: str = "",
    extension: str = "",
    at: datetime,
    key: str | None = None,
) -> Line:
    """Let an organisation have a phone line: a number, an extension or both.

    Refuses `no_line`, `line_taken`, `national_id` and `long_number`.
    """
    if done := actions.subject_of(session, key):
        return session.get_one(Line, done)
    outside, inside = identifiers.phone(phone), note(extension)[:_EXTENSION_LENGTH]
    if not (outside or inside):
        raise Refusal("no_line", _("Write the number or the extension of the line."))
    line = _line(session, outside, inside)
    if line.organisation_id not in (None, organisation_id):
        holder = session.get(Organisation, line.organisation_id)
        words = _("This line belongs to {name}.").format(name=holder.name if holder else "—")
        raise Refusal("line_taken", words)
    line.organisation_id = organisation_id
    session.add(line)
    session.flush()
    actions.remember(session, key, line.id, at)
    audit.record(session, "give_line", line, at)
    return line


def take_line_back(session: Session, line_id: UUID, *, at: datetime) -> Line:
    """An organisation has a line no more; the line stays."""
    line = session.get_one(Line, line_id)
    line.organisation_id = None
    session.flush()
    audit.record(session, "take_line_back", line, at)
    return line


def give_line_again(session: Session, line_id: UUID, organisation_id: UUID, *, at: datetime) -> Line:
    """Undo of `take_line_back`. Refuses `line_taken`."""
    line = session.get_one(Line, line_id)
    return give_line(session, organisation_id, phone=line.number, extension=line.extension, at=at)


def seats(session: Session) -> Sequence[tuple[WorkSeat, Room]]:
    """Every named seat with its room, in their order."""
    rows = session.execute(
        select(WorkSeat, Room)
        .join(Room, Room.id == WorkSeat.room_id)
        .where(WorkSeat.deleted_at.is_(None), Room.deleted_at.is_(None))
        .order_by(Room.position, WorkSeat.position, WorkSeat.name)
    )
    return [(seat, room) for seat, room in rows]


def keep_seat(session: Session, seat_id: UUID, organisation_id: UUID | None, *, at: datetime) -> UUID | None:
    """Keep a seat for an organisation, or with None for nobody; returns whose it was. Refuses `seat_taken`."""
    seat = session.get_one(WorkSeat, seat_id)
    before = seat.organisation_id
    if organisation_id is not None and before not in (None, organisation_id):
        raise Refusal("seat_taken", _("This seat is kept for another organisation."))
    seat.organisation_id = organisation_id
    session.flush()
    if before != organisation_id:
        audit.record(session, "keep_seat", seat, at)
    return before


def _line(session: Session, outside: str, inside: str) -> Line:
    """The line with this number and extension, or a new one."""
    known = select(Line).where(Line.number == outside, Line.extension == inside, Line.deleted_at.is_(None))
    return session.scalar(known.limit(1)) or Line(number=outside, extension=inside)
