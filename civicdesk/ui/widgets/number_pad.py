"""Big digits for a PIN."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from civicdesk.text import _
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.themed import Themed, named

_KEYS = "123456789<0>"


class NumberPad(Themed, QWidget):
    """Twelve big keys: ten digits, one that takes the last back and one that is done.

    The digits of a physical keyboard work too while the pad has the focus.
    """

    digit = Signal(str)
    erased = Signal()
    entered = Signal()

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.keys = {key: self._key(key, name) for key in _KEYS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(roomy(12))
        for at, key in enumerate(self.keys.values()):
            grid.addWidget(key, at // 3, at % 3)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setObjectName(name)
        self.retranslate()

    def _key(self, key: str, name: str) -> Button:
        icon = {"<": "delete", ">": "check"}.get(key, "")
        button = Button(
            "" if icon else key,
            icon,
            name=f"{name}_{ {'<': 'erase', '>': 'enter'}.get(key, key) }",
            role="number",
        )
        button.icon_size = 32
        button.dress()
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        button.clicked.connect(lambda: self._pressed(key))
        return button

    def retranslate(self) -> None:
        self.setAccessibleName(_("Number pad"))
        self.keys["<"].setAccessibleName(_("Erase the last digit"))
        self.keys[">"].setAccessibleName(_("Done"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self._pressed("<")
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pressed(">")
        elif event.text() in self.keys and event.text().isdigit():
            self._pressed(event.text())
        else:
            super().keyPressEvent(event)

    def _pressed(self, key: str) -> None:
        if key == "<":
            self.erased.emit()
        elif key == ">":
            self.entered.emit()
        else:
            self.digit.emit(key)


class PinDots(Themed, QWidget):
    """How many digits of the PIN are in, never which. There are six dots, and more only for a longer PIN."""

    def __init__(self, *, name: str, length: int = 6) -> None:
        super().__init__()
        self._least, self._length, self._filled, self._wrong = length, length, 0, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self, name, "")
        self.show_filled(0)

    def show_filled(self, filled: int, *, wrong: bool = False) -> None:
        """Show this many as entered; `wrong` colours them after a refusal."""
        self._filled, self._wrong = filled, wrong
        self._length = max(self._least, filled)
        self.updateGeometry()
        self.setAccessibleName(_("{count} digits entered").format(count=filled))
        self.update()

    def retranslate(self) -> None:
        self.show_filled(self._filled, wrong=self._wrong)

    def sizeHint(self) -> QSize:
        return QSize(self._length * self._step() - self._step() + roomy(18) + 2, roomy(24))

    def _step(self) -> int:
        return min(roomy(32), roomy(330) // self._length)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = theme.bad if self._wrong else theme.primary
        size = roomy(18)
        for at in range(self._length):
            full = at < self._filled
            painter.setPen(QPen(QColor(strong if full or self._wrong else theme.edge), 2))
            painter.setBrush(QColor(strong) if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(1 + at * self._step(), (self.height() - size) / 2, size, size))
