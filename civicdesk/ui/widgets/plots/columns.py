"""Columns over the hours: how many came, and a line of how many usually come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.axis import AxisPlot

_WIDEST = 46


class ColumnPlot(AxisPlot):
    """A column for each mark, its figure above it; what is usual as a dashed line."""

    def draw_marks(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        theme, bottom = current(), self.level(0)
        for mark, box in zip(self.marks, boxes, strict=True):
            if mark.value is None:
                self.dash(painter, box)
                continue
            wide = min(box.width() * 0.7, roomy(_WIDEST))
            top = self.level(mark.value)
            column = QRectF(box.center().x() - wide / 2, top, wide, bottom - top)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tone(mark.tone)[0]))
            if mark.value:
                painter.drawPath(_rounded(column, roomy(5)))
            if mark.words and mark.value and ink.fits(mark.words, box.width(), 12):
                above = QRectF(box.left(), top - scaled(18), box.width(), scaled(17))
                ink.write(painter, above, mark.words, theme.ink, size=12, weight=ink.SEMI, where=ink.MIDDLE)
        self._usual(painter, boxes)

    def _usual(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        known = [
            QPointF(box.center().x(), self.level(mark.usual))
            for mark, box in zip(self.marks, boxes, strict=True)
            if mark.usual is not None
        ]
        painter.setPen(ink.usual_pen())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(known)


def _rounded(box: QRectF, radius: float) -> QPainterPath:
    """Round above, square where it stands."""
    radius = min(radius, box.height())
    path = QPainterPath()
    path.moveTo(box.bottomLeft())
    path.lineTo(box.left(), box.top() + radius)
    path.quadTo(box.topLeft(), QPointF(box.left() + radius, box.top()))
    path.lineTo(box.right() - radius, box.top())
    path.quadTo(box.topRight(), QPointF(box.right(), box.top() + radius))
    path.lineTo(box.bottomRight())
    path.closeSubpath()
    return path
