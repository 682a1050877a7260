"""Stamps: one whole number that says when and where a group was written, so that the greater one wins everywhere."""

from __future__ import annotations

from collections.abc import Iterable

EPOCH_MS = 1_704_067_200_000
"""The beginning of 2024 in milliseconds since 1970; stamps and hubs count from there."""

NODE_BITS = 15
CLOCK_BITS = 21
_NODES = (1 << NODE_BITS) - 1

_SINCE_2024 = "CAST(round((julianday('now') - 2460310.5) * 86400000) AS INTEGER)"

MOVE_ON = (
    "UPDATE sync_clock SET tick = tick + 1, "
    f"last = max((((last >> {NODE_BITS}) + 1) << {NODE_BITS}) | node, "
    f"(({_SINCE_2024} + skewed_ms + off_ms) << {CLOCK_BITS}) | node)"
)
"""What every captured change begins with: a stamp later than any before it."""


def node_of(stamp: int) -> int:
    """Which incarnation made a stamp; 0 is the hub."""
    return stamp & _NODES


def milliseconds(stamp: int) -> int:
    """When a stamp was made, since 2024."""
    return stamp >> CLOCK_BITS


def after(stamp: int, node: int) -> int:
    """The next stamp of this node that is later."""
    return (((stamp >> NODE_BITS) + 1) << NODE_BITS) | node


def anew(stamps: Iterable[int], above: int, node: int, *, is_time_kept: bool) -> dict[int, int]:
    """New stamps of this node for these, in the same order and all later than `above`; with their times if kept."""
    fresh = {}
    for stamp in sorted(set(stamps)):
        above = after(above, node)
        if is_time_kept:
            above = max(above, (stamp & ~_NODES) | node)
        fresh[stamp] = above
    return fresh
