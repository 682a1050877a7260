"""Figures by organisation that would show fewer than five people are hidden, and with them whatever would tell them.

A cell that is hidden alone is the total less the others; so the next smallest ones are hidden with it, until every
hidden cell could as well be five. Noughts show nobody and stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

AT_LEAST = 5

K = TypeVar("K")


def hidden(cells: Sequence[int], at_least: int = AT_LEAST, also: Collection[int] = ()) -> frozenset[int]:
    """The places of the cells to hide, of a table whose total is known; those of `also` in any case."""
    places = {place for place, people in enumerate(cells) if 0 < people < at_least} | set(also)
    if not places:
        return frozenset()
    rest = sorted((people, place) for place, people in enumerate(cells) if people and place not in places)
    for _people, place in rest:
        if _is_safe(cells, places, at_least):
            break
        places.add(place)
    # nothing else is left: whose the few are is hidden among all
    is_enough = _is_safe(cells, places, at_least)
    return frozenset(places) if is_enough else frozenset(range(len(cells)))


def hidden_within(
    groups: Mapping[K, Sequence[int]], at_least: int = AT_LEAST
) -> tuple[frozenset[K], dict[K, frozenset[int]]]:
    """Of a table in groups: the groups whose total is hidden, and in each group the places of the cells to hide.

    A group's total is hidden too where it would tell its few; one of its cells then is, or they would add up to it.
    """
    names = list(groups)
    totals = [sum(groups[name]) for name in names]
    found = {name: hidden(cells, at_least) for name, cells in groups.items()}
    telling = {
        place
        for place, name in enumerate(names)
        if found[name] and not _is_safe(groups[name], found[name], at_least)
    }
    closed = hidden(totals, at_least, telling)
    rest = sorted(
        (totals[place], place) for place in range(len(names)) if place not in closed and totals[place]
    )
    if closed and rest and not is_safe(_cells(groups, names, closed, found), at_least):
        closed |= {rest[0][1]}  # its smallest cell alone is enough
    shut = frozenset(names[place] for place in closed)
    return shut, {
        name: _with_one(groups[name], places) if name in shut else places for name, places in found.items()
    }


def is_safe(cells: Sequence[int], at_least: int = AT_LEAST) -> bool:
    """Whether each of some hidden cells could be `at_least` or more, for all that their sum tells."""
    return len(cells) > 1 and sum(cells) - (len(cells) - 1) >= at_least


def _is_safe(cells: Sequence[int], places: Collection[int], at_least: int) -> bool:
    return is_safe([cells[place] for place in places], at_least)


def _cells(
    groups: Mapping[K, Sequence[int]],
    names: Sequence[K],
    closed: Collection[int],
    found: Mapping[K, frozenset[int]],
) -> list[int]:
    """All that is hidden in the groups whose total is: what is left of the whole is their sum."""
    shut = [names[place] for place in closed]
    return [groups[name][place] for name in shut for place in _with_one(groups[name], found[name])]


def _with_one(cells: Sequence[int], places: frozenset[int]) -> frozenset[int]:
    if places or not cells:
        return places
    some = [(people, place) for place, people in enumerate(cells) if people]
    return frozenset({min(some)[1]}) if some else frozenset(range(len(cells)))
