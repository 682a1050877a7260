"""Fair use: how many hours a month an organisation has rooms of a class, and how many it may have."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session

from civicdesk.desk import audit
from civicdesk.errors import Refusal
from civicdesk.models import Organisation, UseLimit
from civicdesk.models.base import Instant
from civicdesk.text import ZONE, _, local, utc

MOST_HOURS = 744
_HOUR = 3_600
_SECOND = timedelta(seconds=1)

_LIMITS = select(UseLimit).where(UseLimit.deleted_at.is_(None))
_OF_CLASS = _LIMITS.where(UseLimit.room_class == bindparam("room_class"))
_HOURS_OF_CLASS = _OF_CLASS.with_only_columns(UseLimit.hours, UseLimit.organisation_id, UseLimit.kind)
_KIND = select(Organisation.kind).where(Organisation.id == bindparam("organisation"))
# a no-show counts whole: the room was kept for them
_USED = text("""
SELECT coalesce(sum(unixepoch(booking.ends_at) - unixepoch(booking.starts_at)), 0)
FROM booking JOIN room ON room.id = booking.room_id
WHERE booking.organisation_id = :organisation AND booking.starts_at >= :begins AND booking.starts_at < :ends
  AND booking.deleted_at IS NULL AND booking.state IN ('tentative', 'confirmed', 'no_show')
  AND room.room_class = :room_class AND booking.id NOT IN (SELECT value FROM json_each(:besides))
""")


# the same hours, of everybody who had a room in some months; Istanbul keeps one time all year
_USED_BY_ALL = text("""
SELECT strftime('%Y-%m', booking.starts_at, :ahead), booking.organisation_id, organisation.name, organisation.kind,
    room.room_class, sum(unixepoch(booking.ends_at) - unixepoch(booking.starts_at))
FROM booking JOIN room ON room.id = booking.room_id JOIN organisation ON organisation.id = booking.organisation_id
WHERE booking.starts_at >= :begins AND booking.starts_at < :ends
  AND booking.deleted_at IS NULL AND booking.state IN ('tentative', 'confirmed', 'no_show')
  AND (:organisation IS NULL OR booking.organisation_id = :organisation)
GROUP BY 1, 2, 5
""")


@dataclass(frozen=True)
class Use:
    """What one organisation had of one class of rooms in a month (of which `month` is the first day)."""

    month: date
    organisation: str
    kind: str
    room_class: str
    hours: float
    allowed: int | None

    @property
    def is_over(self) -> bool:
        return self.allowed is not None and self.hours > self.allowed


@dataclass(frozen=True)
class Standing:
    """Where an organisation stands in a month: hours booked, and hours allowed if there is a limit."""

    hours: float
    allowed: int | None

    @property
    def is_over(self) -> bool:
        return self.allowed is not None and self.hours > self.allowed


def standing(
    session: Session,
    organisation_id: UUID | None,
    room_class: str,
    on: date,
    besides: Collection[UUID] = (),
) -> Standing:
    """Hours booked in the month of a day, without the bookings in `besides`; nobody's bookings have no limit."""
    if organisation_id is None:
        return Standing(0, None)
    return Standing(
        hours_used(session, organisation_id, room_class, on, besides),
        allowed(session, organisation_id, room_class),
    )


def hours_used(
    session: Session, organisation_id: UUID, room_class: str, on: date, besides: Collection[UUID] = ()
) -> float:
    """Hours an organisation has booked rooms of a class in the month of a day; a no-show counts whole."""
    session.flush()
    begins, ends = _month(on)
    asked = {
        "organisation": organisation_id.hex,
        "room_class": room_class,
        "begins": begins,
        "ends": ends,
        "besides": "[" + ",".join(f'"{id_.hex}"' for id_ in besides) + "]",
    }
    seconds = session.connection().scalar(_USED, asked) or 0
    return float(seconds) / _HOUR


