"""What of some times is free in each room: read from the claims in one question, kept as runs of five minutes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from civicdesk.desk import booking_rules, hours
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.claims import GRID, slot
from civicdesk.desk.hours import Day
from civicdesk.text import local

REACH = 24
"""Two hours, in steps of five minutes: so far around a wish the claims are read."""

_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

# CROSS JOIN keeps the order: each time and room looks into the key of the claims
_RUNS = text("""
SELECT sought.key, place.key, claim.booking_id, min(claim.slot), max(claim.slot) + 1
FROM json_each(:windows) AS sought CROSS JOIN json_each(:rooms) AS place CROSS JOIN claim
WHERE claim.room_id = place.value
  AND claim.slot >= sought.value ->> 0 AND claim.slot < sought.value ->> 1
  AND claim.booking_id NOT IN (SELECT value FROM json_each(:besides))
GROUP BY 1, 2, 3
""")


class Run(NamedTuple):
    """Five minutes in a row that a booking (as the tables write its id) holds: slots since 1970, half-open."""

    booking: str
    begins: int
    ends: int

    @property
    def begins_at(self) -> datetime:
        return _EPOCH + self.begins * GRID

    @property
    def ends_at(self) -> datetime:
        return _EPOCH + self.ends * GRID


@dataclass(frozen=True)
class Window:
    """One of the times asked for and two hours around it. Masks have a bit for each five minutes from `base` on."""

    times: Times
    day: Day

    @cached_property
    def before(self) -> int:
        return self.times.setup_minutes * _MINUTE // GRID

    @cached_property
    def after(self) -> int:
        return self.times.clear_minutes * _MINUTE // GRID

    @cached_property
    def length(self) -> int:
        return (self.times.ends_at - self.times.starts_at) // GRID

    @cached_property
    def base(self) -> int:
        return slot(self.times.starts_at) - self.before - REACH

    @cached_property
    def end(self) -> int:
        return slot(self.times.ends_at) + self.after + REACH

    @cached_property
    def closed(self) -> int:
        """What of it lies outside the opening hours."""
        mask = ones(self.end - self.base)
        for opens, closes in self.day.spans:
            begin, end = (min(max(slot(at), self.base), self.end) - self.base for at in (opens, closes))
            mask &= ~(ones(end) ^ ones(begin))
        return mask

    def core(self, shift: int = 0, length: int | None = None) -> int:
        """The booking itself, so many steps later, perhaps shorter."""
        return ones(self.length if length is None else length) << (REACH + self.before + shift)

    def held(self, shift: int = 0, length: int | None = None) -> int:
        """The booking with setting up and clearing."""
        count = self.before + (self.length if length is None else length) + self.after
        return ones(count) << (REACH + shift)

    @property
    def is_closed(self) -> bool:
        """Whether the centre is not open for the whole booking."""
        return bool(self.closed & self.core())

    def mask(self, runs: Iterable[Run]) -> int:
        """What these bookings take of it."""
        taken = 0
        for run in runs:
            taken |= ones(run.ends - self.base) ^ ones(max(0, run.begins - self.base))
        return taken


def windows(session: Session, times: Sequence[Times]) -> list[Window]:
    """The times with the hours of their days; one over midnight is as open as both. Refuses impossible times."""
    for each in times:
        booking_rules.refuse(booking_rules.impossible(each))
    dates = {on for each in times for on in _dates(each)}
    days = hours.days(session, sorted(dates))
    found = []
    for each in times:
        first, *others = (days[on] for on in _dates(each))
        spans = (*first.spans, *chain.from_iterable(day.spans for day in others))
        reason = " · ".join(dict.fromkeys(day.reason for day in (first, *others) if day.reason))
        found.append(Window(each, Day(first.on, spans, reason)))
    return found


def _dates(times: Times) -> list[date]:
    first, last = local(times.starts_at).date(), local(times.ends_at - _MINUTE).date()
    return [first] if first == last else [first, last]


def ones(count: int) -> int:
    """So many steps in a row."""
    return (1 << count) - 1


def read(
    session: Session, windows: Sequence[Window], rooms: Sequence[UUID], besides: Collection[UUID] = ()
) -> list[dict[UUID, list[Run]]]:
    """For each window, what is held in each room (the parts of a divided one each by themselves)."""
    asked = {
        "windows": json.dumps([[window.base, window.end] for window in windows]),
        "rooms": json.dumps([room.hex for room in rooms]),
        "besides": json.dumps([booking.hex for booking in besides]),
    }
    found: list[dict[UUID, list[Run]]] = [{} for _window in windows]
    for window, place, *run in session.connection().execute(_RUNS, asked).all():
        found[window].setdefault(rooms[place], []).append(Run._make(run))
    return found
