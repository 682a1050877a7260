"""What a row is, in a few words for a person: the room, the event and its time, the organisation, the number."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.models import Base, Booking, Invitation, MailItem, Room, Visit, Visitor
from civicdesk.sync.groups import Travelling
from civicdesk.text import clock, day, local

_NAMES = ("name", "title", "number", "reason", "text", "what", "kind")


def subject(session: Session, one: Travelling, row_id: str) -> str:
    """Words for a row; empty where it has none, or is not here."""
    row = session.get(one.model, UUID(row_id))
    if isinstance(row, Booking):
        return _joined(row.title, _name(session, Room, row.room_id), _when(row))
    if isinstance(row, Visit | Invitation):
        at = row.arrived_at if isinstance(row, Visit) else row.expected_at
        return _joined(
            _name(session, Visitor, row.visitor_id), f"{day(local(at).date(), 'd MMM')} {clock(local(at))}"
        )
    if isinstance(row, MailItem):
        return _joined(row.number, row.addressed_to)
    found = (getattr(row, name, None) for name in _NAMES)
    return next((str(words) for words in found if words), "")


def _when(booking: Booking) -> str:
    begins, ends = local(booking.starts_at), local(booking.ends_at)
    return f"{day(begins.date(), 'd MMM')} {clock(begins)}–{clock(ends)}"


def _name(session: Session, kind: type[Base], row_id: UUID) -> str:
    return getattr(session.get(kind, row_id), "name", "")


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)
