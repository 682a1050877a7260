"""The rows of the evacuation list, all in black: headings, people with boxes to tick, lines to write on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.paper import MM, capitals, colour
from civicdesk.text import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT = 14 * MM, 196 * MM
_SAFE, _MISSING, _NAME = LEFT + 5.5 * MM, LEFT + 18.5 * MM, LEFT + 31 * MM
_PEOPLE, _BADGE, _WHERE, _SINCE = LEFT + 94 * MM, LEFT + 113 * MM, LEFT + 128 * MM, RIGHT - 3 * MM
_BOX = 4.4 * MM
_BAR = "#E3E6E7"
_RULE = "#9AA3A6"


@dataclass(frozen=True)
class Row:
    """The words of a row; `note` stands in heavy letters under the name."""

    name: str
    where: str
    note: str = ""
    people: str = ""
    badge: str = ""
    since: str = ""


def notice(text: str) -> Strip:
    """A sentence in large letters."""
    return Strip(18 * MM, lambda page, top: draw(page, LEFT, top - 10 * MM, text, 15, weight=Weight.BOLD))


def assistance_title(title: str, people: str) -> Strip:
    """The black bar above those who need assistance."""
    return Strip(9.5 * MM, partial(_draw_bar, title=capitals(title), people=people), with_next=True)


def zone_title(zone: str, people: str) -> Strip:
    """The grey bar above a zone."""
    return Strip(13 * MM, partial(_draw_zone, title=zone, people=people), with_next=True)


def room_title(room: str, people: str, headings: tuple[Strip, ...]) -> Strip:
    """The line above a room's people."""
    return Strip(9.5 * MM, partial(_draw_room, title=room, people=people), headings, with_next=True)


def columns(where: str, *, framed: bool = False) -> Strip:
    """What the columns mean."""
    return _row(6 * MM, partial(_draw_columns, where=where), (), framed=framed, with_next=True)


def person(row: Row, headings: tuple[Strip, ...], *, framed: bool = False) -> Strip:
    """Someone inside, with the boxes to tick."""
    height = (10.6 if row.note else 7.2) * MM
    return _row(height, partial(_draw_person, row=row, height=height), headings, framed=framed)


def head_count(text: str, headings: tuple[Strip, ...]) -> Strip:
    """People counted without names, with room to write how many were counted outside."""
    return Strip(9 * MM, partial(_draw_head_count, text=text), headings)


def frame_end() -> Strip:
    """The lower edge of the frame."""
    return Strip(2 * MM, _draw_frame_end)


def not_on_the_list(count: int) -> Iterator[Strip]:
    """Empty lines for people who are met outside and stand nowhere on the list."""
    yield zone_title(_("Not on the list"), "")
    yield columns(_("Where"))
    for line in range(count):
        yield Strip(8.5 * MM, _draw_empty_line, with_next=line < count - 1)


def _row(
    height: float,
    drawing: Callable[[Canvas, float], None],
    headings: tuple[Strip, ...],
    *,
    framed: bool,
    with_next: bool = False,
) -> Strip:
    def framed_drawing(page: Canvas, top: float) -> None:
        drawing(page, top)
        _draw_sides(page, top, height)

    return Strip(height, framed_drawing if framed else drawing, headings, with_next)


def _draw_sides(page: Canvas, top: float, height: float) -> None:
    colour(page)
    page.setLineWidth(2)
    for x in (LEFT + 1, RIGHT - 1):
        page.line(x, top, x, top - height)


def _draw_frame_end(page: Canvas, top: float) -> None:
    colour(page)
    page.setLineWidth(2)
    page.line(LEFT, top, RIGHT, top)


def _draw_bar(page: Canvas, top: float, *, title: str, people: str) -> None:
    colour(page)
    page.rect(LEFT, top - 8.5 * MM, RIGHT - LEFT, 8.5 * MM, stroke=0, fill=1)
    _draw_sides(page, top - 8 * MM, 1.5 * MM)
    page.setFillGray(1)
    draw(page, LEFT + 3 * MM, top - 6 * MM, title, 13, weight=Weight.BOLD)
    draw(page, RIGHT - 3 * MM, top - 6 * MM, people, 13, weight=Weight.BOLD, align=Align.RIGHT)
    page.setFillGray(0)


