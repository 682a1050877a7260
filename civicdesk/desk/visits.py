"""Visitors coming in and going out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from civicdesk import codes
from civicdesk.database import note_change
from civicdesk.desk import (
    actions,
    audit,
    centre,
    denylist,
    fields,
    headcounts,
    hours,
    occupancy,
    rows,
    staff,
    work_areas,
)
from civicdesk.desk.decisions import Facts, Result, entry_bar
from civicdesk.desk.retention import is_forgotten
from civicdesk.errors import Refusal
from civicdesk.models import Badge, Base, How, Invitation, Need, Passage, Presence, Reason, Visit, Visitor
from civicdesk.text import _, clock, day, fold, local

_LATEST_NUMBER = "visit"

# built once: writing a statement takes longer than SQLite takes to answer it
_NAMED = select(Visit).options(joinedload(Visit.visitor), joinedload(Visit.host), joinedload(Visit.room))
_ONE = _NAMED.where(Visit.id == bindparam("visit")).execution_options(populate_existing=True)
_OPEN = (
    _NAMED.join(Presence, Presence.visit_id == Visit.id)
    .where(Presence.visitor_id == bindparam("visitor"))
    .execution_options(populate_existing=True)
)
_LATEST_BADGE = select(Badge).where(Badge.visit_id == bindparam("visit")).order_by(Badge.copy.desc()).limit(1)
_visits = Base.metadata.tables[Visit.__tablename__]
_LEAVE = (
    update(_visits)
    .where(_visits.c.id == bindparam("visit"))
    .values(left_at=bindparam("left"), left_how=bindparam("how"))
)
_SINCE = (
    select(Visit.arrived_at)
    .join(Visitor, Visitor.id == Visit.visitor_id)
    .where(Visit.left_at.is_(None), Visit.deleted_at.is_(None))
    .limit(1)
)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What the clerk knows of somebody who comes in.

    `visitor` is a returning one; without it a new visitor is made from `name` and `phone`.
    """

    name: str = ""
    phone: str = ""
    visitor: Visitor | None = None
    host_id: UUID | None = None
    room_id: UUID | None = None
    booking_id: UUID | None = None
    invitation_id: UUID | None = None
    reason: str = Reason.MEETING
    people: int = 1
    needs: tuple[str, ...] = ()
    note: str = ""
    is_discreet: bool = False


