"""When the demo plays: its pinned instant, and days as the generator counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from civicdesk.text import ZONE

TODAY = date(2026, 11, 21)
"""A Saturday; on a Sunday the screens would be empty."""

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=ZONE).astimezone(UTC)
"""The instant at which the demo's clock starts."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE_MS = 60_000


@dataclass(frozen=True)
class Day:
    """An open day; `opens` and `closes` are minutes after local midnight."""

    on: date
    opens: int
    closes: int

    def ms(self, minute: float) -> int:
        """The instant of a local minute of this day, in milliseconds since 1970."""
        return _midnight_ms(self.on) + int(minute * _MINUTE_MS)

    def wall(self, minute: int) -> str:
        """The same as a wall time, `2026-11-21T14:30`."""
        return f"{self.on}T{minute // 60:02d}:{minute % 60:02d}"


def stamp(ms: int) -> str:
    """An instant as the tables keep it (see `models.base.Instant`)."""
    return (_EPOCH + timedelta(milliseconds=ms)).isoformat(timespec="milliseconds")[:23] + "Z"


def ms_of(at: datetime) -> int:
    """The reverse of `stamp`, from an aware datetime."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


@cache
def _midnight_ms(on: date) -> int:
    # by way of noon: where summer time began at midnight, midnight did not exist
    return ms_of(datetime(on.year, on.month, on.day, 12, tzinfo=ZONE)) - 12 * 60 * _MINUTE_MS
