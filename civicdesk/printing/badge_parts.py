"""What stands on a badge, from top to bottom, and the code in the room between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import TYPE_CHECKING

from civicdesk.codes import grouped
from civicdesk.printing.badge_blocks import Ground, chips_strip, dotted, text_strip
from civicdesk.printing.badge_head import band, head
from civicdesk.printing.flow import Strip, draw_strips
from civicdesk.printing.fonts import Weight
from civicdesk.printing.paper import DOT, MM
from civicdesk.printing.qr import QUIET, draw_qr, modules
from civicdesk.text import _, ngettext

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from civicdesk.printing.badge import BadgeFace

_LARGE = (24, 22, 20, 18, 16, 14, 12, 11)
_HUGE = (72, 64, 56, 48, 40, 32, 24)
_SMALLEST_CODE = 36.25 * MM
"""Room for a code of 26 mm and its quiet zone."""


class _Squeeze(IntEnum):
    """How tight things are set, one after the other, until the code is large enough to be read."""

    LOOSE = 0
    NAME = 1
    LOGO = 2
    NO_LOGO = 3


def length(face: BadgeFace, ground: Ground) -> float:
    """How long a roll is cut for this badge: what stands on it and its code, in whole dots."""
    above, below = _above_code(face, ground, _Squeeze.LOOSE), _below_code(face, ground)
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
    """What stands above the code, set tighter where it would leave the code too small to read."""
    above: list[Strip] = []
    needed = min(_SMALLEST_CODE * ground.scale, ground.code - DOT)
    for squeeze in _Squeeze:
        above = list(_above_code(face, ground, squeeze))
        if space - _height(above) >= needed:
            break
    return above


def _height(strips: Iterable[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _above_code(face: BadgeFace, ground: Ground, squeeze: _Squeeze) -> Iterator[Strip]:
    yield band(face, ground)
    if face.is_number_only:
        yield from text_strip(str(face.number), ground, _HUGE, Weight.BOLD, lines=1)
        return
    yield from head(face, ground, is_tight=squeeze >= _Squeeze.LOGO, has_logo=squeeze < _Squeeze.NO_LOGO)
    if face.discreet:
        yield from text_strip(face.place, ground, _LARGE, Weight.BOLD, above=5)
        return
    is_tight = squeeze >= _Squeeze.NAME
    yield from text_strip(face.name, ground, _LARGE[-4:] if is_tight else _LARGE, Weight.BOLD, above=4)
    yield from text_strip(face.host, ground, (10, 9.5, 9), above=2, lines=1 if is_tight else 2)


def _below_code(face: BadgeFace, ground: Ground) -> Iterator[Strip]:
    if face.shows_digits:
        yield from text_strip(grouped(face.code), ground, (7.5, 7), Weight.MEDIUM, tracking=0.3)
    if face.is_number_only:
        yield from chips_strip(_chips(face), ground)
        return
    if not face.discreet:
        yield from text_strip(_joined(face.reason, face.place), ground, (12, 11, 10), Weight.BOLD, above=4)
    number = _("No {number}").format(number=face.number)
    yield from text_strip(_joined(face.on, number), ground, (10, 9, 8), above=4 if face.discreet else 1)
    if not face.discreet:
        yield from text_strip(_joined(*face.needs), ground, (9, 8, 7), Weight.SEMIBOLD, above=1)
    yield from chips_strip(_chips(face), ground)
    farewell = face.footer or _("Please return this badge when you leave.")
    yield from text_strip(farewell, ground, (7.5, 7, 6.5), above=3)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part.strip())


def _chips(face: BadgeFace) -> list[str]:
    """How many people the badge stands for, and which copy it is."""
    chips = []
    if face.people > 1:
        chips.append(ngettext("{count} person", "{count} people", face.people).format(count=face.people))
    if face.copy > 1:
        chips.append(_("Copy {copy}").format(copy=face.copy))
    return chips


def _draw_code(page: Canvas, code: str, ground: Ground, *, top: float, bottom: float) -> None:
    """The QR code as large as the space lets it, with its quiet zone, in the middle of what is left."""
    rows = modules(code)
    whole = len(rows) + 2 * QUIET
    room = min(top - bottom, ground.width - 2 * QUIET, ground.code)
    module = max(int(room / whole / ground.step + 1e-6), 1) * ground.step
    side = len(rows) * module
    left, lower = ((span - side) / 2 for span in (ground.width, top + bottom))
    draw_qr(page, rows, dotted(left), dotted(lower), module)
