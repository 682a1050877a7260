"""What stands on a badge, from top to bottom, and the code in the room between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.codes import grouped
from civicdesk.printing.flow import Strip, draw_strips
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.lines import Align, Fitted, draw, fit
from civicdesk.printing.paper import DOT, MM, PRIMARY, colour
from civicdesk.printing.qr import QUIET, draw_qr, modules
from civicdesk.text import _, ngettext, upper

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from civicdesk.printing.badge import BadgeFace

_BLACK = "#000000"
_LARGE = (24, 22, 20, 18, 16, 14)
_HUGE = (72, 64, 56, 48, 40, 32, 24)
_SMALLEST_CODE = 36.25 * MM
"""Room for a code of 26 mm and its quiet zone."""


class Ground(NamedTuple):
    """What a badge is drawn on, in points: how wide, how large its letters are and its code may be.

    The code's modules are whole multiples of `step`, so that a printer's dots make them equally wide.
    """

    width: float
    scale: float
    margin: float
    step: float
    code: float
    is_black: bool = False

    @property
    def middle(self) -> float:
        return self.width / 2

    @property
    def within(self) -> float:
        return self.width - 2 * self.margin


class _Block(NamedTuple):
    """Lines that belong together, and the space above them."""

    text: Fitted
    weight: Weight
    above: float
    colour: str
    tracking: float


def length(face: BadgeFace, ground: Ground) -> float:
    """How long a roll is cut for this badge: what stands on it and its code, in whole dots."""
    above, below = _above_code(face, ground), _below_code(face, ground)
    whole = _height(above) + ground.code + _height(below) + ground.margin
    return math.ceil(whole / DOT - 1e-6) * DOT


def draw_badge(page: Canvas, face: BadgeFace, ground: Ground, height: float) -> None:
    """Draw a badge with its lower left corner where the page begins."""
    below = list(_below_code(face, ground))
    lower = ground.margin + _height(below)
    above = _above_within(face, ground, height - lower)
    _draw_code(page, face.code, ground, top=height - _height(above), bottom=lower)
    draw_strips(page, above, height)
    draw_strips(page, below, lower)


def _above_within(face: BadgeFace, ground: Ground, space: float) -> list[Strip]:
    """What stands above the code; where it would leave the code too small to read, it is set tighter."""
    above = list(_above_code(face, ground))
    if not ground.is_black and space - _height(above) < _SMALLEST_CODE * ground.scale:
        return list(_above_code(face, ground, tight=True))
    return above


def _height(strips: Iterable[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _above_code(face: BadgeFace, ground: Ground, *, tight: bool = False) -> Iterator[Strip]:
    yield _band(face, ground)
    if face.discreet and face.only_number:
        yield from _text(str(face.number), ground, _HUGE, Weight.BOLD, lines=1)
        return
    yield from _centre(face.centre, ground)
    if face.discreet:
        yield from _text(face.place, ground, _LARGE, Weight.BOLD, above=5)
        return
    yield from _text(face.name, ground, _LARGE[-2:] if tight else _LARGE, Weight.BOLD, above=4)
    yield from _text(face.host, ground, (10, 9.5, 9), above=2, lines=1 if tight else 2)


def _below_code(face: BadgeFace, ground: Ground) -> Iterator[Strip]:
    if face.shows_digits:
        yield from _text(grouped(face.code), ground, (7.5, 7), Weight.MEDIUM, tracking=0.3)
    if face.discreet and face.only_number:
        yield from _chips(face, ground)
        return
    if not face.discreet:
        yield from _text(_joined(face.reason, face.place), ground, (12, 11, 10), Weight.BOLD, above=4)
    number = _("No {number}").format(number=face.number)
    yield from _text(_joined(face.on, number), ground, (10, 9, 8), above=4 if face.discreet else 1)
    if not face.discreet:
        yield from _text(_joined(*face.needs), ground, (9, 8, 7), Weight.SEMIBOLD, above=1, lines=1)
    yield from _chips(face, ground)
    farewell = face.footer or _("Please return this badge when you leave.")
    yield from _text(farewell, ground, (7.5, 7, 6.5), above=3)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part.strip())


def _band(face: BadgeFace, ground: Ground) -> Strip:
    """The room's colour along the upper edge, for printers that have colours; its name stands below in black."""
    if face.room_colour is None or ground.is_black or (face.discreet and face.only_number):
        return Strip(ground.margin, lambda page, top: None)
    height = (9 if face.discreet else 3) * MM * ground.scale
    return Strip(height + ground.margin / 2, partial(_draw_band, face.room_colour, ground.width, height))


