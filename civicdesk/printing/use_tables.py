"""Who used the centre, and for what, as tables: kinds of organisation, organisations, events, post, work areas."""

from __future__ import annotations

from collections.abc import Sequence

from civicdesk.desk.listing import Cell, Column, Form, Table
from civicdesk.desk.mail_words import kind_words as post_words
from civicdesk.desk.period_rows import PeriodReport
from civicdesk.printing.period_words import cell, event_name, kind_name
from civicdesk.printing.tables import Chart, Sheet, cell_words
from civicdesk.text import _

_MINUTES = 60


def organisation_kinds(report: PeriodReport) -> Sheet:
    """Who had the rooms, by kind."""
    columns = [
        Column(_("Kind"), Form.WORDS, 26),
        Column(_("Organisations")),
        Column(_("Events")),
        Column(_("Guests")),
        Column(_("Visitors")),
        Column(_("Hours"), width=12),
        Column(_("Nobody came")),
    ]
    rows = [
        (
            kind_name(row.kind),
            row.organisations,
            row.events,
            cell(row.guests),
            cell(row.visitors),
            row.minutes / _MINUTES,
            row.no_shows,
        )
        for row in report.organisation_kinds
    ]
    chart = Chart(_("Events by kind of organisation"), (2,), is_lying=True)
    return Sheet(Table("organisation_kinds", _("Kinds of organisation"), columns, rows), chart)


def organisations(report: PeriodReport, most: int | None = None) -> Sheet:
    """Who had the rooms, or were visited."""
    columns = [
        Column(_("Organisation"), Form.WORDS, 46),
        Column(_("Kind"), Form.WORDS, 20),
        Column(_("Events")),
        Column(_("Guests")),
        Column(_("Visitors")),
        Column(_("Hours"), width=12),
        Column(_("Nobody came")),
    ]
    rows = [
        (
            row.name,
            kind_name(row.kind),
            row.events,
            cell(row.guests),
            cell(row.visitors),
            row.minutes / _MINUTES,
            row.no_shows,
        )
        for row in report.organisations[:most]
    ]
    return Sheet(Table("organisations", _("Organisations"), columns, rows))


def event_kinds(report: PeriodReport) -> Sheet:
    """What took place, by kind; the last row is all of it."""
    columns = [
        Column(_("Kind of event"), Form.WORDS, 28),
        Column(_("Events")),
        Column(_("Guests")),
        Column(_("Guests per event, mean"), width=16),
        Column(_("Nobody came")),
    ]
    rows = [
        (event_name(row.kind), row.events, cell(row.guests), cell(row.mean), row.no_shows)
        for row in report.event_kinds
    ]
    of_all = (report.total("guests").figure, report.total("mean_guests").figure)
    last: Sequence[Cell] = (
        _("All"),
        sum(row.events for row in report.event_kinds),
        *map(cell, of_all),
        sum(row.no_shows for row in report.event_kinds),
    )
    chart = Chart(_("Events by kind"), (1,), is_lying=True)
    return Sheet(Table("event_kinds", _("Kinds of event"), columns, rows), chart, last)


def post(report: PeriodReport) -> Sheet:
    """What came, and what had become of it at the end of the period."""
    heads = (_("Received"), _("Handed over"), _("Waiting"), _("Sent on"), _("Returned"), _("Unclaimed"))
    columns = [
        Column(_("Kind of post"), Form.WORDS, 26),
        *(Column(words) for words in (*heads, _("Not taken"), _("Withdrawn"))),
    ]
    numbers = [
        (
            *(row.received, row.handed_over, row.waiting, row.forwarded),
            *(row.returned, row.unclaimed, row.not_taken, row.withdrawn),
        )
        for row in report.post.rows
    ]
    rows = [(post_words(row.kind), *own) for row, own in zip(report.post.rows, numbers, strict=True)]
    last: Sequence[Cell] = (
        _("All"),
        *(sum(row[place] for row in numbers) for place in range(len(columns) - 1)),
    )
    chart = Chart(_("Post received by kind"), (1,), is_lying=True)
    return Sheet(Table("post", _("Post"), columns, rows), chart, last if rows else ())


def work_areas(report: PeriodReport) -> Sheet:
    """The seats."""
    columns = [
        Column(_("Work area"), Form.WORDS, 30),
        Column(_("Seats")),
        Column(_("People")),
        Column(_("Most seated")),
        Column(_("Mean stay, minutes"), width=16),
    ]
    rows = [(row.name, row.seats, row.people, row.most, cell(row.mean_minutes)) for row in report.work_areas]
    return Sheet(Table("work_areas", _("Work areas"), columns, rows))


def others(report: PeriodReport) -> Sheet:
    """What else was counted."""
    found, messages, incidents = report.post, report.messages, report.incidents
    rows: list[Sequence[Cell]] = [
        (_("Post received"), cell(found.received)),
        (_("Post handed over"), cell(found.handed_over)),
        (_("Post waiting"), cell(found.waiting)),
        (_("Official notices outstanding"), cell(found.notices)),
        (_("Oldest item, days"), cell(found.oldest_days)),
        (_("Days until handed over, median"), cell(found.median_days)),
        (_("Messages taken"), messages.taken if messages else None),
        (_("Messages not passed on"), messages.undelivered if messages else None),
        (_("Urgent ones among them"), messages.urgent if messages else None),
        (_("Corrections"), incidents.corrections if incidents else None),
        (_("Evacuations"), incidents.musters if incidents else None),
        (_("Drills"), incidents.drills if incidents else None),
        (_("Events at which nobody was counted"), report.uncounted_events),
        (_("Wishes for a room not met"), report.wishes_unmet),
        (_("Refused at the door"), report.refused_entries),
    ]
    columns = [Column(_("Figure"), Form.WORDS, 36), Column(_("Value"))]
    return Sheet(Table("figures", _("Figures"), columns, rows))


def facts(report: PeriodReport) -> list[tuple[str, str]]:
    """The small figures in words."""
    return [(str(name), cell_words(value, Form.COUNT)) for name, value in others(report).table.rows]
