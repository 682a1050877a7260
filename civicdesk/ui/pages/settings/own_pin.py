"""Everybody's own code for signing in."""

from __future__ import annotations

from PySide6.QtCore import Qt

from civicdesk.desk import staff
from civicdesk.errors import Refusal
from civicdesk.models import Staff
from civicdesk.text import _
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, TextField, text_field
from civicdesk.ui.widgets.flow import FlowRow


class OwnPinSection(Section):
    """Changes the code of whoever is signed in; the present one is asked first."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_own_pin")
        self.present = pin_field("own_pin_present")
        self.pins = PinPair("own_pin")
        self._present = LabelledField("", self.present)
        self.save = Button("", name="own_pin_save", role="primary")
        self.card = Card(name="own_pin_card", padded=True)
        for part in (self._present, self.pins, FlowRow([self.save])):
            self.card.add(part)
        self.add(self.card)
        self.save.clicked.connect(self._save)
        self.pins.again.returnPressed.connect(self._save)
        self.retranslate()

    def retranslate(self) -> None:
        lead = _("{} to {} digits that nobody else knows.").format(staff.LEAST_DIGITS, staff.MOST_DIGITS)
        self.set_heading(_("My code"), lead)
        self.card.set_title(_("Change my code"))
        self._present.set_words(_("Present code"))
        self.pins.retranslate()
        self.save.setText(_("Change"))

    def _save(self) -> None:
        self.banner.clear()
        if self.runner.staff is None or not self.pins.agree():
            return
        me, pin, at = self.runner.staff.id, self.present.text(), self.runner.at()
        self.runner.now(lambda session: staff.sign_in(session, me, pin, at=at), then=self._signed_in)

    def _signed_in(self, answer: Staff | Refusal) -> None:
        if isinstance(answer, Refusal):
            self.refuse(answer)
            return
        at, pin = self.runner.at(), self.pins.value()
        self.runner.now(
            lambda session: staff.change_pin(session, answer.id, pin, at=at),
            then=lambda _member: self._changed(),
            refused=self.refuse,
        )

    def _changed(self) -> None:
        self.present.clear()
        self.pins.clear()
        self.runner.say(_("Your code was changed."))


class PinPair(FlowRow):
    """A new code, written twice because it is not seen."""

    def __init__(self, name: str) -> None:
        self.first, self.again = pin_field(f"{name}_first"), pin_field(f"{name}_again")
        self._first, self._again = LabelledField("", self.first), LabelledField("", self.again)
        super().__init__([self._first, self._again], spacing=12, grow=True)

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        self._first.set_words(_("New code"))
        self._again.set_words(_("New code again"))

    def value(self) -> str:
        """The new code."""
        return self.first.text()

    def agree(self) -> bool:
        """Whether both are the same; if not, say so under the second."""
        same = self.first.text() == self.again.text()
        self._again.refuse("" if same else _("This is not the same code as the first."))
        return same

    def clear(self) -> None:
        """Begin anew."""
        self.first.clear()
        self.again.clear()
        self._again.refuse("")


def pin_field(name: str) -> TextField:
    """A field for digits that are not shown."""
    field = text_field("", name=name, hints=Qt.InputMethodHint.ImhDigitsOnly, secret=True)
    field.setMaxLength(staff.MOST_DIGITS)
    return field
