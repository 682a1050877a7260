"""From the start of the process to the first paint, and to a Today that can be used; in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import centres
from tests.bench.rows import Row, Times, beside_limit

_RUNS, _QUICK_RUNS = 9, 3
_BARE, _OURS = "tests.bench.bare_window", "tests.bench.our_start"


def rows(*, quick: bool) -> Iterator[Row]:
    bare: dict[str, Times] = {}
    ours: dict[str, Times] = {}
    with centres.copy() as file, TemporaryDirectory() as home:
        for child in (_BARE, _OURS):
            _run(child, file, home, {})  # compiles, and brings the files into memory
        for _n in range(_QUICK_RUNS if quick else _RUNS):
            _run(_BARE, file, home, bare)
            _run(_OURS, file, home, ours)
    yield beside_limit(
        "start → first painted window",
        ours["painted"],
        bare["painted"],
        "bare Qt window",
        ratio=1.5,
        p99=None,
    )
    yield beside_limit(
        "start → usable Today",
        ours["usable"],
        bare["asked"],
        "Qt, SQLAlchemy, first query",
        ratio=1.6,
        p99=None,
    )


def _run(child: str, file: Path, home: str, into: dict[str, Times]) -> None:
    """Start a child and note when it says each word."""
    environment = {**os.environ, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", child, str(file)], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        for word in process.stdout:
            into.setdefault(word.strip(), []).append((time.perf_counter() - start) * 1_000)
    if process.returncode:
        raise RuntimeError(f"{child} ended with {process.returncode}")
