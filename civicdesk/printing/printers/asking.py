"""How a thermal printer is asked how it is, and what its answers mean."""

from __future__ import annotations

import time

from civicdesk.models import Trouble
from civicdesk.printing.printers.link import Link
from civicdesk.printing.printers.port import Status

ASK_IN_ORDER = b"\x1dr\x01"
"""`GS r 1`: answered when everything before it is on paper."""

_FIXED, _AT_ONCE = 0x93, 0x12
_ORDER_FIXED = 0x90
_REPORT, _REPORT_REST = 0x10, 3
_ORDER_NEAR_END = 0x03

_OFFLINE, _COVER, _END, _ERROR, _OUT, _NEAR = 0x08, 0x04, 0x20, 0x40, 0x60, 0x0C
_WHAT = (1, 2, 4)
"""Of `DLE EOT`: the printer, why it is offline, its paper."""

_MOST_HEARD = 8
"""Bytes that a printer says while it is asked three things."""

_PACE = b"\x11\x13"
"""XON and XOFF."""


class Asking:
    """Questions to one printer over one link. `in_order` counts the answers that came after what was printed.

    `clear_at` is when a slow link will have carried what was handed to it: patience begins there.
    """

    def __init__(self, link: Link, patience: float) -> None:
        self.link, self.patience = link, patience
        self.in_order = 0
        self.is_near_end = False
        self.clear_at = time.monotonic()
        self._at_once: list[int] = []
        self._of_report = self._heard = 0

    def status(self) -> Status | None:
        """How the printer is now, whatever it is at; None when it does not answer in time. Raises Unavailable."""
        self._take(self.link.read(0))
        self._at_once.clear()
        self._heard = 0
        answers = []
        for what in _WHAT:
            answer = self._ask(what)
            if answer is None:
                return None
            answers.append(answer)
        if self._heard > _MOST_HEARD:
            return None  # it talks, but of something else
        status = _meaning(*answers)
        self.is_near_end = status.is_near_end
        return status

    def write(self, data: bytes, seconds: float) -> int:
        """Hand over bytes; how many were taken. Raises Unavailable."""
        taken = self.link.write(data, seconds)
        if self.link.speed:
            self.clear_at = max(self.clear_at, time.monotonic()) + taken / self.link.speed
        return taken

    def listen(self, seconds: float) -> None:
        """Hear what the printer says by itself or in its turn. Raises Unavailable."""
        self._take(self.link.read(seconds))

    def _ask(self, what: int) -> int | None:
        until = max(time.monotonic(), self.clear_at) + self.patience
        question = bytes((0x10, 0x04, what))
        while question and time.monotonic() < until:
            question = question[self.write(question, max(until - time.monotonic(), 0)) :]
        while not self._at_once and (left := until - time.monotonic()) > 0:
            self.listen(left)
        return self._at_once.pop(0) if self._at_once else None

    def _take(self, said: bytes) -> None:
        """Tell answers apart by their fixed bits; XON and XOFF are passed over, and reports that nobody asked for."""
        for byte in said:
            if self._of_report:
                self._of_report -= 1
            elif byte & _FIXED == _REPORT:
                self._of_report = _REPORT_REST
            elif byte not in _PACE:
                self._heard += 1
                self._hear(byte)

    def _hear(self, byte: int) -> None:
        if byte & _FIXED == _AT_ONCE:
            self._at_once.append(byte)
        elif not byte & _ORDER_FIXED:
            self.in_order += 1
            self.is_near_end = bool(byte & _ORDER_NEAR_END)


def _meaning(printer: int, why: int, paper: int) -> Status:
    is_near_end = bool(paper & _NEAR)
    if why & _COVER:
        return Status(Trouble.COVER_OPEN, is_near_end)
    if why & _END or paper & _OUT:
        return Status(Trouble.PAPER_OUT, is_near_end)
    if why & _ERROR:
        return Status(Trouble.FAULT, is_near_end)
    if printer & _OFFLINE:
        return Status(Trouble.OFFLINE, is_near_end)
    return Status(None, is_near_end)
