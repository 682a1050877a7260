"""How many were inside at every moment of a day, names and heads of one place counted together; pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from operator import itemgetter

from civicdesk.desk.metrics import Heads, Peak, Stay, Where

BIN = timedelta(minutes=15)
_NOWHERE: Where = (None, None)
_Change = tuple[datetime, bool, bool, Where, int]
"""When, whether somebody came or left, whether by name, where, how many."""


def draw(stays: Iterable[Stay], heads: Iterable[Heads]) -> list[tuple[datetime, int]]:
    """How many were inside after each coming and going, names and heads of one place counted together."""
    changes: list[_Change] = []
    for stay in stays:
        where = (stay.room, stay.booking)
        changes.append((stay.arrived_at, True, True, where, stay.people))
        if stay.left_at is not None:
            changes.append((stay.left_at, False, True, where, -stay.people))
    changes += [
        (count.at, count.change > 0, False, (count.room, count.booking), count.change) for count in heads
    ]
    changes.sort(key=itemgetter(0, 1))
    return _running(changes)


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
    named: dict[Where, int] = {}
    heads: dict[Where, int] = {}
    there: dict[Where, int] = {}
    total = 0
    curve: list[tuple[datetime, int]] = []
    for at, _comes, is_named, where, change in changes:
        counted = named if is_named else heads
        counted[where] = counted.get(where, 0) + change
        both = named.get(where, 0), heads.get(where, 0)
        # without a room there is nothing to be counted twice in
        people = sum(both) if where == _NOWHERE else max(both)
        total += people - there.get(where, 0)
        there[where] = people
        if curve and curve[-1][0] == at:
            curve.pop()
        curve.append((at, total))
    return curve
