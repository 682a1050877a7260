"""What about the rooms needs somebody: nobody came, a wish can be fulfilled, two clash, a second call is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.database import note_change
from civicdesk.desk import centre, claims, second_calls, waiting
from civicdesk.desk.booking_rules import LONGEST
from civicdesk.models import Booking, BookingState, Mark

_CLASHES = (
    select(Booking)
    .where(
        Booking.starts_at > bindparam("since"),
        Booking.ends_at > bindparam("at"),
        Booking.state == BookingState.CLASH,
        Booking.deleted_at.is_(None),
    )
    .options(joinedload(Booking.room), joinedload(Booking.organisation))
    .order_by(Booking.starts_at, Booking.id)
)
_MARKS = select(Mark.name).where(Mark.name.in_(bindparam("names", expanding=True)))


@dataclass(frozen=True)
class Clash:
    """A booking that lost its room to another desk's, and who has it; None if it is free again."""

    booking: Booking
    rival: Booking | None


@dataclass(frozen=True)
class Matters:
    """All of it, read in one go."""

    offers: Sequence[waiting.Offer]
    clashes: Sequence[Clash]
    calls: Sequence[second_calls.Call]
    wishes: int


def look(session: Session, *, at: datetime) -> Matters:
    """Read what needs somebody."""
    return Matters(
        offers=open_offers(session, at=at),
        clashes=clashes(session, at=at),
        calls=second_calls.due(session, at=at),
        wishes=len(waiting.open_wishes(session, at=at)),
    )


def clashes(session: Session, *, at: datetime) -> list[Clash]:
    """The bookings that two desks made for one room, of which one has to go; the nearest first."""
    found = session.scalars(_CLASHES, {"at": at, "since": at - 2 * LONGEST}).all()
    if not found:
        return []
    rivals = claims.in_the_way(session, [claims.held(booking) for booking in found])
    return [Clash(booking, rivals.get(place)) for place, booking in enumerate(found)]


def open_offers(session: Session, *, at: datetime) -> list[waiting.Offer]:
    """The wishes that could be fulfilled now, but for those that somebody set aside."""
    offers = waiting.offers(session, at=at)
    if not offers:
        return []
    left = set(
        session.scalars(_MARKS, {"names": [_mark(offer.waiting.id, offer.room.id) for offer in offers]})
    )
    return [offer for offer in offers if _mark(offer.waiting.id, offer.room.id) not in left]


def leave_offer(session: Session, waiting_id: UUID, room_id: UUID, *, at: datetime) -> None:
    """The desk is not asked about this offer again; the wish stays on the list."""
    centre.set_mark(session, _mark(waiting_id, room_id), "left", at)


def offer_again(session: Session, waiting_id: UUID, room_id: UUID) -> None:
    """Undo of `leave_offer`."""
    session.execute(delete(Mark).where(Mark.name == _mark(waiting_id, room_id)))
    note_change(session, Mark)


def _mark(waiting_id: UUID, room_id: UUID) -> str:
    return f"offer-left-{waiting_id.hex}-{room_id.hex}"
