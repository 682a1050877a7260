"""QR codes on paper: the 24 digits of a badge in 21 × 21 modules, and keys of capitals and digits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

QUIET = 4
"""White modules that a reader needs around the code."""

Rows = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=64)
def modules(said: str) -> Rows:
    """The dark and light modules, row by row from the top, without the quiet zone. Digits, or capitals and digits.

    Kept, as the badge on the screen is drawn anew with the same code at every key of a name.
    """
    from qrcode.constants import ERROR_CORRECT_Q  # noqa: PLC0415  slow to import
    from qrcode.main import QRCode  # noqa: PLC0415
    from qrcode.util import QRData  # noqa: PLC0415

    code = QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    # 1 is numeric, three digits in ten bits; 2 is alphanumeric, two signs in eleven
    mode: Literal[1, 2] = 1 if said.isdigit() else 2
    code.add_data(QRData(said, mode=mode), optimize=0)
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


def draw_qr(page: Canvas, rows: Rows, left: float, bottom: float, module: float) -> None:
    """Draw the code as one black path; `module` is the side of a module in points."""
    path = page.beginPath()
    for y, row in enumerate(reversed(rows)):
        for x, length in _bars(row):
            path.rect(left + x * module, bottom + y * module, length * module, module)
    page.setFillGray(0)
    page.drawPath(path, stroke=0, fill=1)


def _bars(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Start and length of each row of dark modules: drawn as one, they leave no hairline in between."""
    x = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield x, length
        x += length
