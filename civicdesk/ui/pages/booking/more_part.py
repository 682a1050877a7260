"""Who is asked about the booking, with whom it is held, what is worth knowing, and whether it is firm yet."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.booking_wish import MOST_PARTNERS
from civicdesk.models import Organisation
from civicdesk.text import _
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed

FIRM, TENTATIVE = "confirmed", "tentative"


class MorePart(Themed, QWidget):
    """Everything that is written seldom."""

    changed = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.partner = OrganisationPick(runner, name="booking_partner")
        self.partners: list[Organisation] = []
        self.contact = text_field("", name="booking_contact")
        self.phone = text_field("", name="booking_phone", hints=Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.note = text_field("", name="booking_note")
        self.themes = text_field("", name="booking_themes")
        self.firm = Segmented([], name="booking_firm", spoken="", joined=True, value=FIRM)
        self.contact_field, self.phone_field = LabelledField("", self.contact), LabelledField("", self.phone)
        self.note_field, self.themes_field = LabelledField("", self.note), LabelledField("", self.themes)
        self.firm_field = LabelledField("", self.firm)
        self._joined = QVBoxLayout()
        self._build()
        self.retranslate()

    def clear(self) -> None:
        """Nothing written; firm."""
        for field in (self.contact, self.phone, self.note, self.themes):
            field.clear()
        self.partner.set_organisation(None)
        self.show_partners([])
        self.firm.set_value(FIRM)
        self.forgive()

    def forgive(self) -> None:
        """Take back what was refused."""
        for field in (self.contact_field, self.phone_field, self.note_field, self.themes_field):
            field.refuse("")
        self.partner.field.refuse("")

    def partner_ids(self) -> tuple[UUID, ...]:
        """The other organisations of a joint event."""
        return tuple(partner.id for partner in self.partners)

    def chosen_themes(self) -> tuple[str, ...]:
        """The themes, written with commas between them."""
        return tuple(filter(None, (theme.strip() for theme in self.themes.text().split(","))))

    def show_partners(self, partners: Sequence[Organisation]) -> None:
        """Show with whom it is held; a press on one lets it go."""
        self.partners = list(partners)
        empty(self._joined)
        buttons = [self._partner_button(place, each) for place, each in enumerate(self.partners)]
        if buttons:
            self._joined.addWidget(FlowRow(buttons))

    def retranslate(self) -> None:
        self.partner.say(_("Together with (joint event)"))
        self.partner.text.setPlaceholderText(_("Another organisation"))
        self.contact_field.set_words(_("Contact"))
        self.phone_field.set_words(_("Phone"))
        self.phone.setPlaceholderText(_("05__ ___ __ __"))
        self.note_field.set_words(_("Note"))
        self.themes_field.set_words(_("Themes, with commas between them"))
        self.firm_field.set_words(_("How firm"))
        self.firm.set_choices([(FIRM, _("Confirmed")), (TENTATIVE, _("Tentative"))])
        self.show_partners(self.partners)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(FieldRow([(self.contact_field, 3), (self.phone_field, 2)], least=420))
        for part in (self.note_field, self.partner.field, self.partner.matches):
            whole.addWidget(part)
        whole.addLayout(self._joined)
        whole.addWidget(self.themes_field)
        whole.addWidget(self.firm_field)
        self.partner.settled.connect(self._joined_in)
        self.firm.chosen.connect(lambda _firm: self.changed.emit())
        for field in (self.contact_field, self.phone_field, self.note_field, self.themes_field):
            field.field.textEdited.connect(lambda _text, field=field: field.refuse(""))  # type: ignore[attr-defined]

    def _joined_in(self, organisation: Organisation | None) -> None:
        if organisation is None:
            return
        self.partner.set_organisation(None)
        if organisation.id not in self.partner_ids() and len(self.partners) < MOST_PARTNERS:
            self.show_partners([*self.partners, organisation])
            self.changed.emit()

    def _leave(self, place: int) -> None:
        self.show_partners(self.partners[:place] + self.partners[place + 1 :])
        self.changed.emit()

    def _partner_button(self, place: int, organisation: Organisation) -> Button:
        button = Button(organisation.name[:60], "x", name=f"booking_partner_{place + 1}", role="pill")
        button.setAccessibleName(_("Leave out {}").format(organisation.name))
        button.setToolTip(organisation.name)
        button.clicked.connect(lambda _on=False: self._leave(place))
        return button
