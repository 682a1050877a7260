"""Where a manager writes on which day the centre is closed, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import fields, opening
from civicdesk.text import _, local
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented

HALF_DAY = "13:00"
"""Where a half-day begins, as on the eve of a feast."""

_DIGITS = Qt.InputMethodHint.ImhDigitsOnly


@dataclass(frozen=True)
class Wanted:
    """A closure as it was typed."""

    on: date
    during: opening.Hours
    reason: str


_PARTS: dict[object, opening.Hours] = {
    "whole": opening.WHOLE_DAY,
    "morning": (opening.WHOLE_DAY[0], HALF_DAY),
    "afternoon": (HALF_DAY, opening.WHOLE_DAY[1]),
}


class ClosingForm(QWidget):
    """A date, the whole day, half of it or a part, and a reason."""

    wanted = Signal()
    changed = Signal()  # the day or the times are others now

    def __init__(self) -> None:
        super().__init__()
        self.on = text_field("", name="closing_on", hints=_DIGITS)
        self.reason = text_field("", name="closing_reason")
        self.part = Segmented([], name="closing_part", spoken="")
        self.opens = text_field("", name="closing_from", hints=_DIGITS)
        self.closes = text_field("", name="closing_until", hints=_DIGITS)
        self.banner = RefusalBanner(name="closing_banner")
        self.add = Button("", "plus", name="closing_add", role="primary")
        self._fields = {
            part: LabelledField("", part)
            for part in (self.on, self.reason, self.part, self.opens, self.closes)
        }
        self._times = FlowRow([self._fields[self.opens], self._fields[self.closes]], spacing=12, grow=True)
        self._build()
        self.part.chosen.connect(self._times_wanted)
        self.add.clicked.connect(self.wanted)
        self.part.chosen.connect(lambda _part: self.changed.emit())
        for part in (self.on, self.opens, self.closes):
            part.textEdited.connect(lambda _text: self.changed.emit())
        self.retranslate()
        self.part.set_value("whole")
        self._times_wanted("whole")

    def closure(self, at: datetime) -> Wanted:
        """What was typed. Refuses `bad_date` and `bad_time`."""
        on = fields.written_day(self.on.text(), local(at).date())
        during = _PARTS.get(self.part.value(), opening.WHOLE_DAY)
        if self.part.value() == "part":
            during = fields.written_time(self.opens.text()), fields.written_time(self.closes.text())
        return Wanted(on, during, self.reason.text())

    def clear(self) -> None:
        """Begin anew."""
        for field in (self.on, self.reason, self.opens, self.closes):
            field.clear()
        self.banner.clear()

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        self._fields[self.on].set_words(_("Date, as in 24.11.2026"))
        self._fields[self.reason].set_words(_("Reason"))
        self._fields[self.part].set_words(_("How long"))
        self._fields[self.opens].set_words(_("Closed from"))
        self._fields[self.closes].set_words(_("Closed until"))
        self.part.set_choices(
            [
                ("whole", _("Whole day")),
                ("morning", _("Morning")),
                ("afternoon", _("Afternoon")),
                ("part", _("Part of the day")),
            ]
        )
        self.add.setText(_("Close"))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        who = FlowRow([self._fields[self.on], self._fields[self.reason]], spacing=12, grow=True)
        for part in (self.banner, who, self._fields[self.part], self._times, FlowRow([self.add])):
            whole.addWidget(part)

    def _times_wanted(self, part: object) -> None:
        self._times.setVisible(part == "part")
