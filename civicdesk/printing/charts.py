"""Charts of the reports: thin axes, the numbers written beside what they belong to, and no colour needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.ink import INK, MUTE, PAPER, RULE, SHADE, SOLID
from civicdesk.printing.lines import Align, draw
from civicdesk.printing.paper import MM, colour
from civicdesk.text import number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_UNDER, _OVER = 4.2 * MM, 4 * MM
_SMALL, _SMALLEST = 6.4, 5.2
_WIDEST = 11 * MM
_FULL = 0.72
_GRID_LINES = 4


@dataclass(frozen=True)
class Box:
    """Where something is drawn: its upper left corner and its size, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top - self.height


@dataclass(frozen=True)
class Bar:
    """One upright bar: how high (None: not known), and what stands under it."""

    value: float | None
    under: str = ""
    is_closed: bool = False

    @property
    def said(self) -> str:
        return "—" if self.value is None else number(round(self.value, 1)) if self.value else ""


@dataclass(frozen=True)
class _Plot:
    """The inner part of the chart: its box, how many bars, and what its full height is worth."""

    box: Box
    bars: int
    most: float
    mean: float = 0

    @property
    def base(self) -> float:
        return self.box.bottom + _UNDER

    @property
    def step(self) -> float:
        return self.box.width / max(self.bars, 1)

    def middle(self, place: int) -> float:
        return self.box.left + (place + 0.5) * self.step

    def height(self, value: float) -> float:
        return (self.box.height - _UNDER - _OVER) * value / self.most

    def thick(self) -> float:
        return min(self.step * (_FULL if self.step > 1 * MM else 0.9), _WIDEST)


def draw_bars(
    page: Canvas, box: Box, bars: Sequence[Bar], *, mean: float | None = None, words: str = ""
) -> None:
    """An upright bar for each; `mean` is a broken line across with its `words` at the end."""
    plot = _plot(box, bars, mean, words)
    size = _letter_size(bars, plot.step)
    if not size:
        _draw_grid(page, plot)
    _draw_closed(page, plot, bars)
    if plot.mean:
        _draw_mean(page, plot)
    for place, bar in enumerate(bars):
        _draw_bar(page, plot, place, bar)
    _draw_base(page, plot)
    _draw_numbers(page, plot, bars, size)
    if plot.mean:
        _draw_mean_words(page, plot, words)


def _plot(box: Box, bars: Sequence[Bar], mean: float | None, words: str) -> _Plot:
    """Words at the end of the mean, and numbers of the grid before the bars, have their room beside them."""
    most = max((bar.value for bar in bars if bar.value), default=1)
    after = text_width(words, _SMALL, Weight.SEMIBOLD) + 2 * MM if mean else 0
    inner = replace(box, width=box.width - after)
    if not _letter_size(bars, inner.width / max(len(bars), 1)):
        before = text_width(number(most), _SMALLEST) + 2 * MM
        inner = Box(box.left + before, box.top, inner.width - before, box.height)
    return _Plot(inner, len(bars), most, mean or 0)


def nice_steps(most: float, lines: int = _GRID_LINES) -> list[float]:
    """Round values below the highest, at which a thin line helps the eye: 0 < 50 < 100 < 150."""
    if most <= 0:
        return []
    rough = most / lines
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return [step * place for place in range(1, int(most / step) + 1)]


def _letter_size(bars: Sequence[Bar], step: float) -> float:
    """How large every number can be written above its bar; 0 where there is no room for them."""
    widest = max((text_width(bar.said, _SMALL) for bar in bars), default=0)
    size = _SMALL * min(1.0, step * 0.96 / widest) if widest else _SMALL
    return size if size >= _SMALLEST else 0


def _draw_grid(page: Canvas, plot: _Plot) -> None:
    page.setLineWidth(0.25)
    for value in nice_steps(plot.most):
        y = plot.base + plot.height(value)
        colour(page, RULE)
        page.line(plot.box.left, y, plot.box.right, y)
        colour(page, MUTE)
        draw(page, plot.box.left - 1.2 * MM, y - 0.6 * MM, number(value), _SMALLEST, align=Align.RIGHT)


def _draw_closed(page: Canvas, plot: _Plot, bars: Sequence[Bar]) -> None:
    """Closed is grey, as in the rooms × hours of a day."""
    colour(page, SHADE)
    thick, high = plot.thick(), plot.height(plot.most)
    for place, bar in enumerate(bars):
        if bar.is_closed:
            page.rect(plot.middle(place) - thick / 2, plot.base, thick, high, stroke=0, fill=1)


def _draw_bar(page: Canvas, plot: _Plot, place: int, bar: Bar) -> None:
    x, thick = plot.middle(place), plot.thick()
    if bar.value:
        colour(page, SOLID)
        page.rect(x - thick / 2, plot.base, thick, plot.height(bar.value), stroke=0, fill=1)
    if bar.under:
        colour(page, MUTE)
        draw(page, x, plot.base - 3 * MM, bar.under, 6.2, align=Align.CENTRE)


def _draw_base(page: Canvas, plot: _Plot) -> None:
    colour(page, RULE)
    page.setLineWidth(0.5)
    page.line(plot.box.left, plot.base, plot.box.right, plot.base)


def _draw_numbers(page: Canvas, plot: _Plot, bars: Sequence[Bar], size: float) -> None:
    """Above every bar; where there is no room, above the highest alone."""
    if size:
        for place, bar in enumerate(bars):
            _draw_number(page, plot, place, bar, size)
        return
    highest = max(range(len(bars)), key=lambda place: bars[place].value or 0, default=0)
    if bars:
        _draw_number(page, plot, highest, bars[highest], _SMALL)


def _draw_number(page: Canvas, plot: _Plot, place: int, bar: Bar, size: float) -> None:
    if not bar.said or (bar.is_closed and bar.value is None):
        return
    y = plot.base + plot.height(bar.value or 0) + 1 * MM
    half = text_width(bar.said, size) / 2
    x = min(max(plot.middle(place), plot.box.left + half), plot.box.right - half)
    if plot.mean and y - 1 < plot.base + plot.height(plot.mean) < y + size:
        colour(page, PAPER)
        page.rect(x - half - 0.4, y - 0.6, 2 * half + 0.8, size * 0.86, stroke=0, fill=1)
    colour(page, INK)
    draw(page, x, y, bar.said, size, align=Align.CENTRE)


def _draw_mean(page: Canvas, plot: _Plot) -> None:
    y = plot.base + plot.height(plot.mean)
    colour(page, MUTE)
    page.setLineWidth(0.6)
    page.setDash(2, 2)
    page.line(plot.box.left, y, plot.box.right, y)
    page.setDash()


def _draw_mean_words(page: Canvas, plot: _Plot, words: str) -> None:
    """At the right end of its line, beside the bars."""
    y = plot.base + plot.height(plot.mean) - 0.8 * MM
    colour(page, INK)
    draw(page, plot.box.right + 1.5 * MM, y, words, _SMALL, weight=Weight.SEMIBOLD)