def allowed(session: Session, organisation_id: UUID, room_class: str) -> int | None:
    """Hours a month: the organisation's own limit, else that of its kind, else that of all; None without any."""
    session.flush()
    limits = session.connection().execute(_HOURS_OF_CLASS, {"room_class": room_class}).all()
    if not limits:
        return None
    return _allowed(limits, organisation_id, session.scalar(_KIND, {"organisation": organisation_id}))


def uses(
    session: Session, begins: datetime, ends: datetime, organisation_id: UUID | None = None
) -> Sequence[Use]:
    """Hours by month, organisation and class of rooms for the bookings that begin in [begins, ends)."""
    session.flush()
    asked = {
        "begins": _instant(begins),
        "ends": _instant(ends),
        "ahead": f"{local(begins).utcoffset() // _SECOND} seconds",  # type: ignore[operator]
        "organisation": organisation_id.hex if organisation_id else None,
    }
    by_class: dict[str, list[UseLimit]] = {}
    for limit in limits(session):
        by_class.setdefault(limit.room_class, []).append(limit)
    return [
        Use(
            date.fromisoformat(f"{month}-01"),
            name,
            kind,
            room_class,
            seconds / _HOUR,
            _allowed(by_class.get(room_class, ()), UUID(whose), kind),
        )
        for month, whose, name, kind, room_class, seconds in session.connection().execute(_USED_BY_ALL, asked)
    ]


def limits(session: Session) -> Sequence[UseLimit]:
    """The limits that hold, by class of room."""
    return session.scalars(_LIMITS.order_by(UseLimit.room_class, UseLimit.kind)).all()


def set_limit(
    session: Session,
    room_class: str,
    hours: int,
    *,
    organisation_id: UUID | None = None,
    kind: str = "",
    at: datetime,
) -> UseLimit:
    """Allow so many hours a month, in place of the limit there was. Refuses `bad_hours`."""
    if not 0 <= hours <= MOST_HOURS:
        raise Refusal("bad_hours", _("A month has 0 to {} hours.").format(MOST_HOURS))
    found = session.scalar(
        _LIMITS.where(
            UseLimit.room_class == room_class,
            UseLimit.kind == kind,
            UseLimit.organisation_id.is_not_distinct_from(organisation_id),
        ).limit(1)
    )
    limit = found or UseLimit(room_class=room_class, organisation_id=organisation_id, kind=kind, hours=hours)
    limit.hours = hours
    session.add(limit)
    session.flush()
    audit.record(session, "set_use_limit", limit, at, hours=hours)
    return limit


def remove_limit(session: Session, limit_id: UUID, *, at: datetime) -> UseLimit:
    """Take a limit away."""
    limit = session.get_one(UseLimit, limit_id)
    limit.deleted_at = at
    audit.record(session, "remove_use_limit", limit, at)
    return limit


def restore_limit(session: Session, limit_id: UUID, *, at: datetime) -> UseLimit:
    """Undo of `remove_limit`."""
    limit = session.get_one(UseLimit, limit_id)
    limit.deleted_at = None
    audit.record(session, "set_use_limit", limit, at, hours=limit.hours, undo=True)
    return limit


def _allowed(limits: Sequence[Any], organisation_id: UUID, kind: str | None) -> int | None:
    """Of the limits of one class: its own, else that of its kind, else that of all."""
    own = [limit.hours for limit in limits if limit.organisation_id == organisation_id]
    of_kind = [limit.hours for limit in limits if limit.organisation_id is None and limit.kind == kind]
    of_all = [limit.hours for limit in limits if limit.organisation_id is None and not limit.kind]
    return next((hours for found in (own, of_kind, of_all) for hours in found), None)


def _month(on: date) -> tuple[str, str]:
    """The local month of a day, as the tables keep instants."""
    first = on.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    begins, ends = (_stamp(day) for day in (first, following))
    return begins, ends


def _stamp(on: date) -> str:
    return _instant(utc(datetime.combine(on, time(0), ZONE)))


def _instant(at: datetime) -> str:
    stamp = Instant().process_bind_param(at, None)  # type: ignore[arg-type]
    assert stamp
    return stamp
