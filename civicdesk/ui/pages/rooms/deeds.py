"""What is done to a booking from the calendar: each in one press, told in the notice bar, and taken back there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import bookings, no_shows, series_changes
from civicdesk.desk.series_changes import Scope
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Room, new_id
from civicdesk.text import _, clock, day, local
from civicdesk.ui.pages.rooms.booking_facts import title
from civicdesk.ui.pages.rooms.judging import Held
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Runner

Deed = Callable[[Session, str], object]
"""A use case and the key under which it is kept and taken back."""


class BookingDeeds(QObject):
    """Does it, says so with ten seconds to take it back, or says why not."""

    refused = Signal(str, object)  # sentence, BookingWish

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner

    def put(self, held: Held, scope: Scope = Scope.THIS) -> None:
        """Put a booking where the hand let it go."""
        entry, at = held.entry, self._runner.at()
        assert entry is not None
        begins, ends = held.starts_at, held.ends_at
        wish = BookingWish(booking_id=entry.id, room_id=held.room_id, starts_at=begins, ends_at=ends)

        def deed(session: Session, key: str) -> object:
            if held.is_moved:
                return series_changes.move(
                    session, entry.id, scope, room_id=held.room_id, starts_at=begins, at=at, key=key
                )
            return series_changes.resize(
                session, entry.id, scope, starts_at=begins, ends_at=ends, at=at, key=key
            )

        self._do(deed, partial(_put_words, held, scope), wish)

    def cancel(self, booking: Booking, scope: Scope = Scope.THIS) -> None:
        """Call a booking off."""
        at = self._runner.at()
        words = {
            Scope.THIS: _("“{}” was called off."),
            Scope.FOLLOWING: _("“{}” and the following ones were called off."),
            Scope.ALL: _("All of “{}” that were to come were called off."),
        }
        self._do(
            lambda session, key: series_changes.cancel(session, booking.id, scope, at=at, key=key),
            lambda _done: words[scope].format(title(booking)),
            BookingWish(booking_id=booking.id),
        )

    def confirm(self, booking: Booking) -> None:
        """Make a tentative booking firm."""
        at = self._runner.at()
        self._do(
            lambda session, key: bookings.confirm(session, booking.id, at=at, key=key),
            lambda _done: _("“{}” is confirmed.").format(title(booking)),
            BookingWish(booking_id=booking.id),
        )

    def restore(self, booking: Booking) -> None:
        """Let a booking stand again."""
        at = self._runner.at()
        self._do(
            lambda session, key: bookings.restore(session, booking.id, at=at, key=key),
            lambda _done: _("“{title}” stands again on {day}.").format(
                title=title(booking), day=day(local(booking.starts_at).date(), "d MMMM")
            ),
            BookingWish(booking_id=booking.id),
        )

    def begin(self, booking: Booking) -> None:
        """They are here."""
        at = self._runner.at()
        words = _("“{title}” began at {time}.").format(title=title(booking), time=clock(at))
        self._do(
            lambda session, key: no_shows.begin(session, booking.id, at=at, key=key),
            lambda _done: words,
            BookingWish(booking_id=booking.id),
        )

    def end(self, booking: Booking) -> None:
        """It is over, whatever was booked; the room is free for others."""
        at = self._runner.at()
        words = _("“{title}” ended at {time}.").format(title=title(booking), time=clock(at))
        self._do(
            lambda session, key: no_shows.end(session, booking.id, at=at, key=key),
            lambda _done: words,
            BookingWish(booking_id=booking.id),
        )

    def free(self, booking: Booking) -> None:
        """Nobody came: the rest of the time is free, and that nobody came is kept."""
        at = self._runner.at()
        room = booking.room.name if booking.room else ""
        words = _("“{room}” is free from {time}: nobody came.").format(room=room, time=clock(at))
        self._do(
            lambda session, key: no_shows.free(session, booking.id, at=at, key=key),
            lambda _done: words,
            BookingWish(booking_id=booking.id),
        )

    def give_room(self, booking: Booking, room: Room) -> None:
        """Put a booking into another room, at its own time."""
        at = self._runner.at()
        words = _("“{title}” is now in {room}.").format(title=title(booking), room=room.name)
        self._do(
            lambda session, key: bookings.move(session, booking.id, room_id=room.id, at=at, key=key),
            lambda _done: words,
            BookingWish(booking_id=booking.id),
        )

    def let_other_go(self, booking: Booking, rival: UUID) -> None:
        """Settle a clash: this one has the room, the other is called off. Both or neither."""
        at = self._runner.at()

        def deed(session: Session, key: str) -> object:
            why = _("Gave way to “{}”").format(title(booking))
            bookings.cancel(session, rival, why=why, at=at, key=_first(key))
            return bookings.restore(session, booking.id, at=at, key=key)

        words = _("The clash is settled: “{}” has the room.").format(title(booking))
        self._do(deed, lambda _done: words, BookingWish(booking_id=booking.id), steps=(str, _first))

    def _do(
        self,
        deed: Deed,
        words: Callable[[object], str],
        wish: BookingWish,
        *,
        steps: Sequence[Callable[[str], str]] = (str,),
    ) -> None:
        """`steps` make the keys of what is taken back, last first."""
        key, runner = new_id().hex, self._runner

        def undo(session: Session) -> None:
            for step in steps:
                bookings.undo(session, step(key), at=runner.at())

        def done(result: object) -> None:
            runner.say(words(result), undo=undo)

        def refused(refusal: Refusal) -> None:
            self.refused.emit(str(refusal), wish)

        runner.now(lambda session: deed(session, key), done, refused)


def _first(key: str) -> str:
    """The key of what is done before the main step."""
    return f"{key}-first"


def _put_words(held: Held, scope: Scope, _done: object) -> str:
    entry = held.entry
    assert entry is not None
    name = entry.title or entry.organisation or ""
    if scope is Scope.FOLLOWING:
        return _("“{}” and the following ones were moved.").format(name)
    if scope is Scope.ALL:
        return _("All of “{}” that are to come were moved.").format(name)
    on = day(local(held.starts_at).date(), "d MMMM EEEE")
    times = f"{clock(held.starts_at)}–{clock(held.ends_at)}"
    return _("“{title}” is now on {day}, {times}.").format(title=name, day=on, times=times)
