"""Who wants the room, what for, and how many come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.rooms import MOST_PEOPLE
from civicdesk.models import BookingKind
from civicdesk.text import _
from civicdesk.ui.booking_words import KINDS, kind_words
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.booking.pill_choice import PillChoice
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import Themed

_USUAL = ("meeting", "general_assembly", "workshop", "training", "panel", "conference")


class WhatPart(Themed, QWidget):
    """Organisation, title and number of people in a row; beneath it the kinds of event as pills."""

    changed = Signal()
    kind_changed = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.who = OrganisationPick(runner, name="booking_organisation")
        self.title = text_field("", name="booking_title")
        self.people = Stepper("", name="booking_people", highest=MOST_PEOPLE, value=10)
        self.kind = PillChoice(list(KINDS), name="booking_kind", usual=_USUAL)
        self.title_field, self.people_field = LabelledField("", self.title), LabelledField("", self.people)
        self.kind_label = FieldLabel("")
        self._build()
        self.clear()
        self.retranslate()

    def clear(self) -> None:
        """Nobody yet, for a meeting of ten."""
        self.who.set_organisation(None)
        self.title.clear()
        self.people.set_value(10)
        self.kind.take([BookingKind.MEETING.value])
        self.kind.fold()
        self.forgive()

    def forgive(self) -> None:
        """Take back what was refused."""
        for field in (self.who.field, self.title_field, self.people_field):
            field.refuse("")

    def chosen_kind(self) -> str:
        """What kind of event it is."""
        return str(next(iter(self.kind.taken()), BookingKind.MEETING))

    def chosen_title(self) -> str:
        """What is written; an organisation need not write anything."""
        written = self.title.text().strip()
        return written or (kind_words(self.chosen_kind()) if self.who.organisation else "")

    def retranslate(self) -> None:
        self.who.say(_("Organisation"))
        self.title_field.set_words(_("Title"))
        self.people_field.set_words(_("Participants"))
        self.kind_label.setText(_("Kind"))
        self.kind.set_words(_("Kind"), [kind_words(kind) for kind in KINDS])
        self._hint()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        fields = [(self.who.field, 5), (self.title_field, 5), (self.people_field, 3)]
        for part in (FieldRow(fields, least=620), self.who.matches, self.kind_label, self.kind):
            whole.addWidget(part)
        self.who.settled.connect(lambda _organisation: self.changed.emit())
        self.people.value_changed.connect(lambda _count: self._people_changed())
        self.title.textEdited.connect(lambda _text: self.title_field.refuse(""))
        self.kind.changed.connect(self._kind_changed)

    def _people_changed(self) -> None:
        self.people_field.refuse("")
        self.changed.emit()

    def _kind_changed(self) -> None:
        self._hint()
        self.kind_changed.emit()
        self.changed.emit()

    def _hint(self) -> None:
        """What stands for a title when none is written."""
        self.title.setPlaceholderText(kind_words(self.chosen_kind()))
