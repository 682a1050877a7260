"""What stands on the daily occupancy sheet, as text in the language spoken now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from civicdesk.desk.booking_words import kind_words, layout_words
from civicdesk.desk.day_figures import DayFigures, RoomLine, Why
from civicdesk.desk.metrics import Event
from civicdesk.desk.occupancy_day import Compared, OccupancyDay
from civicdesk.desk.setup_list import Setting, SetupDay
from civicdesk.models import BookingState
from civicdesk.printing.occupancy_facts import facts
from civicdesk.printing.occupancy_said import (
    FEW,
    complete_words,
    peak_words,
    said,
    state_words,
    total_words,
    why_words,
)
from civicdesk.printing.rolls import moment, opening
from civicdesk.printing.tables import NOTHING
from civicdesk.text import _, clock, day, ngettext, number, percent

_MOST_LISTED = 60
"""No page has room for more; the spreadsheet has all."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Total:
    """A box at the top: the figure, what it is, and what it is compared with."""

    figure: str
    words: str
    compared: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """A stretch of a room's strip, in hours of the day; `people` is written into it."""

    begins: float
    ends: float
    people: str = ""


@dataclass(frozen=True)
class StripRow:
    """One room by the hour, and its shares."""

    room: str
    open: tuple[Bar, ...]
    booked: tuple[Bar, ...]
    used: tuple[Bar, ...]
    shares: tuple[str, ...]


@dataclass(frozen=True)
class EventRow:
    """One line of the list of events."""

    time: str
    room: str
    title: str
    kind: str
    people: str
    note: str


@dataclass(frozen=True)
class OccupancySheet:
    """The whole page; `hours` is from which to which hour the strip runs."""

    centre: str
    on: str
    open: str
    complete: str
    totals: Sequence[Total]
    hours: tuple[int, int]
    rooms: Sequence[StripRow]
    overall: StripRow
    arrivals: Sequence[tuple[int, int]]
    peak: str
    facts: Sequence[tuple[str, str]]
    events: Sequence[EventRow]
    booked: int
    tomorrow: str
    setups: Sequence[tuple[str, str, str]]
    reasons: str
    printed: str


def occupancy_sheet(seen: OccupancyDay, by: str = "") -> OccupancySheet:
    """The sheet of a day in words."""
    figures = seen.figures
    return OccupancySheet(
        centre=seen.centre,
        on=day(seen.on),
        open=opening(figures.facts.day),
        complete=complete_words(seen),
        totals=[_total(each, seen) for each in seen.totals],
        hours=shown_hours(seen),
        rooms=[_strip_row(line, figures, seen.few) for line in figures.rooms],
        overall=StripRow(_("All rooms"), (), (), (), overall_shares(figures)),
        arrivals=by_hour(seen),
        peak=peak_words(figures),
        facts=facts(seen),
        events=[event_row(event, seen) for event in shown_events(figures)[:_MOST_LISTED]],
        booked=len(shown_events(figures)),
        tomorrow=_tomorrow(seen.tomorrow),
        setups=[_setup(setting) for setting in seen.tomorrow.settings],
        reasons=reasons(seen),
        printed=" · ".join(filter(None, (_("Printed {time}").format(time=moment(seen.at)), by))),
    )


