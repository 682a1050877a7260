"""The charts of the yearly report: members by kind, guests by month, the seventeen goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicdesk.desk.day_figures import Figure
from civicdesk.desk.goal_words import goal_words
from civicdesk.desk.kinds import kind_words
from civicdesk.desk.period_rows import MonthRow, YearReport
from civicdesk.printing import charts, grids
from civicdesk.printing.blocks import Block, heading, stack
from civicdesk.printing.charts import Bar, Box
from civicdesk.printing.grids import Kind
from civicdesk.printing.period_charts import CHART, kinds_block
from civicdesk.printing.period_words import said
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


def guests_by_month(report: YearReport) -> Block:
    """Guests of events, month by month."""
    return _by_month(_("Guests of events by month"), [(row, row.guests) for row in report.figures.months])


def visitors_by_month(report: YearReport) -> Block:
    """Visitors, month by month."""
    return _by_month(_("Visitors by month"), [(row, row.visitors) for row in report.figures.months])


def _by_month(words: str, rows: list[tuple[MonthRow, Figure]]) -> Block:
    bars = [Bar(figure.value, day(row.first, "MMM")) for row, figure in rows]

    def drawing(page: Canvas, box: Box) -> None:
        charts.draw_bars(page, box, bars)

    return stack(heading(words), Block(CHART, drawing))


def goals(report: YearReport) -> Block:
    """All seventeen, also those no event served."""
    kinds = [
        Kind(goal_words(row.goal), row.events, number(row.events), _guests(row.guests))
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


def _guests(figure: Figure) -> str:
    words = ngettext("{count} guest", "{count} guests", round(figure.value or 0))
    return words.format(count=said(figure))
