"""The deep ground of the desk when nobody has signed in, and what stands on it."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from civicdesk.ui.theme.now import current
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.themed import Themed

_SHADES = {"light": ("rail", "primary"), "dark": ("rail", "rail_selected")}
_PLAIN = ("rail", "rail")


class Ground(Themed, QWidget):
    """A panel from deep to bright; it is painted once for each size and theme."""

    def __init__(self) -> None:
        super().__init__()
        self._painted = QPixmap()

    def dress(self) -> None:
        self._painted = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._painted.deviceIndependentSize().toSize() != self.size():
            self._painted = self._paint()
        QPainter(self).drawPixmap(0, 0, self._painted)

    def _paint(self) -> QPixmap:
        theme = current()
        deep, bright = _SHADES.get(theme.name, _PLAIN)
        shade = QLinearGradient(QPointF(0, 0), QPointF(self.width() * 0.55, self.height()))
        shade.setColorAt(0, QColor(theme.colours()[deep]))
        shade.setColorAt(1, QColor(theme.colours()[bright]))
        ratio = self.devicePixelRatioF()
        painted = QPixmap(self.size() * ratio)
        painted.setDevicePixelRatio(ratio)
        painter = QPainter(painted)
        painter.fillRect(self.rect(), shade)
        painter.end()
        return painted


class GlassButton(Button):
    """A button on the deep ground."""

    def __init__(self, words: str, icon: str = "", *, name: str) -> None:
        super().__init__(words, icon, name=name, role="glass")

    def _ink(self) -> str:
        return "#FFFFFF"
