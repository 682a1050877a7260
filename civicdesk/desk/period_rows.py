"""What stands in the reports of a period: totals beside those of other periods, and the tables behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from civicdesk.desk.day_facts import Place
from civicdesk.desk.day_figures import Figure
from civicdesk.desk.day_others import Incidents, Messages
from civicdesk.desk.metrics import Peak
from civicdesk.desk.period import Period

GOALS = range(1, 18)
"""The goals of sustainable development."""

TOTALS = (
    "visitors",
    "entries",
    "events",
    "guests",
    "mean_guests",
    "open_days",
    "peak",
    "booked",
    "used",
    "fill",
    "utilisation",
    "no_shows",
    "no_show_share",
    "received",
    "handed_over",
)
"""The keys of the totals, in their order."""

SHARES = ("booked", "used", "fill", "utilisation", "no_show_share")
"""Totals that are shares themselves: their change is told in points."""


@dataclass(frozen=True)
class Beside:
    """Another period to compare with: as much of it as has passed of the period itself.

    `days` are the days compared, `until` the instant up to which it is read; `is_cut` when that is not all of it.
    """

    period: Period
    days: int
    until: datetime
    is_cut: bool


@dataclass(frozen=True)
class Total:
    """One figure of the period, of the one before, and of the same one of the year before (None: not asked for).

    A change is a share: 0.1 is a tenth more; of `SHARES` it is in points. Where the periods differ in length, what
    adds up is compared a day (`is_a_day`). A figure that is missing says why; so does a change, by the figures.
    """

    key: str
    figure: Figure
    before: Figure
    year_before: Figure | None = None
    change: float | None = None
    change_of_year: float | None = None
    is_a_day: bool = False


@dataclass(frozen=True)
class DayRow:
    """One day: its figures, and why it was closed or open for less time (`reason`, as the calendar says)."""

    on: date
    is_open: bool
    reason: str
    visitors: Figure
    peak: Figure
    peak_at: datetime | None
    events: Figure
    guests: Figure
    booked: Figure
    used: Figure
    no_shows: Figure
    received: Figure
    handed_over: Figure


@dataclass(frozen=True)
class MonthRow:
    """One month of the period, or the days of it that lie in the period."""

    first: date
    last: date
    open_days: int
    visitors: Figure
    events: Figure
    guests: Figure
    used: Figure
    no_shows: Figure
    handed_over: Figure


@dataclass(frozen=True)
class RoomRow:
    """One room, also an idle one; minutes of its opening hours, but for `out_of_hours` and `released`."""

    place: Place
    open_minutes: float
    booked_minutes: float
    used_minutes: float
    booked: Figure
    used: Figure
    fill: Figure
    utilisation: Figure
    events: int
    guests: Figure
    no_shows: int
    released: float
    out_of_hours: float
    is_idle: bool


@dataclass(frozen=True)
class KindRow:
    """One kind of organisation: how many of them had a room, their events and guests, and who came to see them.

    `kind` is empty for events and visitors of no organisation.
    """

    kind: str
    organisations: int
    events: int
    guests: Figure
    visitors: Figure
    minutes: float
    no_shows: int


@dataclass(frozen=True)
class OrganisationRow:
    """One organisation: what it had of the rooms, and how many came to it."""

    id: str
    name: str
    kind: str
    events: int
    guests: Figure
    visitors: Figure
    minutes: float
    no_shows: int


@dataclass(frozen=True)
class EventKindRow:
    """One kind of event; `mean` is of those at which guests were counted."""

    kind: str
    events: int
    guests: Figure
    mean: Figure
    no_shows: int


@dataclass(frozen=True)
class Heat:
    """Cells by row (a weekday, `"0"` is Monday, or a room) and hour; one that is not there was closed."""

    rows: Sequence[str]
    hours: Sequence[int]
    cells: Mapping[tuple[str, int], float]

    @property
    def most(self) -> float:
        """The warmest cell."""
        return max(self.cells.values(), default=0.0)


@dataclass(frozen=True)
class PostRow:
    """Post of one kind that came in the period, and what has become of it by now."""

    kind: str
    received: int
    handed_over: int
    waiting: int
    forwarded: int
    returned: int
    unclaimed: int
    not_taken: int
    withdrawn: int


@dataclass(frozen=True)
class PostFigures:
    """The post of the period: by kind, what was handed over in it whenever it came, and what lay there at its end."""

    rows: Sequence[PostRow]
    received: Figure
    handed_over: Figure
    waiting: Figure
    notices: Figure
    oldest_days: Figure
    median_days: Figure
    """From coming to being handed over, of what was handed over in the period."""


@dataclass(frozen=True)
class AreaRow:
    """One work area: people who sat there, the most at one time, its seats, and the mean stay in minutes."""

    room: str
    name: str
    seats: int
    people: int
    most: int
    mean_minutes: Figure


@dataclass(frozen=True)
class PeriodReport:
    """A period in figures, as it is known at `at`.

    `why` says why nothing can be given at all (`ahead`, `before`); `complete_until` is then None. `kept_from` is the
    first day that was kept, where that is later than the first day of the period. `days_gone` are the days that have
    begun. `hours` are the hours of the day of the curve and of both heats.
    """

    centre: str
    period: Period
    at: datetime
    why: str
    complete_until: datetime | None
    is_running: bool
    days_gone: int
    kept_from: date | None
    before: Beside
    year_before: Beside | None
    totals: Sequence[Total]
    days: Sequence[DayRow]
    months: Sequence[MonthRow]
    rooms: Sequence[RoomRow]
    organisation_kinds: Sequence[KindRow]
    organisations: Sequence[OrganisationRow]
    event_kinds: Sequence[EventKindRow]
    uncounted_events: int
    """Events that took place and at which nobody was counted: they are not in the mean."""
    arrivals: Mapping[int, int]
    """Entries by the hour of the day."""
    curve: Sequence[tuple[int, float]]
    """Entries by the quarter of an hour (minutes from midnight), the mean of an open day."""
    weekday_heat: Heat
    """Entries by weekday and hour, the mean of such a day that was open."""
    room_heat: Heat
    """The share of its opening time for which a room was in use, by hour."""
    post: PostFigures
    work_areas: Sequence[AreaRow]
    messages: Messages | None
    incidents: Incidents | None
    wishes_unmet: int
    """Wishes for a room that got none."""
    refused_entries: int
    peak: Peak | None
    are_small_hidden: bool

    def total(self, key: str) -> Total:
        """One of the totals: `TOTALS` are their keys."""
        return next(total for total in self.totals if total.key == key)


@dataclass(frozen=True)
class MemberFigures:
    """The members on the last day of the period (or now): by kind, all eleven; outside bodies apart."""

    count: int
    by_kind: Mapping[str, int]
    outside: Mapping[str, int]
    joined: int
    left: int


@dataclass(frozen=True)
class GoalRow:
    """One goal of sustainable development: its events and their guests. An event may serve several goals."""

    goal: int
    events: int
    guests: Figure


@dataclass(frozen=True)
class YearReport:
    """The yearly activity report: the figures of the year, the members, and the goals (always 17 rows)."""

    figures: PeriodReport
    members: MemberFigures
    goals: Sequence[GoalRow]
    without_goal: int
