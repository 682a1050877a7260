"""Booking a room again and again: looked at day by day first, then made, each day a booking of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from civicdesk.desk import actions, booking_rules, booking_wish, recurrence
from civicdesk.desk.booking_facts import judge
from civicdesk.desk.booking_rows import of_series, series_of
from civicdesk.desk.booking_rules import Objection
from civicdesk.desk.booking_steps import overridden, refuse_dated
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Series
from civicdesk.text import ZONE, _, local, utc

__all__ = ["Occurrence", "book", "left_out", "of_series", "plan", "series_of"]

SKIPPED_FOR = frozenset({"closed"})
"""What skips one day of a series instead of refusing all of it."""


@dataclass(frozen=True)
class Occurrence:
    """One day of a series that is asked for: what it would be, and what stands against it."""

    on: date
    wish: Wish
    objections: Sequence[Objection]

    @property
    def is_free(self) -> bool:
        return not self.objections

    @property
    def is_closed(self) -> bool:
        return {each.reason for each in self.objections} == SKIPPED_FOR

    @property
    def is_taken(self) -> bool:
        return any(each.reason == "room_taken" for each in self.objections)


def plan(session: Session, wish: Wish, rule: str, *, at: datetime) -> list[Occurrence]:
    """Every day of a series with what stands against it; nothing is kept.

    `wish` is the first occurrence. Refuses what `recurrence.dates` refuses, and impossible times.
    """
    booking_rules.refuse(booking_rules.impossible(wish.asked.times))
    wishes = _wishes(wish, rule)
    found = judge(session, [each.asked for _on, each in wishes], at=at)
    return [Occurrence(on, each, objected) for (on, each), objected in zip(wishes, found, strict=True)]


def book(
    session: Session,
    wish: Wish,
    rule: str,
    *,
    at: datetime,
    key: str | None = None,
    override: str = "",
    leave_out: Collection[date] = (),
) -> list[Booking]:
    """Book a room on every day of a rule (RFC 5545, such as `FREQ=WEEKLY;COUNT=8`), or on none.

    A day on which the centre is closed, and every day of `leave_out`, becomes a skipped occurrence with its reason,
    which can be brought back. Refuses what `recurrence.dates` and `bookings.book` refuse, with the day, and
    `no_dates` when no day is left. The same `key` returns what it made.
    """
    if done := actions.subject_of(session, key):
        return list(of_series(session, done))
    occurrences = plan(session, wish, rule, at=at)
    series = _series(wish, rule, occurrences[0].on)
    kept = [each for each in occurrences if left_out(each.on, each.objections, leave_out, override) is None]
    refuse_dated([each.wish.starts_at for each in kept], [each.objections for each in kept], override)
    if not kept:
        raise Refusal("no_dates", _("No day is left on which this could be. Choose other ones."))
    pattern = booking_wish.row(wish)
    rows = [_occurrence(pattern, series, each, leave_out, override) for each in occurrences]
    deed = Deed(session, "book_series", at=at, key=key)
    deed.make([series])
    deed.make(rows)
    deed.make([each for row in rows for each in booking_wish.partners(row.id, wish.partners)])
    deed.make([each for row in rows for each in booking_wish.equipment(row.id, wish.equipment)])
    deed.finish(series, count=len(kept), **overridden(override))
    return list(of_series(session, series.id))


def left_out(
    on: date, objections: Sequence[Objection], leave_out: Collection[date], override: str
) -> str | None:
    """Why one day of a series is skipped (a feast, who was first, or nothing to say); None if it is not."""
    if on in leave_out:
        return next((each.why for each in objections if each.why), "")
    is_closed = bool(objections) and {each.reason for each in objections} <= SKIPPED_FOR
    return objections[0].why if is_closed and not override.strip() else None


def _wishes(wish: Wish, rule: str) -> list[tuple[date, Wish]]:
    """The wish on every day of the rule: the same wall time, as long."""
    first = local(wish.starts_at)
    wall = first.time()
    length = wish.ends_at - wish.starts_at
    found = []
    for on in recurrence.dates(rule, first.date(), wall):
        starts_at = instant(on, wall)
        found.append((on, replace(wish, starts_at=starts_at, ends_at=starts_at + length)))
    return found


def instant(on: date, wall: time) -> datetime:
    """The instant of a wall time of the centre."""
    return utc(datetime.combine(on, wall, ZONE))


def _series(wish: Wish, rule: str, starts_on: date) -> Series:
    return Series(
        organisation_id=wish.organisation_id,
        room_id=wish.room_id,
        rule=recurrence.write(recurrence.read(rule)),
        starts_on=starts_on,
        wall_start=f"{local(wish.starts_at):%H:%M}",
        minutes=(wish.ends_at - wish.starts_at) // timedelta(minutes=1),
    )


def _occurrence(
    pattern: Booking, series: Series, occurrence: Occurrence, leave_out: Collection[date], override: str
) -> Booking:
    columns = {name: getattr(pattern, name) for name in _SAID}
    why = left_out(occurrence.on, occurrence.objections, leave_out, override)
    return Booking(
        **columns,
        starts_at=occurrence.wish.starts_at,
        ends_at=occurrence.wish.ends_at,
        wall_start=booking_wish.wall(occurrence.wish.starts_at),
        series_id=series.id,
        series_on=occurrence.on,
        state=pattern.state if why is None else BookingState.SKIPPED,
        why=why if why is not None else booking_wish.reason(override) if occurrence.objections else "",
    )


_SAID = (
    "room_id",
    "organisation_id",
    "title",
    "kind",
    "people",
    "layout",
    "setup_minutes",
    "clear_minutes",
    "contact_name",
    "contact_phone",
    "note",
    "sdg",
    "themes",
)
