"""The icons of the desk: Lucide drawings in any colour and size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from civicdesk.assets import asset
from civicdesk.ui.theme.now import current


def icon(name: str, colour: str | None = None, size: int = 24) -> QIcon:
    """The named icon, in the colour of text unless told otherwise."""
    return QIcon(pixmap(name, colour, size))


def pixmap(name: str, colour: str | None = None, size: int = 24) -> QPixmap:
    """The named icon as a picture of `size` pixels, sharp on fine screens."""
    screen = QGuiApplication.primaryScreen()
    return _drawn(name, colour or current().ink, size, screen.devicePixelRatio() if screen else 1.0)


@cache
def drawing(name: str, colour: str) -> bytes:
    """The drawing itself, in one colour."""
    return asset("icons", f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())


@cache
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing(name, colour))).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
