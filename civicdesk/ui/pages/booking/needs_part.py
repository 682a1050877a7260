"""How the room is set up and what is brought into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.booking_rules import LONGEST_BUFFER
from civicdesk.desk.booking_wish import MOST_PIECES
from civicdesk.desk.gear import Gear
from civicdesk.models import LayoutKind
from civicdesk.text import _
from civicdesk.ui.booking_words import layout_words
from civicdesk.ui.pages.booking.five_stepper import FiveStepper
from civicdesk.ui.pages.booking.pill_choice import PillChoice
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import Themed, mark

_ANY = ""
_LAYOUTS = (_ANY, *(kind.value for kind in LayoutKind))


class NeedsPart(Themed, QWidget):
    """Layout, equipment by name with how many, minutes to set up and clear, and whether it must be step-free."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.layouts = PillChoice(_LAYOUTS, name="booking_layout", usual=_LAYOUTS)
        self.setup, self.clearing = (
            FiveStepper(name=name, highest=LONGEST_BUFFER) for name in ("booking_setup", "booking_clear")
        )
        self.step_free = Button("", "accessibility", name="booking_step_free", role="pill")
        self.step_free.setCheckable(True)
        self.layout_label, self.gear_label = FieldLabel(""), FieldLabel("")
        self.setup_field, self.clear_field = LabelledField("", self.setup), LabelledField("", self.clearing)
        self.pieces: dict[str, Stepper] = {}
        self._said: list[tuple[str, int]] = []
        self._gear = QVBoxLayout()
        self._build()
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Nothing particular."""
        self.layouts.take([_ANY])
        self.setup.set_value(0)
        self.clearing.set_value(0)
        mark(self.step_free, is_checked=False)
        self.step_free.dress()
        self.show_wanted({})

    def chosen_layout(self) -> str:
        """How the chairs stand, or nothing for as they are."""
        return str(self.layouts.taken()[0])

    def wanted(self) -> dict[str, int]:
        """How many of what, by name."""
        return {name: stepper.value() for name, stepper in self.pieces.items() if stepper.value()}

    def show_wanted(self, wanted: Mapping[str, int]) -> None:
        """Show what a booking has."""
        for name, stepper in self.pieces.items():
            stepper.set_value(wanted.get(name, 0))

    def offer(self, gears: Sequence[Gear]) -> None:
        """The equipment there is; new fields only when there is other equipment than before."""
        said = [(gear.name, gear.most) for gear in gears if gear.most]
        if said == self._said:
            return
        before, self._said = self.wanted(), said
        empty(self._gear)
        self.pieces = {name: self._piece(place, name) for place, (name, _most) in enumerate(said)}
        self.show_wanted(before)
        rows = [LabelledField(name, stepper) for name, stepper in self.pieces.items()]
        if rows:
            self._gear.addWidget(FlowRow(rows, spacing=12, grow=True))
        self.gear_label.setVisible(bool(rows))

    def retranslate(self) -> None:
        self.layout_label.setText(_("Layout"))
        self.layouts.set_words(_("Layout"), [_("As it is"), *map(layout_words, _LAYOUTS[1:])])
        self.gear_label.setText(_("Equipment"))
        self.setup_field.set_words(_("Minutes to set up"))
        self.clear_field.set_words(_("Minutes to clear up"))
        self.step_free.setText(_("Step-free only"))

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.layout_label)
        whole.addWidget(self.layouts)
        whole.addWidget(self.gear_label)
        whole.addLayout(self._gear)
        whole.addWidget(FieldRow([(self.setup_field, 1), (self.clear_field, 1)], least=300))
        whole.addWidget(FlowRow([self.step_free]))
        self.gear_label.hide()
        self.layouts.changed.connect(self.changed)
        self.step_free.toggled.connect(lambda _on: self.changed.emit())
        for stepper in (self.setup, self.clearing):
            stepper.value_changed.connect(lambda _minutes: self.changed.emit())

    def _piece(self, place: int, name: str) -> Stepper:
        # more than there is can be written: the rules say so, while a field that goes back to none would say nothing
        stepper = Stepper(name, name=f"booking_gear_{place + 1}", lowest=0, highest=MOST_PIECES, value=0)
        stepper.value_changed.connect(lambda _count: self.changed.emit())
        return stepper
