"""The form of an invitation: who, when, where to, why."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from civicdesk.desk import fields, people
from civicdesk.desk.invitations import Wanted
from civicdesk.desk.visits import needs_of
from civicdesk.errors import Refusal
from civicdesk.ui.pages.checkin.where_part import WherePart
from civicdesk.ui.pages.checkin.who_part import WhoPart
from civicdesk.ui.pages.checkin.why_part import WhyPart
from civicdesk.ui.pages.invite.names_part import NamesPart
from civicdesk.ui.pages.invite.when_part import WhenPart
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import Card, rule
from civicdesk.ui.widgets.fields import LabelledField, TextField


class ExpectForm(Card):
    """Whom staff expect, as it is written: one visitor, or a pasted list of names for the same time and place."""

    changed = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(name="invite_form", padded=True)
        self._runner = runner
        self.who, self.names = WhoPart(runner), NamesPart()
        self.when, self.where = WhenPart(runner.at()), WherePart(runner)
        self.why = WhyPart(with_badge=False, name="invite_reason")
        self._name_controls()
        self._parts = (self.who, self.names, self.when, self.where, self.why)
        for part in (self.who, self.names, rule(), self.when, rule(), self.where, rule(), self.why):
            self.add(part)
        self.body.addStretch(1)
        for part in self._parts:
            part.changed.connect(self.changed)
        self.who.taken.connect(self._fill_in)
        self.who.moved_on.connect(self.where.organisation.setFocus)
        self.where.moved_on.connect(self.why.note.setFocus)
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

    def refuse(self, refusal: Refusal) -> bool:
        """Say at its field what may not be written there; whether there is such a field."""
        field = self._field_of(refusal.reason)
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

    def _field_of(self, reason: str) -> LabelledField | None:
        if self.is_many and reason in ("no_name", "long_name", "bad_phone", "national_id"):
            return None
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


def _holds_national_id(field: LabelledField) -> bool:
    return isinstance(field.field, TextField) and fields.has_national_id(field.field.text())
