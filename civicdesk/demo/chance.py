"""The demo's dice: everything that looks like chance comes from one seed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from civicdesk import codes

T = TypeVar("T")

_VERSION_7 = 7 << 76
_VARIANT = 2 << 62


def apart(words: str) -> tuple[str, ...]:
    """The entries of a word list, written with bars between them."""
    return tuple(words.split("|"))


class Dice(Random):
    """Seeded chance, with the ids and codes that the desk would have made by itself."""

    def id_at(self, ms: int) -> str:
        """A UUIDv7 of that instant, as the tables keep it: 32 hexadecimal digits."""
        chance = self.getrandbits(74)
        return f"{ms << 80 | _VERSION_7 | (chance >> 62) << 64 | _VARIANT | chance & (1 << 62) - 1:032x}"

    def code(self, kind: codes.Kind) -> str:
        """A code for a badge or a pass."""
        return codes.make(kind, self.randrange)

    def happens(self, share: float) -> bool:
        """Whether something comes about that does so in this share of cases."""
        return self.random() < share

    def phone(self) -> str:
        """A number that nobody has."""
        return f"+90500000{self.randrange(10_000):04d}"

    def often_first(self, many: int) -> int:
        """An index below `many`, the low ones much more often: regulars, busy organisations."""
        return int(many * self.random() ** 2)


class Lot(Generic[T]):
    """Things that are drawn with weights."""

    def __init__(self, weights: Sequence[tuple[T, float]]) -> None:
        self._things = [thing for thing, _weight in weights]
        self._sums = list(accumulate(weight for _thing, weight in weights))

    def draw(self, dice: Dice) -> T:
        return dice.choices(self._things, cum_weights=self._sums)[0]
