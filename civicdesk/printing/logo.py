"""The centre's logo, made ready for paper once and not for every badge."""

from __future__ import annotations

import logging
import zlib
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.printing.paper import DOT

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

_FINE = DOT * 8 / 12
"""A pixel of a printer with 300 dots an inch: more of them nobody sees on a badge."""

_INSET = DOT / 20
"""So little smaller, a picture in dots is laid out dot on dot; exactly as large, it is stretched by one and blurs."""

_MOST_PACKED = 60_000

_log = logging.getLogger(__name__)


class Logo(NamedTuple):
    """A logo that can be drawn, and how large it is on paper, in points."""

    picture: ImageReader
    width: float
    height: float

    def draw(self, page: Canvas, left: float, bottom: float) -> None:
        """Draw it with its lower left corner here."""
        inner = _INSET / 2
        width, height = self.width - _INSET, self.height - _INSET
        page.drawImage(self.picture, left + inner, bottom + inner, width, height)


@lru_cache(maxsize=16)
def logo(png: bytes, width: float, height: float, *, is_black: bool) -> Logo | None:
    """The logo as large as this room lets it: in colour, or dot by dot in black for a thermal printer.

    None for what cannot be read: no badge stays unprinted for its logo.
    """
    from PIL import Image  # noqa: PLC0415  slow to import
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415  slow to import

    try:
        with Image.open(BytesIO(png), formats=("PNG",)) as opened:
            whole = opened.convert("RGB")
    except Exception:
        _log.exception("the logo cannot be read")
        return None
    scale = min(width / whole.width, height / whole.height)
    if is_black:
        dots = _in_dots(whole, scale)
        return Logo(ImageReader(dots), dots.width * DOT, dots.height * DOT)
    pixels = [max(1, round(min(side * scale / _FINE, side))) for side in whole.size]
    fine = whole.resize((pixels[0], pixels[1]))
    return Logo(ImageReader(_quick(fine)), whole.width * scale, whole.height * scale)


def _quick(picture: Image) -> Image | BytesIO:
    """A picture like a photograph as JPEG: reportlab packs anything else anew for every badge."""
    if len(zlib.compress(picture.tobytes(), 1)) < _MOST_PACKED:
        return picture
    out = BytesIO()
    picture.save(out, "JPEG", quality=92, subsampling=0)
    out.seek(0)
    return out


def _in_dots(whole: Image, scale: float) -> Image:
    """A pixel a dot: full black where the logo is darkest, its colours as finer and coarser dots."""
    from PIL import ImageOps  # noqa: PLC0415  slow to import

    width, height = (max(1, int(side * scale / DOT + 1e-6)) for side in whole.size)
    grey = ImageOps.autocontrast(whole.resize((width, height)).convert("L"))
    return grey.convert("1").convert("L")
