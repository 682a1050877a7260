"""The rows of the day list, all in black: what is on in a room, and who is expected, with a box to tick."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from civicdesk.printing.evacuation_rows import LEFT, RIGHT
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.paper import MM, colour
from civicdesk.text import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_TIME = LEFT + 3 * MM
_TITLE, _ORGANISATION = LEFT + 29 * MM, LEFT + 97 * MM
_TICK, _NAME, _COMPANY, _ROOM, _HOST = (LEFT + along * MM for along in (15, 24, 81, 100, 139))
_END = RIGHT - 3 * MM
_GAP = 2 * MM
_BOX = 4.4 * MM
_RULE = "#9AA3A6"


@dataclass(frozen=True)
class Use:
    """What is on in a room: the words of a row."""

    time: str
    title: str
    organisation: str
    people: str


@dataclass(frozen=True)
class Guest:
    """Somebody expected: the words of a row; `note` stands in heavy letters under the name."""

    at: str
    name: str
    note: str
    people: str
    room: str
    host: str
    is_ticked: bool


def room_columns() -> Strip:
    """What the columns of the rooms mean."""
    words = ((_TIME, _("Time")), (_TITLE, _("What is on")), (_ORGANISATION, _("Organisation")))
    return Strip(6 * MM, partial(_draw_columns, words=words, last=_("People")), with_next=True)


def guest_columns() -> Strip:
    """What the columns of the expected mean."""
    words = (
        (_TIME, _("Time")),
        (_TICK, _("Came")),
        (_NAME, _("Name")),
        (_COMPANY, _("People")),
        (_ROOM, _("Room")),
        (_HOST, _("Visiting")),
    )
    return Strip(6 * MM, partial(_draw_columns, words=words, last=""), with_next=True)


def use(row: Use, headings: tuple[Strip, ...]) -> Strip:
    """A booking under the name of its room."""
    return Strip(7.2 * MM, partial(_draw_use, row=row), headings)


def guest(row: Guest, headings: tuple[Strip, ...]) -> Strip:
    """Somebody expected, with a box that is ticked when they came."""
    height = (10.6 if row.note else 7.2) * MM
    return Strip(height, partial(_draw_guest, row=row, height=height), headings)


def _draw_columns(page: Canvas, top: float, *, words: tuple[tuple[float, str], ...], last: str) -> None:
    colour(page)
    y = top - 4.4 * MM
    for x, word in words:
        draw(page, x, y, word, 7.5, weight=Weight.MEDIUM)
    draw(page, _END, y, last, 7.5, weight=Weight.MEDIUM, align=Align.RIGHT)


def _draw_use(page: Canvas, top: float, *, row: Use) -> None:
    colour(page)
    y = top - 5 * MM
    draw(page, _TIME, y, row.time, 9.5, weight=Weight.SEMIBOLD)
    title, host = _ORGANISATION - _TITLE - _GAP, _END - _ORGANISATION - 20 * MM
    draw_fitted(page, _TITLE, y, row.title, width=title, sizes=(10.5, 9.5, 8.5), weight=Weight.SEMIBOLD)
    draw_fitted(page, _ORGANISATION, y, row.organisation, width=host, sizes=(9.5, 8.5))
    draw(page, _END, y, row.people, 9.5, align=Align.RIGHT)
    _draw_rule(page, top - 7.2 * MM)


def _draw_guest(page: Canvas, top: float, *, row: Guest, height: float) -> None:
    colour(page)
    y = top - 5 * MM
    draw(page, _TIME, y, row.at, 9.5, weight=Weight.SEMIBOLD)
    _draw_box(page, y - 1.2 * MM, is_ticked=row.is_ticked)
    name, note = _COMPANY - _NAME - _GAP, _ROOM - _NAME - _GAP
    draw_fitted(page, _NAME, y, row.name, width=name, sizes=(10.5, 9.5, 8.5), weight=Weight.SEMIBOLD)
    draw_fitted(page, _NAME, y - 4 * MM, row.note, width=note, sizes=(8.5, 7.5), weight=Weight.BOLD)
    draw_fitted(
        page, _COMPANY, y, row.people, width=_ROOM - _COMPANY - _GAP, sizes=(9.5, 8, 7), weight=Weight.BOLD
    )
    draw_fitted(page, _ROOM, y, row.room, width=_HOST - _ROOM - _GAP, sizes=(9.5, 8.5))
    draw_fitted(page, _HOST, y, row.host, width=_END - _HOST, sizes=(9.5, 8.5), lines=2 if row.note else 1)
    _draw_rule(page, top - height)


def _draw_box(page: Canvas, y: float, *, is_ticked: bool) -> None:
    page.setLineWidth(0.9)
    page.rect(_TICK, y, _BOX, _BOX)
    if is_ticked:
        page.setLineWidth(1.4)
        page.line(_TICK + 0.2 * _BOX, y + 0.5 * _BOX, _TICK + 0.42 * _BOX, y + 0.25 * _BOX)
        page.line(_TICK + 0.42 * _BOX, y + 0.25 * _BOX, _TICK + 0.82 * _BOX, y + 0.8 * _BOX)


def _draw_rule(page: Canvas, y: float) -> None:
    colour(page, _RULE)
    page.setLineWidth(0.4)
    page.line(LEFT, y, RIGHT, y)
    colour(page)
