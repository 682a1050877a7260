"""What is said of a session: how far it is, what it came to, and why it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from civicdesk.models import Alarm


class Phase(StrEnum):
    """Where a session is."""

    HELLO = "hello"
    PUSH = "push"
    PULL = "pull"
    BLOBS = "blobs"
    VERIFY = "verify"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a session is: `done` of about `total` rows of this phase."""

    phase: Phase
    done: int = 0
    total: int = 0


@dataclass(slots=True)
class Outcome:
    """What a session came to."""

    pushed: int = 0
    pulled: int = 0
    clashes: int = 0
    conflicts: int = 0
    refused: int = 0
    erased: int = 0
    pictures: int = 0
    offered: int = 0
    mended: int = 0
    missing: int = 0
    is_fork: bool = False
    skew_ms: int = 0


def tell_nobody(_progress: Progress) -> None:
    """For those who need no word of progress."""


def never() -> bool:
    """For those who never give up."""
    return False


class GivenUp(Exception):
    """A person stopped the session; nothing is lost, the next one goes on."""


class Stopped(Exception):
    """The session must not go on until somebody has looked; `alarm` says why."""

    def __init__(self, alarm: Alarm) -> None:
        super().__init__(alarm)
        self.alarm = alarm
