"""`make sync-soak`: random histories for as long as one likes, on both kinds of hub, then each broken protocol.

SYNC_EXAMPLES and SYNC_STEPS say how many and how long, SYNC_SEED repeats a run, SYNC_MUTANT_EXAMPLES how many
histories a broken protocol gets. One that none of them notices is named; `test_directed.py` has one that does.
"""

from __future__ import annotations

import os
import random
import sys
import time

import pytest

if __name__ == "__main__":
    os.environ.setdefault("SYNC_EXAMPLES", "1000")
    os.environ.setdefault("SYNC_STEPS", "60")
    os.environ.setdefault("SYNC_SEED", str(random.SystemRandom().randrange(1 << 32)))

from tests.sync import mutants
from tests.sync.test_convergence import EXAMPLES, Centre, ServerCentre, run

TRIES = int(os.environ.get("SYNC_MUTANT_EXAMPLES", "150"))


def main() -> int:
    for centre in (Centre, ServerCentre):
        begun = time.perf_counter()
        run(centre, EXAMPLES)
        say(f"{centre.__name__}: all well after {time.perf_counter() - begun:.0f} s")
    missed = [mutant.name for mutant in mutants.ALL if not noticed(mutant)]
    say(f"noticed at random: {len(mutants.ALL) - len(missed)} of {len(mutants.ALL)}; not: {missed}")
    return 0


def noticed(mutant: mutants.Mutant) -> bool:
    begun = time.perf_counter()
    with pytest.MonkeyPatch.context() as patch:
        mutant.break_it(patch)
        try:
            run(Centre, TRIES, is_shrunk=False)
        except AssertionError as error:
            said = (str(error).splitlines() or [""])[0][:80]
            say(f"{mutant.name}: noticed in {time.perf_counter() - begun:.0f} s ({said})")
            return True
    say(f"{mutant.name}: not noticed in {TRIES} histories")
    return False


def say(what: str) -> None:
    print(what, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
