"""A page of a document as a picture: the screen shows the very drawing that goes on paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_one_at_a_time = Lock()
"""PDFium crashes when two threads use it, even on two documents."""


@dataclass(frozen=True)
class Picture:
    """Pixels from the top left, row by row, four bytes each: blue, green, red, unused."""

    width: int
    height: int
    pixels: bytes


def page_image(pdf: bytes, dpi: float, page: int = 0) -> Picture:
    """A page on white paper, at this many pixels an inch."""
    with _opened(pdf) as document:
        sheet = document[page]
        bitmap = sheet.render(scale=dpi / 72, rev_byteorder=False, prefer_bgrx=True)
        picture = Picture(bitmap.width, bitmap.height, bytes(bitmap.buffer))
        bitmap.close()
        sheet.close()
        return picture


def page_count(pdf: bytes) -> int:
    """How many pages a document has."""
    with _opened(pdf) as document:
        return len(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    import pypdfium2  # noqa: PLC0415  slow to import

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
