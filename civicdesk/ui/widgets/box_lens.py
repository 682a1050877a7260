"""A part of the wall in large: where all boxes are seen at once, a finger covers more than one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from civicdesk.text import _
from civicdesk.ui.widgets.box_wall import BoxWall
from civicdesk.ui.widgets.themed import Themed, named

_ACROSS, _DOWN = 5, 3
"""So many boxes stand around the one that was touched, and itself."""

_MARGIN, _EDGE = 10, 4


class BoxLens(Themed, QFrame):
    """Opens over the wall where it was touched; a tap on a box opens it, a tap anywhere else puts the lens away."""

    def __init__(self, wall: BoxWall) -> None:
        super().__init__(wall)
        self._wall = wall
        self.boxes = BoxWall(name=f"{wall.objectName()}_lens_boxes")
        self.boxes.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("kind", "lens")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(_MARGIN, _MARGIN, 0, 0)
        inside.addWidget(self.boxes)
        named(self, f"{wall.objectName()}_lens", "")
        wall.touched.connect(self.show_near)
        self.boxes.opened.connect(self._open)
        self.retranslate()
        self.hide()

    def show_near(self, row: int, at: QPoint) -> None:
        """Show the boxes around this one, above the place that was touched."""
        tiles = self._wall.neighbours(row, _ACROSS, _DOWN)
        self.resize(self._size())
        self.move(self._place(at))
        self.show()
        self.raise_()
        self.boxes.show_tiles(tiles)
        self.boxes.mark_box(self._wall.wall.tiles[row].number)
        self.boxes.setFocus()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Boxes around the one that was touched"))

    def showEvent(self, event: QShowEvent) -> None:
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A tap beside the lens only puts it away."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            here = QRect(self.mapToGlobal(QPoint()), self.size())
            if not here.contains(event.globalPosition().toPoint()):
                self.hide()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._wall.setFocus()
        else:
            super().keyPressEvent(event)

    def _open(self, number: int) -> None:
        self._wall.setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # else the keyboard would land on the next button
        self.hide()
        self._wall.opened.emit(number)

    def _size(self) -> QSize:
        large, frame = self.boxes.large(), 2 * _MARGIN + 2 * _EDGE
        bar = self.boxes.verticalScrollBar().sizeHint().width()
        return QSize(_ACROSS * large.width() + bar + frame, _DOWN * large.height() + frame)

    def _place(self, at: QPoint) -> QPoint:
        """Around the finger, within the wall."""
        room = self._wall.rect()
        left = min(max(0, at.x() - self.width() // 2), max(0, room.width() - self.width()))
        top = min(max(0, at.y() - self.height() // 2), max(0, room.height() - self.height()))
        return QPoint(left, top)
