"""The inks of the reports, chosen to stay apart on a printer without colour, and the hatching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from civicdesk.printing.paper import MM, colour

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

INK, MUTE, RULE, SHADE, SOLID = "#13262E", "#4A5B62", "#B9C3C7", "#E4E8EA", "#0B6E7F"
PALE = "#F1F4F5"
PAPER = "#FFFFFF"
_HATCH = 1.1 * MM
_LIGHTEST, _WHITE_LETTERS = 0.14, 0.72


def tint(share: float) -> str:
    """A grade between white and solid, for a share of 0 to 1: more is darker, and the least is seen."""
    if share <= 0:
        return PAPER
    grade = _LIGHTEST + (1 - _LIGHTEST) * min(share, 1.0)
    solid = (int(SOLID[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * grade):02X}" for part in solid)


def on_tint(share: float) -> str:
    """The ink that can be read on such a grade."""
    return PAPER if share > _WHITE_LETTERS else INK


def hatch(page: Canvas, x: float, y: float, width: float, height: float) -> None:
    """Slanted lines in a box; a clipped path for each would make a page of 5,000 bookings slow."""
    if width <= 0:
        return
    page.saveState()
    colour(page, PAPER)
    page.rect(x, y, width, height, stroke=0, fill=1)
    colour(page, INK)
    page.setLineWidth(0.35)
    path = page.beginPath()
    path.rect(x, y, width, height)
    at = -height
    while at < width:
        begins, ends = max(at, 0), min(at + height, width)
        path.moveTo(x + begins, y + begins - at)
        path.lineTo(x + ends, y + ends - at)
        at += _HATCH
    page.drawPath(path, stroke=1, fill=0)
    page.restoreState()
