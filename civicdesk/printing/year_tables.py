"""The numbers of the yearly activity report as tables: members, goals, and all those of a period."""

from __future__ import annotations

from civicdesk.desk.goal_words import goal_words
from civicdesk.desk.kinds import kind_words
from civicdesk.desk.listing import Column, Form, Table
from civicdesk.desk.period_rows import YearReport
from civicdesk.printing.period_tables import period_sheets
from civicdesk.printing.period_words import cell, said
from civicdesk.printing.tables import Chart, Sheet
from civicdesk.text import _, ngettext, number


def year_sheets(report: YearReport) -> list[Sheet]:
    """All tables of the year."""
    own = [members(report), *([outside(report)] if report.members.outside else [])]
    if not report.figures.why:
        own.append(goals(report))
    first, *others = period_sheets(report.figures)
    return [first, *own, *others]


def largest(report: YearReport) -> list[tuple[str, str]]:
    """The figures of the title page, each with what it is."""
    totals = report.figures.total
    members_ = ngettext("member organisation", "member organisations", report.members.count)
    return [
        (number(report.members.count), members_),
        (said(totals("events").figure), _("events")),
        (said(totals("guests").figure), _("guests")),
        (said(totals("mean_guests").figure), _("guests per event, mean")),
    ]


def members(report: YearReport) -> Sheet:
    """The members by kind, all eleven; the last row is all of them."""
    rows = [(kind_words(kind), count) for kind, count in report.members.by_kind.items()]
    columns = [Column(_("Kind"), Form.WORDS, 30), Column(_("Members"))]
    chart = Chart(_("Members by kind"), (1,), is_lying=True)
    last = (_("All"), sum(count for _kind, count in rows))
    return Sheet(Table("members", _("Members"), columns, rows), chart, last)


def outside(report: YearReport) -> Sheet:
    """Bodies that are no members and are not counted among them."""
    rows = [(kind_words(kind), count) for kind, count in report.members.outside.items()]
    columns = [Column(_("Kind"), Form.WORDS, 30), Column(_("Bodies"))]
    return Sheet(Table("outside", _("Outside bodies"), columns, rows))


def goals(report: YearReport) -> Sheet:
    """The seventeen goals; an event may serve several, so they add up to more than there were."""
    columns = [Column(_("Goal (SDG)"), Form.WORDS, 44), Column(_("Events")), Column(_("Guests"))]
    rows = [(goal_words(row.goal), row.events, cell(row.guests)) for row in report.goals]
    chart = Chart(_("Events by goal"), (1,), is_lying=True)
    return Sheet(Table("goals", _("Goals (SDG)"), columns, rows), chart)
