"""The sign at a room's door, A4 or A5: what is on, in letters for the corridor, and under it the room's whole day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, draw, draw_fitted, fit
from civicdesk.printing.paper import MM, colour, document
from civicdesk.text import _, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_LEFT, _RIGHT = 16 * MM, 194 * MM
_WIDE = _RIGHT - _LEFT
_BAND = 62 * MM
_DAY_TOP = 112 * MM
_ROW = 12.5 * MM
_ROWS = 6
_RULE = "#9AA3A6"


class SignSize(StrEnum):
    """How large the sign is; the smaller one is the larger one, drawn smaller."""

    A4 = "a4"
    A5 = "a5"

    @property
    def scale(self) -> float:
        return 1.0 if self is SignSize.A4 else 148 / 210


@dataclass(frozen=True)
class SignLine:
    """What is on at some time, as text."""

    time: str
    title: str
    organisation: str = ""
    is_this: bool = False


@dataclass(frozen=True)
class DoorSign:
    """What the sign says, as text: `host` who holds it, `day` all that is on in the room, this among it."""

    room: str
    zone: str
    on: str
    time: str
    title: str
    host: str
    centre: str
    day: Sequence[SignLine] = ()


def door_sign_pdf(sign: DoorSign, size: SignSize = SignSize.A4) -> bytes:
    """One upright page. Room, time and title are read from three metres, the day from one."""
    out, scale = BytesIO(), size.scale
    title = _("Door sign")
    with document(out, _WIDTH * scale, _HEIGHT * scale, title=title, author=sign.centre) as page:
        page.scale(scale, scale)
        _draw_room(page, sign)
        _draw_now(page, sign)
        _draw_day(page, sign)
        _draw_foot(page, sign)
        page.showPage()
    return out.getvalue()


def _draw_room(page: Canvas, sign: DoorSign) -> None:
    """The room in white on black, the largest letters of all."""
    colour(page)
    page.rect(0, _HEIGHT - _BAND, _WIDTH, _BAND, stroke=0, fill=1)
    page.setFillGray(1)
    fitted = fit(sign.room, _WIDE, (66, 58, 50, 44, 38), Weight.BOLD)
    step = fitted.size * 1.12
    y = _HEIGHT - _BAND / 2 - fitted.size * 0.36 + (len(fitted.lines) - 1) * step / 2
    y += 4 * MM if sign.zone else 0
    for line in fitted.lines:
        draw(page, _LEFT, y, line, fitted.size, weight=Weight.BOLD)
        y -= step
    if sign.zone:
        draw_fitted(page, _LEFT, _HEIGHT - _BAND + 6 * MM, sign.zone, width=_WIDE, sizes=(16, 13))
    colour(page)


def _draw_now(page: Canvas, sign: DoorSign) -> None:
    """What the sign is for: its time, its title, who holds it."""
    y = _HEIGHT - _BAND - 25 * MM
    draw_fitted(page, _LEFT, y, sign.time, width=_WIDE, sizes=(54, 46), weight=Weight.BOLD)
    title = fit(sign.title, _WIDE, (50, 44, 38, 33, 28, 24, 21), Weight.SEMIBOLD)
    y -= 24 * MM
    for line in title.lines:
        draw(page, _LEFT, y, line, title.size, weight=Weight.SEMIBOLD)
        y -= title.size * 1.2
    y += title.size * 1.2 - 14 * MM
    draw_fitted(page, _LEFT, y, sign.host, width=_WIDE, sizes=(25, 22, 19, 16), weight=Weight.MEDIUM, lines=2)


def _draw_day(page: Canvas, sign: DoorSign) -> None:
    """All that is on in the room that day; of a long day what is around this."""
    colour(page)
    page.setLineWidth(1.6)
    page.line(_LEFT, _DAY_TOP, _RIGHT, _DAY_TOP)
    draw_fitted(page, _LEFT, _DAY_TOP - 9 * MM, sign.on, width=_WIDE, sizes=(18, 15), weight=Weight.SEMIBOLD)
    shown = _around(sign.day)
    y = _DAY_TOP - 13 * MM
    for line in shown:
        _draw_line(page, y, line)
        y -= _ROW
    if more := len(sign.day) - len(shown):
        words = ngettext("and {count} more on this day", "and {count} more on this day", more)
        draw(page, _LEFT, y - 6 * MM, words.format(count=number(more)), 12)


def _around(day: Sequence[SignLine]) -> Sequence[SignLine]:
    """As many as there is room for: from just before this one on."""
    if len(day) <= _ROWS:
        return day
    this = next((place for place, line in enumerate(day) if line.is_this), 0)
    first = max(0, min(this - 1, len(day) - _ROWS))
    return day[first : first + _ROWS]


def _draw_line(page: Canvas, top: float, line: SignLine) -> None:
    y, weight = top - 8.4 * MM, Weight.BOLD if line.is_this else Weight.REGULAR
    colour(page)
    if line.is_this:
        page.rect(_LEFT - 6 * MM, top - _ROW + 1.2 * MM, 2.4 * MM, _ROW - 2.4 * MM, stroke=0, fill=1)
    fitted = partial(draw_fitted, page, y=y, weight=weight)
    draw(page, _LEFT, y, line.time, 16, weight=weight)
    title = 128 * MM if not line.organisation else 72 * MM
    fitted(_LEFT + 46 * MM, text=line.title, width=title, sizes=(16, 14, 12))
    fitted(_LEFT + 121 * MM, text=line.organisation, width=_WIDE - 121 * MM, sizes=(13, 11.5, 10))
    colour(page, _RULE)
    page.setLineWidth(0.5)
    page.line(_LEFT, top - _ROW, _RIGHT, top - _ROW)
    colour(page)


def _draw_foot(page: Canvas, sign: DoorSign) -> None:
    draw(page, _RIGHT, 9 * MM, sign.centre, 10, align=Align.RIGHT)
