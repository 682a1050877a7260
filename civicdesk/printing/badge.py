"""The badge a visitor wears: as a label, as an A6 card, eight on a sheet of A4, or from a thermal roll."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.printing.badge_blocks import Ground
from civicdesk.printing.badge_parts import draw_badge, length
from civicdesk.printing.paper import DOT, LINE, MM, colour, document
from civicdesk.text import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_HAIR = 0.001
"""Points a roll's page is short of its dots, so that it is never rendered one dot too wide."""


class BadgeSize(Enum):
    """The paper badges are printed on: width and height of the page in millimetres.

    Of a roll of 80 mm a thermal printer reaches 72, of 58 mm 48. A page of a roll is as long as its badge; the
    height here is what no badge is longer than.
    """

    LABEL = (62, 100)
    A6 = (105, 148)
    A4_SHEET = (297, 210)
    ROLL_80 = (72, 180)
    ROLL_58 = (48, 180)

    @property
    def is_roll(self) -> bool:
        """Whether a thermal printer prints it: black only, in dots of an eighth of a millimetre."""
        return self in {BadgeSize.ROLL_80, BadgeSize.ROLL_58}


@dataclass(frozen=True)
class BadgeFace:
    """What stands on a badge. `place` is where to, `on` the date as text, `code` the 24 digits.

    What is empty is left out. `logo` is a PNG, `footer` is the managers' own last line.
    A discreet badge shows where to and the room's colour, or `only_number`, and nothing of who goes to whom and why.
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
    shows_digits: bool = True
    only_number: bool = False
    logo: bytes = b""

    @property
    def is_number_only(self) -> bool:
        """Whether it is a discreet badge that shows nothing but its number and its code."""
        return self.discreet and self.only_number


class _Cell(NamedTuple):
    """Where on the page a badge stands, in points."""

    left: float
    bottom: float
    height: float


def badge_pdf(face: BadgeFace, size: BadgeSize) -> bytes:
    """One badge as a PDF."""
    return badges_pdf([face], size)


def badges_pdf(faces: Sequence[BadgeFace], size: BadgeSize) -> bytes:
    """At least one badge as a PDF: one a page, or eight a sheet with lines to cut along."""
    out, ground = BytesIO(), _ground(size)
    width, height = (side * MM for side in size.value)
    with document(out, width, height, title=_title(faces), author=faces[0].centre) as page:
        if size is BadgeSize.A4_SHEET:
            _draw_sheets(page, faces, ground)
        else:
            _draw_pages(page, faces, ground, height, is_roll=size.is_roll)
    return out.getvalue()


def badge_mm(face: BadgeFace, size: BadgeSize) -> tuple[float, float]:
    """Width and height of the paper of one badge: a label of a sheet, or as much of a roll as it takes."""
    if size.is_roll:
        return size.value[0], length(face, _ground(size)) / MM
    return BadgeSize.LABEL.value if size is BadgeSize.A4_SHEET else size.value


def _title(faces: Sequence[BadgeFace]) -> str:
    if len(faces) == 1:
        return _("Visitor badge {number}").format(number=faces[0].number)
    return _("Visitor badges")


def _ground(size: BadgeSize) -> Ground:
    width = size.value[0] * MM
    if size is BadgeSize.ROLL_80:
        return Ground(width, scale=1.3, margin=1.5 * MM, step=DOT, code=29 * 12 * DOT, is_black=True)
    if size is BadgeSize.ROLL_58:
        return Ground(width, scale=1.2, margin=MM, step=DOT, code=29 * 10 * DOT, is_black=True)
    scale = 1.5 if size is BadgeSize.A6 else 1.0
    width = width if size is BadgeSize.A6 else BadgeSize.LABEL.value[0] * MM
    return Ground(width, scale=scale, margin=4 * MM * scale, step=2 * DOT, code=54 * MM * scale)


def _draw_pages(
    page: Canvas, faces: Sequence[BadgeFace], ground: Ground, height: float, *, is_roll: bool
) -> None:
    for face in faces:
        if is_roll:
            height = length(face, ground)
            page.setPageSize((ground.width - _HAIR, height - _HAIR))
        draw_badge(page, face, ground, height)
        page.showPage()


def _draw_sheets(page: Canvas, faces: Sequence[BadgeFace], ground: Ground) -> None:
    cells = list(_cells())
    for start in range(0, len(faces), len(cells)):
        for face, cell in zip(faces[start:], cells, strict=False):
            page.saveState()
            page.translate(cell.left, cell.bottom)
            draw_badge(page, face, ground, cell.height)
            _draw_cut_line(page, ground.width, cell.height)
            page.restoreState()
        page.showPage()


def _cells() -> Iterator[_Cell]:
    """Two rows of four in the middle of a sheet."""
    width, height = (side * MM for side in BadgeSize.A4_SHEET.value)
    label, tall = (side * MM for side in BadgeSize.LABEL.value)
    for row in (1, 0):
        for column in range(4):
            yield _Cell(width / 2 + (column - 2) * label, height / 2 + (row - 1) * tall, tall)


def _draw_cut_line(page: Canvas, width: float, height: float) -> None:
    colour(page, LINE)
    page.setLineWidth(0.4)
    page.setDash(2, 3)
    page.rect(0, 0, width, height)
    page.setDash()
