"""Charts in rows: heat in grades with its numbers, rooms booked (hatched) and in use (solid), and kinds as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from civicdesk.printing.charts import Box
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.ink import INK, MUTE, RULE, SHADE, SOLID, hatch, on_tint, tint
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.occupancy_parts import wrapped
from civicdesk.printing.paper import MM, colour
from civicdesk.text import number, percent

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HEAT_HEAD, HEAT_ROW = 4 * MM, 5.6 * MM
BAR_ROW, GOAL_ROW = 4.9 * MM, 5.6 * MM
ROOM_HEAD, ROOM_ROW = 8.5 * MM, 6.2 * MM
_GAP = 0.3 * MM
_BAR_GAP = 3 * MM
_LETTERS = (7.0, 6.5, 6.0)
_SMALL = 6.2
_HALF_LETTER = 0.85 * MM


@dataclass(frozen=True)
class HeatRow:
    """A row of the heat map; None is closed or not known, and stays grey. `total` stands at its end."""

    name: str
    cells: Sequence[float | None]
    total: str = ""


@dataclass(frozen=True)
class Heat:
    """A heat map: what stands above the columns, the rows, and how wide the names and the totals are."""

    heads: Sequence[str]
    rows: Sequence[HeatRow]
    names: float = 14 * MM
    totals: float = 0
    total_head: str = ""

    @property
    def height(self) -> float:
        return HEAT_HEAD + HEAT_ROW * len(self.rows)

    def cell(self, width: float) -> float:
        """How wide a cell is."""
        return (width - self.names - self.totals) / max(len(self.heads), 1)

    @cached_property
    def most(self) -> float:
        return max((cell or 0 for row in self.rows for cell in row.cells), default=0)


def draw_heat(page: Canvas, box: Box, heat: Heat) -> None:
    """More is darker, and every cell carries its number."""
    draw_heat_head(page, box, heat)
    for place, row in enumerate(heat.rows):
        draw_heat_row(page, replace(box, top=box.top - HEAT_HEAD - place * HEAT_ROW), heat, row)


def draw_heat_head(page: Canvas, box: Box, heat: Heat) -> None:
    """What stands above the columns."""
    colour(page, MUTE)
    for place, head in enumerate(heat.heads):
        x = box.left + heat.names + (place + 0.5) * heat.cell(box.width)
        draw(page, x, box.top - 2.8 * MM, head, _SMALL, align=Align.CENTRE)
    draw(page, box.right, box.top - 2.8 * MM, heat.total_head, _SMALL, align=Align.RIGHT)


def draw_heat_row(page: Canvas, box: Box, heat: Heat, row: HeatRow) -> None:
    """One row, its upper edge at the top of the box."""
    wide = heat.cell(box.width)
    _draw_names(page, box, row, heat.names)
    for place, cell in enumerate(row.cells):
        x = box.left + heat.names + place * wide
        _draw_cell(page, Box(x, box.top, wide, HEAT_ROW), cell, heat.most)


def _draw_names(page: Canvas, box: Box, row: HeatRow, names: float) -> None:
    base = box.top - HEAT_ROW * 0.64
    colour(page, INK)
    draw_fitted(page, box.left, base, row.name, width=names - 2 * MM, sizes=_LETTERS)
    draw(page, box.right, base, row.total, _LETTERS[0], weight=Weight.SEMIBOLD, align=Align.RIGHT)


def _draw_cell(page: Canvas, box: Box, cell: float | None, most: float) -> None:
    grade = (cell or 0) / most if most else 0
    colour(page, SHADE if cell is None else tint(grade))
    frame = (box.left + _GAP, box.bottom + _GAP, box.width - 2 * _GAP, box.height - 2 * _GAP)
    page.rect(*frame, stroke=0, fill=1)
    if not cell:
        if cell == 0:
            colour(page, RULE)
            page.setLineWidth(0.2)
            page.rect(*frame)
        return
    words = number(round(cell))
    size = min(_SMALL, _SMALL * (box.width - 1.5) / text_width(words, _SMALL))
    colour(page, on_tint(grade))
    draw(page, box.left + box.width / 2, box.top - HEAT_ROW * 0.62, words, size, align=Align.CENTRE)


@dataclass(frozen=True)
class Kind:
    """One kind of something: its name, how many, and what is said of it at the end of the row."""

    name: str
    value: float | None
    said: str
    note: str = ""


def draw_kinds(page: Canvas, box: Box, kinds: Sequence[Kind], row: float = BAR_ROW) -> None:
    """A lying bar for each kind, its number at the end of it, what is said of it at the right."""
    most = max((kind.value or 0 for kind in kinds), default=0)
    names = min(box.width * 0.4, _widest([kind.name for kind in kinds], _LETTERS[0]) + 2 * MM)
    notes = _widest([kind.note for kind in kinds])
    room = box.width - names - notes - _widest([kind.said for kind in kinds]) - 2 * MM
    for place, kind in enumerate(kinds):
        line = Box(box.left, box.top - place * row, names, row)
        _draw_kind(page, line, room * (kind.value or 0) / most if most else 0, kind)
        colour(page, MUTE)
        draw(page, box.right, line.top - row / 2 - _HALF_LETTER, kind.note, _SMALL, align=Align.RIGHT)


def _widest(words: Sequence[str], size: float = _SMALL) -> float:
    wide = max((text_width(word, size, Weight.SEMIBOLD) for word in words), default=0)
    return wide + 2 * MM if wide else 0


def _draw_kind(page: Canvas, row: Box, long: float, kind: Kind) -> None:
    base = row.top - row.height / 2 - _HALF_LETTER
    colour(page, INK)
    draw_fitted(page, row.left, base, kind.name, width=row.width - 2 * MM, sizes=_LETTERS)
    colour(page, SOLID)
    if long:
        tall = row.height * 0.62
        page.rect(row.right, row.top - (row.height + tall) / 2, max(long, 0.6), tall, stroke=0, fill=1)
    colour(page, RULE)
    page.setLineWidth(0.4)
    page.line(row.right, row.bottom, row.right, row.top)
    colour(page, INK)
    draw(page, row.right + long + 1.2 * MM, base, kind.said, _SMALL, weight=Weight.SEMIBOLD)


@dataclass(frozen=True)
class RoomBar:
    """A room: its booked and its used share (0 to 1, None: not known), and the figures at the end of its row."""

    name: str
    booked: float | None
    used: float | None
    figures: Sequence[str]
    is_whole: bool = False
    """All rooms together, in heavy letters."""


@dataclass(frozen=True)
class RoomBars:
    """How the rows of rooms are divided: names, bars up to the share `most`, and a column for each figure."""

    heads: Sequence[str]
    most: float = 1.0
    names: float = 40 * MM
    figure: float = 15.5 * MM

    def bars(self, width: float) -> float:
        """How long a full bar is."""
        return width - self.names - self.figure * len(self.heads) - _BAR_GAP

    def figure_end(self, box: Box, place: int) -> float:
        """Where a figure ends; the first is 1."""
        return box.right - (len(self.heads) - place) * self.figure


def draw_room_head(page: Canvas, box: Box, parts: RoomBars) -> None:
    """The scale above the bars, and what the figures are."""
    bars, y = parts.bars(box.width), box.top - ROOM_HEAD + 1.4 * MM
    colour(page, MUTE)
    for quarter in range(5):
        x = box.left + parts.names + bars * quarter / 4
        draw(page, x, y, percent(parts.most * quarter / 4), _SMALL, align=Align.CENTRE)
    for place, head in enumerate(parts.heads, start=1):
        x = parts.figure_end(box, place)
        for line, words in enumerate(reversed(wrapped(head, parts.figure - 1 * MM, _SMALL))):
            draw(page, x, y + line * 2.6 * MM, words, _SMALL, align=Align.RIGHT)


def draw_room(page: Canvas, box: Box, parts: RoomBars, row: RoomBar) -> None:
    """Booked is hatched, in use is solid upon it; a hundred per cent is all the time the room was open."""
    weight = Weight.BOLD if row.is_whole else Weight.REGULAR
    base, bars = box.top - ROOM_ROW * 0.64, parts.bars(box.width)
    colour(page, INK)
    draw_fitted(
        page, box.left, base, row.name, width=parts.names - 2 * MM, sizes=(7.6, 7.0, 6.4), weight=weight
    )
    _draw_shares(page, Box(box.left + parts.names, box.top, bars, ROOM_ROW), row, parts.most)
    colour(page, INK)
    for place, words in enumerate(row.figures, start=1):
        x = parts.figure_end(box, place)
        draw(page, x, base, words, 7.2, weight=weight, align=Align.RIGHT)
    colour(page, RULE)
    page.setLineWidth(0.25)
    page.line(box.left, box.top - ROOM_ROW, box.right, box.top - ROOM_ROW)


def _draw_shares(page: Canvas, box: Box, row: RoomBar, most: float) -> None:
    low, tall = box.top - ROOM_ROW * 0.86, ROOM_ROW * 0.72
    page.setLineWidth(0.25)
    colour(page, RULE)
    for quarter in range(5):
        x = box.left + box.width * quarter / 4
        page.line(x, box.bottom, x, box.top)
    hatch(page, box.left, low, box.width * (row.booked or 0) / most, tall)
    if row.used:
        colour(page, SOLID)
        page.rect(box.left, low, box.width * row.used / most, tall, stroke=0, fill=1)


def draw_key(page: Canvas, x: float, y: float, words: Sequence[str]) -> None:
    """What hatched and solid mean, beside the heading."""
    for place, meaning in enumerate(words):
        if not place:
            hatch(page, x, y - 0.4 * MM, 5.5 * MM, 2.6 * MM)
        else:
            colour(page, SOLID)
            page.rect(x, y - 0.4 * MM, 5.5 * MM, 2.6 * MM, stroke=0, fill=1)
        colour(page, MUTE)
        draw(page, x + 7 * MM, y, meaning, 6.5)
        x += 11 * MM + text_width(meaning, 6.5)
