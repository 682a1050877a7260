"""How a timeline is drawn: the ground with its bookings in tiles that are kept, what moves above them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

from civicdesk.ui.theme.now import current
from civicdesk.ui.widgets.timeline.blocks import Blocks
from civicdesk.ui.widgets.timeline.edges import Edges
from civicdesk.ui.widgets.timeline.geometry import GAP, Geometry
from civicdesk.ui.widgets.timeline.ghosts import Ghosts
from civicdesk.ui.widgets.timeline.letters import MIDDLE, Letters, write
from civicdesk.ui.widgets.timeline.plan import Closed, Plan

TILE = 256
_MOST_TILES = 192
"""A quarter of a megabyte each; the oldest go first."""
_REASON_EVERY = 6
"""Rooms from one word of why the centre is closed to the next."""


class Painting:
    """Draws one plan in one geometry; a new plan, theme or text size is a new painting."""

    def __init__(self, plan: Plan, geometry: Geometry, ratio: float) -> None:
        self.plan, self.geometry, self._ratio = plan, geometry, ratio
        self._tiles: dict[tuple[int, int], QPixmap] = {}
        self.letters = Letters()
        self.edges = Edges(plan, geometry, self.letters)
        self.ghosts = Ghosts(geometry, self.letters)
        self._blocks = Blocks(plan, geometry, self.letters, ratio)

    def ground(self, painter: QPainter, seen: QRect) -> None:
        """Draw the part of the ground that is `seen`, in its own pixels, at the painter's origin."""
        for across, down in self._tiles_of(seen):
            painter.drawPixmap(across * TILE, down * TILE, self._tile(across, down))

    def draw_ahead(self, seen: QRect) -> bool:
        """Draw one tile beside what is seen, before a fling needs it; False when all are there."""
        around = seen.adjusted(-TILE, -TILE, TILE, TILE) & QRect(
            0, 0, self.geometry.width, self.geometry.height
        )
        missing = next((tile for tile in self._tiles_of(around) if tile not in self._tiles), None)
        if missing is not None:
            self._tile(*missing)
        return missing is not None

    @staticmethod
    def _tiles_of(seen: QRect) -> Iterator[tuple[int, int]]:
        for across in range(max(seen.left(), 0) // TILE, seen.right() // TILE + 1):
            for down in range(max(seen.top(), 0) // TILE, seen.bottom() // TILE + 1):
                yield across, down

    def _tile(self, across: int, down: int) -> QPixmap:
        if (kept := self._tiles.get((across, down))) is not None:
            return kept
        tile = QPixmap(round(TILE * self._ratio), round(TILE * self._ratio))
        tile.setDevicePixelRatio(self._ratio)
        tile.fill(QColor(current().surface))
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-across * TILE, -down * TILE)
        self._draw(painter, QRect(across * TILE, down * TILE, TILE, TILE))
        painter.end()
        while len(self._tiles) >= _MOST_TILES:
            del self._tiles[next(iter(self._tiles))]
        self._tiles[across, down] = tile
        return tile

    def _draw(self, painter: QPainter, seen: QRect) -> None:
        rows = range(
            self.geometry.row_at(seen.top()),
            min(self.geometry.row_at(seen.bottom()) + 1, len(self.plan.rows)),
        )
        self._draw_lines(painter, seen)
        for closed in self.plan.closed:
            self._draw_closed(painter, closed, rows)
        for place in rows:
            self._blocks.draw_row(painter, place, seen.left(), seen.right())

    def _draw_lines(self, painter: QPainter, seen: QRect) -> None:
        theme, geometry = current(), self.geometry
        if seen.top() >= geometry.height:
            return
        painter.setPen(QPen(QColor(theme.line), 1))
        for minute in self.edges.ticks():
            x = geometry.x(minute) + 0.5
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, min(seen.bottom() + 1, geometry.height)))
        for row in range(len(self.plan.rows) + 1):
            y = geometry.top(row) - 0.5
            painter.drawLine(QPointF(seen.left(), y), QPointF(min(seen.right() + 1, geometry.width), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.canvas))
        for place in range(1, len(self.plan.stretches)):
            painter.drawRect(QRectF(geometry.left_of(place) - GAP, 0, GAP, geometry.height))

    def _draw_closed(self, painter: QPainter, closed: Closed, rows: range) -> None:
        theme, geometry = current(), self.geometry
        left, right = geometry.x(closed.start), geometry.x(closed.end)
        if right - left < 1:
            return
        for place in rows:
            if closed.row not in (None, self.plan.rows[place].key):
                continue
            box = QRectF(left, geometry.top(place), right - left, geometry.row_height - 1)
            painter.fillRect(box, QColor(theme.canvas))
            painter.fillRect(box, QBrush(QColor(theme.line), Qt.BrushStyle.BDiagPattern))
            if closed.reason and (closed.row is not None or place % _REASON_EVERY == 0):
                self._draw_reason(painter, box, closed.reason)

    def _draw_reason(self, painter: QPainter, box: QRectF, reason: str) -> None:
        """On a plain ground, so that the hatching does not run through the letters; not where half of it is cut."""
        wide = min(self.letters.of_second.horizontalAdvance(reason) + 12, box.width() - 8)
        if wide < self.letters.of_second.horizontalAdvance(reason) / 2:
            return
        ground = QRectF(0, 0, wide, self.letters.of_second.height() + 2)
        ground.moveCenter(box.center())
        painter.fillRect(ground, QColor(current().canvas))
        write(painter, ground, reason, self.letters.second, current().mute, MIDDLE)
