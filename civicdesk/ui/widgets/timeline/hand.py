"""What a hand does on a timeline: draw a new booking, move one, pull at its ends. Pure; knows no events."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from enum import Enum, auto

from civicdesk.ui.widgets.timeline.plan import Block

SHORTEST = 15
"""Minutes of the shortest booking that can be drawn."""


class Grip(Enum):
    """Where a hand has hold."""

    GROUND = auto()
    BODY = auto()
    BEGIN = auto()
    END = auto()


@dataclass(frozen=True)
class Ghost:
    """Where a booking would be if the hand let go now. `key` is None for a new one."""

    row: int
    start: int
    end: int
    key: Hashable | None = None


@dataclass(frozen=True)
class Spot:
    """A point on the timeline: the row and the minute under it."""

    row: int
    minute: float


class Hand:
    """Holds on to one thing at a time; `ghost` is None while it holds nothing."""

    def __init__(self, snap: int = 15) -> None:
        self.snap = snap
        self.ghost: Ghost | None = None
        self.grip = Grip.GROUND
        self._from = Spot(0, 0)
        self._first: Ghost | None = None

    @property
    def holds(self) -> bool:
        return self.ghost is not None

    def draw(self, spot: Spot) -> None:
        """Begin a new booking."""
        start = self._floor(spot.minute)
        self._take(Grip.GROUND, spot, Ghost(spot.row, start, start + max(self.snap, SHORTEST)))

    def take(self, block: Block, row: int, grip: Grip, spot: Spot) -> None:
        """Take a booking, by its body or by one of its ends."""
        self._take(grip, spot, Ghost(row, block.start, block.end, block.key))

    def drag(self, spot: Spot, begin: int, end: int) -> None:
        """The hand is there now; nothing leaves [begin, end), the time shown around it."""
        if self._first is None:
            return
        first, by = self._first, self._snapped(spot.minute - self._from.minute)
        if self.grip is Grip.BODY:
            length = first.end - first.start
            start = min(max(first.start + by, begin), max(end - length, begin))
            self.ghost = replace(first, row=spot.row, start=start, end=start + length)
        elif self.grip is Grip.BEGIN:
            self.ghost = replace(first, start=max(min(first.start + by, first.end - SHORTEST), begin))
        elif self.grip is Grip.END:
            self.ghost = replace(first, end=min(max(first.end + by, first.start + SHORTEST), end))
        else:
            self._draw_to(spot, begin, end)

    def step(self, *, rows: int = 0, by: int = 0, longer: int = 0, earlier: int = 0, row_count: int) -> None:
        """Move what is held by rows and by steps of the snap, from the keyboard."""
        if self.ghost is None:
            return
        ghost = self.ghost
        start = ghost.start + (by - earlier) * self.snap
        end = ghost.end + (by + longer) * self.snap
        if end - start >= SHORTEST and start >= 0:
            row = min(max(ghost.row + rows, 0), row_count - 1)
            self.ghost = replace(ghost, row=row, start=start, end=end)

    def let_go(self) -> Ghost | None:
        """Put it down where it is; None if it was put down where it was taken."""
        ghost, first, grip = self.ghost, self._first, self.grip
        self.cancel()
        return None if ghost == first and grip is not Grip.GROUND else ghost

    def cancel(self) -> None:
        """Hold nothing; what was held is where it was."""
        self.ghost = self._first = None

    def _take(self, grip: Grip, spot: Spot, ghost: Ghost) -> None:
        self.grip, self._from, self.ghost, self._first = grip, spot, ghost, ghost

    def _draw_to(self, spot: Spot, begin: int, end: int) -> None:
        assert self._first is not None
        anchor = self._first.start
        there = self._snapped(spot.minute)
        start, stop = (
            min(anchor, there),
            max(anchor + self.snap if there <= anchor else there, anchor + SHORTEST),
        )
        self.ghost = replace(self._first, start=max(start, begin), end=min(stop, end))

    def _snapped(self, minutes: float) -> int:
        return round(minutes / self.snap) * self.snap

    def _floor(self, minutes: float) -> int:
        return int(minutes // self.snap) * self.snap
