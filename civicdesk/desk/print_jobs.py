"""The print queue: what was asked for, what waits and why, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import audit
from civicdesk.errors import Refusal
from civicdesk.models import Badge, JobState, PaperKind, PrintJob, Trouble, Visit, new_id
from civicdesk.text import _

KEPT = timedelta(days=7)
"""How long the queue remembers what came out."""

_OPEN = (JobState.WAITING, JobState.SENDING, JobState.UNSURE)
_BACK_OFF = (2, 4, 8, 15, 30)
"""Seconds until a job that waits is tried again, by how often it was tried."""

_LONGEST_WAIT = timedelta(seconds=_BACK_OFF[-1])

T = TypeVar("T")


def ask_badges(session: Session, visit_ids: Iterable[UUID], *, at: datetime, printer: str = "") -> list[UUID]:
    """Ask for the badges of visits, the copies that count; one job a badge, however often asked.

    Returns the ids of the jobs. A badge that came out already is not printed again: a reprint is a new copy.
    """
    wanted = list(dict.fromkeys(visit_ids))
    copies: dict[UUID, UUID] = {}
    for some in _parts(wanted):
        rows = session.execute(
            select(Badge.visit_id, Badge.id).where(Badge.visit_id.in_(some)).order_by(Badge.copy)
        )
        copies.update((visit, badge) for visit, badge in rows)  # the highest copy stands last
    numbers = _numbers(session, wanted)
    asked = [
        _row(
            session,
            PaperKind.BADGE,
            f"badge:{badge}",
            at=at,
            of=badge,
            label=str(numbers[visit]),
            printer=printer,
        )
        for visit, badge in copies.items()
    ]
    return _ask(session, asked)


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
    [job] = _ask(
        session, [_row(session, kind, f"{kind}:{key}", at=at, of=subject_id, label=label, printer=printer)]
    )
    return job


def ask_day_list(session: Session, on: date, *, at: datetime, printer: str = "") -> UUID:
    """Ask for the list of a day."""
    return ask(session, PaperKind.DAY_LIST, day_key(on, at), at=at, label=on.isoformat(), printer=printer)


def take_next(session: Session, name: str, kinds: Iterable[str], *, at: datetime) -> PrintJob | None:
    """The job a printer is to print now; it is marked SENDING before the first byte leaves.

    `kinds` are those whose documents go to this printer when nobody said otherwise. A badge whose visitor has left,
    or that a newer copy replaced, is cancelled instead.
    """
    while (job := session.scalar(_next(name, kinds, at))) is not None:
        if _is_pointless(session, job):
            _end(job, JobState.CANCELLED, at)
            continue
        job.state, job.sent_to = JobState.SENDING, name
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
    """What became of an attempt; nothing if a person took the job away from its printer meanwhile."""
    job = _in_hand(session, job_id, attempt)
    if job is None:
        return
    job.trouble = trouble or ""
    if state == JobState.WAITING:
        job.state = state
        job.next_at = at + timedelta(seconds=_BACK_OFF[min(attempt, len(_BACK_OFF)) - 1])
    elif state == JobState.UNSURE:
        job.state = state
    else:
        _end(job, state, at)


def recover(session: Session, *, at: datetime) -> int:
    """After a start: what was being sent when the desk stopped may or may not have come out. How many."""
    lost = session.scalars(select(PrintJob).where(PrintJob.state == JobState.SENDING)).all()
    for job in lost:
        job.state, job.trouble = JobState.UNSURE, Trouble.POWER
    session.execute(delete(PrintJob).where(PrintJob.ended_at < at - KEPT))
    return len(lost)


def wait_on(
    session: Session, name: str, kinds: Iterable[str], trouble: Trouble | None, stand_ins: dict[str, str]
) -> None:
    """The printer cannot print: what waits for it says why, or goes to the printer that stands in for its kind."""
    for job in session.scalars(_waiting(name, kinds)).all():
        if not job.printer and (stand_in := stand_ins.get(job.kind)):
            job.printer = stand_in
        else:
            job.trouble = trouble or ""


def wake(session: Session, name: str, kinds: Iterable[str], *, at: datetime) -> None:
    """The printer is well again: what waits for it need not wait longer."""
    for job in session.scalars(_waiting(name, kinds)):
        job.next_at, job.trouble = min(job.next_at, at), ""


def came_out(session: Session, job_id: UUID, *, at: datetime) -> PrintJob:
    """A person says that an unsure job came out. Refuses `job_is_settled`."""
    job = _unsettled(session, job_id, (JobState.UNSURE,))
    _end(job, JobState.PRINTED, at)
    job.trouble = ""
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
    """Take jobs out of the queue. What is being sent may still come out: it is given up by its printer first."""
    gone = []
    for job_id in job_ids:
        job = session.get(PrintJob, job_id)
        if job is not None and job.state in _OPEN:
            _end(job, JobState.CANCELLED, at)
            gone.append(job_id)
    return gone


def bring_back(session: Session, job_ids: Iterable[UUID], *, at: datetime) -> None:
    """Take back a cancelling."""
    for job_id in job_ids:
        job = session.get(PrintJob, job_id)
        if job is not None and job.state == JobState.CANCELLED:
            job.state, job.ended_at, job.next_at = JobState.WAITING, None, at


def is_given_up(session: Session, job_id: UUID, attempt: int) -> bool:
    """Whether a person took a job away from the printer that has it."""
    return _in_hand(session, job_id, attempt) is None


def open_jobs(session: Session, limit: int = 200) -> Sequence[PrintJob]:
    """What has not come out yet, in the order it was asked for."""
    return session.scalars(_open().order_by(PrintJob.asked_at, PrintJob.id).limit(limit)).all()


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


def next_due(session: Session, name: str, kinds: Iterable[str]) -> datetime | None:
    """When the next job of a printer is due."""
    return session.scalar(_waiting(name, kinds).with_only_columns(func.min(PrintJob.next_at)))


def waiting_for(session: Session, name: str, kinds: Iterable[str] = ()) -> list[UUID]:
    """What waits for a printer, by its name or because documents of these kinds go to it."""
    return list(session.scalars(_waiting(name, kinds).with_only_columns(PrintJob.id)))


def day_key(on: date, at: datetime) -> str:
    """The key of a list: asked twice within a minute, it is printed once."""
    return f"{on}:{at:%Y%m%d%H%M}"


def _ask(session: Session, rows: list[dict[str, object]]) -> list[UUID]:
    if not rows:
        return []
    for some in _parts(rows):
        session.execute(insert(PrintJob).on_conflict_do_nothing(index_elements=["key"]), some)
    note_change(session, PrintJob)
    keys = [str(row["key"]) for row in rows]
    found: list[UUID] = []
    for part in _parts(keys):
        found.extend(session.scalars(select(PrintJob.id).where(PrintJob.key.in_(part))))
    return found


def _row(
    session: Session,
    kind: PaperKind,
    key: str,
    *,
    at: datetime,
    of: UUID | None,
    label: str,
    printer: str,
) -> dict[str, object]:
    return {
        "id": new_id(),
        "key": key,
        "kind": kind,
        "asked_at": at,
        "next_at": at,
        "subject_id": of,
        "label": label,
        "by_id": session.info.get("by"),
        "printer": printer,
        "state": JobState.WAITING,
        "trouble": "",
        "attempts": 0,
        "sent_to": "",
        "ended_at": None,
    }


def _numbers(session: Session, visit_ids: list[UUID]) -> dict[UUID, int]:
    numbers: dict[UUID, int] = {}
    for some in _parts(visit_ids):
        rows = session.execute(select(Visit.id, Visit.number).where(Visit.id.in_(some)))
        numbers.update((visit, number) for visit, number in rows)
    return numbers


def _parts(whole: list[T]) -> Iterator[list[T]]:
    """SQLite takes so many values at once and no more."""
    return (whole[start : start + 500] for start in range(0, len(whole), 500))


def _open() -> Select[PrintJob]:
    return select(PrintJob).where(PrintJob.state.in_(_OPEN))


def _waiting(name: str, kinds: Iterable[str]) -> Select[PrintJob]:
    ours = or_(PrintJob.printer == name, (PrintJob.printer == "") & PrintJob.kind.in_(list(kinds)))
    return select(PrintJob).where(PrintJob.state == JobState.WAITING, ours)


def _next(name: str, kinds: Iterable[str], at: datetime) -> Select[PrintJob]:
    # a clock that was set back must not make a job wait for hours
    is_due = (PrintJob.next_at <= at) | (PrintJob.next_at > at + _LONGEST_WAIT)
    due = _waiting(name, kinds).where(is_due)
    return due.order_by(PrintJob.asked_at, PrintJob.id).limit(1)


def _is_pointless(session: Session, job: PrintJob) -> bool:
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


def _end(job: PrintJob, state: JobState, at: datetime) -> None:
    job.state, job.ended_at = state, at
