"""Which backups stay: seven days, five weeks, twelve months."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from civicdesk.text import local

DAYS, WEEKS, MONTHS = 7, 5, 12
LONGEST = timedelta(days=400)
"""A backup holds names; none is older than this, or erasing somebody would mean little."""

Backup = TypeVar("Backup", bound=Hashable)


def outdated(backups: Mapping[Backup, datetime], *, at: datetime) -> set[Backup]:
    """What may go: neither the last of one of the last seven days, five weeks or twelve months that have one.

    The newest always stays, and what is dated after `at` too: a clock was wrong, and nobody knows when.
    """
    newest_first = sorted(
        (each for each, taken in backups.items() if taken <= at), key=lambda each: backups[each], reverse=True
    )
    kept = {
        *_last_of(newest_first, DAYS, lambda each: local(backups[each]).date()),
        *_last_of(newest_first, WEEKS, lambda each: tuple(local(backups[each]).isocalendar())[:2]),
        *_last_of(newest_first, MONTHS, lambda each: (local(backups[each]).year, local(backups[each]).month)),
    }
    kept = {each for each in kept if at - backups[each] <= LONGEST} | set(newest_first[:1])
    return set(newest_first) - kept


def _last_of(
    newest_first: Iterable[Backup], count: int, span: Callable[[Backup], Hashable]
) -> Iterable[Backup]:
    """The newest backup of each of the latest `count` spans that have one."""
    latest: dict[Hashable, Backup] = {}
    for each in newest_first:
        latest.setdefault(span(each), each)
    return list(latest.values())[:count]
