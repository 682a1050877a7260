"""The timeline as a widget: scrolls both ways, and books by finger, mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTouchEvent,
    QWheelEvent,
)

from civicdesk.ui.theme.now import current
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.timeline.hand import Ghost, Hand
from civicdesk.ui.widgets.timeline.keys import Keys
from civicdesk.ui.widgets.timeline.plan import Block, Plan, Row
from civicdesk.ui.widgets.timeline.plane import Plane
from civicdesk.ui.widgets.timeline.touching import Touching

_Flag = QItemSelectionModel.SelectionFlag
_HOUR = 60


class Timeline(Plane):
    """Draw on free time to book; drag a booking to move it; pull at its ends to change its length.

    A finger scrolls; held still for a moment, or on the chosen booking, it takes hold like a mouse. By keyboard:
    arrows choose, Space takes hold, arrows move (with Shift the end, with Alt the beginning), Enter puts down or
    opens, Escape lets everything be. `judge` says in words why a ghost cannot stand where it is, else "".
    """

    create_wanted = Signal(object, int, int)  # row key, first minute, end minute
    move_wanted = Signal(object, object, int, int)  # block key, row key, first minute, end minute
    chosen = Signal(object)  # block key or None
    opened = Signal(object)  # block key
    row_opened = Signal(object)  # row key

    def __init__(self, *, name: str, spoken: str = "", least_per_hour: float = 64) -> None:
        super().__init__(least_per_hour)
        named(self, name, spoken)
        self.judge: Callable[[Ghost], str] = lambda _ghost: ""
        self.hand, self._refusal = Hand(), ""
        self._touching, self._keys = Touching(self), Keys(self)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._draw_ahead)
        self.selectionModel().currentChanged.connect(self._current_changed)

    # --- what is shown -------------------------------------------------------

    def show_plan(self, plan: Plan) -> None:
        """Show this; what was chosen and where it was scrolled to stays, and a hand that holds something goes on."""
        kept = self._model.entry(self.currentIndex())
        is_other_time = not self.plan.rows or self.plan.labels != plan.labels
        self.plan = plan
        self._model.show_plan(plan)
        if kept is not None:
            place = self._model.place(kept.key, is_block=isinstance(kept, Block))
            self.choose_place(place)
        if self.hand.ghost and self.hand.ghost.row >= len(plan.rows):
            self.hand.cancel()
        self._lay_out()
        if is_other_time and plan.now is not None:
            self.scroll_to_minute(plan.now - _HOUR)

    def scroll_to_minute(self, minute: int) -> None:
        """Bring a minute to the left edge, as far as there is something to scroll."""
        self.horizontalScrollBar().setValue(round(self.geometry_now.x(minute)))

    def chosen_block(self) -> Block | None:
        """The booking that is chosen."""
        entry = self.chosen_entry()
        return entry if isinstance(entry, Block) else None

    def chosen_entry(self) -> Row | Block | None:
        """The room or booking that is chosen."""
        return self._model.entry(self.currentIndex())

    def choose(self, key: Hashable | None) -> None:
        """Choose a booking; none with None."""
        self.choose_place(self._model.place(key, is_block=True) if key is not None else -1)

    def choose_row(self, key: Hashable) -> None:
        """Choose a room."""
        self.choose_place(self._model.place(key, is_block=False))

    def choose_place(self, place: int) -> None:
        """Choose by the place in reading order; nothing before the first."""
        if place < 0 or not self._model.entries:
            self.selectionModel().clear()
        else:
            index = self._model.index(min(place, len(self._model.entries) - 1))
            self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        self.viewport().update()

    # --- drawing -----------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, ground = current(), self.ground()
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(theme.surface))
        painter.save()
        painter.setClipRect(ground)
        painter.translate(ground.left() - across, ground.top() - down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRect(across, down, ground.width(), ground.height())
        self._painting.ground(painter, seen)
        self._paint_choice(painter)
        if ghost := self.hand.ghost:
            self._painting.ghosts.ghost(painter, ghost, self._refusal, seen)
        painter.restore()
        self._paint_edges(painter, ground, across, down)
        painter.end()
        self._ahead.start()

    def _draw_ahead(self) -> None:
        """Between two frames: what the next push of a finger will show."""
        ground = self.ground()
        offset = QPoint(self.horizontalOffset(), self.verticalOffset())
        if self._painting.draw_ahead(QRect(offset, ground.size())):
            self._ahead.start()

    def _paint_choice(self, painter: QPainter) -> None:
        block = self.chosen_block()
        if block is not None and self.hand.ghost is None:
            box = QRectF(*self.geometry_now.box(block, self.row_of(block.row), self._lane(block)))
            self._painting.ghosts.mark(painter, box, has_handles=not block.is_fixed)

    def _paint_edges(self, painter: QPainter, ground: QRect, across: int, down: int) -> None:
        theme, head, wide = current(), self._head(), self._name_width()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRect(0, head, wide, ground.height()))
        painter.translate(0, head - down)
        self._painting.edges.names(painter, wide, QRect(0, down, wide, ground.height()))
        entry = self._model.entry(self.currentIndex())
        if isinstance(entry, Row) and self.hasFocus():
            top = self.geometry_now.top(self.row_of(entry.key))
            self._painting.ghosts.mark(
                painter, QRectF(4, top + 4, wide - 9, self.geometry_now.row_height - 9), has_handles=False
            )
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRect(wide, 0, ground.width(), self.viewport().height()))
        painter.fillRect(QRect(wide, 0, ground.width(), head), QColor(theme.surface))
        painter.translate(wide, 0)
        self._painting.edges.hours(painter, head, across, ground.width())
        painter.translate(-wide, 0)
        painter.fillRect(QRect(wide, head - 1, ground.width(), 1), QColor(theme.line))
        bottom = min(ground.bottom(), head + self.geometry_now.height - down)
        self._painting.edges.now_line(painter, head, across, bottom, wide)
        painter.restore()
        painter.fillRect(QRect(0, head - 1, wide, 1), QColor(theme.line))
        painter.setPen(QColor(theme.mute))
        painter.setFont(self._painting.letters.hour)
        painter.drawText(QRect(14, 0, wide - 20, head), Qt.AlignmentFlag.AlignVCenter, self.plan.heading)

    # --- what hands and keys do ----------------------------------------------

    def judge_ghost(self) -> None:
        """Ask whether what is held could be put down here."""
        ghost = self.hand.ghost
        self._refusal = self.judge(ghost) if ghost else ""
        self.viewport().update()

    def put_down(self) -> None:
        """Let go of what is held; where it cannot stand it goes back."""
        refusal, self._refusal = self._refusal, ""
        ghost = self.hand.let_go()
        self.viewport().update()
        if ghost is None or refusal:
            return
        row = self.plan.rows[ghost.row].key
        if ghost.key is None:
            self.create_wanted.emit(row, ghost.start, ghost.end)
        else:
            self.move_wanted.emit(ghost.key, row, ghost.start, ghost.end)

    def let_be(self) -> None:
        """Hold nothing; everything is where it was."""
        self.hand.cancel()
        self._refusal = ""
        self.viewport().update()

    def follow_ghost(self) -> None:
        """Scroll to what the keyboard holds."""
        if (ghost := self.hand.ghost) is None:
            return
        ground, across, down = self.ground(), self.horizontalScrollBar(), self.verticalScrollBar()
        left, right = self.geometry_now.x(ghost.start), self.geometry_now.x(ghost.end)
        if left < across.value():
            across.setValue(int(left) - 8)
        elif right > across.value() + ground.width():
            across.setValue(int(right) - ground.width() + 8)
        top = self.geometry_now.top(ghost.row)
        down.setValue(max(min(down.value(), top), top + self.geometry_now.row_height - ground.height()))

    # --- events ----------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.points():
            self._touching.touch(event)
            event.accept()
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._touching.press(event.position().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        is_down = bool(event.buttons() & Qt.MouseButton.LeftButton)
        self._touching.move(at) if is_down else self._touching.hover(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._touching.release(event.position().toPoint())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.angleDelta().y():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - event.angleDelta().y())
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not self.hand.holds:
            super().keyPressEvent(event)
        elif not self._keys.press(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose_place(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._touching.give_up()
        self.let_be()

    def _current_changed(self, current_: QModelIndex, _before: QModelIndex) -> None:
        if current_.isValid() and not self.hand.holds:
            self.scrollTo(current_)
        entry = self._model.entry(current_)
        self.chosen.emit(entry.key if isinstance(entry, Block) else None)
