"""Every figure of the reports, each with its definition; pure functions over rows, which know no database.

Shares are 0 to 1. Where a figure cannot be given it is None, never nought by nought: whoever shows it says why.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from civicdesk.desk import spans
from civicdesk.desk.spans import Spans
from civicdesk.models import BookingState

Key = str | None
Where = tuple[Key, Key]
"""A room, and the event in it: people there are counted together."""


class Stay(NamedTuple):
    """One visit: of one person, or of one with company."""

    visitor: str
    people: int
    arrived_at: datetime
    left_at: datetime | None
    room: Key = None
    booking: Key = None
    left_how: str | None = None


class Heads(NamedTuple):
    """So many more, or fewer, counted by head at one place."""

    at: datetime
    change: int
    room: Key = None
    booking: Key = None


class Event(NamedTuple):
    """One booking as the figures see it; `seats` is how many its layout holds, else its room."""

    id: str
    room: str
    starts_at: datetime
    ends_at: datetime
    state: str = BookingState.CONFIRMED
    title: str = ""
    organisation: str | None = None
    kind: str = ""
    layout: str = ""
    people: int = 1
    guests: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    released_at: datetime | None = None
    sdg: str = ""
    whose: Key = None
    whose_kind: str = ""
    seats: int = 0
    counted: int = 0

    @property
    def is_firm(self) -> bool:
        """It holds its room, or did until nobody came."""
        return self.state in (BookingState.CONFIRMED, BookingState.NO_SHOW)

    @property
    def is_no_show(self) -> bool:
        return self.state == BookingState.NO_SHOW

    @property
    def came(self) -> int | None:
        """How many came: what was noted at its end, or what was counted there, whichever is more."""
        known = max(self.guests or 0, self.counted)
        return known or (0 if self.guests == 0 else None)

    @property
    def is_seen(self) -> bool:
        """Whether the desk knows that it took place: it was seen to begin, or people came."""
        return self.is_firm and not self.is_no_show and (self.started_at is not None or bool(self.came))

    @property
    def has_noted_end(self) -> bool:
        return self.ended_at is not None

    def used_span(self, until: datetime) -> spans.Span:
        """From its actual to its actual end; where one was not noted, the booked one stands in."""
        return self.started_at or self.starts_at, min(self.ended_at or self.ends_at, until)


class Peak(NamedTuple):
    """The most people inside, and the beginning of the quarter of an hour in which they were."""

    people: int
    at: datetime


@dataclass(frozen=True)
class RoomUse:
    """What one room was for in a day; minutes of its opening hours, but for `out_of_hours` and `released`."""

    room: str
    open: Spans
    open_so_far: Spans
    booked: Spans
    used: Spans
    events: tuple[Event, ...]
    released: float
    out_of_hours: float
    fill: float | None

    @property
    def booked_share(self) -> float | None:
        return share(spans.minutes(self.booked), spans.minutes(self.open))

    @property
    def used_share(self) -> float | None:
        return share(spans.minutes(self.used), spans.minutes(self.open_so_far))

    @property
    def utilisation(self) -> float | None:
        return utilisation(self.used_share, self.fill)

    @property
    def is_idle(self) -> bool:
        return not self.booked and not self.used and not self.out_of_hours


def room_use(room: str, opening: Spans, events: Iterable[Event], *, until: datetime) -> RoomUse:
    """One room: O, B and U, and what follows from them. `until` is the instant up to which it is known."""
    firm = tuple(event for event in events if event.is_firm)
    if not firm:
        return RoomUse(room, opening, spans.until(opening, until), (), (), (), 0.0, 0.0, None)
    held, seen = booked(firm), used(firm, until)
    return RoomUse(
        room=room,
        open=opening,
        open_so_far=spans.until(opening, until),
        booked=spans.within(held, opening),
        used=spans.within(seen, opening),
        events=firm,
        released=released_minutes(firm),
        out_of_hours=out_of_hours_minutes(held, seen, opening),
        fill=fill(firm, opening, until),
    )


def booked(events: Iterable[Event]) -> Spans:
    """B, before it is cut to the opening hours: the union of firm bookings, also of those nobody came to."""
    return spans.union((event.starts_at, event.ends_at) for event in events if event.is_firm)


def used(events: Iterable[Event], until: datetime) -> Spans:
    """U, before it is cut to the opening hours: the union of the actual times of events that took place."""
    return spans.union(event.used_span(until) for event in events if event.is_seen)


def share(part: float, whole: float) -> float | None:
    """Booked share = ΣB/ΣO, used share = ΣU/ΣO, no-show share = no-shows/bookings due; None of nothing."""
    return min(part / whole, 1.0) if whole > 0 else None


def fill(events: Iterable[Event], opening: Spans, until: datetime) -> float | None:
    """Σ(people who came × minutes used)/Σ(seats of the layout × minutes used), over what was counted."""
    came, room = taken_seats(events, opening, until)
    return came / room if room else None


def taken_seats(events: Iterable[Event], opening: Spans, until: datetime) -> tuple[float, float]:
    """Both sums of `fill`, so that days can be put together."""
    came = room = 0.0
    for event in events:
        if event.is_seen and event.came is not None and event.seats:
            lasted = spans.minutes(spans.within(spans.union([event.used_span(until)]), opening))
            came += event.came * lasted
            room += event.seats * lasted
    return came, room


def utilisation(used_share: float | None, filled: float | None) -> float | None:
    """Used share × fill."""
    return None if used_share is None or filled is None else used_share * filled


def released_minutes(events: Sequence[Event]) -> float:
    """Minutes of bookings nobody came to that were booked again by others."""
    freed = [
        (event.released_at or event.ends_at, event.ends_at)
        for event in events
        if event.is_no_show and event.released_at is not None
    ]
    others = booked(event for event in events if not event.is_no_show)
    return spans.minutes(spans.within(spans.union(freed), others))


def out_of_hours_minutes(held: Spans, seen: Spans, opening: Spans) -> float:
    """Minutes for which a room was booked or used while the centre is closed."""
    return spans.minutes(spans.without(spans.union((*held, *seen)), opening))


def due(events: Iterable[Event], until: datetime) -> list[Event]:
    """The firm bookings whose beginning has passed: those of which somebody could have come."""
    return [event for event in events if event.is_firm and event.starts_at < until]


def entries(stays: Iterable[Stay]) -> int:
    """Every arrival by name counts, of a group all who came; who comes twice counts twice."""
    return sum(stay.people for stay in stays)


def distinct_people(stays: Iterable[Stay]) -> int:
    """Each visitor once, with the largest company he or she came with that day."""
    largest: dict[str, int] = {}
    for stay in stays:
        largest[stay.visitor] = max(stay.people, largest.get(stay.visitor, 0))
    return sum(largest.values())


def counted_at(stays: Iterable[Stay], heads: Iterable[Heads]) -> dict[Where, tuple[int, int]]:
    """For each place: how many came with a name, and the most that were counted there by head at one time."""
    named: Counter[Where] = Counter()
    for stay in stays:
        named[stay.room, stay.booking] += stay.people
    most: dict[Where, int] = {}
    running: Counter[Where] = Counter()
    for count in heads:
        where = (count.room, count.booking)
        running[where] += count.change
        most[where] = max(most.get(where, 0), running[where])
    return {where: (named[where], most.get(where, 0)) for where in named.keys() | most.keys()}


def of_event(booking: str, places: Mapping[Where, tuple[int, int]]) -> int:
    """How many were counted at an event: its names or its heads, whichever are more."""
    own = [counts for (_room, event), counts in places.items() if event == booking]
    return max(sum(named for named, _heads in own), sum(heads for _named, heads in own), 0)


def unnamed(places: Mapping[Where, tuple[int, int]], noted: Mapping[str, int]) -> int:
    """People without a name: at each event, and in each room besides, what was counted beyond the names.

    `noted` is how many guests were written down for an event. With 3 names, 49 heads are 46 more and not 49.
    """
    named: Counter[Where] = Counter()
    heads: Counter[Where] = Counter()
    for (room, event), (with_name, by_head) in places.items():
        where = (None, event) if event else (room, None)
        named[where] += with_name
        heads[where] += by_head
    for event, guests in noted.items():
        heads[None, event] = max(heads[None, event], guests)
    return sum(max(count - named[where], 0) for where, count in heads.items())


def arrivals(stays: Iterable[Stay], midnight: datetime, minutes: int = 60) -> dict[int, int]:
    """Entries by the hour of the day in which they came, or by steps of so many minutes."""
    by_step: Counter[int] = Counter()
    step = timedelta(minutes=minutes)
    for stay in stays:
        by_step[(stay.arrived_at - midnight) // step] += stay.people
    return dict(by_step)


def held(events: Iterable[Event], begins: datetime, until: datetime, at: datetime) -> list[Event]:
    """The events that began in [begins, until) and are over at an instant: firm ones, without no-shows."""
    return [
        event
        for event in events
        if event.is_firm
        and not event.is_no_show
        and begins <= event.starts_at < until
        and (event.ended_at or event.ends_at) <= at
    ]


def guests(events: Iterable[Event]) -> int:
    """Σ of the guests of events: what was noted at the end, or counted there, whichever is more."""
    return sum(event.came or 0 for event in events)


def mean_guests(events: Iterable[Event]) -> float | None:
    """Guests ÷ events at which they were counted; None where none was."""
    return mean(event.came for event in events)


def median(values: Sequence[float]) -> float | None:
    """The middle one; None of nothing."""
    return statistics.median(values) if values else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of what is known; None of nothing."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