def check_in(
    session: Session,
    arrival: Arrival,
    *,
    at: datetime,
    key: str | None = None,
    how: How = How.TAP,
    override: str = "",
    is_namesake: bool = False,
) -> Visit:
    """Open a visit, with a badge, and give it the next number.

    With a reason in `override` the centre may be closed or full; a manager may admit who is on the deny list.
    Refuses what `fields` refuses, `already_inside`, `namesake_inside` (unless `is_namesake`), `refused`, `closed`,
    `capacity_full`, `seats_full` in a work area. The same `key` again returns the visit that it made.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    people = fields.people(arrival.people)
    override = fields.note(override)
    visitor = _visitor(session, arrival)
    if arrival.visitor is not None and arrival.invitation_id is None:
        arrival = replace(arrival, invitation_id=_expected_with(session, visitor, at))
    _refuse_twice(session, visitor, is_new=arrival.visitor is None and not is_namesake)
    _refuse_barred(session, visitor, people, at, override)
    visit = admit(session, visitor, arrival, at=at, how=how, override=override)
    if arrival.reason == Reason.WORK_AREA and arrival.room_id is not None:
        work_areas.seat_visit(session, visit, at=at)
    actions.remember(session, key, visit.id, at)
    return visit


def admit(
    session: Session, visitor: Visitor, arrival: Arrival, *, at: datetime, how: How, override: str = ""
) -> Visit:
    """Open a visit for somebody whom the rules let in: `check_in` and the decision on a scan ask them first."""
    visit = Visit(
        visitor_id=visitor.id,
        number=actions.next_number(session, _LATEST_NUMBER),
        arrived_at=at,
        people=arrival.people,
        host_id=arrival.host_id,
        room_id=arrival.room_id,
        booking_id=arrival.booking_id,
        invitation_id=arrival.invitation_id,
        reason=arrival.reason,
        needs=needs_text(arrival.needs),
        note=fields.note(arrival.note),
        is_discreet=arrival.is_discreet,
        notice_version=centre.the_centre(session).notice_version,
    )
    rows.write(session, visit)
    rows.write(session, Passage(visit_id=visit.id, direction="in", at=at, how=how, by_id=_by(session)))
    rows.write(session, Badge(visit_id=visit.id, code=codes.make(codes.Kind.BADGE), made_at=at))
    audit.record(session, "check_in", visit, at, how=how, **({"override": override} if override else {}))
    return one(session, visit.id)


def check_out(
    session: Session, visit_id: UUID, *, at: datetime, how: How = How.TAP, key: str | None = None
) -> Visit:
    """Close a visit. Refuses `not_inside`. The same `key` again changes nothing."""
    if actions.subject_of(session, key):
        return one(session, visit_id)
    visit = one(session, visit_id)
    if not visit.is_open:
        raise Refusal("not_inside", _("{} has already left.").format(visit.visitor.name))
    actions.remember(session, key, visit.id, at)
    return let_go(session, visit, at=at, how=how)


def let_go(session: Session, visit: Visit, *, at: datetime, how: How) -> Visit:
    """Close an open visit of this transaction."""
    _leave(session, visit, at, how)
    audit.record(session, "check_out", visit, at, how=how)
    return visit


def check_out_all(session: Session, *, at: datetime, how: How = How.ALL) -> list[Visit]:
    """Everyone out: at closing time marked as presumed, never as seen. Unnamed heads go out too."""
    left = list(inside(session))
    for visit in left:
        _leave(session, visit, at, how)
    heads = headcounts.clear_all(session, at=at)
    if left or heads:
        audit.record(session, "check_out_all", None, at, how=how, visits=len(left), heads=heads)
    return left


def presume_left(session: Session, *, at: datetime) -> list[Visit]:
    """Check out, as presumed, whoever is still inside from a day that has closed.

    Each leaves at the closing time of the day of arrival (or on arrival, if that was after it).
    """
    gone = []
    for visit in inside(session):
        closed_at = hours.closing_after(session, visit.arrived_at)
        if closed_at <= at:
            _leave(session, visit, closed_at, How.PRESUMED)
            gone.append(visit)
    heads = headcounts.clear_closed_days(session, at=at)
    if gone or heads:
        audit.record(session, "check_out_all", None, at, how=How.PRESUMED, visits=len(gone), heads=heads)
    return gone


def undo_check_in(session: Session, visit_id: UUID, *, at: datetime) -> Visit:
    """Take a check-in back: the visit is marked away, the passage stays and is answered by another."""
    visit = one(session, visit_id)
    if visit.deleted_at is not None:
        return visit
    visit.deleted_at = at
    _answer(session, visit, "in", at)
    audit.record(session, "undo_check_in", visit, at)
    return visit


def undo_check_out(session: Session, visit_ids: Iterable[UUID], *, at: datetime) -> list[Visit]:
    """Bring visitors back in who were checked out by mistake. Refuses `already_inside`."""
    back = []
    for visit_id in visit_ids:
        visit = one(session, visit_id)
        if visit.left_at is None:
            continue
        visit.left_at = visit.left_how = None
        _answer(session, visit, "out", at)
        audit.record(session, "undo_check_out", visit, at)
        back.append(visit)
    return back


def leave_early(session: Session, visit_id: UUID, people: int, *, at: datetime) -> Visit:
    """Some of those who came together leave before the others; the last one checks the visit out.

    Refuses `not_inside` and `no_people`.
    """
    visit = one(session, visit_id)
    fields.people(people)
    if not visit.is_open or people >= visit.people:
        return check_out(session, visit_id, at=at)
    visit.people -= people
    rows.write(session, Passage(visit_id=visit.id, direction="out", at=at, how=How.TAP, by_id=_by(session)))
    audit.record(session, "leave_early", visit, at, people=people)
    return visit


def reprint(session: Session, visit_id: UUID, *, at: datetime) -> Badge:
    """A new copy of the badge; the former copy is void from now on. Refuses `not_inside`."""
    visit = one(session, visit_id)
    if not visit.is_open:
        raise Refusal("not_inside", _("{} has already left.").format(visit.visitor.name))
    last = badge_of(session, visit_id)
    badge = Badge(
        visit_id=visit_id,
        code=codes.make(codes.Kind.BADGE),
        copy=last.copy + 1 if last else 1,
        made_at=at,
    )
    rows.write(session, badge)
    audit.record(session, "reprint_badge", visit, at, copy=badge.copy)
    return badge


def one(session: Session, visit_id: UUID) -> Visit:
    """A visit with its visitor, host and room. Refuses `no_visit`."""
    session.flush()
    visit = session.scalar(_ONE, {"visit": visit_id})
    if visit is None:
        raise Refusal("no_visit", _("This visit is not on this desk."))
    return visit


def open_visit(session: Session, visitor_id: UUID) -> Visit | None:
    """The visit of somebody who is inside now."""
    session.flush()
    return session.scalar(_OPEN, {"visitor": visitor_id})


def inside(session: Session) -> Sequence[Visit]:
    """Everyone with a name in the building now, latest arrival first."""
    return session.scalars(
        _NAMED.where(Visit.left_at.is_(None), Visit.deleted_at.is_(None)).order_by(
            Visit.arrived_at.desc(), Visit.number.desc()
        )
    ).all()


def of_day(session: Session, start: datetime, end: datetime) -> Sequence[Visit]:
    """Visits that began in [start, end), latest first."""
    return session.scalars(
        _NAMED.where(Visit.arrived_at >= start, Visit.arrived_at < end, Visit.deleted_at.is_(None)).order_by(
            Visit.arrived_at.desc(), Visit.number.desc()
        )
    ).all()


def badge_of(session: Session, visit_id: UUID) -> Badge | None:
    """The copy of the badge that counts."""
    return session.scalar(_LATEST_BADGE, {"visit": visit_id})


def next_badge_number(session: Session) -> int:
    """The number that the next visit will get; for the live picture of the badge."""
    return (session.scalar(select(func.max(Visit.number))) or 0) + 1


def needs_text(needs: Iterable[str]) -> str:
    """Needs as the tables keep them: `companion,wheelchair`."""
    return ",".join(sorted(Need(need) for need in needs))


def needs_of(text: str) -> tuple[str, ...]:
    """The reverse of `needs_text`."""
    return tuple(need for need in text.split(",") if need)


def _visitor(session: Session, arrival: Arrival) -> Visitor:
    phone = fields.phone(arrival.phone)
    needs = needs_text(arrival.needs)
    # the row, not the snapshot: another screen may have corrected the name meanwhile
    visitor = session.get_one(Visitor, arrival.visitor.id) if arrival.visitor else None
    if visitor is None or is_forgotten(visitor):  # forgotten while the clerk filled in the form
        name = arrival.visitor.name if arrival.visitor else arrival.name
        visitor = Visitor(name=fields.name(name), phone=phone, needs=needs)
        session.add(visitor)
        return visitor
    visitor.phone = phone or visitor.phone
    visitor.needs = needs
    return visitor


def _expected_with(session: Session, visitor: Visitor, at: datetime) -> UUID | None:
    """The unused invitation of a visitor who gave a name instead of showing the pass."""
    used = select(Visit.invitation_id).where(Visit.visitor_id == visitor.id, Visit.invitation_id.is_not(None))
    return session.scalar(
        select(Invitation.id)
        .where(
            Invitation.visitor_id == visitor.id,
            Invitation.valid_from <= at,
            Invitation.valid_until > at,
            Invitation.cancelled_at.is_(None),
            Invitation.deleted_at.is_(None),
            Invitation.id.not_in(used.where(Visit.deleted_at.is_(None))),
        )
        .order_by(Invitation.expected_at)
        .limit(1)
    )


def _refuse_twice(session: Session, visitor: Visitor, *, is_new: bool) -> None:
    session.flush()
    if since := session.scalar(_SINCE.where(Visit.visitor_id == visitor.id)):
        raise Refusal(
            "already_inside", _("{} is already inside since {}.").format(visitor.name, clock(since))
        )
    if is_new and (since := session.scalar(_SINCE.where(Visitor.folded == fold(visitor.name)))):
        raise Refusal(
            "namesake_inside", _("Somebody named {} is inside since {}.").format(visitor.name, clock(since))
        )


def bars(session: Session, visitor: Visitor, people: int, at: datetime) -> Facts:
    """The facts about deny list, hours and capacity that a walk-in and a scan share."""
    listed = denylist.match(session, name=visitor.name, phone=visitor.phone, email=visitor.email, at=at)
    return Facts(
        at=at,
        is_denied=listed is not None and listed.is_exact,
        is_open=hours.today(session, at).is_open(at),
        people=people,
        room_left=centre.the_centre(session).capacity - occupancy.now(session).total,
    )


def _refuse_barred(session: Session, visitor: Visitor, people: int, at: datetime, override: str) -> None:
    result = entry_bar(bars(session, visitor, people, at))
    if result is None or (override and may_override(session, result)):
        return
    raise Refusal(result.value, bar_sentence(session, result, at))


def may_override(session: Session, result: Result) -> bool:
    """Whether whoever acts may let somebody in against this answer; the deny list is for managers."""
    return result.can_be_overridden or (result is Result.REFUSED and staff.acts_as_manager(session))


def bar_sentence(session: Session, result: Result, at: datetime) -> str:
    """Why nobody, or not this visitor, comes in now, and what to do."""
    if result is Result.REFUSED:
        return _("This visitor cannot be admitted. Please call a manager.")
    if result is Result.CAPACITY_FULL:
        total = occupancy.now(session).total
        most = centre.the_centre(session).capacity
        return _("The building is full: {} of {} are inside. Wait until somebody leaves.").format(total, most)
    opening = hours.next_opening(session, at)
    if opening is None:
        return _("The centre is closed.")
    return _("The centre is closed. It opens on {} at {}.").format(day(local(opening).date()), clock(opening))


def _leave(session: Session, visit: Visit, at: datetime, how: How) -> None:
    # a clock that was set back must not make a visit end before it began
    left_at = max(at, visit.arrived_at)
    session.connection().execute(_LEAVE, {"visit": visit.id, "left": left_at, "how": how})
    note_change(session, Visit)
    set_committed_value(visit, "left_at", left_at)
    set_committed_value(visit, "left_how", how)
    rows.write(session, Passage(visit_id=visit.id, direction="out", at=at, how=how, by_id=_by(session)))


def _answer(session: Session, visit: Visit, direction: str, at: datetime) -> None:
    last = session.scalar(
        select(Passage)
        .where(Passage.visit_id == visit.id, Passage.direction == direction, Passage.undone_id.is_(None))
        .order_by(Passage.at.desc())
        .limit(1)
    )
    back = {"in": "out", "out": "in"}[direction]
    passage = Passage(
        visit_id=visit.id,
        direction=back,
        at=at,
        how=How.UNDO,
        by_id=_by(session),
        undone_id=last.id if last else None,
    )
    rows.write(session, passage)


def _by(session: Session) -> UUID | None:
    by: UUID | None = session.info.get("by")
    return by


def age(visit: Visit, at: datetime) -> timedelta:
    """How long somebody has been inside."""
    return (visit.left_at or at) - visit.arrived_at


def again(visit: Visit) -> Arrival:
    """The same person with the same purpose once more, as when coming back from lunch."""
    return Arrival(
        visitor=visit.visitor,
        host_id=visit.host_id,
        room_id=visit.room_id,
        booking_id=visit.booking_id,
        reason=visit.reason,
        people=visit.people,
        needs=needs_of(visit.needs),
        is_discreet=visit.is_discreet,
    )
