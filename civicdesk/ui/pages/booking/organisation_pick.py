"""An organisation, found as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from civicdesk.desk import people
from civicdesk.models import Organisation
from civicdesk.text import _, fold
from civicdesk.ui.pages.checkin.picks import Pick, PickGrid
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, text_field

MOST = 4
_LEAST_LETTERS = 2


class OrganisationPick(QObject):
    """A field, and beneath it the organisations that fit; Enter takes the first of them."""

    settled = Signal(object)  # Organisation, or None when another one is being typed

    def __init__(self, runner: Runner, *, name: str) -> None:
        super().__init__()
        self._runner = runner
        self._found: Sequence[Organisation] = []
        self.organisation: Organisation | None = None
        self.text = text_field("", name=name, icon="building-2")
        self.field = LabelledField("", self.text)
        self.matches = PickGrid(name=f"{name}_match", most=MOST, width=330, icon="building-2")
        self.text.textEdited.connect(self._typed)
        self.text.returnPressed.connect(self.take_first)
        self.matches.picked.connect(lambda place: self._take(self._found[place]))

    @property
    def is_unsettled(self) -> bool:
        """Whether something is written that is no organisation of ours."""
        return self.organisation is None and bool(self.text.text().strip())

    def set_organisation(self, organisation: Organisation | None) -> None:
        """Settle on one, or on none; nobody is told."""
        self.organisation, self._found = organisation, []
        self.text.setText(organisation.name if organisation else "")
        self.text.setCursorPosition(0)
        self.field.refuse("")
        self.matches.offer([])

    def take_first(self) -> None:
        """Take the organisation that fits best."""
        if self.organisation is None and self._found:
            self._take(self._found[0])

    def say(self, words: str) -> None:
        """What the organisation is wanted for."""
        self.field.set_words(words)
        self.matches.setAccessibleName(_("Organisations that fit"))

    def _typed(self, typed: str) -> None:
        was = self.organisation
        self.organisation = None
        self.field.refuse("")
        if len(fold(typed)) < _LEAST_LETTERS:
            self._show([])
        else:
            self._runner.read(lambda session: people.organisations(session, typed, MOST), self._show)
        if was is not None:
            self.settled.emit(None)

    def _show(self, found: Sequence[Organisation]) -> None:
        self._found = found
        self.matches.offer([Pick(each.name) for each in found])

    def _take(self, organisation: Organisation) -> None:
        self.set_organisation(organisation)
        self.settled.emit(organisation)
