"""A reader that is stuck and sends without end must not hold up the desk: who sends too fast is heard no more."""

from __future__ import annotations

MOST = 12
"""Codes a second. No hand is that quick, and the desk is."""

ALIKE = 20
"""The same code so often without half a second between is no hand either."""

_SECOND, _HALF = 1.0, 0.5


class Pace:
    """Lets codes through at a pace a hand can keep; a stuck reader only again after a second of quiet.

    Times are seconds of any clock that only goes forward.
    """

    def __init__(self) -> None:
        self.is_stuck = False
        self._times: list[float] = []
        self._text, self._alike, self._last = "", 0, -_SECOND

    def lets(self, text: str, at: float) -> bool:
        """Whether a code that came now is to be answered."""
        self.rest(at)
        pause, self._last = at - self._last, at
        self._alike = self._alike + 1 if text == self._text and pause <= _HALF else 1
        self._text = text
        self._times = [time for time in self._times if at - time < _SECOND] + [at]
        if len(self._times) > MOST or self._alike > ALIKE:
            self.is_stuck = True
            self._times = self._times[-MOST:]
        return not self.is_stuck

    def choke(self, at: float) -> None:
        """Something without an end came: that is stuck, too."""
        self.is_stuck, self._last = True, at

    def rest(self, at: float) -> bool:
        """Whether the reader has been quiet long enough to be heard again; tells only once."""
        if self.is_stuck and at - self._last >= _SECOND:
            self.is_stuck, self._times, self._alike = False, [], 0
            return True
        return False
