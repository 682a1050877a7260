"""Memory of the whole desk over a long day's work, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from tests.bench import centres
from tests.bench.rows import Row

MANY, _QUICK_MANY = 10_000, 1_000
_MOST_MB, _FLAT_MB = 200, 2


def rows(*, quick: bool) -> Iterator[Row]:
    many = _QUICK_MANY if quick else MANY
    with centres.copy() as file:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.long_day", str(file), str(many)],
            check=True,
            capture_output=True,
            text=True,
        )
    measured: list[float] = json.loads(done.stdout.splitlines()[-1])
    last = measured[-1]
    growth = last - measured[len(measured) // 2]
    yield Row(
        road=f"memory after {many:,} check-ins",
        budget=f"≤ {_MOST_MB} MB, last half grows ≤ {_FLAT_MB} MB",
        is_met=last <= _MOST_MB and growth <= _FLAT_MB,
        median=last,
        unit="MB",
        limit=measured[0],
        limit_is="MB before the first",
        note=f"last half {growth:+.1f} MB",
    )
