"""Where a signature is drawn, with finger, pen or mouse, and where it is shown again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.text import _
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.themed import Themed, named

Point = tuple[float, float]
_NEAR = 1.0
_HIGH = 116
_MOST_LIVE = 60_000
"""Points of a signature that nobody ends; further ones are not kept."""


class SignaturePad(Themed, QWidget):
    """Draws what the hand does, smooth and at once; keeps the strokes as they were drawn."""

    changed = Signal()
    began = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.strokes: list[list[Point]] = []
        self._is_down = False
        self._ink: QPixmap | None = None
        self._was = QSize()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        named(self, name, "")
        self.retranslate()

    @property
    def is_empty(self) -> bool:
        return not self.strokes

    def clear(self) -> None:
        """Begin anew."""
        if self.strokes:
            self.strokes = []
            self._ink = None
            self._tell()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Signature"))
        self._describe()

    def dress(self) -> None:
        self._ink = None

    def sizeHint(self) -> QSize:
        return QSize(roomy(300), roomy(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(200), roomy(_HIGH - 26))

    def event(self, event: QEvent) -> bool:
        touched = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
        if isinstance(event, QTouchEvent) and event.type() in touched:
            self._touch(event)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        acts = {
            QEvent.Type.TabletPress: self._begin,
            QEvent.Type.TabletMove: self._go_on,
            QEvent.Type.TabletRelease: self._end,
        }
        if act := acts.get(event.type()):
            act(event.position())
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is drawn grows and shrinks with its ground."""
        super().resizeEvent(event)
        was, now = event.oldSize(), event.size()
        if self.strokes and was.width() > 0 and was.height() > 0:
            right, down = now.width() / was.width(), now.height() / was.height()
            self.strokes = [[(x * right, y * down) for x, y in stroke] for stroke in self.strokes]
        self._ink = None

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(theme.primary if self.property("ring") else theme.edge), 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        if self.is_empty:
            painter.setPen(QColor(theme.mute))
            painter.setFont(desk_font(13))
            painter.drawText(
                self.rect(), Qt.AlignmentFlag.AlignCenter, _("Sign here with finger, pen or mouse")
            )
        else:
            painter.drawPixmap(0, 0, self._drawn())

    def _touch(self, event: QTouchEvent) -> None:
        """The first finger signs; a hand that rests on the pad does not."""
        at = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            self._begin(at)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._go_on(at)
        else:
            self._end(at)
        event.accept()

    def _begin(self, at: QPointF) -> None:
        self.began.emit()
        self._is_down = True
        self.strokes.append([(at.x(), at.y())])
        self._add_ink()
        self._tell()

    def _go_on(self, at: QPointF) -> None:
        if not self._is_down or sum(map(len, self.strokes)) >= _MOST_LIVE:
            return
        last = self.strokes[-1][-1]
        if abs(at.x() - last[0]) + abs(at.y() - last[1]) >= _NEAR:
            self.strokes[-1].append((at.x(), at.y()))
            self._add_ink()

    def _end(self, at: QPointF) -> None:
        if self._is_down:
            self._go_on(at)
            self._is_down = False
            self._tell()

    def _add_ink(self) -> None:
        """Only the newest bit: a long signature must not become slow."""
        if self._ink is None:
            self.update()
            return
        painter = _inked(self._ink)
        painter.drawPath(stroke_path(self.strokes[-1][-3:], is_part=True))
        painter.end()
        self.update()

    def _drawn(self) -> QPixmap:
        if self._ink is None:
            ratio = self.devicePixelRatioF()
            self._ink = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            self._ink.setDevicePixelRatio(ratio)
            self._ink.fill(Qt.GlobalColor.transparent)
            painter = _inked(self._ink)
            for stroke in self.strokes:
                painter.drawPath(stroke_path(stroke))
            painter.end()
        return self._ink

    def _tell(self) -> None:
        self._describe()
        self.update()
        self.changed.emit()

    def _describe(self) -> None:
        self.setAccessibleDescription(_("Nobody has signed yet") if self.is_empty else _("Signed"))


class SignaturePicture(Themed, QWidget):
    """A signature as it was drawn, as large as there is room for."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self._strokes: Sequence[Sequence[Point]] = ()
        self._size = QSize(1, 1)
        named(self, name, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strokes(self, strokes: Sequence[Sequence[Point]], width: int, height: int, spoken: str) -> None:
        """Show these strokes, drawn on a pad of this size; none hides the picture."""
        self._strokes, self._size = strokes, QSize(max(1, width), max(1, height))
        self.setAccessibleName(spoken)
        self.setVisible(bool(strokes))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(roomy(240), roomy(_HIGH - 26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        room = QRectF(self.rect()).adjusted(8, 6, -8, -6)
        grow = min(room.width() / self._size.width(), room.height() / self._size.height())
        painter.translate(
            room.center().x() - self._size.width() * grow / 2,
            room.center().y() - self._size.height() * grow / 2,
        )
        painter.scale(grow, grow)
        pen = _pen()
        pen.setWidthF(max(1.0, pen.widthF() / max(grow, 0.1) * 0.8))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            painter.drawPath(stroke_path(stroke))


def stroke_path(points: Sequence[Point], *, is_part: bool = False) -> QPainterPath:
    """A smooth line through the middles of a hand's points; `is_part` goes on from a line drawn before."""
    path = QPainterPath()
    if not points:
        return path
    first = QPointF(*points[0])
    if len(points) == 1:
        path.moveTo(first)
        path.lineTo(first + QPointF(0.1, 0.1))
        return path
    middles = [(QPointF(*a) + QPointF(*b)) / 2 for a, b in pairwise(points)]
    path.moveTo(middles[0] if is_part and len(middles) > 1 else first)
    if not is_part:
        path.lineTo(middles[0])
    for corner, middle in zip(points[1:], middles[1:], strict=False):
        path.quadTo(QPointF(*corner), middle)
    path.lineTo(QPointF(*points[-1]))
    return path


def _inked(ground: QPixmap) -> QPainter:
    painter = QPainter(ground)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen())
    return painter


def _pen() -> QPen:
    round_ends = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    return QPen(QColor(current().ink), max(2.5, scaled(5) / 2), *round_ends)
