"""What is done about the rooms from Today and the waiting list: in one press, and taken back from the notice bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from sqlalchemy.orm import Session

from civicdesk.desk import assemblies, bookings, second_calls, today_matters, waiting
from civicdesk.desk.second_calls import Call
from civicdesk.desk.waiting import Offer
from civicdesk.models import Booking, Waiting, new_id
from civicdesk.text import _, clock, day, local
from civicdesk.ui.runner import Runner

Do = Callable[[Session, str], object]
Undo = Callable[[Session], object]


class RoomDeeds(QObject):
    """Takes offers, withdraws wishes, and settles whether a second call is needed."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner

    def take(self, offer: object) -> None:
        """Book the room for whoever waited for it."""
        assert isinstance(offer, Offer)
        at, wish = self._runner.at(), offer.waiting

        def said(_booking: object) -> str:
            words = _("“{room}” is booked for {who}: {when}.")
            return words.format(room=offer.room.name, who=who(wish), when=when(wish))

        self._do(lambda session, key: waiting.take(session, wish.id, offer.room.id, at=at, key=key), said)

    def ask_next(self, offer: object) -> None:
        """They do not want it any more; the next who waits is offered it."""
        assert isinstance(offer, Offer)
        self.withdraw(offer.waiting)

    def withdraw(self, wish: Waiting) -> None:
        """They do not wait any more."""
        at = self._runner.at()
        self._do(
            lambda session, key: waiting.withdraw(session, wish.id, at=at, key=key),
            lambda _wish: _("{} does not wait any more.").format(who(wish)),
        )

    def leave(self, offer: object) -> None:
        """Nobody is asked for now; the wish stays on the list."""
        assert isinstance(offer, Offer)
        at, wish_id, room_id = self._runner.at(), offer.waiting.id, offer.room.id
        self._do(
            lambda session, _key: today_matters.leave_offer(session, wish_id, room_id, at=at),
            lambda _none: _("Left as it is; the wish stays on the waiting list."),
            undo=lambda session: today_matters.offer_again(session, wish_id, room_id),
        )

    def quorum_met(self, call: object) -> None:
        """The second call is not needed; its room is free."""
        assert isinstance(call, Call)
        at = self._runner.at()
        self._do(
            lambda session, key: assemblies.quorum_met(session, call.first.id, at=at, key=key),
            lambda _booking: _("The second call of {} was freed.").format(_holder(call.first)),
        )

    def needed(self, call: object) -> None:
        """The second call stands."""
        assert isinstance(call, Call)
        now, second_id = self._runner.at, call.second.id
        at = now()
        self._do(
            lambda session, _key: second_calls.needed(session, second_id, at=at),
            lambda _booking: _("The second call of {} stands.").format(_holder(call.first)),
            undo=lambda session: second_calls.ask_again(session, second_id, at=now()),
        )

    def _do(self, do: Do, said: Callable[[object], str], *, undo: Undo | None = None) -> None:
        key, runner = new_id().hex, self._runner
        take_back: Undo = undo or (lambda session: bookings.undo(session, key, at=runner.at()))
        runner.now(
            lambda session: do(session, key),
            then=lambda result: runner.say(said(result), undo=take_back),
        )


def who(wish: Waiting) -> str:
    """Who waits."""
    return wish.organisation.name if wish.organisation else wish.title


def when(wish: Waiting) -> str:
    """The day and the time of a wish."""
    on = day(local(wish.starts_at).date(), "d MMMM EEEE")
    return f"{on} {clock(wish.starts_at)}–{clock(wish.ends_at)}"


def _holder(booking: Booking) -> str:
    return booking.organisation.name if booking.organisation else booking.title
