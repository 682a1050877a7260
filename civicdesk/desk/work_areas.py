"""The work areas: who sits where, how many seats are free, and when the next one is likely to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import actions, audit, hours
from civicdesk.errors import Refusal
from civicdesk.models import Organisation, Room, SeatStay, Visit, WorkSeat
from civicdesk.text import _, clock, ngettext, number

MOST_AT_ONCE = 50
_STANDS = SeatStay.deleted_at.is_(None)
_SITS = _STANDS & SeatStay.left_at.is_(None)
_LOOKED_BACK = timedelta(days=60)
_LEAST_KNOWN = 5
"""So many stays must be known before anything is said of how long people stay."""


@dataclass(frozen=True)
class Sitting:
    """Somebody who sits in a work area: the stay, the visit if there is one, and the organisation."""

    stay: SeatStay
    visit: Visit | None
    organisation: Organisation | None
    seat: WorkSeat | None


@dataclass(frozen=True)
class Area:
    """A work area now: its seats with a name, who sits in it, the latest first, and for whom which seats are kept."""

    room: Room
    seats: Sequence[WorkSeat]
    sittings: Sequence[Sitting]
    kept: Mapping[UUID, str] = field(default_factory=dict)

    @property
    def taken(self) -> int:
        return sum(each.stay.people for each in self.sittings)

    @property
    def free(self) -> int:
        return max(0, self.room.capacity - self.taken)

    @property
    def unnamed(self) -> int:
        """How many sit there that the desk only counted."""
        return sum(each.stay.people for each in self.sittings if each.visit is None)


@dataclass(frozen=True)
class NextFree:
    """When a seat is free again: likely, by how long people usually stay, or at the latest when the centre closes."""

    at: datetime
    is_likely: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where somebody is to sit: a named seat or any; who, or only how many."""

    room_id: UUID
    seat_id: UUID | None = None
    visit_id: UUID | None = None
    organisation_id: UUID | None = None
    people: int = 1


def sit(session: Session, place: Place, *, at: datetime, key: str | None = None) -> SeatStay:
    """Give somebody a seat. Whoever sits in another place moves; who sits here already stays as they are.

    Refuses `no_work_area`, `bad_count`, `not_inside`, `seats_full` (with the time of the next free seat) and
    `seat_taken`. The same `key` returns the stay that it made.
    """
    if done := actions.subject_of(session, key):
        return session.get_one(SeatStay, done)
    room = _room(session, place.room_id)
    visit = _visit(session, place)
    before = stay_of(session, place.visit_id)
    if before is not None and (before.room_id, before.seat_id) == (place.room_id, place.seat_id):
        return before
    people = visit.people if visit else place.people
    if not 1 <= people <= MOST_AT_ONCE:
        raise Refusal("bad_count", _("How many? Write a number from 1 to {}.").format(MOST_AT_ONCE))
    if before is not None:
        before.left_at = max(at, before.since_at)
        session.flush()
    _refuse_full(session, room, people, at)
    stay = SeatStay(
        room_id=room.id,
        visit_id=place.visit_id,
        seat_id=place.seat_id,
        organisation_id=place.organisation_id or (visit.host_id if visit else None),
        people=people,
        since_at=at,
    )
    session.add(stay)
    session.flush()
    actions.remember(session, key, stay.id, at)
    audit.record(session, "sit", stay, at, people=people)
    return stay


def seat_visit(session: Session, visit: Visit, *, at: datetime) -> SeatStay | None:
    """Whoever comes in to work in a work area gets a seat there; in any other room there is none to get."""
    room = session.get(Room, visit.room_id)
    if room is None or not room.is_work_area:
        return None
    return sit(session, Place(room_id=room.id, visit_id=visit.id), at=at)


def leave(session: Session, stay_id: UUID, *, at: datetime) -> SeatStay:
    """Somebody got up. Who has left already stays so."""
    stay = session.get_one(SeatStay, stay_id)
    if stay.left_at is None:
        stay.left_at = max(at, stay.since_at)
        audit.record(session, "get_up", stay, at)
    return stay


def sit_again(session: Session, stay_id: UUID, *, at: datetime) -> SeatStay:
    """Undo of `leave`. Refuses `seats_full` and `seat_taken`."""
    stay = session.get_one(SeatStay, stay_id)
    if stay.left_at is not None:
        _refuse_full(session, _room(session, stay.room_id), stay.people, at)
        stay.left_at = None
        session.flush()
        audit.record(session, "sit_again", stay, at)
    return stay


def one_left(session: Session, room_id: UUID, *, at: datetime) -> SeatStay:
    """One of those who were only counted got up: whoever sat longest. Refuses `nobody_counted`."""
    wanted = select(SeatStay).where(_SITS, SeatStay.room_id == room_id, SeatStay.visit_id.is_(None))
    stay = session.scalar(wanted.order_by(SeatStay.since_at, SeatStay.id).limit(1))
    if stay is None:
        raise Refusal("nobody_counted", _("Nobody was counted here. Those with a name get up by their row."))
    if stay.people == 1:
        return leave(session, stay.id, at=at)
    stay.people -= 1
    audit.record(session, "get_up", stay, at, people=1)
    return stay