def _draw_band(name: str, width: float, height: float, page: Canvas, top: float) -> None:
    colour(page, name)
    page.rect(0, top - height, width, height, stroke=0, fill=1)


def _centre(name: str, ground: Ground) -> Iterator[Strip]:
    ink = _BLACK if ground.is_black else PRIMARY
    yield from _text(upper(name), ground, (8.5, 8, 7.5, 7), Weight.BOLD, tracking=0.6, ink=ink)


def _text(
    text: str,
    ground: Ground,
    sizes: Sequence[float],
    weight: Weight = Weight.REGULAR,
    *,
    above: float = 0,
    tracking: float = 0,
    lines: int = 2,
    ink: str = _BLACK,
) -> Iterator[Strip]:
    """Black, but for the centre's name: a label printer makes grey letters of dots, and they blur."""
    scale, tracking = ground.scale, tracking * ground.scale
    fitted = fit(
        text, ground.within, [size * scale for size in sizes], weight, tracking=tracking, lines=lines
    )
    if not fitted.lines:
        return
    block = _Block(fitted, weight, above * scale, ink, tracking)
    height = block.above + len(fitted.lines) * fitted.size * 1.2
    yield Strip(height, partial(_draw_block, block, ground.middle))


def _draw_block(block: _Block, middle: float, page: Canvas, top: float) -> None:
    size, weight, tracking = block.text.size, block.weight, block.tracking
    colour(page, block.colour)
    baseline = top - block.above - size * 0.95
    for line in block.text.lines:
        draw(page, middle, baseline, line, size, weight=weight, align=Align.CENTRE, tracking=tracking)
        baseline -= size * 1.2


def _chips(face: BadgeFace, ground: Ground) -> Iterator[Strip]:
    """How many people the badge stands for and which copy it is, each in a frame."""
    chips = []
    if face.people > 1:
        chips.append(ngettext("{count} person", "{count} people", face.people).format(count=face.people))
    if face.copy > 1:
        chips.append(_("Copy {copy}").format(copy=face.copy))
    if chips:
        yield Strip(18 * ground.scale, partial(_draw_chips, chips, ground))


def _draw_chips(chips: Sequence[str], ground: Ground, page: Canvas, top: float) -> None:
    scale = ground.scale
    size, padding, gap = 9 * scale, 6 * scale, 5 * scale
    widths = [text_width(chip, size, Weight.BOLD) + 2 * padding for chip in chips]
    x = ground.middle - (sum(widths) + gap * (len(widths) - 1)) / 2
    colour(page)
    page.setLineWidth(0.8 * scale)
    bottom = top - 18 * scale
    for chip, width in zip(chips, widths, strict=True):
        page.roundRect(x, bottom, width, 14 * scale, 7 * scale)
        draw(page, x + width / 2, bottom + 3.8 * scale, chip, size, weight=Weight.BOLD, align=Align.CENTRE)
        x += width + gap


def _draw_code(page: Canvas, code: str, ground: Ground, *, top: float, bottom: float) -> None:
    """The QR code as large as the space lets it, with its quiet zone, in the middle of what is left."""
    rows = modules(code)
    whole = len(rows) + 2 * QUIET
    room = min(top - bottom, ground.width - 2 * QUIET, ground.code)
    module = max(int(room / whole / ground.step + 1e-6), 1) * ground.step
    side = len(rows) * module
    left, lower = ((span - side) / 2 for span in (ground.width, top + bottom))
    draw_qr(page, rows, _dotted(left), _dotted(lower), module)


def _dotted(length: float) -> float:
    return round(length / DOT) * DOT
