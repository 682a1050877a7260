"""What the page looks up while a booking is written: rooms, days, objections, fair use, the second call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import assemblies, fair_use, free_rooms
from civicdesk.desk.booking_facts import judge
from civicdesk.desk.booking_rules import Objection, Times
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.fair_use import Standing
from civicdesk.desk.free_rooms import Fit, Found, RoomOffer, Sought
from civicdesk.text import local


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is written, as far as it decides about rooms. `last_id` is the room that was shown before."""

    sought: Sought
    wish: Callable[[RoomOffer, date], Wish]
    days: Sequence[date]
    organisation_id: UUID | None
    second: Times | None = None
    last_id: UUID | None = None
    besides: Collection[UUID] = ()
    is_change: bool = False
    is_assembly: bool = False


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was found. `objections` stand against the days by day, `second` is where a second call would be."""

    found: Found
    offer: RoomOffer | None
    days: Sequence[date]
    objections: Mapping[date, Sequence[Objection]] = field(default_factory=dict)
    standing: Standing | None = None
    second: RoomOffer | None = None
    warnings: Sequence[str] = ()

    def why_not(self, on: date) -> Objection | None:
        """What stands against a day, what weighs most first."""
        return next(iter(self.objections.get(on, ())), None)


def look(session: Session, asked: Asked, *, at: datetime) -> Seen:
    """Look up everything the page shows, in one go. Refuses impossible times."""
    found = free_rooms.look(session, asked.sought, at=at, besides=asked.besides)
    offer = _chosen(found, asked)
    if offer is None:
        return Seen(found=found, offer=None, days=asked.days, warnings=_warnings(asked, at))
    wishes = [asked.wish(offer, on) for on in asked.days]
    judged = [] if asked.is_change else judge(session, [wish.asked for wish in wishes], at=at)
    return Seen(
        found=found,
        offer=offer,
        days=asked.days,
        objections={on: objections for on, objections in zip(asked.days, judged, strict=False) if objections},
        standing=fair_use.standing(
            session, asked.organisation_id, offer.room.room_class, asked.days[0], asked.besides
        ),
        second=_second(session, asked, offer, at),
        warnings=_warnings(asked, at),
    )


def _chosen(found: Found, asked: Asked) -> RoomOffer | None:
    """The room somebody chose, however it suits; else the one shown before if it still suits; else the best."""
    if chosen := found.of(asked.sought.room_id):
        return chosen
    last = found.of(asked.last_id)
    if last is not None and last.fit is Fit.FREE:
        return last
    return next((offer for offer in found.rooms if offer.fit is not Fit.UNFIT), None)


def _second(session: Session, asked: Asked, offer: RoomOffer, at: datetime) -> RoomOffer | None:
    """The same room if it is free then, else the best that is."""
    if asked.second is None:
        return None
    sought = Sought(
        times=[asked.second],
        people=asked.sought.people,
        layout=asked.sought.layout,
        equipment=asked.sought.equipment,
        is_step_free=asked.sought.is_step_free,
    )
    found = free_rooms.look(session, sought, at=at)
    same = found.of(offer.room.id)
    if same is not None and same.fit is Fit.FREE:
        return same
    return next((each for each in found.rooms if each.fit is Fit.FREE), same)


def _warnings(asked: Asked, at: datetime) -> list[str]:
    if not asked.is_assembly:
        return []
    second_on = local(asked.second.starts_at).date() if asked.second else None
    return [each.sentence for each in assemblies.warnings(asked.days[0], second_on, at=at)]