def shown_hours(seen: OccupancyDay) -> tuple[int, int]:
    """From which to which hour the strip runs: the opening hours, and whatever is on besides."""
    begins, ends = seen.figures.facts.begins, seen.figures.facts.ends
    times = [time for span in seen.figures.facts.day.spans for time in span]
    for event in seen.figures.firm:
        times += [max(event.starts_at, begins), min(event.ends_at, ends)]
    if not times:
        return 9, 18
    first, last = _hours(min(times), begins), _hours(max(times), begins)
    return int(first), max(int(-(-last // 1)), int(first) + 1)


def by_hour(seen: OccupancyDay) -> list[tuple[int, int]]:
    """Entries of every hour the strip shows, and of those in which somebody came besides."""
    first, last = shown_hours(seen)
    hours = range(min([first, *seen.arrivals]), max([last - 1, *seen.arrivals]) + 1)
    return [(hour, seen.arrivals.get(hour, 0)) for hour in hours]


def shown_events(figures: DayFigures) -> list[Event]:
    """Everything that was booked for the day, also what was called off; not what never held a room."""
    hidden = (BookingState.CLASH, BookingState.SKIPPED, BookingState.RELEASED)
    return [event for event in figures.facts.events if event.state not in hidden]


def overall_shares(figures: DayFigures) -> tuple[str, ...]:
    """Booked, used, fill and utilisation of all rooms together."""
    four = (figures.booked, figures.used, figures.fill, figures.utilisation)
    return tuple(said(figure, is_share=True) for figure in four)


def event_row(event: Event, seen: OccupancyDay) -> EventRow:
    """One booking of the day."""
    begins, ends = seen.figures.facts.begins, seen.figures.facts.ends
    rooms = {place.id: place.name for place in seen.places}
    starts = clock(max(event.starts_at, begins))
    until = "24:00" if event.ends_at >= ends else clock(event.ends_at)
    came = NOTHING if event.came is None or event.is_no_show else came_words(event, seen.few)
    goals = _("SDG {goals}").format(goals=event.sdg.replace(",", ", ")) if event.sdg else ""
    return EventRow(
        time=f"{starts}–{until}",
        room=rooms.get(event.room, ""),
        title=" · ".join(filter(None, (event.title, event.organisation or ""))),
        kind=" · ".join(filter(None, (kind_words(event.kind), layout_words(event.layout)))),
        people=f"{number(event.people)} / {came}",
        note=" · ".join(filter(None, (state_words(event.state), goals))),
    )


def came_words(event: Event, few: frozenset[str]) -> str:
    """How many came to an event, or that they were too few to tell."""
    return FEW if event.id in few else number(event.came or 0)


def reasons(seen: OccupancyDay) -> str:
    """Why figures are missing, each reason once."""
    figures = seen.figures
    four = (figures.booked, figures.used, figures.fill, figures.utilisation, figures.no_show_share)
    compared = [f for each in seen.totals for f in (each.figure, each.yesterday, each.weekday, each.month)]
    known = dict.fromkeys(figure.why for figure in (*four, *compared) if figure.why)
    return f"{NOTHING}: " + "; ".join(why_words(why) for why in known) if known else ""


def _total(each: Compared, seen: OccupancyDay) -> Total:
    is_share = each.key == "used"
    words = total_words(each.key)
    if each.key == "peak" and seen.figures.peak_seen:
        words = f"{words}, {clock(seen.figures.peak_seen.at)}"
    if is_share and seen.figures.booked.value is not None:
        words = _("in use; {share} booked").format(share=percent(seen.figures.booked.value))
    said_ = [said(figure, is_share=is_share) for figure in (each.yesterday, each.weekday, each.month)]
    weekday = day(seen.on, "EEEE")
    return Total(
        said(each.figure, is_share=is_share),
        words,
        (
            _("day before: {figure}").format(figure=said_[0]),
            _("{weekday}, mean: {figure}").format(weekday=weekday, figure=said_[1]),
            _("month so far: {figure}").format(figure=said_[2]),
        ),
    )


def _strip_row(line: RoomLine, figures: DayFigures, few: frozenset[str]) -> StripRow:
    use, begins = line.use, figures.facts.begins
    shares = (use.booked_share, use.used_share, use.fill, use.utilisation)
    if figures.why:
        shares = (None if figures.why == Why.BEFORE else shares[0], None, None, None)
    firm = [event for event in use.events if not event.is_no_show]
    if any(event.id in few for event in firm):  # the seats and how full they were would tell
        shares = (*shares[:2], None, None)
    booked = dict.fromkeys(_bar(event.starts_at, event.ends_at, figures) for event in use.events)
    used = dict.fromkeys(
        _bar(*event.used_span(figures.until), figures, came_words(event, few) if event.came else "")
        for event in firm
        if event.is_seen
    )
    return StripRow(
        line.place.name,
        tuple(Bar(_hours(first, begins), _hours(last, begins)) for first, last in use.open),
        tuple(booked),
        tuple(used),
        tuple(NOTHING if share is None else percent(share) for share in shares),
    )


def _bar(begins: datetime, ends: datetime, figures: DayFigures, people: str = "") -> Bar:
    midnight = figures.facts.begins
    return Bar(max(_hours(begins, midnight), 0), min(_hours(ends, midnight), 24), people)


def _hours(at: datetime, midnight: datetime) -> float:
    return (at - midnight) / _HOUR


def _tomorrow(tomorrow: SetupDay) -> str:
    count = len(tomorrow.settings)
    words = ngettext("{day}: {count} booking", "{day}: {count} bookings", count)
    return words.format(day=day(tomorrow.day.on, "d MMMM EEEE"), count=number(count))


def _setup(setting: Setting) -> tuple[str, str, str]:
    """When, where, and what is wanted there."""
    booking = setting.booking
    brought = ", ".join(f"{count} × {name}" for name, count in setting.equipment)
    people = ngettext("{count} person", "{count} people", booking.people).format(count=number(booking.people))
    wanted = " · ".join(filter(None, (booking.title, people, layout_words(booking.layout), brought)))
    return clock(setting.set_up_from), booking.room.name if booking.room else "", wanted
