"""What is written of a person of an organisation, and by what paper the person may collect its post."""

from __future__ import annotations

from PySide6.QtCore import Qt

from civicdesk.desk import authority, identifiers
from civicdesk.desk.collectors import Face
from civicdesk.models import OrganisationPerson, PersonRole
from civicdesk.text import _
from civicdesk.ui.pages.member.day_text import DayText
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.segmented import Segmented

_LEAST = 240


class PersonForm(FormCard):
    """Name, what the person is there, how to be reached; the authority with its days."""

    def __init__(self) -> None:
        super().__init__("person_form")
        self.person: OrganisationPerson | None = None
        dial, mail = Qt.InputMethodHint.ImhDialableCharactersOnly, Qt.InputMethodHint.ImhEmailCharactersOnly
        self.name = LabelledField("", text_field("", name="person_name"))
        self.role = Segmented([], name="person_role", spoken="")
        self.role_row = LabelledField("", self.role)
        self.phone = LabelledField("", text_field("", name="person_phone", hints=dial))
        self.email = LabelledField("", text_field("", name="person_email", hints=mail))
        self.reference = LabelledField("", text_field("", name="person_reference"))
        self.begins, self.ends = DayText(name="person_from"), DayText(name="person_until")
        self.notices = Tick(name="person_notices")
        self.note = LabelledField("", text_field("", name="person_note"))
        for part in (self.name, self.phone, self.email, self.reference, self.begins, self.ends):
            part.setMinimumWidth(_LEAST)
        self.add_row(self.name, self.phone, self.email)
        self.add(self.role_row)
        self.add_row(self.reference, self.begins, self.ends)
        self.add(self.notices)
        self.add(self.note)
        self.add_buttons()
        self.by_reason = {
            "no_name": self.name,
            "long_name": self.name,
            "bad_role": self.role_row,
            "no_authority": self.reference,
            "bad_dates": self.ends,
        }
        self.enter_saves([self.name, self.phone, self.email, self.reference])
        self.retranslate()

    def show_person(self, person: OrganisationPerson | None) -> None:
        """Show somebody to be changed, or an empty form."""
        self.person = person
        self.remove.setVisible(person is not None)
        self._put(self.name, person.name if person else "")
        self._put(self.phone, identifiers.phone_shown(person.phone) if person else "")
        self._put(self.email, person.email if person else "")
        self._put(self.reference, person.authority_reference if person else "")
        self._put(self.note, person.note if person else "")
        self.role.set_value(person.role if person else PersonRole.COLLECTOR.value)
        self.begins.show_day(person.authority_from_on if person else None)
        self.ends.show_day(person.authority_until_on if person else None)
        self.notices.setChecked(person is not None and person.may_take_notices)
        self.name.field.setFocus()

    def face(self) -> Face:
        """What is written. Refuses `bad_date`."""
        return {
            "name": _said(self.name),
            "role": str(self.role.value() or PersonRole.CONTACT),
            "phone": _said(self.phone),
            "email": _said(self.email),
            "authority_reference": _said(self.reference),
            "authority_from_on": self.begins.day(self.today),
            "authority_until_on": self.ends.day(self.today),
            "may_take_notices": self.notices.isChecked(),
            "note": _said(self.note),
        }

    def retranslate(self) -> None:
        super().retranslate()
        self.name.set_words(_("Full name"))
        self.role_row.set_words(_("Is there"))
        self.role.set_choices([(each.value, authority.capacity_words(each)) for each in PersonRole])
        self.phone.set_words(_("Phone (optional)"))
        self.email.set_words(_("Email (optional)"))
        self.reference.set_words(_("Written authority: number or date"))
        self.begins.set_words(_("Valid from (optional)"))
        self.ends.set_words(_("Valid until (optional)"))
        self.notices.say(_("May take official notices too"))
        self.note.set_words(_("Note (optional)"))

    def _put(self, row: LabelledField, words: str) -> None:
        field = row.field
        field.setText(words)  # type: ignore[attr-defined]
        field.setCursorPosition(0)  # type: ignore[attr-defined]


def _said(row: LabelledField) -> str:
    return str(row.field.text())  # type: ignore[attr-defined]
