"""What the desk wrote down of some days, read in few questions: visits, head counts, bookings, post handed over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import BindParameter, String, bindparam, func, select, type_coerce
from sqlalchemy.orm import Session

from civicdesk.desk import calendar, hours, metrics
from civicdesk.desk.booking_rules import LONGEST
from civicdesk.desk.metrics import Event, Heads, Stay
from civicdesk.models import Booking, HandOver, HeadCount, Layout, Organisation, Room, Visit
from civicdesk.text import local

R = TypeVar("R")

_DAY = timedelta(days=1)
_BEGINS: BindParameter[datetime] = bindparam("begins")
_ENDS: BindParameter[datetime] = bindparam("ends")

# columns, not rows of the session: a month of visits is read in a fifth of the time
_STAYS = (
    select(
        type_coerce(Visit.visitor_id, String),
        Visit.people,
        Visit.arrived_at,
        Visit.left_at,
        type_coerce(Visit.room_id, String),
        type_coerce(Visit.booking_id, String),
        Visit.left_how,
    )
    .where(Visit.arrived_at >= _BEGINS, Visit.arrived_at < _ENDS, Visit.deleted_at.is_(None))
    .order_by(Visit.arrived_at)
)
_HEADS = (
    select(
        HeadCount.at,
        HeadCount.change,
        type_coerce(HeadCount.room_id, String),
        type_coerce(HeadCount.booking_id, String),
    )
    .where(HeadCount.at >= _BEGINS, HeadCount.at < _ENDS)
    .order_by(HeadCount.at, HeadCount.id)
)
_EVENTS = (
    select(
        type_coerce(Booking.id, String),
        type_coerce(Booking.room_id, String),
        Booking.starts_at,
        Booking.ends_at,
        Booking.state,
        Booking.title,
        Organisation.name,
        Booking.kind,
        Booking.layout,
        Booking.people,
        Booking.guests,
        Booking.started_at,
        Booking.ended_at,
        Booking.released_at,
        Booking.sdg,
        type_coerce(Booking.organisation_id, String),
        func.coalesce(Organisation.kind, ""),
    )
    .outerjoin(Organisation, Organisation.id == Booking.organisation_id)
    .where(
        Booking.starts_at < _ENDS,
        Booking.starts_at > bindparam("since"),
        Booking.ends_at > _BEGINS,
        Booking.deleted_at.is_(None),
    )
    .order_by(Booking.starts_at, Booking.id)
)
_HANDED = (
    select(HandOver.at, HandOver.items)
    .where(HandOver.at >= _BEGINS, HandOver.at < _ENDS)
    .order_by(HandOver.at)
)
_ROOMS = select(
    type_coerce(Room.id, String),
    Room.name,
    Room.capacity,
    type_coerce(Room.part_of_id, String),
    Room.is_work_area,
    Room.position,
    Room.deleted_at,
).order_by(Room.position, Room.name)
_LAYOUTS = select(type_coerce(Layout.room_id, String), Layout.kind, Layout.capacity).where(
    Layout.deleted_at.is_(None)
)


@dataclass(frozen=True)
class Place:
    """A room as the figures see it; one that was taken away counts until `gone_at`."""

    id: str
    name: str
    capacity: int
    part_of: str | None
    is_work_area: bool
    position: int
    gone_at: datetime | None


@dataclass(frozen=True)
class DayFacts:
    """What is known of one day, half-open from `begins` to `ends`."""

    day: hours.Day
    begins: datetime
    ends: datetime
    stays: Sequence[Stay] = ()
    heads: Sequence[Heads] = ()
    events: Sequence[Event] = ()
    handed_over: int = 0


@dataclass(frozen=True)
class Facts:
    """The days that were asked for, and the rooms there were."""

    days: dict[date, DayFacts]
    places: Sequence[Place]
    first_on: date | None = field(default=None)


def read(session: Session, wanted: Collection[date]) -> Facts:
    """Read these days; days that follow on each other are read together."""
    session.flush()
    places = [Place(*row) for row in session.connection().execute(_ROOMS)]
    opened = hours.days(session, sorted(wanted))
    seats = _seats(session, places)
    found: dict[date, DayFacts] = {}
    for first, last in _runs(sorted(wanted)):
        found |= _days(session, first, last, opened, seats)
    return Facts(found, places, first_on(session))


def first_on(session: Session) -> date | None:
    """The first day of which the desk has anything written down; None while there is nothing."""
    rows = (func.min(Visit.arrived_at), func.min(Booking.starts_at), func.min(HeadCount.at))
    known = [session.scalar(select(row)) for row in rows]
    earliest = min((at for at in known if at is not None), default=None)
    return local(earliest).date() if earliest else None


def _days(
    session: Session,
    first: date,
    last: date,
    opened: dict[date, hours.Day],
    seats: dict[tuple[str, str], int],
) -> dict[date, DayFacts]:
    begins, ends = calendar.midnight_of(first), calendar.midnight_of(last + _DAY)
    asked = {"begins": begins, "ends": ends, "since": begins - 2 * LONGEST}
    connection = session.connection()
    stays = [Stay(*row) for row in connection.execute(_STAYS, asked)]
    heads = [Heads(*row) for row in connection.execute(_HEADS, asked)]
    handed = connection.execute(_HANDED, asked).all()
    rows = [_event(row, seats) for row in connection.execute(_EVENTS, asked)]
    found = {}
    for on in (first + n * _DAY for n in range((last - first).days + 1)):
        start, end = calendar.midnight_of(on), calendar.midnight_of(on + _DAY)
        own = _between(stays, start, end, lambda stay: stay.arrived_at)
        counts = _between(heads, start, end, lambda count: count.at)
        near = _between(rows, start - 2 * LONGEST, end, lambda event: event.starts_at)
        events = [event for event in near if event.ends_at > start]
        found[on] = DayFacts(
            opened[on],
            start,
            end,
            own,
            counts,
            _with_counts(events, own, counts),
            sum(row.items for row in _between(handed, start, end, lambda row: row.at)),
        )
    return found


def _with_counts(events: Sequence[Event], stays: Sequence[Stay], heads: Sequence[Heads]) -> list[Event]:
    """The events, each with how many were counted there by name or by head."""
    there: dict[str, dict[metrics.Where, tuple[int, int]]] = {}
    for where, counts in metrics.counted_at(stays, heads).items():
        if where[1]:
            there.setdefault(where[1], {})[where] = counts
    return [
        event._replace(counted=metrics.of_event(event.id, there[event.id])) if event.id in there else event
        for event in events
    ]


def _event(row: Any, seats: dict[tuple[str, str], int]) -> Event:  # noqa: ANN401  a row of columns
    event = Event(*row)
    return event._replace(seats=seats.get((event.room, event.layout)) or seats.get((event.room, ""), 0))


def _seats(session: Session, places: Iterable[Place]) -> dict[tuple[str, str], int]:
    """How many each layout of a room holds; without one, the room."""
    found = {(place.id, ""): place.capacity for place in places}
    for room, kind, capacity in session.connection().execute(_LAYOUTS):
        found[room, kind] = capacity
    return found


def _between(rows: Sequence[R], begins: datetime, ends: datetime, at: Callable[[R], datetime]) -> list[R]:
    """The rows of a day, found in their order of time: to ask each for its day would take ten times as long."""
    first = bisect_left(rows, begins.astimezone(UTC), key=at)
    return list(rows[first : bisect_left(rows, ends.astimezone(UTC), lo=first, key=at)])


def _runs(days: Sequence[date]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for on in days:
        if found and on - found[-1][1] == _DAY:
            found[-1] = (found[-1][0], on)
        else:
            found.append((on, on))
    return found
