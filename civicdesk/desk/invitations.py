"""Expected visitors: entered by staff, shown until they come, scanned in by their pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk import codes
from civicdesk.desk import actions, audit, fields, hours, visits
from civicdesk.desk.retention import is_forgotten
from civicdesk.errors import Refusal
from civicdesk.models import Invitation, Visit, Visitor
from civicdesk.text import _, fold, local

EARLY = timedelta(hours=1)
MOST_ENTRIES = 100
MOST_AT_ONCE = 500
_LONGEST = timedelta(days=366)

# built once: writing a statement takes longer than SQLite takes to answer it
_NAMED = (
    select(Invitation)
    .where(Invitation.deleted_at.is_(None))
    .options(joinedload(Invitation.visitor), joinedload(Invitation.host), joinedload(Invitation.room))
)
_LIVE = _NAMED.where(Invitation.cancelled_at.is_(None))
_ONE = _NAMED.where(Invitation.id == bindparam("invitation")).execution_options(populate_existing=True)
_BY_CODE = _NAMED.where(Invitation.code == bindparam("code")).limit(1)
_USED = (
    select(func.count())
    .select_from(Visit)
    .where(Visit.invitation_id == bindparam("invitation"), Visit.deleted_at.is_(None))
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom staff expect, when and where. `until` is for passes that stay valid for more than a day."""

    name: str
    expected_at: datetime
    phone: str = ""
    visitor: Visitor | None = None
    until: datetime | None = None
    entries: int = 1
    people: int = 1
    host_id: UUID | None = None
    room_id: UUID | None = None
    booking_id: UUID | None = None
    reason: str = "meeting"
    needs: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Weeks:
    """The days of a weekly invitation: when somebody comes, and which days are left out."""

    open: tuple[datetime, ...]
    closed: tuple[hours.Day, ...]


@dataclass(frozen=True)
class NameLine:
    """A line of a pasted list; `trouble` says what may not be saved."""

    number: int
    name: str
    phone: str
    trouble: str = ""


