"""Changing all of a booking at once, as a form does: where, when, how many, with what; judged as it is to be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, bookings, series_changes
from civicdesk.desk.booking_facts import Asked, judge
from civicdesk.desk.booking_rows import equipment_of, one, partners_of
from civicdesk.desk.booking_rules import refuse
from civicdesk.desk.booking_steps import overridden, refuse_fallen, refuse_over
from civicdesk.desk.booking_wish import Face, Wish, columns, equipment, partners, reason, wall
from civicdesk.desk.deeds import Deed
from civicdesk.desk.series_changes import Scope
from civicdesk.errors import Refusal
from civicdesk.models import Base, Booking, BookingEquipment, BookingPartner, BookingState
from civicdesk.text import _

_PARTNERS = select(BookingPartner).where(
    BookingPartner.booking_id == bindparam("booking"), BookingPartner.deleted_at.is_(None)
)
_EQUIPMENT = select(BookingEquipment).where(
    BookingEquipment.booking_id == bindparam("booking"), BookingEquipment.deleted_at.is_(None)
)


@dataclass(frozen=True)
class _How:
    """What every step of a change is told."""

    at: datetime
    key: str
    override: str
    leave_out: Collection[date]


def rework(
    session: Session,
    booking_id: UUID,
    wish: Wish,
    *,
    at: datetime,
    key: str | None = None,
    override: str = "",
) -> Booking:
    """Make one booking what the wish says, in one action.

    Refuses `is_over`, `not_standing` and what `bookings.book` refuses.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    refuse_over(booking, at)
    refuse_fallen(booking)
    values = _columns(wish)
    refuse(judge(session, [_asked(wish, booking)], at=at, besides=[booking.id])[0], override)
    if override.strip():
        values["why"] = reason(override)
    deed = Deed(session, "change_booking", at=at, key=key)
    anew = _let_go(deed, booking, wish)
    deed.change(booking, **values)
    for rows in anew:
        deed.make(rows)
    deed.finish(booking, **overridden(override))
    return one(session, booking.id)


def rework_series(
    session: Session,
    booking_id: UUID,
    wish: Wish,
    scope: Scope,
    *,
    at: datetime,
    key: str,
    override: str = "",
    leave_out: Collection[date] = (),
) -> list[str]:
    """Make occurrences what the wish says of one of them. Returns the keys of what was done, the last first.

    Refuses what `series_changes.change`, `move` and `resize` refuse.
    """
    booking = one(session, booking_id)
    face = _said_anew(session, booking, wish)
    is_moved = (wish.room_id, wish.starts_at, wish.ends_at) != (
        booking.room_id,
        booking.starts_at,
        booking.ends_at,
    )
    done: list[str] = []

    def say() -> None:
        if face:
            series_changes.change(
                session, booking_id, scope, at=at, key=f"{key}-said", override=override, **face
            )
            done.append(f"{key}-said")

    def put() -> None:
        if is_moved:
            done.extend(_put(session, booking, wish, scope, _How(at, key, override, leave_out)))

    # more people go into the bigger room only once they are in it, fewer can be said before
    steps = (put, say) if wish.people > booking.people else (say, put)
    for step in steps:
        step()
    return done[::-1]


def undo(session: Session, keys: Collection[str], *, at: datetime) -> list[Booking]:
    """Take back what was done under these keys, in this order. Refuses what `bookings.undo` refuses."""
    return [row for key in keys for row in bookings.undo(session, key, at=at)]


def _put(session: Session, booking: Booking, wish: Wish, scope: Scope, how: _How) -> list[str]:
    """Move, resize, or both: shorter where they are first, longer once they are there. Returns the keys."""
    length, before = wish.ends_at - wish.starts_at, booking.ends_at - booking.starts_at
    done: list[str] = []

    def move() -> None:
        key = f"{how.key}-moved"
        series_changes.move(
            session,
            booking.id,
            scope,
            room_id=wish.room_id,
            starts_at=wish.starts_at,
            at=how.at,
            key=key,
            override=how.override,
            leave_out=how.leave_out,
        )
        done.append(key)

    def resize() -> None:
        key, begins = f"{how.key}-resized", one(session, booking.id).starts_at
        series_changes.resize(
            session,
            booking.id,
            scope,
            starts_at=begins,
            ends_at=begins + length,
            at=how.at,
            key=key,
            override=how.override,
            leave_out=how.leave_out,
        )
        done.append(key)

    is_moved = (wish.room_id, wish.starts_at) != (booking.room_id, booking.starts_at)
    steps = [*([move] if is_moved else []), *([resize] if length != before else [])]
    for step in steps if length > before else steps[::-1]:
        step()
    return done


def _asked(wish: Wish, booking: Booking) -> Asked:
    keeps_start = wish.starts_at == booking.starts_at
    return replace(
        wish.asked,
        keeps_start=keeps_start,
        keeps_times=keeps_start and wish.ends_at == booking.ends_at,
        keeps_room=wish.room_id == booking.room_id and wish.organisation_id == booking.organisation_id,
    )


def _let_go(deed: Deed, booking: Booking, wish: Wish) -> list[Sequence[Base]]:
    """Take partners and equipment away where others are wanted; returns what is to be written once it is moved."""
    session = deed.session
    anew: list[Sequence[Base]] = []
    if set(wish.partners) != {row.id for row in partners_of(session, booking.id)}:
        anew.append(partners(booking.id, wish.partners))
        _remove(deed, _PARTNERS, booking)
    if dict(wish.equipment) != equipment_of(session, booking.id):
        anew.append(equipment(booking.id, wish.equipment))
        _remove(deed, _EQUIPMENT, booking)
    return anew


def _remove(deed: Deed, held: Select[Any], booking: Booking) -> None:
    for row in deed.session.scalars(held, {"booking": booking.id}).all():
        deed.change(row, deleted_at=deed.at)


def _columns(wish: Wish) -> dict[str, Any]:
    values = columns({name: getattr(wish, name) for name in Face.__annotations__ if hasattr(wish, name)})
    values |= {
        "room_id": wish.room_id,
        "starts_at": wish.starts_at,
        "ends_at": wish.ends_at,
        "wall_start": wall(wish.starts_at),
    }
    if not values["title"] and wish.organisation_id is None:
        raise Refusal("no_title", _("Write what the room is wanted for, or choose the organisation."))
    values["state"] = BookingState.TENTATIVE if wish.is_tentative else BookingState.CONFIRMED
    return values


def _said_anew(session: Session, booking: Booking, wish: Wish) -> Face:
    """What the wish says otherwise than the booking."""
    said = {name: getattr(wish, name) for name in Face.__annotations__ if hasattr(wish, name)}
    kept = columns(said)
    face = {name: said[name] for name, value in kept.items() if getattr(booking, name) != value}
    if set(wish.partners) != {row.id for row in partners_of(session, booking.id)}:
        face["partners"] = wish.partners
    if dict(wish.equipment) != equipment_of(session, booking.id):
        face["equipment"] = dict(wish.equipment)
    return cast("Face", face)
