"""The rows of the set-up list, all in black: a booking with its boxes to tick, and under it what is wanted there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

from civicdesk.printing.evacuation_rows import LEFT, RIGHT
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import draw, draw_fitted
from civicdesk.printing.paper import MM, colour

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_TIME, _TITLE = LEFT + 3 * MM, LEFT + 32 * MM
_END = RIGHT - 3 * MM
_SIDE = 52 * MM
_BOX = 4.4 * MM
_FIRST, _LINE = 6 * MM, 5 * MM
_RULE = "#9AA3A6"
_LETTERS, _MOST_LINES = 52, 6
"""About so many letters fit a line; a note that needs more lines than this ends in "…"."""


@dataclass(frozen=True)
class Row:
    """The words of a booking; `lines` stand under it, a long one on several lines."""

    time: str
    title: str
    organisation: str
    people: str
    set_up: str
    clear: str
    lines: tuple[str, ...]


def setting(row: Row, headings: tuple[Strip, ...]) -> Strip:
    """A booking with what is to be done for it."""
    height = _height(row)
    return Strip(height, partial(_draw, row=row, height=height), headings)


def _height(row: Row) -> float:
    left = 1 + bool(row.organisation) + len(_wrapped(row.lines))
    right = 1 + bool(row.set_up) + bool(row.clear)
    return _FIRST + (max(left, right) - 1) * _LINE + 3.5 * MM


def _wrapped(lines: tuple[str, ...]) -> list[str]:
    """Each line on as many as it needs."""
    return [part for line in lines for part in wrap(line, _LETTERS, max_lines=_MOST_LINES, placeholder=" …")]


def _draw(page: Canvas, top: float, *, row: Row, height: float) -> None:
    colour(page)
    y = top - _FIRST
    width = _END - _SIDE - _TITLE - 3 * MM
    draw(page, _TIME, y, row.time, 10.5, weight=Weight.BOLD)
    draw_fitted(page, _TITLE, y, row.title, width=width, sizes=(11.5, 10.5, 9.5), weight=Weight.SEMIBOLD)
    draw_fitted(page, _TITLE, y - _LINE, row.organisation, width=width, sizes=(9.5, 8.5))
    _draw_side(page, y, row)
    under = y - (2 if row.organisation else 1) * _LINE
    for line in _wrapped(row.lines):
        draw_fitted(page, _TITLE, under, line, width=width, sizes=(9.5, 9, 8.5, 8))
        under -= _LINE
    colour(page, _RULE)
    page.setLineWidth(0.4)
    page.line(LEFT, top - height, RIGHT, top - height)
    colour(page)


def _draw_side(page: Canvas, y: float, row: Row) -> None:
    """How it is to stand and for how many; under it what is done before and after, each with a box to tick."""
    draw_fitted(
        page, _END - _SIDE, y, row.people, width=_SIDE, sizes=(10.5, 9.5, 8.5), weight=Weight.SEMIBOLD
    )
    for words in filter(None, (row.set_up, row.clear)):
        y -= _LINE
        page.setLineWidth(0.9)
        page.rect(_END - _SIDE, y - 1 * MM, _BOX * 0.85, _BOX * 0.85)
        draw_fitted(page, _END - _SIDE + 6 * MM, y, words, width=_SIDE - 6 * MM, sizes=(9.5, 8.5))
