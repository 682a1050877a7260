"""Where a code begins and ends in the bytes of a serial reader."""

from __future__ import annotations

import re
from dataclasses import dataclass

from civicdesk.ui.reading import LONGEST

PAUSE = 0.08
"""Seconds of silence after which a code is whole, for readers that send no end."""

_END = re.compile(rb"[\r\n\t]")
_MOST_BYTES = 4 * LONGEST
_NAMES = {b"\r": "enter", b"\n": "enter", b"\t": "tab"}


@dataclass(frozen=True)
class Frame:
    """One code as it was sent, and what ended it."""

    raw: str
    end: str


class Frames:
    """Cuts what arrives into codes. Bytes that are no text become �; of endless ones the beginning is kept."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._is_over = False

    @property
    def is_begun(self) -> bool:
        """Whether a code is under way."""
        return bool(self._held) or self._is_over

    @property
    def is_endless(self) -> bool:
        """Whether what is under way went on too long to be a code."""
        return self._is_over

    def feed(self, bytes_: bytes) -> list[Frame]:
        """Take in what arrived; the codes that are whole now."""
        whole: list[Frame] = []
        begin = 0
        for end in _END.finditer(bytes_):
            whole += self._take(bytes_[begin : end.start()], _NAMES[end.group()])
            begin = end.end()
        self._hold(bytes_[begin:])
        return whole

    def pause(self) -> list[Frame]:
        """Nothing came for a while: what is there is a code."""
        return self._take(b"", "")

    def overflow(self) -> Frame | None:
        """The beginning of something without an end, told once; the rest of it is dropped."""
        if self._is_over or len(self._held) < _MOST_BYTES:
            return None
        frame = Frame(_text(self._held), "")
        self._held.clear()
        self._is_over = True
        return frame

    def forget(self) -> None:
        """The rest of what is under way is of no use."""
        self._held.clear()
        self._is_over = False

    def _take(self, last: bytes, end: str) -> list[Frame]:
        self._hold(last)
        raw = b"" if self._is_over else bytes(self._held)
        self.forget()
        return [Frame(_text(raw), end)] if raw else []

    def _hold(self, more: bytes) -> None:
        if not self._is_over:
            self._held += more[: _MOST_BYTES - len(self._held)]


def _text(raw: bytes | bytearray) -> str:
    return raw.decode("utf-8", errors="replace")[:LONGEST]
