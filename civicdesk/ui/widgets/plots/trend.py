"""A line over days or months, and beside it the same of a year or a period before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.axis import AxisPlot

_DOT = 4.5


class TrendPlot(AxisPlot):
    """Points joined by a line, with a gap where a figure is missing."""

    def draw_marks(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        theme, runs = current(), list(self._runs(boxes, [mark.value for mark in self.marks]))
        for run in runs:
            self._area(painter, run)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.usual_pen())
        for run in self._runs(boxes, [mark.usual for mark in self.marks]):
            painter.drawPolyline(run)
        painter.setPen(QPen(QColor(theme.primary), 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for run in runs:
            painter.drawPolyline(run)
        for mark, box in zip(self.marks, boxes, strict=True):
            if mark.value is None:
                self.dash(painter, box)
            else:
                self._point(painter, box, mark.value, mark.words)

    def _area(self, painter: QPainter, run: list[QPointF]) -> None:
        bottom = self.level(0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().primary_soft))
        painter.drawPolygon(QPolygonF([QPointF(run[0].x(), bottom), *run, QPointF(run[-1].x(), bottom)]))

    def _point(self, painter: QPainter, box: QRectF, value: float, words: str) -> None:
        theme, at = current(), QPointF(box.center().x(), self.level(value))
        painter.setPen(QPen(QColor(theme.primary), 2))
        painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(at, _DOT, _DOT)
        if words and ink.fits(words, box.width(), 12):
            above = QRectF(box.left(), at.y() - scaled(18) - roomy(6), box.width(), scaled(17))
            ink.write(painter, above, words, theme.ink, size=12, weight=ink.SEMI, where=ink.MIDDLE)

    def _runs(self, boxes: Sequence[QRectF], values: Sequence[float | None]) -> Iterator[list[QPointF]]:
        """The points that follow on each other."""
        run: list[QPointF] = []
        for box, value in zip(boxes, values, strict=True):
            if value is not None:
                run.append(QPointF(box.center().x(), self.level(value)))
            elif run:
                yield run
                run = []
        if run:
            yield run
