"""Equipment as people ask for it: by name. What stands in a room is taken first, the rest is carried there."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from civicdesk.desk.claims import Held, slot
from civicdesk.models import Equipment
from civicdesk.text import _, fold, ngettext, sort_key

_ALL = select(Equipment).where(Equipment.deleted_at.is_(None)).order_by(Equipment.name, Equipment.id)
_GIVEN_OUT = text("""
SELECT equipment_id, max(taken) FROM (
  SELECT sought.key AS at, claim.equipment_id, claim.slot, sum(claim.count) AS taken
  FROM json_each(:held) AS sought CROSS JOIN json_each(:pieces) AS piece CROSS JOIN equipment_claim AS claim
  WHERE claim.equipment_id = piece.value
    AND claim.slot >= sought.value ->> 0 AND claim.slot < sought.value ->> 1
    AND claim.booking_id NOT IN (SELECT value FROM json_each(:besides))
  GROUP BY 1, 2, 3)
GROUP BY equipment_id
""")


@dataclass
class Gear:
    """All equipment of one name: what stays in which room, and what is carried about."""

    name: str
    fixed: dict[UUID, list[Equipment]] = field(default_factory=dict)
    carried: list[Equipment] = field(default_factory=list)

    @property
    def most(self) -> int:
        """How many one room can have at most."""
        in_one = max((sum(piece.count for piece in pieces) for pieces in self.fixed.values()), default=0)
        return in_one + sum(piece.count for piece in self.carried)

    def for_room(self, room_id: UUID) -> list[Equipment]:
        """What could be used there, the room's own first."""
        return [*self.fixed.get(room_id, ()), *self.carried]


@dataclass(frozen=True)
class Allotted:
    """Which pieces a room would get, or why it cannot have what is wanted."""

    pieces: Mapping[UUID, int]
    why: str = ""


def known(session: Session) -> list[Gear]:
    """Everything that can be asked for, in the order of the alphabet."""
    by_name: dict[str, Gear] = {}
    for piece in session.scalars(_ALL):
        gear = by_name.setdefault(fold(piece.name), Gear(piece.name))
        if piece.room_id is None:
            gear.carried.append(piece)
        else:
            gear.fixed.setdefault(piece.room_id, []).append(piece)
    return sorted(by_name.values(), key=lambda gear: sort_key(gear.name))


def names_in(gears: Sequence[Gear], room_id: UUID) -> tuple[str, ...]:
    """What stands in a room for good."""
    return tuple(gear.name for gear in gears if room_id in gear.fixed)


def by_name(gears: Sequence[Gear], pieces: Mapping[UUID, int]) -> dict[str, int]:
    """Pieces of a booking as the names they were asked for."""
    wanted: dict[str, int] = {}
    for gear in gears:
        every = [*gear.carried, *(piece for fixed in gear.fixed.values() for piece in fixed)]
        count = sum(pieces.get(piece.id, 0) for piece in every)
        if count:
            wanted[gear.name] = count
    return wanted


def allot(
    gears: Sequence[Gear], wanted: Mapping[str, int], room_id: UUID, given_out: Mapping[UUID, int]
) -> Allotted:
    """Share out what is left for one room; `wanted` counts by name."""
    pieces: dict[UUID, int] = {}
    for gear in gears:
        count = wanted.get(gear.name, 0)
        for piece in gear.for_room(room_id):
            left = max(0, piece.count - given_out.get(piece.id, 0))
            if count and left:
                pieces[piece.id] = min(count, left)
                count -= pieces[piece.id]
        if count:
            return Allotted({}, _short(gear, room_id, wanted[gear.name] - count))
    return Allotted(pieces)


def given_out(
    session: Session, gears: Sequence[Gear], held: Sequence[Held], besides: Collection[UUID] = ()
) -> dict[UUID, int]:
    """How many of each piece others have at most during one of these times."""
    every = [
        piece
        for gear in gears
        for piece in (*gear.carried, *(each for fixed in gear.fixed.values() for each in fixed))
    ]
    if not every:
        return {}
    asked = {
        "held": json.dumps([[slot(each.begins_at), slot(each.ends_at)] for each in held]),
        "pieces": json.dumps([piece.id.hex for piece in every]),
        "besides": json.dumps([booking.hex for booking in besides]),
    }
    return {UUID(id_): taken for id_, taken in session.connection().execute(_GIVEN_OUT, asked)}


def _short(gear: Gear, room_id: UUID, left: int) -> str:
    if not gear.for_room(room_id):
        return _("no “{name}” here").format(name=gear.name)
    words = ngettext("only {count} “{name}” left then", "only {count} “{name}” left then", left)
    return words.format(count=left, name=gear.name)
