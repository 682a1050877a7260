"""How a notice is decided on: who accepts it, why it is not taken, or who was called."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk.authority import DeskAuthority, capacity_words
from civicdesk.desk.identifiers import phone_shown
from civicdesk.desk.notices import Acceptance
from civicdesk.desk.pickups import Collector
from civicdesk.text import _
from civicdesk.ui.post_words import standing_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed

DESK, OTHER = "desk", "other"
_MOST = 8


class AcceptPart(Themed, QWidget):
    """By whom and in what capacity; what the authority on file does not cover only a manager sets aside."""

    def __init__(self) -> None:
        super().__init__()
        self._collectors: Sequence[Collector] = ()
        self._desk: DeskAuthority | None = None
        self._is_manager = False
        self.heading = FieldLabel("")
        self.by = Segmented([], name="notice_by", spoken="")
        self.words = label("", "second", wrap=True)
        self.person = text_field("", name="notice_person")
        self.capacity = text_field("", name="notice_capacity")
        self.why = text_field("", name="notice_override")
        self.person_field, self.capacity_field = (
            LabelledField("", self.person),
            LabelledField("", self.capacity),
        )
        self.why_field = LabelledField("", self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(8))
        for part in (
            self.heading,
            self.by,
            self.words,
            self.person_field,
            self.capacity_field,
            self.why_field,
        ):
            column.addWidget(part)
        self.by.chosen.connect(lambda _key: self._show())
        self.retranslate()

    def offer(self, desk: DeskAuthority | None, collectors: Sequence[Collector], *, is_manager: bool) -> None:
        """Who may accept: the desk if it has the authority, then the people on file."""
        self._desk, self._collectors, self._is_manager = desk, collectors[:_MOST], is_manager
        before = self.by.value()
        self._offer()
        if before is None:
            may = [each for each in self._collectors if each.may_take_notices]
            self.by.set_value(may[0].person.id if may else DESK if desk and desk.is_on_file else None)
        self._show()

    def acceptance(self) -> Acceptance | None:
        """Who accepts; None while nobody is chosen."""
        key = self.by.value()
        if key is None:
            return None
        override = self.why.text().strip() if not self._may() else ""
        if key in (DESK, OTHER):
            return Acceptance(
                by_desk=key == DESK,
                person=self.person.text(),
                capacity=self.capacity.text() if key == OTHER else "",
                override=override,
            )
        one = self._chosen()
        return Acceptance(person_id=one.person.id if one else None, override=override)

    def use_name(self, name: str) -> None:
        """Who acts for the desk unless somebody else is written."""
        if not self.person.text():
            self.person.setText(name)

    def clear(self) -> None:
        """Nobody chosen."""
        self.by.set_value(None)
        for field in (self.person, self.capacity, self.why):
            field.clear()
        self._show()

    def retranslate(self) -> None:
        self.heading.setText(_("Who accepts it"))
        self.by.setAccessibleName(_("Who accepts it"))
        self.person_field.set_words(_("Name"))
        self.capacity_field.set_words(_("In what capacity"))
        self.why_field.set_words(_("Why it is accepted all the same (manager)"))
        self._offer()
        self._show()

    def _offer(self) -> None:
        choices: list[tuple[object, str]] = [
            (
                each.person.id,
                _("{name} ✓ authorised").format(name=each.person.name[:40])
                if each.may_take_notices
                else each.person.name[:40],
            )
            for each in self._collectors
        ]
        self.by.set_choices([*choices, (DESK, _("The desk itself")), (OTHER, _("Somebody else"))])

    def _chosen(self) -> Collector | None:
        key = self.by.value()
        return next((each for each in self._collectors if each.person.id == key), None)

    def _may(self) -> bool:
        one = self._chosen()
        if one is not None:
            return one.may_take_notices
        return self.by.value() == DESK and self._desk is not None and self._desk.is_on_file

    def _show(self) -> None:
        key = self.by.value()
        is_asked = key is not None and not self._may()
        self.person_field.setVisible(key in (DESK, OTHER))
        self.capacity_field.setVisible(key == OTHER)
        self.why_field.setVisible(is_asked and self._is_manager)
        self.words.setText(self._sentence(is_asked=is_asked))
        self.words.setVisible(bool(self.words.text()))
        set_tone(self.words, "bad" if is_asked else "")

    def _sentence(self, *, is_asked: bool) -> str:
        one, key = self._chosen(), self.by.value()
        if one is not None:
            said = " · ".join((capacity_words(one.person.role), standing_words(one)))
        elif key == DESK:
            said = (
                _("On the desk's own written authority.") if not is_asked else _("The desk has no authority.")
            )
        elif key == OTHER:
            said = _("Not on file: no written authority.")
        else:
            return ""
        return " ".join((said, _("Only a manager may allow it, with a reason."))) if is_asked else said


class ReasonPart(Themed, QWidget):
    """Why a notice is not taken: the usual reasons as pills, or in one's own words."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.usual = [Button("", name=f"notice_reason_{n + 1}", role="pill") for n in range(4)]
        self.why = text_field("", name="notice_why")
        self.why_field = LabelledField("", self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(8))
        column.addWidget(FlowRow(self.usual))
        column.addWidget(self.why_field)
        for button in self.usual:
            button.clicked.connect(lambda _on=False, button=button: self.why.setText(button.words()))
        self.why.textChanged.connect(lambda _text: self.why_field.refuse(""))
        self.retranslate()

    def retranslate(self) -> None:
        for button, words in zip(self.usual, _usual_reasons(), strict=True):
            button.setText(words)
        self.why_field.set_words(_("Why it is not taken"))


class CallPart(Themed, QWidget):
    """Somebody of the organisation was called: who, and what they said."""

    def __init__(self) -> None:
        super().__init__()
        self.person = text_field("", name="notice_called")
        self.outcome = text_field("", name="notice_outcome")
        self.person_field, self.outcome_field = (
            LabelledField("", self.person),
            LabelledField("", self.outcome),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(8))
        self._names = QVBoxLayout()
        column.addLayout(self._names)
        column.addWidget(self.person_field)
        column.addWidget(self.outcome_field)
        self.retranslate()

    def offer(self, collectors: Sequence[Collector]) -> None:
        """Who can be called, with their numbers."""
        empty(self._names)
        buttons = [self._button(place, each) for place, each in enumerate(collectors[:_MOST])]
        if buttons:
            self._names.addWidget(FlowRow(buttons))

    def retranslate(self) -> None:
        self.person_field.set_words(_("Who was called"))
        self.outcome_field.set_words(_("What they said"))

    def _button(self, place: int, one: Collector) -> Button:
        words = " ".join(filter(None, (one.person.name[:40], phone_shown(one.person.phone))))
        button = Button(words, "phone", name=f"notice_call_{place + 1}", role="pill")
        button.clicked.connect(lambda _on=False: self.person.setText(one.person.name))
        return button


def _usual_reasons() -> list[str]:
    return [
        _("No authorised person could be reached"),
        _("The desk has no authority for it"),
        _("The addressee is not here"),
        _("The authorised person will fetch it themselves"),
    ]
