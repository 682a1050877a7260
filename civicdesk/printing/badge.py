"""The badge a visitor wears: as a label, as an A6 card, or eight on a sheet of A4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.codes import grouped
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.lines import Align, Fitted, draw, fit
from civicdesk.printing.paper import LINE, MM, PRIMARY, colour, document
from civicdesk.printing.qr import QUIET, draw_qr, modules
from civicdesk.text import _, ngettext, upper

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_BLACK = "#000000"
_LARGE = (24, 22, 20, 18, 16, 14)
_STEP = 0.25 * MM
"""Two dots of a label printer: modules in these steps come out equally wide."""


_SMALLEST_CODE = 36.25 * MM
"""Room for a code of 26 mm and its quiet zone."""


class BadgeSize(Enum):
    """The paper badges are printed on: width and height of the page in millimetres."""

    LABEL = (62, 100)
    A6 = (105, 148)
    A4_SHEET = (297, 210)


@dataclass(frozen=True)
class BadgeFace:
    """What stands on a badge. `place` is where to, `on` the date as text, `code` the 24 digits.

    `footer` is the managers' own last line.
    A discreet badge shows where to and the room's colour, and nothing of who goes to whom and why.
    """

    centre: str
    name: str
    place: str
    host: str
    reason: str
    on: str
    number: int
    code: str
    copy: int = 1
    people: int = 1
    discreet: bool = False
    needs: tuple[str, ...] = ()
    room_colour: str | None = None
    footer: str = ""


class _Cell(NamedTuple):
    """Where on the page a badge stands, in points, and how large its letters are."""

    left: float
    bottom: float
    width: float
    height: float
    scale: float

    @property
    def margin(self) -> float:
        return 4 * MM * self.scale

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


class _Block(NamedTuple):
    """Lines that belong together, and the space above them."""

    text: Fitted
    weight: Weight
    above: float
    colour: str = _BLACK
    tracking: float = 0

    @property
    def height(self) -> float:
        return self.above + len(self.text.lines) * self.text.size * 1.2


def badge_pdf(face: BadgeFace, size: BadgeSize) -> bytes:
    """One badge as a PDF."""
    return badges_pdf([face], size)


def badges_pdf(faces: Sequence[BadgeFace], size: BadgeSize) -> bytes:
    """At least one badge as a PDF: one a page, or eight a sheet with lines to cut along."""
    out = BytesIO()
    width, height = (side * MM for side in size.value)
    cells = list(_cells(size))
    with document(out, width, height, title=_title(faces), author=faces[0].centre) as page:
        for start in range(0, len(faces), len(cells)):
            for face, cell in zip(faces[start:], cells, strict=False):
                _draw_badge(page, face, cell)
                if len(cells) > 1:
                    _draw_cut_line(page, cell)
            page.showPage()
    return out.getvalue()


def _title(faces: Sequence[BadgeFace]) -> str:
    if len(faces) == 1:
        return _("Visitor badge {number}").format(number=faces[0].number)
    return _("Visitor badges")


def _cells(size: BadgeSize) -> Iterator[_Cell]:
    width, height = (side * MM for side in size.value)
    if size is not BadgeSize.A4_SHEET:
        yield _Cell(0, 0, width, height, scale=1.0 if size is BadgeSize.LABEL else 1.5)
        return
    label, tall = (side * MM for side in BadgeSize.LABEL.value)
    for row in (1, 0):
        for column in range(4):
            yield _Cell(
                width / 2 + (column - 2) * label, height / 2 + (row - 1) * tall, label, tall, scale=1.0
            )


def _draw_cut_line(page: Canvas, cell: _Cell) -> None:
    colour(page, LINE)
    page.setLineWidth(0.4)
    page.setDash(2, 3)
    page.rect(cell.left, cell.bottom, cell.width, cell.height)
    page.setDash()


def _draw_badge(page: Canvas, face: BadgeFace, cell: _Cell) -> None:
    top = cell.bottom + cell.height - _draw_band(page, face, cell)
    *below, farewell = _below_code(face, cell)
    lower = cell.bottom + cell.margin + _height([*below, farewell]) + _chips_height(face, cell)
    top = _draw_blocks(page, _above_within(face, cell, top - lower), cell, top)
    _draw_code(page, face.code, cell, top=top, bottom=lower)
    y = _draw_blocks(page, below, cell, lower)
    y = _draw_chips(page, face, cell, y)
    _draw_blocks(page, [farewell], cell, y)


def _above_within(face: BadgeFace, cell: _Cell, space: float) -> list[_Block]:
    """What stands above the code; where it would leave the code too small to read, it is set tighter."""
    above = list(_above_code(face, cell))
    if space - _height(above) < _SMALLEST_CODE * cell.scale:
        return list(_above_code(face, cell, tight=True))
    return above


def _height(blocks: Iterable[_Block]) -> float:
    return sum(block.height for block in blocks)


def _draw_band(page: Canvas, face: BadgeFace, cell: _Cell) -> float:
    """The room's colour along the upper edge; its name stands below in black, for printers without colour."""
    if face.room_colour is None:
        return cell.margin
    height = (9 if face.discreet else 3) * MM * cell.scale
    colour(page, face.room_colour)
    page.rect(cell.left, cell.bottom + cell.height - height, cell.width, height, stroke=0, fill=1)
    return height + cell.margin / 2


