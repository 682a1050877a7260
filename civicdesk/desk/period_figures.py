"""The figures of many days together: pure functions over the figures of each day, every total by one definition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from civicdesk.desk import metrics
from civicdesk.desk.day_figures import DayFigures, Figure, Why
from civicdesk.desk.metrics import Event, Peak
from civicdesk.desk.period_rows import SHARES, DayRow, MonthRow, Total

T = TypeVar("T")
K = TypeVar("K")

QUARTER = 15
"""Arrivals are read by steps of so many minutes."""

_ADDS_UP = ("visitors", "entries", "events", "guests", "open_days", "no_shows", "received", "handed_over")


@dataclass(frozen=True)
class Days:
    """Some days, each with its figures as known at `at`; `received` is the post that came in on them.

    `why` says why none can be given.
    """

    all: Sequence[DayFigures]
    at: datetime
    received: int
    why: str = ""

    @cached_property
    def known(self) -> list[DayFigures]:
        """The days on which people could have been counted."""
        return [] if self.why else [day for day in self.all if day.is_known]

    @cached_property
    def held(self) -> list[Event]:
        """The events that took place and are over, each once."""
        return [event for day in self.known for event in held_on(day, self.at)]

    @cached_property
    def due(self) -> list[Event]:
        """The firm bookings whose beginning has passed."""
        return [event for day in self.known for event in metrics.due(_of(day), day.until)]

    @cached_property
    def open_days(self) -> int:
        """The days on which the centre opened."""
        return sum(bool(day.facts.day.spans) for day in self.known)

    @cached_property
    def peak(self) -> Peak | None:
        """The most people inside within a quarter of an hour, and the first time."""
        peaks = [day.peak_seen for day in self.known if day.peak_seen]
        return max(peaks, key=lambda peak: peak.people, default=None)

    @cached_property
    def fill(self) -> float | None:
        """Σ(people × minutes used) ÷ Σ(seats × minutes used) of all events that were counted."""
        parts = [metrics.taken_seats(day.firm, day.facts.day.spans, day.until) for day in self.known]
        return metrics.share(sum(came for came, _seats in parts), sum(seats for _came, seats in parts))

    @cached_property
    def arrivals(self) -> list[dict[int, int]]:
        """Entries of each known day by the quarter of an hour."""
        return [_arrivals(day) for day in self.known]

    def sum_of(self, figure: Callable[[DayFigures], float]) -> float:
        """Of all known days together."""
        return sum(figure(day) for day in self.known)

    def share_of(
        self, part: Callable[[DayFigures], float], whole: Callable[[DayFigures], float]
    ) -> float | None:
        """Σ part ÷ Σ whole of all known days; None of nothing."""
        return metrics.share(self.sum_of(part), self.sum_of(whole))

    def figure(self, key: str) -> Figure:
        """One of the totals, or why it cannot be given."""
        if not self.known:
            return Figure(None, self.why or (self.all[0].why if self.all else Why.NOT_KEPT))
        value, why = _TOTALS[key](self)
        return Figure.of(value, why)


def _arrivals(day: DayFigures) -> dict[int, int]:
    came = (stay for stay in day.facts.stays if stay.arrived_at < day.until)
    return metrics.arrivals(came, day.facts.begins, QUARTER)


def _of(day: DayFigures) -> list[Event]:
    """The firm events that begin on a day: one over midnight counts on its first day."""
    return [event for event in day.firm if event.starts_at >= day.facts.begins]


def held_on(day: DayFigures, at: datetime) -> list[Event]:
    """The events that began on a day, took place and are over."""
    return metrics.held(day.facts.events, day.facts.begins, day.until, at)


def _no_shows(day: DayFigures) -> int:
    return sum(event.is_no_show for event in _of(day))


def _no_hours(days: Days) -> str:
    if not days.open_days:
        return Why.CLOSED
    return Why.NO_ROOMS if not any(day.rooms for day in days.known) else Why.AHEAD


def _used(days: Days) -> float | None:
    return days.share_of(lambda day: day.used_minutes, lambda day: day.open_minutes_so_far)


_TOTALS: Mapping[str, Callable[[Days], tuple[float | None, str]]] = {
    "visitors": lambda days: (days.sum_of(lambda day: day.entries + day.unnamed), ""),
    "entries": lambda days: (days.sum_of(lambda day: day.entries), ""),
    "events": lambda days: (len(days.held), ""),
    "guests": lambda days: (metrics.guests(days.held), ""),
    "mean_guests": lambda days: (
        metrics.mean_guests(days.held),
        Why.NOT_COUNTED if days.held else Why.NO_EVENTS,
    ),
    "open_days": lambda days: (days.open_days, ""),
    "peak": lambda days: (days.peak.people if days.peak else 0, ""),
    "booked": lambda days: (
        days.share_of(lambda day: day.booked_minutes, lambda day: day.open_minutes),
        _no_hours(days),
    ),
    "used": lambda days: (_used(days), _no_hours(days)),
    "fill": lambda days: (days.fill, Why.NOT_COUNTED if days.held else Why.NO_EVENTS),
    "utilisation": lambda days: (
        metrics.utilisation(_used(days), days.fill),
        Why.NOT_COUNTED if days.held else Why.NO_EVENTS,
    ),
    "no_shows": lambda days: (days.sum_of(_no_shows), ""),
    "no_show_share": lambda days: (
        metrics.share(sum(event.is_no_show for event in days.due), len(days.due)),
        Why.NO_EVENTS,
    ),
    "received": lambda days: (days.received, ""),
    "handed_over": lambda days: (days.sum_of(lambda day: day.facts.handed_over), ""),
}


def total(key: str, days: Days, before: Days, year_before: Days | None, lengths: Sequence[float]) -> Total:
    """One total beside those of the other periods; `lengths` are how many days each of the three is long."""
    figures = [each.figure(key) if each else None for each in (days, before, year_before)]
    own, first, second = figures
    assert own is not None
    assert first is not None
    is_even = all(length == lengths[0] for length in lengths[1 : 3 if year_before else 2])
    return Total(
        key,
        own,
        first,
        second,
        change=change(key, own.value, first.value, lengths[0], lengths[1]),
        change_of_year=change(key, own.value, second.value, lengths[0], lengths[2]) if second else None,
        is_a_day=key in _ADDS_UP and not is_even,
    )


def change(key: str, now: float | None, then: float | None, days: float, days_then: float) -> float | None:
    """How much more, as a share of what it was; of shares the difference. What adds up is compared a day.

    None where there is nothing to compare with.
    """
    if now is None or then is None:
        return None
    if key in SHARES:
        return now - then
    if key in _ADDS_UP and days != days_then:
        now, then = now / days, then / days_then
    return now / then - 1 if then else None


def day_row(day: DayFigures, received: int, at: datetime) -> DayRow:
    """One day of a period; its events are those that are over, so that the days add up to the period."""
    held = held_on(day, at)

    def known(value: float) -> Figure:
        return Figure(None if day.why else value, day.why)

    peak = day.peak_seen
    return DayRow(
        on=day.facts.day.on,
        is_open=bool(day.facts.day.spans),
        reason=day.facts.day.reason,
        visitors=day.visitors,
        peak=day.peak,
        peak_at=peak.at if peak and not day.why else None,
        events=known(len(held)),
        guests=known(metrics.guests(held)),
        booked=day.booked,
        used=day.used,
        no_shows=known(_no_shows(day)),
        received=known(received),
        handed_over=day.handed_over,
    )


def month_rows(days: Days) -> list[MonthRow]:
    """The months of a period, the earliest first."""
    by_month: dict[tuple[int, int], list[DayFigures]] = {}
    for day in days.all:
        on = day.facts.day.on
        by_month.setdefault((on.year, on.month), []).append(day)
    return [_month_row(Days(of_month, days.at, 0)) for of_month in by_month.values()]


def _month_row(month: Days) -> MonthRow:
    return MonthRow(
        first=month.all[0].facts.day.on,
        last=month.all[-1].facts.day.on,
        open_days=month.open_days,
        visitors=month.figure("visitors"),
        events=month.figure("events"),
        guests=month.figure("guests"),
        used=month.figure("used"),
        no_shows=month.figure("no_shows"),
        handed_over=month.figure("handed_over"),
    )


def until_of(days: Iterable[DayFigures]) -> datetime | None:
    """The instant up to which the known days are complete."""
    return max((day.until for day in days if day.is_known), default=None)


def grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """The rows of each key, in their order."""
    found: dict[K, list[T]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)
