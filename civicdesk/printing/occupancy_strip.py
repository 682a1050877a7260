"""Rooms × hours on the occupancy sheet: booked is hatched, in use is solid, closed is grey; it needs no colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from civicdesk.printing.fonts import Weight
from civicdesk.printing.ink import INK, MUTE, RULE, SHADE, SOLID, hatch
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.occupancy_words import Bar, OccupancySheet, StripRow
from civicdesk.printing.paper import MM, colour
from civicdesk.text import _, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_NAME, _SHARES = 38 * MM, 44 * MM
_TALLEST, _LOWEST = 7.6 * MM, 3.1 * MM
_AXIS, _HEAD = 3.6 * MM, 5 * MM
_SMALL_HOURS = 16


@dataclass(frozen=True)
class Frame:
    """Where the strip stands: left edge, width, and from which to which hour it runs."""

    left: float
    width: float
    first: int
    last: int

    @property
    def start(self) -> float:
        return self.left + _NAME

    @property
    def length(self) -> float:
        return self.width - _NAME - _SHARES

    def x(self, hour: float) -> float:
        return self.start + (hour - self.first) / (self.last - self.first) * self.length


def strip_height(rows: int, room: float) -> tuple[float, int]:
    """How high a row is where there is so much room for all of them, and how many can be shown."""
    per_row = min(_TALLEST, max(_LOWEST, (room - _HEAD - _AXIS) / max(rows + 1, 1)))
    return per_row, min(rows, int((room - _HEAD - _AXIS) / per_row) - 1)


def draw_strip(
    page: Canvas, top: float, sheet: OccupancySheet, *, room: float, left: float, width: float
) -> float:
    """Draw it from `top` into this much room; returns where it ends."""
    frame = Frame(left, width, *sheet.hours)
    height, shown = strip_height(len(sheet.rooms), room)
    _draw_head(page, top, frame)
    y = top - _HEAD
    _draw_axis(page, y, frame)
    y -= _AXIS
    for row in sheet.rooms[:shown]:
        _draw_row(page, y, height, row, frame)
        y -= height
    rest = len(sheet.rooms) - shown
    if rest:
        words = ngettext("and {count} more room", "and {count} more rooms", rest)
        draw(page, left + _NAME, y - height * 0.7, words.format(count=number(rest)), 6.5)
    _draw_overall(page, y, height, sheet.overall, frame)
    return y - height


def _draw_head(page: Canvas, top: float, frame: Frame) -> None:
    colour(page, INK)
    y = top - 3.2 * MM
    draw(page, frame.left, y, _("Rooms × hours"), 8.5, weight=Weight.BOLD)
    x = frame.start
    for words, kind in ((_("booked"), "booked"), (_("in use (people)"), "used"), (_("closed"), "closed")):
        _swatch(page, x, y - 0.4 * MM, kind)
        colour(page, MUTE)
        draw(page, x + 7 * MM, y, words, 6.5)
        x += 26 * MM if kind == "booked" else 34 * MM
    colour(page, MUTE)
    for place, words in enumerate((_("booked"), _("in use"), _("full"), _("util."))):
        draw(page, _share_x(frame, place), y - _HEAD + 1 * MM, words, 6, align=Align.RIGHT)


def _swatch(page: Canvas, x: float, y: float, kind: str) -> None:
    size = (5.5 * MM, 2.6 * MM)
    if kind == "booked":
        hatch(page, x, y, *size)
    else:
        colour(page, SOLID if kind == "used" else SHADE)
        page.rect(x, y, *size, stroke=0, fill=1)


def _draw_axis(page: Canvas, y: float, frame: Frame) -> None:
    colour(page, MUTE)
    every = 1 if frame.last - frame.first <= _SMALL_HOURS else 2
    for hour in range(frame.first, frame.last + 1, every):
        draw(page, frame.x(hour), y - 2.4 * MM, str(hour), 6.2, align=Align.CENTRE)


def _draw_row(page: Canvas, top: float, height: float, row: StripRow, frame: Frame) -> None:
    colour(page, INK)
    size = min(8.0, height / MM * 1.55)
    base = top - height / 2 - size * 0.34
    draw_fitted(page, frame.left, base, row.room, width=_NAME - 2 * MM, sizes=(size, size * 0.9, size * 0.8))
    _draw_ground(page, top, height, row, frame)
    low, tall = top - height * 0.88, height * 0.76
    for bar in row.booked:
        hatch(page, frame.x(bar.begins), low, frame.x(bar.ends) - frame.x(bar.begins), tall)
    for bar in row.used:
        _draw_used(page, low, tall, bar, frame)
    _draw_shares(page, base, size, row, frame)


def _draw_ground(page: Canvas, top: float, height: float, row: StripRow, frame: Frame) -> None:
    """Closed hours grey, the hours as thin lines."""
    colour(page, SHADE)
    page.rect(frame.start, top - height * 0.94, frame.length, height * 0.88, stroke=0, fill=1)
    colour(page, "#FFFFFF")
    for bar in row.open:
        first, last = frame.x(bar.begins), frame.x(bar.ends)
        page.rect(first, top - height * 0.94, last - first, height * 0.88, stroke=0, fill=1)
    colour(page, RULE)
    page.setLineWidth(0.25)
    for hour in range(frame.first, frame.last + 1):
        page.line(frame.x(hour), top, frame.x(hour), top - height)
    page.line(frame.left, top - height, frame.left + frame.width, top - height)


def _draw_used(page: Canvas, low: float, tall: float, bar: Bar, frame: Frame) -> None:
    first, last = frame.x(bar.begins), frame.x(bar.ends)
    if last <= first:
        return
    colour(page, SOLID)
    page.rect(first, low, last - first, tall, stroke=0, fill=1)
    size = min(6.8, tall * 0.8)
    if bar.people and last - first > size * (len(bar.people) * 0.62 + 0.4):
        colour(page, "#FFFFFF")
        draw(
            page,
            (first + last) / 2,
            low + tall / 2 - size * 0.35,
            bar.people,
            size,
            weight=Weight.SEMIBOLD,
            align=Align.CENTRE,
        )


def _draw_shares(page: Canvas, base: float, size: float, row: StripRow, frame: Frame) -> None:
    colour(page, INK)
    for place, share in enumerate(row.shares):
        weight = Weight.BOLD if place == 1 else Weight.REGULAR
        draw(page, _share_x(frame, place), base, share, min(size, 7.4), weight=weight, align=Align.RIGHT)


def _share_x(frame: Frame, place: int) -> float:
    return frame.left + frame.width - _SHARES + (place + 1) * _SHARES / 4


def _draw_overall(page: Canvas, top: float, height: float, row: StripRow, frame: Frame) -> None:
    colour(page, INK)
    size = min(8.0, height / MM * 1.55)
    base = top - height / 2 - size * 0.34
    end = frame.left + frame.width - _SHARES
    draw(page, end, base, row.room, size, weight=Weight.BOLD, align=Align.RIGHT)
    for place, share in enumerate(row.shares):
        x = _share_x(frame, place)
        draw(page, x, base, share, min(size, 7.4), weight=Weight.BOLD, align=Align.RIGHT)
