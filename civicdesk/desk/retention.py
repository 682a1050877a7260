"""Names go when their days are over, as the notice at the desk promises; the visits stay as counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select, text, update
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import audit, centre, clocks
from civicdesk.models import Booking, Invitation, Visit, Visitor, Waiting

NO_NAME = "—"
"""Stands where the name of a person stood who is only counted now."""

BATCH = 500
_PAGES = 64

_BEGIN_CLEARING = text("INSERT INTO visitor_search (visitor_search, rank) VALUES ('merge', -:pages)")
_GO_ON_CLEARING = text("INSERT INTO visitor_search (visitor_search, rank) VALUES ('merge', :pages)")
_WRITTEN = text("SELECT total_changes()")


def forget_names(session: Session, *, at: datetime, limit: int = BATCH) -> int:
    """Take the names of at most this many visitors whose days are over; how many, so 0 when there are no more.

    The demo centre keeps its invented people. Refuses `no_centre`.
    """
    if centre.mark(session, clocks.DEMO) is not None:
        return 0
    days = centre.the_centre(session).retention_days
    visitors = _overdue(session, at, at - timedelta(days=days), limit)
    if visitors:
        _empty(session, visitors)
        audit.record(session, "forget_names", None, at, count=len(visitors), days=days)
    return len(visitors)


def forget_contacts(session: Session, *, at: datetime, limit: int = BATCH) -> int:
    """Take the contacts and notes of at most this many bookings and waiting wishes whose days are over; how many.

    Whose event it was, where and when stays. The demo centre keeps its invented people. Refuses `no_centre`.
    """
    if centre.mark(session, clocks.DEMO) is not None:
        return 0
    kept_from = at - timedelta(days=centre.the_centre(session).retention_days)
    count = sum(_empty_contacts(session, kind, kept_from, limit) for kind in (Booking, Waiting))
    if count:
        audit.record(session, "forget_contacts", None, at, count=count)
    return count


def clear_search(session: Session, *, is_first: bool) -> bool:
    """Take a short step at writing the search index anew, without the words of forgotten names.

    What is deleted from the index is only crossed out in the file until then. Whether there is more to do.
    """
    before = session.scalar(_WRITTEN) or 0
    session.execute(_BEGIN_CLEARING if is_first else _GO_ON_CLEARING, {"pages": _PAGES})
    return (session.scalar(_WRITTEN) or 0) - before > 1


def is_forgotten(visitor: Visitor) -> bool:
    """Whether this visitor is only counted now."""
    return visitor.name == NO_NAME


def _overdue(session: Session, at: datetime, kept_from: datetime, limit: int) -> Sequence[UUID]:
    """Visitors with a name whom neither a visit nor an invitation of the kept days holds."""
    # a check-in that was taken back still tells when somebody was here, but not that somebody is inside
    held_by_visit = exists().where(
        Visit.visitor_id == Visitor.id,
        or_(
            func.coalesce(Visit.left_at, Visit.arrived_at) >= kept_from,
            and_(Visit.left_at.is_(None), Visit.deleted_at.is_(None)),
        ),
    )
    # looked up once for all: invitations have no index by visitor
    expected = select(Invitation.visitor_id).where(
        or_(
            Invitation.expected_at >= kept_from,
            and_(
                Invitation.valid_until >= at,
                Invitation.cancelled_at.is_(None),
                Invitation.deleted_at.is_(None),
            ),
        ),
    )
    # every name has letters, so the index of folded names passes over those who lost theirs
    return session.scalars(
        select(Visitor.id)
        .where(Visitor.folded > "", ~held_by_visit, Visitor.id.not_in(expected))
        .limit(limit)
    ).all()


def _empty_contacts(
    session: Session, kind: type[Booking] | type[Waiting], kept_from: datetime, limit: int
) -> int:
    tells = or_(kind.contact_name != "", kind.contact_phone != "", kind.note != "")
    overdue = session.scalars(select(kind.id).where(kind.ends_at < kept_from, tells).limit(limit)).all()
    if overdue:
        nothing = {"contact_name": "", "contact_phone": "", "note": ""}
        session.execute(update(kind).where(kind.id.in_(overdue)).values(nothing))
        note_change(session, kind)
    return len(overdue)


def _empty(session: Session, visitors: Sequence[UUID]) -> None:
    """A note or a need may tell who it was as well as a name does."""
    session.execute(
        update(Visitor)
        .where(Visitor.id.in_(visitors))
        .values(name=NO_NAME, folded="", phone="", email="", needs="")
    )
    for kind in (Visit, Invitation):
        is_told = or_(kind.note != "", kind.needs != "")
        session.execute(update(kind).where(kind.visitor_id.in_(visitors), is_told).values(note="", needs=""))
    for touched in (Visitor, Visit, Invitation):
        note_change(session, touched)
