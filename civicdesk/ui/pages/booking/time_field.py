"""When a booking begins or ends: a time that is typed; what is no time stays as it was written, to be put right."""

from __future__ import annotations

from civicdesk.desk import fields
from civicdesk.errors import Refusal
from civicdesk.ui.widgets.time_stepper import TimeStepper


class TimeField(TimeStepper):
    """The beginning or the end. `trouble` says why what is written there is no time."""

    trouble: Refusal | None = None

    def set_value(self, value: str) -> None:
        self.trouble = None
        super().set_value(value)

    def _typed(self) -> None:
        # going back to the time before would book an hour that nobody wrote
        try:
            self.set_value(fields.written_time(self.time.text()))
        except Refusal as refusal:
            self.trouble = refusal
