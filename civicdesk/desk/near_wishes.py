"""What is near a wish that cannot be: a little earlier or later, shorter, another room, without some days."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from civicdesk.desk.booking_rules import GRACE
from civicdesk.desk.claims import GRID
from civicdesk.desk.free_time import REACH, Window
from civicdesk.models import Room
from civicdesk.text import _, day, ngettext

MOST = 5
_OF_A_KIND = 2
_OTHER_ROOM, _SHORTER, _PER_DAY = 20, 1.5, 30
"""How far another room is, a minute less, and a day that is left out: in minutes of shifting."""

_LEAST = timedelta(minutes=30)
_NAMED_DAYS = 3


@dataclass(frozen=True)
class Place:
    """A room that is big enough: what is taken around each time asked for, and the days on which it is not free."""

    room: Room
    masks: Sequence[int]
    taken: Collection[date]


@dataclass(frozen=True)
class Near:
    """Something that could be booked instead; `words` say what differs, `distance` how much."""

    kind: str
    room: Room
    starts_at: datetime
    ends_at: datetime
    words: str
    distance: float
    without: tuple[date, ...] = ()


def near(
    windows: Sequence[Window], places: Sequence[Place], *, wanted: UUID | None, at: datetime
) -> list[Near]:
    """At most five, the nearest first; nothing when the wish itself can be had."""
    kept = [n for n, window in enumerate(windows) if not window.is_closed]
    if _can_be(places, wanted, kept):
        return []
    meant = kept or [n for n, window in enumerate(windows) if window.day.spans]
    closed = reduce(or_, (windows[n].closed for n in meant), 0)
    found: list[Near] = []
    for place in places:
        far = 0 if wanted in (None, place.room.id) else _OTHER_ROOM
        if meant and (place.taken or not kept):
            taken = reduce(or_, (place.masks[n] for n in meant))
            around = _Around(windows[0], place.room, taken, closed, far)
            found += around.shifted(at)
            found += around.shorter()
        if kept:
            found += _elsewhere(windows, kept, place, far)
    return _nearest(found)


def _can_be(places: Sequence[Place], wanted: UUID | None, kept: Sequence[int]) -> bool:
    if not kept:
        return False
    return any(not place.taken for place in places if wanted in (None, place.room.id))


@dataclass(frozen=True)
class _Around:
    """A room around the time of day asked for, all days laid upon each other: taken or closed on any of them."""

    first: Window
    room: Room
    taken: int
    closed: int
    far: float

    def shifted(self, at: datetime) -> Iterator[Near]:
        """The nearest time before and the nearest after."""
        times = self.first.times
        for sign in (-1, 1):
            shift = next((sign * n for n in range(1, REACH + 1) if self._is_free(sign * n)), None)
            if shift is not None and times.starts_at + shift * GRID >= at - GRACE:
                minutes = abs(shift) * GRID // timedelta(minutes=1)
                yield Near(
                    "shift",
                    self.room,
                    times.starts_at + shift * GRID,
                    times.ends_at + shift * GRID,
                    _by(minutes, is_later=sign > 0),
                    minutes + self.far,
                )

    def shorter(self) -> Iterator[Near]:
        """The longest stretch of the wish that is free on every day, if it is at least half of it."""
        length = self.first.length
        for count in range(length - 1, max(_LEAST // GRID, -(-length // 2)) - 1, -1):
            for begin in (0, *range(length - count, 0, -1)):
                if self._is_free(begin, count):
                    starts_at = self.first.times.starts_at + begin * GRID
                    minutes = (length - count) * GRID // timedelta(minutes=1)
                    words = ngettext("{count} minute shorter", "{count} minutes shorter", minutes)
                    distance = minutes * _SHORTER + self.far
                    ends_at = starts_at + count * GRID
                    said = words.format(count=minutes)
                    yield Near("shorter", self.room, starts_at, ends_at, said, distance)
                    return

    def _is_free(self, shift: int = 0, length: int | None = None) -> bool:
        held, core = self.first.held(shift, length), self.first.core(shift, length)
        return not (self.taken & held or self.closed & core)


def _elsewhere(windows: Sequence[Window], kept: Sequence[int], place: Place, far: float) -> Iterator[Near]:
    """Another room on the same days, or the days on which a room is free."""
    times = windows[0].times
    if not place.taken:
        yield Near("room", place.room, times.starts_at, times.ends_at, _("same time, another room"), far)
    elif len(place.taken) < len(kept):
        without = tuple(sorted(place.taken))
        words = _("without {}").format(_dates(without))
        distance = _PER_DAY * len(without) + far
        yield Near("skip", place.room, times.starts_at, times.ends_at, words, distance, without)


def _by(minutes: int, *, is_later: bool) -> str:
    if is_later:
        words = ngettext("{count} minute later", "{count} minutes later", minutes)
    else:
        words = ngettext("{count} minute earlier", "{count} minutes earlier", minutes)
    return words.format(count=minutes)


def _dates(days: Sequence[date]) -> str:
    named = ", ".join(day(on, "d MMM") for on in days[:_NAMED_DAYS])
    more = len(days) - _NAMED_DAYS
    if more <= 0:
        return named
    return ngettext("{days} and {count} more", "{days} and {count} more", more).format(days=named, count=more)


def _nearest(found: Sequence[Near]) -> list[Near]:
    """Not many of one kind, so that there is something to choose between."""
    chosen: list[Near] = []
    for each in sorted(found, key=lambda each: each.distance):
        if sum(other.kind == each.kind for other in chosen) < _OF_A_KIND:
            chosen.append(each)
    return chosen[:MOST]
