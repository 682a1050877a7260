"""The second call of a general assembly: proposed a week after the first, in the same room or one that is free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.assemblies import NEAREST_DAYS
from civicdesk.text import _
from civicdesk.ui.pages.booking.day_field import DayField
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import FieldLabel
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.themed import Themed, mark


class AssemblyPart(Themed, QWidget):
    """Whether there is a second call, and on which day; what is unusual about the days stands beneath."""

    changed = Signal()

    def __init__(self, on: date) -> None:
        super().__init__()
        self._first, self._is_own = on, False
        self.label = FieldLabel("")
        self.second = Button("", "calendar-plus", name="booking_second_call", role="pill")
        self.second.setCheckable(True)
        self.on = DayField(name="booking_second_day", value=on)
        self.room, self.warning = label("", "second", wrap=True), label("", "second", wrap=True)
        self._build()
        self.clear(on)
        self.retranslate()

    def clear(self, first: date) -> None:
        """A second call a week later."""
        self._is_own = False
        mark(self.second, is_checked=True)
        self.second.dress()
        self.on.setEnabled(True)
        self.begin_on(first)
        self.show_room("", "")
        self.show_warnings([])

    def begin_on(self, first: date) -> None:
        """The first call is on another day; a second day that somebody chose stays."""
        self._first = first
        if not self._is_own:
            self.propose(first + timedelta(days=NEAREST_DAYS))

    def propose(self, on: date) -> None:
        """Show a day that nobody chose."""
        self.on.blockSignals(True)
        self.on.set_value(on)
        self.on.blockSignals(False)

    @property
    def is_proposed(self) -> bool:
        """Whether the day is the desk's own proposal still."""
        return not self._is_own

    def second_day(self) -> date | None:
        """The day of the second call, if there is to be one."""
        return self.on.value() if self.second.isChecked() else None

    def show_room(self, sentence: str, tone: str) -> None:
        """Say where the second call would be."""
        self.room.setText(sentence)
        self.room.setVisible(bool(sentence))
        set_tone(self.room, tone)

    def show_warnings(self, sentences: Sequence[str]) -> None:
        """Say what is unusual; it can be booked all the same."""
        self.warning.setText("\n".join(sentences))
        self.warning.setVisible(bool(sentences))

    def retranslate(self) -> None:
        self.label.setText(_("Second call"))
        self.second.setText(_("Book a second call"))
        self.on.setAccessibleName(_("Day of the second call"))

    def _build(self) -> None:
        set_tone(self.warning, "warn")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.label)
        whole.addWidget(FlowRow([self.second, self.on], spacing=12))
        whole.addWidget(self.room)
        whole.addWidget(self.warning)
        self.second.toggled.connect(self._wanted)
        self.on.value_changed.connect(self._chosen)

    def _wanted(self, on: bool) -> None:
        self.on.setEnabled(on)
        self.changed.emit()

    def _chosen(self, _on: object) -> None:
        self._is_own = True
        self.changed.emit()
