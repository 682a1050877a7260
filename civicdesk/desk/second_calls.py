"""The second calls of general assemblies that somebody has to decide on, once the first has begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased, joinedload

from civicdesk.desk import audit, centre, claims
from civicdesk.desk.booking_rows import one
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Mark
from civicdesk.text import _

_First = aliased(Booking)
_OPEN = (
    select(Booking, _First)
    .join(_First, _First.id == Booking.call_of_id)
    .where(
        Booking.starts_at > bindparam("at"),
        Booking.state.in_(claims.STANDING),
        Booking.deleted_at.is_(None),
        _First.starts_at <= bindparam("at"),
        _First.deleted_at.is_(None),
    )
    .options(joinedload(Booking.room), joinedload(Booking.organisation), joinedload(_First.organisation))
    .order_by(Booking.starts_at, Booking.id)
)
_MARKS = select(Mark.name).where(Mark.name.in_(bindparam("names", expanding=True)))


@dataclass(frozen=True)
class Call:
    """A first call that has begun, and the second that still holds its room."""

    first: Booking
    second: Booking


def due(session: Session, *, at: datetime) -> Sequence[Call]:
    """The assemblies whose first call has begun and of which nobody has said yet whether the second is needed."""
    session.flush()
    calls = [Call(first, second) for second, first in session.execute(_OPEN, {"at": at})]
    if not calls:
        return calls
    names = [_mark(call.second.id) for call in calls]
    decided = set(session.scalars(_MARKS, {"names": names}))
    return [call for call in calls if _mark(call.second.id) not in decided]


def needed(session: Session, second_id: UUID, *, at: datetime) -> Booking:
    """There was no quorum: the second call stands, and the desk is not asked again. Refuses `not_standing`."""
    second = one(session, second_id)
    if second.state not in claims.STANDING:
        raise Refusal("not_standing", _("This booking does not stand any more. Bring it back first."))
    centre.set_mark(session, _mark(second_id), "needed", at)
    audit.record(session, "second_call_needed", second, at)
    return second


def ask_again(session: Session, second_id: UUID, *, at: datetime) -> Booking:
    """Undo of `needed`."""
    second = one(session, second_id)
    if mark := session.get(Mark, _mark(second_id)):
        session.delete(mark)
        audit.record(session, "second_call_needed", second, at, undo=True)
    return second


def _mark(second_id: UUID) -> str:
    return f"second-call-{second_id.hex}"
