"""Reads the QR codes on the documents, if a reader is installed, as any reader at the door would."""

from __future__ import annotations

import importlib
from pathlib import Path

from PIL import Image

from civicdesk.printing.picture import page_image

_DPI = 203  # of a common label printer


def read_codes(pdf: Path) -> list[str] | None:
    """The texts of the codes on the first page; None where no reader is installed."""
    page = page_image(pdf.read_bytes(), _DPI)
    return codes_in(Image.frombuffer("RGB", (page.width, page.height), page.pixels, "raw", "BGRX", 0, 1))


def codes_in(picture: Image.Image) -> list[str] | None:
    """The texts of the codes on a picture; None where no reader is installed."""
    try:
        reader = importlib.import_module("zxingcpp")
    except ImportError:
        return None
    return [code.text for code in reader.read_barcodes(picture.convert("L"))]
