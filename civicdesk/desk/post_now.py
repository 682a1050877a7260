"""How the post stands, in a few figures for the screen that is open all day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, case, func, select
from sqlalchemy.orm import Session

from civicdesk.desk import hand_overs, notices
from civicdesk.desk.notices import OpenNotice
from civicdesk.models import MailKind, MailState, SignedPickup

_STATE = MailState.__table__.c
_COUNTS = select(
    func.count(),
    func.coalesce(
        func.sum(case((_STATE.kind.in_((MailKind.NOTICE, MailKind.SLIP21)), 1), else_=0)), 0, type_=Integer
    ),
    func.coalesce(func.sum(case((_STATE.organisation_id.is_(None), 1), else_=0)), 0, type_=Integer),
).where(_STATE.is_open.is_(True))


@dataclass(frozen=True)
class PostNow:
    """What waits at the desk; `signed` was signed for and not handed over, such as before a power cut."""

    waiting: int = 0
    notices: int = 0
    unmatched: int = 0
    open_notices: Sequence[OpenNotice] = ()
    signed: Sequence[SignedPickup] = ()


def look(session: Session, *, at: datetime) -> PostNow:
    """Count what waits; the notices themselves are read only if there are any."""
    waiting, red, unmatched = session.connection().execute(_COUNTS).one()
    found = notices.open_notices(session, at=at) if red else ()
    return PostNow(waiting, red, unmatched, found, hand_overs.unfinished(session))
