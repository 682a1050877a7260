"""The booking that is being changed, with its series."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import booking_detail, booking_rows, gear
from civicdesk.desk.booking_detail import Detail
from civicdesk.desk.claims import STANDING
from civicdesk.desk.gear import Gear
from civicdesk.desk.series_changes import Scope
from civicdesk.models import Booking, Organisation
from civicdesk.text import _, clock, day, local
from civicdesk.ui.pages.rooms.rule_words import rule_words


@dataclass(frozen=True)
class Changing:
    """A booking as it stands, and the occurrences of its series that have not begun; or nothing, when it is new."""

    detail: Detail | None = None
    partners: Sequence[Organisation] = ()
    equipment: dict[str, int] = field(default_factory=dict)
    gears: Sequence[Gear] = ()
    coming: Sequence[Booking] = ()

    @property
    def is_on(self) -> bool:
        """Whether something is being changed."""
        return self.detail is not None

    @property
    def booking(self) -> Booking:
        """The booking itself."""
        assert self.detail is not None
        return self.detail.booking

    @property
    def is_repeated(self) -> bool:
        """Whether others come with it."""
        return self.is_on and len(self.coming) > 1

    def words(self) -> str:
        """What it is now: room, day, time, and the rule of its series in words."""
        booking = self.booking
        on = day(local(booking.starts_at).date(), "d MMMM EEEE")
        room = booking.room.name if booking.room else ""
        now = _("Now: {}").format(f"{room} · {on} {clock(booking.starts_at)}–{clock(booking.ends_at)}")
        series = self.detail.series if self.detail else None
        return f"{now} · {rule_words(series.rule, series.starts_on)}" if series else now

    def meant(self, scope: Scope) -> list[Booking]:
        """The occurrences an action with this scope is about."""
        if not self.is_on:
            return []
        if scope is Scope.THIS or not self.is_repeated:
            return [self.booking]
        since = self.booking.series_on if scope is Scope.FOLLOWING else None
        return [
            each for each in self.coming if since is None or each.series_on is None or each.series_on >= since
        ]

    def days(self, scope: Scope, on: date) -> list[date]:
        """The days they would be on, if this one were on that day."""
        by = on - local(self.booking.starts_at).date()
        return [local(each.starts_at).date() + by for each in self.meant(scope)]

    def besides(self, scope: Scope) -> Collection[UUID]:
        """The bookings that are not in their own way."""
        return [each.id for each in self.meant(scope)]


def read_changing(session: Session, booking_id: UUID, *, at: datetime) -> Changing:
    """Read a booking to change. Refuses `no_booking`."""
    detail = booking_detail.look(session, booking_id, at=at)
    booking, gears = detail.booking, gear.known(session)
    every = booking_rows.of_series(session, booking.series_id) if booking.series_id else [booking]
    return Changing(
        detail=detail,
        partners=detail.partners,
        equipment=gear.by_name(gears, booking_rows.equipment_of(session, booking_id)),
        gears=gears,
        coming=[
            each
            for each in every
            if each.id == booking.id or (each.starts_at > at and each.state in STANDING)
        ],
    )
