"""A date between a minus and a plus."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from civicdesk.desk import fields
from civicdesk.errors import Refusal
from civicdesk.text import _, day
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.fields import PRIVATE, TextField
from civicdesk.ui.widgets.themed import Themed, named


class DateStepper(Themed, QFrame):
    """Goes by a day, or a week, on each press, and not before the first day allowed; the date can be typed too."""

    value_changed = Signal(object)  # date

    def __init__(self, *, name: str, value: date, step: int = 1) -> None:
        super().__init__()
        self._value = self._first = value
        self._step = timedelta(days=step)
        self.setProperty("kind", "field")
        self.less = IconButton("minus", "", name=f"{name}_less", role="step")
        self.more = IconButton("plus", "", name=f"{name}_more", role="step")
        self.date = TextField("", name=f"{name}_date")
        self._build()
        named(self, name, "")
        self.setFocusProxy(self.date)
        self.retranslate()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.less, self.date, self.more):
            row.addWidget(part)
        for button, sign in ((self.less, -1), (self.more, 1)):
            button.setAutoRepeat(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(
                lambda _on=False, sign=sign: self.set_value(self._value + sign * self._step)
            )
        self.date.setProperty("role", "bare")
        self.date.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.date.setInputMethodHints(PRIVATE | Qt.InputMethodHint.ImhDigitsOnly)
        self.date.setMinimumWidth(120)
        self.date.editingFinished.connect(self._typed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def value(self) -> date:
        """The date shown."""
        self._typed()
        return self._value

    def set_value(self, value: date) -> None:
        """Show this date, or the first one allowed."""
        changed, self._value = max(value, self._first) != self._value, max(value, self._first)
        self._show()
        if changed:
            self.value_changed.emit(self._value)

    def set_first(self, first: date) -> None:
        """The first day that may be chosen."""
        self._first = first
        self.set_value(self._value)

    def setAccessibleName(self, spoken: str) -> None:  # noqa: N802
        """What the date is for; the field inside says the same."""
        super().setAccessibleName(spoken)
        self.date.setAccessibleName(spoken)

    def retranslate(self) -> None:
        self.less.say(_("Earlier"))
        self.more.say(_("Later"))
        self._show()

    def _show(self) -> None:
        self.date.setText(f"{self._value:%d.%m.%Y} {day(self._value, 'EEE')}")
        self.less.setEnabled(self._value > self._first)

    def _typed(self) -> None:
        """Take what was typed; what is no date goes back to the one before."""
        try:
            self.set_value(fields.written_day(self.date.text(), self._first))
        except Refusal:
            self._show()
