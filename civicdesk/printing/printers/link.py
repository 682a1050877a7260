"""What every way to a thermal printer can do: bytes to a device, and bytes from it.

The ways are our own and thin, as the connectors of python-escpos know no time limit on writing, cannot tell a printer
that says nothing from one that is gone, speak IPv4 only and expect every USB printer to have the same end points.
"""

from __future__ import annotations

from typing import Protocol

from civicdesk.errors import Unavailable
from civicdesk.text import _


class Link(Protocol):
    """A way to a device. Raises Unavailable when there is no such way, or no more.

    `keeps`: stays open between jobs. `can_read`: whether the device can answer at all. `speed`: bytes a second,
    where the way itself is slow.
    """

    keeps: bool
    can_read: bool
    speed: float | None

    def open(self) -> None:
        """Connect, within the printer's patience."""

    def write(self, data: bytes, seconds: float) -> int:
        """Hand over bytes; how many were taken in so many seconds, 0 when none."""

    def read(self, seconds: float) -> bytes:
        """What the device says; nothing when it said nothing for so long."""

    def close(self) -> None:
        """Let go of it."""


def lost() -> Unavailable:
    """The device was there, and is not any more."""
    return Unavailable(_("The connection to the printer was lost."))
