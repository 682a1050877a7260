"""The yearly activity report: a title page, contents, and a part for everything the centre answers for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from civicdesk.desk.period_rows import YearReport
from civicdesk.printing import blocks, period_charts, use_tables, year_charts, year_tables
from civicdesk.printing import period_sheet as parts
from civicdesk.printing import period_tables as tables
from civicdesk.printing.blocks import beside, heading, lead, space, stack, strip, title
from civicdesk.printing.charts import Bar
from civicdesk.printing.flow import Strip
from civicdesk.printing.paper import MM
from civicdesk.printing.period_words import (
    beside_words,
    complete_words,
    days_words,
    definitions,
    foot_words,
    said,
)
from civicdesk.printing.report_page import Contents, Head, ReportFrame, report_pdf
from civicdesk.printing.year_cover import Cover, draw_cover
from civicdesk.text import _, day, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_MOST_ORGANISATIONS = 30
_GAP = 5 * MM


def year_pdf(report: YearReport, by: str = "", logo: bytes = b"") -> bytes:
    """The report as PDF, with an outline, and contents that lead to their pages."""
    figures = report.figures
    head = Head(
        _("Yearly activity report"),
        figures.centre,
        figures.period.name,
        days_words(figures),
        complete_words(figures),
        logo,
    )
    frame = ReportFrame(head, foot_words(figures, by))
    body = list(_parts(report))
    contents = Contents([each.mark for each in body if each.mark])

    def cover(page: Canvas, _top: float) -> None:
        draw_cover(page, _cover(report, frame))

    return report_pdf(frame, [*_front(report, contents), *body], cover=cover, contents=contents)


def _cover(report: YearReport, frame: ReportFrame) -> Cover:
    months = [] if report.figures.why else report.figures.months
    bars = [Bar(row.guests.value, day(row.first, "MMM")) for row in months]
    words = _("guests of events, by month")
    return Cover(frame, report.figures.period.name, year_tables.largest(report), words, bars)


def _front(report: YearReport, contents: Contents) -> Iterator[Strip]:
    yield title("contents", _("Contents"))
    yield from contents.strips()
    yield strip(space(10 * MM))
    totals = heading(_("The year at a glance"), beside_words(report.figures))
    yield strip(stack(totals, parts.boxes(report.figures)))


def _parts(report: YearReport) -> Iterator[Strip]:
    yield from _members(report)
    if not report.figures.why:
        yield from _known(report)
    yield title("meanings", _("What it means"))
    yield strip(blocks.words(definitions(report.figures), size=8))


def _known(report: YearReport) -> Iterator[Strip]:
    yield from _events(report)
    yield from _goals(report)
    yield from _months(report)
    yield from _hours(report)
    yield from _rooms(report)
    yield from _organisations(report)
    yield from _post(report)
    yield from _areas(report)


def _members(report: YearReport) -> Iterator[Strip]:
    yield title("members", _("Members"), on_new_page=True)
    found = report.members
    joined = ngettext("{count} joined", "{count} joined", found.joined).format(count=number(found.joined))
    left = ngettext("{count} left", "{count} left", found.left).format(count=number(found.left))
    all_ = ngettext("{count} member organisation", "{count} member organisations", found.count)
    words = " · ".join((all_.format(count=number(found.count)), joined, left))
    yield lead(words)
    kinds = year_charts.members(report)
    yield strip(
        stack(beside(kinds, year_charts.outside(report), 0.56) if found.outside else kinds, space(_GAP))
    )


def _events(report: YearReport) -> Iterator[Strip]:
    yield title("events", _("Events and guests"))
    yield lead(
        _("{events} events · {guests} guests · {mean} guests per event on average").format(
            events=_said(report, "events"), guests=_said(report, "guests"), mean=_said(report, "mean_guests")
        )
    )
    yield strip(stack(period_charts.event_kinds(report.figures, with_all=True), space(_GAP)))
    yield from parts.part(use_tables.event_kinds(report.figures), _("Kinds of event"))


def _said(report: YearReport, key: str) -> str:
    return said(report.figures.total(key).figure)


def _goals(report: YearReport) -> Iterator[Strip]:
    yield title("goals", _("Goals of sustainable development"))
    yield strip(stack(year_charts.goals(report), space(_GAP)))


def _months(report: YearReport) -> Iterator[Strip]:
    yield title("months", _("The months"))
    yield strip(stack(year_charts.visitors_by_month(report), space(_GAP)))
    yield from parts.part(tables.months(report.figures), _("Months"), type_=parts.DENSE)


def _hours(report: YearReport) -> Iterator[Strip]:
    figures = report.figures
    yield title("hours", _("Days and hours"))
    yield strip(stack(period_charts.by_day(figures), space(_GAP)))
    hours, weekdays = period_charts.by_hour(figures), period_charts.by_weekday(figures)
    yield strip(stack(beside(hours, weekdays, 0.46), space(_GAP)))


def _rooms(report: YearReport) -> Iterator[Strip]:
    yield title("rooms", _("Rooms"))
    idle = [row.place.name for row in report.figures.rooms if row.is_idle]
    if idle:
        words = ngettext("Never used: {rooms}", "Never used: {rooms}", len(idle))
        yield lead(words.format(rooms=", ".join(idle)))
    yield from parts.rooms(report.figures)


def _organisations(report: YearReport) -> Iterator[Strip]:
    yield title("organisations", _("Who had the rooms"))
    yield strip(stack(period_charts.organisation_kinds(report.figures, with_all=True), space(_GAP)))
    yield from parts.organisations(report.figures, _MOST_ORGANISATIONS)


def _post(report: YearReport) -> Iterator[Strip]:
    yield title("post", _("Post"))
    yield from parts.part(use_tables.post(report.figures), _("Post by kind"))


def _areas(report: YearReport) -> Iterator[Strip]:
    yield title("work_areas", _("Work areas, messages, incidents"))
    yield from parts.part(use_tables.work_areas(report.figures), _("Work areas"))
    yield strip(stack(heading(_("In figures")), parts.figures(report.figures), space(_GAP)))