def _above_code(face: BadgeFace, cell: _Cell, *, tight: bool = False) -> Iterator[_Block]:
    yield _centre(face.centre, cell)
    if face.discreet:
        yield _block(face.place, cell, _LARGE, Weight.BOLD, above=5)
        return
    yield _block(face.name, cell, _LARGE[-2:] if tight else _LARGE, Weight.BOLD, above=4)
    yield _block(face.host, cell, (10, 9.5, 9), above=2, lines=1 if tight else 2)


def _below_code(face: BadgeFace, cell: _Cell) -> Iterator[_Block]:
    yield _block(grouped(face.code), cell, (7.5, 7), Weight.MEDIUM, tracking=0.3)
    if not face.discreet:
        yield _block(_joined(face.reason, face.place), cell, (12, 11, 10), Weight.BOLD, above=4)
    number = _("No {number}").format(number=face.number)
    yield _block(_joined(face.on, number), cell, (10, 9, 8), above=4 if face.discreet else 1)
    if face.needs and not face.discreet:
        yield _block(_joined(*face.needs), cell, (9, 8, 7), Weight.SEMIBOLD, above=1, lines=1)
    farewell = face.footer or _("Please return this badge when you leave.")
    yield _block(farewell, cell, (7.5, 7, 6.5), above=3)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part.strip())


def _centre(name: str, cell: _Cell) -> _Block:
    return _block(upper(name), cell, (8.5, 8, 7.5, 7), Weight.BOLD, tracking=0.6)._replace(colour=PRIMARY)


def _block(
    text: str,
    cell: _Cell,
    sizes: Iterable[float],
    weight: Weight = Weight.REGULAR,
    *,
    above: float = 0,
    tracking: float = 0,
    lines: int = 2,
) -> _Block:
    """Black, but for the centre's name: a label printer makes grey letters of dots, and they blur."""
    width = cell.width - 2 * cell.margin
    tracking *= cell.scale
    fitted = fit(text, width, [size * cell.scale for size in sizes], weight, tracking=tracking, lines=lines)
    return _Block(fitted, weight, above * cell.scale, tracking=tracking)


def _draw_blocks(page: Canvas, blocks: Iterable[_Block], cell: _Cell, y: float) -> float:
    """Draw blocks downwards from `y`; returns where the last one ends."""
    for block in blocks:
        colour(page, block.colour)
        y -= block.above
        for line in block.text.lines:
            baseline = y - block.text.size * 0.95
            _draw_line(page, block, line, cell.middle, baseline)
            y -= block.text.size * 1.2
    return y


def _draw_line(page: Canvas, block: _Block, line: str, x: float, y: float) -> None:
    size, weight, tracking = block.text.size, block.weight, block.tracking
    draw(page, x, y, line, size, weight=weight, align=Align.CENTRE, tracking=tracking)


def _chips(face: BadgeFace) -> list[str]:
    chips = []
    if face.people > 1:
        chips.append(ngettext("{count} person", "{count} people", face.people).format(count=face.people))
    if face.copy > 1:
        chips.append(_("Copy {copy}").format(copy=face.copy))
    return chips


def _chips_height(face: BadgeFace, cell: _Cell) -> float:
    return 18 * cell.scale if _chips(face) else 0


def _draw_chips(page: Canvas, face: BadgeFace, cell: _Cell, y: float) -> float:
    """How many people the badge stands for and which copy it is, each in a frame; returns where they end."""
    size, padding, gap = (9 * cell.scale, 6 * cell.scale, 5 * cell.scale)
    chips = _chips(face)
    widths = [text_width(chip, size, Weight.BOLD) + 2 * padding for chip in chips]
    x = cell.middle - (sum(widths) + gap * (len(widths) - 1)) / 2
    colour(page)
    page.setLineWidth(0.8 * cell.scale)
    bottom = y - _chips_height(face, cell)
    for chip, width in zip(chips, widths, strict=True):
        page.roundRect(x, bottom, width, 14 * cell.scale, 7 * cell.scale)
        draw(
            page, x + width / 2, bottom + 3.8 * cell.scale, chip, size, weight=Weight.BOLD, align=Align.CENTRE
        )
        x += width + gap
    return bottom


def _draw_code(page: Canvas, code: str, cell: _Cell, *, top: float, bottom: float) -> None:
    """The QR code as large as the space lets it, with its quiet zone, in the middle of what is left."""
    rows = modules(code)
    whole = len(rows) + 2 * QUIET
    room = min(top - bottom, cell.width - 2 * QUIET, 54 * MM * cell.scale)
    module = max(int(room / whole / _STEP), 1) * _STEP
    side = len(rows) * module
    left = cell.left + _stepped((cell.width - side) / 2)
    draw_qr(page, rows, left, cell.bottom + _stepped((top + bottom - side) / 2 - cell.bottom), module)


def _stepped(length: float) -> float:
    return round(length / (_STEP / 2)) * (_STEP / 2)
