"""What stands on a timeline. All times are whole minutes from the first midnight shown."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True)
class Stretch:
    """A piece of time that is shown, such as the opening hours of a day. `label` heads it where there are several."""

    begin: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Row:
    """A room, or a day of one room. `second` with its icon and `icons` say what it holds; `spoken` is read aloud."""

    key: Hashable
    title: str
    second: str = ""
    icons: tuple[str, ...] = ()
    spoken: str = ""
    second_icon: str = "users"


@dataclass(frozen=True)
class Block:
    """A booking on a row, half-open. `setup` and `clear` are the minutes it holds before and after.

    `spoken` is what is read aloud after its times. `tone` colours it, `mark` is an icon that tells its state without
    colour; `is_firm` is False for what is only pencilled in, `is_fixed` for what cannot be moved.
    """

    key: Hashable
    row: Hashable
    start: int
    end: int
    title: str
    second: str = ""
    count: str = ""
    tone: str = "info"
    mark: str = ""
    spoken: tuple[str, ...] = ()
    setup: int = 0
    clear: int = 0
    is_firm: bool = True
    is_fixed: bool = False
    is_struck: bool = False


@dataclass(frozen=True)
class Closed:
    """Time in which nothing can be booked, and why; on one row or on all."""

    start: int
    end: int
    reason: str = ""
    row: Hashable | None = None


@dataclass(frozen=True)
class Lane:
    """Which part of a row's height a block takes: overlapping ones share it."""

    place: int = 0
    of: int = 1


@dataclass(frozen=True)
class Plan:
    """A whole timeline. `now` is the minute of the now-line, if it lies on it."""

    stretches: tuple[Stretch, ...] = (Stretch(0, 24 * 60),)
    rows: tuple[Row, ...] = ()
    blocks: tuple[Block, ...] = ()
    closed: tuple[Closed, ...] = ()
    now: int | None = None
    heading: str = ""
    by_row: dict[Hashable, list[Block]] = field(init=False, repr=False, compare=False, default_factory=dict)
    lanes: dict[Hashable, Lane] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_row.update({row.key: [] for row in self.rows})
        for block in sorted(self.blocks, key=lambda block: (block.start, block.end)):
            if block.row in self.by_row:
                self.by_row[block.row].append(block)
        for blocks in self.by_row.values():
            self.lanes.update(_lanes(blocks))

    @property
    def labels(self) -> tuple[str, ...]:
        """What heads the stretches: it tells one week from another."""
        return tuple(stretch.label for stretch in self.stretches)


def _lanes(blocks: Sequence[Block]) -> dict[Hashable, Lane]:
    """Blocks of one row, earliest first; where some overlap they are stacked, else each has the whole height."""
    if all(one.end <= other.start for one, other in pairwise(blocks)):
        return {}
    found: dict[Hashable, Lane] = {}
    group: list[tuple[Block, int]] = []
    ends: list[int] = []
    for block in blocks:
        if ends and block.start >= max(ends):
            found.update(_settled(group, len(ends)))
            group, ends = [], []
        place = next((n for n, end in enumerate(ends) if end <= block.start), len(ends))
        ends[place : place + 1] = [block.end]
        group.append((block, place))
    found.update(_settled(group, len(ends)))
    return found


def _settled(group: list[tuple[Block, int]], of: int) -> dict[Hashable, Lane]:
    return {block.key: Lane(place, of) for block, place in group} if of > 1 else {}


def wall(minute: int) -> str:
    """A minute as a clock shows it: `10:15`; the last midnight is `24:00`."""
    shown = minute % (24 * 60)
    return "24:00" if minute and not shown else f"{shown // 60:02}:{shown % 60:02}"
