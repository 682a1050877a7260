"""What the main button does: book once, a series or both calls of an assembly, or change what is booked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from civicdesk.desk import assemblies, bookings, rework, series, waiting
from civicdesk.desk.booking_detail import Detail
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.series_changes import Scope
from civicdesk.models import Booking, BookingState
from civicdesk.text import _, clock, day, local, ngettext
from civicdesk.ui.runner import UseCase


@dataclass(frozen=True)
class Saved:
    """What was done, and the keys by which it can be taken back, the last first."""

    sentence: str
    keys: tuple[str, ...]
    on: date

    def undo(self, session: Session, at: datetime) -> list[Booking]:
        """Take all of it back."""
        return rework.undo(session, self.keys, at=at)


@dataclass(frozen=True, kw_only=True)
class Saving:
    """Everything that decides what is done. `leave_out` are days of a series that are not booked."""

    wish: Wish
    room: str
    at: datetime
    key: str
    override: str = ""
    rule: str = ""
    leave_out: list[date] = field(default_factory=list)
    second_at: datetime | None = None
    second: Wish | None = None
    change: Detail | None = None
    scope: Scope = Scope.THIS

    def use_case(self) -> UseCase[Saved]:
        """What is run in one transaction."""
        if self.change is not None:
            return self._change_one if self.scope is Scope.THIS else self._change_series
        if self.second is not None:
            return self._assembly
        return self._series if self.rule else self._once

    def _once(self, session: Session) -> Saved:
        booking = bookings.book(session, self.wish, at=self.at, key=self.key, override=self.override)
        return self._saved(_("Booked: {}").format(self._when_and_where(booking)))

    def _series(self, session: Session) -> Saved:
        made = series.book(
            session,
            self.wish,
            self.rule,
            at=self.at,
            key=self.key,
            override=self.override,
            leave_out=self.leave_out,
        )
        count = sum(each.state != BookingState.SKIPPED for each in made)
        words = ngettext("{count} day is booked: {room}", "{count} days are booked: {room}", count)
        return self._saved(words.format(count=count, room=self.room))

    def _assembly(self, session: Session) -> Saved:
        assert self.second is not None
        first, second = assemblies.book(
            session,
            self.wish,
            self.second.starts_at,
            second_room_id=self.second.room_id,
            at=self.at,
            key=self.key,
            override=self.override,
        )
        words = _("Both calls are booked: {first} and {second}")
        days = (day(local(each.starts_at).date(), "d MMMM") for each in (first, second))
        return self._saved(words.format(first=next(days), second=next(days)))

    def _change_one(self, session: Session) -> Saved:
        assert self.change is not None
        booking = rework.rework(
            session, self.change.booking.id, self.wish, at=self.at, key=self.key, override=self.override
        )
        return self._saved(_("Changed: {}").format(self._when_and_where(booking)))

    def _change_series(self, session: Session) -> Saved:
        assert self.change is not None
        keys = rework.rework_series(
            session,
            self.change.booking.id,
            self.wish,
            self.scope,
            at=self.at,
            key=self.key,
            override=self.override,
            leave_out=self.leave_out,
        )
        return Saved(_("The series is changed."), tuple(keys), local(self.wish.starts_at).date())

    def _saved(self, sentence: str) -> Saved:
        return Saved(sentence, (self.key,), local(self.wish.starts_at).date())

    def _when_and_where(self, booking: Booking) -> str:
        on = day(local(booking.starts_at).date(), "d MMMM EEEE")
        return f"{self.room} · {on} {clock(booking.starts_at)}–{clock(booking.ends_at)}"


def wait_for(wish: Wish, room_class: str, *, at: datetime, key: str) -> UseCase[Saved]:
    """Put a wish on the waiting list, for its room or for any of a class."""
    return partial(_wait, wish=wish, room_class=room_class, at=at, key=key)


def _wait(session: Session, *, wish: Wish, room_class: str, at: datetime, key: str) -> Saved:
    waiting.ask(session, wish, any_of_class=room_class, at=at, key=key)
    sentence = _("On the waiting list: you are told on “Today” when a room is free then.")
    return Saved(sentence, (key,), local(wish.starts_at).date())
