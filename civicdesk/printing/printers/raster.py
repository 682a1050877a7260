"""A page as the dots of a thermal printer: exactly eight a millimetre, black or nothing, in short bands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from civicdesk.printing.picture import page_count, page_grey

if TYPE_CHECKING:
    from PIL.Image import Image

BAND = 2048
"""Bytes in a band at most: the smallest printers hold four thousand."""

_DOTS_A_POINT = 8 * 25.4 / 72
_DARKEST_WHITE = 144
_NO_COMMAND = re.compile(rb"\x10[\x04\x05\x14]")


def bands(pdf: bytes, dots: int) -> list[bytes]:
    """All pages of a document, one below the other, as commands (`GS v 0`) for a printer so many dots wide."""
    return [band for page in range(page_count(pdf)) for band in dots_bands(page_dots(pdf, dots, page))]


def page_dots(pdf: bytes, dots: int, page: int = 0) -> Image:
    """A page as black and white dots. At its true size in the middle of the roll; made smaller only if it is wider.

    The scale is exact, not stretched to whole pixels: what was drawn in whole dots comes out in whole dots.
    """
    from PIL import Image  # noqa: PLC0415  slow to import

    grey = page_grey(pdf, _DOTS_A_POINT, page, widest=dots)
    picture = Image.frombytes("L", (grey.width, grey.height), grey.pixels)
    black = picture.point(lambda level: 255 if level > _DARKEST_WHITE else 0, "1")
    roll = Image.new("1", (dots, black.height), 1)
    roll.paste(black, ((dots - black.width) // 2, 0))
    return roll


def dots_bands(picture: Image) -> Iterator[bytes]:
    """A black and white picture as commands, each short enough for a printer with little memory."""
    stride = (picture.width + 7) // 8
    rows = max(BAND // stride, 1)
    ink = picture.tobytes("raw", "1;I")
    for top in range(0, picture.height, rows):
        data = ink[top * stride : (top + rows) * stride]
        yield raster_command(data, stride)


def raster_command(data: bytes, stride: int) -> bytes:
    """Rows of `stride` bytes, a dot a bit.

    Printers look for questions (`DLE EOT`) and worse (`DLE DC4` opens the drawer, or empties the memory) even among
    dots: where dots happen to say one, one more dot is set, too small to be seen.
    """
    height = len(data) // stride
    head = b"\x1dv0\x00" + stride.to_bytes(2, "little") + height.to_bytes(2, "little")
    return head + _NO_COMMAND.sub(lambda found: bytes((0x10, found[0][1] | 0x02)), data)
