"""The periods of the reports: weeks, months, quarters, half-years, years, any days from one to another."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from civicdesk.desk import hours
from civicdesk.errors import Refusal
from civicdesk.text import _, day

YEARS = range(1900, 2200)
LONGEST_DAYS = 3_660
"""Ten years: what a report may be about at most."""

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_MONTHS_A_YEAR = 12
_WEEKS_A_YEAR = 52


class PeriodKind(StrEnum):
    """How long a period is; TWELVE_MONTHS end with any day, DAYS are from one day to another."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    TWELVE_MONTHS = "twelve_months"
    DAYS = "days"


_MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True)
class Period:
    """Some days in a row, from `first` to `last`, both included. Make one by the functions of this module."""

    kind: PeriodKind
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has: 365 or 366 a year."""
        return (self.last - self.first).days + 1

    @property
    def dates(self) -> Sequence[date]:
        """Its days, the earliest first."""
        return [self.first + n * _DAY for n in range(self.days)]

    @property
    def begins(self) -> datetime:
        """The instant at which its first day begins."""
        return hours.instant(self.first, "00:00")

    @property
    def ends(self) -> datetime:
        """The instant at which its last day is over."""
        return hours.instant(self.last, "24:00")

    @property
    def key(self) -> str:
        """As files and the command line name it, read again by `parse`: `2026-W47`, `2026-11`, `2026-Q4`, `2026`."""
        return _KEYS[self.kind](self)

    @property
    def name(self) -> str:
        """As people say it, in the language spoken now."""
        return _NAMES[self.kind](self)

    @property
    def days_in_words(self) -> str:
        """Its first and its last day: `1–30 Kasım 2026`."""
        return _between(self.first, self.last)

    def before(self) -> Period:
        """The period of this kind directly before; of DAYS as many days."""
        return self._moved(-1)

    def after(self) -> Period:
        """The period of this kind directly after."""
        return self._moved(1)

    def year_before(self) -> Period | None:
        """The same one of the year before, a week by 52 weeks; None where that is the one directly before."""
        if self.kind in (PeriodKind.YEAR, PeriodKind.TWELVE_MONTHS):
            return None
        if self.kind is PeriodKind.WEEK:
            return week(self.first - _WEEKS_A_YEAR * _WEEK)
        if self.kind is PeriodKind.DAYS:
            return days(_years_later(self.first, -1), _years_later(self.last, -1))
        return _of_months(self.kind, self.first.year - 1, self.first.month)

    def _moved(self, by: int) -> Period:
        if self.kind is PeriodKind.WEEK:
            return week(self.first + by * _WEEK)
        if self.kind is PeriodKind.TWELVE_MONTHS:
            return twelve_months(self.first - _DAY if by < 0 else _years_later(self.last + _DAY, 1) - _DAY)
        if self.kind is PeriodKind.DAYS:
            return days(self.first + by * self.days * _DAY, self.last + by * self.days * _DAY)
        months = self.first.year * _MONTHS_A_YEAR + self.first.month - 1 + by * _MONTHS[self.kind]
        return _of_months(self.kind, months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1)


def week(on: date) -> Period:
    """The week of a day, from Monday to Sunday."""
    monday = on - on.weekday() * _DAY
    return _checked(PeriodKind.WEEK, monday, monday + _WEEK - _DAY)


def month(on: date) -> Period:
    """The month of a day."""
    return _of_months(PeriodKind.MONTH, on.year, on.month)


def quarter(on: date) -> Period:
    """The quarter of a year in which a day lies."""
    return _of_months(PeriodKind.QUARTER, on.year, (on.month - 1) // 3 * 3 + 1)


def half(on: date) -> Period:
    """The half of a year in which a day lies."""
    return _of_months(PeriodKind.HALF, on.year, (on.month - 1) // 6 * 6 + 1)


def year(number: int) -> Period:
    """A year, as the calendar has it. Refuses `bad_period`."""
    return _of_months(PeriodKind.YEAR, number, 1)


def twelve_months(last: date) -> Period:
    """The twelve months that end with a day: a whole year, whenever it is asked for."""
    return _checked(PeriodKind.TWELVE_MONTHS, _years_later(last + _DAY, -1), last)


def days(first: date, last: date) -> Period:
    """Any days, both included. Refuses `bad_period`."""
    return _checked(PeriodKind.DAYS, first, last)


def of(kind: PeriodKind, on: date) -> Period:
    """The period of a kind in which a day lies; of TWELVE_MONTHS the one that ends with it."""
    return _OF[kind](on)


def parse(written: str) -> Period:
    """`2026`, `2026-11`, `11.2026`, `2026-W47`, `2026-Q4`, `2026-H2`, `2026-11-24`, `2026-11-01..2026-11-24`.

    Days may be written `24.11.2026` too; from one day to the eve of it a year later are twelve months, and so is
    `..2026-11-24`. Refuses `bad_period`.
    """
    clean = written.strip().upper().replace("–", "..")
    first, dots, last = (part.strip() for part in clean.partition(".."))
    try:
        if dots:
            return from_to(_day(first) if first else None, _day(last))
        for form, made in _WRITTEN.items():
            if found := re.fullmatch(form, clean):
                return made(*map(int, found.groups()))
        return days(_day(clean), _day(clean))
    except ValueError as error:
        raise _bad() from error


def from_to(first: date | None, last: date) -> Period:
    """Days from one to another; those that make twelve months are such. Without a first day, twelve months."""
    whole = twelve_months(last)
    return whole if first in (None, whole.first) else days(first or last, last)


def _of_months(kind: PeriodKind, of_year: int, first_month: int) -> Period:
    if of_year not in YEARS:
        raise _bad()
    last_month = first_month + _MONTHS[kind] - 1
    last = date(of_year, last_month, monthrange(of_year, last_month)[1])
    return Period(kind, date(of_year, first_month, 1), last)


def _checked(kind: PeriodKind, first: date, last: date) -> Period:
    if last < first:
        raise Refusal("bad_period", _("The last day lies before the first one."))
    if first.year not in YEARS or last.year not in YEARS:
        raise _bad()
    if (last - first).days >= LONGEST_DAYS:
        raise Refusal("bad_period", _("A report is about ten years at most. Choose fewer days."))
    return Period(kind, first, last)


def _bad() -> Refusal:
    words = _("This is no period. Write it as {examples}.")
    examples = "2026, 2026-11, 2026-W47, 2026-Q4, 2026-H2, 2026-11-01..2026-11-24"
    return Refusal("bad_period", words.format(examples=examples))


def _years_later(on: date, years: int) -> date:
    """The same day of another year; 29 February is 28 February where there is none."""
    of_year = on.year + years
    if of_year not in YEARS:
        raise _bad()
    last_of_february = on.month == 2 and on.day == 29 and not isleap(of_year)  # noqa: PLR2004  the calendar's own
    return on.replace(year=of_year, day=28 if last_of_february else on.day)


def _day(written: str) -> date:
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", written):
        of_day, of_month, of_year = map(int, found.groups())
        return date(of_year, of_month, of_day)
    return date.fromisoformat(written)


def _numbered(kind: PeriodKind, of_year: int, place: int) -> Period:
    if not 1 <= place <= _MONTHS_A_YEAR // _MONTHS[kind]:
        raise _bad()
    return _of_months(kind, of_year, (place - 1) * _MONTHS[kind] + 1)


def _place(period: Period) -> int:
    return (period.first.month - 1) // _MONTHS[period.kind] + 1


def _week_number(period: Period) -> tuple[int, int]:
    found = period.first.isocalendar()
    return found.year, found.week


def _between(first: date, last: date) -> str:
    if first == last:
        return day(first, "d MMMM yyyy")
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, 'd MMMM yyyy')}"
    form = "d MMMM" if first.year == last.year else "d MMMM yyyy"
    return f"{day(first, form)} – {day(last, 'd MMMM yyyy')}"


def _week_name(period: Period) -> str:
    of_year, number = _week_number(period)
    words = _("Week {number} of {year} · {days}")
    return words.format(number=number, year=of_year, days=_between(period.first, period.last))


def _half_name(period: Period) -> str:
    words = _("First half of {year}") if _place(period) == 1 else _("Second half of {year}")
    return words.format(year=period.first.year)


_KEYS: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.WEEK: lambda period: "{}-W{:02}".format(*_week_number(period)),
    PeriodKind.MONTH: lambda period: f"{period.first:%Y-%m}",
    PeriodKind.QUARTER: lambda period: f"{period.first.year}-Q{_place(period)}",
    PeriodKind.HALF: lambda period: f"{period.first.year}-H{_place(period)}",
    PeriodKind.YEAR: lambda period: str(period.first.year),
    PeriodKind.TWELVE_MONTHS: lambda period: f"{period.first}..{period.last}",
    PeriodKind.DAYS: lambda period: f"{period.first}..{period.last}",
}
_NAMES: dict[PeriodKind, Callable[[Period], str]] = {
    PeriodKind.WEEK: _week_name,
    PeriodKind.MONTH: lambda period: day(period.first, "LLLL yyyy"),
    PeriodKind.QUARTER: lambda period: _("Quarter {number} of {year}").format(
        number=_place(period), year=period.first.year
    ),
    PeriodKind.HALF: _half_name,
    PeriodKind.YEAR: lambda period: str(period.first.year),
    PeriodKind.TWELVE_MONTHS: lambda period: _("Twelve months · {days}").format(days=period.days_in_words),
    PeriodKind.DAYS: lambda period: period.days_in_words,
}
_OF: dict[PeriodKind, Callable[[date], Period]] = {
    PeriodKind.WEEK: week,
    PeriodKind.MONTH: month,
    PeriodKind.QUARTER: quarter,
    PeriodKind.HALF: half,
    PeriodKind.YEAR: lambda on: year(on.year),
    PeriodKind.TWELVE_MONTHS: twelve_months,
    PeriodKind.DAYS: lambda on: days(on, on),
}
_WRITTEN: dict[str, Callable[..., Period]] = {
    r"(\d{4})": year,
    r"(\d{4})-(\d{2})": lambda of_year, place: _numbered(PeriodKind.MONTH, of_year, place),
    r"(\d{4})-W(\d{1,2})": lambda of_year, number: week(date.fromisocalendar(of_year, number, 1)),
    r"(\d{4})-Q(\d)": lambda of_year, place: _numbered(PeriodKind.QUARTER, of_year, place),
    r"(\d{4})-H(\d)": lambda of_year, place: _numbered(PeriodKind.HALF, of_year, place),
    r"(\d{1,2})\.(\d{4})": lambda place, of_year: _numbered(PeriodKind.MONTH, of_year, place),
}
