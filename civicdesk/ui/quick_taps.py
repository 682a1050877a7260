"""Quick taps, one after another: which of them count."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent, QPointingDevice, QWindow
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_COUNTS = "every_tap_counts"
_SAME_PLACE = 44  # as wide as the smallest button


def count_every_tap(button: QWidget) -> None:
    """Let quick taps on this button do as much as slow ones; one that repeats while held does so by itself."""
    button.setProperty(_COUNTS, True)


class QuickTaps(QObject):
    """Makes of the second of two quick taps a tap of its own, where it was meant as one; filters a window's events.

    Qt takes two taps within half a second for a double tap, even on buttons far from each other, and what scrolls by
    finger swallows the second: the suggestion tapped right after the last letter was not taken, and of two heads
    counted one was lost. Twice on the same button stays a double tap, unless the button counts.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pressed, self._before = QPointF(), QPointF()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or not isinstance(watched, QWindow) or not event.spontaneous():
            return False
        if event.type() == QEvent.Type.MouseButtonPress:  # comes before the double click, too
            self._before, self._pressed = self._pressed, event.position()
        elif event.type() == QEvent.Type.MouseButtonDblClick and self._is_tap_of_its_own(event):
            QApplication.sendEvent(watched, _as_press(event))
            return True
        return False

    def _is_tap_of_its_own(self, event: QMouseEvent) -> bool:
        if event.pointingDevice().type() != QPointingDevice.DeviceType.TouchScreen:
            return False
        moved = event.position() - self._before
        return moved.manhattanLength() > _SAME_PLACE or _counts(event)


def _counts(event: QMouseEvent) -> bool:
    widget = QApplication.widgetAt(event.globalPosition().toPoint())
    return isinstance(widget, QAbstractButton) and (widget.autoRepeat() or bool(widget.property(_COUNTS)))


def _as_press(event: QMouseEvent) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseButtonPress,
        event.position(),
        event.scenePosition(),
        event.globalPosition(),
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
