"""A heat map: rooms or weekdays down, hours across, each cell darker the more there was, with its figure in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.marks import Kind, Mark
from civicdesk.ui.widgets.plots.plot import Plot

_GAP = 3
_NAMES = 0.22
"""Of the width, at most; the hours need the rest."""


@dataclass(frozen=True)
class Axes:
    """The names of the lines and of the columns, and a second line of words of each line."""

    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


class HeatPlot(Plot):
    """The marks go line by line; `value` is a share, 0 to 1."""

    def __init__(self, *, name: str, spoken: str = "") -> None:
        super().__init__(name=name, spoken=spoken)
        self.axes = Axes()
        self.legend: Sequence[tuple[str, str]] = ()

    def show_cells(self, axes: Axes, marks: Sequence[Mark], legend: Sequence[tuple[str, str]] = ()) -> None:
        """Show these lines and columns, and say what the shapes mean."""
        assert len(marks) == len(axes.lines) * len(axes.columns)
        self.axes, self.legend = axes, legend
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
            top = self._head() - self._hours()
            self._write_hour(painter, QRectF(box.left(), top, box.width(), self._hours()), name, column)
        if self.legend:
            ink.legend(painter, QRect(0, 0, self.viewport().width() - 2, scaled(18)), self.legend)
        for line, name in enumerate(self.axes.lines):
            first = boxes[line * across]
            room = QRectF(0, first.top(), first.left() - roomy(8), first.height() - _GAP)
            if not self.axes.ends:
                ink.write(painter, room, name, theme.ink, size=14)
                continue
            half = room.height() / 2
            ink.write(painter, QRectF(0, room.top(), room.width(), half + 2), name, theme.ink, size=14)
            low = QRectF(0, room.top() + half, room.width(), half - 2)
            ink.write(painter, low, self.axes.ends[line], theme.mute, size=12)
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
        wanted = max(ink.widest(self.axes.lines, 14), ink.widest(self.axes.ends, 12)) + roomy(14)
        names = min(wanted, room.width() * _NAMES)
        return QRectF(names, self._head(), room.width() - names, room.height() - self._head())

    def _head(self) -> int:
        return self._hours() + (scaled(18) + roomy(6) if self.legend else 0)

    def _hours(self) -> int:
        return scaled(16) + roomy(8)

    def _line(self) -> int:
        return max(44, roomy(18) + scaled(24))
