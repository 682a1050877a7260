"""Which days of what is asked for are to be booked, and which not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from civicdesk.text import _, day, ngettext
from civicdesk.ui.pages.booking.date_chips import ChipState
from civicdesk.ui.pages.booking.looking import Seen

_NAMED = 3


@dataclass
class PickedDays:
    """Free days are in, closed and taken ones out, unless they were tapped otherwise."""

    tapped: dict[date, bool] = field(default_factory=dict)

    def toggle(self, on: date, *, is_in: bool) -> None:
        """Somebody tapped a day."""
        self.tapped[on] = is_in

    def forget(self) -> None:
        """Other days are asked for."""
        self.tapped.clear()

    def is_in(self, seen: Seen, on: date) -> bool:
        """Whether a day is to be booked. One that is taken cannot be, whatever was tapped."""
        state = state_of(seen, on)
        if state == "taken":
            return False
        return self.tapped.get(on, state == "free")

    def kept(self, seen: Seen) -> list[date]:
        """The days to be booked."""
        return [on for on in seen.days if self.is_in(seen, on)]

    def left_out(self, seen: Seen, *, is_overridden: bool) -> list[date]:
        """The days that are not, for the desk's rules: a closed day skips itself unless a reason outweighs it."""
        out = [on for on in seen.days if not self.is_in(seen, on)]
        return out if is_overridden else [on for on in out if state_of(seen, on) != "closed"]

    def forced(self, seen: Seen) -> list[date]:
        """Closed days that were tapped in."""
        return [on for on in seen.days if state_of(seen, on) == "closed" and self.is_in(seen, on)]

    def chips(self, seen: Seen) -> list[ChipState]:
        """How each day is shown."""
        return [self._chip(seen, on) for on in seen.days]

    def sentence(self, seen: Seen) -> str:
        """What is skipped and why, for the line under the button."""
        out = [on for on in seen.days if not self.is_in(seen, on)]
        if not out or len(out) == len(seen.days):
            return ""
        named = ", ".join(f"{day(on, 'd MMMM')} ({_why(seen, on)})" for on in out[:_NAMED])
        more = len(out) - _NAMED
        if more > 0:
            words = ngettext("{days} and {count} more", "{days} and {count} more", more)
            named = words.format(days=named, count=more)
        return _("Skipped: {}").format(named)

    def _chip(self, seen: Seen, on: date) -> ChipState:
        state, is_in = state_of(seen, on), self.is_in(seen, on)
        words = {"free": _("free"), "closed": _("closed"), "taken": _("taken")}
        word, shown = words[state], state
        if state == "free" and not is_in:
            word, shown = _("left out"), "out"
        elif state == "closed" and not is_in:
            word = _why(seen, on)
        return ChipState(on, shown, word, _why(seen, on) if state != "free" else "", is_in)


def state_of(seen: Seen, on: date) -> str:
    """Free, closed or taken."""
    if on in seen.found.closed:
        return "closed"
    return "taken" if seen.offer is not None and on in seen.offer.taken else "free"


def _why(seen: Seen, on: date) -> str:
    if on in seen.found.closed:
        return seen.found.closed[on].reason or _("closed")
    if seen.offer is not None and on in seen.offer.taken:
        return seen.offer.taken[on].who or _("taken")
    return _("left out")


def dates_words(days: Sequence[date]) -> str:
    """How many days will be booked."""
    return ngettext("Book {count} day", "Book {count} days", len(days)).format(count=len(days))
