"""The shape of what is about to be shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from civicdesk.text import _
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed

_WIDTHS = (0.62, 0.38)


class Skeleton(Themed, QWidget):
    """Grey rows that stand in for a list that takes longer than a blink; they do not move."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__()
        self._rows = rows
        self.setObjectName("skeleton")
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Loading"))

    def sizeHint(self) -> QSize:
        return QSize(roomy(200), self._rows * roomy(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().line))
        for row in range(self._rows):
            self._paint_row(painter, row * roomy(72) + roomy(16))

    def _paint_row(self, painter: QPainter, top: int) -> None:
        side, square = roomy(16), roomy(40)
        painter.drawRoundedRect(QRectF(side, top, square, square), 10, 10)
        room = self.width() - 3 * side - square
        for line, share in enumerate(_WIDTHS):
            bar = QRectF(2 * side + square, top + roomy(4) + line * roomy(20), room * share, roomy(12))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
