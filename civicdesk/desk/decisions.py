"""What the desk answers to a scan: one pure function from facts to a result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from civicdesk.codes import Fault, Kind

REPEAT_WITHIN = timedelta(seconds=10)
CLOCK_BACK = timedelta(minutes=5)
CLOCK_AHEAD = timedelta(days=400)
STALE_AFTER = timedelta(hours=36)


class Result(StrEnum):
    """Every answer the desk can give to a scan."""

    ADMITTED = "admitted"
    WELCOME_BACK = "welcome_back"
    REPEAT = "repeat"
    ALREADY_INSIDE = "already_inside"
    CHECKED_OUT = "checked_out"
    NOT_INSIDE = "not_inside"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    CANCELLED = "cancelled"
    USED_UP = "used_up"
    SUPERSEDED = "superseded"
    REFUSED = "refused"
    CAPACITY_FULL = "capacity_full"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    UNKNOWN_STALE = "unknown_stale"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    CLOCK_SUSPECT = "clock_suspect"

    @property
    def is_good(self) -> bool:
        return self in _GOOD

    @property
    def can_be_overridden(self) -> bool:
        """Whether staff may let the visitor in all the same, with a reason."""
        return self in _OVERRIDABLE


_GOOD = frozenset({Result.ADMITTED, Result.WELCOME_BACK, Result.REPEAT, Result.CHECKED_OUT})
_OVERRIDABLE = frozenset(
    {
        Result.CLOSED,
        Result.CAPACITY_FULL,
        Result.CLOCK_SUSPECT,
        Result.TOO_EARLY,
        Result.TOO_LATE,
        Result.USED_UP,
    }
)


class Wish(StrEnum):
    """What the place of scanning is for. At the desk a badge of somebody inside means going out."""

    EITHER = "either"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a decision may depend on."""

    at: datetime
    wish: Wish = Wish.EITHER
    fault: Fault | None = None
    kind: Kind | None = None
    is_known: bool = False
    last_good_scan_at: datetime | None = None
    latest_fact_at: datetime | None = None
    last_synced_at: datetime | None = None
    shares_a_hub: bool = False
    is_superseded: bool = False
    is_inside: bool = False
    left_today: bool = False
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    is_cancelled: bool = False
    entries_left: int = 1
    entered_before: bool = False
    is_denied: bool = False
    is_open: bool = True
    room_left: int = 1
    people: int = 1
    overridden: frozenset[Result] = frozenset()


def decide(facts: Facts) -> Result:
    """The answer to a scan. The order is the order in which a person at the desk would ask."""
    return _unreadable(facts) or _unknown(facts) or _going_out(facts) or _coming_in(facts)


def entry_bar(facts: Facts) -> Result | None:
    """What keeps anybody from coming in now, scanned or not: deny list, closing time, capacity."""
    bars = (
        (Result.REFUSED, facts.is_denied),
        (Result.CLOSED, not facts.is_open),
        (Result.CAPACITY_FULL, facts.people > facts.room_left),
    )
    return _first(facts, bars)


def is_clock_suspect(facts: Facts) -> bool:
    """Whether the computer's clock stands before, or far after, the latest thing that happened here."""
    latest = facts.latest_fact_at
    return latest is not None and not -CLOCK_AHEAD < latest - facts.at <= CLOCK_BACK


def _unreadable(facts: Facts) -> Result | None:
    if facts.fault is not None:
        return Result.DAMAGED if facts.fault is Fault.DAMAGED else Result.FOREIGN
    return None


def _unknown(facts: Facts) -> Result | None:
    if facts.is_known:
        return None
    synced = facts.last_synced_at
    is_stale = facts.shares_a_hub and (synced is None or facts.at - synced > STALE_AFTER)
    return Result.UNKNOWN_STALE if is_stale else Result.UNKNOWN


def _going_out(facts: Facts) -> Result | None:
    """Answers for badges of people inside, and for those who cannot be going in."""
    checks = (
        (Result.REPEAT, _is_repeat(facts)),
        (Result.SUPERSEDED, facts.is_superseded),
        (Result.CLOCK_SUSPECT, is_clock_suspect(facts)),
        (Result.NOT_INSIDE, facts.wish is Wish.OUT and not facts.is_inside),
        (Result.CHECKED_OUT, _leaves(facts)),
        (Result.ALREADY_INSIDE, facts.is_inside),
        (Result.NOT_INSIDE, facts.kind is Kind.BADGE and not facts.left_today),
    )
    return _first(facts, checks)


def _coming_in(facts: Facts) -> Result:
    checks = (
        (Result.CANCELLED, facts.is_cancelled),
        (Result.TOO_EARLY, facts.valid_from is not None and facts.at < facts.valid_from),
        (Result.TOO_LATE, facts.valid_until is not None and facts.at >= facts.valid_until),
        (Result.USED_UP, facts.kind is Kind.PASS and facts.entries_left < 1),
    )
    returns = facts.kind is Kind.BADGE or facts.entered_before
    return _first(facts, checks) or entry_bar(facts) or (Result.WELCOME_BACK if returns else Result.ADMITTED)


def _is_repeat(facts: Facts) -> bool:
    last = facts.last_good_scan_at
    return last is not None and timedelta(0) <= facts.at - last < REPEAT_WITHIN


def _leaves(facts: Facts) -> bool:
    return facts.is_inside and (
        facts.wish is Wish.OUT or (facts.kind is Kind.BADGE and facts.wish is Wish.EITHER)
    )


def _first(facts: Facts, checks: tuple[tuple[Result, bool], ...]) -> Result | None:
    return next((result for result, holds in checks if holds and result not in facts.overridden), None)
