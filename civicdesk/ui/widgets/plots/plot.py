"""What every plot shares: where its marks stand, and how they are reached by finger, mouse and keys."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy

from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.plots.marks import Mark, MarkModel
from civicdesk.ui.widgets.themed import Themed, named

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction
_TOWARDS = {
    _Move.MoveLeft: QPointF(-1, 0),
    _Move.MoveRight: QPointF(1, 0),
    _Move.MoveUp: QPointF(0, -1),
    _Move.MoveDown: QPointF(0, 1),
}
_ASIDE = 4
"""A mark to the side is this much farther than one straight ahead."""


class Plot(Themed, QListView):
    """Draws marks and says which was opened: by a tap, a click, or Enter on the one the arrows have reached.

    A plot does not scroll; it is as high as it needs to be, and the page around it scrolls.
    """

    opened = Signal(object)  # key of the mark

    def __init__(self, *, name: str, spoken: str = "") -> None:
        super().__init__()
        self._model = MarkModel()
        self._boxes: list[QRectF] = []
        self.setModel(self._model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "plot")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._open)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.viewport().update())
        named(self, name, spoken)

    @property
    def marks(self) -> Sequence[Mark]:
        """What is shown."""
        return self._model.marks

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these; the mark that was reached stays reached if it is still there."""
        kept = self._model.mark(self.currentIndex())
        self._model.show_marks(marks)
        if kept is not None:
            self.reach(kept.key)
        self.arrange()
        self.updateGeometry()

    def reach(self, key: Hashable) -> None:
        """Let the keyboard go on from this mark."""
        place = next((n for n, mark in enumerate(self.marks) if mark.key == key), -1)
        self.setCurrentIndex(self._model.index(place) if place >= 0 else QModelIndex())

    def box(self, key: Hashable) -> QRect:
        """Where a mark stands; empty if it is not shown."""
        place = next((n for n, mark in enumerate(self.marks) if mark.key == key), -1)
        return self.visualRect(self._model.index(place)) if place >= 0 else QRect()

    def arrange(self) -> None:
        """Find the place of every mark in the room there is."""
        self._boxes = self.places(QRectF(self.viewport().rect())) if self.marks else []
        self.viewport().update()

    def places(self, room: QRectF) -> list[QRectF]:
        """Where each mark stands, and may be tapped."""
        raise NotImplementedError

    def draw(self, painter: QPainter, boxes: Sequence[QRectF]) -> None:
        """Draw the marks at their places, and whatever stands around them."""
        raise NotImplementedError

    def high(self) -> int:
        """How high it wants to be."""
        raise NotImplementedError

    def dress(self) -> None:
        self.arrange()

    def sizeHint(self) -> QSize:
        return QSize(roomy(320), self.high())

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(200), self.high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._boxes:
            self.draw(painter, self._boxes)
        if self.hasFocus() and self.currentIndex().isValid():
            painter.setPen(QPen(QColor(current().ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(self.visualRect(self.currentIndex())).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, roomy(8), roomy(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.marks:
            self.setCurrentIndex(self._model.index(0))

    # --- as an item view -------------------------------------------------------

    def visualRect(self, index: _Index) -> QRect:
        is_there = index.isValid() and index.row() < len(self._boxes)
        return self._boxes[index.row()].toRect() if is_there else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        at = QPointF(point)
        place = next((n for n, box in enumerate(self._boxes) if box.contains(at)), -1)
        return self._model.index(place) if place >= 0 else QModelIndex()

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        place, last = self.currentIndex().row(), len(self.marks) - 1
        if towards := _TOWARDS.get(action):
            place = self._beside(place, towards)
        else:
            steps = {_Move.MoveHome: -last, _Move.MoveEnd: last, _Move.MovePrevious: -1, _Move.MoveNext: 1}
            place += steps.get(action, 0)
        return self._model.index(min(max(place, 0), last))

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Everything is in view already."""

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: _Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        self.selectionModel().select(self.indexAt(rect.center()), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def doItemsLayout(self) -> None:
        """Nothing for Qt to lay out: where everything stands is known without asking it."""

    def updateGeometries(self) -> None:
        """Nothing is scrolled."""

    def _beside(self, place: int, towards: QPointF) -> int:
        """The nearest mark in a direction; the same one at the edge."""
        if not 0 <= place < len(self._boxes):
            return 0
        here = self._boxes[place].center()
        best, nearest = place, 0.0
        for other, box in enumerate(self._boxes):
            far = box.center() - here
            ahead = QPointF.dotProduct(far, towards)
            aside = abs(far.x() * towards.y()) + abs(far.y() * towards.x())
            reach = ahead + _ASIDE * aside
            if ahead > 1 and aside <= ahead and (best == place or reach < nearest):
                best, nearest = other, reach
        return best

    def _open(self, index: QModelIndex) -> None:
        mark = self._model.mark(index)
        if mark is not None and mark.opens:
            self.opened.emit(mark.key)
