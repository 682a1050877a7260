"""The print queue as a person looks at it: what waits and since when, for whom, and once more what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, print_jobs, visits
from civicdesk.desk.retention import NO_NAME
from civicdesk.errors import Refusal
from civicdesk.models import (
    Badge,
    Invitation,
    JobState,
    PaperKind,
    PrintJob,
    Visit,
    Visitor,
    new_id,
)
from civicdesk.text import _, local

SHOWN = 1_000
LATE = 30
_OPEN = (JobState.WAITING, JobState.SENDING, JobState.UNSURE)
_AT_ONCE = 500
"""SQLite takes so many values at once and no more."""


@dataclass(frozen=True)
class Pile:
    """Jobs that stand alike: how many, and since when. `printer` is empty while the settings say which one."""

    printer: str
    kind: str
    state: str
    trouble: str
    count: int
    since: datetime


@dataclass(frozen=True)
class Look:
    """The queue at one moment; `names` says whose a badge or a pass is, while the name is not deleted."""

    jobs: Sequence[PrintJob]
    ended: Sequence[PrintJob]
    names: dict[UUID, str]
    more: int


def piles(session: Session) -> list[Pile]:
    """What has not come out yet, counted."""
    has_it = case((PrintJob.state == JobState.WAITING, PrintJob.printer), else_=PrintJob.sent_to)
    alike = (has_it, PrintJob.kind, PrintJob.state, PrintJob.trouble)
    counted = select(*alike, func.count(), func.min(PrintJob.asked_at))
    rows = session.execute(counted.where(PrintJob.state.in_(_OPEN)).group_by(*alike))
    return [Pile(*row) for row in rows]


def look(session: Session) -> Look:
    """Read the screen of the print queue."""
    jobs = print_jobs.open_jobs(session, SHOWN)
    ended = print_jobs.ended_jobs(session, LATE)
    whole = sum(print_jobs.count_open(session).values())
    return Look(jobs, ended, _names(session, (*jobs, *ended)), whole - len(jobs))


def waiting_of(session: Session, printer: str, kinds: Iterable[str]) -> list[UUID]:
    """The jobs that wait for a printer; `kinds` are those that go to it when nobody said otherwise."""
    ours = (PrintJob.printer == "") & PrintJob.kind.in_(list(kinds))
    if printer:
        ours |= PrintJob.printer == printer
    found = select(PrintJob.id).where(PrintJob.state == JobState.WAITING, ours).order_by(PrintJob.asked_at)
    return list(session.scalars(found))


def waiting(session: Session) -> list[UUID]:
    """Every job that waits."""
    return list(session.scalars(select(PrintJob.id).where(PrintJob.state == JobState.WAITING)))


def once_more(session: Session, job_id: UUID, *, at: datetime) -> UUID:
    """Print again what came out: a badge as a new copy that makes the old one void, all else as it stands now.

    What was cancelled goes back into the queue as it was. Refuses `gone`, and what a reprint refuses.
    """
    job = print_jobs.one(session, job_id)
    if job is None:
        raise _gone()
    if job.state == JobState.CANCELLED and not job.trouble:
        print_jobs.bring_back(session, [job.id], at=at)
        return job.id
    if job.kind == PaperKind.BADGE:
        return _new_copy(session, job, at)
    kind = PaperKind(job.kind)
    return print_jobs.ask(
        session,
        kind,
        new_id().hex,
        at=at,
        subject_id=job.subject_id,
        label=job.label,
        printer=job.printer,
    )


def ask_badges(session: Session, visit_ids: Iterable[UUID], *, at: datetime) -> list[UUID]:
    """Ask for the badges of visits; those that came out already are not printed again.

    Returns the jobs that are still to come out.
    """
    asked = print_jobs.ask_badges(session, visit_ids, at=at)
    found: list[UUID] = []
    for start in range(0, len(asked), _AT_ONCE):
        part = PrintJob.id.in_(asked[start : start + _AT_ONCE])
        found += session.scalars(select(PrintJob.id).where(part, PrintJob.state.in_(_OPEN)))
    return found


def ask_list(session: Session, kind: PaperKind, *, at: datetime, is_locked: bool) -> UUID:
    """Ask for the evacuation list or the day list as it stands when it is printed; twice within a minute is once.

    Whoever asks at a locked desk has no name, so that the list was asked for then is written down.
    """
    on = local(at).date()
    if kind is PaperKind.DAY_LIST:
        job = print_jobs.ask_day_list(session, on, at=at)
    else:
        job = print_jobs.ask(session, kind, print_jobs.day_key(on, at), at=at)
    if is_locked:
        audit.record(session, "print_while_locked", None, at, kind=kind)
    return job


def ask_passes(session: Session, invitation_ids: Iterable[UUID], key: str, *, at: datetime) -> list[UUID]:
    """Ask for the passes of expected visitors; the same `key` asks once."""
    return [
        print_jobs.ask(session, PaperKind.PASS, f"{each.hex}:{key}", at=at, subject_id=each)
        for each in dict.fromkeys(invitation_ids)
    ]


def ask_setup_list(session: Session, on: date, *, at: datetime) -> UUID:
    """Ask for the caretaker's list of a day; twice within a minute is once."""
    return print_jobs.ask(
        session, PaperKind.SETUP_LIST, print_jobs.day_key(on, at), at=at, label=on.isoformat()
    )


