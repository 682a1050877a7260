"""One weekday in the opening hours."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from civicdesk.desk import fields, opening
from civicdesk.errors import Refusal
from civicdesk.text import _, day
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.fields import TextField, text_field
from civicdesk.ui.widgets.label import label

_MONDAY = date(2026, 1, 5)
_USUAL = ("09:00", "18:00")


class WeekdayRow:
    """One weekday: whether it is open, from when until when."""

    def __init__(self, weekday: int) -> None:
        self.weekday = weekday
        self.open = Tick(name=f"hours_open_{weekday}")
        self.opens, self.closes = _time(f"hours_from_{weekday}"), _time(f"hours_until_{weekday}")
        self.dash = label("–", "body")
        self.open.toggled.connect(self._toggle)
        self._toggle(False)

    def show_hours(self, hours: opening.Hours | None) -> None:
        """Show these hours; None is closed."""
        self.open.setChecked(hours is not None)
        opens, closes = hours or _USUAL
        self.opens.setText(opens)
        self.closes.setText(closes)

    def hours(self) -> opening.Hours:
        """What was typed. Refuses `bad_time`, naming the day."""
        try:
            return fields.written_time(self.opens.text()), fields.written_time(self.closes.text())
        except Refusal as refusal:
            raise Refusal(refusal.reason, f"{self.open.text()}: {refusal}") from None

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        name = day(date.fromordinal(_MONDAY.toordinal() + self.weekday), "EEEE")
        self.open.say(name)
        self.opens.setAccessibleName(_("{day}, from").format(day=name))
        self.closes.setAccessibleName(_("{day}, until").format(day=name))

    def _toggle(self, is_open: bool) -> None:
        for part in (self.opens, self.closes):
            part.setEnabled(is_open)


def _time(name: str) -> TextField:
    field = text_field("", name=name, hints=Qt.InputMethodHint.ImhDigitsOnly)
    field.setMaximumWidth(roomy(140))
    return field
