"""Everyone out at once, or a part of a company; and back in when that was a mistake."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, audit, headcounts, rows, visits
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, HeadCount, How, Passage, Visit
from civicdesk.text import _


@dataclass(frozen=True)
class Gone:
    """Who was taken as left in one go: visits with names, and counts of heads without."""

    visit_ids: tuple[UUID, ...]
    head_count_ids: tuple[UUID, ...]


def everybody_out(session: Session, *, at: datetime) -> Gone:
    """Check everyone out, and remember whom, so that it can be taken back."""
    before = set(_counted_at(session, at))
    left = visits.check_out_all(session, at=at)
    heads = [each for each in _counted_at(session, at) if each not in before]
    return Gone(tuple(visit.id for visit in left), tuple(heads))


def bring_back(session: Session, gone: Gone, *, at: datetime) -> int:
    """Undo of `everybody_out`; says how many visits are open again."""
    for head_count_id in gone.head_count_ids:
        headcounts.undo(session, session.get_one(HeadCount, head_count_id), at=at)
    return len(visits.undo_check_out(session, gone.visit_ids, at=at))


def some_out(session: Session, visit_id: UUID, people: int, *, at: datetime, key: str | None = None) -> Visit:
    """Some of a company leave before the others. The same `key` again changes nothing.

    Refuses `not_inside` and `no_people`.
    """
    if actions.subject_of(session, key):
        return visits.one(session, visit_id)
    visit = visits.leave_early(session, visit_id, people, at=at)
    actions.remember(session, key, visit.id, at)
    return visit


def some_back(session: Session, visit_id: UUID, people: int, *, at: datetime) -> Visit:
    """Undo of `some_out`, once. Refuses `not_inside` when the others have left meanwhile."""
    visit = visits.one(session, visit_id)
    if not visit.is_open:
        raise Refusal("not_inside", _("{} has already left.").format(visit.visitor.name))
    out = _unanswered_out(session, visit_id)
    if out is None:
        return visit
    visit.people += people
    by = session.info.get("by")
    back = Passage(visit_id=visit_id, direction="in", at=at, how=How.UNDO, by_id=by, undone_id=out)
    rows.write(session, back)
    audit.record(session, "undo_leave_early", visit, at, people=people)
    return visit


def came(session: Session, inside: Sequence[Visit]) -> dict[UUID, int]:
    """How many came together, for each visit of which some have left before the others."""
    if not inside:
        return {}
    session.flush()
    here = {visit.id: visit.people for visit in inside}
    entries = session.execute(
        select(AuditEntry.subject_id, AuditEntry.action, AuditEntry.details).where(
            AuditEntry.at >= min(visit.arrived_at for visit in inside),
            AuditEntry.action.in_(("leave_early", "undo_leave_early")),
        )
    )
    gone: Counter[UUID] = Counter()
    for visit_id, action, details in entries:
        if visit_id in here:
            gone[visit_id] += json.loads(details)["people"] * (1 if action == "leave_early" else -1)
    return {visit_id: here[visit_id] + left for visit_id, left in gone.items() if left > 0}


def _unanswered_out(session: Session, visit_id: UUID) -> UUID | None:
    """The latest way out of this visit that was not taken back."""
    session.flush()
    answered = select(Passage.undone_id).where(Passage.visit_id == visit_id, Passage.undone_id.is_not(None))
    return session.scalar(
        select(Passage.id)
        .where(Passage.visit_id == visit_id, Passage.direction == "out", Passage.id.not_in(answered))
        .order_by(Passage.at.desc(), Passage.id.desc())
        .limit(1)
    )


def _counted_at(session: Session, at: datetime) -> list[UUID]:
    session.flush()
    return list(session.scalars(select(HeadCount.id).where(HeadCount.at == at)))
