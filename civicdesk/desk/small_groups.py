"""Figures by organisation that would show fewer than five people are hidden, and with them whatever would tell them.

A cell that is hidden alone is the total less the others; so the next smallest ones are hidden with it, until every
hidden cell could as well be five. Noughts show nobody and stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

AT_LEAST = 5

K = TypeVar("K")


def hidden(cells: Sequence[int], at_least: int = AT_LEAST) -> frozenset[int]:
    """The places of the cells to hide, of a table whose total is known."""
    places = {place for place, people in enumerate(cells) if 0 < people < at_least}
    if not places:
        return frozenset()
    rest = sorted((people, place) for place, people in enumerate(cells) if people >= at_least)
    for _people, place in rest:
        if _is_safe(cells, places, at_least):
            break
        places.add(place)
    # nothing else is left: who the few belong to is hidden among all
    return frozenset(places) if _is_safe(cells, places, at_least) else frozenset(range(len(cells)))


def hidden_within(
    groups: Mapping[K, Sequence[int]], at_least: int = AT_LEAST
) -> tuple[frozenset[K], dict[K, frozenset[int]]]:
    """Of a table in groups: the groups whose total is hidden, and in each group the places of the cells to hide.

    Where a group's total is hidden, one of its cells is too, or they would add up to it.
    """
    names = list(groups)
    totals = [sum(groups[name]) for name in names]
    closed = frozenset(names[place] for place in hidden(totals, at_least))
    found = {name: hidden(cells, at_least) for name, cells in groups.items()}
    return closed, {
        name: _with_one(groups[name], places) if name in closed else places for name, places in found.items()
    }


def _is_safe(cells: Sequence[int], places: set[int], at_least: int) -> bool:
    """Whether each hidden cell could be `at_least` or more, for all that the total and the others tell."""
    together = sum(cells[place] for place in places)
    return len(places) > 1 and together - (len(places) - 1) >= at_least


def _with_one(cells: Sequence[int], places: frozenset[int]) -> frozenset[int]:
    if places or not cells:
        return places
    some = [(people, place) for place, people in enumerate(cells) if people]
    return frozenset({min(some)[1]}) if some else frozenset(range(len(cells)))
