"""Tables on paper: columns as wide as what stands in them, heads again on every page, long names on two lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from civicdesk.desk.listing import Cell, Form
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.ink import INK, MUTE, RULE
from civicdesk.printing.lines import Align, Fitted, draw, fit
from civicdesk.printing.occupancy_parts import wrapped
from civicdesk.printing.paper import MM, colour
from civicdesk.printing.report_page import LEFT, WIDE
from civicdesk.printing.tables import Sheet, cell_words

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_GAP = 3 * MM
_HEAD_SIZE, _HEAD_LINE = 6.4, 2.7 * MM
_MOST_OF_WORDS, _LEAST_OF_WORDS = 62 * MM, 15 * MM
_SAMPLE = 40
"""So many of the longest cells of a column are measured."""

Said = Callable[[Cell, Form], str]


@dataclass(frozen=True)
class Type:
    """How large a table is set: the letters, and how high a row of one line is."""

    size: float = 7.2
    row: float = 4.7 * MM
    lines: int = 1


class _Layout:
    """A table as it will stand: its cells in words, and the edges of its columns."""

    def __init__(self, sheet: Sheet, width: float, type_: Type, said: Said) -> None:
        self.sheet, self.type, self.width = sheet, type_, width
        self.columns = sheet.table.columns
        self.rows = [
            [said(cell, sheet.form(place, at)) for at, cell in enumerate(row)]
            for place, row in enumerate(sheet.table.rows)
        ]
        self.last = [said(cell, column.form) for cell, column in zip(sheet.last, self.columns, strict=False)]

    def is_words(self, place: int) -> bool:
        return self.columns[place].form is Form.WORDS

    def is_left(self, place: int) -> bool:
        """Words begin where their column begins, and so does whatever names the rows."""
        return self.is_words(place) or place == 0

    @cached_property
    def heads(self) -> list[list[str]]:
        """Each head on as many lines as its column makes it."""
        pairs = zip(self.columns, self.widths, strict=True)
        return [wrapped(column.words, wide - _GAP * 0.7, _HEAD_SIZE) for column, wide in pairs]

    @cached_property
    def widths(self) -> list[float]:
        """As wide as what stands in them; what is over is shared out, what is missing taken from the words."""
        wanted = [self._wanted(place) for place in range(len(self.columns))]
        over = self.width - sum(wanted)
        if over >= 0:
            return self._shared_out(wanted, over)
        of_words = [wide if self.is_words(place) else 0.0 for place, wide in enumerate(wanted)]
        left = max(sum(of_words) + over, _LEAST_OF_WORDS * sum(map(bool, of_words)))
        narrow = [
            left * wide / sum(of_words) if wide else wanted[place] for place, wide in enumerate(of_words)
        ]
        return [wide * min(1.0, self.width / sum(narrow)) for wide in narrow]

    def _shared_out(self, wanted: list[float], over: float) -> list[float]:
        """Numbers stand in columns of one width if there is room; words have the rest."""
        numbers = [place for place in range(len(wanted)) if not self.is_left(place)]
        widest = max((wanted[place] for place in numbers), default=0)
        even = sum(widest - wanted[place] for place in numbers)
        part = min(over / even, 1.0) if even else 0
        for place in numbers:
            wanted[place] += (widest - wanted[place]) * part
        rest = (self.width - sum(wanted)) / sum(wanted)
        return [wide * (1 + rest) for wide in wanted]

    @cached_property
    def edges(self) -> list[float]:
        """Where each column begins, and where the last one ends."""
        return [LEFT + sum(self.widths[:place]) for place in range(len(self.widths) + 1)]

    def _wanted(self, place: int) -> float:
        cells = {row[place] for row in self.rows} | {self.last[place] if self.last else ""}
        longest = sorted(cells, key=len, reverse=True)[:_SAMPLE]
        widest = max((text_width(cell, self.type.size, Weight.SEMIBOLD) for cell in longest), default=0)
        head = max(text_width(word, _HEAD_SIZE) for word in (*self.columns[place].words.split(), ""))
        if self.is_words(place):
            widest = min(widest, _MOST_OF_WORDS)
        return max(widest, head, 4 * MM) + _GAP


def table_strips(
    sheet: Sheet, *, width: float = WIDE, type_: Type | None = None, said: Said = cell_words
) -> Iterator[Strip]:
    """The rows of a table under their heads, and all together at its end."""
    layout = _Layout(sheet, width, type_ or Type(), said)
    heads = _head_strip(layout)
    yield heads
    for row in layout.rows:
        yield _row_strip(layout, row, heads)
    if layout.last:
        yield _row_strip(layout, layout.last, heads, weight=Weight.BOLD)


def _head_strip(layout: _Layout) -> Strip:
    most = max((len(lines) for lines in layout.heads), default=1)

    def drawing(page: Canvas, top: float) -> None:
        colour(page, MUTE)
        for place, lines in enumerate(layout.heads):
            for line, words in enumerate(reversed(lines)):
                y = top - (most - line) * _HEAD_LINE - 0.4 * MM
                _draw_cell(page, layout, place, (y, Fitted((words,), _HEAD_SIZE)))
        _rule(page, layout, top - most * _HEAD_LINE - 1.9 * MM, heavy=True)

    return Strip(most * _HEAD_LINE + 1.9 * MM, drawing, with_next=True)


def _row_strip(layout: _Layout, cells: Sequence[str], heads: Strip, weight: Weight = Weight.REGULAR) -> Strip:
    fitted = [_fitted(layout, place, cell, weight) for place, cell in enumerate(cells)]
    lines = max(len(each.lines) for each in fitted) or 1
    size, row = layout.type.size, layout.type.row
    height = row + (lines - 1) * size * 1.2

    def drawing(page: Canvas, top: float) -> None:
        colour(page, INK)
        for place, each in enumerate(fitted):
            _draw_cell(page, layout, place, (top - row * 0.68, each), weight)
        _rule(page, layout, top - height)

    return Strip(height, drawing, (heads,))


def _fitted(layout: _Layout, place: int, cell: str, weight: Weight) -> Fitted:
    size, room = layout.type.size, layout.widths[place] - _GAP * 0.7
    lines = layout.type.lines if layout.is_words(place) else 1
    return fit(cell, room, (size, size * 0.93, size * 0.86), weight, lines=lines)


def _draw_cell(
    page: Canvas, layout: _Layout, place: int, at: tuple[float, Fitted], weight: Weight = Weight.REGULAR
) -> None:
    """Words stand left in their column, numbers and times right."""
    y, fitted = at
    is_left = layout.is_left(place)
    gap = 0 if place + 1 == len(layout.columns) else _GAP
    x = layout.edges[place] if is_left else layout.edges[place + 1] - gap
    for line in fitted.lines:
        draw(page, x, y, line, fitted.size, weight=weight, align=Align.LEFT if is_left else Align.RIGHT)
        y -= fitted.size * 1.2


def _rule(page: Canvas, layout: _Layout, y: float, *, heavy: bool = False) -> None:
    colour(page, MUTE if heavy else RULE)
    page.setLineWidth(0.5 if heavy else 0.25)
    page.line(LEFT, y, LEFT + layout.width, y)
