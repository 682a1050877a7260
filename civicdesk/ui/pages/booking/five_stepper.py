"""Minutes in steps of five."""

from __future__ import annotations

from civicdesk.ui.widgets.stepper import Stepper

_FIVE = 5


class FiveStepper(Stepper):
    """Goes by five minutes; what is typed between is rounded when the field is left."""

    def __init__(self, *, name: str, highest: int) -> None:
        super().__init__("", name=name, lowest=0, highest=highest, value=0)

    def set_value(self, value: int) -> None:
        step = 1 if value > self.value() else -1
        if abs(value - self.value()) == 1:
            value = self.value() + step * _FIVE
        super().set_value(round(value / _FIVE) * _FIVE)

    def _show(self) -> None:
        self._take(min(self._highest, round(self._value / _FIVE) * _FIVE))
        super()._show()
