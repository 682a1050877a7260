"""A fresh document: its fonts, its language, and no trace of when it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from civicdesk.printing.fonts import Weight, fonts
from civicdesk.text import language, upper

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
"""Points in a millimetre."""

DOT = MM / 8
"""A dot of a thermal printer: at 203.2 dots an inch, eight are a millimetre."""

PRIMARY = "#0B6E7F"
LINE = "#7C8A8F"

_one_at_a_time = Lock()
"""All documents take their letters from the same open fonts, and reportlab cuts them out without a lock."""


@contextmanager
def document(out: BytesIO, width: float, height: float, *, title: str, author: str) -> Iterator[Canvas]:
    """A PDF to draw on (points), written to `out` at the end; the same drawing gives the same bytes."""
    with _one_at_a_time:
        page = _empty(out, width, height, title=title, author=author)
        yield page
        page.save()


def _empty(out: BytesIO, width: float, height: float, *, title: str, author: str) -> Canvas:
    from reportlab import rl_config  # noqa: PLC0415  slow to import
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    rl_config.useA85 = 0  # text-safe streams are a quarter larger, and a logo takes longer than its badge
    fonts()
    page = Canvas(
        out,
        pagesize=(width, height),
        invariant=1,
        pageCompression=1,
        # Else every file names Helvetica, which is not embedded. (The stubs take the name for a number.)
        initialFontName=Weight.REGULAR.value[0],  # type: ignore[arg-type]
        lang=language(),
    )
    page.setTitle(title)
    page.setAuthor(author)
    page.setCreator("CivicDesk")
    page.setProducer("CivicDesk")
    return page


def capitals(words: str) -> str:
    """Our own words in capitals, by the rules of the language spoken now."""
    return upper(words) if language() == "tr" else words.upper()


def colour(page: Canvas, name: str = "#000000") -> None:
    """Draw and fill in this colour from now on."""
    from reportlab.lib.colors import HexColor  # noqa: PLC0415  slow to import

    page.setFillColor(HexColor(name))
    page.setStrokeColor(HexColor(name))
