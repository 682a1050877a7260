"""A month as a calendar: each day darker the more guests came, with their number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from civicdesk.text import day
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.painted_line import END
from civicdesk.ui.widgets.plots import ink
from civicdesk.ui.widgets.plots.marks import Kind, Mark
from civicdesk.ui.widgets.plots.plot import Plot

_DAYS, _GAP = 7, 4
_MONDAY = date(2024, 1, 1)


class MonthPlot(Plot):
    """The marks are the days in order, their keys dates; weeks down, Monday first."""

    def high(self) -> int:
        return self._head() + self._weeks() * self._line()

    def places(self, room: QRectF) -> list[QRectF]:
        wide, high = room.width() / _DAYS, self._line()
        first = self._first()
        found = []
        for mark in self.marks:
            assert isinstance(mark.key, date)
            week, weekday = divmod((mark.key - first).days, _DAYS)
            found.append(QRectF(weekday * wide, self._head() + week * high, wide, high))
        return found

    def draw(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        wide = self.viewport().width() / _DAYS
        for weekday in range(_DAYS):
            name = day(_MONDAY + timedelta(weekday), "EEE")
            ink.write(
                painter,
                QRectF(weekday * wide, 0, wide - _GAP, self._head()),
                name,
                current().mute,
                size=12,
                where=ink.MIDDLE,
            )
        most = max((mark.value or 0.0 for mark in self.marks), default=0.0) or 1.0
        for mark, box in zip(self.marks, boxes, strict=True):
            self._day(painter, box.adjusted(0, 0, -_GAP, -_GAP), mark, most)

    def _day(self, painter: QPainter, box: QRectF, mark: Mark, most: float) -> None:
        ground = ink.fill(painter, box, mark, (mark.value or 0.0) / most)
        paper = ink.ink_on(ground)
        inner = box.adjusted(roomy(7), roomy(4), -roomy(7), -roomy(4))
        ink.write(
            painter, QRectF(inner.left(), inner.top(), inner.width(), scaled(16)), mark.label, paper, size=12
        )
        low = QRectF(inner.left(), inner.bottom() - scaled(20), inner.width(), scaled(20))
        if mark.kind is Kind.CLOSED:
            ink.write(painter, low, mark.second, current().mute, size=11, where=END)
        else:
            ink.write(painter, low, mark.said, paper, size=15, weight=ink.SEMI, where=END)

    def _first(self) -> date:
        first = self.marks[0].key
        assert isinstance(first, date)
        return first - timedelta(days=first.weekday())

    def _weeks(self) -> int:
        if not self.marks:
            return 0
        last = self.marks[-1].key
        assert isinstance(last, date)
        return (last - self._first()).days // _DAYS + 1

    def _head(self) -> int:
        return scaled(16) + roomy(8)

    def _line(self) -> int:
        return max(48, roomy(14) + scaled(40))
