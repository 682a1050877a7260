"""A page of a document as a picture: the screen shows the very drawing that goes on paper."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MM = 25.4 / 72
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


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """The width and height of every page in millimetres, as it is read."""
    with _opened(pdf) as document:
        points = [document.get_page_size(page) for page in range(len(document))]
    return [(width * _MM, height * _MM) for width, height in points]


def words(pdf: bytes) -> str:
    """All that can be read on a document, page by page."""
    with _opened(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def page_grey(pdf: bytes, scale: float, page: int = 0, *, widest: int) -> Picture:
    """A page in shades of grey, a byte a pixel: `scale` pixels a point exactly, or as much smaller as it is too wide.

    PDFium by itself stretches a page to whole pixels, and a code's modules with it.
    """
    import pypdfium2.raw  # noqa: PLC0415  slow to import

    with _opened(pdf) as document:
        sheet = document[page]
        across, down = sheet.get_size()
        scale = min(scale, (widest + 0.49) / across)
        width, height = max(round(across * scale), 1), max(math.ceil(down * scale - 0.5), 1)
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, pypdfium2.raw.FPDFBitmap_Gray)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        pypdfium2.raw.FPDF_RenderPageBitmapWithMatrix(
            bitmap,
            sheet,
            pypdfium2.raw.FS_MATRIX(scale, 0, 0, scale, 0, 0),
            pypdfium2.raw.FS_RECTF(0, 0, width, height),
            pypdfium2.raw.FPDF_ANNOT,
        )
        raw, stride = bytes(bitmap.buffer), bitmap.stride
        bitmap.close()
        sheet.close()
    rows = (raw[y * stride : y * stride + width] for y in range(height))
    return Picture(width, height, b"".join(rows) if stride != width else raw)


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    import pypdfium2  # noqa: PLC0415  slow to import

    with _one_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
