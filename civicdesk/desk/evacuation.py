"""Who must come out of the building: the list, and who was seen safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from civicdesk.desk import audit, fields, hours, occupancy, visits
from civicdesk.models import How, Muster, MusterMark, Room, Visit


@dataclass(frozen=True)
class Unnamed:
    """People of one room who are counted without a name."""

    room: Room
    people: int
    categories: dict[str, int]


@dataclass(frozen=True)
class Roll:
    """Everyone who may be inside: by name, by head, added at the assembly point, and presumed to have left today."""

    at: datetime
    total: int
    people: Sequence[Visit]
    unnamed: Sequence[Unnamed]
    presumed_left: Sequence[Visit]
    added: Sequence[MusterMark]
    safe: frozenset[UUID]
    muster: Muster | None

    @property
    def missing(self) -> int:
        return sum(visit.people for visit in self.people if visit.id not in self.safe)


def roll(session: Session, *, at: datetime) -> Roll:
    """The list as it stands: who needs assistance comes first, then by zone and room."""
    now = occupancy.now(session)
    muster = running(session)
    marks = _marks(session, muster)
    return Roll(
        at=at,
        total=now.total,
        people=sorted(visits.inside(session), key=_assistance_first),
        unnamed=_unnamed(session, now),
        presumed_left=_presumed_today(session, at),
        added=[mark for mark in marks.values() if mark.visit_id is None and mark.is_safe],
        safe=frozenset(mark.visit_id for mark in marks.values() if mark.visit_id and mark.is_safe),
        muster=muster,
    )


def running(session: Session) -> Muster | None:
    """The evacuation or drill that has not ended."""
    return session.scalar(
        select(Muster)
        .where(Muster.ended_at.is_(None), Muster.deleted_at.is_(None))
        .order_by(Muster.id.desc())
        .limit(1)
    )


def begin(session: Session, *, at: datetime, is_drill: bool) -> Muster:
    """Start an evacuation or a drill; one that runs already goes on."""
    muster = running(session)
    if muster is None:
        muster = Muster(started_at=at, is_drill=is_drill)
        session.add(muster)
        session.flush()
        audit.record(session, "muster", muster, at, drill=is_drill)
    return muster


def end(session: Session, muster_id: UUID, *, at: datetime) -> Muster:
    """The evacuation or drill is over."""
    muster = session.get_one(Muster, muster_id)
    muster.ended_at = at
    audit.record(session, "end_muster", muster, at)
    return muster


def resume(session: Session, muster_id: UUID, *, at: datetime) -> Muster:
    """Undo of `end`: it goes on after all."""
    muster = session.get_one(Muster, muster_id)
    muster.ended_at = None
    audit.record(session, "resume_muster", muster, at)
    return muster


def mark(session: Session, muster_id: UUID, visit_id: UUID, *, is_safe: bool, at: datetime) -> MusterMark:
    """Somebody was seen safe at the assembly point, or was marked so by mistake."""
    row = MusterMark(
        muster_id=muster_id, visit_id=visit_id, is_safe=is_safe, at=at, by_id=session.info.get("by")
    )
    session.add(row)
    return row


def add_unlisted(session: Session, muster_id: UUID, name: str, *, at: datetime) -> MusterMark:
    """Somebody came out who was not on the list. Refuses what `fields.name` refuses."""
    row = MusterMark(muster_id=muster_id, name=fields.name(name), at=at, by_id=session.info.get("by"))
    session.add(row)
    return row


def _assistance_first(visit: Visit) -> tuple[bool, str, str, int]:
    room = visit.room
    return (not visit.needs, room.zone if room else "", room.name if room else "", visit.number)


def _unnamed(session: Session, now: occupancy.Occupancy) -> list[Unnamed]:
    return [
        Unnamed(room, people, now.categories.get(room.id, {}))
        for room in _counted_rooms(session, now)
        if (people := now.unnamed_in(room.id))
    ]


def _counted_rooms(session: Session, now: occupancy.Occupancy) -> Sequence[Room]:
    """Rooms with people counted by head; also one that was taken away from the list of rooms meanwhile."""
    rooms = select(Room).where(Room.id.in_(now.categories)).order_by(Room.position, Room.name)
    return session.scalars(rooms).all()


def _presumed_today(session: Session, at: datetime) -> list[Visit]:
    """A visit closed without anybody seeing it may still be in the building."""
    end = hours.midnight_after(at)
    start = hours.midnight_before(at)
    return [
        visit for visit in visits.of_day(session, start, end) if visit.left_how in (How.PRESUMED, How.ALL)
    ]


def _marks(session: Session, muster: Muster | None) -> dict[object, MusterMark]:
    """The last mark of each person counts, in the order of writing: the clock may have been set back."""
    if muster is None:
        return {}
    rows = session.scalars(
        select(MusterMark).where(MusterMark.muster_id == muster.id).order_by(sql("muster_mark.rowid"))
    )
    return {mark.visit_id or mark.id: mark for mark in rows}