def ask_occupancy(session: Session, on: date, *, at: datetime) -> UUID:
    """Ask for the occupancy sheet of a day; twice within a minute is once."""
    return print_jobs.ask(
        session, PaperKind.OCCUPANCY, print_jobs.day_key(on, at), at=at, label=on.isoformat()
    )


def ask_report(
    session: Session, name: str, period: str, organisation_id: UUID | None, *, at: datetime
) -> UUID:
    """Ask for a report of a period (`no_shows`, `2026-11`); twice within a minute is once."""
    whose, label = organisation_id.hex if organisation_id else "", f"{name} {period}"
    key = f"{label}:{whose}:{at:%Y%m%d%H%M}"
    return print_jobs.ask(session, PaperKind.REPORT, key, at=at, subject_id=organisation_id, label=label)


def ask_sign(session: Session, booking_id: UUID, size: str, *, at: datetime) -> UUID:
    """Ask for the sign at the door of a booking, `a4` or `a5`; twice within a minute is once."""
    key = f"{booking_id.hex}:{size}:{at:%Y%m%d%H%M}"
    return print_jobs.ask(session, PaperKind.DOOR_SIGN, key, at=at, subject_id=booking_id, label=size)


def ask_receipt(session: Session, hand_over_id: UUID, *, at: datetime) -> UUID:
    """Ask for the receipt of a hand-over; twice within a minute is once."""
    key = f"{hand_over_id.hex}:{at:%Y%m%d%H%M}"
    return print_jobs.ask(session, PaperKind.RECEIPT, key, at=at, subject_id=hand_over_id)


def ask_register(session: Session, days: str, organisation_id: UUID | None, *, at: datetime) -> UUID:
    """Ask for the register of some days (`2026-11-01:2026-11-24`); twice within a minute is once."""
    whose = organisation_id.hex if organisation_id else ""
    key = f"{days}:{whose}:{at:%Y%m%d%H%M}"
    return print_jobs.ask(
        session, PaperKind.MAIL_REGISTER, key, at=at, subject_id=organisation_id, label=days
    )


def _new_copy(session: Session, job: PrintJob, at: datetime) -> UUID:
    badge = session.get(Badge, job.subject_id)
    if badge is None:
        raise _gone()
    visits.reprint(session, badge.visit_id, at=at)
    session.flush()
    [made] = print_jobs.ask_badges(session, [badge.visit_id], at=at, printer=job.printer)
    return made


def _names(session: Session, jobs: Iterable[PrintJob]) -> dict[UUID, str]:
    badges = {job.subject_id for job in jobs if job.kind == PaperKind.BADGE and job.subject_id}
    passes = {job.subject_id for job in jobs if job.kind == PaperKind.PASS and job.subject_id}
    of_badge = select(Badge.id, Visitor.name).join(Visit, Badge.visit_id == Visit.id)
    of_badge = of_badge.join(Visitor, Visit.visitor_id == Visitor.id)
    of_pass = select(Invitation.id, Visitor.name).join(Visitor, Invitation.visitor_id == Visitor.id)
    names: dict[UUID, str] = {}
    for query, column, wanted in ((of_badge, Badge.id, badges), (of_pass, Invitation.id, passes)):
        ids = list(wanted)
        for start in range(0, len(ids), _AT_ONCE):
            rows = session.execute(query.where(column.in_(ids[start : start + _AT_ONCE])))
            names.update((held, name) for held, name in rows if name not in ("", NO_NAME))
    return names


def _gone() -> Refusal:
    return Refusal("gone", _("This is no longer on this desk; there is nothing to print."))
