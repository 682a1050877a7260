"""What the calendar shows: the bookings of some days, the hours of each day, how many are in each room now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from civicdesk.desk import centre, hours, no_shows, occupancy
from civicdesk.models import Booking, BookingState, Equipment, Layout, Organisation, Room
from civicdesk.text import ZONE, local, utc

_SHOWN = (BookingState.TENTATIVE, BookingState.CONFIRMED, BookingState.NO_SHOW, BookingState.CLASH)
_LONGEST = timedelta(days=2)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_ONE_WEEK = 7
_WEEKS = 6

# columns, not rows of the session: a week of 5,000 bookings is read in a fifth of the time
_COLUMNS = (
    select(
        type_coerce(Booking.id, String),
        type_coerce(Booking.room_id, String),
        type_coerce(Booking.series_id, String),
        Booking.starts_at,
        Booking.ends_at,
        Booking.title,
        Booking.kind,
        Booking.state,
        Booking.people,
        Booking.guests,
        Booking.setup_minutes,
        Booking.clear_minutes,
        Booking.layout,
        Booking.started_at,
        Booking.released_at,
        Organisation.name.label("organisation"),
    )
    .outerjoin(Organisation, Organisation.id == Booking.organisation_id)
    .where(Booking.deleted_at.is_(None), Booking.state.in_(_SHOWN))
    .order_by(Booking.starts_at, Booking.id)
)


class Entry(NamedTuple):
    """One booking as the calendar shows it."""

    id: UUID
    room_id: UUID
    series_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    title: str
    kind: str
    state: str
    people: int
    guests: int | None
    setup_minutes: int
    clear_minutes: int
    layout: str
    started_at: datetime | None
    released_at: datetime | None
    organisation: str | None

    @property
    def held_from(self) -> datetime:
        """From when on it holds its room, setting up included."""
        return self.starts_at - timedelta(minutes=self.setup_minutes)

    @property
    def held_until(self) -> datetime:
        """Until when it holds its room, clearing included, unless the rest was set free."""
        ends_at = self.ends_at + timedelta(minutes=self.clear_minutes)
        return ends_at if self.released_at is None else min(ends_at, self.released_at)

    def is_on(self, at: datetime) -> bool:
        """Whether it is running now."""
        return self.starts_at <= at < (self.released_at or self.ends_at)


@dataclass(frozen=True)
class Calendar:
    """Some days in a row, read in one go."""

    at: datetime
    days: Sequence[hours.Day]
    rooms: Sequence[Room]
    entries: Sequence[Entry]
    now: occupancy.Occupancy
    equipped: dict[UUID, tuple[str, ...]]
    layouts: dict[UUID, dict[str, int]]
    nobody: frozenset[UUID]
    notice: timedelta
    ahead: timedelta

    @property
    def first(self) -> date:
        return self.days[0].on

    @cached_property
    def midnight(self) -> datetime:
        """The instant from which minutes are counted."""
        return utc(midnight_of(self.first))

    def minute(self, at: datetime) -> int:
        """An instant as minutes from the first midnight, in wall time (Istanbul keeps one time all year)."""
        return (at - self.midnight) // _MINUTE

    def instant(self, minute: int) -> datetime:
        """The reverse of `minute`."""
        return self.midnight + timedelta(minutes=minute)

    def seems_empty(self, entry: Entry) -> bool:
        """Whether it began long enough ago and nobody came that the desk knows of."""
        return entry.id in self.nobody

    def booking(self, entry: Entry) -> Booking:
        """An entry as the rules read it; it belongs to no session, and nothing is looked up for it."""
        made = Booking(
            room_id=entry.room_id,
            title=entry.title,
            kind=entry.kind,
            starts_at=entry.starts_at,
            ends_at=entry.ends_at,
            wall_start="",
            state=entry.state,
            setup_minutes=entry.setup_minutes,
            clear_minutes=entry.clear_minutes,
        )
        room = next((room for room in self.rooms if room.id == entry.room_id), None)
        whose = Organisation(name=entry.organisation, kind="") if entry.organisation else None
        set_committed_value(made, "room", room)
        set_committed_value(made, "organisation", whose)
        return made

    def booked_share(self, place: int = 0) -> float | None:
        """How much of the opening hours of all rooms of a day is booked, 0 to 1; None on a closed day."""
        spans = self.days[place].spans
        open_minutes = sum((ends - begins).total_seconds() for begins, ends in spans) / 60 * len(self.rooms)
        if not open_minutes:
            return None
        held = (BookingState.CONFIRMED, BookingState.TENTATIVE)
        booked = sum(
            max(0.0, (min(entry.ends_at, ends) - max(entry.starts_at, begins)).total_seconds()) / 60
            for entry in self.entries
            for begins, ends in spans
            if entry.state in held
        )
        return min(booked / open_minutes, 1.0)


def look(
    session: Session, first: date, days: int = 1, *, at: datetime, room_id: UUID | None = None
) -> Calendar:
    """Read so many days from `first` on, of all rooms or of one."""
    here = centre.the_centre(session)
    rooms = [room for room in in_order(centre.rooms(session)) if room_id in (None, room.id)]
    wanted = [] if room_id is None else [Booking.room_id.in_(_related(session, room_id))]
    begins, ends = midnight_of(first), midnight_of(first + days * _DAY)
    session.flush()
    rows = session.connection().execute(  # no entities to be made: half the time
        _COLUMNS.where(
            Booking.starts_at < ends,
            Booking.starts_at > begins - _LONGEST,
            Booking.ends_at > begins,
            *wanted,
        )
    )
    return Calendar(
        at=at,
        days=list(hours.days(session, [first + n * _DAY for n in range(days)]).values()),
        rooms=rooms,
        entries=_entries(rows),
        now=occupancy.now(session),
        equipped=_equipped(session),
        layouts=_layouts(session),
        nobody=frozenset(booking.id for booking in no_shows.suspects(session, at=at)),
        notice=timedelta(hours=here.notice_hours),
        ahead=timedelta(days=here.ahead_days),
    )


def weeks_of(month: date, *, of: int = _WEEKS) -> tuple[date, int]:
    """The Monday on which the grid of a month begins, and how many days it shows."""
    first = month.replace(day=1)
    return first - timedelta(days=first.weekday()), of * _ONE_WEEK


def midnight_of(on: date) -> datetime:
    """The instant a day of the centre begins."""
    return datetime.combine(on, time(0), ZONE)


def in_order(rooms: Sequence[Room]) -> list[Room]:
    """The rooms as managers ordered them, the parts of a divisible one right after it."""
    there = {room.id for room in rooms}
    parts: dict[UUID, list[Room]] = {}
    for room in rooms:
        if room.part_of_id in there:
            parts.setdefault(room.part_of_id, []).append(room)
    wholes = [room for room in rooms if room.part_of_id not in there]
    return [room for whole in wholes for room in (whole, *parts.get(whole.id, ()))]


def day_of(at: datetime) -> date:
    """The day of the centre in which an instant lies."""
    return local(at).date()


class _Known(dict[str, UUID]):
    """Ids that stand in thousands of rows, each read once."""

    def __missing__(self, text: str) -> UUID:
        self[text] = UUID(text)
        return self[text]


def _entries(rows: Iterable[Any]) -> list[Entry]:
    known = _Known()
    return [
        Entry(UUID(int=int(id_, 16)), known[room], known[series] if series else None, *rest)
        for id_, room, series, *rest in rows
    ]


def _related(session: Session, room_id: UUID) -> list[UUID]:
    """A room, its parts, and the whole it is part of: bookings there hold it, too."""
    room = session.get_one(Room, room_id)
    found = session.scalars(select(Room.id).where(Room.part_of_id == room_id, Room.deleted_at.is_(None)))
    return [room_id, *found, *([room.part_of_id] if room.part_of_id else [])]


def _layouts(session: Session) -> dict[UUID, dict[str, int]]:
    """How each room can be set up, and how many it seats then."""
    rows = session.execute(
        select(Layout.room_id, Layout.kind, Layout.capacity).where(Layout.deleted_at.is_(None))
    )
    found: dict[UUID, dict[str, int]] = {}
    for room_id, kind, capacity in rows:
        found.setdefault(room_id, {})[kind] = capacity
    return found


def _equipped(session: Session) -> dict[UUID, tuple[str, ...]]:
    """What stands in each room for good, by name."""
    rows = session.execute(
        select(Equipment.room_id, Equipment.name)
        .where(Equipment.room_id.is_not(None), Equipment.deleted_at.is_(None))
        .order_by(Equipment.name)
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for room_id, name in rows:
        if room_id is not None:
            found[room_id] = (*found.get(room_id, ()), name)
    return found
