"""The timeline as a widget: scrolls both ways, and books by finger, mouse and keyboard."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.timeline.geometry import fitting
from civicdesk.ui.widgets.timeline.hand import Ghost, Hand, Spot
from civicdesk.ui.widgets.timeline.keys import Keys
from civicdesk.ui.widgets.timeline.model import TimelineModel
from civicdesk.ui.widgets.timeline.painting import Painting
from civicdesk.ui.widgets.timeline.plan import Block, Lane, Plan, Row
from civicdesk.ui.widgets.timeline.touching import Touching

_Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_HOUR = 60


class Timeline(Themed, QListView):
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
        super().__init__()
        named(self, name, spoken)
        self.judge: Callable[[Ghost], str] = lambda _ghost: ""
        self.plan, self.hand = Plan(), Hand()
        self._least_per_hour = least_per_hour
        self._model = TimelineModel()
        self.setModel(self._model)
        self.geometry_now = fitting(self.plan, 100, least_per_hour=64, row_height=50)
        self._painting = Painting(self.plan, self.geometry_now, 1.0)
        self._refusal = ""
        self._touching, self._keys = Touching(self), Keys(self)
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._draw_ahead)
        self._dress_view()
        self.selectionModel().currentChanged.connect(self._current_changed)
        self._lay_out()

    # --- what is shown -------------------------------------------------------

    def show_plan(self, plan: Plan) -> None:
        """Show this; what was chosen and where it was scrolled to stays, and a hand that holds something goes on."""
        kept = self._model.entry(self.currentIndex())
        had = bool(self.plan.rows)
        self.plan = plan
        self._model.show_plan(plan)
        if kept is not None:
            place = self._model.place(kept.key, is_block=isinstance(kept, Block))
            self.choose_place(place)
        if self.hand.ghost and self.hand.ghost.row >= len(plan.rows):
            self.hand.cancel()
        self._lay_out()
        if not had and plan.now is not None:
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

    def block_box(self, key: Hashable) -> QRect:
        """Where a booking stands in the view; empty if it is not on the timeline."""
        place = self._model.place(key, is_block=True)
        return self.visualRect(self._model.index(place)) if place >= 0 else QRect()

    def point(self, row: Hashable, minute: int) -> QPoint:
        """The point of the view at which a minute of a row stands."""
        place = next(n for n, one in enumerate(self.plan.rows) if one.key == row)
        x = self.geometry_now.x(minute) - self.horizontalScrollBar().value() + self._name_width()
        y = self.geometry_now.top(place) + self.geometry_now.row_height / 2 - self.verticalScrollBar().value()
        return QPoint(round(x), round(y + self._head()))

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

    # --- laying out and drawing ----------------------------------------------

    def dress(self) -> None:
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

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
        self._painting.edges.hours(painter, head, across)
        painter.translate(-wide, 0)
        painter.fillRect(QRect(wide, head - 1, ground.width(), 1), QColor(theme.line))
        bottom = min(ground.bottom(), head + self.geometry_now.height - down)
        self._painting.edges.now_line(painter, head, across, bottom, wide)
        painter.restore()
        painter.fillRect(QRect(0, head - 1, wide, 1), QColor(theme.line))
        painter.setPen(QColor(theme.mute))
        painter.setFont(self._painting.letters.hour)
        painter.drawText(QRect(14, 0, wide - 20, head), Qt.AlignmentFlag.AlignVCenter, self.plan.heading)

    def _lay_out(self) -> None:
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
        return min(scaled(186), max(self.viewport().width() // 3, 90))

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

    # --- what hands and keys do ----------------------------------------------

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
