"""Who comes in: the name, and whoever is known by it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import fields, people
from civicdesk.errors import Refusal
from civicdesk.models import Visitor
from civicdesk.text import _, day, local
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.pages.checkin.picks import Pick, PickGrid
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed

MOST_SUGGESTIONS = 6


class WhoPart(Themed, QWidget):
    """Name and phone, with the visitors that fit from the third letter on.

    Taking a suggestion makes this a returning visitor; changing the name afterwards makes it a new one again.
    """

    changed = Signal()
    taken = Signal(object)  # people.Suggestion
    moved_on = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._found: list[people.Suggestion] = []
        self.suggestion: people.Suggestion | None = None
        self.name = text_field("", name="visitor_name")
        self.phone = text_field("", name="visitor_phone", hints=Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.name_field, self.phone_field = LabelledField("", self.name), LabelledField("", self.phone)
        self.suggestions = PickGrid(name="suggestion", most=MOST_SUGGESTIONS, width=330)
        self.hint = label("", "second", wrap=True)
        self._build()
        self.retranslate()
        runner.background(_warm_up)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(FieldRow([(self.name_field, 3), (self.phone_field, 2)], least=420))
        whole.addWidget(self.suggestions)
        whole.addWidget(self.hint)
        self.name.textEdited.connect(self._name_typed)
        self.phone.textEdited.connect(self._phone_typed)
        self.name.returnPressed.connect(self.phone.setFocus)
        self.phone.returnPressed.connect(self.moved_on)
        self.suggestions.picked.connect(self._picked)

    @property
    def visitor(self) -> Visitor | None:
        """The returning visitor, if one was taken."""
        return self.suggestion.visitor if self.suggestion else None

    def take(self, suggestion: people.Suggestion) -> None:
        """Take a returning visitor: fill in what is known."""
        self.suggestion = suggestion
        self.name.setText(suggestion.visitor.name)
        self.name.setCursorPosition(0)
        self.phone.setText(fields.phone_as_dialled(suggestion.visitor.phone))
        self.forgive()
        self._show_suggestions()
        self.taken.emit(suggestion)
        self.changed.emit()

    def write(self, name: str) -> None:
        """Begin with this name, as if it had been typed."""
        self.name.setText(name)
        self._name_typed(name)

    def look_again(self) -> None:
        """Somebody came in or went out meanwhile: say anew who is inside."""
        chosen = self.visitor
        if chosen is not None:
            self._runner.read(lambda session: people.suggestion(session, chosen.id), self._retake)
        else:
            self._suggest()

    def clear(self) -> None:
        """Somebody else."""
        self.suggestion = None
        self.name.clear()
        self.phone.clear()
        self.forgive()
        self._suggest()

    def forgive(self) -> None:
        """Take back what was refused."""
        self.name_field.refuse("")
        self.phone_field.refuse("")

    def phone_number(self) -> str:
        """The number in the form it is stored, or nothing while it is not a whole one."""
        try:
            return fields.phone(self.phone.text())
        except Refusal:
            return ""

    def retranslate(self) -> None:
        self.name_field.set_words(_("Full name"))
        self.phone_field.set_words(_("Phone (optional)"))
        self.phone.setPlaceholderText(_("05__ ___ __ __"))
        self.suggestions.setAccessibleName(_("Visitors who have been here before"))
        self._show_suggestions()

    def _name_typed(self, name: str) -> None:
        self.name_field.refuse("")
        if self.suggestion and name != self.suggestion.visitor.name:
            self.suggestion = None
        self._suggest()
        self.changed.emit()

    def _phone_typed(self, _phone: str) -> None:
        self.phone_field.refuse("")
        self.changed.emit()

    def _suggest(self) -> None:
        if self.suggestion is None:
            typed = self.name.text()
            self._runner.read(lambda session: people.suggest(session, typed, MOST_SUGGESTIONS), self._show)

    def _show(self, found: list[people.Suggestion]) -> None:
        self._found = found
        self._show_suggestions()

    def _retake(self, suggestion: people.Suggestion | None) -> None:
        self.suggestion = suggestion
        self._show_suggestions()

    def _show_suggestions(self) -> None:
        shown = [self.suggestion] if self.suggestion else self._found
        at, is_taken = self._runner.at(), self.suggestion is not None
        self.suggestions.offer([_pick(each, at, is_taken=is_taken) for each in shown])
        self.hint.setText(self._hint(len(shown)))
        self.hint.setVisible(bool(self.hint.text()))

    def _hint(self, shown: int) -> str:
        if shown or not people.is_enough(self.name.text()):
            return ""
        return _("Nobody of this name has been here before: a new visitor.")

    def _picked(self, place: int) -> None:
        if self.suggestion:
            self.suggestion = None
            self._suggest()
            self.changed.emit()
        else:
            self.take(self._found[place])


def _warm_up() -> None:
    """Load the tables of dates and phone numbers before the first visitor has to wait for them."""
    fields.phone_as_dialled("+905320000000")
    day(date(2026, 1, 1), "d MMM")


def _pick(suggestion: people.Suggestion, at: datetime, *, is_taken: bool) -> Pick:
    last, is_inside = suggestion.last, suggestion.is_inside
    host = last.host.name if last and last.host else ""
    when = ""
    if last:
        on = local(last.arrived_at).date()
        when = day(on, "d MMM" if on.year == local(at).year else "d MMM yyyy")
    coming = _("visit no. {number}").format(number=suggestion.visits + 1)
    return Pick(
        title=suggestion.visitor.name,
        second=" · ".join(filter(None, (host, when))),
        note="" if is_inside else coming,
        state=_("inside") if is_inside else "",
        is_taken=is_taken,
    )
