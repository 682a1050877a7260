"""How a timeline is drawn: the ground with its bookings in tiles that are kept, what moves above them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextOption

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.timeline.geometry import GAP, Geometry
from civicdesk.ui.widgets.timeline.hand import Ghost
from civicdesk.ui.widgets.timeline.plan import Block, Closed, Lane, Plan, Row, Stretch, wall

TILE = 256
_MOST_TILES = 192
"""A quarter of a megabyte each; the oldest go first."""
_MOST_GROUNDS = 300
_SEMI = QFont.Weight.DemiBold
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(Qt.TextFlag.TextSingleLine)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine)
_HATCH = Qt.BrushStyle.BDiagPattern
_HOUR_STEPS = (60, 120, 180, 240, 360)
_BAR = 5
"""Pixels of the strong edge at a booking's beginning."""
_WORDS_LEAST = 14
"""Pixels below which nothing can be written."""
_NARROW = 92
"""Pixels below which a title goes on in the next line."""
_EXTRA_LEAST = 60
"""Pixels that must be left to the title beside a count or an icon."""
_REASON_EVERY = 6
"""Rooms from one word of why the centre is closed to the next."""


class Letters:
    """The letters of one text size, made once: making a font takes longer than writing with it."""

    def __init__(self) -> None:
        self.title, self.second, self.count = desk_font(14, _SEMI), desk_font(12), desk_font(14)
        self.room, self.hour, self.small = desk_font(15, _SEMI), desk_font(13), desk_font(11, _SEMI)
        self.narrow = desk_font(12, _SEMI)
        self.of_narrow = QFontMetrics(self.narrow)
        self.of_title, self.of_second = QFontMetrics(self.title), QFontMetrics(self.second)
        self.of_room, self.of_hour, self.of_count = (
            QFontMetrics(self.room),
            QFontMetrics(self.hour),
            QFontMetrics(self.count),
        )


