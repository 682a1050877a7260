"""Plots that stand on an axis: what a column is high, the lines behind, the words beneath and the legend above."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from civicdesk.text import number
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import END
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.marks import NOTHING, Mark
from civicdesk.ui.widgets.plots.plot import Plot

_STEPS = 4


class AxisPlot(Plot):
    """Marks side by side; each can be tapped over its whole height."""

    def __init__(self, *, name: str, spoken: str = "") -> None:
        super().__init__(name=name, spoken=spoken)
        self.legend: Sequence[tuple[str, str]] = ()

    def show_series(self, marks: Sequence[Mark], legend: Sequence[tuple[str, str]] = ()) -> None:
        """Show these, and say what the shapes mean."""
        self.legend = legend
        self.show_marks(marks)

    def high(self) -> int:
        return self._head() + roomy(150) + self._foot()

    def places(self, room: QRectF) -> list[QRectF]:
        ground = self.ground(room)
        wide = ground.width() / max(len(self.marks), 1)
        return [
            QRectF(
                ground.left() + n * wide,
                self._head() - roomy(6),
                wide,
                room.height() - self._head() + roomy(6),
            )
            for n in range(len(self.marks))
        ]

    def ground(self, room: QRectF) -> QRectF:
        """Where columns and lines are drawn."""
        left = ink.widest([number(tick) for tick in self._ticks()], 12) + roomy(10)
        return QRectF(left, self._head(), room.width() - left, room.height() - self._head() - self._foot())

    def level(self, value: float) -> float:
        """How far down a value stands."""
        ground = self.ground(QRectF(self.viewport().rect()))
        return ground.bottom() - ground.height() * min(value / self._ticks()[-1], 1.0)

    def draw(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        theme, ground = current(), self.ground(QRectF(self.viewport().rect()))
        for tick in self._ticks():
            y = round(self.level(tick)) + 0.5
            painter.setPen(QPen(QColor(theme.edge if not tick else theme.line), 1))
            painter.drawLine(QPointF(ground.left(), y), QPointF(ground.right(), y))
            box = QRectF(0, y - scaled(9), ground.left() - roomy(8), scaled(18))
            ink.write(painter, box, number(tick), theme.mute, size=12, where=END)
        self._labels(painter, boxes, ground)
        if self.legend:
            ink.legend(painter, QRect(0, 0, self.viewport().width() - 2, scaled(18)), self.legend)
        self.draw_marks(painter, boxes)

    def draw_marks(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        """Draw the columns, or the line."""
        raise NotImplementedError

    def dash(self, painter: QPainter, box: QRectF) -> None:
        """Say that a figure is missing, where it would begin."""
        bottom = self.level(0)
        room = QRectF(box.left(), bottom - scaled(20), box.width(), scaled(18))
        ink.write(painter, room, NOTHING, current().mute, where=ink.MIDDLE)

    def _labels(self, painter: QPainter, boxes: Sequence[QRectF], ground: QRectF) -> None:
        wide = boxes[0].width()
        every = max(1, ceil((ink.widest([mark.label for mark in self.marks], 12) + roomy(4)) / wide))
        for place, (mark, box) in enumerate(zip(self.marks, boxes, strict=True)):
            if place % every == 0:
                room = QRectF(
                    box.center().x() - wide * every / 2, ground.bottom() + roomy(4), wide * every, scaled(18)
                )
                ink.write(painter, room, mark.label, current().mute, size=12, where=ink.MIDDLE)

    def _ticks(self) -> list[float]:
        values = [each for mark in self.marks for each in (mark.value, mark.usual) if each is not None]
        return ticks(max(values, default=0.0))

    def _head(self) -> int:
        return scaled(18) + roomy(12)

    def _foot(self) -> int:
        return scaled(18) + roomy(6)


def ticks(most: float) -> list[float]:
    """Round steps from nought to at least `most`."""
    rough = max(most, 1.0) / _STEPS
    size = 10.0 ** floor(log10(rough))
    step = next(size * each for each in (1, 2, 5, 10) if size * each >= rough)
    step = max(step, 1.0)
    return [step * n for n in range(ceil(max(most, 1.0) / step) + 1)]
