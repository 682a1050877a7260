"""Step one: what the centre is called and where it is."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from civicdesk.desk import setup
from civicdesk.models import Centre
from civicdesk.text import _, language
from civicdesk.ui.first_start.step import Step
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented

LANGUAGES = [("tr", "Türkçe"), ("en", "English")]


class CentreStep(Step):
    """Name, address and the language that is spoken at the desk."""

    key: ClassVar[str] = "centre"

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.name = text_field("", name="setup_centre_name")
        self.address = text_field("", name="setup_centre_address")
        self.name_field, self.address_field = LabelledField("", self.name), LabelledField("", self.address)
        self.language_words = label("", "label")
        self.language = Segmented(
            LANGUAGES, name="setup_centre_language", spoken="", joined=True, value=language()
        )
        for part in (self.name_field, self.address_field, self.language_words, self.language):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.setFocusProxy(self.name)
        self.retranslate()

    def heading(self) -> tuple[str, str]:
        return _("Your centre"), _("The name stands on badges, on lists and on the locked screen.")

    def retranslate(self) -> None:
        self.name_field.set_words(_("Name of the centre"))
        self.address_field.set_words(_("Address (not required)"))
        self.language_words.setText(_("Language of the centre"))
        self.language.setAccessibleName(_("Language of the centre"))

    def load(self) -> None:
        self.runner.read(setup.found, self._show)

    def _show(self, centre: Centre | None) -> None:
        if centre:
            self.name.setText(centre.name)
            self.address.setText(centre.address)
            self.language.set_value(centre.language)

    def save(self) -> None:
        use_case = partial(
            setup.save_centre,
            name=self.name.text(),
            address=self.address.text(),
            language=str(self.language.value() or language()),
            at=self.runner.at(),
        )
        self.runner.now(use_case, self.kept, self.refuse)
