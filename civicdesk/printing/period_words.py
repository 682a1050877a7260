"""The words of the reports of a period: what each total is, what it is compared with, why something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from civicdesk.desk.booking_words import kind_words as event_words
from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.kinds import kind_words as organisation_words
from civicdesk.desk.listing import Cell
from civicdesk.desk.period import PeriodKind
from civicdesk.desk.period_rows import SHARES, Beside, PeriodReport
from civicdesk.desk.period_rows import Total as Compared
from civicdesk.printing import occupancy_said
from civicdesk.printing.occupancy_said import FEW, meanings
from civicdesk.printing.occupancy_words import Total
from civicdesk.printing.rolls import moment
from civicdesk.printing.tables import NOTHING
from civicdesk.text import N_, _, clock, day, local, ngettext, number, percent

_STEADY = 0.005
_WHY: dict[str, str] = {
    Why.BEFORE: N_("the desk kept nothing of these days"),
    Why.AHEAD: N_("these days have not come yet"),
    Why.CLOSED: N_("the centre is closed on these days"),
}
"""What is said otherwise of a day alone."""
_WORDS: dict[str, str] = {
    "visitors": N_("visitors"),
    "entries": N_("entries by name"),
    "events": N_("events"),
    "guests": N_("guests of events"),
    "mean_guests": N_("guests per event, mean"),
    "open_days": N_("open days"),
    "peak": N_("most inside"),
    "booked": N_("rooms booked"),
    "used": N_("rooms in use"),
    "fill": N_("full while in use"),
    "utilisation": N_("utilisation"),
    "no_shows": N_("nobody came"),
    "no_show_share": N_("no-show rate"),
    "received": N_("post received"),
    "handed_over": N_("post handed over"),
}


def total_words(key: str) -> str:
    """What a total is."""
    return _(_WORDS.get(key, key))


def why_words(why: str) -> str:
    """Why a figure of some days is missing."""
    return _(_WHY[why]) if why in _WHY else occupancy_said.why_words(why)


def is_hidden(figure: Figure) -> bool:
    """Whether a figure is known, and too small to be told outside the centre."""
    return figure.why == Why.FEW


def said(figure: Figure, *, is_share: bool = False) -> str:
    """A figure, "<5", or a dash."""
    return FEW if is_hidden(figure) else occupancy_said.said(figure, is_share=is_share)


def cell(figure: Figure) -> Cell:
    """A figure as a cell: a number, "<5", or nothing."""
    return FEW if is_hidden(figure) else figure.value


def change_words(change: float | None, *, is_share: bool = False) -> str:
    """By how much it went up or down, in a sign and a number; shares in points. No colour is needed."""
    if change is None:
        return ""
    if abs(change) < _STEADY:
        return "="
    if not is_share:
        return f"{'↑' if change > 0 else '↓'} {percent(abs(change))}"
    points = round(abs(change) * 100)
    words = ngettext("{arrow} {count} point", "{arrow} {count} points", points)
    return words.format(arrow="↑" if change > 0 else "↓", count=number(points))


def box(total: Compared) -> Total:
    """A total as it stands in its box."""
    is_share = total.key in SHARES
    rows = [_beside(_("before: {figure}"), total.before, total.change, is_share=is_share)]
    if total.year_before is not None:
        words = _("year before: {figure}")
        rows.append(_beside(words, total.year_before, total.change_of_year, is_share=is_share))
    return Total(said(total.figure, is_share=is_share), total_words(total.key), tuple(rows))


def _beside(words: str, figure: Figure, change: float | None, *, is_share: bool) -> str:
    return " ".join(
        filter(
            None,
            (words.format(figure=said(figure, is_share=is_share)), change_words(change, is_share=is_share)),
        )
    )


def beside_words(report: PeriodReport) -> str:
    """What the totals are compared with; those that cannot be given, with nothing."""
    if report.why:
        return ""
    names = [_beside_name(each) for each in (report.before, report.year_before) if each]
    a_day = _("changes are per day") if any(total.is_a_day for total in report.totals) else ""
    compared = _("compared with {periods}").format(periods=", ".join(names))
    return " · ".join(filter(None, (compared, a_day)))


def _beside_name(beside: Beside) -> str:
    if not beside.is_cut:
        return beside.period.name
    days = ngettext("{count} day", "{count} days", beside.days).format(count=number(beside.days))
    return _("{period} (its first {days})").format(period=beside.period.name, days=days)


def report_title(report: PeriodReport) -> str:
    """What the report is called: by how long it is."""
    words = {
        PeriodKind.WEEK: _("Weekly report"),
        PeriodKind.MONTH: _("Monthly report"),
        PeriodKind.QUARTER: _("Quarterly report"),
        PeriodKind.HALF: _("Half-year report"),
        PeriodKind.YEAR: _("Report of a year"),
        PeriodKind.TWELVE_MONTHS: _("Report of twelve months"),
    }
    return words.get(report.period.kind, _("Report of a period"))


def days_words(report: PeriodReport) -> str:
    """How many days it has, and on how many of them the centre was open."""
    days = ngettext("{count} day", "{count} days", report.period.days)
    opened = report.total("open_days").figure
    parts = [days.format(count=number(report.period.days))]
    if opened.value is not None:
        words = ngettext("{count} of them open", "{count} of them open", round(opened.value))
        parts.append(words.format(count=number(round(opened.value))))
    if report.kept_from:
        parts.append(_("kept since {day}").format(day=day(report.kept_from, "d MMMM yyyy")))
    return " · ".join(parts)


def complete_words(report: PeriodReport) -> str:
    """Until when the figures are complete, or why there are none."""
    if report.complete_until is None:
        return _("No data: {why}").format(why=why_words(report.why))
    if not report.is_running:
        return _("Data complete for the whole period")
    until = local(report.complete_until)
    words = _("Data complete until {time}")
    return words.format(time=f"{day(until.date(), 'd MMMM yyyy')} {clock(until)}")


def foot_words(report: PeriodReport, by: str) -> str:
    """When it was made, until when it is complete, and by whom; a name that is too long is cut."""
    printed = _("Printed {time}").format(time=moment(report.at))
    return " · ".join(filter(None, (printed, complete_words(report), by)))


def kind_name(kind: str) -> str:
    """A kind of organisation, or none."""
    return organisation_words(kind) if kind else _("no organisation")


def event_name(kind: str) -> str:
    """A kind of event, or none that was said."""
    return event_words(kind) if kind else _("kind not said")


def definitions(report: PeriodReport) -> list[str]:
    """What each figure means, why some are missing, and why some are hidden: a sentence each."""
    found = [
        *meanings(),
        _(
            "Guests: people counted at an event or written down at its end; the mean is of events with a count."
        ),
        _("Change: of as many days of the other period; where periods differ in length, per day."),
    ]
    if missing := reasons(report):
        found.append(f"{NOTHING}: {'; '.join(missing)}.")
    if report.are_small_hidden:
        found.append(
            _("<5: hidden; fewer than five people stand behind it, or behind a figure it would give away.")
        )
    return found


def reasons(report: PeriodReport) -> Sequence[str]:
    """Why figures are missing, each reason once."""
    whys = (figure.why for figure in _figures(report) if figure.value is None and figure.why)
    return [why_words(why) for why in dict.fromkeys(whys) if why != Why.FEW]


def _figures(report: PeriodReport) -> Iterable[Figure]:
    for total in report.totals:
        yield from filter(None, (total.figure, total.before, total.year_before))
    for room in report.rooms:
        yield from (room.booked, room.used, room.fill, room.utilisation)
    for row in report.days:
        yield from (row.visitors, row.used)
    for kind in report.event_kinds:
        yield from (kind.guests, kind.mean)
