"""Everyone out at once, and back in when that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import headcounts, visits
from civicdesk.models import HeadCount


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


def _counted_at(session: Session, at: datetime) -> list[UUID]:
    session.flush()
    return list(session.scalars(select(HeadCount.id).where(HeadCount.at == at)))
