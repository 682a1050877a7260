"""Booking a room: made, moved, changed, called off, brought back; each an action that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from functools import partial
from typing import Unpack
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import actions, booking_rules, booking_wish, deeds
from civicdesk.desk.booking_facts import judge
from civicdesk.desk.booking_rows import equipment_of, one, partners_of
from civicdesk.desk.booking_rules import Objection
from civicdesk.desk.booking_steps import (
    Place,
    alter,
    bring_back,
    overridden,
    place,
    refuse_fallen,
    refuse_over,
    refuse_taken,
)
from civicdesk.desk.booking_wish import Face, Wish
from civicdesk.desk.deeds import Deed
from civicdesk.models import Booking, BookingState

__all__ = [
    "Face",
    "Wish",
    "book",
    "cancel",
    "change",
    "confirm",
    "equipment_of",
    "move",
    "objections",
    "one",
    "partners_of",
    "resize",
    "restore",
    "undo",
]

Placing = Callable[[Booking], Place]


def objections(
    session: Session, wish: Wish, *, at: datetime, besides: Collection[UUID] = ()
) -> list[Objection]:
    """What stands against a wish, before it is asked for: for a ghost that turns red, a form as it is filled."""
    return judge(session, [wish.asked], at=at, besides=besides)[0]


def book(
    session: Session, wish: Wish, *, at: datetime, key: str | None = None, override: str = ""
) -> Booking:
    """Book a room. `override` is the reason why it may be although something stands against it.

    Refuses what `booking_rules` and `booking_wish` name: `ends_first`, `off_grid`, `too_long`, `bad_year`,
    `bad_buffer`, `no_room`, `removed_room`, `no_people`, `too_many_people`, `bad_layout`, `room_taken`,
    `equipment_taken`, `equipment_elsewhere`, `past`, `closed`, `short_notice`, `too_far`, `over_limit`, `no_title`
    and so on. The same `key` returns what it made.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = booking_wish.row(wish, why=booking_wish.reason(override))
    aside = (
        booking_wish.partners(booking.id, wish.partners),
        booking_wish.equipment(booking.id, wish.equipment),
    )
    booking_rules.refuse(objections(session, wish, at=at), override)
    deed = Deed(session, "book", at=at, key=key)
    for rows in ([booking], *aside):
        deed.make(rows)
    deed.finish(booking, **overridden(override))
    return one(session, booking.id)


def move(
    session: Session,
    booking_id: UUID,
    *,
    room_id: UUID | None = None,
    starts_at: datetime | None = None,
    at: datetime,
    key: str | None = None,
    override: str = "",
) -> Booking:
    """Put a booking into another room or at another time, as long as before; one that clashed stands again then.

    Refuses `is_over`, `not_standing` and what `book` refuses.
    """

    def to(booking: Booking) -> Place:
        begins = starts_at or booking.starts_at
        return Place(room_id or booking.room_id, begins, begins + (booking.ends_at - booking.starts_at))

    return _place(session, "move_booking", booking_id, to, at=at, key=key, override=override)


def resize(
    session: Session,
    booking_id: UUID,
    *,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    at: datetime,
    key: str | None = None,
    override: str = "",
) -> Booking:
    """Let a booking begin or end at another time. Refuses `is_over`, `not_standing` and what `book` refuses."""

    def to(booking: Booking) -> Place:
        return Place(booking.room_id, starts_at or booking.starts_at, ends_at or booking.ends_at)

    return _place(session, "resize_booking", booking_id, to, at=at, key=key, override=override)


def change(
    session: Session,
    booking_id: UUID,
    *,
    at: datetime,
    key: str | None = None,
    override: str = "",
    **face: Unpack[Face],
) -> Booking:
    """Say something else of a booking: title, people, layout, equipment and so on. Refuses what `book` refuses."""
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    deed = Deed(session, "change_booking", at=at, key=key)
    alter(deed, [booking], face, override)
    deed.finish(booking, fields=sorted(face), **overridden(override))
    return one(session, booking_id)


def cancel(
    session: Session, booking_id: UUID, *, why: str = "", at: datetime, key: str | None = None
) -> Booking:
    """Call a booking off; the room is free again. Refuses `is_over`."""
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    refuse_over(booking, at)
    deed = Deed(session, "cancel_booking", at=at, key=key)
    deed.change(booking, state=BookingState.CANCELLED, why=booking_wish.reason(why))
    deed.finish(booking)
    return booking


def restore(
    session: Session, booking_id: UUID, *, at: datetime, key: str | None = None, override: str = ""
) -> Booking:
    """Bring back a booking that was called off, skipped, set free, or had clashed, as firm as it was.

    Refuses `is_over` and what `book` refuses.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    deed = Deed(session, "restore_booking", at=at, key=key)
    bring_back(deed, [booking], override)
    deed.finish(booking, **overridden(override))
    return booking


def confirm(session: Session, booking_id: UUID, *, at: datetime, key: str | None = None) -> Booking:
    """Make a tentative booking firm. Refuses `not_standing`."""
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    refuse_fallen(booking)
    deed = Deed(session, "confirm_booking", at=at, key=key)
    deed.change(booking, state=BookingState.CONFIRMED)
    deed.finish(booking)
    return booking


def undo(session: Session, deed_key: str, *, at: datetime, key: str | None = None) -> list[Booking]:
    """Take back an action on bookings by its key; what it made goes, what it changed is as before.

    Refuses `nothing_to_undo`, `changed_since`, `room_taken` and `equipment_taken` if others took it meanwhile.
    """
    if actions.subject_of(session, key):
        return []
    put_back = deeds.undo(session, deed_key, at=at, key=key, check=partial(refuse_taken, session))
    return [row for row in put_back if isinstance(row, Booking)]


def _place(
    session: Session,
    action: str,
    booking_id: UUID,
    to: Placing,
    *,
    at: datetime,
    key: str | None,
    override: str,
) -> Booking:
    if done := actions.subject_of(session, key):
        return one(session, done)
    booking = one(session, booking_id)
    deed = Deed(session, action, at=at, key=key)
    place(deed, [(booking, to(booking))], override)
    deed.finish(booking, **overridden(override))
    return one(session, booking_id)
