"""The wall of boxes: every box with what lies in it, notices in red, and how long the oldest item has waited."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPointingDevice,
    QResizeEvent,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from civicdesk.desk.mail_wall import Tile
from civicdesk.text import _
from civicdesk.ui.post_words import days_words, items_words, notices_words
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.box_painting import paint_ground, paint_large, paint_small
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import touch_list

_Index = QModelIndex | QPersistentModelIndex
_TILE = Qt.ItemDataRole.UserRole
_GAP = 8
_WIDE, _HIGH = 84, 72
_LEAST = 22
"""The smallest side of a box when all of them are seen at once."""

_FINGER = 44
"""A finger hits nothing smaller for certain."""


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
    """Tap or Enter opens a box. With `is_whole` all boxes are seen at once, small and without names.

    A finger that touches boxes smaller than itself opens none: `touched` says where, and a lens shows them in large.
    """

    opened = Signal(int)
    touched = Signal(int, QPoint)  # the row, and the place on the wall

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.wall = WallModel()
        self.box: int | None = None
        self.is_whole = False
        self._is_finger = False
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
        self.clicked.connect(self._tapped)
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

    def large(self) -> QSize:
        """How much room a box takes that is seen by itself."""
        return QSize(roomy(roomy(_WIDE)) + _GAP, roomy(18) + scaled(_HIGH - 18) + _GAP)

    def neighbours(self, row: int, across: int, down: int) -> list[Tile]:
        """So many boxes around this one as they hang, fewer where the wall ends."""
        tiles = self.wall.tiles
        columns = max(1, self._room() // max(1, self.gridSize().width()))
        lines = ceil(len(tiles) / columns)
        left = min(max(0, row % columns - across // 2), max(0, columns - across))
        top = min(max(0, row // columns - down // 2), max(0, lines - down))
        rows = (line * columns + left for line in range(top, min(lines, top + down)))
        return [tile for first in rows for tile in tiles[first : first + min(across, columns - left)]]

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_finger = event.pointingDevice().type() == QPointingDevice.DeviceType.TouchScreen
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _grid(self) -> QSize:
        room = self._room()
        large = self.large()
        columns = max(1, room // large.width())
        return QSize(room // columns, large.height())

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

    def _tapped(self, index: QModelIndex) -> None:
        size = self.gridSize()
        if self._is_finger and min(size.width(), size.height()) < _FINGER:
            self.touched.emit(index.row(), self.visualRect(index).center())
        else:
            self._open(index)

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
        paint_ground(painter, box, tile, is_open=is_open, is_small=self._wall.is_whole)
        if self._wall.is_whole:
            paint_small(painter, box, tile)
        else:
            paint_large(painter, box, tile)
        if option.state & QStyle.StateFlag.State_HasFocus and self._wall.property("ring"):
            painter.setPen(QPen(QColor(current().ink), 2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 7, 7)
        painter.restore()
