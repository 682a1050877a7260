"""The head of a badge: the room's colour, the centre's logo and its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from civicdesk.printing.badge_blocks import BLACK, Block, Ground, block, block_strip, dotted
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align
from civicdesk.printing.logo import Logo, logo
from civicdesk.printing.paper import MM, PRIMARY, colour
from civicdesk.text import upper

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from civicdesk.printing.badge import BadgeFace

_WIDE = 1.8
"""A logo so many times as wide as high stands over the name; any other beside it."""

_GAP = 2 * MM


def band(face: BadgeFace, ground: Ground) -> Strip:
    """The room's colour along the upper edge, for printers that have colours; its name stands below in black."""
    if face.room_colour is None or ground.is_black or face.is_number_only:
        return Strip(ground.margin, lambda page, top: None)
    height = (9 if face.discreet else 3) * MM * ground.scale
    return Strip(height + ground.margin / 2, partial(_draw_band, face.room_colour, ground.width, height))


def head(face: BadgeFace, ground: Ground, *, is_tight: bool, has_logo: bool) -> Iterator[Strip]:
    """The logo and the centre's name; `is_tight` puts a small logo beside the name, however wide it is."""
    scale = ground.scale
    high = (6.5 if is_tight else 10) * MM * scale
    mark = _logo(face.logo, ground, high, share=0.4 if is_tight else 0.85) if has_logo else None
    if mark is None:
        name = _name(face.centre, ground, ground.within)
        if name.text.lines:
            yield block_strip(name, ground)
    elif is_tight or mark.width < _WIDE * mark.height:
        yield _beside(mark, _name(face.centre, ground, ground.within - mark.width - _GAP * scale), ground)
    else:
        yield Strip(mark.height + _GAP * scale, partial(_draw_logo, mark, ground.middle))
        yield block_strip(_name(face.centre, ground, ground.within), ground)


def _logo(png: bytes, ground: Ground, high: float, *, share: float) -> Logo | None:
    return logo(png, ground.within * share, high, is_black=ground.is_black) if png else None


def _name(name: str, ground: Ground, width: float) -> Block:
    ink = BLACK if ground.is_black else PRIMARY
    return block(upper(name), ground, (8.5, 8, 7.5, 7), Weight.BOLD, tracking=0.6, width=width, ink=ink)


def _beside(mark: Logo, name: Block, ground: Ground) -> Strip:
    return Strip(max(mark.height, name.height), partial(_draw_beside, mark, name, ground))


def _draw_beside(mark: Logo, name: Block, ground: Ground, page: Canvas, top: float) -> None:
    gap, height = _GAP * ground.scale, max(mark.height, name.height)
    left = dotted(ground.middle - (mark.width + gap + name.width) / 2)
    mark.draw(page, left, top - dotted((height - mark.height) / 2) - mark.height)
    name.draw(page, left + mark.width + gap, top - (height - name.height) / 2, Align.LEFT)


def _draw_logo(mark: Logo, middle: float, page: Canvas, top: float) -> None:
    mark.draw(page, dotted(middle - mark.width / 2), top - mark.height)


def _draw_band(name: str, width: float, height: float, page: Canvas, top: float) -> None:
    colour(page, name)
    page.rect(0, top - height, width, height, stroke=0, fill=1)
