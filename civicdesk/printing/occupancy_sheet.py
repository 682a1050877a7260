"""The daily occupancy sheet: one day of the centre on one upright A4 page, which can be read without colour."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from civicdesk.printing import occupancy_parts as parts
from civicdesk.printing.ink import INK, MUTE, RULE
from civicdesk.printing.lines import Align, draw
from civicdesk.printing.occupancy_said import definitions
from civicdesk.printing.occupancy_strip import draw_strip
from civicdesk.printing.occupancy_words import OccupancySheet
from civicdesk.printing.paper import MM, colour, document
from civicdesk.printing.report_page import HEAD, Head, draw_head
from civicdesk.text import _, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_LEFT, _RIGHT = 14 * MM, 196 * MM
_WIDE = _RIGHT - _LEFT
_MOST_STRIP = 112 * MM
_LEAST_LISTS = 38 * MM
_COLUMN_GAP = 8 * MM
_UNDER_CHART = 4
"""So many of the small figures stand under the arrivals."""
_TINY = 5.4


def occupancy_pdf(sheet: OccupancySheet, logo_png: bytes = b"") -> bytes:
    """The sheet as PDF; always one page."""
    out = BytesIO()
    title = _("Daily occupancy sheet")
    with document(out, _WIDTH, _HEIGHT, title=f"{title} {sheet.on}", author=sheet.centre) as page:
        top = _HEIGHT - 11 * MM
        draw_head(page, top, Head(title, sheet.centre, sheet.on, sheet.open, sheet.complete, logo_png))
        top -= HEAD
        parts.draw_totals(page, top, _LEFT, _WIDE, sheet.totals)
        top -= parts.BOXES + 3 * MM
        foot = _draw_foot(page, sheet)
        middle = foot + _facts_height(sheet)
        room = min(_MOST_STRIP, top - middle - _LEAST_LISTS)
        top = draw_strip(page, top, sheet, room=room, left=_LEFT, width=_WIDE) - 2.4 * MM
        _draw_facts(page, middle, sheet)
        _draw_lists(page, top, middle + 1 * MM, sheet)
        page.showPage()
    return out.getvalue()


def _facts_height(sheet: OccupancySheet) -> float:
    return parts.HEADING + (len(sheet.facts) - _UNDER_CHART) * parts.LINE + 2 * MM


def _draw_facts(page: Canvas, top: float, sheet: OccupancySheet) -> None:
    """Left who came by the hour, right the small figures; the last of them stand under the hours."""
    wide = (_WIDE - _COLUMN_GAP) * 0.46
    beside, under = sheet.facts[:-_UNDER_CHART], sheet.facts[-_UNDER_CHART:]
    parts.heading(page, _LEFT, top, _("Entries by the hour"), second=sheet.peak, right=_LEFT + wide)
    high = (len(beside) - _UNDER_CHART) * parts.LINE - 1 * MM
    y = top - parts.HEADING
    parts.draw_arrivals(page, y, _LEFT, height=high, width=wide, arrivals=sheet.arrivals)
    parts.draw_facts(page, y - high - 1 * MM, _LEFT, wide, under)
    left = _LEFT + wide + _COLUMN_GAP
    parts.heading(page, left, top, _("In figures"))
    parts.draw_facts(page, y, left, _RIGHT - left, beside)


def _draw_lists(page: Canvas, top: float, bottom: float, sheet: OccupancySheet) -> None:
    """What was on, and what is set up tomorrow, as much as there is room for."""
    lines = int((top - bottom - 2 * parts.HEADING - 2 * MM) / parts.LINE) - 1
    events, setups = share_out(lines, sheet.booked, len(sheet.setups))
    listed = sheet.events[:events]
    parts.heading(page, _LEFT, top, _("What was booked"), second=number(sheet.booked), right=_RIGHT)
    top = (
        parts.draw_events(page, top - parts.HEADING, _LEFT, listed, rest=sheet.booked - len(listed)) - 2 * MM
    )
    parts.heading(page, _LEFT, top, _("To set up the day after"), second=sheet.tomorrow, right=_RIGHT)
    parts.draw_setups(page, top - parts.HEADING, _LEFT, sheet.setups, setups)


def share_out(lines: int, events: int, setups: int) -> tuple[int, int]:
    """How many rows of each list are shown; a list that is cut gives a line to say so."""
    if events + setups <= lines:
        return events, setups
    for_setups = min(setups, max(2, lines // 4, lines - events))
    if for_setups < setups:
        for_setups -= 1
    for_events = lines - for_setups - (for_setups < setups)
    return (events if events <= for_events else max(for_events - 1, 0)), max(for_setups, 0)


def _draw_foot(page: Canvas, sheet: OccupancySheet) -> float:
    """The signature, what every figure means, and who printed it when; returns where it begins."""
    y = 8 * MM
    colour(page, MUTE)
    draw(page, _LEFT, y, sheet.printed, 6.8)
    draw(page, _RIGHT, y, _("Page {page} of {pages}").format(page=1, pages=1), 6.8, align=Align.RIGHT)
    y += 3.4 * MM
    said = definitions() + (f" {sheet.reasons}." if sheet.reasons else "")
    for line in reversed(parts.wrapped(said, _WIDE, _TINY)):
        draw(page, _LEFT, y, line, _TINY)
        y += 2.25 * MM
    colour(page, RULE)
    page.setLineWidth(0.4)
    page.line(_LEFT, y + 0.6 * MM, _RIGHT, y + 0.6 * MM)
    return _draw_signature(page, y + 2 * MM)


def _draw_signature(page: Canvas, y: float) -> float:
    colour(page, MUTE)
    draw(page, _LEFT, y, _("Prepared by (name, signature)"), 6.8)
    draw(page, _LEFT + 96 * MM, y, _("Seen by the manager (name, signature)"), 6.8)
    colour(page, INK)
    page.setLineWidth(0.5)
    for left in (_LEFT, _LEFT + 96 * MM):
        page.line(left, y + 3.2 * MM, left + 86 * MM, y + 3.2 * MM)
    return y + 13 * MM
