"""A time of day between a minus and a plus."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from civicdesk.desk import fields
from civicdesk.errors import Refusal
from civicdesk.text import _
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.fields import PRIVATE, TextField
from civicdesk.ui.widgets.themed import Themed, named

_STEP = 30
_DAY = 24 * 60


class TimeStepper(Themed, QFrame):
    """Goes by half an hour on each press, again and again while held; the time can be typed too."""

    changed = Signal(str)  # by the clerk

    def __init__(self, *, name: str, value: str) -> None:
        super().__init__()
        self._value = value
        self.setProperty("kind", "field")
        self.less = IconButton("minus", "", name=f"{name}_less", role="step")
        self.more = IconButton("plus", "", name=f"{name}_more", role="step")
        self.time = TextField("", name=f"{name}_time")
        self._build()
        named(self, name, "")
        self.setFocusProxy(self.time)
        self.retranslate()
        self.set_value(value)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.less, self.time, self.more):
            row.addWidget(part)
        for button, step in ((self.less, -_STEP), (self.more, _STEP)):
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, step=step: self._go(step))
        self.time.setProperty("role", "bare")
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time.setInputMethodHints(PRIVATE | Qt.InputMethodHint.ImhDigitsOnly)
        self.time.setMinimumWidth(64)
        self.time.editingFinished.connect(self._finished)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """The time, such as `09:00`."""
        self._typed()
        return self._value

    def set_value(self, value: str) -> None:
        """Show this time."""
        self._value = value
        self.time.setText(value)

    def say(self, spoken: str) -> None:
        """What the time is for."""
        self.setAccessibleName(spoken)
        self.time.setAccessibleName(spoken)

    def retranslate(self) -> None:
        self.less.say(_("Earlier"))
        self.more.say(_("Later"))

    def _typed(self) -> None:
        """Take what was typed; what is no time goes back to the one before."""
        try:
            self.set_value(fields.written_time(self.time.text()))
        except Refusal:
            self.set_value(self._value)

    def _finished(self) -> None:
        before = self._value
        self._typed()
        if self._value != before:
            self.changed.emit(self._value)

    def _go(self, minutes: int) -> None:
        hour, minute = map(int, self.value().split(":"))
        later = min(_DAY, max(0, hour * 60 + minute + minutes))
        self.set_value(f"{later // 60:02d}:{later % 60:02d}")
        self.changed.emit(self._value)
