"""What stands still at the edges of a timeline: the hours, the rooms, the time of now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, scaled
from civicdesk.ui.widgets.timeline.geometry import Geometry
from civicdesk.ui.widgets.timeline.letters import LEFT, MIDDLE, RIGHT, Letters, write
from civicdesk.ui.widgets.timeline.plan import Plan, Row, Stretch, wall

_HOUR_STEPS = (60, 120, 180, 240, 360)


class Edges:
    """Draws what does not scroll along with the ground."""

    def __init__(self, plan: Plan, geometry: Geometry, letters: Letters) -> None:
        self._plan, self._geometry, self._letters = plan, geometry, letters

    @cached_property
    def _hour_step(self) -> int:
        """Minutes between two lines, so that two hours never stand in each other."""
        wide = self._letters.of_hour.horizontalAdvance("00:00") + 14
        return next((step for step in _HOUR_STEPS if step * self._geometry.per_minute >= wide), 720)

    def ticks(self) -> Iterator[int]:
        """The minutes at which a line stands."""
        return (minute for _stretch, minute in self._hours_of_stretches())

    def _hours_of_stretches(self) -> Iterator[tuple[Stretch, int]]:
        for stretch in self._plan.stretches:
            first = -(-stretch.begin // self._hour_step) * self._hour_step
            yield from ((stretch, minute) for minute in range(first, stretch.end + 1, self._hour_step))

    def hours(self, painter: QPainter, height: int, scrolled: int) -> None:
        """The hours, with the day over them where there are several."""
        theme, geometry = current(), self._geometry
        several = len(self._plan.stretches) > 1
        line = height / 2 if several else height
        narrow = (
            self._hour_step * geometry.per_minute < 1.6 * self._letters.of_hour.horizontalAdvance("00:00") + 8
        )
        for stretch, minute in self._hours_of_stretches():
            x = geometry.x(minute) - scrolled
            # the first and the last stand inside their stretch, so that none is cut or stands in the next
            box, where = QRectF(x - 40, height - line, 80, line), MIDDLE
            if minute == stretch.begin and narrow:
                continue
            if minute == stretch.begin:
                box, where = box.translated(44, 0), LEFT
            elif minute == stretch.end and several:
                continue
            elif minute == stretch.end:
                x = geometry.left_of(self._plan.stretches.index(stretch))
                x += (stretch.end - stretch.begin) * geometry.per_minute - scrolled
                box, where = QRectF(x - 84, height - line, 80, line), RIGHT
            write(painter, box, wall(minute), self._letters.hour, theme.mute, where)
        if several:
            for place, stretch in enumerate(self._plan.stretches):
                wide = (stretch.end - stretch.begin) * geometry.per_minute
                box = QRectF(geometry.left_of(place) - scrolled, 0, wide, line)
                write(painter, box, stretch.label, self._letters.hour, theme.ink, MIDDLE)

    def names(self, painter: QPainter, width: int, seen: QRect) -> None:
        """The rooms down the left edge, from the painter's origin."""
        theme = current()
        painter.fillRect(QRect(0, 0, width, self._geometry.height), QColor(theme.surface))
        for place, row in enumerate(self._plan.rows):
            top = self._geometry.top(place)
            if top + self._geometry.row_height < seen.top() or top > seen.bottom():
                continue
            self._name(painter, row, QRectF(14, top, width - 20, self._geometry.row_height))
            painter.fillRect(QRectF(0, top + self._geometry.row_height - 1, width, 1), QColor(theme.line))
        painter.fillRect(QRectF(width - 1, 0, 1, self._geometry.height), QColor(theme.line))

    def _name(self, painter: QPainter, row: Row, box: QRectF) -> None:
        theme = current()
        middle = box.top() + box.height() * 0.54
        upper = QRectF(box.left(), box.top() + 5, box.width(), middle - box.top() - 5)
        write(painter, upper, row.title, self._letters.room, theme.ink)
        lower = QRectF(box.left(), middle, box.width(), box.bottom() - middle - 5)
        size, x = scaled(15), lower.left()
        parts = [(row.second_icon, row.second), *((icon, "") for icon in row.icons)] if row.second else []
        for icon, words in parts:
            if icon:
                painter.drawPixmap(QPointF(x, lower.center().y() - size / 2), pixmap(icon, theme.mute, size))
                x += size + 5
            wide = self._letters.of_hour.horizontalAdvance(words)
            if words:
                write(
                    painter,
                    QRectF(x, lower.top(), wide + 2, lower.height()),
                    words,
                    self._letters.hour,
                    theme.mute,
                )
                x += wide + 9
            else:
                x += 4

    def now_line(self, painter: QPainter, head: int, scrolled: int, bottom: int, left: int) -> None:
        """The line of now, with the time on it."""
        if self._plan.now is None:
            return
        theme = current()
        x = self._geometry.x(self._plan.now) - scrolled
        wide = self._letters.of_hour.horizontalAdvance("00:00") + 16
        if x < -wide / 2:
            return
        x += left
        painter.setPen(QPen(QColor(theme.bad), 2))
        painter.drawLine(QPointF(x, head - 4), QPointF(x, bottom))
        line = head / 2 if len(self._plan.stretches) > 1 else head  # never over the name of the day
        pill = QRectF(x - wide / 2, head - (line + scaled(22)) / 2, wide, scaled(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.bad))
        painter.drawRoundedRect(pill, 8, 8)
        write(painter, pill, wall(self._plan.now), self._letters.hour, theme.on_tone, MIDDLE)
