"""The daily occupancy sheet: one day in figures, beside the day before, the same weekday and the month so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from civicdesk.desk import (
    centre,
    day_facts,
    day_figures,
    day_others,
    inside_curve,
    metrics,
    setup_list,
    small_groups,
)
from civicdesk.desk.day_facts import Place
from civicdesk.desk.day_figures import DayFigures, Figure, Why
from civicdesk.desk.day_others import Others
from civicdesk.desk.metrics import Event
from civicdesk.desk.setup_list import SetupDay
from civicdesk.models import How

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_WEEKS = 4
"""The same weekday is averaged over so many weeks."""

Total = Callable[[Sequence[DayFigures]], float | None]


@dataclass(frozen=True)
class Compared:
    """One of the six totals: of the day, of the day before, the mean of the same weekday, of the month so far."""

    key: str
    figure: Figure
    yesterday: Figure
    weekday: Figure
    month: Figure


@dataclass(frozen=True)
class OccupancyDay:
    """All that stands on the sheet; `complete_until` is None for a day that has not begun or was never kept."""

    centre: str
    on: date
    at: datetime
    figures: DayFigures
    places: Sequence[Place]
    totals: Sequence[Compared]
    arrivals: dict[int, int]
    inside: Figure
    presumed: int
    others: Others
    tomorrow: SetupDay
    complete_until: datetime | None
    few: frozenset[str] = frozenset()
    """Events of organisations to which so few came that it is not told outside the centre how many."""


def look(session: Session, on: date, *, at: datetime, hide_small: bool = False) -> OccupancyDay:
    """Read the sheet of a day, as it is known at `at`; with `hide_small` as it may leave the centre.

    Refuses `no_centre`.
    """
    month, weekdays = _month(on), [on - n * _WEEK for n in range(1, _WEEKS + 1)]
    facts = day_facts.read(session, {on, on - _DAY, *month, *weekdays})
    seen = {each: day_figures.day_figures(found, facts, at=at) for each, found in facts.days.items()}
    day = seen[on]
    return OccupancyDay(
        centre=centre.the_centre(session).name,
        on=on,
        at=at,
        figures=day,
        places=facts.places,
        totals=_totals(
            day, seen[on - _DAY], [seen[each] for each in weekdays], [seen[each] for each in month]
        ),
        arrivals=metrics.arrivals(
            (stay for stay in day.facts.stays if stay.arrived_at < day.until), day.facts.begins
        ),
        inside=Figure(None if day.why else inside_curve.inside_at(day.curve, day.until), day.why),
        presumed=sum(stay.people for stay in day.facts.stays if stay.left_how == How.PRESUMED),
        others=day_others.look(session, day.facts.begins, day.until, day.facts.ends),
        tomorrow=setup_list.look(session, on + _DAY, at=at),
        complete_until=day.until if day.is_known else None,
        few=_few(day.facts.events) if hide_small else frozenset(),
    )


def _few(events: Sequence[Event]) -> frozenset[str]:
    return frozenset(
        event.id for event in events if event.organisation and 0 < (event.came or 0) < small_groups.AT_LEAST
    )


def _month(on: date) -> list[date]:
    return [on.replace(day=n) for n in range(1, on.day + 1)]


def _totals(
    day: DayFigures, before: DayFigures, weekdays: Sequence[DayFigures], month: Sequence[DayFigures]
) -> list[Compared]:
    usual = [each for each in weekdays if each.is_known and each.facts.day.spans]
    known = [each for each in month if each.is_known]
    month_why = "" if known else day.why or Why.NOT_KEPT
    found = []
    for key, figure, of_month in _SIX:
        of_days = metrics.mean(figure(each).value for each in usual)
        found.append(
            Compared(
                key,
                figure(day),
                figure(before),
                Figure.of(of_days, Why.NOT_KEPT),
                Figure.of(of_month(known) if known else None, month_why or Why.CLOSED),
            )
        )
    return found


def _sum_of(figure: Callable[[DayFigures], Figure]) -> Total:
    return lambda days: sum(figure(each).value or 0 for each in days)


def _most(days: Sequence[DayFigures]) -> float | None:
    return max(each.peak.value or 0 for each in days)


def _used(days: Sequence[DayFigures]) -> float | None:
    return metrics.share(
        sum(each.used_minutes for each in days), sum(each.open_minutes_so_far for each in days)
    )


_SIX: tuple[tuple[str, Callable[[DayFigures], Figure], Total], ...] = (
    ("visitors", lambda day: day.visitors, _sum_of(lambda day: day.visitors)),
    ("peak", lambda day: day.peak, _most),
    ("used", lambda day: day.used, _used),
    ("events", lambda day: day.events, _sum_of(lambda day: day.events)),
    ("no_shows", lambda day: day.no_shows, _sum_of(lambda day: day.no_shows)),
    ("handed_over", lambda day: day.handed_over, _sum_of(lambda day: day.handed_over)),
)
