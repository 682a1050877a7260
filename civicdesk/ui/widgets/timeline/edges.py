"""What stands still at the edges of a timeline: the hours, the rooms, the time of now."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, scaled
from civicdesk.ui.widgets.timeline.geometry import Geometry
from civicdesk.ui.widgets.timeline.letters import MIDDLE, Letters, write
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

    def hours(self, painter: QPainter, height: int, scrolled: int, room: int) -> None:
        """The hours that stand whole in the room across, with the day over them where there are several."""
        theme, geometry = current(), self._geometry
        several = len(self._plan.stretches) > 1
        line = height / 2 if several else height
        for at, words in self.hours_seen(scrolled, room):
            box = QRectF(at, height - line, self._hour_wide + 2, line)
            write(painter, box, words, self._letters.hour, theme.mute)
        if several:
            for place, stretch in enumerate(self._plan.stretches):
                wide = (stretch.end - stretch.begin) * geometry.per_minute
                box = QRectF(geometry.left_of(place) - scrolled, 0, wide, line)
                write(painter, box, stretch.label, self._letters.hour, theme.ink, MIDDLE)

    def hours_seen(self, scrolled: int, room: int) -> Iterator[tuple[float, str]]:
        """The hours with where they begin: those that stand whole in the room across, and not under that of now."""
        now = self._now_box(scrolled)
        for stretch, minute in self._hours_of_stretches():
            at = self._hour_at(stretch, minute, scrolled)
            if at is None or at < 0 or at + self._hour_wide > room:
                continue
            if now and at < now[1] and at + self._hour_wide > now[0]:
                continue
            yield at, wall(minute)

    @cached_property
    def _hour_wide(self) -> int:
        return self._letters.of_hour.horizontalAdvance("00:00")

    def _hour_at(self, stretch: Stretch, minute: int, scrolled: int) -> float | None:
        """Where an hour begins to be written: the first and the last inside their stretch, so that none is cut."""
        geometry, wide = self._geometry, self._hour_wide
        if minute == stretch.begin:
            is_narrow = self._hour_step * geometry.per_minute < 1.6 * wide + 8
            return None if is_narrow else geometry.x(minute) - scrolled + 4
        if minute == stretch.end and len(self._plan.stretches) > 1:
            return None
        at = geometry.x(minute) - scrolled - wide / 2
        if minute + self._hour_step > stretch.end:
            at = min(at, geometry.x(stretch.end) - scrolled - wide - 4)
        return at

    def _now_box(self, scrolled: int) -> tuple[float, float] | None:
        """From where to where the time of now covers the hours."""
        if self._plan.now is None:
            return None
        x = self._geometry.x(self._plan.now) - scrolled
        half = self._hour_wide / 2 + 10
        return x - half, x + half

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
