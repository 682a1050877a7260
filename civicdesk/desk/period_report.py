"""A period in figures, beside the one before and the same one of the year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from civicdesk.desk import (
    centre,
    day_facts,
    day_figures,
    day_others,
    metrics,
    organisation_tables,
    period_facts,
    period_figures,
    period_tables,
    post_tables,
)
from civicdesk.desk.day_facts import Facts
from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.day_others import Others
from civicdesk.desk.period import Period
from civicdesk.desk.period_facts import PeriodFacts
from civicdesk.desk.period_figures import Days
from civicdesk.desk.period_rows import TOTALS, Beside, PeriodReport, PostFigures, Total

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seen:
    """What was read of a period, for whoever counts on: its days, and what is known beside them."""

    report: PeriodReport
    days: Days


@dataclass(frozen=True)
class _Read:
    """A period with the two that it is compared with."""

    period: Period
    at: datetime
    days: Days
    before: tuple[Beside, Days]
    year_before: tuple[Beside, Days] | None
    facts: PeriodFacts
    others: Others | None
    first_on: date | None

    @property
    def until(self) -> datetime:
        """The instant up to which the period is known."""
        return min(max(self.at, self.period.begins), self.period.ends)


def look(session: Session, period: Period, *, at: datetime, hide_small: bool = False) -> PeriodReport:
    """Read a period as it is known at `at`. With `hide_small`, figures of fewer than five people are hidden.

    One that still runs is compared with as much of the others as of it has passed. Refuses `no_centre`.
    """
    return see(session, period, at=at, hide_small=hide_small).report


def see(session: Session, period: Period, *, at: datetime, hide_small: bool = False) -> Seen:
    """The same as `look`, with the days it is made of."""
    name = centre.the_centre(session).name
    read = _read(session, period, at)
    return Seen(_report(name, read, hide_small=hide_small), read.days)


def _read(session: Session, period: Period, at: datetime) -> _Read:
    year_before = period.year_before()
    besides = [_beside(period, each, at) for each in (period.before(), year_before) if each]
    wanted = {on for each in (period, *(beside.period for beside in besides)) for on in each.dates}
    facts = day_facts.read(session, wanted)
    until = min(max(at, period.begins), period.ends)
    days = _days(session, facts, period, at, _why(period, facts, at))
    compared = [
        (beside, _days(session, facts, beside.period, beside.until, _why_beside(beside.period, facts)))
        for beside in besides
    ]
    return _Read(
        period=period,
        at=at,
        days=days,
        before=compared[0],
        year_before=compared[1] if year_before else None,
        facts=period_facts.read(session, period.begins, until),
        others=None if days.why else day_others.look(session, period.begins, until, until),
        first_on=facts.first_on,
    )


def _days(session: Session, facts: Facts, period: Period, at: datetime, why: str) -> Days:
    """The days of a period as they were known at an instant."""
    until = min(max(at, period.begins), period.ends)
    return Days(
        [day_figures.day_figures(facts.days[on], facts, at=at) for on in period.dates],
        at,
        period_facts.received(session, period.begins, until),
        why,
    )


def _beside(period: Period, other: Period, at: datetime) -> Beside:
    """Another period: whole if the first one is over, else as long as it has run."""
    if at >= period.ends:
        return Beside(other, other.days, other.ends, is_cut=False)
    gone = max(at - period.begins, timedelta(0))
    until = min(other.begins + gone, other.ends)
    return Beside(other, -(-(until - other.begins) // _DAY), until, is_cut=until < other.ends)


def _why(period: Period, facts: Facts, at: datetime) -> str:
    if period.begins >= at:
        return Why.AHEAD
    is_before = facts.first_on is None or period.last < facts.first_on
    return Why.BEFORE if at >= period.ends and is_before else ""


def _why_beside(period: Period, facts: Facts) -> str:
    """A period of which only a part was kept is nothing to compare with."""
    if facts.first_on is None or facts.first_on > period.last:
        return Why.NOT_KEPT
    return Why.PARTLY if facts.first_on > period.first else ""


def _report(name: str, read: _Read, *, hide_small: bool) -> PeriodReport:
    days, period = read.days, read.period
    organisations = organisation_tables.organisation_rows(days, read.facts)
    kinds = organisation_tables.kind_rows(days, read.facts, organisations)
    if hide_small:
        kinds, organisations = organisation_tables.without_small(kinds, organisations)
    is_late = read.first_on is not None and read.first_on > period.first
    return PeriodReport(
        centre=name,
        period=period,
        at=read.at,
        why=days.why,
        complete_until=period_figures.until_of(days.known),
        is_running=period.begins < read.at < period.ends,
        days_gone=-(-(read.until - period.begins) // _DAY),
        kept_from=read.first_on if is_late and not days.why else None,
        before=read.before[0],
        year_before=read.year_before[0] if read.year_before else None,
        totals=_totals(read),
        days=[
            period_figures.day_row(day, read.facts.received.get(day.facts.day.on, 0), days.at)
            for day in days.all
        ],
        months=period_figures.month_rows(days),
        rooms=period_tables.room_rows(days),
        organisation_kinds=kinds,
        organisations=organisations,
        event_kinds=period_tables.event_kind_rows(days),
        uncounted_events=period_tables.uncounted(days),
        arrivals=period_tables.arrivals(days),
        curve=period_tables.curve(days),
        weekday_heat=period_tables.weekday_heat(days),
        room_heat=period_tables.room_heat(days),
        post=_post(read),
        work_areas=post_tables.area_rows(read.facts.areas, read.facts.sat, days),
        messages=read.others.messages if read.others else None,
        incidents=read.others.incidents if read.others else None,
        wishes_unmet=read.others.wishes_unmet if read.others else 0,
        refused_entries=read.others.refused_entries if read.others else 0,
        peak=days.peak,
        are_small_hidden=hide_small,
    )


def _totals(read: _Read) -> list[Total]:
    before = read.before[1]
    year_before = read.year_before[1] if read.year_before else None
    lengths = [_length(read.period.begins, read.until)]
    lengths += [
        _length(each[0].period.begins, each[0].until) for each in (read.before, read.year_before) if each
    ]
    return [period_figures.total(key, read.days, before, year_before, lengths) for key in TOTALS]


def _length(begins: datetime, until: datetime) -> float:
    return (until - begins) / _DAY


def _post(read: _Read) -> PostFigures:
    days, post = read.days, read.others.post if read.others else None
    return PostFigures(
        rows=post_tables.post_rows(read.facts.became),
        received=days.figure("received"),
        handed_over=days.figure("handed_over"),
        waiting=Figure(post.waiting if post else None, days.why),
        notices=Figure(post.notices if post else None, days.why),
        oldest_days=Figure.of(post.oldest_days if post else None, days.why or Why.NOBODY),
        median_days=Figure.of(metrics.median(read.facts.waited), days.why or Why.NOBODY),
    )
