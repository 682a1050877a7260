"""The charts of the yearly report: members by kind, guests by month, the seventeen goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicdesk.desk.goal_words import goal_words
from civicdesk.desk.kinds import kind_words
from civicdesk.desk.period_rows import YearReport
from civicdesk.printing import charts, grids
from civicdesk.printing.blocks import Block, heading, stack
from civicdesk.printing.charts import Bar, Box
from civicdesk.printing.grids import Kind
from civicdesk.printing.period_charts import CHART, guests_words, kinds_block
from civicdesk.text import _, day, ngettext, number, percent

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def members(report: YearReport) -> Block:
    """How many members of each kind there are."""
    found = report.members
    kinds = [
        Kind(kind_words(kind), count, number(count), percent(count / found.count) if found.count else "")
        for kind, count in found.by_kind.items()
    ]
    return kinds_block(_("Members by kind"), kinds)


def outside(report: YearReport) -> Block:
    """Who else comes, and is no member."""
    kinds = [Kind(kind_words(kind), count, number(count)) for kind, count in report.members.outside.items()]
    return kinds_block(_("Outside bodies, not counted as members"), kinds)


def visitors_by_month(report: YearReport) -> Block:
    """Visitors, month by month."""
    bars = [Bar(row.visitors.value, day(row.first, "MMM")) for row in report.figures.months]

    def drawing(page: Canvas, box: Box) -> None:
        charts.draw_bars(page, box, bars)

    return stack(heading(_("Visitors by month")), Block(CHART, drawing))


def goals(report: YearReport) -> Block:
    """All seventeen, also those no event served."""
    kinds = [
        Kind(goal_words(row.goal), row.events, number(row.events), guests_words(row.guests))
        for row in report.goals
    ]
    words = ngettext("{count} event without a goal", "{count} events without a goal", report.without_goal)
    second = words.format(count=number(report.without_goal))
    return stack(
        heading(_("Events by goal of sustainable development"), second),
        Block(
            grids.GOAL_ROW * len(kinds),
            lambda page, box: grids.draw_kinds(page, box, kinds, row=grids.GOAL_ROW),
        ),
    )