def invite(session: Session, wanted: Wanted, *, at: datetime, key: str | None = None) -> Invitation:
    """Expect somebody: a pass valid from an hour before until the end of the day (or `until`).

    Refuses what `fields` refuses, `in_the_past`, `long_window`, `bad_entries`. The same `key` returns what it made.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    until = wanted.until or hours.midnight_after(wanted.expected_at)
    _check_window(wanted, until, at)
    visitor = _visitor(session, wanted)
    invitation = Invitation(
        visitor_id=visitor.id,
        expected_at=wanted.expected_at,
        valid_from=wanted.expected_at - EARLY,
        valid_until=until,
        code=codes.make(codes.Kind.PASS),
        entries=wanted.entries,
        people=fields.people(wanted.people),
        host_id=wanted.host_id,
        room_id=wanted.room_id,
        booking_id=wanted.booking_id,
        reason=wanted.reason,
        needs=visits.needs_text(wanted.needs),
        note=fields.note(wanted.note),
    )
    session.add(invitation)
    actions.remember(session, key, invitation.id, at)
    audit.record(session, "invite", invitation, at)
    return one(session, invitation.id)


def invite_many(
    session: Session, names: str, wanted: Wanted, *, at: datetime, key: str | None = None
) -> list[Invitation]:
    """Expect everyone on a pasted list, one name a line (a phone may follow after a tab, comma or semicolon).

    All or nobody: the refusal says which line. Refuses `no_name`, `too_many` and what `invite` refuses.
    """
    lines = _written(names)
    if not lines:
        raise Refusal("no_name", _("Write or paste one name a line."))
    if len(lines) > MOST_AT_ONCE:
        raise Refusal("too_many", _("At most {} names at once.").format(MOST_AT_ONCE))
    return [_invite_line(session, number, line, wanted, at=at, key=key) for number, line in lines]


def invite_weekly(
    session: Session, wanted: Wanted, until: date, *, at: datetime, key: str | None = None
) -> list[Invitation]:
    """Expect somebody once a week up to a last day; a day on which the centre is closed is left out.

    Refuses `long_window`, `closed` when no day is left, and what `invite` refuses.
    """
    made: list[Invitation] = []
    for number, on in enumerate(weekly(session, wanted.expected_at, until).open, start=1):
        each = replace(wanted, expected_at=on, until=None, entries=1)
        if made:
            each = replace(each, visitor=made[0].visitor)
        made.append(invite(session, each, at=at, key=key and f"{key}/{number}"))
    if not made:
        raise Refusal("closed", _("The centre is closed on all of these days. Choose other ones."))
    return made


def weekly(session: Session, first: datetime, until: date) -> Weeks:
    """The days of an invitation that is repeated every week. Refuses `long_window`."""
    start = local(first)
    weeks = (until - start.date()).days // 7 + 1
    if weeks < 1 or timedelta(weeks=weeks - 1) > _LONGEST:
        raise Refusal("long_window", _("The last day comes after the first, and within a year."))
    days = [start + timedelta(weeks=week) for week in range(weeks)]
    found = [(on, hours.day(session, on.date())) for on in days]
    return Weeks(
        open=tuple(on for on, day in found if day.spans),
        closed=tuple(day for _on, day in found if not day.spans),
    )


def read_names(names: str) -> list[NameLine]:
    """What stands on a pasted list, line by line, and what is wrong with it. Nothing is saved."""
    return [_read_line(number, line) for number, line in _written(names)]


def twice(lines: Sequence[NameLine]) -> list[str]:
    """The names that stand on a list more than once, however they are written."""
    times = Counter(fold(line.name) for line in lines if not line.trouble)
    first = {fold(line.name): line.name for line in reversed(lines)}
    return [first[name] for name, count in times.items() if count > 1]


def cancel(session: Session, invitation_id: UUID, *, at: datetime) -> Invitation:
    """Nobody is expected any more; the pass is answered as cancelled."""
    invitation = one(session, invitation_id)
    invitation.cancelled_at = at
    audit.record(session, "cancel_invitation", invitation, at)
    return invitation


def restore(session: Session, invitation_id: UUID, *, at: datetime) -> Invitation:
    """Undo of `cancel`."""
    invitation = one(session, invitation_id)
    invitation.cancelled_at = None
    audit.record(session, "restore_invitation", invitation, at)
    return invitation


def admit(
    session: Session, invitation_id: UUID, *, at: datetime, key: str | None = None, override: str = ""
) -> Visit:
    """Check in an expected visitor by tap. Refuses `cancelled`, `used_up` and what a check-in refuses."""
    if done := actions.subject_of(session, key):
        return visits.one(session, done)
    invitation = one(session, invitation_id)
    if invitation.cancelled_at is not None:
        raise Refusal("cancelled", _("This invitation was cancelled."))
    if entries_used(session, invitation_id) >= invitation.entries:
        raise Refusal(
            "used_up", _("{} has already come with this invitation.").format(invitation.visitor.name)
        )
    return visits.check_in(session, arrival(invitation), at=at, key=key, override=override)


def arrival(invitation: Invitation) -> visits.Arrival:
    """What a check-in knows of somebody who was expected."""
    return visits.Arrival(
        visitor=invitation.visitor,
        host_id=invitation.host_id,
        room_id=invitation.room_id,
        booking_id=invitation.booking_id,
        invitation_id=invitation.id,
        reason=invitation.reason,
        people=invitation.people,
        needs=visits.needs_of(invitation.needs),
        note=invitation.note,
    )


def expected(session: Session, at: datetime) -> Sequence[Invitation]:
    """Who is still to come today, earliest first; the late ones stand at the top by themselves."""
    midnight = hours.midnight_after(at)
    came = select(Visit.invitation_id).where(Visit.invitation_id.is_not(None), Visit.deleted_at.is_(None))
    return session.scalars(
        _LIVE.where(Invitation.expected_at >= midnight - timedelta(days=1), Invitation.expected_at < midnight)
        .where(Invitation.id.not_in(came.where(Visit.arrived_at >= midnight - timedelta(days=2))))
        .order_by(Invitation.expected_at, Invitation.id)
    ).all()


def upcoming(session: Session, at: datetime, limit: int = 200) -> Sequence[Invitation]:
    """Who is expected after today."""
    midnight = hours.midnight_after(at)
    return session.scalars(
        _LIVE.where(Invitation.expected_at >= midnight).order_by(Invitation.expected_at).limit(limit)
    ).all()


def count_upcoming(session: Session, at: datetime) -> int:
    """How many are expected after today, also those `upcoming` leaves out."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Invitation)
            .where(
                Invitation.expected_at >= hours.midnight_after(at),
                Invitation.deleted_at.is_(None),
                Invitation.cancelled_at.is_(None),
            )
        )
        or 0
    )


