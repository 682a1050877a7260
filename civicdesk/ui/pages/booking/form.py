"""The form of a booking: who, what, when, how often, set up how, and whatever else is worth writing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import booking_wish, fields
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.booking_wish import GOALS, Wish
from civicdesk.desk.free_rooms import RoomOffer, Sought
from civicdesk.desk.goal_words import goal_words
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingKind, BookingState, Organisation
from civicdesk.text import _, local
from civicdesk.ui.pages.booking.assembly_part import AssemblyPart
from civicdesk.ui.pages.booking.date_chips import DateChips
from civicdesk.ui.pages.booking.more_part import FIRM, TENTATIVE, MorePart
from civicdesk.ui.pages.booking.needs_part import NeedsPart
from civicdesk.ui.pages.booking.pill_choice import PillChoice
from civicdesk.ui.pages.booking.repeat_part import RepeatPart
from civicdesk.ui.pages.booking.what_part import WhatPart
from civicdesk.ui.pages.booking.when_part import WhenPart
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, TextField
from civicdesk.ui.widgets.themed import Themed

_USUAL_GOALS = (4, 5, 9)
_TIMES = ("ends_first", "bad_year", "off_grid", "too_long", "bad_time")
_RULE = ("bad_rule", "endless_rule", "starts_off", "too_many")


class BookingForm(Themed, QWidget):
    """What is half written stays until it is cleared."""

    changed = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        today = local(runner.at()).date()
        self.what, self.when = WhatPart(runner), WhenPart(runner.at())
        self.repeat, self.chips, self.assembly = RepeatPart(today), DateChips(), AssemblyPart(today)
        self.goals = PillChoice(list(GOALS), name="booking_goal", usual=_USUAL_GOALS, several=True)
        self.goals_label = FieldLabel("")
        self.needs, self.more = NeedsPart(), MorePart(runner)
        self.main = Card(name="booking_main", padded=True)
        self.needs_card = Card(name="booking_needs", padded=True)
        self.more_card = Card(name="booking_more", padded=True)
        self._build()
        self._connect()
        self.show_parts(is_change=False)
        self.retranslate()

    def begin(self, at: datetime) -> None:
        """An empty form."""
        self.what.clear()
        self.when.begin(at)
        self.repeat.clear(self.when.on.value())
        self.assembly.clear(self.when.on.value())
        self.goals.take([])
        self.goals.fold()
        self.needs.clear()
        self.more.clear()
        self.show_parts(is_change=False)

    def is_empty(self) -> bool:
        """Whether nothing is written that somebody would miss."""
        what, more = self.what, self.more
        written = (what.who.text, what.title, more.contact, more.phone, more.note, more.themes)
        return not any(field.text().strip() for field in written)

    def show_booking(
        self, booking: Booking, organisation: Organisation | None, partners: Sequence[Organisation]
    ) -> None:
        """Fill in a booking that is to be changed."""
        self.what.who.set_organisation(organisation)
        self.what.title.setText(booking.title)
        self.what.people.set_value(booking.people)
        self.what.kind.take([booking.kind])
        self.when.show_times(booking.starts_at, booking.ends_at)
        self.goals.take(booking_wish.goals(booking))
        self.needs.layouts.take([booking.layout])
        self.needs.setup.set_value(booking.setup_minutes)
        self.needs.clearing.set_value(booking.clear_minutes)
        more = self.more
        more.contact.setText(booking.contact_name)
        more.phone.setText(fields.phone_as_dialled(booking.contact_phone))
        more.note.setText(booking.note)
        more.themes.setText(", ".join(booking_wish.themes(booking)))
        more.show_partners(partners)
        more.firm.set_value(TENTATIVE if booking.state == BookingState.TENTATIVE else FIRM)
        self.show_parts(is_change=True)

    def show_parts(self, *, is_change: bool) -> None:
        """A booking that is changed is not repeated anew; only an assembly has a second call."""
        self.repeat.setVisible(not is_change)
        is_assembly = self.what.chosen_kind() == BookingKind.GENERAL_ASSEMBLY
        self.assembly.setVisible(is_assembly and not is_change and not self.repeat.rule())

    def second_day(self) -> date | None:
        """The day of the second call of an assembly."""
        return None if self.assembly.isHidden() else self.assembly.second_day()

    def times(self, days: Sequence[date]) -> list[Times]:
        """The times written, on each of these days."""
        needs = self.needs
        return [
            Times(
                starts_at=self.when.starts_on(on),
                ends_at=self.when.ends_on(on),
                setup_minutes=needs.setup.value(),
                clear_minutes=needs.clearing.value(),
            )
            for on in days
        ]

    def sought(self, times: Sequence[Times], room_id: UUID | None) -> Sought:
        """What a room must be like."""
        return Sought(
            times=times,
            people=self.what.people.value(),
            layout=self.needs.chosen_layout(),
            equipment=self.needs.wanted(),
            is_step_free=self.needs.step_free.isChecked(),
            room_id=room_id,
        )

    def wish(self, offer: RoomOffer, on: date | None = None) -> Wish:
        """What is written, in this room."""
        return self.wishes()(offer, on or self.when.on.value())

    def wishes(self) -> Callable[[RoomOffer, date], Wish]:
        """What is written, for any room and day. What it gives knows nothing of the screen any more."""
        written, begins, ends = self._written(), self.when.starts_on(), self.when.ends_on()
        first = self.when.on.value()

        def in_room(offer: RoomOffer, on: date) -> Wish:
            later = on - first  # the centre's clock is never put forward or back
            return replace(
                written,
                room_id=offer.room.id,
                equipment=dict(offer.equipment),
                starts_at=begins + later,
                ends_at=ends + later,
            )

        return in_room

    def _written(self) -> Wish:
        what, more, needs = self.what, self.more, self.needs
        return Wish(
            room_id=UUID(int=0),
            starts_at=self.when.starts_on(),
            ends_at=self.when.ends_on(),
            title=what.chosen_title(),
            kind=what.chosen_kind(),
            organisation_id=what.who.organisation.id if what.who.organisation else None,
            people=what.people.value(),
            layout=needs.chosen_layout(),
            setup_minutes=needs.setup.value(),
            clear_minutes=needs.clearing.value(),
            contact_name=more.contact.text(),
            contact_phone=more.phone.text(),
            note=more.note.text(),
            sdg=tuple(int(str(goal)) for goal in self.goals.taken()),
            themes=more.chosen_themes(),
            partners=more.partner_ids(),
            is_tentative=more.firm.value() == TENTATIVE,
        )

    def read(self) -> None:
        """Take what stands in the fields, also where the cursor still is."""
        self.when.read()
        self.repeat.until.read()
        self.assembly.on.read()

    def misread(self) -> Refusal | None:
        """Why a day or a time that is written is none; the last good one is not booked in its place."""
        if trouble := self.when.trouble():
            return trouble
        until = self.repeat.until_trouble()
        second = self.assembly.on.trouble if self.second_day() is not None else None
        return until or second

    def unsettled(self) -> Refusal | None:
        """An organisation that is half typed would get lost."""
        for pick in (self.what.who, self.more.partner):
            if pick.is_unsettled:
                sentence = _("Choose an organisation from the list, or leave the field empty.")
                pick.field.refuse(sentence)
                pick.text.setFocus()
                return Refusal("no_host", sentence)
        return None

    def refuse(self, refusal: Refusal) -> QWidget | None:
        """Say at its field what may not be written there; the field, if there is such a one."""
        if refusal.reason in (*_TIMES, "bad_date"):
            self.when.refuse(str(refusal), is_day=refusal.reason == "bad_date")
            return self.when
        if refusal.reason in _RULE:
            self.repeat.refuse(str(refusal))
            return self.repeat
        field = self._field_of(refusal.reason)
        if field is not None:
            field.refuse(str(refusal))
            field.field.setFocus()
        return field

    def forgive(self) -> None:
        """Take back what was refused."""
        self.what.forgive()
        self.when.refuse("")
        self.repeat.refuse("")
        self.more.forgive()

    def retranslate(self) -> None:
        self.goals_label.setText(_("Purposes (SDG)"))
        self.goals.set_words(_("Purposes (SDG)"), [goal_words(goal) for goal in GOALS])
        self.needs_card.set_title(_("Setting up"))
        self.more_card.set_title(_("Contact and notes"))

    def _field_of(self, reason: str) -> LabelledField | None:
        what, more = self.what, self.more
        if reason in ("national_id", "long_note"):
            held = (
                what.title_field,
                more.contact_field,
                more.phone_field,
                more.note_field,
                more.themes_field,
            )
            check = _holds_national_id if reason == "national_id" else _is_long
            return next(filter(check, held), None)
        return {
            "no_title": what.title_field,
            "long_title": what.title_field,
            "no_people": what.people_field,
            "no_name": more.contact_field,
            "long_name": more.contact_field,
            "bad_phone": more.phone_field,
            "many_partners": more.partner.field,
        }.get(reason)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        main = (self.what, self.when, self.repeat, self.assembly, self.chips, self.goals_label, self.goals)
        for part in main:
            self.main.add(part)
        self.main.body.setSpacing(10)
        self.needs_card.add(self.needs)
        self.more_card.add(self.more)
        for card in (self.main, self.needs_card, self.more_card):
            whole.addWidget(card)

    def _connect(self) -> None:
        self.when.on.value_changed.connect(self.repeat.begin_on)
        self.when.on.value_changed.connect(self.assembly.begin_on)
        for part in (self.what, self.when, self.repeat, self.assembly, self.needs, self.more):
            part.changed.connect(self._part_changed)
        self.goals.changed.connect(self.changed)

    def _part_changed(self) -> None:
        self.when.refuse("")
        self.repeat.refuse("")
        self.changed.emit()


def _holds_national_id(field: LabelledField) -> bool:
    return isinstance(field.field, TextField) and fields.has_national_id(field.field.text())


def _is_long(field: LabelledField) -> bool:
    return isinstance(field.field, TextField) and len(field.field.text()) > fields.NOTE_LENGTH
