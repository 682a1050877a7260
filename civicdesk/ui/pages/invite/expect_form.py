"""The form of an invitation: who, when, where to, why."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from civicdesk.desk import people
from civicdesk.desk.invitations import Wanted
from civicdesk.desk.visits import needs_of
from civicdesk.ui.pages.checkin.visit_form import VisitForm
from civicdesk.ui.pages.checkin.why_part import WhyPart
from civicdesk.ui.pages.invite.names_part import NamesPart
from civicdesk.ui.pages.invite.when_part import WhenPart
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import rule
from civicdesk.ui.widgets.fields import LabelledField


class ExpectForm(VisitForm):
    """Whom staff expect, as it is written: one visitor, or a pasted list of names for the same time and place."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, WhyPart(with_badge=False, name="invite_reason"), name="invite_form")
        self._runner = runner
        self.names, self.when = NamesPart(), WhenPart(runner.at())
        self._name_controls()
        self._parts = (self.who, self.names, self.when, self.where, self.why)
        for part in (self.who, self.names, rule(), self.when, rule(), self.where, rule(), self.why):
            self.add(part)
        self.body.addStretch(1)
        for part in self._parts:
            part.changed.connect(self.changed)
        self.who.taken.connect(self._fill_in)
        self.show_many(many=False)

    @property
    def is_many(self) -> bool:
        """Whether a list is pasted instead of one name written."""
        return not self.names.isHidden()

    def show_many(self, *, many: bool) -> None:
        """Take one name, or a pasted list."""
        self.who.setVisible(not many)
        self.names.setVisible(many)
        self.when.allow_weekly(not many)
        self.first_field.setFocus()
        self.changed.emit()

    @property
    def first_field(self) -> QWidget:
        """Where writing begins."""
        return self.names.field if self.is_many else self.who.name

    def wanted(self) -> Wanted:
        """What is written so far."""
        host, room = self.where.host, self.where.room
        return Wanted(
            name="" if self.is_many else self.who.name.text(),
            phone="" if self.is_many else self.who.phone.text(),
            visitor=None if self.is_many else self.who.visitor,
            expected_at=self.when.expected_at(),
            until=self.when.until(),
            entries=self.when.times(),
            people=self.where.stepper.value(),
            host_id=host.id if host else None,
            room_id=room.id if room else None,
            reason=self.why.chosen_reason(),
            needs=self.why.chosen_needs(),
            note=self.why.note.text(),
        )

    def is_empty(self) -> bool:
        """Whether nobody is written yet."""
        return not (self.who.name.text().strip() or self.names.lines)

    def clear(self) -> None:
        """The next one, for the same organisation, day and time, as guests of one meeting follow each other."""
        self.who.clear()
        self.names.clear()
        self.why.set_needs(())
        self.forgive()
        self.first_field.setFocus()

    def begin(self) -> None:
        """An empty form for today at the next half hour."""
        with QSignalBlocker(self):
            for part in (self.who, self.names, self.where, self.why):
                part.clear()
            self.when.begin(self._runner.at())
        self.first_field.setFocus()
        self.changed.emit()

    def field_of(self, reason: str) -> LabelledField | None:
        if self.is_many and reason in ("no_name", "long_name", "bad_phone", "national_id"):
            return None
        return super().field_of(reason)

    def _fill_in(self, suggestion: people.Suggestion) -> None:
        """A returning visitor most often comes to the same organisation."""
        self.why.set_needs(needs_of(suggestion.visitor.needs))
        if suggestion.last and not self.where.organisation.text():
            self.where.set_host(suggestion.last.host)

    def _name_controls(self) -> None:
        """The parts are the check-in's; here they go by names of their own."""
        for widget, name in (
            (self.who.name, "invite_name"),
            (self.who.phone, "invite_phone"),
            (self.who.suggestions, "invite_suggestion"),
            (self.where.organisation, "invite_host"),
            (self.where.room_choice, "invite_room"),
            (self.where.stepper, "invite_people"),
            (self.where.stepper.less, "invite_people_less"),
            (self.where.stepper.more, "invite_people_more"),
            (self.where.stepper.number, "invite_people_number"),
            (self.why.note, "invite_note"),
        ):
            widget.setObjectName(name)
        for place, card in enumerate(self.who.suggestions.cards, start=1):
            card.setObjectName(f"invite_suggestion_{place}")
        for place, card in enumerate(self.where.matches.cards, start=1):
            card.setObjectName(f"invite_host_match_{place}")
        for need, toggle in self.why.needs.items():
            toggle.setObjectName(f"invite_need_{need.value}")
