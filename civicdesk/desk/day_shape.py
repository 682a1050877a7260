"""A day to be looked at: who was in which room in which hour, and who came when beside who usually does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from sqlalchemy.orm import Session

from civicdesk.desk import day_facts, day_figures, metrics, occupancy_day, spans
from civicdesk.desk.day_figures import DayFigures, RoomLine
from civicdesk.desk.metrics import Event
from civicdesk.desk.occupancy_day import OccupancyDay

_HOUR, _WEEK = timedelta(hours=1), timedelta(weeks=1)
_WEEKS = 4
_USUAL = range(9, 18)


class HourState(Enum):
    """What became of an hour of a room."""

    CLOSED = "closed"
    FREE = "free"
    USED = "used"
    BOOKED = "booked"
    NOBODY_CAME = "nobody_came"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RoomHour:
    """One hour of one room: the people of its largest event, or those expected where it was only booked."""

    state: HourState
    people: int | None = None
    seats: int = 0

    @property
    def fill(self) -> float | None:
        """How full it was; None where nobody was counted."""
        return None if self.people is None or not self.seats else min(self.people / self.seats, 1.0)


@dataclass(frozen=True)
class DayShape:
    """The day, its rooms by the hour, and the mean of the same weekday by the hour (`usual_of` so many of them)."""

    seen: OccupancyDay
    hours: Sequence[int]
    cells: Mapping[tuple[str, int], RoomHour]
    usual: Mapping[int, float]
    usual_of: int


def look(session: Session, on: date, *, at: datetime) -> DayShape:
    """Read a day as it is known at `at`. Refuses `no_centre`."""
    seen = occupancy_day.look(session, on, at=at)
    figures = seen.figures
    hours = _hours(figures, seen.arrivals)
    cells = {
        (line.place.id, hour): room_hour(line, figures, hour) for line in figures.rooms for hour in hours
    }
    usual, count = _usual(session, on, at)
    return DayShape(seen, hours, cells, usual, count)


def room_hour(line: RoomLine, figures: DayFigures, hour: int) -> RoomHour:
    """What an hour of a room was for; of several events the one with most people."""
    begins = figures.facts.begins + hour * _HOUR
    span = (begins, begins + _HOUR)
    here = [each for each in line.use.events if each.starts_at < span[1] and each.ends_at > span[0]]
    used = [each for each in line.use.events if _is_used(each, figures.until, span)]
    if used:
        most = max(used, key=lambda each: each.came or 0)
        return RoomHour(HourState.USED, most.came, most.seats or line.place.capacity)
    if not here:
        is_open = bool(spans.within(line.use.open, [span]))
        return RoomHour(
            (HourState.FREE if not figures.why else HourState.UNKNOWN) if is_open else HourState.CLOSED
        )
    most = max(here, key=lambda each: each.people)
    state = HourState.NOBODY_CAME if most.is_no_show else HourState.BOOKED
    return RoomHour(state, most.people, most.seats or line.place.capacity)


def _is_used(event: Event, until: datetime, span: spans.Span) -> bool:
    return event.is_seen and bool(spans.within([event.used_span(until)], [span]))


def _hours(figures: DayFigures, arrivals: Mapping[int, int]) -> Sequence[int]:
    """The hours of opening, and those besides in which something was on or somebody came."""
    begins, ends = figures.facts.begins, figures.facts.ends
    on = [*figures.facts.day.spans, *((each.starts_at, each.ends_at) for each in figures.firm)]
    firsts = [int((max(first, begins) - begins) // _HOUR) for first, _last in on]
    lasts = [-int((begins - min(last, ends)) // _HOUR) for _first, last in on]
    firsts, lasts = [*firsts, *arrivals], [*lasts, *(hour + 1 for hour in arrivals)]
    return range(min(firsts), max(lasts)) if firsts else _USUAL


def _usual(session: Session, on: date, at: datetime) -> tuple[dict[int, float], int]:
    """The mean arrivals of the same weekday of the weeks before, of those that were open and kept."""
    facts = day_facts.read(session, [on - n * _WEEK for n in range(1, _WEEKS + 1)])
    known = [
        found
        for found in facts.days.values()
        if found.day.spans and day_figures.day_figures(found, facts, at=at).is_known
    ]
    by_hour: Counter[int] = Counter()
    for found in known:
        by_hour.update(metrics.arrivals(found.stays, found.begins))
    return {hour: count / len(known) for hour, count in by_hour.items()}, len(known)
