"""A page of a document as Qt paints it."""

from __future__ import annotations

from PySide6.QtGui import QImage

from civicdesk.printing.picture import Picture, page_image


def page_picture(pdf: bytes, dpi: float, page: int = 0) -> QImage:
    """A page on white paper, at this many pixels an inch. Made on any thread; one page at a time is drawn."""
    return image_of(page_image(pdf, dpi, page))


def image_of(picture: Picture) -> QImage:
    """The same pixels, kept by Qt itself."""
    stride = len(picture.pixels) // picture.height
    image = QImage(picture.pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB32)
    return image.copy()
