"""How many were inside at every moment of a day, names and heads of one place counted together; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter

from civicdesk.desk.metrics import Heads, Peak, Stay, Where

BIN = timedelta(minutes=15)
_NOWHERE: Where = (None, None)
_Change = tuple[datetime, bool, Where, int]
"""When, whether by name, where, how many more or less."""


def draw(stays: Iterable[Stay], heads: Iterable[Heads]) -> list[tuple[datetime, int]]:
    """How many were inside after each coming and going, names and heads of one place counted together."""
    left: list[_Change] = []
    came: list[_Change] = []
    for stay in stays:
        where = (stay.room, stay.booking)
        came.append((stay.arrived_at, True, where, stay.people))
        if stay.left_at is not None:
            left.append((stay.left_at, True, where, -stay.people))
    for count in heads:
        change = (count.at, False, (count.room, count.booking), count.change)
        (came if count.change > 0 else left).append(change)
    # at the same moment, whoever leaves has left before others come
    return _running(sorted(left + came, key=itemgetter(0)))


def peak(
    curve: Sequence[tuple[datetime, int]], begins: datetime, until: datetime, size: timedelta = BIN
) -> Peak | None:
    """The most people inside within one quarter of an hour, and the first such quarter; None if nobody came."""
    at, people = max(curve, key=itemgetter(1), default=(begins, 0))
    if begins <= at < until:  # nearly always: the day is over, or nobody came since
        return Peak(people, begins + (at - begins) // size * size) if people > 0 else None
    most, since = 0, begins
    for (at, people), (next_at, _people) in pairwise([*curve, (until, 0)]):
        if people > most and at < until and next_at > begins:
            most, since = people, max(at, begins)
    return Peak(most, begins + (since - begins) // size * size) if most else None


def inside_at(curve: Sequence[tuple[datetime, int]], at: datetime) -> int:
    """How many were inside at an instant."""
    return next((people for since, people in reversed(curve) if since <= at), 0)


def _running(changes: Iterable[_Change]) -> list[tuple[datetime, int]]:
    places: dict[Where, list[int]] = {}
    total = 0
    curve: list[tuple[datetime, int]] = []
    for at, is_named, where, change in changes:
        there = places.setdefault(where, [0, 0])
        before = there[0] if there[0] > there[1] else there[1]
        there[is_named] += change
        # without a room there is nothing to be counted twice in
        total += change if where == _NOWHERE else max(there) - before
        if curve and curve[-1][0] == at:
            curve.pop()
        curve.append((at, total))
    return curve
