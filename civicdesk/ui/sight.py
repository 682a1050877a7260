"""What a camera sees: the same code is one scan until it left the picture for a while."""

from __future__ import annotations

AWAY = 2.0
"""Seconds out of the picture after which the same code counts again."""


class Sight:
    """Remembers what is in the picture. Times are seconds of any clock that only goes forward."""

    def __init__(self, away: float = AWAY) -> None:
        self._away = away
        self._seen: dict[str, float] = {}

    def look(self, codes: list[str], at: float) -> list[str]:
        """The codes that came into the picture just now."""
        self._seen = {code: last for code, last in self._seen.items() if at - last < self._away}
        fresh = [code for code in dict.fromkeys(codes) if code not in self._seen]
        self._seen.update(dict.fromkeys(codes, at))
        return fresh
