"""What the desk knows when somebody wants a room: gathered here, judged in `booking_rules`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import centre, claims, fair_use, hours
from civicdesk.desk.booking_rules import Facts, Objection, Short, Times, Use, impossible, objections
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Equipment, Layout, Room
from civicdesk.text import _, local

_ROOM = select(Room).where(Room.id == bindparam("room"))
_LAYOUTS = select(Layout.kind, Layout.capacity).where(
    Layout.room_id == bindparam("room"), Layout.deleted_at.is_(None)
)
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One wish as the rules see it: where, when, how many, for whom and with what."""

    room_id: UUID
    times: Times
    people: int = 1
    organisation_id: UUID | None = None
    layout: str = ""
    equipment: Mapping[UUID, int] = field(default_factory=dict)
    keeps_start: bool = False
    keeps_times: bool = False
    keeps_room: bool = False

    @property
    def held(self) -> claims.Held:
        times = self.times
        return claims.Held(
            self.room_id,
            times.starts_at - times.setup_minutes * _MINUTE,
            times.ends_at + times.clear_minutes * _MINUTE,
        )

    @property
    def days(self) -> list[date]:
        """The local days that the booking touches."""
        first, last = local(self.times.starts_at).date(), local(self.times.ends_at - _MINUTE).date()
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def judge(
    session: Session, wishes: Sequence[Asked], *, at: datetime, besides: Collection[UUID] = ()
) -> list[list[Objection]]:
    """What stands against each of the wishes, asked together; `besides` are bookings that are not in the way.

    Wishes of one organisation add up to its hours of the month. Refuses `no_room`.
    """
    found = [impossible(wish.times) for wish in wishes]
    possible = [wish for wish, objected in zip(wishes, found, strict=True) if not objected]
    judged = iter([objections(facts) for facts in _gather(session, possible, at, besides)])
    return [objected or next(judged) for objected in found]


def booking_times(booking: Booking) -> Times:
    """When a booking holds its room."""
    return Times(
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        setup_minutes=booking.setup_minutes,
        clear_minutes=booking.clear_minutes,
    )


def room(session: Session, room_id: UUID) -> Room:
    """A room, also one that was removed. Refuses `no_room`."""
    found = session.scalar(_ROOM, {"room": room_id})
    if found is None:
        raise Refusal("no_room", _("This room is not on this desk."))
    return found


def _gather(
    session: Session, wishes: Sequence[Asked], at: datetime, besides: Collection[UUID]
) -> Iterator[Facts]:
    if not wishes:
        return
    rules = centre.the_centre(session)
    rooms = {wish.room_id: room(session, wish.room_id) for wish in wishes}
    seatings = {id_: layouts(session, id_) for id_ in rooms}
    days = hours.days(session, sorted({on for wish in wishes for on in wish.days}))
    taken = claims.in_the_way(session, [wish.held for wish in wishes], besides)
    uses = _Uses(session, besides)
    for place, wish in enumerate(wishes):
        yield Facts(
            at=at,
            times=wish.times,
            room=rooms[wish.room_id],
            people=wish.people,
            layout=wish.layout,
            layouts=seatings[wish.room_id],
            days=[days[on] for on in wish.days],
            taken_by=taken.get(place),
            shorts=_shorts(session, wish, besides),
            use=uses.of(wish, rooms[wish.room_id]),
            notice=timedelta(hours=rules.notice_hours),
            ahead=timedelta(days=rules.ahead_days),
            keeps_start=wish.keeps_start,
            keeps_times=wish.keeps_times,
        )


def layouts(session: Session, room_id: UUID) -> dict[str, int]:
    """How a room can be set up, and how many it seats then."""
    session.flush()
    return {row.kind: row.capacity for row in session.connection().execute(_LAYOUTS, {"room": room_id})}


def _shorts(session: Session, wish: Asked, besides: Collection[UUID]) -> list[Short]:
    found = []
    for equipment_id, count in wish.equipment.items():
        equipment = session.get_one(Equipment, equipment_id)
        if equipment.room_id is not None and equipment.room_id != wish.room_id:
            found.append(Short(equipment.name, 0, room(session, equipment.room_id).name))
            continue
        left = equipment.count - claims.given_out(session, equipment_id, wish.held, besides)
        if equipment.deleted_at is not None or count > left:
            found.append(Short(equipment.name, 0 if equipment.deleted_at else max(0, left)))
    return found


class _Uses:
    """Hours by class of room and month, counted on from wish to wish."""

    def __init__(self, session: Session, besides: Collection[UUID]) -> None:
        self._session, self._besides = session, besides
        self._allowed: dict[tuple[UUID, str], int | None] = {}
        self._hours: dict[tuple[UUID, str, int, int], float] = {}

    def of(self, wish: Asked, room: Room) -> Use | None:
        who = wish.organisation_id
        if who is None or (wish.keeps_times and wish.keeps_room):
            return None
        limited = who, room.room_class
        if limited not in self._allowed:
            self._allowed[limited] = fair_use.allowed(self._session, *limited)
        allowed = self._allowed[limited]
        if allowed is None:
            return None
        on = local(wish.times.starts_at).date()
        month = (*limited, on.year, on.month)
        if month not in self._hours:
            self._hours[month] = fair_use.hours_used(self._session, *limited, on, self._besides)
        self._hours[month] += (wish.times.ends_at - wish.times.starts_at) / _HOUR
        return Use(self._hours[month], allowed)
