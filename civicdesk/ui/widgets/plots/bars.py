"""Bars under each other: rooms, kinds of organisations, kinds of events, each beside what it was before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import END
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.marks import Mark
from civicdesk.ui.widgets.plots.plot import Plot

_BAR, _THIN = 16, 5


class BarPlot(Plot):
    """A name, a bar with a thin one of before beneath it, the figure, and the figure before."""

    def __init__(self, *, name: str, spoken: str = "", most: float | None = None) -> None:
        super().__init__(name=name, spoken=spoken)
        self._most = most
        self.legend: Sequence[tuple[str, str]] = ()

    def show_bars(self, marks: Sequence[Mark], legend: Sequence[tuple[str, str]] = ()) -> None:
        """Show these, and say what the shapes mean."""
        self.legend = legend
        self.show_marks(marks)

    def high(self) -> int:
        return self._head() + len(self.marks) * self._line()

    def places(self, room: QRectF) -> list[QRectF]:
        return [
            QRectF(0, self._head() + n * self._line(), room.width(), self._line())
            for n in range(len(self.marks))
        ]

    def draw(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        if self.legend:
            ink.legend(painter, QRect(0, 0, self.viewport().width() - 2, scaled(18)), self.legend)
        names, figures = self._columns()
        for mark, box in zip(self.marks, boxes, strict=True):
            inner = box.adjusted(roomy(6), 0, -roomy(6), 0)
            self._name(painter, inner, mark, names)
            self._figure(painter, inner, mark, figures)
            left, right = inner.left() + names, inner.right() - figures - roomy(12)
            self._bar(painter, QRectF(left, inner.top(), max(right - left, 10), inner.height()), mark)

    def _name(self, painter: QPainter, inner: QRectF, mark: Mark, wide: float) -> None:
        room = QRectF(inner.left(), inner.top(), wide - roomy(12), inner.height())
        if not mark.second:
            ink.write(painter, room, mark.label, current().ink, size=14)
            return
        half = inner.height() / 2
        ink.write(
            painter,
            QRectF(room.left(), room.top(), room.width(), half + 2),
            mark.label,
            current().ink,
            size=14,
        )
        ink.write(
            painter,
            QRectF(room.left(), room.top() + half, room.width(), half - 2),
            mark.second,
            current().mute,
            size=12,
        )

    def _figure(self, painter: QPainter, inner: QRectF, mark: Mark, wide: float) -> None:
        theme = current()
        room = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
        if not mark.usual_words:
            ink.write(painter, room, mark.said, theme.ink, size=14, weight=ink.SEMI, where=END)
            return
        half = inner.height() / 2
        ink.write(
            painter,
            QRectF(room.left(), room.top(), wide, half + 2),
            mark.said,
            theme.ink,
            size=14,
            weight=ink.SEMI,
            where=END,
        )
        ink.write(
            painter,
            QRectF(room.left(), room.top() + half, wide, half - 2),
            mark.usual_words,
            theme.mute,
            size=12,
            where=END,
        )

    def _bar(self, painter: QPainter, room: QRectF, mark: Mark) -> None:
        theme, most = current(), self._longest()
        high, thin = roomy(_BAR), roomy(_THIN) if mark.usual is not None else 0
        top = room.center().y() - (high + thin) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.canvas))
        painter.drawRoundedRect(QRectF(room.left(), top, room.width(), high), 4, 4)
        if mark.value:
            painter.setBrush(QColor(theme.tone(mark.tone)[0]))
            wide = max(room.width() * min(mark.value / most, 1.0), 3.0)
            painter.drawRoundedRect(QRectF(room.left(), top, wide, high), 4, 4)
        if mark.usual:
            painter.setBrush(QColor(theme.edge))
            wide = max(room.width() * min(mark.usual / most, 1.0), 3.0)
            painter.drawRoundedRect(QRectF(room.left(), top + high + 2, wide, thin), 2, 2)

    def _columns(self) -> tuple[float, float]:
        """How wide names and figures are; the bars have the rest."""
        wide = self.viewport().width()
        names = max(
            ink.widest([mark.label for mark in self.marks], 14),
            ink.widest([mark.second for mark in self.marks], 12),
        )
        figures = max(
            ink.widest([mark.said for mark in self.marks], 14, ink.SEMI),
            ink.widest([mark.usual_words for mark in self.marks], 12),
        )
        return min(names + roomy(16), wide * 0.42), min(figures + roomy(2), wide * 0.3)

    def _longest(self) -> float:
        values = [each or 0.0 for mark in self.marks for each in (mark.value, mark.usual)]
        return self._most or max(values, default=0.0) or 1.0

    def _head(self) -> int:
        return scaled(18) + roomy(8) if self.legend else 0

    def _line(self) -> int:
        return max(44, roomy(14) + scaled(32))
