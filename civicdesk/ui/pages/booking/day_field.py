"""A day between a minus and a plus, with a small month to choose from; a day that has passed can be written too."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from civicdesk.desk import fields
from civicdesk.errors import Refusal
from civicdesk.text import _
from civicdesk.ui.pages.rooms.day_picker import DayPicker
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.date_stepper import DateStepper

EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)
"""Whatever is written is shown as it was written; the rules say what is wrong with it."""


class DayField(DateStepper):
    """The day of a booking. `trouble` says why what is written there is no day; it stays, to be put right."""

    trouble: Refusal | None = None

    def __init__(self, *, name: str, value: date) -> None:
        self.pick = IconButton("calendar-days", "", name=f"{name}_pick", role="step")
        self.picker: DayPicker | None = None
        self._today = value
        super().__init__(name=name, value=value)
        self.set_first(EARLIEST)
        self.pick.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.pick.clicked.connect(self._open)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.pick)

    def value(self) -> date:
        """The day as it was last written; half of a date in the field is left alone."""
        return self._value

    def read(self) -> None:
        """Take what stands in the field."""
        self._typed()

    def set_value(self, value: date) -> None:
        super().set_value(min(value, LATEST))

    def show_today(self, today: date) -> None:
        """From which day on a date without a year is meant."""
        self._today = today

    def retranslate(self) -> None:
        super().retranslate()
        self.pick.say(_("Choose a day"))

    def _open(self) -> None:
        if self.picker is None:
            self.picker = DayPicker(self)
            self.picker.chosen.connect(self.set_value)
        self.picker.open_at(self, self.value(), self._today)

    def _typed(self) -> None:
        # going back to the day before would book one that nobody wrote
        try:
            self.set_value(fields.written_day(self.date.text(), self._today))
        except Refusal as refusal:
            was, self.trouble = self.trouble, refusal
            if was is None:
                self.value_changed.emit(self._value)

    def _show(self) -> None:
        was, self.trouble = self.trouble, None
        super()._show()
        if was is not None:
            self.value_changed.emit(self._value)
