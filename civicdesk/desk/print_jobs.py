"""The print queue: what was asked for, what waits and why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, delete, func, or_, select, update
from sqlalchemy import text as sql
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import audit
from civicdesk.errors import Refusal
from civicdesk.models import (
    Badge,
    Invitation,
    JobState,
    PaperKind,
    PrintJob,
    Trouble,
    Visit,
    new_id,
)
from civicdesk.text import _

KEPT = timedelta(days=7)
"""How long the queue remembers what came out."""

_OPEN = (JobState.WAITING, JobState.SENDING, JobState.UNSURE)
_OUT = (JobState.PRINTED, JobState.SENT)
_BACK_OFF = (2, 4, 8, 15, 30)
"""Seconds until a job that failed is tried again, by how often it was tried."""

_LONGEST_WAIT = timedelta(seconds=_BACK_OFF[-1])

T = TypeVar("T")


@dataclass(frozen=True)
class Claim:
    """What a printer may take: the jobs given to it, and these kinds of what was given to none of the `others`.

    A job that was given to a printer this desk no longer has goes where its kind goes.
    """

    printer: str
    kinds: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def ask_badges(session: Session, visit_ids: Iterable[UUID], *, at: datetime, printer: str = "") -> list[UUID]:
    """Ask for the badges of visits, the copies that count; one job a badge, however often asked.

    Returns the ids of the jobs, in the order of the visits. A badge that came out already is not printed again: a
    reprint is a new copy. One that was cancelled is wanted again.
    """
    wanted = list(dict.fromkeys(visit_ids))
    newest: dict[UUID, tuple[UUID, int]] = {}
    for some in _parts(wanted):
        found = select(Badge.visit_id, Badge.id, Visit.number).join(Visit, Visit.id == Badge.visit_id)
        rows = session.execute(found.where(Badge.visit_id.in_(some)).order_by(Badge.copy))
        newest.update(
            (visit, (badge, number)) for visit, badge, number in rows
        )  # the highest copy stands last
    by = session.info.get("by")
    badges = [newest[visit] for visit in wanted if visit in newest]
    return _ask(
        session,
        [
            _row(PaperKind.BADGE, str(badge), at=at, by=by, of=badge, label=str(number), printer=printer)
            for badge, number in badges
        ],
        at=at,
    )


def ask(
    session: Session,
    kind: PaperKind,
    key: str,
    *,
    at: datetime,
    subject_id: UUID | None = None,
    label: str = "",
    printer: str = "",
) -> UUID:
    """Ask for one document. The same `key` is the same job; returns its id."""
    by = session.info.get("by")
    row = _row(kind, key, at=at, by=by, of=subject_id, label=label, printer=printer)
    [job] = _ask(session, [row], at=at)
    return job


def ask_day_list(session: Session, on: date, *, at: datetime, printer: str = "") -> UUID:
    """Ask for the list of a day."""
    return ask(session, PaperKind.DAY_LIST, day_key(on, at), at=at, label=on.isoformat(), printer=printer)


def take_next(session: Session, claim: Claim, *, at: datetime) -> PrintJob | None:
    """The job a printer is to print now; it is marked SENDING before the first byte leaves.

    The evacuation list goes before all else, the rest in the order it was asked for. A badge whose visitor has left,
    or that a newer copy replaced, and a pass that was taken back are cancelled instead.
    """
    while (job := session.scalar(_next(claim, at))) is not None:
        if _is_pointless(session, job):
            _end(job, JobState.CANCELLED, at, Trouble.GONE)
            session.flush()
            continue
        job.state, job.sent_to, job.trouble = JobState.SENDING, claim.printer, ""
        job.attempts += 1
        return job
    return None


def tell(session: Session, job_id: UUID, attempt: int, trouble: Trouble | None) -> None:
    """The printer asks for a hand while it has the job."""
    if job := _in_hand(session, job_id, attempt):
        job.trouble = trouble or ""


def finish(
    session: Session, job_id: UUID, attempt: int, state: JobState, trouble: Trouble | None, *, at: datetime
) -> None:
    """What became of an attempt, the latest one of its job; nothing once that is settled.

    A person may have taken the job away from its printer meanwhile: what came out all the same is written down, and
    so is that nothing did.
    """
    job = session.get(PrintJob, job_id)
    if job is None or job.attempts != attempt or not job.sent_to or job.state in _OUT:
        return
    if state in (*_OUT, JobState.CANCELLED):
        _end(job, state, at, trouble)
    elif state == JobState.WAITING:
        _nothing_came_out(job, trouble, at)
    elif job.state == JobState.SENDING:
        job.state, job.trouble = JobState.UNSURE, trouble or ""


def recover(session: Session, *, at: datetime) -> int:
    """After a start: what was being sent when the desk stopped may or may not have come out. How many.

    What could not be drawn is tried once more: the program may be a newer one.
    """
    lost = session.scalars(select(PrintJob).where(PrintJob.state == JobState.SENDING)).all()
    for job in lost:
        job.state, job.trouble = JobState.UNSURE, Trouble.POWER
    _change(session, PrintJob.trouble == Trouble.UNDRAWN, trouble="", next_at=at)
    forget(session, at=at)
    return len(lost)


def forget(session: Session, *, at: datetime) -> None:
    """Let go of what ended long ago."""
    session.execute(delete(PrintJob).where(PrintJob.ended_at < at - KEPT))


def wait_on(session: Session, claim: Claim, trouble: Trouble) -> None:
    """The printer cannot print: what waits for it says why."""
    _change(session, _ours(claim) & (PrintJob.trouble != trouble), trouble=trouble)


def wake(session: Session, claim: Claim, *, at: datetime) -> None:
    """The printer is well again: what waits for it need not wait longer."""
    waited = (PrintJob.trouble != "") | (PrintJob.next_at > at)
    _change(session, _ours(claim) & waited, trouble="", next_at=at)


def came_out(session: Session, job_id: UUID, *, at: datetime) -> PrintJob:
    """A person says that an unsure job came out. Refuses `job_is_settled`."""
    job = _unsettled(session, job_id, (JobState.UNSURE,))
    _end(job, JobState.PRINTED, at)
    audit.record(session, "paper_came_out", None, at, job=str(job.id), kind=job.kind)
    return job


def print_again(session: Session, job_id: UUID, *, at: datetime, printer: str = "") -> PrintJob:
    """A person says that an unsure job did not come out, or wants a waiting one now. Refuses `job_is_settled`.

    A job that a printer holds while it asks for a hand may go to another `printer`; the first one may still bring
    it out once it is helped.
    """
    job = _unsettled(session, job_id, (JobState.UNSURE, JobState.WAITING, JobState.SENDING))
    if job.state == JobState.SENDING and not (job.trouble and printer and printer != job.sent_to):
        raise _settled()
    job.state, job.trouble, job.next_at = JobState.WAITING, "", at
    job.printer = printer or job.printer
    return job


def move(session: Session, job_ids: Iterable[UUID], printer: str, *, at: datetime) -> int:
    """Let another printer have what waits; what is already being sent stays where it is. How many moved."""
    moved = 0
    for job_id in job_ids:
        job = session.get(PrintJob, job_id)
        if job is not None and job.state == JobState.WAITING:
            job.printer, job.next_at, job.trouble = printer, at, ""
            moved += 1
    return moved


def cancel(session: Session, job_ids: Iterable[UUID], *, at: datetime) -> list[UUID]:
    """Take jobs out of the queue. What is being sent may still come out; then that is what stands in the queue."""
    gone = []
    for job_id in job_ids:
        job = session.get(PrintJob, job_id)
        if job is not None and job.state in _OPEN:
            if job.state == JobState.WAITING:
                job.sent_to = ""  # nothing of it came out, which taking it back has to know
            _end(job, JobState.CANCELLED, at)
            gone.append(job_id)
    return gone


def bring_back(session: Session, job_ids: Iterable[UUID], *, at: datetime) -> None:
    """Take back a cancelling. What a printer had by then may have come out, and is asked about."""
    for job_id in job_ids:
        job = session.get(PrintJob, job_id)
        if job is not None and job.state == JobState.CANCELLED:
            job.state = JobState.UNSURE if job.sent_to else JobState.WAITING
            job.trouble = Trouble.STOPPED if job.sent_to else ""
            job.ended_at, job.next_at = None, at


def is_given_up(session: Session, job_id: UUID, attempt: int) -> bool:
    """Whether a person took a job away from the printer that has it."""
    return _in_hand(session, job_id, attempt) is None


def open_jobs(session: Session, limit: int = 200) -> Sequence[PrintJob]:
    """What has not come out yet, in the order it was asked for."""
    return session.scalars(
        select(PrintJob).where(PrintJob.state.in_(_OPEN)).order_by(*_TURN).limit(limit)
    ).all()


def ended_jobs(session: Session, limit: int = 50) -> Sequence[PrintJob]:
    """What came out, was sent or was cancelled of late, latest first."""
    done = select(PrintJob).where(PrintJob.ended_at.is_not(None))
    return session.scalars(done.order_by(PrintJob.ended_at.desc()).limit(limit)).all()


def one(session: Session, job_id: UUID) -> PrintJob | None:
    """A job, while the queue remembers it."""
    return session.get(PrintJob, job_id)


def count_open(session: Session) -> dict[str, int]:
    """How many jobs are in each state that a person may have to see to."""
    rows = session.execute(
        select(PrintJob.state, func.count()).where(PrintJob.state.in_(_OPEN)).group_by(PrintJob.state)
    )
    return dict(rows.all())


def next_due(session: Session, claim: Claim) -> datetime | None:
    """When the next job of a printer is due."""
    return session.scalar(select(func.min(PrintJob.next_at)).where(_ours(claim)))


def waiting_for(session: Session, name: str, kinds: Iterable[str] = ()) -> list[UUID]:
    """What waits for a printer, by its name or because documents of these kinds go to it."""
    ours = or_(PrintJob.printer == name, (PrintJob.printer == "") & PrintJob.kind.in_(list(kinds)))
    waits = select(PrintJob.id).where(PrintJob.state == JobState.WAITING, ours)
    return list(session.scalars(waits.order_by(*_TURN)))


def day_key(on: date, at: datetime) -> str:
    """The key of a list: asked twice within a minute, it is printed once."""
    return f"{on}:{at:%Y%m%d%H%M}"


def _ask(session: Session, rows: list[dict[str, object]], *, at: datetime) -> list[UUID]:
    if not rows:
        return []
    for some in _parts(rows):
        session.execute(insert(PrintJob).on_conflict_do_nothing(index_elements=["key"]), some)
    note_change(session, PrintJob)
    keys = [str(row["key"]) for row in rows]
    jobs: dict[str, UUID] = {}
    for part in _parts(keys):
        found = select(PrintJob.key, PrintJob.id, PrintJob.state).where(PrintJob.key.in_(part))
        asked = session.execute(found).all()
        jobs.update((key, job) for key, job, _state in asked)
        bring_back(session, [job for _key, job, state in asked if state == JobState.CANCELLED], at=at)
    return [jobs[key] for key in keys]


def _row(
    kind: PaperKind,
    key: str,
    *,
    at: datetime,
    by: UUID | None,
    of: UUID | None,
    label: str,
    printer: str,
) -> dict[str, object]:
    return {
        "id": new_id(),
        "key": f"{kind}:{key}",
        "kind": kind,
        "asked_at": at,
        "next_at": at,
        "subject_id": of,
        "label": label,
        "by_id": by,
        "printer": printer,
        "state": JobState.WAITING,
        "trouble": "",
        "attempts": 0,
        "sent_to": "",
        "ended_at": None,
    }


def _parts(whole: list[T]) -> Iterator[list[T]]:
    """SQLite takes so many values at once and no more."""
    return (whole[start : start + 500] for start in range(0, len(whole), 500))


_TURN = (PrintJob.kind != PaperKind.EVACUATION, sql("print_job.rowid"))
"""In the order of asking, whatever the clock said then."""


def _ours(claim: Claim) -> ColumnElement[bool]:
    free = PrintJob.kind.in_(claim.kinds) & PrintJob.printer.not_in(claim.others)
    # what could not be drawn waits for a person: drawn again by itself it would fail again
    waits = (PrintJob.state == JobState.WAITING) & (PrintJob.trouble != Trouble.UNDRAWN)
    return waits & or_(PrintJob.printer == claim.printer, free)


def _next(claim: Claim, at: datetime) -> Select[PrintJob]:
    # a clock that was set back must not make a job wait for hours
    is_due = (PrintJob.next_at <= at) | (PrintJob.next_at > at + _LONGEST_WAIT)
    return select(PrintJob).where(_ours(claim), is_due).order_by(*_TURN).limit(1)


def _change(session: Session, which: ColumnElement[bool], **values: object) -> None:
    """Change many jobs at once; nobody is told when there were none."""
    done: CursorResult[Any] = session.execute(update(PrintJob).where(which).values(**values))  # type: ignore[assignment]
    if done.rowcount:
        note_change(session, PrintJob)


def _is_pointless(session: Session, job: PrintJob) -> bool:
    if job.kind == PaperKind.PASS:
        invitation = session.get(Invitation, job.subject_id)
        return invitation is None or invitation.cancelled_at is not None or invitation.deleted_at is not None
    if job.kind != PaperKind.BADGE:
        return False
    badge = session.get(Badge, job.subject_id)
    if badge is None:
        return True
    visit = session.get(Visit, badge.visit_id)
    newest = session.scalar(select(func.max(Badge.copy)).where(Badge.visit_id == badge.visit_id))
    return visit is None or not visit.is_open or badge.copy != newest


def _unsettled(session: Session, job_id: UUID, states: tuple[JobState, ...]) -> PrintJob:
    job = session.get(PrintJob, job_id)
    if job is None or job.state not in states:
        raise _settled()
    return job


def _settled() -> Refusal:
    return Refusal("job_is_settled", _("This was settled meanwhile; nothing was printed twice."))


def _in_hand(session: Session, job_id: UUID, attempt: int) -> PrintJob | None:
    """The job, if it is still being sent by this attempt."""
    job = session.get(PrintJob, job_id)
    return job if job and job.state == JobState.SENDING and job.attempts == attempt else None


def _nothing_came_out(job: PrintJob, trouble: Trouble | None, at: datetime) -> None:
    """It waits and is tried again later, unless a person has cancelled it or given it to another printer."""
    job.sent_to = ""
    if job.state in (JobState.SENDING, JobState.UNSURE):
        pause = _BACK_OFF[min(job.attempts, len(_BACK_OFF)) - 1]
        job.state, job.trouble = JobState.WAITING, trouble or ""
        job.next_at = at + timedelta(seconds=pause)


def _end(job: PrintJob, state: JobState, at: datetime, trouble: Trouble | None = None) -> None:
    job.state, job.ended_at, job.trouble = state, at, trouble or ""
