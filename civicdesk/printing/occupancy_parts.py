"""The other parts of the occupancy sheet: the totals, the arrivals by the hour, small figures and lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from civicdesk.printing.fonts import Weight, clean, text_width
from civicdesk.printing.ink import INK, MUTE, RULE, SOLID
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.occupancy_words import EventRow, Total
from civicdesk.printing.paper import MM, colour
from civicdesk.text import _, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BOXES = 23 * MM
HEADING = 5.4 * MM
LINE = 3.75 * MM
_GAP = 2.4 * MM
_COLUMNS = (18, 30, 69, 35, 12, 18)
"""Of the list of events, in millimetres: when, where, what, kind, people, and what became of it."""


def draw_totals(page: Canvas, top: float, left: float, width: float, totals: Sequence[Total]) -> None:
    """The six boxes."""
    wide = (width - _GAP * (len(totals) - 1)) / len(totals)
    for place, total in enumerate(totals):
        _draw_box(page, top, left + place * (wide + _GAP), wide, total)


def _draw_box(page: Canvas, top: float, x: float, wide: float, total: Total) -> None:
    colour(page, RULE)
    page.setLineWidth(0.7)
    page.roundRect(x, top - BOXES, wide, BOXES, 2 * MM)
    inner, width = x + 2 * MM, wide - 3 * MM
    colour(page, INK)
    draw(page, inner, top - 6.6 * MM, total.figure, 17, weight=Weight.BOLD)
    draw_fitted(
        page,
        inner,
        top - 10.2 * MM,
        total.words,
        width=width,
        sizes=(7.2, 6.6, 6.0),
        weight=Weight.SEMIBOLD,
    )
    colour(page, MUTE)
    for place, words in enumerate(total.compared):
        draw_fitted(page, inner, top - (13.8 + place * 2.9) * MM, words, width=width, sizes=(6.2, 5.8, 5.2))


def heading(page: Canvas, x: float, top: float, words: str, *, second: str = "", right: float = 0) -> None:
    """The name of a part, with something said at its right end."""
    colour(page, INK)
    draw(page, x, top - 3.4 * MM, words, 8.5, weight=Weight.BOLD)
    if second:
        colour(page, MUTE)
        draw(page, right, top - 3.4 * MM, second, 7, align=Align.RIGHT)


def draw_arrivals(
    page: Canvas, top: float, left: float, *, height: float, width: float, arrivals: Sequence[tuple[int, int]]
) -> None:
    """A bar for every hour, its number above it."""
    base, tallest = top - height + 3.4 * MM, height - 7.4 * MM
    most = max((count for _hour, count in arrivals), default=0)
    wide = width / max(len(arrivals), 1)
    for place, (hour, count) in enumerate(arrivals):
        x = left + place * wide
        tall = tallest * count / most if most else 0
        if count:
            colour(page, SOLID)
            page.rect(x + wide * 0.14, base, wide * 0.72, tall, stroke=0, fill=1)
            colour(page, INK)
            draw(page, x + wide / 2, base + tall + 0.9 * MM, number(count), 6.2, align=Align.CENTRE)
        colour(page, MUTE)
        draw(page, x + wide / 2, base - 2.7 * MM, str(hour), 6.2, align=Align.CENTRE)
    colour(page, RULE)
    page.setLineWidth(0.5)
    page.line(left, base, left + width, base)


def draw_facts(
    page: Canvas, top: float, left: float, width: float, facts: Sequence[tuple[str, str]]
) -> float:
    """Names on the left, figures on the right; returns where they end."""
    y = top
    for name, figure in facts:
        colour(page, MUTE)
        draw(page, left, y - 2.7 * MM, name, 6.8)
        taken = text_width(name, 6.8) + 2 * MM
        colour(page, INK)
        _draw_right(page, left + width, y - 2.7 * MM, figure, width - taken)
        y -= LINE
        colour(page, RULE)
        page.setLineWidth(0.2)
        page.line(left, y, left + width, y)
    return y


def _draw_right(page: Canvas, right: float, y: float, words: str, width: float) -> None:
    size = 6.8
    while size > 5 and text_width(words, size, Weight.SEMIBOLD) > width:  # noqa: PLR2004  points
        size -= 0.3
    draw(page, right, y, words, size, weight=Weight.SEMIBOLD, align=Align.RIGHT)


def draw_events(page: Canvas, top: float, left: float, rows: Sequence[EventRow], *, rest: int) -> float:
    """The list of events, as many as there is room for, or that there is none; returns where it ends."""
    if not rows and not rest:
        colour(page, MUTE)
        draw(page, left, top - 2.7 * MM, _("No room is booked on this day."), 6.8)
        return top - LINE
    edges = [left + sum(_COLUMNS[:place]) * MM for place in range(len(_COLUMNS))]
    names = (_("Time"), _("Room"), _("What is on"), _("Kind"), _("People"), "")
    colour(page, MUTE)
    for x, name in zip(edges, names, strict=True):
        draw(page, x, top - 2.6 * MM, name, 6)
    y = top - LINE
    for row in rows:
        colour(page, INK)
        said = (row.time, row.room, row.title, row.kind, row.people, row.note)
        for place, (x, words) in enumerate(zip(edges, said, strict=True)):
            width = (_COLUMNS[place] - 1.6) * MM
            draw_fitted(page, x, y - 2.7 * MM, words, width=width, sizes=(6.8, 6.2, 5.6))
        y -= LINE
        _thin(page, y, left)
    if rest > 0:
        words = ngettext("and {count} more, in the spreadsheet", "and {count} more, in the spreadsheet", rest)
        colour(page, INK)
        draw(page, edges[1], y - 2.7 * MM, words.format(count=number(rest)), 6.8, weight=Weight.SEMIBOLD)
        y -= LINE
    return y


def draw_setups(
    page: Canvas, top: float, left: float, rows: Sequence[tuple[str, str, str]], shown: int
) -> float:
    """What is to be set up tomorrow; returns where it ends."""
    y = top
    for time, room, wanted in rows[:shown]:
        colour(page, INK)
        draw(page, left, y - 2.7 * MM, time, 6.8, weight=Weight.SEMIBOLD)
        draw_fitted(page, left + 20 * MM, y - 2.7 * MM, room, width=29 * MM, sizes=(6.8, 6.2, 5.6))
        draw_fitted(page, left + 51 * MM, y - 2.7 * MM, wanted, width=131 * MM, sizes=(6.8, 6.2, 5.6))
        y -= LINE
        _thin(page, y, left)
    if len(rows) > shown:
        rest = len(rows) - shown
        words = ngettext("and {count} more booking", "and {count} more bookings", rest)
        colour(page, INK)
        draw(page, left + 20 * MM, y - 2.7 * MM, words.format(count=number(rest)), 6.8)
        y -= LINE
    return y


def wrapped(words: str, width: float, size: float) -> list[str]:
    """A text on as many lines as it needs."""
    found = [""]
    for word in clean(words).split():
        longer = f"{found[-1]} {word}".strip()
        if text_width(longer, size) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(word)
    return found


def _thin(page: Canvas, y: float, left: float) -> None:
    colour(page, RULE)
    page.setLineWidth(0.2)
    page.line(left, y, left + sum(_COLUMNS) * MM, y)
