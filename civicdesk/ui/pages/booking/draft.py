"""A booking while it is written: the form, what was chosen beside it, and what was found for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from civicdesk.desk import recurrence
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.free_rooms import Fit, RoomOffer
from civicdesk.errors import Refusal
from civicdesk.models import BookingKind, new_id
from civicdesk.text import _, local
from civicdesk.ui.pages.booking.changing import Changing
from civicdesk.ui.pages.booking.form import BookingForm
from civicdesk.ui.pages.booking.looking import Asked, Seen
from civicdesk.ui.pages.booking.picked_days import PickedDays, dates_words
from civicdesk.ui.pages.booking.saving import Saving
from civicdesk.ui.pages.booking.scope_part import ScopePart

_HOUR = timedelta(hours=1)


class Draft:
    """Asks for what is written, and says what would be saved. `room_id` is the room somebody chose."""

    def __init__(self, form: BookingForm, scope: ScopePart) -> None:
        self._form, self._scope = form, scope
        self.picked = PickedDays()
        self.begin(Changing())

    def begin(self, changing: Changing) -> None:
        """A new one, or a booking that is to be changed."""
        self.key = new_id().hex
        self.changing = changing
        self.room_id: UUID | None = None
        self.seen: Seen | None = None
        self.picked.forget()

    # --- what is asked for ------------------------------------------------------

    def days(self) -> Sequence[date]:
        """The days asked for. Refuses `bad_date`, `bad_time` and what `recurrence.dates` refuses."""
        if misread := self._form.misread():
            raise misread
        when, rule = self._form.when, self._form.repeat.rule()
        if self.changing.is_on:
            return self.changing.days(self._scope.value(), when.on.value())
        if not rule:
            return [when.on.value()]
        return recurrence.dates(rule, when.on.value(), local(when.starts_on()).time())

    def asked(self, days: Sequence[date]) -> Asked:
        """What is to be looked up for these days."""
        form, second_on = self._form, self._form.second_day()
        who, seen = form.what.who.organisation, self.seen
        return Asked(
            sought=form.sought(form.times(days), self.room_id),
            wish=form.wishes(),
            days=days,
            organisation_id=who.id if who else None,
            second=form.times([second_on])[0] if second_on else None,
            last_id=seen.offer.room.id if seen and seen.offer else None,
            besides=self.changing.besides(self._scope.value()),
            is_change=self.changing.is_on,
            is_assembly=form.what.chosen_kind() == BookingKind.GENERAL_ASSEMBLY and not self.changing.is_on,
        )

    # --- what would be saved ----------------------------------------------------

    def saving(self, at: datetime, override: str) -> Saving:
        """What the main button does. Refuses what cannot even be asked for."""
        if unsettled := self._form.unsettled():
            raise unsettled
        wish, seen = self.wish(), self.seen
        assert seen is not None
        assert seen.offer is not None
        self._refuse_short(seen.offer)
        is_series = len(seen.days) > 1
        if is_series and self.picked.forced(seen) and not override:
            raise Refusal("closed", _("The centre is closed on a day that was taken in. Say why it may be."))
        return Saving(
            wish=wish,
            room=seen.offer.room.name,
            at=at,
            key=self.key,
            override=override,
            rule="" if self.changing.is_on else self._form.repeat.rule(),
            leave_out=self.picked.left_out(seen, is_overridden=bool(override)) if is_series else [],
            second=self._second(wish),
            change=self.changing.detail,
            scope=self._scope.value(),
        )

    def wish(self) -> Wish:
        """The first occurrence. Refuses `no_times`, `no_room` and `no_dates`."""
        seen = self.seen
        if seen is None:
            raise Refusal("no_times", _("The times cannot be like this. Look at them again."))
        if seen.offer is None:
            raise Refusal("no_room", _("No room suits. Take fewer people, another layout or less equipment."))
        if self.changing.is_on or not self._form.repeat.rule():
            return self._form.wish(seen.offer)
        if not self.picked.kept(seen):
            raise Refusal("no_dates", _("No day is left on which this could be. Choose other ones."))
        return self._form.wish(seen.offer, seen.days[0])

    def save_words(self) -> str:
        """What the main button will do."""
        if self.changing.is_on:
            return self._scope.save_words()
        if self._form.second_day() is not None:
            return _("Book both calls")
        if self.seen is not None and len(self.seen.days) > 1:
            return dates_words(self.picked.kept(self.seen))
        return _("Book the room")

    def can_wait(self) -> bool:
        """Whether the waiting list helps: once only, and the room is taken."""
        seen = self.seen
        if seen is None or seen.offer is None or self.changing.is_on:
            return False
        return len(seen.days) == 1 and seen.offer.fit is Fit.TAKEN

    def hours_in_month(self, seen: Seen) -> float:
        """How many hours of the first month would be booked."""
        first, when = seen.days[0], self._form.when
        kept = self.picked.kept(seen)
        days = sum((on.year, on.month) == (first.year, first.month) for on in kept)
        return days * ((when.ends_on() - when.starts_on()) / _HOUR)

    def against(self, seen: Seen) -> str:
        """What stands against it, before anybody presses the button."""
        weighed = seen.days if len(seen.days) == 1 else self.picked.kept(seen)
        return next((found.sentence for on in weighed if (found := seen.why_not(on))), "")

    def _refuse_short(self, offer: RoomOffer) -> None:
        """A room that lacks what is wanted would be booked without it."""
        if sum(offer.equipment.values()) < sum(self._form.needs.wanted().values()):
            words = _("There is not that much of this equipment left then. Take less, or another time.")
            raise Refusal("equipment_taken", words)

    def _second(self, wish: Wish) -> Wish | None:
        on = self._form.second_day()
        if on is None or self.seen is None:
            return None
        room_id = self.seen.second.room.id if self.seen.second else wish.room_id
        when = self._form.when
        return replace(wish, room_id=room_id, starts_at=when.starts_on(on), ends_at=when.ends_on(on))
