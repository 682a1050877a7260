"""One page of a document on a ground, moved by finger, mouse, wheel or keys, as large as wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGestureEvent, QPinchGesture, QScrollArea, QWidget

from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import by_finger

DOTS = 96 / 25.4
"""Pixels in a millimetre when paper is as large on the screen as in the hand."""

LEAST, MOST = 0.1, 4.0
_SHADOW = 12
_SWIPE = 80
_PAGE, _WIDTH = "page", "width"
_Key = Qt.Key


class PaperSheet(Themed, QScrollArea):
    """Shows a page whole, as wide as there is room, or so many times its true size."""

    zoomed = Signal()
    turn_wanted = Signal(int)  # so many pages on
    first_wanted = Signal()
    last_wanted = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.fit = _PAGE
        self.zoom = 1.0
        self._mm = QSizeF(210, 297)
        self._held: QPoint | None = None
        self._paper = _Paper()
        named(self, name, "")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(self._paper)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for paintless in (self, self.viewport(), self._paper):
            paintless.setAutoFillBackground(False)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        by_finger(self)

    def show_page(self, mm: QSizeF) -> None:
        """A page of this size is to be seen; its picture may come a moment later."""
        self._mm = mm
        self._paper.show_picture(QImage())
        self._measure()
        self.verticalScrollBar().setValue(0)

    def show_picture(self, picture: QImage) -> None:
        """The page itself."""
        self._paper.show_picture(picture)

    def picture(self) -> QPixmap:
        """What is painted on the paper now."""
        return self._paper.picture

    def paper(self) -> QRectF:
        """Where the paper lies, on the ground that is moved."""
        return self._paper.sheet()

    def fit_to(self, fit: str) -> None:
        """Show it as large as fits: `page` whole, or `width`."""
        self.fit = fit
        self._measure()

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Larger or smaller, so that what is in the middle (or `around`) stays where it is."""
        at = around or QPointF(self.viewport().rect().center())
        before, held = self.zoom, QPointF(self._paper.mapFrom(self.viewport(), at.toPoint()))
        self.fit = ""
        self._zoom_to(self.zoom * factor)
        moved = held * (self.zoom / before) - at
        self.horizontalScrollBar().setValue(round(moved.x()))
        self.verticalScrollBar().setValue(round(moved.y()))

    def dress(self) -> None:
        self._paper.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(160), roomy(160))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {_Key.Key_PageDown: 1, _Key.Key_PageUp: -1}
        zooms = {_Key.Key_Plus: 1.25, _Key.Key_Equal: 1.25, _Key.Key_Minus: 0.8}
        if (turn := turns.get(_Key(event.key()))) and self._is_at_end(turn):
            self.turn_wanted.emit(turn)
        elif factor := zooms.get(_Key(event.key())):
            self.zoom_by(factor)
        elif event.key() == _Key.Key_0:
            self.fit_to(_PAGE)
        elif event.key() == _Key.Key_Home:
            self.first_wanted.emit()
        elif event.key() == _Key.Key_End:
            self.last_wanted.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1.25 if event.angleDelta().y() > 0 else 0.8, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None and self._can_move():
            moved, self._held = event.position().toPoint() - self._held, event.position().toPoint()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, self._held = self._held, None
        if held is not None and not self.horizontalScrollBar().maximum():
            self._swiped(event.position().toPoint() - held)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QGestureEvent) and self._pinched(event):
            return True
        return super().viewportEvent(event)

    def _pinched(self, event: QGestureEvent) -> bool:
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if not isinstance(pinch, QPinchGesture):
            return False
        middle = self.viewport().mapFromGlobal(pinch.centerPoint())
        self.zoom_by(pinch.scaleFactor(), middle)
        event.accept(pinch)
        return True

    def _swiped(self, moved: QPoint) -> None:
        if abs(moved.x()) > max(_SWIPE, 2 * abs(moved.y())):
            self.turn_wanted.emit(-1 if moved.x() > 0 else 1)

    def _can_move(self) -> bool:
        return bool(self.horizontalScrollBar().maximum() or self.verticalScrollBar().maximum())

    def _is_at_end(self, turn: int) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() == (bar.maximum() if turn > 0 else bar.minimum())

    def _measure(self) -> None:
        """As large as fits; a page that is fitted to the width may not be moved sideways."""
        if self.fit:
            room = QSizeF(self.maximumViewportSize()) - QSizeF(2 * edge(), 2 * edge())
            whole = min(room.width() / (self._mm.width() * DOTS), room.height() / (self._mm.height() * DOTS))
            wide = (room.width() - self.verticalScrollBar().sizeHint().width()) / (self._mm.width() * DOTS)
            self._zoom_to(whole if self.fit == _PAGE else max(whole, wide))
        else:
            self._zoom_to(self.zoom)

    def _zoom_to(self, zoom: float) -> None:
        self.zoom = min(MOST, max(LEAST, zoom))
        size = self._mm * (DOTS * self.zoom)
        self._paper.resize(size.toSize() + QSize(2 * edge(), 2 * edge()))
        self.zoomed.emit()


class _Paper(QWidget):
    """White paper with the one shadow there is at this desk."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.setObjectName("paper_page")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_picture(self, picture: QImage) -> None:
        """Paint this on the paper; an empty picture leaves it white."""
        self.picture = QPixmap.fromImage(picture)
        self.update()

    def sheet(self) -> QRectF:
        """The paper without its shadow."""
        return QRectF(self.rect()).adjusted(edge(), edge(), -edge(), -edge())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, sheet = QPainter(self), self.sheet()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if not current().pill_edge:  # high contrast has a line instead
            _paint_shadow(painter, sheet)
        painter.setPen(QPen(QColor(current().edge), 1) if current().pill_edge else Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRect(sheet)
        if not self.picture.isNull():
            painter.drawPixmap(sheet, self.picture, QRectF(self.picture.rect()))


def edge() -> int:
    """The ground around a page."""
    return roomy(16)


def _paint_shadow(painter: QPainter, sheet: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 5))
    for far in range(_SHADOW, 0, -1):
        painter.drawRoundedRect(sheet.adjusted(-far, -far + 2, far, far + 3), far, far)
