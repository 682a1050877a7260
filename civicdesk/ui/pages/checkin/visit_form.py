"""What the forms of an arrival and of an invitation share: who, where to, why, and which field a refusal is about."""

from __future__ import annotations

from PySide6.QtCore import Signal

from civicdesk.desk import fields
from civicdesk.errors import Refusal
from civicdesk.ui.pages.checkin.where_part import WherePart
from civicdesk.ui.pages.checkin.who_part import WhoPart
from civicdesk.ui.pages.checkin.why_part import WhyPart
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, TextField


class VisitForm(Card):
    """A form about a visitor; it says at its field what may not be written there."""

    changed = Signal()

    def __init__(self, runner: Runner, why: WhyPart, *, name: str) -> None:
        super().__init__(name=name, padded=True)
        self.who, self.where, self.why = WhoPart(runner), WherePart(runner), why
        self.who.moved_on.connect(self.where.organisation.setFocus)
        self.where.moved_on.connect(self.why.note.setFocus)

    def refuse(self, refusal: Refusal) -> bool:
        """Say at its field what may not be written there; whether there is such a field."""
        field = self.field_of(refusal.reason)
        if field is None:
            return False
        field.refuse(str(refusal))
        field.field.setFocus()
        return True

    def forgive(self) -> None:
        """Take back what was refused."""
        self.who.forgive()
        for field in (self.where.host_field, self.where.people_field, self.why.note_field):
            field.refuse("")

    def field_of(self, reason: str) -> LabelledField | None:
        """The field a refusal is about."""
        if reason == "national_id":
            held = (self.who.name_field, self.who.phone_field, self.why.note_field)
            return next(filter(_holds_national_id, held), None)
        return {
            "no_name": self.who.name_field,
            "long_name": self.who.name_field,
            "bad_phone": self.who.phone_field,
            "no_host": self.where.host_field,
            "no_people": self.where.people_field,
            "many_people": self.where.people_field,
            "long_note": self.why.note_field,
        }.get(reason)


def _holds_national_id(field: LabelledField) -> bool:
    return isinstance(field.field, TextField) and fields.has_national_id(field.field.text())
