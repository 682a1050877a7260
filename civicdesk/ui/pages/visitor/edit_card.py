"""Putting a visitor's name or phone right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from civicdesk.desk import fields
from civicdesk.errors import Refusal
from civicdesk.models import Visitor
from civicdesk.text import _
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, TextField, text_field


class EditCard(Card):
    """Opens where the visitor's name stands; saving writes down who changed what."""

    save_wanted = Signal(str, str)  # name, phone

    def __init__(self) -> None:
        super().__init__(name="edit_visitor", padded=True)
        self.name = text_field("", name="edit_name")
        self.phone = text_field("", name="edit_phone", hints=Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.name_field, self.phone_field = LabelledField("", self.name), LabelledField("", self.phone)
        self.save = Button("", "save", name="edit_save", role="primary")
        self.cancel = Button("", name="edit_cancel")
        self.add(FieldRow([(self.name_field, 3), (self.phone_field, 2)], least=420))
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.cancel, self.save):
            row.addWidget(button)
        self.body.addLayout(row)
        self.save.clicked.connect(lambda _on=False: self._save())
        self.cancel.clicked.connect(lambda _on=False: self.hide())
        for field in (self.name, self.phone):
            field.returnPressed.connect(self._save)
            field.textEdited.connect(lambda _text: self._forgive())
        self.retranslate()
        self.hide()

    def open(self, visitor: Visitor) -> None:
        """Show what is known now, to be changed."""
        self.name.setText(visitor.name)
        self.phone.setText(fields.phone_as_dialled(visitor.phone))
        self._forgive()
        self.show()
        self.name.setFocus()

    def refuse(self, refusal: Refusal) -> bool:
        """Say at its field what may not be written there; whether there is such a field."""
        field = self._field_of(refusal.reason)
        if field:
            field.refuse(str(refusal))
            field.field.setFocus()
        return field is not None

    def retranslate(self) -> None:
        self.setAccessibleName(_("Change name or phone"))
        self.name_field.set_words(_("Full name"))
        self.phone_field.set_words(_("Phone (optional)"))
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))

    def _field_of(self, reason: str) -> LabelledField | None:
        if reason == "national_id":
            pair = (self.name_field, self.phone_field)
            return next((each for each in pair if _has_id(each.field)), None)
        named = {"no_name": self.name_field, "long_name": self.name_field, "bad_phone": self.phone_field}
        return named.get(reason)

    def _save(self) -> None:
        self._forgive()
        self.save_wanted.emit(self.name.text(), self.phone.text())

    def _forgive(self) -> None:
        self.name_field.refuse("")
        self.phone_field.refuse("")


def _has_id(field: object) -> bool:
    return isinstance(field, TextField) and fields.has_national_id(field.text())
