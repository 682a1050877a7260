"""The real window on a screen nobody sees, worked by clicks, keys, touches and scans as a person works it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPointingDevice, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from civicdesk.app import CivicDesk

_PATIENCE_MS = 30_000
_STEP_MS = 15
_REST_MS = 300  # the keyboard lingers for a moment after its field was left


class Missing(AssertionError):
    """The screen does not show what it must."""


class StageClock:
    """The rehearsal's own time: stands still until told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> None:
        """Let time pass."""
        self.at += timedelta(**delta)


class StrayWindows(QObject):
    """Hears of windows besides the desk's own: one that flashes up for a moment takes the keys away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.seen: list[str] = []
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_popup = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if watched is not self._window and not is_popup:
                self.seen.append(watched.objectName() or type(watched).__name__)
        return False


class Stage:
    """Hands and eyes of the rehearsal."""

    def __init__(self, desk: CivicDesk, out: Path, size: QSize | None = None) -> None:
        self.civicdesk = desk
        self.window = desk.window
        self.out = out
        self.pictures: list[Path] = []
        self._touch: QPointingDevice = QTest.createTouchDevice()
        self._strays = StrayWindows(desk.window)
        self._in_hand: tuple[QWidget, QPoint] = (desk.window, QPoint())
        desk.window.resize(size or QSize(1366, 768))

    def come_to_the_front(self) -> None:
        """Be the window that hears keys; without a desktop nobody else sees to it."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window does not hear keys")

    def find(self, name: str) -> QWidget:
        """The control with this name that can be seen; the first whose name begins so, for `name*`."""
        begins = name.removesuffix("*")
        for widget in self.window.findChildren(QWidget):
            called = widget.objectName()
            if widget.isVisible() and (called == name or (name.endswith("*") and called.startswith(begins))):
                return widget
        raise Missing(f"“{name}” is not on the screen")

    def reach(self, name: str) -> QWidget:
        """The control with this name, brought before the eye; nothing covers its middle."""
        self._point(name)
        return self.find(name)

    def is_there(self, name: str) -> bool:
        """Whether a control with this name can be seen."""
        try:
            self.find(name)
        except Missing:
            return False
        return True

    def click(self, name: str) -> None:
        """Click a control with the mouse, in its middle."""
        window, point = self._point(name)
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.settle()

    def click_at(self, widget: QWidget, at: QPoint) -> None:
        """Click a point of a control with the mouse."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.settle()

    def drag(self, widget: QWidget, start: QPoint, end: QPoint, *, let_go: bool = True) -> None:
        """Drag something from one point of a control to another; without `let_go` it stays in the hand."""
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        for part in (0.3, 0.7, 1.0):
            QTest.mouseMove(widget, start + (end - start) * part)
            self._let_work(_STEP_MS)
        self._in_hand = (widget, end)
        if let_go:
            self.let_go()

    def let_go(self) -> None:
        """Put down what is in the hand."""
        widget, at = self._in_hand
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.settle()

    def touch(self, name: str) -> None:
        """Touch a control with a finger."""
        window, point = self._point(name)
        QTest.touchEvent(window, self._touch).press(0, point, window).commit()
        QTest.touchEvent(window, self._touch).release(0, point, window).commit()
        self.settle()

    def keys(self, text: str) -> None:
        """Type on the keyboard of the computer."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def touch_at(self, widget: QWidget, at: QPoint) -> None:
        """Touch a point of a control with a finger."""
        self.draw(widget, [at])

    def draw(self, widget: QWidget, way: Sequence[QPoint]) -> None:
        """Put a finger on a control, move it along these points, and take it away."""
        window = widget.window().windowHandle()
        points = [widget.mapTo(widget.window(), at) for at in way]
        QTest.touchEvent(window, self._touch).press(0, points[0], window).commit()
        for point in points[1:]:
            QTest.touchEvent(window, self._touch).move(0, point, window).commit()
        QTest.touchEvent(window, self._touch).release(0, points[-1], window).commit()
        self.settle()

    def touch_keys(self, text: str) -> None:
        """Type on the keyboard of the screen by finger."""
        for letter in text:
            self.touch("key_space" if letter == " " else f"key_{letter}")

    def read_notice(self) -> None:
        """Read the notice that stands over the top bar, and put it away."""
        if self.is_there("notice_close"):
            self.click("notice_close")

    def sign_in(self, place: int, pin: str) -> None:
        """Sign in at the lock screen as the member of staff in this place."""
        self.click(f"lock_staff_{place}")
        for digit in pin:
            self.touch(f"pin_pad_{digit}")
        self.touch("pin_pad_enter")

    def write(self, name: str, text: str) -> None:
        """Click into a field, empty it and type."""
        self.click(name)
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.keys(text)

    def scan(self, code: str) -> None:
        """Hold a code before the reader: its keys come to the window, fast."""
        handle = self._handle()
        self._let_work(60)  # a pause, as there is before every scan
        for digit in code:
            QTest.keyClick(handle, Qt.Key(ord(digit.upper())))
        QTest.keyClick(handle, Qt.Key.Key_Return)
        self.settle()

    def sees(self, words: str) -> None:
        """Check that these words can be read on the screen."""
        self.wait(lambda: self.is_seen(words), f"“{words}” is not on the screen")

    def is_seen(self, words: str) -> bool:
        """Whether these words can be read on the screen, whole or within a line."""
        return any(words in text for text in self.texts())

    def texts(self) -> list[str]:
        """Everything that can be read on the screen."""
        found = []
        for widget in self.window.findChildren(QWidget):
            if widget.isVisible():
                found += [widget.accessibleName()]
                if isinstance(widget, QLabel | QLineEdit):
                    found.append(widget.text())
        return found

    def wait(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Let the program work until something holds."""
        waited = 0
        while not condition():
            if waited > _PATIENCE_MS:
                raise Missing(otherwise)
            self._let_work(_STEP_MS)
            waited += _STEP_MS

    def take_a_breath(self) -> None:
        """Let so much time go by that the next tap is not taken for the second of a double one."""
        self._let_work(QApplication.doubleClickInterval() + _STEP_MS)

    def settle(self) -> None:
        """Let the program answer and paint."""
        self._let_work(_STEP_MS)
        QApplication.processEvents()
        if self._strays.seen:
            raise Missing(f"a window of its own was shown: {self._strays.seen.pop()}")

    def picture(self, name: str) -> Path:
        """Take a picture of the whole window, when everything has come to rest."""
        self._let_work(_REST_MS)
        path = self.out / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grab().save(str(path)):
            raise Missing(f"the picture {path} could not be written")
        self.pictures.append(path)
        return path

    def _let_work(self, milliseconds: int) -> None:
        # an event loop of our own lets other threads work; QTest.qWait would hold them up
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def _point(self, name: str) -> tuple[QWindow, QPoint]:
        widget = self.find(name)
        self._bring_into_view(widget)
        if not widget.isEnabled():
            raise Missing(f"“{name}” cannot be pressed")
        middle = widget.mapTo(widget.window(), widget.rect().center())
        handle = widget.window().windowHandle()
        hit = widget.window().childAt(middle)
        if hit is None or not (hit is widget or widget.isAncestorOf(hit)):
            raise Missing(f"“{name}” is covered by {hit.objectName() if hit else 'nothing'}")
        return handle, middle

    def _bring_into_view(self, widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 0, 40)
            parent = parent.parentWidget()
        self.settle()

    def _handle(self) -> QWindow:
        handle: QWindow = self.window.windowHandle()
        return handle
