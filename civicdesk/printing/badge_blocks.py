"""What a badge is put together from: the ground it stands on, and lines of text in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.lines import Align, Fitted, draw, fit
from civicdesk.printing.paper import DOT, colour

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

BLACK = "#000000"
_LEADING = 1.2


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


class Block(NamedTuple):
    """Lines that belong together: black, but for the centre's name, as grey letters blur on a label printer."""

    text: Fitted
    weight: Weight
    colour: str = BLACK
    tracking: float = 0

    @property
    def height(self) -> float:
        return len(self.text.lines) * self.text.size * _LEADING

    @property
    def width(self) -> float:
        widths = (text_width(line, self.text.size, self.weight, self.tracking) for line in self.text.lines)
        return max(widths, default=0)

    def draw(self, page: Canvas, x: float, top: float, align: Align = Align.CENTRE) -> None:
        """Draw the lines downwards from `top`."""
        size = self.text.size
        colour(page, self.colour)
        for row, line in enumerate(self.text.lines):
            baseline = top - size * (0.95 + row * _LEADING)
            draw(page, x, baseline, line, size, weight=self.weight, align=align, tracking=self.tracking)


def block(
    text: str,
    ground: Ground,
    sizes: Sequence[float],
    weight: Weight = Weight.REGULAR,
    *,
    tracking: float = 0,
    lines: int = 2,
    width: float | None = None,
    ink: str = BLACK,
) -> Block:
    """A text in the first of `sizes` in which it fits into `width`, or from margin to margin."""
    sizes, tracking = [size * ground.scale for size in sizes], tracking * ground.scale
    fitted = fit(text, width or ground.within, sizes, weight, tracking=tracking, lines=lines)
    return Block(fitted, weight, ink, tracking)


def text_strip(
    text: str,
    ground: Ground,
    sizes: Sequence[float],
    weight: Weight = Weight.REGULAR,
    *,
    above: float = 0,
    tracking: float = 0,
    lines: int = 2,
) -> Iterator[Strip]:
    """A text in the middle with space above it; nothing at all where there is no text."""
    words = block(text, ground, sizes, weight, tracking=tracking, lines=lines)
    if words.text.lines:
        yield block_strip(words, ground, above)


def block_strip(words: Block, ground: Ground, above: float = 0) -> Strip:
    """A block in the middle with space above it."""
    space = above * ground.scale
    return Strip(space + words.height, lambda page, top: words.draw(page, ground.middle, top - space))


def chips_strip(chips: Sequence[str], ground: Ground) -> Iterator[Strip]:
    """Short words, each in a frame: beside each other, or below each other where the paper is narrow."""
    if not chips:
        return
    if len(chips) > 1 and _chips_width(chips, ground) > ground.within:
        for chip in chips:
            yield from chips_strip([chip], ground)
        return
    yield Strip(18 * ground.scale, partial(_draw_chips, chips, ground))


def _chip_widths(chips: Sequence[str], ground: Ground) -> list[float]:
    return [text_width(chip, 9 * ground.scale, Weight.BOLD) + 12 * ground.scale for chip in chips]


def _chips_width(chips: Sequence[str], ground: Ground) -> float:
    return sum(_chip_widths(chips, ground)) + 5 * ground.scale * (len(chips) - 1)


def _draw_chips(chips: Sequence[str], ground: Ground, page: Canvas, top: float) -> None:
    scale = ground.scale
    x, bottom = ground.middle - _chips_width(chips, ground) / 2, top - 18 * scale
    colour(page)
    page.setLineWidth(0.8 * scale)
    for chip, width in zip(chips, _chip_widths(chips, ground), strict=True):
        page.roundRect(x, bottom, width, 14 * scale, 7 * scale)
        middle, baseline = x + width / 2, bottom + 3.8 * scale
        draw(page, middle, baseline, chip, 9 * scale, weight=Weight.BOLD, align=Align.CENTRE)
        x += width + 5 * scale


def dotted(length: float) -> float:
    """The same length in whole dots of a thermal printer."""
    return round(length / DOT) * DOT
