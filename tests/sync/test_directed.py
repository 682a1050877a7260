"""Each rule of the protocol in the shortest history that needs it: kept, all is well; broken, it is noticed.

The control is the unbroken protocol in the same histories: without it, a harness that always fails would look right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync import histories, mutants
from tests.sync.histories import History
from tests.sync.lives import settle
from tests.sync.mutants import Mutant
from tests.sync.worlds import World, small_batches

pytestmark = pytest.mark.slow


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World("file", tmp_path)
    yield made
    made.close()


def play(world: World, history: History) -> None:
    """To the end, and then look at everything."""
    with small_batches():
        history(world)
        settle(world.desks)
        world.check()


@pytest.mark.parametrize("history", histories.ALL, ids=lambda history: history.__name__)
def test_all_is_well_after(world: World, history: History) -> None:
    play(world, history)


@pytest.mark.parametrize("mutant", mutants.ALL, ids=lambda mutant: mutant.name)
def test_it_is_noticed_when(world: World, monkeypatch: pytest.MonkeyPatch, mutant: Mutant) -> None:
    mutant.break_it(monkeypatch)
    with pytest.raises(AssertionError):
        play(world, mutant.history)
