from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


class Finger:
    """Touches widgets as a clerk's finger does."""

    def __init__(self, device: QPointingDevice) -> None:
        self._device = device

    def press(self, widget: QWidget, at: QPoint) -> None:
        QTest.touchEvent(widget, self._device).press(0, at, widget).commit()

    def move(self, widget: QWidget, at: QPoint) -> None:
        QTest.touchEvent(widget, self._device).move(0, at, widget).commit()

    def release(self, widget: QWidget, at: QPoint) -> None:
        QTest.touchEvent(widget, self._device).release(0, at, widget).commit()

    def tap(self, widget: QWidget) -> None:
        at = widget.rect().center()
        QTest.touchEvent(widget, self._device).press(0, at, widget).commit()
        QTest.touchEvent(widget, self._device).release(0, at, widget).commit()

    def drag(self, widget: QWidget, start: QPoint, stop: QPoint, steps: int = 10) -> None:
        QTest.touchEvent(widget, self._device).press(0, start, widget).commit()
        for step in range(1, steps + 1):
            QTest.touchEvent(widget, self._device).move(
                0, start + (stop - start) * (step / steps), widget
            ).commit()
        QTest.touchEvent(widget, self._device).release(0, stop, widget).commit()

    def spread(self, widget: QWidget, middle: QPoint, close: int, apart: int, steps: int = 10) -> None:
        """Two fingers, side by side around the middle, that move away from each other."""
        one, other = middle - QPoint(close, 0), middle + QPoint(close, 0)
        QTest.touchEvent(widget, self._device).press(0, one, widget).press(1, other, widget).commit()
        for step in range(1, steps + 1):
            far = close + (apart - close) * step // steps
            one, other = middle - QPoint(far, 0), middle + QPoint(far, 0)
            QTest.touchEvent(widget, self._device).move(0, one, widget).move(1, other, widget).commit()
        QTest.touchEvent(widget, self._device).release(0, one, widget).release(1, other, widget).commit()
