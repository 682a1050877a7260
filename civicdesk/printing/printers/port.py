"""What every printer can do, whatever its plug: say how it is, and print one sheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from civicdesk.models import JobState, Trouble

if TYPE_CHECKING:
    from civicdesk.printing.badge import BadgeFace


class Form(Enum):
    """What a printer prints on: the roll of a thermal printer (its printable width in dots), or pages."""

    ROLL_58 = 384
    ROLL_80 = 576
    PAGE = 0


@dataclass(frozen=True)
class Sheet:
    """One job, drawn for one printer. `face` is there for a badge, so that a slow link can have it as text."""

    title: str
    pdf: bytes
    face: BadgeFace | None = None
    tray: str = ""


@dataclass(frozen=True)
class Status:
    """How a printer says it is. `trouble` is None when it can print."""

    trouble: Trouble | None = None
    is_near_end: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of a sheet: WAITING (nothing came out), PRINTED, SENT or UNSURE; the last two are not known."""

    state: JobState
    trouble: Trouble | None = None
    is_near_end: bool = False


Tell = Callable[[Status], None]
"""Called while a sheet is being printed, when the printer asks for a hand: no paper, cover open."""


class Printer(Protocol):
    """A printer. Both methods may take as long as the printer's patience, and are called on one thread only."""

    name: str
    form: Form

    def status(self) -> Status:
        """Ask the printer how it is; `Trouble.AWAY` or `SILENT` when it does not answer. Never raises."""

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        """Print one sheet and say what became of it. Never raises for what a printer does.

        While the printer asks for a hand, this waits and `tell`s, until `is_given_up()`.
        """

    def close(self) -> None:
        """Let go of the device."""
