"""The figures of one day, from what was written down of it: pure functions, each figure by its definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from civicdesk.desk import inside_curve, metrics, spans
from civicdesk.desk.day_facts import DayFacts, Facts, Place
from civicdesk.desk.metrics import Event, Peak, RoomUse


class Why(StrEnum):
    """Why a figure cannot be given."""

    BEFORE = "before"
    AHEAD = "ahead"
    CLOSED = "closed"
    NO_ROOMS = "no_rooms"
    NOBODY = "nobody"
    NO_EVENTS = "no_events"
    NOT_COUNTED = "not_counted"
    NOT_KEPT = "not_kept"
    PARTLY = "partly"
    FEW = "few"
    """Known, but hidden: fewer than five people, or what would tell them."""


@dataclass(frozen=True)
class Figure:
    """A number, or why there is none."""

    value: float | None
    why: str = ""

    @classmethod
    def of(cls, value: float | None, why: str) -> Figure:
        return cls(value, "" if value is not None else why)


@dataclass(frozen=True)
class RoomLine:
    """One room of the sheet."""

    place: Place
    use: RoomUse


@dataclass(frozen=True)
class DayFigures:
    """One day in figures. `until` is the instant up to which it is known: its end, or now."""

    facts: DayFacts
    until: datetime
    why: str
    rooms: Sequence[RoomLine]
    curve: Sequence[tuple[datetime, int]]
    entries: int
    distinct: int
    unnamed: int
    peak_seen: Peak | None

    @property
    def is_known(self) -> bool:
        """Whether people could have been counted: the day has begun and the desk was there."""
        return not self.why

    @property
    def visitors(self) -> Figure:
        """Entries by name and everyone counted without a name."""
        return self._known(self.entries + self.unnamed)

    @property
    def peak(self) -> Figure:
        """The most people inside within a quarter of an hour."""
        return self._known(self.peak_seen.people if self.peak_seen else 0)

    @cached_property
    def open_minutes(self) -> float:
        """ΣO of all rooms."""
        return sum(spans.minutes(line.use.open) for line in self.rooms)

    @cached_property
    def open_minutes_so_far(self) -> float:
        """ΣO of all rooms up to `until`."""
        return sum(spans.minutes(line.use.open_so_far) for line in self.rooms)

    @cached_property
    def booked_minutes(self) -> float:
        """ΣB of all rooms."""
        return sum(spans.minutes(line.use.booked) for line in self.rooms)

    @cached_property
    def used_minutes(self) -> float:
        """ΣU of all rooms."""
        return sum(spans.minutes(line.use.used) for line in self.rooms)

    @property
    def booked(self) -> Figure:
        """Booked share of all rooms: ΣB/ΣO."""
        if self.why == Why.BEFORE:
            return Figure(None, self.why)
        return Figure.of(metrics.share(self.booked_minutes, self.open_minutes), self._no_hours())

    @property
    def used(self) -> Figure:
        """Used share of all rooms: ΣU/ΣO, both up to `until`."""
        if self.why:
            return Figure(None, self.why)
        return Figure.of(metrics.share(self.used_minutes, self.open_minutes_so_far), self._no_hours())

    @cached_property
    def fill(self) -> Figure:
        """How full the rooms were while in use; an event of a divided room counts once."""
        if self.why:
            return Figure(None, self.why)
        filled = metrics.fill(self.firm, self.facts.day.spans, self.until)
        return Figure.of(filled, Why.NOT_COUNTED if self.firm else Why.NO_EVENTS)

    @property
    def utilisation(self) -> Figure:
        """Used share × fill."""
        found = metrics.utilisation(self.used.value, self.fill.value)
        return Figure.of(found, self.used.why or self.fill.why)

    @cached_property
    def firm(self) -> list[Event]:
        """The events that hold or held a room."""
        return [event for event in self.facts.events if event.is_firm]

    @property
    def events(self) -> Figure:
        """Firm events of the day to which somebody came or may still come."""
        if self.why == Why.BEFORE:
            return Figure(None, self.why)
        return Figure(sum(not event.is_no_show for event in self.firm))

    @property
    def no_shows(self) -> Figure:
        """Bookings nobody came to."""
        return self._known(sum(event.is_no_show for event in self.firm))

    @property
    def no_show_share(self) -> Figure:
        """No-shows ÷ bookings due."""
        if self.why:
            return Figure(None, self.why)
        due = metrics.due(self.firm, self.until)
        missing = sum(event.is_no_show for event in due)
        return Figure.of(metrics.share(missing, len(due)), Why.NO_EVENTS)

    @property
    def released(self) -> float:
        """Minutes nobody came for that others booked."""
        return sum(line.use.released for line in self.rooms)

    @property
    def out_of_hours(self) -> float:
        """Minutes booked or used while the centre is closed."""
        return sum(line.use.out_of_hours for line in self.rooms)

    @property
    def idle_rooms(self) -> int:
        """Rooms that nobody booked or used."""
        return sum(line.use.is_idle for line in self.rooms)

    @property
    def handed_over(self) -> Figure:
        """Items of post handed over."""
        return self._known(self.facts.handed_over)

    @property
    def unconfirmed(self) -> int:
        """Events whose time is over and of which nobody noted whether they took place."""
        return sum(
            not event.is_seen and not event.is_no_show
            for event in self.firm
            if (event.ended_at or event.ends_at) <= self.until
        )

    @property
    def without_end(self) -> int:
        """Events that took place with no end noted: the booked one stands in."""
        return sum(event.is_seen and not event.has_noted_end for event in self.firm)

    def _known(self, value: float) -> Figure:
        return Figure(None if self.why else value, self.why)

    def _no_hours(self) -> str:
        if not self.rooms:
            return Why.NO_ROOMS
        return Why.CLOSED if not self.facts.day.spans else Why.AHEAD


def day_figures(facts: DayFacts, all_facts: Facts, *, at: datetime) -> DayFigures:
    """The figures of a day, known up to `at` or to its end."""
    until = min(at, facts.ends)
    stays, heads = facts.stays, facts.heads
    if until < facts.ends:
        stays = [stay for stay in stays if stay.arrived_at < until]
        heads = [count for count in heads if count.at < until]
    curve = inside_curve.draw(stays, heads)
    firm = {event.id: event for event in facts.events if event.is_firm and event.starts_at < until}
    noted = {event.id: event.guests for event in firm.values() if event.guests}
    return DayFigures(
        facts=facts,
        until=until,
        why=_why(facts, all_facts, at),
        rooms=_rooms(facts, all_facts.places, until),
        curve=curve,
        entries=metrics.entries(stays),
        distinct=metrics.distinct_people(stays),
        unnamed=metrics.unnamed(metrics.counted_at(stays, heads), noted),
        peak_seen=inside_curve.peak(curve, facts.begins, until),
    )


def counted_rooms(places: Sequence[Place], facts: DayFacts) -> list[Place]:
    """The rooms of a day: those there were, a divided one by its parts, without the work areas (they have seats)."""
    there = [place for place in places if place.gone_at is None or place.gone_at > facts.begins]
    wholes = {place.part_of for place in there}
    return [place for place in there if place.id not in wholes and not place.is_work_area]


def _rooms(facts: DayFacts, places: Sequence[Place], until: datetime) -> list[RoomLine]:
    by_room: dict[str, list[Event]] = defaultdict(list)
    for event in facts.events:
        by_room[event.room].append(event)
    found = []
    for place in counted_rooms(places, facts):
        opening = facts.day.spans if place.gone_at is None else spans.until(facts.day.spans, place.gone_at)
        events = _events_of(place, by_room)
        found.append(RoomLine(place, metrics.room_use(place.id, opening, events, until=until)))
    return found


def _events_of(place: Place, by_room: dict[str, list[Event]]) -> Iterable[Event]:
    """A part of a room is held also by what is on in the whole."""
    own = by_room.get(place.id, [])
    return [*own, *by_room.get(place.part_of, [])] if place.part_of else own


def _why(facts: DayFacts, all_facts: Facts, at: datetime) -> str:
    if facts.begins >= at:
        return Why.AHEAD
    is_over = facts.ends <= at  # of today the desk knows that nobody came yet
    is_before = all_facts.first_on is None or facts.day.on < all_facts.first_on
    return Why.BEFORE if is_over and is_before else ""
