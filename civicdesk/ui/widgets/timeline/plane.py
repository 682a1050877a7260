"""The plane of a timeline: which rooms and bookings stand where on it, how it scrolls, what Qt asks of a list."""

from __future__ import annotations

from collections.abc import Hashable
from math import ceil

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.timeline.geometry import fitting
from civicdesk.ui.widgets.timeline.hand import Spot
from civicdesk.ui.widgets.timeline.letters import Letters
from civicdesk.ui.widgets.timeline.model import TimelineModel
from civicdesk.ui.widgets.timeline.painting import Painting
from civicdesk.ui.widgets.timeline.plan import Block, Lane, Plan, Row

_Index = QModelIndex | QPersistentModelIndex


class Plane(Themed, QListView):
    """Knows where everything stands, in the pixels of the view, and draws nothing."""

    def __init__(self, least_per_hour: float) -> None:
        super().__init__()
        self.plan = Plan()
        self._longest_name = 0
        self._least_per_hour = least_per_hour
        self._model = TimelineModel()
        self.setModel(self._model)
        self.geometry_now = fitting(self.plan, 100, least_per_hour=64, row_height=50)
        self._painting = Painting(self.plan, self.geometry_now, 1.0)
        self._dress_view()
        self._lay_out()

    def block_box(self, key: Hashable) -> QRect:
        """Where a booking stands in the view; empty if it is not on the timeline."""
        place = self._model.place(key, is_block=True)
        return self.visualRect(self._model.index(place)) if place >= 0 else QRect()

    def point(self, row: Hashable, minute: int) -> QPoint:
        """The first point of the view at which a minute of a row stands."""
        place = next(n for n, one in enumerate(self.plan.rows) if one.key == row)
        x = self.geometry_now.x(minute) - self.horizontalScrollBar().value() + self._name_width()
        y = self.geometry_now.top(place) + self.geometry_now.row_height / 2 - self.verticalScrollBar().value()
        return QPoint(ceil(x), round(y + self._head()))

    def spot(self, at: QPoint) -> Spot:
        """The row and the minute under a point of the view."""
        x = at.x() - self._name_width() + self.horizontalScrollBar().value()
        y = at.y() - self._head() + self.verticalScrollBar().value()
        return Spot(self.geometry_now.row_at(y), self.geometry_now.minute(x))

    def is_free_ground(self, at: QPoint) -> bool:
        """Whether a point is on the ground, under no booking."""
        y = at.y() - self._head() + self.verticalScrollBar().value()
        return self.ground().contains(at) and y < self.geometry_now.height and self.block_at(at) is None

    def entry_at(self, at: QPoint) -> Row | Block | None:
        """The room or booking under a point of the view."""
        return self._model.entry(self.indexAt(at))

    def block_at(self, at: QPoint) -> Block | None:
        """The booking under a point of the view."""
        entry = self.entry_at(at)
        return entry if isinstance(entry, Block) else None

    # --- where everything stands -----------------------------------------------

    def dress(self) -> None:
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        of_room = Letters().of_room
        self._longest_name = (
            max((of_room.horizontalAdvance(row.title) for row in self.plan.rows), default=0) + 24
        )
        ground = self.ground()
        self.geometry_now = fitting(
            self.plan,
            max(ground.width(), 50),
            least_per_hour=scaled(self._least_per_hour / (1 if len(self.plan.stretches) == 1 else 2)),
            row_height=self._row_height(ground.height()),
        )
        self._painting = Painting(self.plan, self.geometry_now, self.devicePixelRatioF())
        for bar, length, room in (
            (self.horizontalScrollBar(), self.geometry_now.width, ground.width()),
            (self.verticalScrollBar(), self.geometry_now.height, ground.height()),
        ):
            bar.setRange(0, max(0, length - room))
            bar.setPageStep(max(room, 1))
            bar.setSingleStep(self.geometry_now.row_height // 2)
        self.viewport().update()

    def _row_height(self, room: int) -> int:
        """High enough for two lines; a few rooms fill the view, but never grow much."""
        least = roomy(16) + scaled(37)
        return max(least, min(room // max(len(self.plan.rows), 1), least * 5 // 3))

    def _dress_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.setMouseTracking(True)

    def ground(self) -> QRect:
        """The part of the view in which bookings stand."""
        left, top = self._name_width(), self._head()
        return QRect(
            left, top, max(self.viewport().width() - left, 1), max(self.viewport().height() - top, 1)
        )

    def _head(self) -> int:
        return roomy(14) + scaled(22) * (2 if len(self.plan.stretches) > 1 else 1)

    def _name_width(self) -> int:
        """Wide enough for most names, wider for a longer one, but never much of a narrow view."""
        wanted = min(max(self._longest_name, scaled(186)), scaled(228))
        return min(wanted, max(self.viewport().width() // 3, 90))

    def row_of(self, key: Hashable) -> int:
        """Which row from above a room is."""
        return next((n for n, row in enumerate(self.plan.rows) if row.key == key), 0)

    def _lane(self, block: Block) -> Lane:
        return self.plan.lanes.get(block.key, Lane())

    def box(self, block: Block) -> QRectF:
        """Where a booking stands, in the view's own pixels."""
        left, top, wide, high = self.geometry_now.box(block, self.row_of(block.row), self._lane(block))
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRectF(left - across + self._name_width(), top - down + self._head(), wide, high)

    # --- as an item view -----------------------------------------------------

    def visualRect(self, index: _Index) -> QRect:
        entry = self._model.entry(index)
        if entry is None:
            return QRect()
        if isinstance(entry, Row):
            top = self.geometry_now.top(self.row_of(entry.key)) - self.verticalScrollBar().value()
            return QRect(0, top + self._head(), self._name_width(), self.geometry_now.row_height)
        return self.box(entry).toRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        if point.y() < self._head() or not self.plan.rows:
            return QModelIndex()
        y = point.y() - self._head() + self.verticalScrollBar().value()
        if y >= self.geometry_now.height:
            return QModelIndex()
        row = self.plan.rows[self.geometry_now.row_at(y)]
        if point.x() < self._name_width():
            return self._model.index(self._model.place(row.key, is_block=False))
        for block in self.plan.by_row[row.key]:
            if self.box(block).contains(point):
                return self._model.index(self._model.place(block.key, is_block=True))
        return QModelIndex()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        box, ground = self.visualRect(index), self.ground()
        if not box.isValid():
            return
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        if box.top() < ground.top():
            down.setValue(down.value() + box.top() - ground.top())
        elif box.bottom() > ground.bottom():
            down.setValue(down.value() + box.bottom() - ground.bottom())
        if isinstance(self._model.entry(index), Row):
            return
        if box.left() < ground.left() or box.width() > ground.width():
            across.setValue(across.value() + box.left() - ground.left() - 8)
        elif box.right() > ground.right():
            across.setValue(across.value() + box.right() - ground.right() + 8)

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        steps = {
            QAbstractItemView.CursorAction.MoveHome: -len(self._model.entries),
            QAbstractItemView.CursorAction.MoveEnd: len(self._model.entries),
            QAbstractItemView.CursorAction.MovePrevious: -1,
            QAbstractItemView.CursorAction.MoveNext: 1,
        }
        place = self.currentIndex().row() + steps.get(action, 0)
        return self._model.index(min(max(place, 0), len(self._model.entries) - 1))

    def doItemsLayout(self) -> None:
        """Nothing for Qt to lay out: where everything stands is known without asking it."""

    def updateGeometries(self) -> None:
        """The bars scroll the ground, not a list of items."""
