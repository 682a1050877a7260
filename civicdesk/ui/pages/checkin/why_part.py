"""Why they come, and what they need."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.words import need_words, reason_words
from civicdesk.models import Need, Reason
from civicdesk.text import _
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed

_ICONS = {Need.WHEELCHAIR: "accessibility", Need.SIGN_LANGUAGE: "hand", Need.COMPANION: "users"}


class WhyPart(Themed, QWidget):
    """The reason, what the evacuation list must know, whether the badge tells where to only, and a note."""

    changed = Signal()

    def __init__(self, *, with_badge: bool = True, name: str = "reason") -> None:
        super().__init__()
        self._with_badge = with_badge
        self.reason = Segmented([], name=name, spoken="")
        self.needs = {need: _toggle(f"need_{need.value}", icon) for need, icon in _ICONS.items()}
        self.discreet = _toggle("discreet_badge", "eye-off")
        self.note = text_field("", name="visit_note")
        self.note_field = LabelledField("", self.note)
        self.needs_label = FieldLabel("")
        self._build()
        self.retranslate()
        self.reason.set_value(Reason.MEETING)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.reason)
        whole.addWidget(self.needs_label)
        whole.addWidget(FlowRow([*self.needs.values(), self.discreet]))
        whole.addWidget(self.note_field)
        if not self._with_badge:
            self.discreet.hide()
        self.reason.chosen.connect(lambda _reason: self.changed.emit())
        for toggle in (*self.needs.values(), self.discreet):
            toggle.toggled.connect(lambda _on: self.changed.emit())
        self.note.textEdited.connect(lambda _note: self.note_field.refuse(""))

    def chosen_reason(self) -> str:
        """Why they come; a meeting unless told otherwise."""
        return str(self.reason.value() or Reason.MEETING)

    def chosen_needs(self) -> tuple[str, ...]:
        """What they need, as the tables keep it."""
        return tuple(sorted(need.value for need, toggle in self.needs.items() if toggle.isChecked()))

    def set_needs(self, needs: tuple[str, ...]) -> None:
        """What is known of a returning visitor."""
        for need, toggle in self.needs.items():
            toggle.setChecked(need.value in needs)

    def clear(self) -> None:
        """A meeting, and nothing particular."""
        self.reason.set_value(Reason.MEETING)
        self.set_needs(())
        self.discreet.setChecked(False)
        self.note.clear()
        self.note_field.refuse("")

    def retranslate(self) -> None:
        self.reason.set_choices([(reason, reason_words(reason)) for reason in Reason])
        self.reason.setAccessibleName(_("Reason of the visit"))
        self.needs_label.setText(_("Needs and badge") if self._with_badge else _("Needs"))
        for need, toggle in self.needs.items():
            toggle.setText(need_words(need))
        self.discreet.setText(_("Discreet badge"))
        self.discreet.setToolTip(_("No name, no host and no reason stand on the badge."))
        self.note_field.set_words(_("Note (optional)"))


def _toggle(name: str, icon: str) -> Button:
    toggle = Button("", icon, name=name, role="pill")
    toggle.setCheckable(True)
    return toggle
