"""What the pages of a report are put together from: headings, boxes, parts beside each other, words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.printing.charts import Box
from civicdesk.printing.flow import Mark, Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.ink import INK, MUTE, RULE
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.occupancy_parts import wrapped
from civicdesk.printing.occupancy_words import Total
from civicdesk.printing.paper import MM, colour
from civicdesk.printing.report_page import BODY, LEFT, WIDE
from civicdesk.text import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

TITLE, HEADING = 12 * MM, 7 * MM
COLUMN_GAP = 9 * MM
_BOX, _BOX_GAP = 21 * MM, 3 * MM
_TINY, _TINY_LINE = 6.6, 3.1 * MM


class Block(NamedTuple):
    """A part of a page: how high it is, and how it is drawn into a box."""

    height: float
    draw: Callable[[Canvas, Box], None]


def strip(block: Block, *, with_next: bool = False) -> Strip:
    """A block over the whole width."""

    def drawing(page: Canvas, top: float) -> None:
        block.draw(page, Box(LEFT, top, WIDE, block.height))

    return Strip(block.height, drawing, with_next=with_next)


def title(key: str, words: str, *, on_new_page: bool = False) -> Strip:
    """The name of a part, which the contents and the outline know."""

    def drawing(page: Canvas, top: float) -> None:
        colour(page, INK)
        draw(page, LEFT, top - 7.6 * MM, words, 13, weight=Weight.BOLD)

    return Strip(TITLE, drawing, with_next=True, mark=Mark(key, words), on_new_page=on_new_page)


def heading(words: str, second: str = "") -> Block:
    """The name of a chart or a table, with something said at its right end."""

    def drawing(page: Canvas, box: Box) -> None:
        y = box.top - 4 * MM
        colour(page, INK)
        draw(page, box.left, y, words, 9, weight=Weight.BOLD)
        colour(page, MUTE)
        draw(page, box.right, y, second, 7, align=Align.RIGHT)

    return Block(HEADING, drawing)


def space(height: float) -> Block:
    """Nothing."""
    return Block(height, lambda _page, _box: None)


def stack(*blocks: Block) -> Block:
    """Blocks under each other."""

    def drawing(page: Canvas, box: Box) -> None:
        top = box.top
        for block in blocks:
            block.draw(page, Box(box.left, top, box.width, block.height))
            top -= block.height

    return Block(sum(block.height for block in blocks), drawing)


def beside(left: Block, right: Block, share: float = 0.5) -> Block:
    """Two blocks beside each other; `share` is how much of the width the left one has."""

    def drawing(page: Canvas, box: Box) -> None:
        wide = (box.width - COLUMN_GAP) * share
        left.draw(page, Box(box.left, box.top, wide, left.height))
        start = box.left + wide + COLUMN_GAP
        right.draw(page, Box(start, box.top, box.right - start, right.height))

    return Block(max(left.height, right.height), drawing)


def boxes(totals: Sequence[Total], in_a_row: int = 4) -> Block:
    """The totals, each in a box with what it is compared with."""
    rows = -(-len(totals) // in_a_row)

    def drawing(page: Canvas, box: Box) -> None:
        wide = (box.width - _BOX_GAP * (in_a_row - 1)) / in_a_row
        for place, total in enumerate(totals):
            row, column = divmod(place, in_a_row)
            left, top = box.left + column * (wide + _BOX_GAP), box.top - row * (_BOX + _BOX_GAP)
            _draw_box(page, Box(left, top, wide, _BOX), total)

    return Block(rows * (_BOX + _BOX_GAP) - _BOX_GAP, drawing)


def _draw_box(page: Canvas, box: Box, total: Total) -> None:
    colour(page, RULE)
    page.setLineWidth(0.7)
    page.roundRect(box.left, box.bottom, box.width, box.height, 2 * MM)
    inner, width = box.left + 3 * MM, box.width - 5 * MM
    colour(page, INK)
    draw_fitted(
        page, inner, box.top - 7 * MM, total.figure, width=width, sizes=(17, 14, 11), weight=Weight.BOLD
    )
    draw_fitted(
        page, inner, box.top - 11 * MM, total.words, width=width, sizes=(7.6, 7, 6.4), weight=Weight.SEMIBOLD
    )
    colour(page, MUTE)
    for place, words in enumerate(total.compared):
        draw_fitted(
            page, inner, box.top - (15 + place * 3.2) * MM, words, width=width, sizes=(6.8, 6.3, 5.8, 5.3)
        )


def facts(pairs: Sequence[tuple[str, str]]) -> Block:
    """Names on the left, figures on the right."""
    high = 4.6 * MM

    def drawing(page: Canvas, box: Box) -> None:
        for place, (name, figure) in enumerate(pairs):
            y = box.top - place * high
            colour(page, MUTE)
            draw_fitted(page, box.left, y - 3.2 * MM, name, width=box.width * 0.66, sizes=(7.4, 6.8, 6.2))
            colour(page, INK)
            draw(page, box.right, y - 3.2 * MM, figure, 7.4, weight=Weight.SEMIBOLD, align=Align.RIGHT)
            colour(page, RULE)
            page.setLineWidth(0.25)
            page.line(box.left, y - high, box.right, y - high)

    return Block(high * len(pairs), drawing)


def words(sentences: Sequence[str], *, columns: int = 2, size: float = _TINY) -> Block:
    """Small print in columns, each sentence on lines of its own."""
    wide = (WIDE - COLUMN_GAP * (columns - 1)) / columns
    each = [wrapped(sentence, wide, size) for sentence in sentences]
    parts = _in_columns(each, columns)
    high = _TINY_LINE * size / _TINY

    def drawing(page: Canvas, box: Box) -> None:
        colour(page, MUTE)
        for column, lines in enumerate(parts):
            x = box.left + column * (wide + COLUMN_GAP)
            for place, line in enumerate(lines):
                draw(page, x, box.top - place * high - 2.4 * MM, line, size)

    return Block(high * max(map(len, parts), default=0), drawing)


def _in_columns(sentences: Sequence[Sequence[str]], columns: int) -> list[list[str]]:
    """As evenly as it goes, without cutting a sentence in two."""
    share = -(-sum(map(len, sentences)) // columns)
    parts: list[list[str]] = [[]]
    for lines in sentences:
        if len(parts[-1]) >= share and len(parts) < columns:
            parts.append([])
        parts[-1] += lines
    return parts


def together(strips: Iterable[Strip], most: float = BODY) -> list[Strip]:
    """On one page, if they are not higher than that: a short table is not torn."""
    found = list(strips)
    if sum(strip.height for strip in found) > most:
        return found
    return [*(replace(strip, with_next=True) for strip in found[:-1]), *found[-1:]]


def lead(sentence: str) -> Strip:
    """What a part says first, in one line under its name."""

    def drawing(page: Canvas, top: float) -> None:
        colour(page, MUTE)
        draw_fitted(page, LEFT, top - 2.6 * MM, sentence, width=WIDE, sizes=(9.5, 8.5, 7.5), lines=2)

    return Strip(8 * MM, drawing, with_next=True)


def nothing() -> Block:
    """In place of a chart that has nothing to show."""

    def drawing(page: Canvas, box: Box) -> None:
        colour(page, MUTE)
        words = _("Nothing of this in these days.")
        draw_fitted(page, box.left, box.top - 4 * MM, words, width=box.width, sizes=(8, 7))

    return Block(8 * MM, drawing)


def notice(sentence: str) -> Strip:
    """One sentence in place of a table or chart that has nothing to show."""

    def drawing(page: Canvas, top: float) -> None:
        colour(page, MUTE)
        draw_fitted(page, LEFT, top - 5 * MM, sentence, width=WIDE, sizes=(9, 8, 7))

    return Strip(9 * MM, drawing)
