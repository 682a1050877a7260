"""Where to: an organisation, a room, or an event of today that brings both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import people
from civicdesk.models import Booking, Organisation, Room
from civicdesk.text import _, clock, fold
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.pages.checkin.picks import Pick, PickGrid
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import Themed, mark

MOST_ORGANISATIONS = 4
MOST_EVENTS = 3
_LEAST_LETTERS = 2
_NO_ROOM = ""


class WherePart(Themed, QWidget):
    """The organisation is found as it is typed; an event on now or next is one tap. Beside it, how many come."""

    changed = Signal()
    event_taken = Signal(object)  # Booking
    moved_on = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._found: Sequence[Organisation] = []
        self._rooms: dict[object, Room] = {}
        self._events: list[Booking] = []
        self.host: Organisation | None = None
        self.booking: Booking | None = None
        self.organisation = text_field("", name="visit_host", icon="building-2")
        self.room_choice = ChoiceField("", name="visit_room")
        self.stepper = Stepper("", name="visit_people", highest=500)
        self.host_field = LabelledField("", self.organisation)
        self.room_field = LabelledField("", self.room_choice)
        self.people_field = LabelledField("", self.stepper)
        self.matches = PickGrid(name="host_match", most=MOST_ORGANISATIONS, width=330, icon="building-2")
        self.events = PickGrid(name="event_pick", most=MOST_EVENTS, width=250, icon="presentation")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        fields = [(self.host_field, 5), (self.room_field, 3), (self.people_field, 2)]
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(FieldRow(fields, least=560))
        whole.addWidget(self.matches)
        whole.addWidget(self.events)
        self.organisation.textEdited.connect(self._typed)
        self.organisation.returnPressed.connect(self._take_first)
        self.matches.picked.connect(lambda place: self._take_host(self._found[place]))
        self.room_choice.chosen.connect(self._room_chosen)
        self.stepper.value_changed.connect(lambda _people: self._people_changed())
        self.events.picked.connect(self._event_picked)

    def show_rooms(self, rooms: Sequence[Room]) -> None:
        """The rooms there are to choose from."""
        self._rooms = {room.id.hex: room for room in rooms}
        chosen = self.room_choice.value()
        words = [(key, room.name) for key, room in self._rooms.items()]
        self.room_choice.set_choices([(_NO_ROOM, _("No room")), *words])
        self.room_choice.set_value(chosen if chosen in self._rooms else _NO_ROOM)

    def show_events(self, bookings: Sequence[Booking], at: datetime) -> None:
        """What is on now, and what comes next, today."""
        coming = [booking for booking in bookings if booking.ends_at > at]
        self._events = coming[:MOST_EVENTS]
        self.events.offer([_event_pick(each, at, self._is_taken(each)) for each in self._events])

    @property
    def room(self) -> Room | None:
        """The room chosen, if any."""
        return self._rooms.get(self.room_choice.value())

    @property
    def is_unsettled(self) -> bool:
        """Whether something is written that is no organisation of ours."""
        return self.host is None and bool(self.organisation.text().strip())

    def set_host(self, host: Organisation | None) -> None:
        """Settle on an organisation, or on none."""
        self.host, self._found = host, []
        self.organisation.setText(host.name if host else "")
        self.organisation.setCursorPosition(0)
        self.host_field.refuse("")
        self._show_matches()
        self.changed.emit()

    def set_room(self, room_id: UUID | None) -> None:
        """Settle on a room, or on none."""
        self.room_choice.set_value(room_id.hex if room_id else _NO_ROOM)
        self.changed.emit()

    def clear(self) -> None:
        """Nowhere yet, for one person."""
        self.booking = None
        self.set_host(None)
        self.set_room(None)
        self.stepper.set_value(1)
        self.people_field.refuse("")
        self._mark_event()

    def retranslate(self) -> None:
        self.host_field.set_words(_("Whom or what are they visiting?"))
        self.organisation.setPlaceholderText(_("Organisation"))
        self.room_field.set_words(_("Room"))
        self.people_field.set_words(_("Number of people"))
        self.matches.setAccessibleName(_("Organisations that fit"))
        self.events.setAccessibleName(_("Events now and next"))

    def _typed(self, typed: str) -> None:
        self.host = None
        self.host_field.refuse("")
        self._leave_event()
        if len(fold(typed)) < _LEAST_LETTERS:
            self._show_found([])
        else:
            self._runner.read(
                lambda session: people.organisations(session, typed, MOST_ORGANISATIONS), self._show_found
            )
        self.changed.emit()

    def _show_found(self, found: Sequence[Organisation]) -> None:
        self._found = found
        self._show_matches()

    def _show_matches(self) -> None:
        self.matches.offer([Pick(organisation.name) for organisation in self._found])

    def _take_first(self) -> None:
        if self.host is None and self._found:
            self._take_host(self._found[0])
        self.moved_on.emit()

    def _take_host(self, host: Organisation) -> None:
        self._leave_event()
        self.set_host(host)

    def _room_chosen(self, _room: object) -> None:
        self._leave_event()
        self.changed.emit()

    def _people_changed(self) -> None:
        self.people_field.refuse("")
        self.changed.emit()

    def _event_picked(self, place: int) -> None:
        booking = self._events[place]
        if self._is_taken(booking):
            self._leave_event()
        else:
            self.set_host(booking.organisation)
            self.set_room(booking.room_id)
            self.booking = booking
            self.event_taken.emit(booking)
        self._mark_event()
        self.changed.emit()

    def _leave_event(self) -> None:
        """Another place than the event's was chosen: the visit is no longer one to that event."""
        self.booking = None
        self._mark_event()

    def _is_taken(self, booking: Booking) -> bool:
        return self.booking is not None and self.booking.id == booking.id

    def _mark_event(self) -> None:
        for card, booking in zip(self.events.cards, self._events, strict=False):
            mark(card, self._is_taken(booking))


def _event_pick(booking: Booking, at: datetime, is_taken: bool) -> Pick:
    now = _("now") if booking.starts_at <= at else ""
    when = f"{clock(booking.starts_at)}–{clock(booking.ends_at)}"
    where = booking.room.name if booking.room else ""
    return Pick(
        title=booking.title,
        second=" · ".join(filter(None, (now, when, where))),
        is_taken=is_taken,
    )
