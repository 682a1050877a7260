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
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.paper import MM, capitals, colour, document
from civicdesk.text import _, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_HEADER, _RUNNING_HEADER, _FOOTER = 39 * MM, 19 * MM, 16 * MM


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
    top, bold = _HEIGHT - 14 * MM, Weight.SEMIBOLD
    fitted = partial(draw_fitted, page, rows.LEFT, width=125 * MM)
    draw(page, rows.LEFT, top - 8 * MM, capitals(frame.title), 27, weight=Weight.BOLD)
    fitted(top - 14.5 * MM, frame.on, sizes=(13, 11), weight=bold)
    fitted(top - 19.5 * MM, frame.second, sizes=(11, 9.5))
    draw(page, rows.RIGHT, top - 10 * MM, number(frame.total), 38, weight=Weight.BOLD, align=Align.RIGHT)
    draw(page, rows.RIGHT, top - 16 * MM, frame.counted, 11, weight=bold, align=Align.RIGHT)


def _draw_running_header(page: Canvas, frame: ListFrame) -> None:
    y = _HEIGHT - 13 * MM
    draw(page, rows.LEFT, y, frame.title, 11, weight=Weight.BOLD)
    draw(page, rows.RIGHT, y, frame.on, 9, align=Align.RIGHT)


def _draw_footer(page: Canvas, frame: ListFrame, pages_said: str) -> None:
    colour(page)
    page.setLineWidth(0.5)
    page.line(rows.LEFT, 12.5 * MM, rows.RIGHT, 12.5 * MM)
    as_of = _("As of {time}").format(time=frame.as_of)
    said = " · ".join(part for part in (frame.centre, as_of, frame.by) if part)
    draw_fitted(page, rows.LEFT, 8.5 * MM, said, width=150 * MM, sizes=(8, 7))
    draw(page, rows.RIGHT, 8.5 * MM, pages_said, 9, weight=Weight.SEMIBOLD, align=Align.RIGHT)
