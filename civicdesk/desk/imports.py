"""Files that were taken in of late and can still be taken back: as long as nobody changed what came with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import deeds
from civicdesk.models import Earlier, Staff

_LOOKED_AT = 10


@dataclass(frozen=True)
class TakenIn:
    """A file: when it was taken in, how many rows came with it, by whom, and under which key."""

    key: str
    at: datetime
    count: int
    by: str


def lately(session: Session, action: str, table: str) -> list[TakenIn]:
    """The files of one kind, the latest first; `table` is what their rows became."""
    undone = select(Earlier.undoes).where(Earlier.undoes != "")
    came = func.min(Earlier.at)
    wanted = (
        select(
            Earlier.deed,
            came,
            func.count(Earlier.subject_id.distinct()).filter(Earlier.subject == table),
            func.max(Staff.name),
        )
        .outerjoin(Staff, Staff.id == Earlier.by_id)
        .where(Earlier.action == action, Earlier.deed.not_in(undone))
        .group_by(Earlier.deed)
        .order_by(came.desc())
        .limit(_LOOKED_AT)
    )
    found = [TakenIn(key, at, count, by or "") for key, at, count, by in session.execute(wanted)]
    return [each for each in found if deeds.stands(session, each.key)]
