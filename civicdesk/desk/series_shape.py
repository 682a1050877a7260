"""The shape of a series: its rule, wall time, length and room, and how occurrences follow one that was moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from civicdesk.desk import recurrence
from civicdesk.desk.booking_rows import of_series
from civicdesk.desk.booking_steps import Place
from civicdesk.desk.deeds import Deed
from civicdesk.desk.series import instant
from civicdesk.models import Booking, Series
from civicdesk.text import local


@dataclass(frozen=True)
class Reshaped:
    """What was done to one occurrence by hand: another room, begun and ended so much later by the wall clock."""

    booking: Booking
    room_id: UUID
    starts_by: timedelta
    ends_by: timedelta

    @property
    def days(self) -> int:
        """By how many days the rule moves."""
        begins = local(self.booking.starts_at)
        return (_stepped(self.booking.starts_at, self.starts_by).date() - begins.date()).days

    def place(self, occurrence: Booking, series: Series) -> Place:
        """Where another occurrence is to be; what was moved by hand keeps its room or its time."""
        is_anchor = occurrence.id == self.booking.id
        begins, ends = occurrence.starts_at, occurrence.ends_at
        if is_anchor or _is_in_time(occurrence, series):
            begins = _later(begins, self.starts_by)
            ends = _later(ends, self.ends_by)
        keeps_room = not is_anchor and occurrence.room_id != self.booking.room_id
        return Place(occurrence.room_id if keeps_room else self.room_id, begins, ends)


def move_pattern(deed: Deed, series: Series, reshaped: Reshaped) -> None:
    """The series says from now on what its occurrences are."""
    begins = instant(series.starts_on, datetime.strptime(series.wall_start, "%H:%M").time())
    longer = (reshaped.ends_by - reshaped.starts_by) // timedelta(minutes=1)
    deed.change(
        series,
        room_id=reshaped.room_id if reshaped.booking.room_id == series.room_id else series.room_id,
        rule=recurrence.shifted(series.rule, reshaped.days),
        starts_on=series.starts_on + timedelta(days=reshaped.days),
        wall_start=f"{_stepped(begins, reshaped.starts_by):%H:%M}",
        minutes=series.minutes + longer,
    )


def split(deed: Deed, series: Series, meant: Sequence[Booking]) -> Series:
    """The series of these occurrences alone: itself, or a new one when others stay behind."""
    rows = of_series(deed.session, series.id)
    first = meant[0].series_on
    if first is None or first == rows[0].series_on:
        return series
    before, after = recurrence.cut(series.rule, [row.series_on for row in rows if row.series_on], first)
    new = Series(
        organisation_id=series.organisation_id,
        room_id=series.room_id,
        rule=after,
        starts_on=first,
        wall_start=series.wall_start,
        minutes=series.minutes,
        zone=series.zone,
        after_id=series.id,
    )
    deed.make([new])
    deed.change(series, rule=before)
    for row in rows:
        if row.series_on is not None and row.series_on >= first:
            deed.change(row, series_id=new.id)
    return deed.session.get_one(Series, new.id)


def _is_in_time(occurrence: Booking, series: Series) -> bool:
    """Whether an occurrence is still when and as long as the rule says."""
    if occurrence.series_on is None:
        return False
    is_then = f"{local(occurrence.starts_at):%Y-%m-%d %H:%M}" == f"{occurrence.series_on} {series.wall_start}"
    return is_then and occurrence.ends_at - occurrence.starts_at == timedelta(minutes=series.minutes)


def wall_step(before: datetime, after: datetime) -> timedelta:
    """How much later by the wall clock."""
    return local(after).replace(tzinfo=None) - local(before).replace(tzinfo=None)


def _stepped(at: datetime, by: timedelta) -> datetime:
    return local(at).replace(tzinfo=None) + by


def _later(at: datetime, by: timedelta) -> datetime:
    stepped = _stepped(at, by)
    return instant(stepped.date(), stepped.time())
