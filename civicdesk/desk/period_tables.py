"""The tables of a period: by room, by kind, by organisation, by hour; pure functions over its days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from civicdesk.desk import metrics, spans
from civicdesk.desk.booking_words import KIND_WORDS
from civicdesk.desk.day_facts import Place
from civicdesk.desk.day_figures import DayFigures, Figure, RoomLine, Why
from civicdesk.desk.metrics import Event
from civicdesk.desk.period_figures import QUARTER, Days, grouped
from civicdesk.desk.period_rows import (
    GOALS,
    EventKindRow,
    GoalRow,
    Heat,
    RoomRow,
)

_QUARTERS = 60 // QUARTER


def room_rows(days: Days) -> list[RoomRow]:
    """Every room there was, also an idle one; an event in the whole of a divided room counts with each part."""
    lines: dict[str, list[tuple[DayFigures, RoomLine]]] = defaultdict(list)
    for day in days.known:
        for line in day.rooms:
            lines[line.place.id].append((day, line))
    by_room: dict[str, list[Event]] = defaultdict(list)
    for event in days.held:
        by_room[event.room].append(event)
    found = [_room_row(of_room, by_room) for of_room in lines.values()]
    return sorted(found, key=lambda row: (row.place.position, row.place.name))


def _room_row(
    lines: Sequence[tuple[DayFigures, RoomLine]], by_room: Mapping[str, Sequence[Event]]
) -> RoomRow:
    uses = [line.use for _day, line in lines]
    place = lines[-1][1].place
    held = [*by_room.get(place.id, ()), *(by_room.get(place.part_of, ()) if place.part_of else ())]
    parts = [metrics.taken_seats(line.use.events, line.use.open, day.until) for day, line in lines]
    filled = metrics.share(sum(came for came, _seats in parts), sum(seats for _came, seats in parts))
    so_far = sum(spans.minutes(use.open_so_far) for use in uses)
    open_ = sum(spans.minutes(use.open) for use in uses)
    held_for = sum(spans.minutes(use.booked) for use in uses)
    used_for = sum(spans.minutes(use.used) for use in uses)
    used = metrics.share(used_for, so_far)
    return RoomRow(
        place=place,
        open_minutes=open_,
        booked_minutes=held_for,
        used_minutes=used_for,
        booked=Figure.of(metrics.share(held_for, open_), Why.CLOSED),
        used=Figure.of(used, Why.CLOSED),
        fill=Figure.of(filled, Why.NOT_COUNTED if held else Why.NO_EVENTS),
        utilisation=Figure.of(metrics.utilisation(used, filled), Why.NOT_COUNTED if held else Why.NO_EVENTS),
        events=len(held),
        guests=Figure(metrics.guests(held)),
        no_shows=len({event.id for use in uses for event in use.events if event.is_no_show}),
        released=sum(use.released for use in uses),
        out_of_hours=sum(use.out_of_hours for use in uses),
        is_idle=all(use.is_idle for use in uses),
    )


def event_kind_rows(days: Days) -> list[EventKindRow]:
    """Every kind the desk offers, also those there were none of."""
    held = grouped(days.held, lambda event: event.kind)
    missed = Counter(event.kind for event in days.due if event.is_no_show)
    kinds = [*KIND_WORDS, *sorted({*held, *missed} - set(KIND_WORDS))]
    return [
        EventKindRow(
            kind,
            len(held.get(kind, ())),
            Figure(metrics.guests(held.get(kind, ()))),
            Figure.of(
                metrics.mean_guests(held.get(kind, ())),
                Why.NOT_COUNTED if held.get(kind) else Why.NO_EVENTS,
            ),
            missed[kind],
        )
        for kind in kinds
    ]


def uncounted(days: Days) -> int:
    """Events that took place and at which nobody was counted."""
    return sum(event.came is None for event in days.held)


def goal_rows(days: Days) -> list[GoalRow]:
    """All seventeen goals, also those that no event served."""
    by_goal: dict[int, list[Event]] = defaultdict(list)
    for event in days.held:
        for goal in _goals(event):
            by_goal[goal].append(event)
    return [GoalRow(goal, len(by_goal[goal]), Figure(metrics.guests(by_goal[goal]))) for goal in GOALS]


def without_goal(days: Days) -> int:
    """Events that served none of the goals."""
    return sum(not _goals(event) for event in days.held)


def _goals(event: Event) -> set[int]:
    found = {int(said) for said in event.sdg.split(",") if said.strip().isdigit()}
    return found & set(GOALS)


def arrivals(days: Days) -> dict[int, int]:
    """Entries by the hour of the day, of all days together."""
    found: Counter[int] = Counter()
    for step, people in _by_quarter(days).items():
        found[step // _QUARTERS] += people
    return dict(sorted(found.items()))


def curve(days: Days) -> list[tuple[int, float]]:
    """Entries by the quarter of an hour, from the first to the last with any: the mean of an open day."""
    found = _by_quarter(days)
    if not found:
        return []
    steps = range(min(found), max(found) + 1)
    return [(step * QUARTER, found[step] / max(days.open_days, 1)) for step in steps]


def weekday_heat(days: Days) -> Heat:
    """Entries by weekday and hour: the mean of such days that were open in that hour.

    A weekday that there was none of has no row: it was not closed.
    """
    came: Counter[tuple[str, int]] = Counter()
    open_: Counter[tuple[str, int]] = Counter()
    for day, by_quarter in zip(days.known, days.arrivals, strict=True):
        row = str(day.facts.day.on.weekday())
        for step, people in by_quarter.items():
            came[row, step // _QUARTERS] += people
        for hour in spans.by_hour(spans.until(day.facts.day.spans, day.until), day.facts.begins):
            open_[row, hour] += 1
    cells = {cell: came[cell] / max(open_[cell], 1) for cell in came.keys() | open_.keys()}
    weekdays = sorted({day.facts.day.on.weekday() for day in days.known})
    return Heat([str(weekday) for weekday in weekdays], _hours(cells), cells)


def room_heat(days: Days) -> Heat:
    """The share of its opening time for which each room was in use, by hour."""
    used: dict[tuple[str, int], float] = defaultdict(float)
    open_: dict[tuple[str, int], float] = defaultdict(float)
    places: dict[str, Place] = {}
    for day in days.known:
        for line in day.rooms:
            places[line.place.id] = line.place
            for hour, minutes in spans.by_hour(line.use.open_so_far, day.facts.begins).items():
                open_[line.place.id, hour] += minutes
            for hour, minutes in spans.by_hour(line.use.used, day.facts.begins).items():
                used[line.place.id, hour] += minutes
    cells = {cell: min(used.get(cell, 0.0) / minutes, 1.0) for cell, minutes in open_.items() if minutes}
    rows = sorted(places.values(), key=lambda place: (place.position, place.name))
    return Heat([place.id for place in rows], _hours(cells), cells)


def _by_quarter(days: Days) -> Counter[int]:
    found: Counter[int] = Counter()
    for by_quarter in days.arrivals:
        found.update(by_quarter)
    return found


def _hours(cells: Iterable[tuple[str, int]]) -> list[int]:
    known = [hour for _row, hour in cells]
    return list(range(min(known), max(known) + 1)) if known else []
