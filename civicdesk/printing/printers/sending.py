"""One sheet on its way to a thermal printer, piece by piece, and what is known of it at the end.

Never more than two pieces are ahead of what the printer has put on paper: its memory stays so empty that it hears
questions even when it has run out of paper, and what it may have lost is little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from civicdesk.errors import Unavailable
from civicdesk.models import JobState, Trouble
from civicdesk.printing.printers.asking import ASK_IN_ORDER, Asking
from civicdesk.printing.printers.port import Outcome, Status, Tell

_AHEAD = 2
_LOOK_S = 0.4
"""How often a printer that has not finished a piece is asked what keeps it."""

_LONG = 2
"""Patiences for a piece, of a printer that says that it is well."""

_SLOWEST_BYTES, _SHORTEST_S = 20_000, 1.0
"""How fast the slowest printers put dots on paper, and how long they take for a badge of letters."""


class _Ended(Exception):
    """It need not go on: this became of it."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Sending:
    """Brings pieces to a printer. `is_in_order`: it answers `GS r`; None for a printer that is asked nothing."""

    def __init__(
        self, asking: Asking, tell: Tell, is_given_up: Callable[[], bool], *, is_in_order: bool | None
    ) -> None:
        self.asking, self.tell, self.is_given_up = asking, tell, is_given_up
        self.is_in_order = is_in_order
        self._wanted = asking.in_order
        self._told = Status()
        self._since = 0.0

    def run(self, pieces: Sequence[bytes]) -> Outcome:
        """Send everything and hear what became of it. Never raises for what a printer does."""
        try:
            for piece in pieces:
                self._send(piece)
            if self.is_in_order:
                self._wait_for(self._wanted)
            elif self.is_in_order is not None:
                self._watch(max(sum(map(len, pieces)) / _SLOWEST_BYTES, _SHORTEST_S))
        except _Ended as end:
            return Outcome(JobState.UNSURE, end.trouble, self.asking.is_near_end)
        except Unavailable:
            return Outcome(JobState.UNSURE, Trouble.CUT_OFF)
        state = JobState.SENT if self.is_in_order is None else JobState.PRINTED
        return Outcome(state, None, self.asking.is_near_end)

    def _send(self, piece: bytes) -> None:
        if self.is_in_order:
            self._wait_for(self._wanted - _AHEAD + 1)
            self._wanted += 1
            self._write(piece + ASK_IN_ORDER)
            return
        if self.is_in_order is not None:
            self._wait_while_troubled()
        self._write(piece)

    def _write(self, data: bytes) -> None:
        """One that takes nothing for longer than its patience is stuck, or its memory is full and its roll empty."""
        since = time.monotonic()
        while data:
            taken = self.asking.write(data, _LOOK_S)
            data = data[taken:]
            if taken:
                since = time.monotonic()
                self._tell(Status())
            elif time.monotonic() - max(since, self.asking.clear_at) > self.asking.patience:
                self._is_stuck()

    def _is_stuck(self) -> None:
        """One that tells piece by piece has room for the next; any other may have filled up, and cannot hear us."""
        if self.is_in_order:
            raise _Ended(Trouble.SILENT)
        self._wait_with(Status(Trouble.OFFLINE))

    def _wait_for(self, count: int) -> None:
        """Wait until so many pieces are on paper."""
        self._since = time.monotonic()
        while self.asking.in_order < count:
            before = self.asking.in_order
            self.asking.listen(_LOOK_S)
            if self.asking.in_order > before:
                self._since = time.monotonic()
            elif self.asking.in_order < count:
                self._ask_what_keeps_it()
        self._tell(Status())

    def _ask_what_keeps_it(self) -> None:
        status = self._status()
        if status.trouble is not None:
            self._wait_with(status)
            self._since = time.monotonic()
        elif time.monotonic() - self._since > self._enough():
            raise _Ended(
                Trouble.CUT_OFF
            )  # it is well and has nothing to do: it started anew, or was switched off

    def _enough(self) -> float:
        """How long a printer that is well may take for what was sent ahead."""
        speed = self.asking.link.speed
        return self.asking.patience * 2 + (2 * _AHEAD * 2_048 / speed if speed else 0)

    def _watch(self, seconds: float) -> None:
        """Of a printer that never says when it is done: ask whether it is well, for as long as the paper takes."""
        until = time.monotonic() + seconds
        self._wait_while_troubled()
        while (left := until - time.monotonic()) > 0:
            self.asking.listen(min(left, _LOOK_S))
            self._wait_while_troubled()

    def _wait_while_troubled(self) -> None:
        while (status := self._status()).trouble is not None:
            self._wait_with(status)
            self.asking.listen(_LOOK_S)
        self._tell(Status())

    def _status(self) -> Status:
        status = self.asking.status()
        if status is None:
            raise _Ended(Trouble.SILENT)
        return status

    def _wait_with(self, status: Status) -> None:
        """A hand is wanted. What goes wrong on the desk's own side meanwhile says nothing of the printer."""
        self._tell(status)
        is_given_up = False
        with suppress(Unavailable):
            is_given_up = self.is_given_up()
        if is_given_up:
            raise _Ended(status.trouble or Trouble.OFFLINE)

    def _tell(self, status: Status) -> None:
        """Only what is new, and nothing of a sheet that comes out without a hand."""
        if status.trouble != self._told.trouble:
            self._told = status
            with suppress(Unavailable):
                self.tell(status)
