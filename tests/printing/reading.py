"""Reads documents back the way others do: another PDF library, a scanner, an eye."""

from io import BytesIO
from itertools import pairwise
from math import hypot

import zxingcpp
from PIL import Image
from pypdf import PdfReader

from civicdesk.printing.picture import page_image

MM = 25.4


def words(pdf: bytes, page: int = 0) -> list[str]:
    text = PdfReader(BytesIO(pdf)).pages[page].extract_text()
    return [line.strip() for line in text.splitlines() if line.strip()]


def pages(pdf: bytes) -> list[str]:
    """The text of every page."""
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def seen(pdf: bytes, dpi: int, page: int = 0) -> Image.Image:
    picture = page_image(pdf, dpi, page)
    size = (picture.width, picture.height)
    return Image.frombuffer("RGBX", size, picture.pixels, "raw", "BGRX", 0, 1).convert("L")


def _codes(pdf: bytes, dpi: int) -> list[zxingcpp.Barcode]:
    return zxingcpp.read_barcodes(seen(pdf, dpi), formats=zxingcpp.BarcodeFormat.QRCode)


def scanned(pdf: bytes, dpi: int, page: int = 0) -> list[str]:
    sight = seen(pdf, dpi, page)
    return [code.text for code in zxingcpp.read_barcodes(sight, formats=zxingcpp.BarcodeFormat.QRCode)]


def code_side(pdf: bytes, dpi: int = 203) -> float:
    """The width of the printed code in millimetres."""
    [code] = _codes(pdf, dpi)
    left, right = code.position.top_left, code.position.top_right
    return hypot(right.x - left.x, right.y - left.y) / dpi * MM  # a page may lie


def ink(pdf: bytes, dpi: int = 96, page: int = 0) -> tuple[float, float, float, float]:
    """How far the ink stays from the left, top, right and bottom edge, in millimetres."""
    picture = seen(pdf, dpi, page).point(lambda grey: 255 if grey < 200 else 0)
    left, top, right, bottom = picture.getbbox() or (0, 0, 0, 0)
    edges = (left, top, picture.width - right, picture.height - bottom)
    return tuple(edge / dpi * MM for edge in edges)  # type: ignore[return-value]


def in_order(lines: list[str], *parts: str) -> bool:
    """Whether the parts are found in this order, one after the other."""
    text = "\n".join(lines)
    places = [text.find(part) for part in parts]
    return -1 not in places and all(a < b for a, b in pairwise(places))
