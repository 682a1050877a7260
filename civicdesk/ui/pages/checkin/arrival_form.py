"""The form of a check-in: who, where to, why."""

from __future__ import annotations

from civicdesk.desk import people
from civicdesk.desk.visits import Arrival, needs_of
from civicdesk.models import Booking, Organisation, Reason
from civicdesk.ui.pages.checkin.visit_form import VisitForm
from civicdesk.ui.pages.checkin.why_part import WhyPart
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import rule

_MEETING = "meeting"


class ArrivalForm(VisitForm):
    """Everything the clerk may write of an arrival. What is half written stays until it is cleared."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, WhyPart(), name="arrival_form")
        self._host_before: Organisation | None = None
        for part in (self.who, rule(), self.where, rule(), self.why):
            self.add(part)
        self.body.addStretch(1)
        for part in (self.who, self.where, self.why):
            part.changed.connect(self.changed)
        self.who.taken.connect(self._fill_in)
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
