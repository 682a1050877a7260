"""When the centre is open: weekdays, half-days, holidays, closures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.models import Centre, Closure, OpeningHours
from civicdesk.text import ZONE, _, local

_HALF_DAY_ENDS = time(13)
_LOOK_AHEAD = 60
_YEAR = 365


_USUAL = (
    select(OpeningHours.opens, OpeningHours.closes)
    .where(OpeningHours.weekday == bindparam("weekday"), OpeningHours.deleted_at.is_(None))
    .limit(1)
)
_CLOSED = select(Closure.from_time, Closure.until_time, Closure.reason).where(
    Closure.on == bindparam("day"), Closure.deleted_at.is_(None)
)
_WEEK = select(OpeningHours.weekday, OpeningHours.opens, OpeningHours.closes).where(
    OpeningHours.deleted_at.is_(None)
)
_CLOSED_BETWEEN = select(Closure.on, Closure.from_time, Closure.until_time, Closure.reason).where(
    Closure.on >= bindparam("first"), Closure.on <= bindparam("last"), Closure.deleted_at.is_(None)
)
_OBSERVES = select(Centre.observes_holidays).where(Centre.deleted_at.is_(None)).limit(1)

Span = tuple[time, time]


@dataclass(frozen=True)
class Day:
    """One day of the centre: the half-open times it is open, as instants, and why not longer."""

    on: date
    spans: tuple[tuple[datetime, datetime], ...]
    reason: str = ""

    @property
    def opens_at(self) -> datetime | None:
        return self.spans[0][0] if self.spans else None

    @property
    def closes_at(self) -> datetime | None:
        return self.spans[-1][1] if self.spans else None

    def is_open(self, at: datetime) -> bool:
        """Half-open: open at 09:00, closed at 19:30."""
        return any(opens <= at < closes for opens, closes in self.spans)


def day(session: Session, on: date) -> Day:
    """Opening hours of one day, after holidays and closures."""
    usual = session.execute(_USUAL, {"weekday": on.weekday()}).first()
    if usual is None:
        return Day(on, (), _("Weekly closing day"))
    return _day(on, (_wall(usual.opens), _wall(usual.closes)), _closed_times(session, on))


def days(session: Session, wanted: Collection[date]) -> dict[date, Day]:
    """Opening hours of many days, with as few questions as for one."""
    session.flush()
    ask = session.connection()  # every wish asks this; rows that are no objects come in half the time
    week = {row.weekday: (_wall(row.opens), _wall(row.closes)) for row in ask.execute(_WEEK)}
    closed: dict[date, list[tuple[Span, str]]] = {}
    if wanted:
        for row in ask.execute(_CLOSED_BETWEEN, {"first": min(wanted), "last": max(wanted)}):
            closed.setdefault(row.on, []).append(((_wall(row.from_time), _wall(row.until_time)), row.reason))
    observes = ask.scalar(_OBSERVES) in (None, True)
    found = {}
    for on in wanted:
        free = [((start, time.max), why) for start, why in _holidays(on.year).get(on, ())] if observes else []
        usual = week.get(on.weekday())
        found[on] = (
            _day(on, usual, [*closed.get(on, ()), *free]) if usual else Day(on, (), _("Weekly closing day"))
        )
    return found


def _day(on: date, usual: Span, closed_times: Iterable[tuple[Span, str]]) -> Day:
    spans: list[Span] = [usual]
    reasons = []
    for closed, why in closed_times:
        left = [rest for span in spans for rest in _without(span, closed)]
        if left != spans:
            reasons.append(why)
        spans = left
    return Day(
        on, tuple((_instant(on, opens), _instant(on, closes)) for opens, closes in spans), " · ".join(reasons)
    )


def today(session: Session, at: datetime) -> Day:
    """The day of the centre in which this instant lies."""
    return day(session, local(at).date())


def next_opening(session: Session, at: datetime) -> datetime | None:
    """The next instant at which the centre opens, within two months."""
    start = local(at).date()
    days = (day(session, start + timedelta(days=n)) for n in range(_LOOK_AHEAD))
    return next((opens for d in days for opens, _closes in d.spans if opens > at), None)


def closed_days(session: Session, at: datetime, count: int = 10) -> list[Day]:
    """The next days within a year on which the centre is closed though it would be open, wholly or in part."""
    first = local(at).date()
    closed = session.scalars(select(Closure.on).where(Closure.on >= first, Closure.deleted_at.is_(None)))
    known = {*closed, *_holidays(first.year), *_holidays(first.year + 1)}
    coming = sorted(on for on in known if first <= on <= first + timedelta(days=_YEAR))
    open_on = set(session.scalars(select(OpeningHours.weekday).where(OpeningHours.deleted_at.is_(None))))
    days = (day(session, on) for on in coming if on.weekday() in open_on)
    return list(islice((each for each in days if each.reason), count))


def closing_after(session: Session, at: datetime) -> datetime:
    """When the centre closes for the day in which this instant lies; midnight if it is closed by then."""
    closes = today(session, at).closes_at
    return closes if closes and closes > at else midnight_after(at)


def instant(on: date, wall: str) -> datetime:
    """The instant of a wall time as the tables keep it; `24:00` is midnight at the end of the day."""
    return _instant(on, _wall(wall))


def midnight_before(at: datetime) -> datetime:
    """The beginning of the day in which this instant lies."""
    return _instant(local(at).date(), time(0))


def midnight_after(at: datetime) -> datetime:
    """The end of the day in which this instant lies."""
    return _instant(local(at).date(), time.max)


def is_wall_time(text: str) -> bool:
    """Whether this is a time of day as the tables keep it: `09:00`, or `24:00` for midnight at the end."""
    try:
        return text == "24:00" or f"{_wall(text):%H:%M}" == text
    except ValueError:
        return False


def _without(span: Span, closed: Span) -> list[Span]:
    parts = [(span[0], min(span[1], closed[0])), (max(span[0], closed[1]), span[1])]
    return [(start, end) for start, end in parts if start < end]


def _closed_times(session: Session, on: date) -> list[tuple[Span, str]]:
    closures = session.execute(_CLOSED, {"day": on})
    found = [((_wall(begins), _wall(ends)), reason) for begins, ends, reason in closures]
    if session.scalar(_OBSERVES) in (None, True):
        found += [((start, time.max), why) for start, why in _holidays(on.year).get(on, ())]
    return found


@cache
def _holidays(year: int) -> Mapping[date, Sequence[tuple[time, str]]]:
    """Public holidays from midnight and half-days from 13:00 (Law 2429)."""
    import holidays  # noqa: PLC0415  slow to import

    # the language is given, else the names follow the machine
    half = holidays.country_holidays("TR", years=year, language="tr", categories=("half_day",))
    whole = holidays.country_holidays("TR", years=year, language="tr")
    return {on: ((_HALF_DAY_ENDS, str(name)),) for on, name in half.items()} | {
        on: ((time(0), str(name)),) for on, name in whole.items()
    }


def _wall(text: str) -> time:
    return time.max if text == "24:00" else time.fromisoformat(text)


def _instant(on: date, wall: time) -> datetime:
    if wall == time.max:
        return datetime.combine(on + timedelta(days=1), time(0), ZONE)
    return datetime.combine(on, wall, ZONE)
