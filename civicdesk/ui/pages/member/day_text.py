"""A day that may also be left open."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from civicdesk.desk import fields
from civicdesk.ui.widgets.fields import LabelledField, text_field


class DayText(LabelledField):
    """A field for a day; empty means none."""

    def __init__(self, *, name: str) -> None:
        self.text = text_field("", name=name, hints=Qt.InputMethodHint.ImhDigitsOnly)
        super().__init__("", self.text)

    def show_day(self, on: date | None) -> None:
        """Show this day, or none."""
        self.text.setText(f"{on:%d.%m.%Y}" if on else "")
        self.refuse("")

    def day(self, today: date) -> date | None:
        """The day that is written. Refuses `bad_date`."""
        said = self.text.text().strip()
        return fields.written_day(said, today) if said else None
