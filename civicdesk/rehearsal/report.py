"""What was played, what was checked, and whether it held."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Step:
    """One step of the day."""

    title: str
    seconds: float = 0.0
    checks: list[str] = field(default_factory=list)
    failure: str = ""


class Report:
    """The steps as they are played, told on the terminal and kept beside the pictures."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self.steps: list[Step] = []

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        """Play one step; the day goes on after one that fails, so that all of it is seen."""
        step = Step(title)
        self.steps.append(step)
        began = time.perf_counter()
        try:
            yield step
        except Exception as failure:
            step.failure = "".join(traceback.format_exception_only(failure)).strip()
            traceback.print_exc()
        step.seconds = time.perf_counter() - began
        mark = "FAILED" if step.failure else "ok"
        sys.stdout.write(
            f"{mark:>6}  {title} ({step.seconds:.1f} s){'  ' + step.failure if step.failure else ''}\n"
        )
        sys.stdout.flush()

    @property
    def failed(self) -> list[Step]:
        return [step for step in self.steps if step.failure]

    def write(self) -> Path:
        """The summary as Markdown."""
        lines = ["# Rehearsal", ""]
        for step in self.steps:
            lines.append(f"- {'**FAILED**' if step.failure else 'ok'} {step.title} ({step.seconds:.1f} s)")
            lines += [f"  - {check}" for check in step.checks]
            lines += [f"  - {step.failure}"] if step.failure else []
        lines += ["", f"{len(self.steps) - len(self.failed)} of {len(self.steps)} steps held.", ""]
        path = self._out / "summary.md"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path
