"""The title page of the yearly activity report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicdesk.printing import charts
from civicdesk.printing.charts import Bar, Box
from civicdesk.printing.fonts import Weight
from civicdesk.printing.ink import INK, MUTE, RULE, SOLID
from civicdesk.printing.lines import draw, draw_fitted
from civicdesk.printing.logo import logo
from civicdesk.printing.paper import MM, colour
from civicdesk.printing.report_page import HEIGHT, LEFT, WIDE, ReportFrame

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_LOGO = (60 * MM, 24 * MM)
_FIGURES = 108 * MM
_CHART = 46 * MM


@dataclass(frozen=True)
class Cover:
    """What stands on it: whose report, of when, its largest figures, and the months as bars with their words."""

    frame: ReportFrame
    span: str
    figures: Sequence[tuple[str, str]]
    bars_are: str
    bars: Sequence[Bar]


def draw_cover(page: Canvas, cover: Cover) -> None:
    """The title above, the four figures in the middle, the year as bars below."""
    head = cover.frame.head
    _draw_logo(page, head.logo)
    y = HEIGHT - 82 * MM
    colour(page, SOLID)
    page.rect(LEFT, y + 21 * MM, 18 * MM, 1.6 * MM, stroke=0, fill=1)
    colour(page, INK)
    draw_fitted(page, LEFT, y + 6 * MM, head.title, width=WIDE, sizes=(34, 29, 24), weight=Weight.BOLD)
    draw_fitted(page, LEFT, y - 8 * MM, cover.span, width=WIDE, sizes=(26, 22, 17, 13))
    colour(page, MUTE)
    draw_fitted(page, LEFT, y - 19 * MM, head.centre, width=WIDE, sizes=(14, 12, 10.5), lines=2)
    _draw_figures(page, cover.figures)
    if cover.bars:
        colour(page, MUTE)
        draw(page, LEFT, 40 * MM + _CHART, cover.bars_are, 8)
        charts.draw_bars(page, Box(LEFT, 38 * MM + _CHART, WIDE, _CHART), cover.bars)
    colour(page, MUTE)
    draw_fitted(page, LEFT, 20 * MM, head.second, width=WIDE, sizes=(8.5, 7.5))
    draw_fitted(page, LEFT, 15.4 * MM, cover.frame.foot, width=WIDE, sizes=(8.5, 7.5))


def _draw_logo(page: Canvas, png: bytes) -> None:
    drawn = logo(png, *_LOGO, is_black=False) if png else None
    if drawn:
        drawn.draw(page, LEFT, HEIGHT - 20 * MM - drawn.height)


def _draw_figures(page: Canvas, figures: Sequence[tuple[str, str]]) -> None:
    wide = WIDE / max(len(figures), 1)
    top = HEIGHT - _FIGURES - 22 * MM
    for place, (figure, words) in enumerate(figures):
        x = LEFT + place * wide
        colour(page, RULE)
        page.setLineWidth(0.7)
        page.line(x, top + 2 * MM, x + wide - 6 * MM, top + 2 * MM)
        colour(page, INK)
        room = wide - 6 * MM
        draw_fitted(page, x, top - 10 * MM, figure, width=room, sizes=(28, 24, 20), weight=Weight.BOLD)
        colour(page, MUTE)
        draw_fitted(page, x, top - 16 * MM, words, width=room, sizes=(9, 8, 7), lines=2)
