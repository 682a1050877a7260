"""What stands behind a figure: the bookings it was counted from, and when people came. Names are not among it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from civicdesk.desk import calendar, day_facts
from civicdesk.desk.metrics import Event
from civicdesk.models import Booking, BookingState, Organisation, Room, Visit
from civicdesk.text import local

_HIDDEN = (BookingState.CLASH, BookingState.SKIPPED, BookingState.RELEASED)
_HOUR = timedelta(hours=1)

_COME = (
    select(
        Visit.arrived_at,
        Visit.people,
        Organisation.name.label("host"),
        Organisation.is_discreet,
        Room.name.label("room"),
        type_coerce(Visit.room_id, String).label("room_id"),
        Organisation.kind,
    )
    .outerjoin(Organisation, Organisation.id == Visit.host_id)
    .outerjoin(Room, Room.id == Visit.room_id)
    .where(Visit.deleted_at.is_(None))
    .order_by(Visit.arrived_at, Visit.id)
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which figure was tapped: some days, and of them a room, an hour, a weekday or a kind; None is all of them."""

    first: date
    last: date
    room: str | None = None
    hour: int | None = None
    weekday: int | None = None
    event_kind: str | None = None
    organisation_kind: str | None = None
    organisation: str | None = None
    goal: int | None = None

    @property
    def dates(self) -> list[date]:
        """The days, of one weekday if one is wanted."""
        days = [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]
        return [on for on in days if self.weekday in (None, on.weekday())]

    @property
    def is_about_events(self) -> bool:
        """Whether arrivals say nothing about it."""
        return self.event_kind is not None or self.goal is not None


@dataclass(frozen=True)
class Booked:
    """A booking as it is listed."""

    event: Event
    room: str


@dataclass(frozen=True)
class Come:
    """Somebody who came, without a name."""

    at: datetime
    people: int
    host: str
    room: str


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure, the earliest first."""

    booked: Sequence[Booked]
    come: Sequence[Come]

    @property
    def people(self) -> int:
        """How many came by name."""
        return sum(each.people for each in self.come)


def look(session: Session, wanted: Wanted, *, at: datetime) -> Behind:
    """Read what is behind a figure, as far as it had happened at `at`."""
    days = wanted.dates
    if not days:
        return Behind((), ())
    facts = day_facts.read(session, days)
    rooms = {place.id: place.name for place in facts.places}
    parts = {place.id: place.part_of for place in facts.places}
    fits = _fits(session, wanted, parts)
    events = {
        event.id: event
        for found in facts.days.values()
        for event in found.events
        if event.state not in _HIDDEN and _is_in_hour(event, found.begins, wanted.hour) and fits(event)
    }
    booked = [Booked(event, rooms.get(event.room, "")) for event in sorted(events.values(), key=_start)]
    return Behind(booked, () if wanted.is_about_events else _come(session, wanted, at))


def _start(event: Event) -> tuple[datetime, str]:
    return event.starts_at, event.id


def _is_in_hour(event: Event, begins: datetime, hour: int | None) -> bool:
    if hour is None:
        return True
    start = begins + hour * _HOUR
    return event.starts_at < start + _HOUR and max(event.ends_at, event.ended_at or event.ends_at) > start


def _fits(session: Session, wanted: Wanted, parts: dict[str, str | None]) -> Callable[[Event], bool]:
    """Whether a booking belongs to the figure: what is on in the whole room is on in its parts, too."""
    rooms = {wanted.room, parts.get(wanted.room or "")} - {None}
    ids = _of_organisations(session, wanted)

    def fits(event: Event) -> bool:
        return (
            (wanted.room is None or event.room in rooms)
            and (wanted.event_kind is None or event.kind == wanted.event_kind)
            and (wanted.goal is None or str(wanted.goal) in event.sdg.split(","))
            and (ids is None or event.id in ids)
        )

    return fits


def _of_organisations(session: Session, wanted: Wanted) -> set[str] | None:
    """The bookings of one organisation or of all of a kind; an empty kind is nobody's. None: whoever's."""
    if wanted.organisation_kind is None and wanted.organisation is None:
        return None
    begins, ends = _span(wanted)
    query = (
        select(type_coerce(Booking.id, String))
        .outerjoin(Organisation, Organisation.id == Booking.organisation_id)
        .where(Booking.starts_at < ends, Booking.ends_at > begins, Booking.deleted_at.is_(None))
    )
    if wanted.organisation is not None:
        query = query.where(type_coerce(Booking.organisation_id, String) == wanted.organisation)
    elif wanted.organisation_kind:
        query = query.where(Organisation.kind == wanted.organisation_kind)
    else:
        query = query.where(Booking.organisation_id.is_(None))
    return set(session.connection().execute(query).scalars())


def _come(session: Session, wanted: Wanted, at: datetime) -> list[Come]:
    begins, ends = _span(wanted)
    query = _COME.where(Visit.arrived_at >= begins, Visit.arrived_at < min(ends, at))
    if wanted.organisation is not None:
        query = query.where(type_coerce(Visit.host_id, String) == wanted.organisation)
    rows = session.connection().execute(query)
    return [
        Come(row.arrived_at, row.people, "" if row.is_discreet else row.host or "", row.room or "")
        for row in rows
        if _is_wanted(row, wanted)
    ]


def _is_wanted(row: Any, wanted: Wanted) -> bool:  # noqa: ANN401  a row of columns
    came = local(row.arrived_at)
    return (
        wanted.hour in (None, came.hour)
        and wanted.weekday in (None, came.weekday())
        and wanted.room in (None, row.room_id)
        and wanted.organisation_kind in (None, row.kind or "")
    )


def _span(wanted: Wanted) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last."""
    return calendar.midnight_of(wanted.first), calendar.midnight_of(wanted.last + timedelta(days=1))
