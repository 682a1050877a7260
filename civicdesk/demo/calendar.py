"""On which days the demo centre was open, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from civicdesk.demo.clock import TODAY, Day

SATURDAY = 5
WEEK = dict.fromkeys(range(SATURDAY), (9 * 60, 19 * 60 + 30)) | {SATURDAY: (9 * 60, 18 * 60)}
"""Opening and closing minutes by weekday; Sunday is closed."""

_MIDNIGHT = 24 * 60
_HALF_DAY_ENDS = 13 * 60
_MAINTENANCE = (14 * 60, "Jeneratör bakımı")
_FEBRUARY = 2
_BRIDGE = "İdari izin"


@dataclass(frozen=True)
class Closed:
    """A closure that a manager entered, from a minute of the day until midnight."""

    on: date
    start: int
    reason: str


class Calendar:
    """The centre's days from the first to the last: holidays, half-days and closures taken out."""

    def __init__(self, first: date, last: date) -> None:
        self._first, self._last = first, last
        self._until = _holidays(first, last)
        self.closures = [*self._bridges(), *self._maintenance()]
        for closed in self.closures:
            self._until[closed.on] = min(closed.start, self._until.get(closed.on, _MIDNIGHT))

    def open_days(self, first: date, last: date) -> list[Day]:
        """The days in between on which visitors could come."""
        return [found for on in _days(first, last) if (found := self._day(on))]

    def _day(self, on: date) -> Day | None:
        if on.weekday() not in WEEK:
            return None
        opens, closes = WEEK[on.weekday()]
        closes = min(closes, self._until.get(on, _MIDNIGHT))
        return Day(on, opens, closes) if closes > opens else None

    def _is_usual(self, on: date) -> bool:
        return on.weekday() in WEEK and on not in self._until

    def _bridges(self) -> list[Closed]:
        """Single days between two holidays, which offices in Türkiye are usually given."""
        step = timedelta(days=1)
        return [
            Closed(on, 0, _BRIDGE)
            for on in _days(self._first, self._last)
            if self._is_usual(on)
            and not self._is_usual(on - step)
            and not self._is_usual(on + step)
            and on != TODAY
        ]

    def _maintenance(self) -> list[Closed]:
        """One afternoon a year without electricity: the first usual day of February."""
        start, reason = _MAINTENANCE
        found: dict[int, Closed] = {}
        for on in _days(self._first, self._last):
            if on.month == _FEBRUARY and self._is_usual(on):
                found.setdefault(on.year, Closed(on, start, reason))
        return list(found.values())


def closed_by(on: date) -> str:
    """The public holiday that closes a whole day; nothing on others."""
    return str(holidays.country_holidays("TR", years=on.year, language="tr").get(on) or "")


def hours_of(on: date) -> tuple[int, int]:
    """Opening and closing minutes of a weekday."""
    return WEEK[on.weekday()]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _holidays(first: date, last: date) -> dict[date, int]:
    years = range(first.year, last.year + 2)
    # the language is given, else the names follow the machine
    half = holidays.country_holidays("TR", years=years, language="tr", categories=("half_day",))
    whole = holidays.country_holidays("TR", years=years, language="tr")
    return dict.fromkeys(half, _HALF_DAY_ENDS) | dict.fromkeys(whole, 0)
