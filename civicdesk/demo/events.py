"""A year of events: how many of which kind, how many guests, in which room and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log

from civicdesk.demo import furnishing
from civicdesk.demo.chance import Dice
from civicdesk.demo.clock import Day, stamp
from civicdesk.demo.organisations import Organisation
from civicdesk.demo.rooms import Room
from civicdesk.demo.titles import goals_of, title_of
from civicdesk.demo.writer import Writer
from civicdesk.models import BookingState

KINDS = {
    "meeting": 400,
    "training": 58,
    "workshop": 50,
    "general_assembly": 60,
    "panel": 26,
    "conference": 20,
    "cultural": 45,
}
"""How many events of which kind a year has: 659."""

GUESTS = 32_612
"""How many guests the events of a year have."""

_BIGNESS = {"meeting": -0.4, "general_assembly": 0.7, "panel": 0.8, "conference": 1.2, "cultural": 0.8}
_DURATIONS = {
    "meeting": (60, 90, 120),
    "training": (120, 180),
    "workshop": (120, 180),
    "general_assembly": (120, 180),
}
_OTHER_DURATIONS = (90, 120, 150)
_MEDIAN, _SPREAD, _LEAST, _MOST = 35, 0.83, 5, 250

_WEEKDAYS = (0.85, 1, 1.05, 1.1, 0.95, 1.4)
_MONTHS = {7: 0.6, 8: 0.5, 10: 1.25, 11: 1.3, 12: 1.2}
_A_WHOLE_DAY = 630
_MOST_A_DAY = 5
_TOGETHER = 250
_DAY_MS = 86_400_000
_PAUSE = 25
_SLOT = 30
_TRIES = 30
_SNUG = 0.7
_ALL_BY_NAME = 0.35


@dataclass
class Slot:
    """A room on a day; `start` and `end` are minutes of it."""

    day: Day
    start: int
    end: int
    room: Room


@dataclass
class Event(Slot):
    """A booking; `guests` is None until it is over."""

    id: str
    organisation: Organisation
    kind: str
    title: str
    people: int
    guests: int | None = None
    named: int = 0
    heads: int = 0
    state: BookingState = BookingState.CONFIRMED
    series_id: str | None = None
    call_of_id: str | None = None
    why: str = ""
    contact: str = ""
    setup: int = 0


class Diary:
    """All events by day; never two in a room, never more people than the doors can take."""

    def __init__(self, dice: Dice, rooms: Sequence[Room], organisations: Sequence[Organisation]) -> None:
        self._dice, self._organisations = dice, organisations
        self._rooms = sorted(
            (room for room in rooms if not room.is_work_area), key=lambda room: room.capacity
        )
        self._by_day: dict[Day, list[Event]] = {}

    def on(self, day: Day) -> list[Event]:
        return self._by_day.get(day, [])

    def put(self, event: Event) -> None:
        self._by_day.setdefault(event.day, []).append(event)

    def fill_year(self, days: Sequence[Day], given: Sequence[Event] = ()) -> None:
        """Plan a year of past events on these days, with the given ones among them."""
        kinds = Counter(KINDS)
        kinds.subtract(event.kind for event in given)
        sizes = _sizes(self._dice, kinds.total(), GUESTS - sum(event.guests or 0 for event in given))
        self._place_all(days, self._shared_out(kinds, sizes), is_past=True)
        for event in given:
            self.put(event)

    def fill_ahead(self, days: Sequence[Day], count: int) -> None:
        """Plan events that are yet to come."""
        kinds = Counter(self._dice.choices(list(KINDS), list(KINDS.values()), k=count))
        self._place_all(
            days, self._shared_out(kinds, _sizes(self._dice, count, count * _MEDIAN)), is_past=False
        )

    def _shared_out(self, kinds: Counter[str], sizes: list[int]) -> list[tuple[int, str]]:
        """Sizes with kinds, the big ones first; assemblies and conferences are bigger than meetings."""
        ranked = sorted(kinds.elements(), key=lambda kind: _BIGNESS.get(kind, 0) + self._dice.gauss(0, 0.8))
        return list(zip(sorted(sizes, reverse=True), reversed(ranked), strict=True))

    def _place_all(self, days: Sequence[Day], wanted: list[tuple[int, str]], *, is_past: bool) -> None:
        weights = list(accumulate(_weight(day) for day in days))
        for size, kind in wanted:
            while (
                event := self._place(self._dice.choices(days, cum_weights=weights)[0], size, kind)
            ) is None:
                pass
            if is_past:
                _count_guests(self._dice, event, size)
            self.put(event)

    def _place(self, day: Day, size: int, kind: str) -> Event | None:
        """An event somewhere on this day, or None where it does not fit."""
        dice = self._dice
        if len(self.on(day)) >= _MOST_A_DAY:
            return None
        for _try in range(_TRIES):
            length = dice.choice(_DURATIONS.get(kind, _OTHER_DURATIONS))
            room = self._room_for(size)
            slots = (day.closes - day.opens - length) // _SLOT
            if slots < 0:
                continue
            start = day.opens + _SLOT * dice.randint(0, slots)
            slot = Slot(day, start, start + length, room)
            if self._is_free(slot, size):
                return self._event(slot, kind, size)
        return None

    def _room_for(self, size: int) -> Room:
        fitting = [room for room in self._rooms if room.capacity >= size]
        return fitting[0] if self._dice.happens(_SNUG) else self._dice.choice(fitting)

    def _is_free(self, slot: Slot, size: int) -> bool:
        near = [event for event in self.on(slot.day) if _overlap(event, slot, _PAUSE)]
        if any(event.room == slot.room and _overlap(event, slot) for event in near):
            return False
        return size + sum(event.guests or event.people for event in near) <= _TOGETHER

    def _event(self, slot: Slot, kind: str, size: int) -> Event:
        dice = self._dice
        organisation = self._organisations[dice.often_first(len(self._organisations))]
        made = slot.day.ms(slot.start) - dice.randint(3, 40) * _DAY_MS
        return Event(
            id=dice.id_at(made),
            day=slot.day,
            start=slot.start,
            end=slot.end,
            room=slot.room,
            organisation=organisation,
            kind=kind,
            title=title_of(dice, kind, year=slot.day.on.year),
            people=size,
        )


def write(writer: Writer, event: Event) -> None:
    """Write the booking."""
    day = event.day
    writer.add(
        "booking",
        id=event.id,
        room_id=event.room.id,
        organisation_id=event.organisation.id,
        title=event.title,
        kind=event.kind,
        starts_at=stamp(day.ms(event.start)),
        ends_at=stamp(day.ms(event.end)),
        wall_start=event.day.wall(event.start),
        zone="Europe/Istanbul",
        people=event.people,
        guests=event.guests,
        state=event.state,
        series_id=event.series_id,
        series_on=event.series_id and day.on.isoformat(),
        call_of_id=event.call_of_id,
        setup_minutes=event.setup,
        layout=furnishing.layout_of(event.room.name, event.kind, max(event.people, event.guests or 0)),
        contact_name=event.contact,
        sdg=goals_of(event.title),
        why=event.why,
    )


def _overlap(one: Slot, other: Slot, pause: int = 0) -> bool:
    return one.start < other.end + pause and other.start < one.end + pause


def _count_guests(dice: Dice, event: Event, guests: int) -> None:
    """Who came: by name, or the whole room counted by head with some of them by name as well."""
    event.guests = guests
    event.people = min(event.room.capacity, round(guests * dice.uniform(0.8, 1.3)))
    if dice.happens(_ALL_BY_NAME):
        event.named = guests
    else:
        event.named = round(guests * dice.uniform(0.48, 0.96))
        event.heads = guests


def _weight(day: Day) -> float:
    whole = (day.closes - day.opens) / _A_WHOLE_DAY
    return _WEEKDAYS[day.on.weekday()] * _MONTHS.get(day.on.month, 1) * min(whole, 1)


def _sizes(dice: Dice, count: int, total: int) -> list[int]:
    """Lognormal sizes that add up to the total."""
    drawn = [dice.lognormvariate(log(_MEDIAN), _SPREAD) for _n in range(count)]
    factor = total / sum(drawn)
    sizes = [min(_MOST, max(_LEAST, round(size * factor))) for size in drawn]
    while missing := total - sum(sizes):
        step = 1 if missing > 0 else -1
        for index in dice.sample(range(count), min(abs(missing), count)):
            sizes[index] = min(_MOST, max(_LEAST, sizes[index] + step))
    return sizes