def areas(session: Session) -> list[Area]:
    """The work areas in the order of the rooms, with who sits in each."""
    rooms = session.scalars(
        select(Room).where(Room.is_work_area, Room.deleted_at.is_(None)).order_by(Room.position, Room.name)
    ).all()
    seats = session.scalars(
        select(WorkSeat).where(WorkSeat.deleted_at.is_(None)).order_by(WorkSeat.position, WorkSeat.name)
    ).all()
    sittings, kept = _sittings(session, seats), _kept(session)
    return [
        Area(
            room,
            [seat for seat in seats if seat.room_id == room.id],
            [each for each in sittings if each.stay.room_id == room.id],
            kept,
        )
        for room in rooms
    ]


def sitting(session: Session) -> dict[UUID, int]:
    """How many sit in each work area."""
    rows = session.execute(
        select(SeatStay.room_id, func.sum(SeatStay.people)).where(_SITS).group_by("room_id")
    )
    return {room_id: int(people) for room_id, people in rows}


def next_free(session: Session, room_id: UUID, *, at: datetime) -> NextFree:
    """When a seat is likely to be free again, by how long people stayed here of late."""
    known = session.execute(
        select(SeatStay.since_at, SeatStay.left_at).where(
            SeatStay.room_id == room_id, _STANDS, SeatStay.left_at > at - _LOOKED_BACK
        )
    ).all()
    closes = hours.closing_after(session, at)
    if len(known) < _LEAST_KNOWN:
        return NextFree(closes, is_likely=False)
    usual = sorted(left - since for since, left in known if left)[len(known) // 2]
    begun = session.scalars(select(SeatStay.since_at).where(_SITS, SeatStay.room_id == room_id)).all()
    ends = [since + usual for since in begun if since + usual > at]
    return NextFree(min([*ends, closes]), is_likely=bool(ends))


def _refuse_full(session: Session, room: Room, people: int, at: datetime) -> None:
    taken = session.scalar(
        select(func.coalesce(func.sum(SeatStay.people), 0)).where(_SITS, SeatStay.room_id == room.id)
    )
    free = room.capacity - int(taken or 0)
    if people <= free:
        return
    if free > 0:
        words = ngettext(
            "Only {free} seat is free in {room}.", "Only {free} seats are free in {room}.", free
        ).format(free=number(free), room=room.name)
    else:
        words = _("All {count} seats of {room} are taken.").format(
            count=number(room.capacity), room=room.name
        )
    following = next_free(session, room.id, at=at)
    when = (
        _("The next one is likely to be free at about {}.")
        if following.is_likely
        else _("The next one is free when somebody gets up, at the latest at {}.")
    )
    raise Refusal("seats_full", f"{words} {when.format(clock(following.at))}")


def _room(session: Session, room_id: UUID) -> Room:
    room = session.get(Room, room_id)
    if room is None or room.deleted_at is not None or not room.is_work_area:
        raise Refusal("no_work_area", _("This is no work area. Choose one of the list."))
    return room


def _visit(session: Session, place: Place) -> Visit | None:
    if place.visit_id is None:
        return None
    visit = session.get(Visit, place.visit_id)
    if visit is None or not visit.is_open:
        raise _not_inside()
    return visit


def stay_of(session: Session, visit_id: UUID | None) -> SeatStay | None:
    """Where somebody sits now, if anywhere."""
    if visit_id is None:
        return None
    return session.scalar(select(SeatStay).where(_SITS, SeatStay.visit_id == visit_id))


def _sittings(session: Session, seats: Sequence[WorkSeat]) -> list[Sitting]:
    stays = session.scalars(select(SeatStay).where(_SITS).order_by(SeatStay.since_at.desc())).all()
    wanted = select(Visit).where(Visit.id.in_([stay.visit_id for stay in stays if stay.visit_id]))
    visits = {visit.id: visit for visit in session.scalars(wanted.options(joinedload(Visit.visitor)))}
    whose = select(Organisation).where(Organisation.id.in_([stay.organisation_id for stay in stays]))
    organisations = {each.id: each for each in session.scalars(whose)}
    named = {seat.id: seat for seat in seats}
    return [
        Sitting(
            stay,
            visits.get(stay.visit_id) if stay.visit_id else None,
            organisations.get(stay.organisation_id) if stay.organisation_id else None,
            named.get(stay.seat_id) if stay.seat_id else None,
        )
        for stay in stays
    ]


def _kept(session: Session) -> dict[UUID, str]:
    """The names of those for whom seats are kept."""
    found = select(WorkSeat.id, Organisation.name).join(
        Organisation, Organisation.id == WorkSeat.organisation_id
    )
    return {row[0]: row[1] for row in session.execute(found.where(WorkSeat.deleted_at.is_(None)))}


def _not_inside() -> Refusal:
    return Refusal("not_inside", _("Nobody with this badge is inside. Check the visitor in first."))
