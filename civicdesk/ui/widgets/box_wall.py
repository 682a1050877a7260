"""The wall of boxes: every box with what lies in it, notices in red, and how long the oldest item has waited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from civicdesk.desk.mail_wall import Age, Tile
from civicdesk.text import _, number
from civicdesk.ui.post_words import age_tone, days_words, items_words, notices_words
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import touch_list

_Index = QModelIndex | QPersistentModelIndex
_TILE = Qt.ItemDataRole.UserRole
_SEMI, _BOLD = QFont.Weight.DemiBold, QFont.Weight.Bold
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
_GAP = 8
_WIDE, _HIGH = 84, 72
_LEAST = 22
"""The smallest side of a box when all of them are seen at once."""


class WallModel(QAbstractListModel):
    """The boxes as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: Sequence[Tile] = ()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these boxes."""
        is_same = [tile.number for tile in tiles] == [tile.number for tile in self.tiles]
        if not is_same:
            self.beginResetModel()
        self.tiles = tiles
        if not is_same:
            self.endResetModel()
        elif tiles:
            self.dataChanged.emit(self.index(0), self.index(len(tiles) - 1))

    def row(self, box: int) -> int:
        """Where a box is among those shown, or -1."""
        return next((row for row, tile in enumerate(self.tiles) if tile.number == box), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.tiles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.tiles):
            return None
        tile = self.tiles[index.row()]
        if role == _TILE:
            return tile
        if role == Qt.ItemDataRole.DisplayRole:
            return str(tile.number)
        return spoken(tile) if role == Qt.ItemDataRole.AccessibleTextRole else None


class BoxWall(Themed, QListView):
    """Tap or Enter opens a box. With `is_whole` all boxes are seen at once, small and without names."""

    opened = Signal(int)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.wall = WallModel()
        self.box: int | None = None
        self.is_whole = False
        self.setModel(self.wall)
        self.setItemDelegate(_Painting(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSpacing(0)
        self.setProperty("kind", "wall")
        named(self, name, "")
        touch_list(self)
        self.clicked.connect(self._open)
        self.retranslate()

    def show_tiles(self, tiles: Sequence[Tile], *, is_whole: bool = False) -> None:
        """Show these boxes."""
        self.is_whole = is_whole
        self.wall.show_tiles(tiles)
        self.arrange()

    def mark_box(self, box: int | None) -> None:
        """Show which box is open beside the wall."""
        self.box = box
        row = self.wall.row(box) if box is not None else -1
        self.setCurrentIndex(self.wall.index(row) if row >= 0 else QModelIndex())
        if row >= 0:
            self.scrollTo(self.wall.index(row))
        self.viewport().update()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Boxes"))
        self.viewport().update()

    def dress(self) -> None:
        self.arrange()

    def arrange(self) -> None:
        """Make the boxes as large as the room lets them be."""
        size = self._whole_grid() if self.is_whole else self._grid()
        if size != self.gridSize():
            self.setGridSize(size)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _grid(self) -> QSize:
        room = self._room()
        columns = max(1, room // (roomy(roomy(_WIDE)) + _GAP))
        return QSize(room // columns, roomy(18) + scaled(_HIGH - 18) + _GAP)

    def _whole_grid(self) -> QSize:
        """The largest size at which all fit without scrolling."""
        count, wide, high = max(1, len(self.wall.tiles)), self._room(), max(1, self.viewport().height() - 2)
        for columns in range(1, wide // _LEAST + 1):
            side = wide / columns
            if ceil(count / columns) * min(side * 0.8, roomy(48)) <= high:
                rows = ceil(count / columns)
                return QSize(int(side), max(_LEAST, int(min(high / rows, side))))
        return QSize(_LEAST, _LEAST)

    def _room(self) -> int:
        # the bar may come or go: a room that does not depend on it keeps the boxes still
        return max(1, self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width() - 2)

    def _open(self, index: QModelIndex) -> None:
        if isinstance(tile := index.data(_TILE), Tile):
            self.opened.emit(tile.number)


def spoken(tile: Tile) -> str:
    """A box as a screen reader says it."""
    parts = [str(tile.number), *(tile.names or (_("free box"),))]
    parts.append(items_words(tile.waiting) if tile.waiting else _("empty"))
    if tile.notices:
        parts.append(notices_words(tile.notices))
    if tile.waiting and tile.days:
        parts.append(days_words(tile.days))
    return ", ".join(parts)


@dataclass(frozen=True)
class _Colours:
    """How a box is coloured; never by colour alone, as count, shape and word say it too."""

    ground: str
    edge: str
    number: str


class _Painting(QStyledItemDelegate):
    """A box: its number, whose it is, how many items, and below them how old they are."""

    def __init__(self, wall: BoxWall) -> None:
        super().__init__(wall)
        self._wall = wall

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._wall.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tile: Tile = index.data(_TILE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 2 if self._wall.is_whole else _GAP
        box = QRectF(option.rect).adjusted(1, 1, -gap, -gap)
        is_open = tile.number == self._wall.box
        _paint_ground(painter, box, tile, is_open=is_open, is_small=self._wall.is_whole)
        if self._wall.is_whole:
            _paint_small(painter, box, tile)
        else:
            _paint_large(painter, box, tile)
        if option.state & QStyle.StateFlag.State_HasFocus and self._wall.property("ring"):
            painter.setPen(QPen(QColor(current().ink), 2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 7, 7)
        painter.restore()


def _paint_ground(painter: QPainter, box: QRectF, tile: Tile, *, is_open: bool, is_small: bool) -> None:
    colours = _colours(tile)
    width = 3 if is_open else 2 if tile.notices else 1
    painter.setPen(QPen(QColor(current().primary if is_open else colours.edge), width))
    painter.setBrush(QColor(current().surface if is_open and not is_small else colours.ground))
    inset = width / 2
    radius = 5 if is_small else roomy(10)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def _colours(tile: Tile) -> _Colours:
    theme = current()
    if tile.notices:
        return _Colours(theme.bad_soft, theme.bad, theme.ink)
    if tile.waiting:
        edge = theme.info if theme.pill_edge else theme.info_soft
        return _Colours(theme.info_soft, edge, theme.ink)
    return _Colours(theme.surface, theme.line, theme.ink if tile.organisations else theme.mute)


def _paint_large(painter: QPainter, box: QRectF, tile: Tile) -> None:
    theme, inner = current(), box.adjusted(roomy(9), roomy(6), -roomy(7), -roomy(5))
    side = scaled(24) if tile.waiting else 0
    line = scaled(18)
    top = QRectF(inner.left(), inner.top(), inner.width() - side, max(line, side))
    _write(painter, top, str(tile.number), desk_font(15, _BOLD), _colours(tile).number)
    if tile.waiting:
        mark = QRectF(inner.right() - side, inner.top(), side, side)
        _paint_count(painter, mark, tile)
    names = " · ".join(tile.short_names) or _("free")
    second = QRectF(inner.left(), top.bottom(), inner.width(), scaled(16))
    _write(painter, second, names, desk_font(12), theme.mute)
    if tile.waiting:
        _paint_age(painter, QRectF(inner.left(), second.bottom(), inner.width(), scaled(16)), tile)


def _paint_small(painter: QPainter, box: QRectF, tile: Tile) -> None:
    """The number, heavy where something waits; in the corner a mark whose shape tells a notice from the rest."""
    font = desk_font(11, _BOLD if tile.waiting else QFont.Weight.Normal)
    font.setPixelSize(max(8, min(scaled(13), int(box.width() / 2.4), int(box.height() / 1.7))))
    painter.setFont(font)
    painter.setPen(QColor(_colours(tile).number if tile.waiting else current().mute))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(tile.number))
    if tile.waiting:
        side = max(5.0, box.height() / 4)
        corner = QRectF(box.right() - side - 2, box.top() + 2, side, side)
        _paint_shape(
            painter,
            corner,
            tile.age,
            current().bad if tile.notices else current().info,
            is_square=bool(tile.notices),
        )


def _paint_count(painter: QPainter, mark: QRectF, tile: Tile) -> None:
    """A disc with the count; a notice has a square one."""
    theme = current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.bad if tile.notices else theme.info))
    if tile.notices:
        painter.drawRoundedRect(mark, 5, 5)
    else:
        painter.drawEllipse(mark)
    painter.setPen(QColor(theme.on_tone))
    count = number(tile.waiting) if tile.waiting < 100 else "99+"  # noqa: PLR2004  two digits fit
    painter.setFont(desk_font(13 if tile.waiting < 10 else 11, _BOLD))  # noqa: PLR2004
    painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, count)


def _paint_age(painter: QPainter, room: QRectF, tile: Tile) -> None:
    """How old the oldest item is: a shape for the step it reached, and the days in words."""
    tone = age_tone(tile.age)
    ink = current().tone(tone)[0]
    words = days_words(tile.days)
    left = room.left()
    if tile.age:
        side = scaled(9)
        spot = QRectF(left, room.center().y() - side / 2, side, side)
        _paint_shape(painter, spot, tile.age, ink)
        left += side + 4
    rest = QRectF(left, room.top(), room.right() - left, room.height())
    _write(painter, rest, words, desk_font(12, _SEMI if tile.age else QFont.Weight.Normal), ink)


def _paint_shape(painter: QPainter, spot: QRectF, age: Age, ink: str, *, is_square: bool = False) -> None:
    """A dot from three days on, a triangle from seven, a diamond from thirty."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    middle, top, low = spot.center(), spot.top(), spot.bottom()
    if is_square:
        painter.drawRect(spot)
    elif age is Age.DAYS_30:
        diamond = [QPointF(middle.x(), top), QPointF(spot.right(), middle.y())]
        diamond += [QPointF(middle.x(), low), QPointF(spot.left(), middle.y())]
        painter.drawPolygon(QPolygonF(diamond))
    elif age is Age.DAYS_7:
        painter.drawPolygon(QPolygonF([QPointF(middle.x(), top), spot.bottomRight(), spot.bottomLeft()]))
    else:
        painter.drawEllipse(spot)


def _write(painter: QPainter, room: QRectF, words: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, _LEFT, shown)
