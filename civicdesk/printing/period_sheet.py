"""The report of a week, a month, a year or any days: upright A4 pages with totals, charts and tables."""

from __future__ import annotations

from collections.abc import Iterator

from civicdesk.desk.period_rows import PeriodReport
from civicdesk.printing import blocks, period_charts, use_tables
from civicdesk.printing import period_tables as tables
from civicdesk.printing.blocks import beside, heading, notice, space, stack, strip, together
from civicdesk.printing.flow import Strip
from civicdesk.printing.paper import MM
from civicdesk.printing.period_words import (
    beside_words,
    box,
    complete_words,
    days_words,
    definitions,
    foot_words,
    report_title,
)
from civicdesk.printing.report_page import BODY, Head, ReportFrame, report_pdf
from civicdesk.printing.table_strips import Type, table_strips
from civicdesk.printing.tables import Sheet
from civicdesk.text import _, ngettext, number

BOXED = ("visitors", "events", "guests", "mean_guests", "used", "peak", "no_shows", "handed_over")
_MOST_DAYS, _MOST_ORGANISATIONS = 62, 12
DENSE = Type(6.9, 4.25 * MM)
"""Of long tables."""


def period_pdf(report: PeriodReport, by: str = "", logo: bytes = b"") -> bytes:
    """The report as PDF."""
    head = Head(
        report_title(report),
        report.centre,
        report.period.name,
        days_words(report),
        complete_words(report),
        logo,
    )
    frame = ReportFrame(head, foot_words(report, by))
    return report_pdf(frame, list(_strips(report)))


def _strips(report: PeriodReport) -> Iterator[Strip]:
    gap = space(5 * MM)
    yield strip(stack(heading(_("Totals"), beside_words(report)), boxes(report), gap))
    if not report.why:  # of days that nothing is known of, no empty charts and no noughts
        yield from _known(report, gap)
    yield from meanings(report)


def _known(report: PeriodReport, gap: blocks.Block) -> Iterator[Strip]:
    yield strip(stack(period_charts.by_day(report), gap))
    hours, weekdays = period_charts.by_hour(report), period_charts.by_weekday(report)
    yield strip(stack(beside(hours, weekdays, 0.46), gap))
    yield from rooms(report)
    kinds = beside(period_charts.organisation_kinds(report), period_charts.event_kinds(report))
    yield strip(stack(kinds, gap))
    yield from parts(report)


def boxes(report: PeriodReport) -> blocks.Block:
    """The eight totals."""
    return blocks.boxes([box(report.total(key)) for key in BOXED])


def rooms(report: PeriodReport) -> Iterator[Strip]:
    """Rooms booked and in use, and by the hour."""
    yield from together([*period_charts.rooms(report), strip(space(4 * MM))], most=BODY / 2)
    yield from period_charts.rooms_by_hour(report)
    yield strip(space(4 * MM))


def parts(report: PeriodReport) -> Iterator[Strip]:
    """The tables behind the charts."""
    yield from organisations(report, _MOST_ORGANISATIONS)
    yield strip(stack(heading(_("In figures")), figures(report), space(5 * MM)))
    if report.period.days <= _MOST_DAYS:
        yield from part(tables.days(report), _("Days"), type_=DENSE)
    if len(report.months) > 1:
        yield from part(tables.months(report), _("Months"), type_=DENSE)
    yield from part(use_tables.post(report), _("Post"), type_=DENSE)
    yield from part(use_tables.work_areas(report), _("Work areas"), type_=DENSE)


def part(sheet: Sheet, words: str, second: str = "", type_: Type | None = None) -> list[Strip]:
    """A table under its name; nothing to show is said."""
    rows = (
        table_strips(sheet, type_=type_)
        if sheet.table.rows
        else [notice(_("Nothing of this in these days."))]
    )
    return together([strip(heading(words, second), with_next=True), *rows, strip(space(4 * MM))])


def organisations(report: PeriodReport, most: int) -> Iterator[Strip]:
    """Those that had the rooms most; all of them are in the spreadsheet."""
    rest = len(report.organisations) - most
    words = ngettext(
        "and {count} more, in the spreadsheet", "and {count} more, in the spreadsheet", max(rest, 0)
    )
    second = words.format(count=number(rest)) if rest > 0 else ""
    yield from part(use_tables.organisations(report, most), _("Organisations"), second)


def figures(report: PeriodReport) -> blocks.Block:
    """The small figures, in two columns."""
    pairs = use_tables.facts(report)
    half = -(-len(pairs) // 2)
    return beside(blocks.facts(pairs[:half]), blocks.facts(pairs[half:]))


def meanings(report: PeriodReport) -> Iterator[Strip]:
    """What every figure means, at the end."""
    yield strip(stack(heading(_("What it means")), blocks.words(definitions(report))))
