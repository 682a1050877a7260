"""People counted without names, by room or event and by category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import actions, audit, centre, hours, occupancy
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, HeadCount, HeadTotal, Room
from civicdesk.text import _


class Category(StrEnum):
    """Whom a head count tells apart, because evacuation must."""

    ADULT = "adult"
    CHILD = "child"
    WHEELCHAIR = "wheelchair"


MOST = 1_000


@dataclass(frozen=True)
class Counted:
    """One place where heads are counted: a room, and the event in it if there is one."""

    room: Room
    booking: Booking | None
    named: int
    heads: dict[str, int]
    total: int

    @property
    def key(self) -> occupancy.Place:
        return self.room.id, self.booking.id if self.booking else None


def count(
    session: Session,
    room_id: UUID,
    change: int,
    *,
    at: datetime,
    booking_id: UUID | None = None,
    category: Category = Category.ADULT,
    key: str | None = None,
) -> HeadCount:
    """Count people in a room up or down. Refuses `below_zero` and `many_people`."""
    if done := actions.subject_of(session, key):
        return session.get_one(HeadCount, done)
    now = in_room(session, room_id, booking_id, category)
    if now + change < 0:
        raise Refusal("below_zero", _("Only {} are counted there.").format(now))
    if now + change > MOST:
        raise Refusal("many_people", _("At most {} people are counted in one room.").format(MOST))
    row = HeadCount(
        room_id=room_id,
        booking_id=booking_id,
        category=category,
        change=change,
        at=at,
        by_id=session.info.get("by"),
    )
    session.add(row)
    actions.remember(session, key, row.id, at)
    audit.record(session, "head_count", row, at, change=change)
    return row


def undo(session: Session, head_count: HeadCount, *, at: datetime) -> HeadCount:
    """Answer a count with its opposite, once. Refuses `below_zero` when they have left meanwhile."""
    if answer := session.scalar(select(HeadCount).where(HeadCount.undone_id == head_count.id).limit(1)):
        return answer
    now = in_room(session, head_count.room_id, head_count.booking_id, Category(head_count.category))
    if now < head_count.change:
        raise Refusal("below_zero", _("Only {} are counted there.").format(now))
    row = HeadCount(
        room_id=head_count.room_id,
        booking_id=head_count.booking_id,
        category=head_count.category,
        change=-head_count.change,
        at=at,
        by_id=session.info.get("by"),
        undone_id=head_count.id,
    )
    session.add(row)
    audit.record(session, "undo_head_count", row, at, change=row.change)
    return row


def in_room(session: Session, room_id: UUID, booking_id: UUID | None, category: Category) -> int:
    """How many of one category are counted at one place now."""
    session.flush()
    total = session.scalar(
        select(HeadTotal.people).where(
            HeadTotal.room_id == room_id,
            HeadTotal.booking_id.is_not_distinct_from(booking_id),
            HeadTotal.category == category,
        )
    )
    return total or 0


def places(session: Session, *, at: datetime) -> list[Counted]:
    """Every room, with its running event; and every other place where somebody is still counted."""
    now = occupancy.now(session)
    heads = _heads_by_place(session)
    running = {booking.room_id: booking for booking in _running(session, at)}
    events = {booking.id: booking for booking in [*running.values(), *_events_of(session, heads)]}
    found = []
    for room in centre.rooms(session):
        here = running.get(room.id)
        keys: list[occupancy.Place] = [(room.id, here.id if here else None)]
        keys += [key for key in heads if key[0] == room.id and key not in keys]
        for key in keys:
            booking = events.get(key[1]) if key[1] else None
            found.append(Counted(room, booking, now.named.get(key, 0), heads.get(key, {}), now.at(key)))
    return found


def _running(session: Session, at: datetime) -> list[Booking]:
    query = select(Booking).where(
        Booking.starts_at <= at,
        Booking.starts_at > at - timedelta(days=2),
        Booking.ends_at > at,
        Booking.state.in_((BookingState.CONFIRMED, BookingState.TENTATIVE)),
        Booking.deleted_at.is_(None),
    )
    return list(session.scalars(query.options(joinedload(Booking.organisation))))


def _events_of(session: Session, heads: Iterable[occupancy.Place]) -> list[Booking]:
    ids = [booking_id for _room, booking_id in heads if booking_id]
    query = select(Booking).where(Booking.id.in_(ids)).options(joinedload(Booking.organisation))
    return list(session.scalars(query)) if ids else []


def _heads_by_place(session: Session) -> dict[occupancy.Place, dict[str, int]]:
    found: dict[occupancy.Place, dict[str, int]] = {}
    for total in session.scalars(select(HeadTotal)):
        found.setdefault((total.room_id, total.booking_id), {})[total.category] = total.people
    return found


def clear_all(session: Session, *, at: datetime) -> int:
    """Everyone counted without a name has left. The answer is how many they were."""
    return sum(_clear(session, total, at) for total in session.scalars(select(HeadTotal)).all())


def clear_closed_days(session: Session, *, at: datetime) -> int:
    """Whoever was counted without a name on a day that has closed has left. The answer is how many they were."""
    totals = session.scalars(select(HeadTotal)).all()
    closings = ((total, hours.closing_after(session, total.latest_at)) for total in totals)
    return sum(_clear(session, total, closed) for total, closed in closings if closed <= at)


def _clear(session: Session, total: HeadTotal, at: datetime) -> int:
    session.add(
        HeadCount(
            room_id=total.room_id,
            booking_id=total.booking_id,
            category=total.category,
            change=-total.people,
            at=at,
            by_id=session.info.get("by"),
        )
    )
    return total.people
