"""The form of a check-in: who, where to, why."""

from __future__ import annotations

from PySide6.QtCore import Signal

from civicdesk.desk import fields, people
from civicdesk.desk.visits import Arrival, needs_of
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Organisation, Reason
from civicdesk.ui.pages.checkin.where_part import WherePart
from civicdesk.ui.pages.checkin.who_part import WhoPart
from civicdesk.ui.pages.checkin.why_part import WhyPart
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import Card, rule
from civicdesk.ui.widgets.fields import LabelledField, TextField

_MEETING = "meeting"


class ArrivalForm(Card):
    """Everything the clerk may write of an arrival. What is half written stays until it is cleared."""

    changed = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(name="arrival_form", padded=True)
        self.who, self.where, self.why = WhoPart(runner), WherePart(runner), WhyPart()
        self._host_before: Organisation | None = None
        for part in (self.who, rule(), self.where, rule(), self.why):
            self.add(part)
        self.body.addStretch(1)
        for part in (self.who, self.where, self.why):
            part.changed.connect(self.changed)
        self.who.taken.connect(self._fill_in)
        self.who.moved_on.connect(self.where.organisation.setFocus)
        self.where.moved_on.connect(self.why.note.setFocus)
        self.where.event_taken.connect(self._event_taken)
        self.where.changed.connect(self._follow_host)

    def arrival(self) -> Arrival:
        """What is written so far."""
        booking, host, room = self.where.booking, self.where.host, self.where.room
        return Arrival(
            name=self.who.name.text(),
            phone=self.who.phone.text(),
            visitor=self.who.visitor,
            host_id=host.id if host else None,
            room_id=room.id if room else None,
            booking_id=booking.id if booking else None,
            reason=self.why.chosen_reason(),
            people=self.where.stepper.value(),
            needs=self.why.chosen_needs(),
            note=self.why.note.text(),
            is_discreet=self.why.discreet.isChecked(),
        )

    def is_empty(self) -> bool:
        """Whether nothing of a visitor is written."""
        written = (self.who.name, self.who.phone, self.where.organisation, self.why.note)
        return not any(field.text().strip() for field in written) and self.where.room is None

    def clear(self) -> None:
        """The next visitor."""
        for part in (self.who, self.where, self.why):
            part.clear()
        self.who.name.setFocus()

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
        """A returning visitor most often comes to the same organisation for the same reason."""
        self.why.set_needs(needs_of(suggestion.visitor.needs))
        last = suggestion.last
        if last is None or self.where.booking is not None or self.where.organisation.text():
            return
        self.where.set_host(last.host)
        if last.reason != Reason.EVENT:
            self.why.reason.set_value(Reason(last.reason))

    def _event_taken(self, booking: Booking) -> None:
        self.why.reason.set_value(Reason.MEETING if booking.kind == _MEETING else Reason.EVENT)

    def _follow_host(self) -> None:
        """Badges of some organisations' visitors are discreet unless the clerk says otherwise."""
        host, before = self.where.host, self._host_before
        if host is not before:
            self._host_before = host
            self.why.discreet.setChecked(host is not None and host.is_discreet)


def _holds_national_id(field: LabelledField) -> bool:
    return isinstance(field.field, TextField) and fields.has_national_id(field.field.text())
