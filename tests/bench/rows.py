"""What a measurement says: one row of the table, with the limit of the machine beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

Times = list[float]
"""Milliseconds."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One road: how fast the desk is, how fast the machine could be, and what was promised."""

    road: str
    budget: str
    is_met: bool
    median: float
    p99: float | None = None
    limit: float | None = None
    limit_is: str = ""
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.median / self.limit if self.limit else None


def beside_limit(
    road: str, ours: Times, limit: Times, limit_is: str, *, ratio: float, p99: float | None
) -> Row:
    """A road whose promise is a multiple of what the machine can do, and perhaps a p99 in milliseconds."""
    budget = f"median ≤ {ratio:g} × limit" + (f", p99 ≤ {p99:g} ms" if p99 else "")
    is_met = median(ours) <= ratio * median(limit) and (p99 is None or percentile(ours, 99) <= p99)
    return Row(
        road=road,
        budget=budget,
        is_met=is_met,
        median=median(ours),
        p99=percentile(ours, 99),
        limit=median(limit),
        limit_is=f"{limit_is} (p99 {percentile(limit, 99):.2f})",
    )


def within(
    road: str, ours: Times, *, p99: float, limit: Times | None = None, limit_is: str = "", note: str = ""
) -> Row:
    """A road whose promise is a p99 in milliseconds."""
    return Row(
        road=road,
        budget=f"p99 ≤ {p99:g} ms",
        is_met=percentile(ours, 99) <= p99,
        median=median(ours),
        p99=percentile(ours, 99),
        limit=median(limit) if limit else None,
        limit_is=limit_is,
        note=note,
    )


def percentile(times: Sequence[float], percent: float) -> float:
    """The value that so many percent do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def timed(act: Callable[[], object]) -> float:
    """How many milliseconds something takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1_000
