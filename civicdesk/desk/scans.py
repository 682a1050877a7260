"""What happens when a code is read: look up the facts, decide, act, and keep the scan, refused or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, exists, literal, select
from sqlalchemy import text as sql
from sqlalchemy.orm import Session, joinedload

from civicdesk import codes
from civicdesk.codes import Fault, Kind
from civicdesk.desk import fields, invitations, visits
from civicdesk.desk.decisions import REPEAT_WITHIN, Facts, Result, Wish, decide
from civicdesk.desk.rows import write
from civicdesk.models import Badge, How, Invitation, Passage, Scan, Visit, Visitor
from civicdesk.text import _, clock, day, local

_RAW_KEPT = 200
_GOOD = tuple(result.value for result in Result if result.is_good)

# Built once, and facts asked for by their tables: a statement takes longer to write than SQLite takes to answer.
_badge_table, _scan_table = Badge.__table__.c, Scan.__table__.c
_copies = Badge.__table__.alias("copies").c
_BADGE = select(
    _badge_table.visit_id,
    exists().where(_copies.visit_id == _badge_table.visit_id, _copies.copy > _badge_table.copy),
).where(_badge_table.code == bindparam("code"))
_LAST_GOOD = (
    select(_scan_table.at, _scan_table.visit_id)
    .where(
        _scan_table.code == bindparam("code"),
        _scan_table.at > bindparam("after"),
        _scan_table.at <= bindparam("until"),
        _scan_table.result.in_(map(literal, _GOOD)),
    )
    .order_by(_scan_table.at.desc())
    .limit(1)
)
# rowid, not id: ids made while the clock stood ahead would sort last until that time comes
_LATEST_FACT = select(Passage.__table__.c.at).order_by(sql("passage.rowid DESC")).limit(1)


@dataclass(frozen=True)
class Answer:
    """What the desk says to a scan: the result, in words, and whom it is about."""

    result: Result
    sentence: str
    at: datetime
    text: str = ""
    visit: Visit | None = None
    visitor: Visitor | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True)
class _Found:
    """What a code stands for on this desk."""

    visit: Visit | None = None
    invitation: Invitation | None = None
    is_superseded: bool = False

    @property
    def visitor(self) -> Visitor | None:
        held = self.visit or self.invitation
        return held.visitor if held else None


def scan(
    session: Session,
    text: str,
    *,
    at: datetime,
    raw: str = "",
    device: str = "keyboard",
    wish: Wish = Wish.EITHER,
    override: str = "",
) -> Answer:
    """Answer what a reader sent, and do what the answer says.

    With a reason in `override` the visitor comes in although the centre is closed or full, the pass early, late or
    used up, or the clock suspect. Every answer is a result with a sentence; only the reason may be refused, as
    `fields.note` does.
    """
    override = fields.note(override)
    parsed = codes.parse(text)
    found = _found(session, parsed)
    facts = _facts(session, parsed, found, at=at, wish=wish)
    if override:
        facts = replace(facts, overridden=frozenset(r for r in Result if visits.may_override(session, r)))
    result = decide(facts)
    visit = _act(session, result, found, at=at, override=override)
    kept = Scan(
        at=at,
        device=device,
        raw=_storable(raw or text),
        code=_storable(text) if isinstance(parsed, Fault) else parsed.text,
        result=result,
        visit_id=visit.id if visit else None,
        invitation_id=found.invitation.id if found.invitation else None,
        by_id=session.info.get("by"),
    )
    write(session, kept)
    sentence = _sentence(session, result, visit, found, facts)
    return Answer(
        result, sentence, at, text, visit, visit.visitor if visit else found.visitor, found.invitation
    )


def lately(session: Session, limit: int = 50) -> list[tuple[Scan, Visit | None, Invitation | None]]:
    """The latest scans with the visits they were about; a pass that was refused has only its invitation."""
    rows = session.execute(
        select(Scan, Visit, Invitation)
        .outerjoin(Visit, Visit.id == Scan.visit_id)
        .outerjoin(Invitation, Invitation.id == Scan.invitation_id)
        .options(joinedload(Visit.visitor), joinedload(Visit.host), joinedload(Visit.room))
        .options(joinedload(Invitation.visitor), joinedload(Invitation.host), joinedload(Invitation.room))
        .order_by(Scan.at.desc())
        .limit(limit)
    )
    return [(scan, visit, invitation) for scan, visit, invitation in rows]


def _found(session: Session, parsed: codes.Code | Fault) -> _Found:
    if isinstance(parsed, Fault):
        return _Found()
    if parsed.kind is Kind.BADGE:
        return _badge(session, parsed.text)
    if parsed.kind is Kind.PASS:
        return _pass(session, parsed.text)
    return _Found()


def _badge(session: Session, code: str) -> _Found:
    badge = session.connection().execute(_BADGE, {"code": code}).first()
    if badge is None:
        return _Found()
    visit_id, is_superseded = badge
    visit = visits.one(session, visit_id)
    now = None if visit.is_open else visits.open_visit(session, visit.visitor_id)
    if now is None:
        return _Found(visit=visit, is_superseded=is_superseded)
    # back from lunch with the morning's badge: it is still this person's; one of another day is not
    is_of_the_day = local(visit.arrived_at).date() == local(now.arrived_at).date()
    return _Found(visit=now, is_superseded=is_superseded or not is_of_the_day)


def _pass(session: Session, code: str) -> _Found:
    invitation = invitations.by_code(session, code)
    if invitation is None:
        return _Found()
    return _Found(visit=visits.open_visit(session, invitation.visitor_id), invitation=invitation)


def _facts(session: Session, parsed: codes.Code | Fault, found: _Found, *, at: datetime, wish: Wish) -> Facts:
    if isinstance(parsed, Fault):
        return Facts(at=at, wish=wish, fault=parsed)
    visit, invitation, visitor = found.visit, found.invitation, found.visitor
    known = Facts(
        at=at,
        wish=wish,
        kind=parsed.kind,
        is_known=visitor is not None,
        last_good_scan_at=_last_good_scan(session, parsed.text, at),
        latest_fact_at=_latest_fact(session),
        is_superseded=found.is_superseded,
        is_inside=visit is not None and visit.is_open,
        left_today=_left_today(visit, at),
    )
    if visitor is None or known.is_inside:
        return known
    people = invitation.people if invitation else visit.people if visit else 1
    bars = visits.bars(session, visitor, people, at)
    entering = replace(
        known, is_denied=bars.is_denied, is_open=bars.is_open, people=bars.people, room_left=bars.room_left
    )
    return _with_pass(session, entering, invitation) if invitation else entering


def _with_pass(session: Session, facts: Facts, invitation: Invitation) -> Facts:
    used = invitations.entries_used(session, invitation.id)
    return replace(
        facts,
        valid_from=invitation.valid_from,
        valid_until=invitation.valid_until,
        is_cancelled=invitation.cancelled_at is not None,
        entries_left=invitation.entries - used,
        entered_before=used > 0,
    )


def _last_good_scan(session: Session, code: str, at: datetime) -> datetime | None:
    """When this code was answered well, a moment ago; what was undone since is no answer any more."""
    last = (
        session.connection()
        .execute(_LAST_GOOD, {"code": code, "after": at - REPEAT_WITHIN, "until": at})
        .first()
    )
    return last.at if last and not _was_undone_since(session, last.visit_id, last.at) else None


def _was_undone_since(session: Session, visit_id: UUID | None, at: datetime) -> bool:
    undone = select(Passage.id).where(Passage.visit_id == visit_id, Passage.how == How.UNDO, Passage.at >= at)
    return session.scalar(undone.limit(1)) is not None


def _latest_fact(session: Session) -> datetime | None:
    """When something last happened here, in the order of writing: what the clock is judged by."""
    latest: datetime | None = session.connection().scalar(_LATEST_FACT)
    return latest


def _left_today(visit: Visit | None, at: datetime) -> bool:
    return (
        visit is not None
        and visit.deleted_at is None
        and visit.left_at is not None
        and local(visit.left_at).date() == local(at).date()
    )


def _act(session: Session, result: Result, found: _Found, *, at: datetime, override: str) -> Visit | None:
    if result is Result.CHECKED_OUT and found.visit:
        return visits.let_go(session, found.visit, at=at, how=How.SCAN)
    if result not in (Result.ADMITTED, Result.WELCOME_BACK):
        return found.visit
    if found.invitation:
        arrival = invitations.arrival(found.invitation)
    elif found.visit:
        arrival = visits.again(found.visit)
    else:
        return None
    assert arrival.visitor
    return visits.admit(session, arrival.visitor, arrival, at=at, how=How.SCAN, override=override)


def _storable(text: str) -> str:
    """What a reader sent, as far as a table takes it: a broken reader can send half a character."""
    return text[:_RAW_KEPT].encode(errors="replace").decode()


def _sentence(session: Session, result: Result, visit: Visit | None, found: _Found, facts: Facts) -> str:
    if result in (Result.REFUSED, Result.CAPACITY_FULL, Result.CLOSED):
        return visits.bar_sentence(session, result, facts.at)
    name = found.visitor.name if found.visitor else ""
    about: dict[Result, Callable[[], str]] = {
        Result.ADMITTED: lambda: _("Welcome, {}").format(name),
        Result.WELCOME_BACK: lambda: _("Welcome back, {}").format(name),
        Result.REPEAT: lambda: _("Already read a moment ago: {}").format(name),
        Result.ALREADY_INSIDE: lambda: _("{} is already inside since {}.").format(name, _since(visit)),
        Result.CHECKED_OUT: lambda: _("Goodbye, {}").format(name),
        Result.NOT_INSIDE: lambda: _not_inside(visit, name),
        Result.TOO_EARLY: lambda: _("This pass is valid from {}.").format(_when(facts.valid_from)),
        Result.TOO_LATE: lambda: _("This pass was valid until {}.").format(_when(facts.valid_until)),
        Result.CANCELLED: lambda: _("The invitation of {} was cancelled. Ask the host.").format(name),
        Result.USED_UP: lambda: _("{} has already come with this invitation.").format(name),
    }
    return about[result]() if result in about else _plain_sentence(result)


def _plain_sentence(result: Result) -> str:
    plain: dict[Result, Callable[[], str]] = {
        Result.SUPERSEDED: lambda: _(
            "A newer copy of this badge was printed. Take this one back; use the newer."
        ),
        Result.UNKNOWN: lambda: _("This code is one of ours, but not of this centre. Check in by name."),
        Result.UNKNOWN_STALE: lambda: _(
            "Not known here, and this desk has not synced lately. Check in by name."
        ),
        Result.DAMAGED: lambda: _("The code is damaged. Scan again, or check in by name."),
        Result.FOREIGN: lambda: _("This is not a CivicDesk code. Scan the badge or the pass."),
        Result.CLOCK_SUSPECT: lambda: _("This computer's clock seems wrong. Set it, or go on with a reason."),
    }
    return plain[result]()


def _not_inside(visit: Visit | None, name: str) -> str:
    if visit is None or visit.left_at is None:
        return _("{} is not inside.").format(name)
    return _("{} left on {}. Check in again by name.").format(name, _when(visit.left_at))


def _since(visit: Visit | None) -> str:
    return clock(visit.arrived_at) if visit else ""


def _when(at: datetime | None) -> str:
    return f"{day(local(at).date(), 'd MMMM')} {clock(at)}" if at else ""