def _draw_zone(page: Canvas, top: float, *, title: str, people: str) -> None:
    colour(page, _BAR)
    page.rect(LEFT, top - 12 * MM, RIGHT - LEFT, 8 * MM, stroke=0, fill=1)
    colour(page)
    draw_fitted(
        page, LEFT + 3 * MM, top - 9.6 * MM, title, width=135 * MM, sizes=(13, 11), weight=Weight.BOLD
    )
    draw(page, RIGHT - 3 * MM, top - 9.6 * MM, people, 12, weight=Weight.BOLD, align=Align.RIGHT)


def _draw_room(page: Canvas, top: float, *, title: str, people: str) -> None:
    colour(page)
    draw_fitted(
        page, LEFT + 3 * MM, top - 7 * MM, title, width=135 * MM, sizes=(11.5, 10), weight=Weight.BOLD
    )
    draw(page, RIGHT - 3 * MM, top - 7 * MM, people, 11, weight=Weight.BOLD, align=Align.RIGHT)
    page.setLineWidth(1)
    page.line(LEFT, top - 8.8 * MM, RIGHT, top - 8.8 * MM)


def _draw_columns(page: Canvas, top: float, *, where: str) -> None:
    colour(page)
    y = top - 4.4 * MM
    for x, word in (
        (_NAME, _("Name")),
        (_PEOPLE, _("People")),
        (_BADGE, _("Badge")),
        (_WHERE, where),
    ):
        draw(page, x, y, word, 7.5, weight=Weight.MEDIUM)
    draw(page, _SINCE, y, _("Arrived"), 7.5, weight=Weight.MEDIUM, align=Align.RIGHT)
    for x, word in ((_SAFE, _("Safe")), (_MISSING, _("Missing"))):
        draw(page, x + _BOX / 2, y, word, 7.5, weight=Weight.MEDIUM, align=Align.CENTRE)


def _draw_person(page: Canvas, top: float, *, row: Row, height: float) -> None:
    colour(page)
    y = top - 5 * MM
    _draw_boxes(page, y)
    name, note = _PEOPLE - _NAME - 2 * MM, _WHERE - _NAME - 2 * MM
    draw_fitted(page, _NAME, y, row.name, width=name, sizes=(10.5, 9.5, 8.5), weight=Weight.SEMIBOLD)
    draw_fitted(page, _NAME, y - 4 * MM, row.note, width=note, sizes=(8.5, 7.5), weight=Weight.BOLD)
    draw(page, _PEOPLE, y, row.people, 9.5, weight=Weight.BOLD)
    draw(page, _BADGE, y, row.badge, 9.5)
    where = _SINCE - _WHERE - 11 * MM
    draw_fitted(page, _WHERE, y, row.where, width=where, sizes=(9.5, 8.5), lines=2 if row.note else 1)
    draw(page, _SINCE, y, row.since, 9.5, align=Align.RIGHT)
    _draw_rule(page, top - height)


def _draw_rule(page: Canvas, y: float, left: float = LEFT) -> None:
    colour(page, _RULE)
    page.setLineWidth(0.4)
    page.line(left, y, RIGHT, y)
    colour(page)


def _draw_boxes(page: Canvas, y: float) -> None:
    page.setLineWidth(0.9)
    for x in (_SAFE, _MISSING):
        page.rect(x, y - 1.2 * MM, _BOX, _BOX)


def _draw_head_count(page: Canvas, top: float, *, text: str) -> None:
    colour(page)
    y = top - 6 * MM
    draw_fitted(page, LEFT + 3 * MM, y, text, width=118 * MM, sizes=(11.5, 10, 9), weight=Weight.BOLD)
    counted = _("Counted outside:")
    draw(page, RIGHT - 25 * MM, y, counted, 9.5, align=Align.RIGHT)
    page.setLineWidth(0.9)
    page.line(RIGHT - 23 * MM, y - 0.8 * MM, RIGHT - 3 * MM, y - 0.8 * MM)
    _draw_rule(page, top - 9 * MM)


def _draw_empty_line(page: Canvas, top: float) -> None:
    colour(page)
    _draw_boxes(page, top - 6.5 * MM)
    _draw_rule(page, top - 8 * MM, left=_NAME)
