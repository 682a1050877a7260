"""What the lists on A4 share: the title with the day and a large number, the short head of later pages, the foot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing.flow import Strip, draw_strips, pages
from civicdesk.printing.fonts import Weight
from civicdesk.printing.ink import INK, MUTE, RULE
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.paper import MM, colour, document
from civicdesk.printing.report_page import whose_and_when
from civicdesk.text import _, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_HEADER, _RUNNING_HEADER, _FOOTER = 33 * MM, 19 * MM, 16 * MM


@dataclass(frozen=True)
class ListFrame:
    """What stands around a list, as text; `counted` says what `total` is of."""

    title: str
    on: str
    second: str
    total: int
    counted: str
    centre: str
    as_of: str
    by: str


def list_pdf(frame: ListFrame, strips: Iterable[Strip]) -> bytes:
    """A list as A4, as many pages as it takes."""
    out = BytesIO()
    filled = pages(strips, _HEIGHT - _HEADER - _FOOTER, _HEIGHT - _RUNNING_HEADER - _FOOTER)
    with document(out, _WIDTH, _HEIGHT, title=frame.title, author=frame.centre) as page:
        for at, some in enumerate(filled, start=1):
            _draw_title(page, frame) if at == 1 else _draw_running_header(page, frame)
            draw_strips(page, some, _HEIGHT - (_HEADER if at == 1 else _RUNNING_HEADER))
            _draw_footer(page, frame, _("Page {page} of {pages}").format(page=at, pages=len(filled)))
            page.showPage()
    return out.getvalue()


def _draw_title(page: Canvas, frame: ListFrame) -> None:
    """As the reports have it, and right how many there are, to be read from afar."""
    top, width = _HEIGHT - 11 * MM, 140 * MM
    fitted = partial(draw_fitted, page, rows.LEFT, width=width)
    colour(page, INK)
    fitted(top - 6 * MM, frame.title, sizes=(17, 15), weight=Weight.BOLD)
    line, size = whose_and_when(frame.centre, frame.on, width, (10.5, 9.5, 8.5))
    draw(page, rows.LEFT, top - 11.6 * MM, line, size)
    colour(page, MUTE)
    fitted(top - 16 * MM, frame.second, sizes=(8.5, 7.5))
    colour(page, INK)
    draw(page, rows.RIGHT, top - 8.6 * MM, number(frame.total), 26, weight=Weight.BOLD, align=Align.RIGHT)
    draw(page, rows.RIGHT, top - 13.4 * MM, frame.counted, 8.5, weight=Weight.SEMIBOLD, align=Align.RIGHT)
    colour(page)


def _draw_running_header(page: Canvas, frame: ListFrame) -> None:
    y = _HEIGHT - 13.4 * MM
    colour(page, INK)
    draw(page, rows.LEFT, y, frame.title, 9, weight=Weight.BOLD)
    colour(page, MUTE)
    draw(page, rows.RIGHT, y, frame.on, 7.5, align=Align.RIGHT)
    _draw_rule(page, y - 2.4 * MM)


def _draw_footer(page: Canvas, frame: ListFrame, pages_said: str) -> None:
    _draw_rule(page, 11.8 * MM)
    colour(page, MUTE)
    as_of = _("As of {time}").format(time=frame.as_of)
    said = " · ".join(part for part in (frame.centre, as_of, frame.by) if part)
    draw_fitted(page, rows.LEFT, 8 * MM, said, width=150 * MM, sizes=(6.8, 6.2))
    draw(page, rows.RIGHT, 8 * MM, pages_said, 6.8, align=Align.RIGHT)


def _draw_rule(page: Canvas, y: float) -> None:
    colour(page, RULE)
    page.setLineWidth(0.4)
    page.line(rows.LEFT, y, rows.RIGHT, y)
    colour(page)
