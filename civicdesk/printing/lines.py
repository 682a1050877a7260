"""Lines of text on paper: made to fit, and drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.printing.fonts import Weight, clean, direction_mark, runs, text_width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_ELLIPSIS = "…"
_Fits = Callable[[str], bool]


class Align(Enum):
    """Which part of a line stands at `x`."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Fitted(NamedTuple):
    """A text as lines that fit, and the size in which they do."""

    lines: tuple[str, ...]
    size: float


def fit(
    text: str,
    width: float,
    sizes: Sequence[float],
    weight: Weight = Weight.REGULAR,
    *,
    lines: int = 2,
    tracking: float = 0,
) -> Fitted:
    """The text in the first of `sizes` (largest first) in which it fits: on one line, on two, or cut by "…".

    On two lines it is no larger than the middle size, as it takes twice the height.
    """
    text = clean(text)
    within = partial(_fits, width=width, weight=weight, tracking=tracking)
    fitters = [(size, partial(within, size=size)) for size in sizes]
    for size, fits in fitters:
        if fits(text):
            return Fitted((text,) if text else (), size)
    size, fits = fitters[-1]
    if lines == 1:
        return Fitted((_cut(text, fits),), size)
    for larger, larger_fits in fitters[len(fitters) // 2 :]:
        if pair := _halves(text, larger_fits):
            return Fitted(_directed(pair, text), larger)
    return Fitted(_directed(_fill(text, fits), text), size)


def _fits(text: str, *, width: float, size: float, weight: Weight, tracking: float) -> bool:
    return text_width(text, size, weight, tracking) <= width


def _halves(text: str, fits: _Fits) -> tuple[str, str] | None:
    """The words on two lines, as equally long as they get; None where they do not fit."""
    words = text.split()
    pairs = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    for pair in sorted(pairs, key=lambda pair: max(map(len, pair))):
        if all(map(fits, pair)):
            return pair
    return None


def _fill(text: str, fits: _Fits) -> tuple[str, ...]:
    """Two full lines, the second cut by "…" if it must be; only a word too long for a line is broken."""
    end = _longest(text, fits)
    space = text.rfind(" ", 0, end + 1)
    if space > 0:
        end = space
    rest = text[end:].strip()
    return (text[:end].strip(), rest if fits(rest) else _cut(rest, fits))


def _directed(lines: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Each line runs in the direction of the whole text, also where it begins with a word of the other."""
    mark = direction_mark(text)
    return tuple(line if direction_mark(line) == mark else mark + line for line in lines)


def _cut(text: str, fits: _Fits) -> str:
    return text[: _longest(text, lambda start: fits(start + _ELLIPSIS))].rstrip() + _ELLIPSIS


def _longest(text: str, fits: _Fits) -> int:
    """How many letters fit, at least one: found by halving, as each try has to be shaped."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(text[:middle]) else (low, middle - 1)
    return low


def draw_fitted(
    page: Canvas,
    x: float,
    y: float,
    text: str,
    *,
    width: float,
    sizes: Sequence[float],
    weight: Weight = Weight.REGULAR,
    lines: int = 1,
) -> None:
    """Draw a text that must not be wider than `width`, its first baseline at `y`."""
    fitted = fit(text, width, sizes, weight, lines=lines)
    for line in fitted.lines:
        draw(page, x, y, line, fitted.size, weight=weight)
        y -= fitted.size * 1.2


def draw(
    page: Canvas,
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    weight: Weight = Weight.REGULAR,
    align: Align = Align.LEFT,
    tracking: float = 0,
) -> None:
    """Draw one line with its baseline at `y`."""
    x -= align.value * text_width(text, size, weight, tracking) if align.value else 0
    for run in runs(text, weight):
        page.setFont(run.font, size)
        page.drawString(x, y, run.text, charSpace=tracking)
        x += run.width(size) + tracking * len(run.text)
