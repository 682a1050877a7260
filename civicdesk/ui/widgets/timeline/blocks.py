"""How one booking is drawn on the ground of a timeline."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, scaled
from civicdesk.ui.widgets.timeline.geometry import Geometry
from civicdesk.ui.widgets.timeline.letters import LEAST, RIGHT, Letters, write
from civicdesk.ui.widgets.timeline.plan import Block, Lane, Plan

_BAR = 5
"""Pixels of the strong edge at a booking's beginning."""
_NARROW = 92
"""Pixels below which a title goes on in the next line."""
_EXTRA_LEAST = 60
"""Pixels that must be left to the title beside a count or an icon."""
_MOST_GROUNDS = 300


class Blocks:
    """Draws the bookings of one plan in one geometry."""

    def __init__(self, plan: Plan, geometry: Geometry, letters: Letters, ratio: float) -> None:
        self._plan, self._geometry, self._letters, self._ratio = plan, geometry, letters, ratio
        self._grounds: dict[tuple[str, bool, int, int], QPixmap] = {}
        self._reaches: dict[int, list[tuple[float, float, Block]]] = {}

    def draw_row(self, painter: QPainter, place: int, left: float, right: float) -> None:
        """Draw what of a row reaches into the pixels from left to right."""
        for begins, ends, block in self._reaches_of(place):
            if ends >= left and begins <= right:
                self._draw_block(painter, block, place)

    def _reaches_of(self, place: int) -> list[tuple[float, float, Block]]:
        """The blocks of a row with where each begins and ends, asked of every tile of it."""
        if place not in self._reaches:
            blocks = self._plan.by_row[self._plan.rows[place].key]
            self._reaches[place] = [(*self._reach(block), block) for block in blocks]
        return self._reaches[place]

    def _reach(self, block: Block) -> tuple[float, float]:
        return self._geometry.x(block.start - block.setup), self._geometry.x(block.end + block.clear)

    def _draw_block(self, painter: QPainter, block: Block, place: int) -> None:
        theme, lane = current(), self._plan.lanes.get(block.key, Lane())
        strong, _soft = theme.tone(block.tone)
        box = QRectF(*self._geometry.box(block, place, lane))
        self._draw_buffers(painter, block, box, strong)
        look = block.tone, block.is_firm, round(box.width()), round(box.height())
        painter.drawPixmap(box.topLeft().toPoint(), self._ground_of(*look))
        self._draw_words(painter, block, box, strong)

    def _ground_of(self, tone: str, is_firm: bool, width: int, height: int) -> QPixmap:
        """The coloured ground of a booking: many are as long as others, so each length is drawn once."""
        look = tone, is_firm, width, height
        if (kept := self._grounds.get(look)) is not None:
            return kept
        ground = QPixmap(round(width * self._ratio), round(height * self._ratio))
        ground.setDevicePixelRatio(self._ratio)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_ground(painter, QRectF(0, 0, width, height), tone, is_firm=is_firm)
        painter.end()
        if len(self._grounds) >= _MOST_GROUNDS:
            self._grounds.clear()
        self._grounds[look] = ground
        return ground

    def _draw_buffers(self, painter: QPainter, block: Block, box: QRectF, strong: str) -> None:
        """Set-up and clear-up: hatched, lower than the booking, so that they read as its wings."""
        left, right = self._reach(block)
        colour = QColor(strong)
        colour.setAlphaF(0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.Dense6Pattern))
        for from_x, to_x in ((left, box.left() + 6), (box.right() - 6, right)):
            if to_x - from_x > _BAR + 2:
                painter.drawRoundedRect(QRectF(from_x, box.top() + 7, to_x - from_x, box.height() - 14), 4, 4)

    def _draw_words(self, painter: QPainter, block: Block, box: QRectF, strong: str) -> None:
        letters = self._letters
        room = box.adjusted(12, 4, -8, -4)
        if room.width() < LEAST:
            return
        if room.width() < scaled(_NARROW):
            self._draw_narrow(painter, block, box.adjusted(9, 4, -3, -4), strong)
            return
        title, second = QRectF(room), QRectF(room)
        if box.height() >= letters.of_title.height() + letters.of_second.height() + 6:
            middle = room.top() + room.height() * 0.54
            title.setBottom(middle)
            second.setTop(middle)
            write(painter, second, block.second, letters.second, strong)
        if block.mark and room.width() > _EXTRA_LEAST:
            size = scaled(15)
            painter.drawPixmap(
                QPointF(title.right() - size, title.center().y() - size / 2), pixmap(block.mark, strong, size)
            )
            title.setRight(title.right() - size - 5)
        wide = letters.of_count.horizontalAdvance(block.count)
        if block.count and title.width() - wide > _EXTRA_LEAST:
            write(painter, title, block.count, letters.count, strong, RIGHT)
            title.setRight(title.right() - wide - 8)
        font = letters.title
        if block.is_struck:
            font = QFont(font)
            font.setStrikeOut(True)
        write(painter, title, block.title, font, strong)

    def _draw_narrow(self, painter: QPainter, block: Block, room: QRectF, strong: str) -> None:
        """A short booking has its title in small letters over as many lines as fit, after the icon of its state."""
        letters = self._letters
        if block.mark and room.height() > 2 * scaled(15):
            size = scaled(14)
            painter.drawPixmap(QPointF(room.left(), room.top()), pixmap(block.mark, strong, size))
            room = room.adjusted(0, size + 1, 0, 0)
        high = letters.of_narrow.lineSpacing()
        lines = int(room.height() // high)
        if lines < 1:
            return
        font = letters.narrow
        if block.is_struck:
            font = QFont(font)
            font.setStrikeOut(True)
        for place, words in enumerate(folded(block.title, letters.of_narrow, room.width(), lines)):
            line = QRectF(room.left(), room.top() + place * high, room.width(), high)
            write(painter, line, words, font, strong)


def folded(words: str, metrics: QFontMetrics, wide: float, lines: int) -> list[str]:
    """Words in lines, never broken within one; what is left over stands in the last, to be cut short."""
    folded: list[str] = []
    for word in words.split():
        longer = f"{folded[-1]} {word}" if folded else word
        if folded and (len(folded) == lines or metrics.horizontalAdvance(longer) <= wide):
            folded[-1] = longer
        else:
            folded.append(word)
    return folded


def _draw_ground(painter: QPainter, box: QRectF, tone: str, *, is_firm: bool) -> None:
    """Soft, with a strong bar at its beginning; trouble is hatched too."""
    theme = current()
    strong, soft = theme.tone(tone)
    round_ = min(10.0, box.width() / 3)
    painter.setPen(_edge(strong, is_firm=is_firm, has_edge=theme.pill_edge))
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), round_, round_)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(strong))
    bar = QRectF(box.left(), box.top(), min(_BAR + round_, box.width() - 3), box.height())
    painter.drawRoundedRect(bar, round_, round_)
    painter.setBrush(QColor(soft))
    inner = box.adjusted(min(_BAR, box.width() / 3), 1, -1, -1)
    painter.drawRoundedRect(inner, round_ - 1, round_ - 1)
    if tone == "bad":
        painter.setBrush(QBrush(QColor(strong), Qt.BrushStyle.BDiagPattern))
        painter.setOpacity(0.14)
        painter.drawRoundedRect(inner, round_ - 1, round_ - 1)


def _edge(strong: str, *, is_firm: bool, has_edge: bool) -> QPen:
    """What is only pencilled in is drawn with a dashed line, so that it is seen without colour."""
    if not is_firm:
        return QPen(QColor(strong), 1.5, Qt.PenStyle.DashLine)
    return QPen(QColor(strong), 1) if has_edge else QPen(Qt.PenStyle.NoPen)
