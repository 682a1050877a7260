"""How many people: a number between a minus and a plus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIntValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from civicdesk.text import _
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.fields import PRIVATE, TextField
from civicdesk.ui.widgets.themed import Themed, named


class Stepper(Themed, QFrame):
    """Counts by one on each press, again and again while held; the number can be typed too."""

    value_changed = Signal(int)

    def __init__(
        self, spoken: str, *, name: str, lowest: int = 1, highest: int = 999, value: int = 1
    ) -> None:
        super().__init__()
        self._lowest, self._highest, self._value = lowest, highest, value
        self.setProperty("kind", "field")
        self.less = IconButton("minus", "", name=f"{name}_less", role="step")
        self.more = IconButton("plus", "", name=f"{name}_more", role="step")
        self.number = _Number(spoken, name=f"{name}_number")
        self._build()
        named(self, name, spoken)
        self.setFocusProxy(self.number)
        self.retranslate()
        self._show()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.less, self.number, self.more):
            row.addWidget(part)
        for button, step in ((self.less, -1), (self.more, 1)):
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, step=step: self.set_value(self._value + step))
        self.number.setValidator(QIntValidator(0, self._highest, self.number))
        self.number.textEdited.connect(self._typed)
        self.number.left.connect(self._show)
        self.number.entered.connect(lambda: self._mark_written(True))
        self.number.left.connect(lambda: self._mark_written(False))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def value(self) -> int:
        """The number shown."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show this number, or the nearest one allowed."""
        self._take(min(self._highest, max(self._lowest, value)))
        self._show()

    def set_highest(self, highest: int) -> None:
        """Allow no more than this from now on."""
        self._highest = highest
        self.number.setValidator(QIntValidator(0, highest, self.number))
        self.set_value(self._value)

    def setAccessibleName(self, spoken: str) -> None:  # noqa: N802  Qt's own name
        """The number inside is what a screen reader reaches, so it bears the name too."""
        super().setAccessibleName(spoken)
        self.number.setAccessibleName(spoken)

    def retranslate(self) -> None:
        self.less.say(_("One less"))
        self.more.say(_("One more"))

    def _mark_written(self, written: bool) -> None:
        self.setProperty("written", written)
        restyle(self)

    def _typed(self, written: str) -> None:
        if written and self._lowest <= int(written) <= self._highest:
            self._take(int(written))

    def _take(self, value: int) -> None:
        changed, self._value = value != self._value, value
        self.less.setEnabled(value > self._lowest)
        self.more.setEnabled(value < self._highest)
        if changed:
            self.value_changed.emit(value)

    def _show(self) -> None:
        self._take(self._value)
        self.number.setText(str(self._value))


class _Number(TextField):
    """The number itself; tapping it selects it, leaving it puts a half-typed one right."""

    entered = Signal()
    left = Signal()

    def __init__(self, spoken: str, *, name: str) -> None:
        super().__init__(spoken, name=name)
        self.setProperty("role", "bare")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setInputMethodHints(PRIVATE | Qt.InputMethodHint.ImhDigitsOnly)
        self.setMinimumWidth(44)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
