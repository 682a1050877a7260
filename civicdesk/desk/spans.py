"""Stretches of time, half-open, as the reports count them: joined, cut to one another, and how many minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]
Spans = tuple[Span, ...]

_MINUTE = 60
_HOUR = timedelta(hours=1)


def union(spans: Iterable[Span]) -> Spans:
    """All of them in their order, each minute once; what has no length falls away."""
    found: list[Span] = []
    kept = [span for span in spans if span[0] < span[1]]
    if len(kept) <= 1:  # most are: a year has thousands
        return tuple(kept)
    for begins, ends in sorted(kept):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return tuple(found)


def within(spans: Sequence[Span], others: Sequence[Span]) -> Spans:
    """What lies in both."""
    return union(
        (max(begins, first), min(ends, last))
        for begins, ends in spans
        for first, last in others
        if begins < last and first < ends
    )


def without(spans: Sequence[Span], others: Sequence[Span]) -> Spans:
    """What lies in the first and in none of the others."""
    left = list(spans)
    for first, last in others:
        left = [
            part
            for begins, ends in left
            for part in ((begins, min(ends, first)), (max(begins, last), ends))
            if part[0] < part[1]
        ]
    return union(left)


def until(spans: Sequence[Span], at: datetime) -> Spans:
    """What lies before an instant."""
    if not spans or spans[-1][1] <= at:  # in their order, as all here are
        return tuple(spans)
    return union((begins, min(ends, at)) for begins, ends in spans)


def minutes(spans: Sequence[Span]) -> float:
    """How long they are together; they must not overlap."""
    return sum((ends - begins).total_seconds() for begins, ends in spans) / _MINUTE


def by_hour(spans: Sequence[Span], midnight: datetime) -> dict[int, float]:
    """Minutes of them in each hour of the day that began at `midnight`."""
    found: dict[int, float] = {}
    for begins, ends in spans:
        since = begins
        while since < ends:
            hour = (since - midnight) // _HOUR
            until = min(ends, midnight + (hour + 1) * _HOUR)
            found[hour] = found.get(hour, 0.0) + (until - since).total_seconds() / _MINUTE
            since = until
    return found