def entries_used(session: Session, invitation_id: UUID) -> int:
    """How often somebody came in with a pass."""
    return session.scalar(_USED, {"invitation": invitation_id}) or 0


def one(session: Session, invitation_id: UUID) -> Invitation:
    """An invitation with its visitor, host and room. Refuses `no_invitation`."""
    session.flush()
    found = session.scalar(_ONE, {"invitation": invitation_id})
    if found is None:
        raise Refusal("no_invitation", _("This invitation is not on this desk."))
    return found


def by_code(session: Session, code: str) -> Invitation | None:
    """The invitation behind a pass."""
    return session.scalar(_BY_CODE, {"code": code})


def _check_window(wanted: Wanted, until: datetime, at: datetime) -> None:
    if local(wanted.expected_at).date() < local(at).date():
        raise Refusal("in_the_past", _("This day has passed. Choose today or later."))
    if until <= wanted.expected_at or until - wanted.expected_at > _LONGEST:
        raise Refusal("long_window", _("A pass ends after it begins, and within a year."))
    if not 1 <= wanted.entries <= MOST_ENTRIES:
        raise Refusal("bad_entries", _("A pass is good for 1 to {} entries.").format(MOST_ENTRIES))


def _visitor(session: Session, wanted: Wanted) -> Visitor:
    phone = fields.phone(wanted.phone)
    if wanted.visitor is not None:
        known = session.get_one(Visitor, wanted.visitor.id)
        if not is_forgotten(known):
            return known
    name = wanted.visitor.name if wanted.visitor else wanted.name
    visitor = Visitor(name=fields.name(name), phone=phone, needs=visits.needs_text(wanted.needs))
    session.add(visitor)
    return visitor


def _invite_line(
    session: Session, number: int, line: str, wanted: Wanted, *, at: datetime, key: str | None
) -> Invitation:
    name, phone = _split(line)
    try:
        return invite(
            session,
            replace(wanted, name=name, phone=phone, visitor=None),
            at=at,
            key=key and f"{key}/{number}",
        )
    except Refusal as refusal:
        raise Refusal(refusal.reason, _("Line {}: {}").format(number, refusal)) from refusal


def _written(names: str) -> list[tuple[int, str]]:
    """The lines with something on them, by the numbers they have where they were pasted."""
    return [(number, line) for number, line in enumerate(names.splitlines(), start=1) if line.strip()]


def _read_line(number: int, line: str) -> NameLine:
    name, phone = _split(line)
    try:
        return NameLine(number, fields.name(name), fields.phone(phone))
    except Refusal as refusal:
        return NameLine(number, name.strip(), phone.strip(), str(refusal))


def _split(line: str) -> tuple[str, str]:
    """The name and the phone number after the first comma, tab or semicolon."""
    name, _mark, phone = line.replace(";", "\t").replace(",", "\t").partition("\t")
    return name, phone
