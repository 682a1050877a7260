"""When a desk syncs by itself: each night at a moment of its own, made up for later, and by day if wanted."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from civicdesk.text import ZONE

WINDOW = timedelta(hours=4)
"""So long after the beginning of the night desks are spread, so that the hub is not asked by all at once."""

_AGAIN = timedelta(minutes=1)
_SELDOMEST = timedelta(minutes=30)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tries:
    """How the last tries went: since when they fail, in a row, and when the next may be."""

    failed: int = 0
    next_at: datetime | None = None

    def after_failure(self, at: datetime, chance: random.Random | None = None) -> Tries:
        """Twice as long a rest as before, up to half an hour, and not for all desks the same."""
        rest = min(_AGAIN * 2**self.failed, _SELDOMEST)
        share = (chance or random).uniform(0.75, 1.25)
        return Tries(self.failed + 1, at + rest * share)


def moment(key: str, night_from: str, at: datetime) -> datetime:
    """The latest moment of this desk's night that is over at `at`. `key` is the desk's own."""
    offset = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % int(WINDOW.total_seconds())
    here = at.astimezone(ZONE)
    begins = datetime.combine(here.date(), time.fromisoformat(night_from), ZONE)
    today = begins + timedelta(seconds=offset)
    return today if today <= here else today - _DAY


def is_due(
    synced_at: datetime | None,
    tries: Tries,
    *,
    key: str,
    night_from: str,
    every_minutes: int,
    at: datetime,
) -> bool:
    """Whether to sync now by itself. A desk that was off at night makes up for it."""
    if tries.next_at is not None and at < tries.next_at:
        return False
    if synced_at is None or synced_at < moment(key, night_from, at):
        return True
    return every_minutes > 0 and at - synced_at >= timedelta(minutes=every_minutes)
