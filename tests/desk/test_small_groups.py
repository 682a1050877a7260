from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from civicdesk.desk.small_groups import AT_LEAST, hidden, hidden_within, is_safe

CELLS = st.lists(st.integers(0, 40), max_size=12)
GROUPS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers(0, 20), min_size=1, max_size=6))


def least_and_most(cells: list[int], places: frozenset[int], place: int) -> tuple[int, int]:
    """What somebody can tell of a hidden cell who knows the total and all the others."""
    together = sum(cells[each] for each in places)
    noughts_are_hidden = any(cells[each] == 0 for each in places)
    least = 0 if noughts_are_hidden else 1
    return least if len(places) > 1 else together, together - least * (len(places) - 1)


@given(CELLS)
def test_nothing_below_five_but_nought_is_ever_shown(cells: list[int]) -> None:
    places = hidden(cells)

    assert [
        people for place, people in enumerate(cells) if place not in places and 0 < people < AT_LEAST
    ] == []


@given(CELLS)
def test_no_hidden_cell_can_be_worked_out_from_the_total(cells: list[int]) -> None:
    places = hidden(cells)

    for place in places:
        least, most = least_and_most(cells, places, place)
        if len(cells) > 1 and sum(cells) >= AT_LEAST:
            assert least < most


@given(CELLS)
def test_what_is_hidden_could_as_well_be_five_where_there_are_enough_people(cells: list[int]) -> None:
    places = hidden(cells)
    if places and len(places) < len(cells):
        assert all(least_and_most(cells, places, place)[1] >= AT_LEAST for place in places)


@given(CELLS)
def test_where_nobody_is_few_nothing_is_hidden(cells: list[int]) -> None:
    many = [people if people >= AT_LEAST else 0 for people in cells]

    assert hidden(many) == frozenset()


@given(GROUPS)
def test_the_totals_of_groups_do_not_tell_what_is_hidden_in_them(groups: dict[str, list[int]]) -> None:
    closed, places = hidden_within(groups)

    for name, cells in groups.items():
        shown = [people for place, people in enumerate(cells) if place not in places[name]]
        assert [people for people in shown if 0 < people < AT_LEAST] == []
        if name in closed:
            assert len(shown) < len(cells)


@given(GROUPS)
def test_nobody_can_tell_that_a_cell_of_a_group_is_a_few(groups: dict[str, list[int]]) -> None:
    """Open groups give their sum away; of the closed ones together the whole less the open ones is known."""
    closed, places = hidden_within(groups)

    for name in groups.keys() - closed:
        assert not places[name] or is_safe([groups[name][place] for place in places[name]])
    if closed and any(sum(groups[name]) for name in groups.keys() - closed):
        assert is_safe([groups[name][place] for name in closed for place in places[name]])


def test_six_ones_in_a_group_take_its_total_with_them() -> None:
    closed, places = hidden_within({"dernek": [1, 1, 1, 1, 1, 1], "vakif": [30], "platform": [40]})

    assert closed == {"dernek", "vakif"}
    assert places["vakif"] == {0}


def test_a_cell_that_is_few_takes_the_next_smallest_with_it() -> None:
    assert hidden([3, 40, 12, 0, 7]) == {0, 4}


def test_five_ones_are_not_told_by_their_sum() -> None:
    assert hidden([1, 1, 1, 1, 1, 30]) == {0, 1, 2, 3, 4, 5}


def test_a_few_alone_are_hidden_among_all() -> None:
    assert hidden([3, 0, 0]) == {0, 1, 2}


def test_a_group_whose_total_is_hidden_hides_one_of_its_cells() -> None:
    closed, places = hidden_within({"dernek": [40, 60], "vakif": [3], "platform": [5, 7]})

    assert closed == {"vakif", "platform"}
    assert places == {"dernek": frozenset(), "vakif": {0}, "platform": {0}}
