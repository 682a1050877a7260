"""Booking by mouse and finger: a mouse takes hold at once, a finger scrolls unless it is held still."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QTouchEvent
from PySide6.QtWidgets import QScroller

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.timeline.hand import Grip
from civicdesk.ui.widgets.timeline.plan import Block, Row

if TYPE_CHECKING:
    from civicdesk.ui.widgets.timeline.view import Timeline

_SLIP = 6
"""Pixels a mouse may slip while it clicks; a finger may slip twice that."""
_LONG_PRESS_MS = 350
_EDGE = 40
"""Pixels from an edge within which something held pushes the ground on."""
_FRAME_MS = 16
_HALF_HOUR, _HOUR = 30, 60
_MOUSE_PULL = 10
_FINGER_PULL = 22


class Touching(QObject):
    """What mouse and finger do on a timeline."""

    def __init__(self, view: Timeline) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: QPoint | None = None
        self._at = QPoint()
        self._is_finger = self._scrolls = False
        self._held = _timer(self, _LONG_PRESS_MS, self._held_long)
        self._held.setSingleShot(True)
        self._push = _timer(self, _FRAME_MS, self._push_on)

    def press(self, at: QPoint, *, is_finger: bool = False) -> None:
        """A button or a finger went down."""
        self._pressed, self._at, self._is_finger = at, at, is_finger
        if not is_finger:
            return
        block = self._view.chosen_block()
        if block is not None and self._grip(at, block) is not None:
            self._begin(at)
        else:
            self._held.start()

    def move(self, at: QPoint) -> None:
        """It moved while it was down."""
        self._at = at
        if not self._view.hand.holds:
            if self._pressed is None or (at - self._pressed).manhattanLength() <= _SLIP:
                return
            self._begin(self._pressed)
        self._push.start()
        self._drag()

    def release(self, at: QPoint) -> None:
        """It went up: what is held is put down, else it was a click."""
        self._push.stop()
        self._held.stop()
        pressed, self._pressed = self._pressed, None
        if self._view.hand.holds:
            has_moved = pressed is None or (at - pressed).manhattanLength() > _SLIP
            self._view.put_down() if has_moved or not self._is_finger else self._view.let_be()
        elif pressed is not None:
            self._click(at)

    def give_up(self) -> None:
        """Nothing is pressed any more, whatever was."""
        self._push.stop()
        self._held.stop()
        self._pressed = None

    def touch(self, event: QTouchEvent) -> None:
        """One finger counts; a second one is let go, so that a palm on the screen moves nothing."""
        finger = event.points()[0]
        at, when = finger.position().toPoint(), event.timestamp()
        scroller = QScroller.scroller(self._view.viewport())
        if event.type() == QEvent.Type.TouchBegin:
            self._scrolls = False
            self.press(at, is_finger=True)
            if not self._view.hand.holds:
                scroller.handleInput(QScroller.Input.InputPress, finger.position(), when)
        elif event.type() == QEvent.Type.TouchUpdate and self._view.hand.holds:
            self.move(at)
        elif event.type() == QEvent.Type.TouchUpdate:
            self._slip(at)
            scroller.handleInput(QScroller.Input.InputMove, finger.position(), when)
        else:
            scroller.handleInput(QScroller.Input.InputRelease, finger.position(), when)
            self._lift(at, is_cancelled=event.type() == QEvent.Type.TouchCancel)

    def hover(self, at: QPoint) -> None:
        """The mouse passes: its shape tells what it would take hold of."""
        block = self._view.block_at(at)
        grip = self._grip(at, block) if block is not None and not block.is_fixed else None
        shape = Qt.CursorShape.ArrowCursor
        if grip is not None:
            is_end = grip in (Grip.BEGIN, Grip.END)
            shape = Qt.CursorShape.SizeHorCursor if is_end else Qt.CursorShape.OpenHandCursor
        self._view.viewport().setCursor(shape)

    def _lift(self, at: QPoint, *, is_cancelled: bool) -> None:
        if is_cancelled:
            self.give_up()
            self._view.let_be()
        elif self._view.hand.holds or not self._scrolls:
            self.release(at)
        else:
            self.give_up()

    def _slip(self, at: QPoint) -> None:
        """A finger that moves before it was held still scrolls."""
        if self._pressed is not None and (at - self._pressed).manhattanLength() > 2 * _SLIP:
            self._scrolls, self._pressed = True, None
            self._held.stop()

    def _held_long(self) -> None:
        if self._pressed is not None:
            QScroller.scroller(self._view.viewport()).stop()
            self._begin(self._pressed)

    def _begin(self, at: QPoint) -> None:
        view = self._view
        block = view.block_at(at)
        if block is not None and not block.is_fixed:
            view.choose(block.key)
            view.hand.take(block, view.row_of(block.row), self._grip(at, block) or Grip.BODY, view.spot(at))
        elif block is None and view.is_free_ground(at):
            view.hand.draw(view.spot(at))
        view.judge_ghost()

    def _drag(self) -> None:
        view = self._view
        spot = view.spot(self._at)
        stretch = view.geometry_now.stretch_at(spot.minute)
        view.hand.drag(spot, stretch.begin, stretch.end)
        view.judge_ghost()

    def _push_on(self) -> None:
        """Held at an edge, the ground moves on under the hand."""
        view, at = self._view, self._at
        if not view.hand.holds:
            self._push.stop()
            return
        ground = view.ground()
        for bar, near, far in (
            (view.horizontalScrollBar(), at.x() - ground.left(), ground.right() - at.x()),
            (view.verticalScrollBar(), at.y() - ground.top(), ground.bottom() - at.y()),
        ):
            if near < _EDGE:
                bar.setValue(bar.value() - (_EDGE - near) // 3)
            elif far < _EDGE:
                bar.setValue(bar.value() + (_EDGE - far) // 3)
        self._drag()

    def _click(self, at: QPoint) -> None:
        view = self._view
        entry = view.entry_at(at)
        if isinstance(entry, Block):
            view.choose(entry.key)
            view.opened.emit(entry.key)
        elif isinstance(entry, Row):
            view.row_opened.emit(entry.key)
        elif view.is_free_ground(at):
            spot = view.spot(at)
            start = int(spot.minute // _HALF_HOUR) * _HALF_HOUR
            end = min(start + _HOUR, view.geometry_now.stretch_at(start).end)
            view.create_wanted.emit(view.plan.rows[spot.row].key, start, end)

    def _grip(self, at: QPoint, block: Block) -> Grip | None:
        """Where on a booking a point is; the ends of the chosen one reach a finger's width beyond it."""
        box = self._view.box(block)
        reach = roomy(_FINGER_PULL) if self._is_finger else _MOUSE_PULL
        beyond = reach if self._is_finger and block == self._view.chosen_block() else 0
        if not box.adjusted(-beyond, 0, beyond, 0).contains(at):
            return None
        pull = min(reach, box.width() / 4)
        if at.x() <= box.left() + pull:
            return Grip.BEGIN
        return Grip.END if at.x() >= box.right() - pull else Grip.BODY


def _timer(parent: QObject, every_ms: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(every_ms)
    timer.timeout.connect(act)
    return timer
