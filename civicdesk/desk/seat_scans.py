"""A badge is read at a work area: whoever wears it sits down or gets up, and the answer is kept as every scan is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import work_areas
from civicdesk.desk.decisions import REPEAT_WITHIN
from civicdesk.desk.rows import write
from civicdesk.desk.work_areas import Place
from civicdesk.errors import Refusal
from civicdesk.models import Badge, Scan, SeatStay, Visit
from civicdesk.text import _

_RAW_KEPT = 200


class Seated(StrEnum):
    """Every answer to a badge at a work area."""

    SEATED = "seated"
    GOT_UP = "got_up"
    SEAT_REPEAT = "seat_repeat"
    AREA_FULL = "area_full"
    NO_SEAT = "no_seat"

    @property
    def is_good(self) -> bool:
        return self in (Seated.SEATED, Seated.GOT_UP, Seated.SEAT_REPEAT)


@dataclass(frozen=True)
class SeatAnswer:
    """What the desk says to a badge at a work area: the result, in words, and whom it is about."""

    result: Seated
    sentence: str
    visit: Visit | None = None
    stay: SeatStay | None = None


def scan(
    session: Session, text: str, room_id: UUID, *, at: datetime, raw: str = "", device: str = "keyboard"
) -> SeatAnswer:
    """Give whoever wears this badge a seat in the area, or take it back from who sits there already.

    Read twice within ten seconds is once. A full area, or a badge of nobody inside, is an answer too.
    """
    code = _storable(text)
    answer = _answer(session, code, room_id, at)
    kept = Scan(
        at=at,
        device=device,
        raw=_storable(raw or text),
        code=code,
        result=answer.result,
        visit_id=answer.visit.id if answer.visit else None,
        room_id=room_id,
        by_id=session.info.get("by"),
    )
    write(session, kept)
    return answer


def _storable(text: str) -> str:
    """What a reader sent, as far as a table takes it: a broken reader can send half a character."""
    return text[:_RAW_KEPT].encode(errors="replace").decode()


def _answer(session: Session, text: str, room_id: UUID, at: datetime) -> SeatAnswer:
    visit = _wearer(session, text)
    if visit is None or not visit.is_open:
        said = _("Nobody with this badge is inside. Check the visitor in first.")
        return SeatAnswer(Seated.NO_SEAT, said, visit)
    name = visit.visitor.name
    before = work_areas.stay_of(session, visit.id)
    if before is not None and before.room_id == room_id:
        if at - before.since_at < REPEAT_WITHIN:
            return SeatAnswer(Seated.SEAT_REPEAT, _("{} has a seat.").format(name), visit, before)
        stay = work_areas.leave(session, before.id, at=at)
        return SeatAnswer(Seated.GOT_UP, _("{} got up.").format(name), visit, stay)
    return _sit(session, visit, room_id, at)


def _sit(session: Session, visit: Visit, room_id: UUID, at: datetime) -> SeatAnswer:
    """Whoever is refused keeps the seat they have elsewhere."""
    try:
        with session.begin_nested():
            stay = work_areas.sit(session, Place(room_id=room_id, visit_id=visit.id), at=at)
    except Refusal as refusal:
        full = refusal.reason == "seats_full"
        return SeatAnswer(Seated.AREA_FULL if full else Seated.NO_SEAT, str(refusal), visit)
    return SeatAnswer(Seated.SEATED, _("{} has a seat.").format(visit.visitor.name), visit, stay)


def _wearer(session: Session, code: str) -> Visit | None:
    return session.scalar(
        select(Visit)
        .join(Badge, Badge.visit_id == Visit.id)
        .where(Badge.code == code, Visit.deleted_at.is_(None))
        .options(joinedload(Visit.visitor))
    )