class Painting:
    """Draws one plan in one geometry; a new plan, theme or text size is a new painting."""

    def __init__(self, plan: Plan, geometry: Geometry, ratio: float) -> None:
        self.plan, self.geometry, self._ratio = plan, geometry, ratio
        self._tiles: dict[tuple[int, int], QPixmap] = {}
        self._grounds: dict[tuple[str, bool, int, int], QPixmap] = {}
        self._reaches: dict[int, list[tuple[float, float, Block]]] = {}
        self.letters = Letters()

    # --- the ground ---------------------------------------------------------

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
            for left, right, block in self._reaches_of(place):
                if right >= seen.left() and left <= seen.right():
                    self._draw_block(painter, block, place)

    def _reaches_of(self, place: int) -> list[tuple[float, float, Block]]:
        """The blocks of a row with where each begins and ends, asked of every tile of it."""
        if place not in self._reaches:
            blocks = self.plan.by_row[self.plan.rows[place].key]
            self._reaches[place] = [(*self._reach(block), block) for block in blocks]
        return self._reaches[place]

    def _reach(self, block: Block) -> tuple[float, float]:
        return self.geometry.x(block.start - block.setup), self.geometry.x(block.end + block.clear)

    def _draw_lines(self, painter: QPainter, seen: QRect) -> None:
        theme, geometry = current(), self.geometry
        if seen.top() >= geometry.height:
            return
        painter.setPen(QPen(QColor(theme.line), 1))
        for minute in self.ticks():
            x = geometry.x(minute) + 0.5
            painter.drawLine(QPointF(x, seen.top()), QPointF(x, min(seen.bottom() + 1, geometry.height)))
        for row in range(len(self.plan.rows) + 1):
            y = geometry.top(row) - 0.5
            painter.drawLine(QPointF(seen.left(), y), QPointF(min(seen.right() + 1, geometry.width), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.canvas))
        for place in range(1, len(self.plan.stretches)):
            painter.drawRect(QRectF(geometry.left_of(place) - GAP, 0, GAP, geometry.height))

    @cached_property
    def _hour_step(self) -> int:
        """Minutes between two lines, so that two hours never stand in each other."""
        wide = self.letters.of_hour.horizontalAdvance("00:00") + 14
        return next((step for step in _HOUR_STEPS if step * self.geometry.per_minute >= wide), 720)

    def ticks(self) -> Iterator[int]:
        """The minutes at which a line stands."""
        return (minute for _stretch, minute in self._hours_of_stretches())

    def _hours_of_stretches(self) -> Iterator[tuple[Stretch, int]]:
        for stretch in self.plan.stretches:
            first = -(-stretch.begin // self._hour_step) * self._hour_step
            yield from ((stretch, minute) for minute in range(first, stretch.end + 1, self._hour_step))

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
            painter.fillRect(box, QBrush(QColor(theme.line), _HATCH))
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
        self._words(painter, ground, reason, self.letters.second, current().mute, _MIDDLE)

    # --- a booking ----------------------------------------------------------

    def _draw_block(self, painter: QPainter, block: Block, place: int) -> None:
        theme, lane = current(), self.plan.lanes.get(block.key, Lane())
        strong, _soft = theme.tone(block.tone)
        box = QRectF(*self.geometry.box(block, place, lane))
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
        letters = self.letters
        room = box.adjusted(12, 4, -8, -4)
        if room.width() < _WORDS_LEAST:
            return
        if room.width() < scaled(_NARROW):
            self._draw_narrow(painter, block, box.adjusted(9, 4, -3, -4), strong)
            return
        title, second = QRectF(room), QRectF(room)
        if box.height() >= letters.of_title.height() + letters.of_second.height() + 6:
            middle = room.top() + room.height() * 0.54
            title.setBottom(middle)
            second.setTop(middle)
            self._words(painter, second, block.second, letters.second, strong)
        if block.mark and room.width() > _EXTRA_LEAST:
            size = scaled(15)
            painter.drawPixmap(
                QPointF(title.right() - size, title.center().y() - size / 2), pixmap(block.mark, strong, size)
            )
            title.setRight(title.right() - size - 5)
        wide = letters.of_count.horizontalAdvance(block.count)
        if block.count and title.width() - wide > _EXTRA_LEAST:
            self._words(painter, title, block.count, letters.count, strong, _RIGHT)
            title.setRight(title.right() - wide - 8)
        font = letters.title
        if block.is_struck:
            font = QFont(font)
            font.setStrikeOut(True)
        self._words(painter, title, block.title, font, strong)

    def _draw_narrow(self, painter: QPainter, block: Block, room: QRectF, strong: str) -> None:
        """A short booking has its title in small letters over as many lines as fit, after the icon of its state."""
        letters = self.letters
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
        painter.save()
        room.setHeight(lines * high)
        painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
        painter.setFont(font)
        painter.setPen(QColor(strong))
        painter.drawText(room, block.title, _wrapped())
        painter.restore()

    def _words(  # noqa: PLR0917  written in every second line of this file
        self, painter: QPainter, room: QRectF, words: str, font: QFont, ink: str, where: int = _LEFT
    ) -> None:
        metrics = self.letters.of_second if font is self.letters.second else QFontMetrics(font)
        if room.width() < _WORDS_LEAST:
            return
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(
            room, where, metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
        )

    # --- what stands still at the edges --------------------------------------

    def hours(self, painter: QPainter, height: int, scrolled: int) -> None:
        """The hours, with the day over them where there are several."""
        theme, geometry = current(), self.geometry
        several = len(self.plan.stretches) > 1
        line = height / 2 if several else height
        narrow = (
            self._hour_step * geometry.per_minute < 1.6 * self.letters.of_hour.horizontalAdvance("00:00") + 8
        )
        for stretch, minute in self._hours_of_stretches():
            x = geometry.x(minute) - scrolled
            # the first and the last stand inside their stretch, so that none is cut or stands in the next
            box, where = QRectF(x - 40, height - line, 80, line), _MIDDLE
            if minute == stretch.begin and narrow:
                continue
            if minute == stretch.begin:
                box, where = box.translated(44, 0), _LEFT
            elif minute == stretch.end and several:
                continue
            elif minute == stretch.end:
                x = geometry.left_of(self.plan.stretches.index(stretch))
                x += (stretch.end - stretch.begin) * geometry.per_minute - scrolled
                box, where = QRectF(x - 84, height - line, 80, line), _RIGHT
            self._words(painter, box, wall(minute), self.letters.hour, theme.mute, where)
        if several:
            for place, stretch in enumerate(self.plan.stretches):
                wide = (stretch.end - stretch.begin) * geometry.per_minute
                box = QRectF(geometry.left_of(place) - scrolled, 0, wide, line)
                self._words(painter, box, stretch.label, self.letters.hour, theme.ink, _MIDDLE)

    def names(self, painter: QPainter, width: int, seen: QRect) -> None:
        """The rooms down the left edge, from the painter's origin."""
        theme = current()
        painter.fillRect(QRect(0, 0, width, self.geometry.height), QColor(theme.surface))
        for place, row in enumerate(self.plan.rows):
            top = self.geometry.top(place)
            if top + self.geometry.row_height < seen.top() or top > seen.bottom():
                continue
            self._name(painter, row, QRectF(14, top, width - 20, self.geometry.row_height))
            painter.fillRect(QRectF(0, top + self.geometry.row_height - 1, width, 1), QColor(theme.line))
        painter.fillRect(QRectF(width - 1, 0, 1, self.geometry.height), QColor(theme.line))

    def _name(self, painter: QPainter, row: Row, box: QRectF) -> None:
        theme = current()
        middle = box.top() + box.height() * 0.54
        upper = QRectF(box.left(), box.top() + 5, box.width(), middle - box.top() - 5)
        self._words(painter, upper, row.title, self.letters.room, theme.ink)
        lower = QRectF(box.left(), middle, box.width(), box.bottom() - middle - 5)
        size, x = scaled(15), lower.left()
        parts = [(row.second_icon, row.second), *((icon, "") for icon in row.icons)] if row.second else []
        for icon, words in parts:
            if icon:
                painter.drawPixmap(QPointF(x, lower.center().y() - size / 2), pixmap(icon, theme.mute, size))
                x += size + 5
            wide = self.letters.of_hour.horizontalAdvance(words)
            if words:
                self._words(
                    painter,
                    QRectF(x, lower.top(), wide + 2, lower.height()),
                    words,
                    self.letters.hour,
                    theme.mute,
                )
                x += wide + 9
            else:
                x += 4

    # --- what moves ----------------------------------------------------------

    def now_line(self, painter: QPainter, head: int, scrolled: int, bottom: int, left: int) -> None:
        """The line of now, with the time on it."""
        if self.plan.now is None:
            return
        theme = current()
        x = self.geometry.x(self.plan.now) - scrolled
        wide = self.letters.of_hour.horizontalAdvance("00:00") + 16
        if x < -wide / 2:
            return
        x += left
        painter.setPen(QPen(QColor(theme.bad), 2))
        painter.drawLine(QPointF(x, head - 4), QPointF(x, bottom))
        line = head / 2 if len(self.plan.stretches) > 1 else head  # never over the name of the day
        pill = QRectF(x - wide / 2, head - (line + scaled(22)) / 2, wide, scaled(22))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.bad))
        painter.drawRoundedRect(pill, 8, 8)
        self._words(painter, pill, wall(self.plan.now), self.letters.hour, theme.on_tone, _MIDDLE)

    def ghost(self, painter: QPainter, ghost: Ghost, refusal: str, seen: QRect) -> None:
        """The booking in the hand: where it would be, from when until when, and why not if it cannot."""
        theme, geometry = current(), self.geometry
        strong, soft = theme.tone("bad" if refusal else "primary")
        left, right = geometry.x(ghost.start), geometry.x(ghost.end)
        box = QRectF(left, geometry.top(ghost.row) + 2, max(right - left, 8), geometry.row_height - 4)
        painter.setOpacity(0.92)
        painter.setPen(QPen(QColor(strong), 2, Qt.PenStyle.DashLine if refusal else Qt.PenStyle.SolidLine))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 10, 10)
        painter.setOpacity(1)
        times = f"{wall(ghost.start)}–{wall(ghost.end)}"
        words = f"{times} · {refusal}" if refusal else times
        self._caption(painter, box, words, (strong, soft), seen)

    def _caption(
        self, painter: QPainter, box: QRectF, words: str, colours: tuple[str, str], seen: QRect
    ) -> None:
        """In the ghost if it fits, else over it, whole."""
        strong, soft = colours
        wide = self.letters.of_title.horizontalAdvance(words) + 20
        if wide <= box.width():
            self._words(painter, box, words, self.letters.title, strong, _MIDDLE)
            return
        height = scaled(28)
        left = min(
            max(box.center().x() - wide / 2, seen.left() + 4), max(seen.right() - wide - 4, seen.left() + 4)
        )
        above = box.top() - height - 4
        top = above if above >= seen.top() else box.bottom() + 4
        label = QRectF(left, top, wide, height)
        painter.setPen(QPen(QColor(strong), 1))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(label, 8, 8)
        self._words(painter, label, words, self.letters.title, strong, _MIDDLE)

    def mark(self, painter: QPainter, box: QRectF, *, has_handles: bool) -> None:
        """The ring around what is chosen, with a handle at each end of what can be pulled."""
        theme = current()
        painter.setPen(QPen(QColor(theme.primary), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 11, 11)
        if has_handles:
            painter.setBrush(QColor(theme.surface))
            for x in (box.left(), box.right()):
                painter.drawEllipse(QPointF(x, box.center().y()), roomy(7), roomy(7))


@cache
def _wrapped() -> QTextOption:
    """From the top, broken between words where that is possible."""
    option = QTextOption(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


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
        painter.setBrush(QBrush(QColor(strong), _HATCH))
        painter.setOpacity(0.14)
        painter.drawRoundedRect(inner, round_ - 1, round_ - 1)


def _edge(strong: str, *, is_firm: bool, has_edge: bool) -> QPen:
    """What is only pencilled in is drawn with a dashed line, so that it is seen without colour."""
    if not is_firm:
        return QPen(QColor(strong), 1.5, Qt.PenStyle.DashLine)
    return QPen(QColor(strong), 1) if has_edge else QPen(Qt.PenStyle.NoPen)
