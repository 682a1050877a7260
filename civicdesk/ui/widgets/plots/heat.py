"""A heat map: rooms or weekdays down, hours across, each cell darker the more there was, with its figure in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import END
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.marks import Kind, Mark
from civicdesk.ui.widgets.plots.plot import Plot

_GAP = 3
_END = 54


@dataclass(frozen=True)
class Axes:
    """The names of the lines and of the columns, and what stands at the end of each line."""

    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class HeatPlot(Plot):
    """The marks go line by line; `value` is a share, 0 to 1."""

    def __init__(self, *, name: str, spoken: str = "") -> None:
        super().__init__(name=name, spoken=spoken)
        self.axes = Axes()

    def show_cells(self, axes: Axes, marks: Sequence[Mark]) -> None:
        """Show these lines and columns."""
        assert len(marks) == len(axes.lines) * len(axes.columns)
        self.axes = axes
        self.show_marks(marks)

    def high(self) -> int:
        return self._head() + len(self.axes.lines) * self._line()

    def places(self, room: QRectF) -> list[QRectF]:
        ground = self._ground(room)
        wide, high = ground.width() / max(len(self.axes.columns), 1), self._line()
        return [
            QRectF(ground.left() + column * wide, ground.top() + line * high, wide, high)
            for line in range(len(self.axes.lines))
            for column in range(len(self.axes.columns))
        ]

    def draw(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        theme, across = current(), len(self.axes.columns)
        for column, name in enumerate(self.axes.columns):
            box = boxes[column]
            self._write_hour(painter, QRectF(box.left(), 0, box.width(), self._head()), name, column)
        for line, name in enumerate(self.axes.lines):
            first = boxes[line * across]
            left = QRectF(0, first.top(), first.left() - roomy(8), first.height())
            ink.write(painter, left, name, theme.ink, size=14)
            if self.axes.ends:
                right = boxes[line * across + across - 1].right()
                end = QRectF(right, first.top(), self.viewport().width() - right, first.height())
                ink.write(painter, end, self.axes.ends[line], theme.ink, weight=ink.SEMI, where=END)
        for mark, box in zip(self.marks, boxes, strict=True):
            self._cell(painter, box.adjusted(0, 0, -_GAP, -_GAP), mark)

    def _cell(self, painter: QPainter, box: QRectF, mark: Mark) -> None:
        ground = ink.fill(painter, box, mark, mark.value or 0.0)
        if mark.kind is Kind.MISSING:
            ink.write(painter, box, mark.said, current().mute, where=ink.MIDDLE)
        elif mark.words and mark.kind is not Kind.CLOSED:
            size = 13 if ink.fits(mark.words, box.width() - 2) else 11
            weight = ink.SEMI if mark.kind is Kind.SEEN else ink.PLAIN
            ink.write(
                painter, box, mark.words, ink.ink_on(ground), size=size, weight=weight, where=ink.MIDDLE
            )

    def _write_hour(self, painter: QPainter, box: QRectF, name: str, column: int) -> None:
        """Every name, or every second where they would run into each other."""
        every = 1 if ink.fits(max(self.axes.columns, key=len), box.width() - 2, 12) else 2
        if column % every == 0:
            wide = box.adjusted(-box.width() / 2, 0, box.width() / 2 - _GAP, 0) if every > 1 else box
            ink.write(painter, wide.adjusted(0, 0, -_GAP, 0), name, current().mute, size=12, where=ink.MIDDLE)

    def _ground(self, room: QRectF) -> QRectF:
        names = min(ink.widest(self.axes.lines, 14) + roomy(14), room.width() * 0.3)
        end = max(ink.widest(self.axes.ends, 13, ink.SEMI) + roomy(8), roomy(_END)) if self.axes.ends else 0
        return QRectF(names, self._head(), room.width() - names - end, room.height() - self._head())

    def _head(self) -> int:
        return scaled(16) + roomy(8)

    def _line(self) -> int:
        return max(44, roomy(18) + scaled(24))
