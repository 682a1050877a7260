"""The marks of the plots of a period, each with its words and with what is behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from civicdesk.desk.behind import Wanted
from civicdesk.desk.day_figures import Figure
from civicdesk.desk.goal_words import goal_words
from civicdesk.desk.period_rows import DayRow, GoalRow, Heat, MonthRow, PeriodReport
from civicdesk.printing.period_words import event_name, kind_name, said
from civicdesk.text import _, day, ngettext, number, percent
from civicdesk.ui.pages.reports.plots.words import hour_words, people_words
from civicdesk.ui.widgets.plots import Axes, Kind, Mark

Behind = dict[Hashable, tuple[Wanted, str]]
_MONDAY = date(2024, 1, 1)
MOST_ORGANISATIONS = 10


@dataclass(frozen=True)
class Plotted:
    """The marks of one plot, and what is behind each of them."""

    marks: Sequence[Mark]
    behind: Behind


Row = DayRow | MonthRow


def of_measure(row: Row, measure: str) -> Figure:
    """One figure of a day or a month."""
    figures = {
        "visitors": row.visitors,
        "events": row.events,
        "guests": row.guests,
        "used": row.used,
    }
    return figures[measure]


def days(report: PeriodReport, measure: str, other: PeriodReport | None = None) -> Plotted:
    """The days, beside the day in the same place of another period."""
    beside = list(other.days) if other else []
    marks = [_day(row, measure, beside[n] if n < len(beside) else None) for n, row in enumerate(report.days)]
    behind: Behind = {row.on: (Wanted(first=row.on, last=row.on), day(row.on)) for row in report.days}
    return Plotted(marks, behind)


def months(report: PeriodReport, measure: str, other: PeriodReport | None = None) -> Plotted:
    """The months, beside the month in the same place of another period."""
    beside = list(other.months) if other else []
    marks = []
    behind: Behind = {}
    for place, row in enumerate(report.months):
        usual = of_measure(beside[place], measure) if place < len(beside) else None
        name = day(row.first, "LLLL yyyy")
        marks.append(
            _figure(
                row.first,
                day(row.first, "LLL"),
                of_measure(row, measure),
                name=name,
                measure=measure,
                usual=usual,
            )
        )
        behind[row.first] = (Wanted(first=row.first, last=row.last), name)
    return Plotted(marks, behind)


def hours(report: PeriodReport, other: PeriodReport | None = None) -> Plotted:
    """Arrivals by the hour on the mean of an open day."""
    now, then = _by_hour(report), _by_hour(other) if other else {}
    whole = _whole(report)
    marks = []
    behind: Behind = {}
    for hour in sorted({*now, *then, *report.weekday_heat.hours}):
        value = now.get(hour, 0.0) if now else None
        usual = then.get(hour, 0.0) if then else None
        said_ = _("not known") if value is None else _("{people} a day").format(people=people_words(value))
        words = "" if value is None else number(round(value, 1) if value < 10 else round(value))  # noqa: PLR2004
        marks.append(
            Mark(
                hour, str(hour), value, words, f"{hour_words(hour)} · {said_}", usual, opens=value is not None
            )
        )
        behind[hour] = (replace(whole, hour=hour), f"{hour_words(hour)} · {report.period.name}")
    return Plotted(marks, behind)


def weekday_heat(report: PeriodReport) -> tuple[Axes, Plotted]:
    """Entries by weekday and hour."""
    heat = report.weekday_heat
    most = heat.most or 1.0
    names = {row: day(_MONDAY + timedelta(int(row)), "EEEE") for row in heat.rows}
    axes = Axes(tuple(names[row] for row in heat.rows), tuple(map(str, heat.hours)))

    def mark(row: str, hour: int, value: float) -> tuple[float, str, str]:
        words = number(round(value, 1) if value < 10 else round(value)) if value else ""  # noqa: PLR2004
        return value / most, words, _("{people} a day").format(people=people_words(value))

    def wanted(row: str, hour: int) -> Wanted:
        return replace(_whole(report), weekday=int(row), hour=hour)

    return axes, _heat(heat, names, mark, wanted)


def room_heat(report: PeriodReport) -> tuple[Axes, Plotted]:
    """For how much of its opening time each room was in use, by hour."""
    heat = report.room_heat
    rooms = {row.place.id: row for row in report.rooms}
    names = {row: rooms[row].place.name for row in heat.rows}
    ends = tuple(_("{share} in use").format(share=said(rooms[row].used, is_share=True)) for row in heat.rows)
    axes = Axes(tuple(names[row] for row in heat.rows), tuple(map(str, heat.hours)), ends)

    def mark(row: str, hour: int, value: float) -> tuple[float, str, str]:
        return (
            value,
            number(round(value * 100)) if value else "",
            _("{share} in use").format(share=percent(value)),
        )

    def wanted(row: str, hour: int) -> Wanted:
        return replace(_whole(report), room=row, hour=hour)

    return axes, _heat(heat, names, mark, wanted)


def rooms(report: PeriodReport, other: PeriodReport | None = None) -> Plotted:
    """The share of its opening time for which each room was in use."""
    then = {row.place.id: row.used for row in other.rooms} if other else {}
    whole = _whole(report)
    marks = [
        replace(
            _figure(
                row.place.id,
                row.place.name,
                row.used,
                name=row.place.name,
                measure="used",
                usual=then.get(row.place.id),
            ),
            second=events_words(row.events),
        )
        for row in report.rooms
    ]
    behind: Behind = {
        row.place.id: (replace(whole, room=row.place.id), row.place.name) for row in report.rooms
    }
    return Plotted(marks, behind)


def organisation_kinds(report: PeriodReport, other: PeriodReport | None = None) -> Plotted:
    """Events by the kind of organisation."""
    then = {row.kind: row.events for row in other.organisation_kinds} if other else None
    whole = _whole(report)
    marks = [
        _count(row.kind, kind_name(row.kind), row.events, _guests(row.guests), then)
        for row in report.organisation_kinds
    ]
    behind: Behind = {
        row.kind: (replace(whole, organisation_kind=row.kind), kind_name(row.kind))
        for row in report.organisation_kinds
    }
    return Plotted(marks, behind)


def event_kinds(report: PeriodReport, other: PeriodReport | None = None) -> Plotted:
    """Events by their kind."""
    then = {row.kind: row.events for row in other.event_kinds} if other else None
    whole = _whole(report)
    marks = [
        _count(row.kind, event_name(row.kind), row.events, _guests(row.guests), then)
        for row in report.event_kinds
    ]
    behind: Behind = {
        row.kind: (replace(whole, event_kind=row.kind), event_name(row.kind)) for row in report.event_kinds
    }
    return Plotted(marks, behind)


def organisations(report: PeriodReport) -> Plotted:
    """The organisations with most events."""
    most = sorted(report.organisations, key=lambda row: -row.events)[:MOST_ORGANISATIONS]
    whole = _whole(report)
    marks = [_count(row.id, row.name, row.events, _guests(row.guests), None) for row in most]
    behind: Behind = {row.id: (replace(whole, organisation=row.id), row.name) for row in most}
    return Plotted(marks, behind)


def goals(report: PeriodReport, rows: Sequence[GoalRow]) -> Plotted:
    """The seventeen goals, also those that no event served."""
    whole = _whole(report)
    marks = [_count(row.goal, goal_words(row.goal), row.events, _guests(row.guests), None) for row in rows]
    behind: Behind = {row.goal: (replace(whole, goal=row.goal), goal_words(row.goal)) for row in rows}
    return Plotted(marks, behind)


def members(by_kind: Mapping[str, int]) -> Plotted:
    """Members by kind; there are no rows behind that a report would show."""
    marks = [
        replace(_count(kind, kind_name(kind), count, "", None), opens=False)
        for kind, count in by_kind.items()
    ]
    return Plotted(marks, {})


def events_words(count: int) -> str:
    """`12 events`."""
    return ngettext("{count} event", "{count} events", count).format(count=number(count))


def _whole(report: PeriodReport) -> Wanted:
    return Wanted(first=report.period.first, last=report.period.last)


def _guests(figure: Figure) -> str:
    return "" if figure.value is None else _("guests: {count}").format(count=number(figure.value))


def _day(row: DayRow, measure: str, beside: DayRow | None) -> Mark:
    figure = of_measure(row, measure)
    usual = of_measure(beside, measure) if beside else None
    mark = _figure(row.on, str(row.on.day), figure, name=day(row.on), measure=measure, usual=usual)
    if not row.is_open and not figure.value:
        spoken = " · ".join(filter(None, (day(row.on), row.reason or _("closed"))))
        return replace(mark, kind=Kind.CLOSED, second=row.reason, spoken=spoken, value=None)
    return replace(mark, kind=Kind.MISSING) if figure.value is None else mark


def _figure(
    key: Hashable, label: str, figure: Figure, *, name: str, measure: str, usual: Figure | None
) -> Mark:
    """One figure as a mark; a share is a share of one."""
    is_share = measure == "used"
    words = said(figure, is_share=is_share)
    beside = "" if usual is None else _("before: {figure}").format(figure=said(usual, is_share=is_share))
    return Mark(
        key,
        label,
        value=figure.value,
        words=words,
        spoken=" · ".join(filter(None, (name, words, beside))),
        usual=usual.value if usual else None,
        usual_words=beside,
    )


def _count(key: str | int, name: str, count: int, second: str, then: Mapping[str, int] | None) -> Mark:
    before = None if then is None else then.get(str(key), 0)
    beside = "" if before is None else _("before: {figure}").format(figure=number(before))
    return Mark(
        key,
        name,
        value=float(count),
        words=number(count),
        spoken=" · ".join(
            filter(None, (name, events_words(count) if second else number(count), second, beside))
        ),
        usual=None if before is None else float(before),
        usual_words=beside,
        second=second,
    )


def _by_hour(report: PeriodReport) -> dict[int, float]:
    found: defaultdict[int, float] = defaultdict(float)
    for minute, people in report.curve:
        found[minute // 60] += people
    return dict(found)


def _heat(
    heat: Heat,
    names: Mapping[str, str],
    mark: Callable[[str, int, float], tuple[float, str, str]],
    wanted: Callable[[str, int], Wanted],
) -> Plotted:
    marks = []
    behind: Behind = {}
    for row in heat.rows:
        for hour in heat.hours:
            value, place = heat.cells.get((row, hour)), (row, hour)
            where = f"{names[row]} · {hour_words(hour)}"
            if value is None:
                marks.append(Mark(place, kind=Kind.CLOSED, spoken=f"{where} · {_('closed')}", opens=False))
                continue
            share, words, spoken = mark(row, hour, value)
            marks.append(Mark(place, value=share, words=words, spoken=f"{where} · {spoken}"))
            behind[place] = (wanted(row, hour), where)
    return Plotted(marks, behind)
