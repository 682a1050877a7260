"""One visitor: what the desk knows, and putting it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, fields, people, visits
from civicdesk.errors import Refusal
from civicdesk.models import Visit, Visitor
from civicdesk.text import _, local

MOST_SHOWN = 100


@dataclass(frozen=True)
class Profile:
    """A visitor with the number of visits and the latest of them, latest first."""

    visitor: Visitor
    visits: int
    history: Sequence[Visit]

    @property
    def last(self) -> Visit | None:
        return self.history[0] if self.history else None

    @property
    def open_visit(self) -> Visit | None:
        """The visit under way, if the visitor is inside."""
        return next((visit for visit in self.history if visit.is_open), None)

    def left_today(self, at: datetime) -> Visit | None:
        """The last visit if it ended on the day of `at`: only that day a check-out is taken back."""
        last = self.last
        ended = last.left_at if last else None
        return last if ended and local(ended).date() == local(at).date() else None


def profile(session: Session, visitor_id: UUID) -> Profile:
    """What the desk knows of one visitor. Refuses `no_visitor`."""
    visitor = _one(session, visitor_id)
    count = session.scalar(
        select(func.count())
        .select_from(Visit)
        .where(Visit.visitor_id == visitor_id, Visit.deleted_at.is_(None))
    )
    return Profile(visitor, count or 0, people.history(session, visitor_id, MOST_SHOWN))


def note_look(session: Session, visitor_id: UUID, *, at: datetime) -> Visitor:
    """Somebody of the staff opened a visitor's history: that is written down. Refuses `no_visitor`."""
    visitor = _one(session, visitor_id)
    audit.record(session, "look_at_visitor", visitor, at)
    return visitor


def change(session: Session, visitor_id: UUID, *, name: str, phone: str, at: datetime) -> Visitor:
    """Put name and phone right. Refuses `no_visitor` and what `fields` refuses."""
    visitor = _one(session, visitor_id)
    new_name, new_phone = fields.name(name), fields.phone(phone)
    changed = [
        field
        for field, before, after in (
            ("name", visitor.name, new_name),
            ("phone", visitor.phone, new_phone),
        )
        if before != after
    ]
    visitor.name, visitor.phone = new_name, new_phone
    if changed:
        audit.record(session, "change_visitor", visitor, at, fields=changed)
    return visitor


def change_people(session: Session, visit_id: UUID, count: int, *, at: datetime) -> Visit:
    """Put right how many came together. Refuses `not_inside`, `no_people`, `many_people`."""
    visit = visits.one(session, visit_id)
    if not visit.is_open:
        raise Refusal("not_inside", _("{} has already left.").format(visit.visitor.name))
    before, visit.people = visit.people, fields.people(count)
    audit.record(session, "change_people", visit, at, before=before, after=count)
    return visit


def _one(session: Session, visitor_id: UUID) -> Visitor:
    visitor = session.get(Visitor, visitor_id)
    if visitor is None or visitor.deleted_at is not None:
        raise Refusal("no_visitor", _("This visitor is not on this desk any more."))
    return visitor
