"""Real desks on real files, at random.

Whatever is written, cut, killed, copied, put back, forgotten and skewed: at rest rows and stamps are equal, nobody
forgotten is back, and every text that was not written over knowingly is final or lies in an inbox.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.sync.deeds import DEEDS, PEOPLE, Deed
from tests.sync.editing import pooled
from tests.sync.lives import Desk, Fate, settle
from tests.sync.worlds import MOST_DESKS, World, small_batches

HOUR, DAY = 3_600_000, 86_400_000
SKEWS = (0, 2 * HOUR, -2 * HOUR, 400 * DAY, -400 * DAY)

desks = st.integers(0, MOST_DESKS - 1)
numbers = st.integers(0, 60)
deeds = st.sampled_from(DEEDS)
steps = st.integers(0, 40)


class Centre(RuleBasedStateMachine):
    """Three desks of one centre, and what may become of them."""

    kind = "file"

    @initialize()
    def opens(self) -> None:
        with small_batches():
            self.folder = Path(tempfile.mkdtemp(prefix="sync-", dir=RAM))
            self.world = World(self.kind, self.folder)

    @rule(desk=desks, deed=deeds, number=numbers, choice=numbers)
    def works(self, desk: int, deed: Deed, number: int, choice: int) -> None:
        deed(self._desk(desk).editor, number, choice)

    @rule(desk=desks, number=numbers, choice=numbers, some=st.lists(deeds, min_size=2, max_size=6))
    def works_a_lot(self, desk: int, number: int, choice: int, some: list[Deed]) -> None:
        for place, deed in enumerate(some):
            deed(self._desk(desk).editor, number + place, choice + 7 * place)

    @rule(desk=desks)
    def syncs(self, desk: int) -> None:
        self._sync(desk, Fate())

    @rule(desk=desks, step=steps, is_after=st.booleans())
    def is_cut(self, desk: int, step: int, is_after: bool) -> None:
        self._sync(desk, Fate(cut_after=step) if is_after else Fate(cut_before=step))

    @rule(desk=desks, step=steps, is_after=st.booleans())
    def is_killed(self, desk: int, step: int, is_after: bool) -> None:
        self._sync(desk, Fate(killed_after_commit=step) if is_after else Fate(killed_before_commit=step))

    @rule(desk=desks, other=desks, step=st.integers(0, 12), deed=deeds, numbers=st.tuples(numbers, numbers))
    def is_worked_at_meanwhile(
        self, desk: int, other: int, *, step: int, deed: Deed, numbers: tuple[int, int]
    ) -> None:
        def meanwhile() -> None:
            deed(self._desk(desk).editor, *numbers)
            if self._desk(other) is not self._desk(desk):
                self._sync(other, Fate())

        self._sync(desk, Fate(meanwhile={step: meanwhile}))

    @rule(desk=desks, ms=st.sampled_from(SKEWS))
    def clock_is_wrong(self, desk: int, ms: int) -> None:
        self._desk(desk).editor.skew(ms)

    @precondition(lambda self: len(self.world.desks) < MOST_DESKS)
    @rule(desk=desks)
    def is_copied(self, desk: int) -> None:
        self.world.copy(self._desk(desk))

    @rule(desk=desks)
    def is_saved(self, desk: int) -> None:
        self.world.save(self._desk(desk))

    @precondition(lambda self: self.world.saved)
    @rule(number=numbers)
    def is_put_back(self, number: int) -> None:
        self.world.put_back(number)

    @rule(desk=desks, number=st.integers(0, 2 * PEOPLE - 1))
    def somebody_is_forgotten(self, desk: int, number: int) -> None:
        kind = "visitor" if number % 2 else "person"
        self.world.erase(self._desk(desk), pooled(kind, number // 2))

    @rule()
    def rests(self) -> None:
        with small_batches():
            settle(self.world.desks)
            self.world.check()

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.rests()
        finally:
            self.world.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _desk(self, number: int) -> Desk:
        return self.world.desks[number % len(self.world.desks)]

    def _sync(self, number: int, fate: Fate) -> None:
        with small_batches():
            self._desk(number).sync(fate, is_thorough=fate.commits % 2 == 0)


class ServerCentre(Centre):
    """The same on a hub in PostgreSQL."""

    kind = "postgres"


pytestmark = pytest.mark.slow
RAM = next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)
EXAMPLES = int(os.environ.get("SYNC_EXAMPLES", "12"))
STEPS = int(os.environ.get("SYNC_STEPS", "30"))
SEED = int(os.environ.get("SYNC_SEED", "20261122"))


def run(centre: type[Centre], examples: int, *, is_shrunk: bool = True) -> None:
    """The seed is said, so that whatever is found can be found again; longer runs choose another one."""
    print(f"SYNC_SEED={SEED} SYNC_EXAMPLES={examples} SYNC_STEPS={STEPS}")  # noqa: T201
    how = settings(
        max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None, print_blob=True,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, *((Phase.shrink,) if is_shrunk else ())),
    )  # fmt: skip
    run_state_machine_as_test(seed(SEED)(centre), settings=how)


def test_desks_of_a_centre_agree_whatever_happens() -> None:
    run(Centre, EXAMPLES)


def test_desks_agree_through_a_server_too() -> None:
    run(ServerCentre, max(EXAMPLES // 6, 1))
