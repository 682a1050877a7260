"""What may be wrong with the loopback printer, and how it says so."""

from __future__ import annotations

from dataclasses import dataclass

_ALWAYS = 0x12
"""Two bits that are set in every answer to `DLE EOT`."""


@dataclass(frozen=True)
class Faults:
    """What is wrong with a thermal printer, and what it never learned.

    `silent`: takes bytes, prints and answers nothing. `deaf`: takes no bytes at all. `answers_after` seconds.
    `in_order`: whether it knows `GS r`. `buffer` is how many bytes it takes before it has printed them.
    `says`: what it says to whatever it hears.
    """

    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    offline: bool = False
    cutter: bool = False
    silent: bool = False
    deaf: bool = False
    answers_after: float = 0.0
    in_order: bool = True
    buffer: int = 4096
    says: bytes = b""

    @property
    def can_print(self) -> bool:
        return not (self.paper_out or self.cover_open or self.offline or self.cutter)

    def answer(self, which: int, *, is_near_end: bool) -> bytes:
        """The byte for `DLE EOT` 1 to 4."""
        said = {
            1: (not self.can_print) * 0x08,
            2: self.cover_open * 0x04 | self.paper_out * 0x20 | self.cutter * 0x40,
            3: self.cutter * 0x08,
            4: is_near_end * 0x0C | self.paper_out * 0x60,
        }
        return bytes((_ALWAYS | said[which],))

    def report(self, *, is_near_end: bool) -> bytes:
        """The four bytes that a printer sends by itself when something changed, if it was told to."""
        first = 0x10 | (not self.can_print) * 0x08 | self.cover_open * 0x20
        return bytes((first, self.cutter * 0x08, is_near_end * 0x03 | self.paper_out * 0x0C, 0))
