"""Which letters stand on paper, and in which font: Inter, else Noto Sans, else Noto Sans Arabic."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.assets import asset

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper
    from reportlab.pdfbase.ttfonts import TTFont

BOX = "□"
"""Stands for a letter that none of our fonts has."""

_UNSEEN = "\u200c\u200d\u200e\u200f"
"""Shape and direct Arabic letters; not drawn themselves."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Weight(Enum):
    """How heavy a line is: the fonts it is set in, first the one that is tried first."""

    REGULAR = ("Inter-Regular", "NotoSans-Regular", "NotoSansArabic-Regular")
    MEDIUM = ("Inter-Medium", "NotoSans-Regular", "NotoSansArabic-Regular")
    SEMIBOLD = ("Inter-SemiBold", "NotoSans-Bold", "NotoSansArabic-Bold")
    BOLD = ("Inter-Bold", "NotoSans-Bold", "NotoSansArabic-Bold")


class Run(NamedTuple):
    """Neighbouring letters of one line that stand in one font, in the order in which they are drawn."""

    font: str
    text: str

    def width(self, size: float) -> float:
        return float(fonts()[self.font].stringWidth(self.text, size))


@cache
def fonts() -> dict[str, TTFont]:
    """The bundled fonts by name, made known to reportlab the first time."""
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415  slow to import
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    names = {name for weight in Weight for name in weight.value}
    known = {name: TTFont(name, str(asset("fonts", f"{name}.ttf"))) for name in sorted(names)}
    for font in known.values():
        registerFont(font)
    return known


@cache
def _letters(font: str) -> frozenset[str]:
    return frozenset(map(chr, fonts()[font].face.charToGlyph))


def clean(text: str) -> str:
    """The text as it can be drawn: emoji and invisible characters left out, unknown letters as boxes."""
    drawable = "".join(map(_drawable, unicodedata.normalize("NFC", text)))
    if not _RIGHT_TO_LEFT.search(drawable):
        drawable = _seen(drawable)
    return " ".join(drawable.split())


def _seen(text: str) -> str:
    return "".join(letter for letter in text if letter not in _UNSEEN)


@lru_cache(maxsize=4096)
def _drawable(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in _UNSEEN:
        return letter
    if category == "Cc" or category.startswith("Z"):
        return " "
    if category.startswith("C"):  # also the overrides that would turn a line around
        return ""
    if any(letter in _letters(font) for font in Weight.REGULAR.value):
        return letter
    return "" if category[0] in "SM" else BOX


@lru_cache(maxsize=8192)
def runs(text: str, weight: Weight = Weight.REGULAR) -> tuple[Run, ...]:
    """One line of text, cut by font and put into the order in which it is drawn from left to right."""
    line = visual(clean(text))
    first = weight.value[0]
    if _letters(first).issuperset(line):
        return (Run(first, line),) if line else ()
    return tuple(_by_font(line, weight))


def _by_font(line: str, weight: Weight) -> list[Run]:
    cut: list[Run] = []
    for letter in line:
        font = next((f for f in weight.value if letter in _letters(f)), None)
        run = Run(font, letter) if font else Run(weight.value[0], BOX)
        if cut and cut[-1].font == run.font:
            run = Run(run.font, cut.pop().text + run.text)
        cut.append(run)
    return cut


def visual(line: str) -> str:
    """A line with Arabic letters joined and turned around; other lines as they are.

    One line at a time: what is turned around first and wrapped afterwards has its lines in the wrong order.
    """
    if _RIGHT_TO_LEFT.search(line):
        from bidi.algorithm import get_display  # noqa: PLC0415  few visitors need it

        line = str(get_display(_reshaper().reshape(line)))
    return _seen(line)


def direction_mark(line: str) -> str:
    """The mark that makes a line run the way its first letter does: from the left, or from the right."""
    strong = (unicodedata.bidirectional(letter) for letter in line)
    first = next((kind for kind in strong if kind in {"L", "R", "AL"}), "L")
    return _UNSEEN[2] if first == "L" else _UNSEEN[3]


@cache
def _reshaper() -> ArabicReshaper:
    from arabic_reshaper import ArabicReshaper  # noqa: PLC0415  few visitors need it

    return ArabicReshaper(configuration={"support_ligatures": True, "delete_harakat": True})


def text_width(text: str, size: float, weight: Weight = Weight.REGULAR, tracking: float = 0) -> float:
    """How wide a line is, in points; `tracking` is the space added between letters."""
    line = runs(text, weight)
    letters = sum(len(run.text) for run in line)
    return sum(run.width(size) for run in line) + tracking * max(letters - 1, 0)
