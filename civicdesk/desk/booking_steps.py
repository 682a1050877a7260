"""The steps that actions on one booking and on a whole series share: judged together, changed in a safe order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import booking_facts, booking_rules, booking_wish, claims
from civicdesk.desk.booking_facts import Asked, booking_times, judge
from civicdesk.desk.booking_rows import equipment_of
from civicdesk.desk.booking_rules import Objection
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingEquipment, BookingPartner, BookingState, Earlier
from civicdesk.text import _, day, local

_HELD_ASIDE = {
    BookingPartner: select(BookingPartner).where(
        BookingPartner.booking_id == bindparam("booking"), BookingPartner.deleted_at.is_(None)
    ),
    BookingEquipment: select(BookingEquipment).where(
        BookingEquipment.booking_id == bindparam("booking"), BookingEquipment.deleted_at.is_(None)
    ),
}
_FIRMNESS = (
    select(Earlier.was)
    .where(Earlier.subject_id == bindparam("booking"), Earlier.was.contains('"state": "'))
    .order_by(Earlier.id.desc())
    .limit(1)
)
_BUFFERS = ("setup_minutes", "clear_minutes")
_JUDGED = {*_BUFFERS, "people", "layout", "organisation_id", "equipment"}


@dataclass(frozen=True)
class Place:
    """Where and when a booking is to be."""

    room_id: UUID
    starts_at: datetime
    ends_at: datetime


Placed = tuple[Booking, Place]


def place(deed: Deed, moves: Sequence[Placed], override: str = "") -> None:
    """Put bookings where they are wanted, all or none. Refuses `is_over`, `not_standing` and what the rules say."""
    for booking, _to in moves:
        refuse_over(booking, deed.at)
        refuse_fallen(booking)
    session = deed.session
    found = judge(
        session,
        [asked_there(session, booking, to) for booking, to in moves],
        at=deed.at,
        besides=[booking.id for booking, _to in moves],
    )
    refuse_dated([to.starts_at for _booking, to in moves], found, override)
    for booking, to in in_safe_order(moves):
        put(deed, booking, to, override)


def put(deed: Deed, booking: Booking, to: Place, override: str = "") -> None:
    """Write where a booking is; what fell out of its room by a clash stands again."""
    values: dict[str, Any] = {
        "room_id": to.room_id,
        "starts_at": to.starts_at,
        "ends_at": to.ends_at,
        "wall_start": booking_wish.wall(to.starts_at),
        "layout": _layout_in(deed.session, booking, to.room_id),
    }
    if booking.state == BookingState.CLASH:
        values["state"] = BookingState.CONFIRMED
    if override:
        values["why"] = booking_wish.reason(override)
    deed.change(booking, **values)


def in_safe_order(moves: Iterable[Placed]) -> list[Placed]:
    """Such that no booking is put where one of the same series still stands: later ones first when they go later."""
    ordered = sorted(moves, key=lambda move: move[0].starts_at)
    if ordered and ordered[0][1].starts_at > ordered[0][0].starts_at:
        ordered.reverse()
    return ordered


def alter(deed: Deed, bookings: Sequence[Booking], face: Mapping[str, Any], override: str = "") -> None:
    """Say something else of bookings, all or none. Refuses what the rules and `booking_wish.columns` refuse."""
    session, values = deed.session, booking_wish.columns(face)
    if any(name in face for name in _BUFFERS):
        for booking in bookings:
            refuse_over(booking, deed.at)
    if _JUDGED & face.keys():
        standing = [booking for booking in bookings if booking.state in claims.STANDING]
        asked = [_asked_changed(session, booking, face) for booking in standing]
        found = judge(session, asked, at=deed.at, besides=[booking.id for booking in standing])
        refuse_dated([booking.starts_at for booking in standing], found, override)
    for booking in bookings:
        deed.change(booking, **values)
        if "partners" in face:
            _replace(deed, BookingPartner, booking, booking_wish.partners(booking.id, face["partners"]))
        if "equipment" in face:
            _replace(deed, BookingEquipment, booking, booking_wish.equipment(booking.id, face["equipment"]))


def bring_back(deed: Deed, bookings: Sequence[Booking], override: str = "") -> None:
    """Let bookings stand again where and as firm as they were, all or none. Refuses `is_over` and what rules say."""
    session = deed.session
    fallen = [booking for booking in bookings if booking.state not in claims.STANDING]
    for booking in fallen:
        if booking.state != BookingState.NO_SHOW:  # that they came after all can be said later too
            refuse_over(booking, deed.at)
    asked = [replace(asked_of(session, booking), keeps_start=True) for booking in fallen]
    found = judge(session, asked, at=deed.at, besides=[booking.id for booking in fallen])
    refuse_dated([booking.starts_at for booking in fallen], found, override)
    for booking in fallen:
        was = _firmness(session, booking)
        deed.change(booking, state=was, why=booking_wish.reason(override), released_at=None)


def asked_of(session: Session, booking: Booking) -> Asked:
    """A booking as the rules see it."""
    return Asked(
        room_id=booking.room_id,
        times=booking_times(booking),
        people=booking.people,
        organisation_id=booking.organisation_id,
        layout=booking.layout,
        equipment=equipment_of(session, booking.id),
    )


def refuse_dated(
    starts: Sequence[datetime], found: Sequence[Sequence[Objection]], override: str = ""
) -> None:
    """Refuse for the first objection that weighs; of many bookings the sentence says on which day."""
    for starts_at, objections in zip(starts, found, strict=True):
        try:
            booking_rules.refuse(objections, override)
        except Refusal as refusal:
            if len(starts) == 1:
                raise
            on = day(local(starts_at).date(), "d MMMM yyyy")
            raise Refusal(refusal.reason, _("{day}: {why}").format(day=on, why=refusal)) from refusal


def refuse_over(booking: Booking, at: datetime) -> None:
    """Refuse `is_over`: what has been stays as it was."""
    if booking.ends_at <= at:
        raise Refusal("is_over", _("This booking is over; what has been is not changed any more."))


def refuse_fallen(booking: Booking) -> None:
    """Refuse `not_standing`, unless it is a clash that is being settled."""
    if booking.state not in (*claims.STANDING, BookingState.CLASH):
        raise Refusal("not_standing", _("This booking does not stand any more. Bring it back first."))


def refuse_taken(session: Session, bookings: Sequence[Booking]) -> None:
    """Refuse `room_taken` and `equipment_taken` for bookings as they are about to stand."""
    holding = [
        booking for booking in bookings if booking.state in claims.HOLDING and booking.deleted_at is None
    ]
    for booking in holding:
        [objections] = judge(
            session, [asked_of(session, booking)], at=booking.starts_at, besides=[each.id for each in holding]
        )
        booking_rules.refuse(
            [each for each in objections if each.reason in ("room_taken", "equipment_taken")]
        )


def overridden(override: str) -> dict[str, object]:
    """What the trail says of an override: its reason."""
    return {"override": booking_wish.reason(override)} if override.strip() else {}


def asked_there(session: Session, booking: Booking, to: Place) -> Asked:
    """A booking as the rules would see it at another place."""
    keeps_start = to.starts_at == booking.starts_at
    return replace(
        asked_of(session, booking),
        room_id=to.room_id,
        times=replace(booking_times(booking), starts_at=to.starts_at, ends_at=to.ends_at),
        layout=_layout_in(session, booking, to.room_id),
        keeps_start=keeps_start,
        keeps_times=keeps_start and to.ends_at == booking.ends_at,
        keeps_room=to.room_id == booking.room_id,
    )


def _asked_changed(session: Session, booking: Booking, face: Mapping[str, Any]) -> Asked:
    asked = asked_of(session, booking)
    times = {name: face[name] for name in _BUFFERS if name in face}
    said = {name: face[name] for name in ("people", "layout", "organisation_id", "equipment") if name in face}
    return replace(
        asked,
        **said,
        times=replace(asked.times, **times),
        keeps_start=True,
        keeps_times=True,
        keeps_room=face.get("organisation_id", asked.organisation_id) == asked.organisation_id,
    )


def _layout_in(session: Session, booking: Booking, room_id: UUID) -> str:
    """In another room the chairs stand as they are wanted only if they can."""
    if room_id == booking.room_id or booking.layout in booking_facts.layouts(session, room_id):
        return booking.layout
    return ""


def _firmness(session: Session, booking: Booking) -> BookingState:
    was = session.scalar(_FIRMNESS, {"booking": booking.id}) or ""
    return BookingState.TENTATIVE if '"state": "tentative"' in was else BookingState.CONFIRMED


def _replace(
    deed: Deed,
    kind: type[BookingPartner | BookingEquipment],
    booking: Booking,
    wanted: Sequence[BookingPartner | BookingEquipment],
) -> None:
    """Take away what was wanted and write what is."""
    for row in deed.session.scalars(_HELD_ASIDE[kind], {"booking": booking.id}).all():
        deed.change(row, deleted_at=deed.at)
    deed.make(wanted)
