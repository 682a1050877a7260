"""Where things stand on a timeline: minutes to pixels and back. Pure; knows no widget."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from civicdesk.ui.widgets.timeline.plan import Block, Lane, Plan, Stretch

GAP = 10
"""Pixels between two stretches, such as two days of a week."""


@dataclass(frozen=True)
class Geometry:
    """Pixels of the ground that scrolls: x from the first stretch's begin, y from the first row's upper edge."""

    stretches: tuple[Stretch, ...]
    per_minute: float
    row_height: int
    row_count: int

    @property
    def width(self) -> int:
        minutes = sum(stretch.end - stretch.begin for stretch in self.stretches)
        return round(minutes * self.per_minute) + GAP * (len(self.stretches) - 1)

    @property
    def height(self) -> int:
        return self.row_height * self.row_count

    @cached_property
    def _lefts(self) -> list[float]:
        before = list(accumulate((s.end - s.begin for s in self.stretches), initial=0))
        return [minutes * self.per_minute + GAP * place for place, minutes in enumerate(before)]

    @cached_property
    def _begins(self) -> list[int]:
        return [stretch.begin for stretch in self.stretches]

    def left_of(self, place: int) -> float:
        """Where a stretch begins."""
        return self._lefts[place]

    def x(self, minute: float) -> float:
        """Where a minute stands; one that is not shown stands at the nearest edge that is."""
        place = max(0, bisect_right(self._begins, minute) - 1)
        stretch = self.stretches[place]
        inside = min(max(minute, stretch.begin), stretch.end) - stretch.begin
        return self._lefts[place] + inside * self.per_minute

    def minute(self, x: float) -> float:
        """The minute that stands there; between two stretches it is the end of the first."""
        place = 0
        while place + 1 < len(self.stretches) and x >= self.left_of(place + 1):
            place += 1
        stretch = self.stretches[place]
        inside = (x - self.left_of(place)) / self.per_minute
        return stretch.begin + min(max(inside, 0), stretch.end - stretch.begin)

    def stretch_at(self, minute: float) -> Stretch:
        """The stretch in which a minute lies, or the nearest before it."""
        place = max(0, bisect_right(self.stretches, minute, key=lambda stretch: stretch.begin) - 1)
        return self.stretches[place]

    def row_at(self, y: float) -> int:
        """The row that stands there, the nearest one past the edges."""
        return min(max(int(y // self.row_height), 0), max(self.row_count - 1, 0))

    def top(self, row: int) -> int:
        return row * self.row_height

    def box(self, block: Block, row: int, lane: Lane) -> tuple[float, float, float, float]:
        """Left, top, width and height of a block without its set-up and clear-up."""
        left, right = self.x(block.start), self.x(block.end)
        tall = (self.row_height - 7) / lane.of
        return left + 1, self.top(row) + 4 + lane.place * tall, max(right - left - 2, 6), tall - (lane.of > 1)


def fitting(plan: Plan, room: float, *, least_per_hour: float, row_height: int) -> Geometry:
    """The geometry in which the plan fills `room` pixels across, but no hour is narrower than told."""
    minutes = sum(stretch.end - stretch.begin for stretch in plan.stretches) or 1
    gaps = GAP * (len(plan.stretches) - 1)
    per_minute = max((room - gaps) / minutes, least_per_hour / 60)
    return Geometry(plan.stretches, per_minute, row_height, len(plan.rows))
