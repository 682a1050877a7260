"""The queue of e-mails: what was asked for, what waits and why, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy import text as sql
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import audit, email_trouble
from civicdesk.desk.email_trouble import OF_THE_SERVER, EmailTrouble, Why
from civicdesk.errors import Refusal
from civicdesk.models import EmailJob, EmailKind, EmailState, new_id
from civicdesk.text import _

KEPT = timedelta(days=30)
"""How long the queue remembers what ended: names and texts stand in it."""

HELD = datetime(9999, 1, 1, tzinfo=UTC)
"""When an e-mail is due that a person holds back."""

GIVE_UP_DAYS = 10
LONGEST_ADDRESS = 254
_BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240))
_OPEN = (EmailState.WAITING, EmailState.SENDING, EmailState.FAILED)
_LOST = (EmailState.FAILED, EmailState.BOUNCED)
_WRITTEN = re.compile(r"[^@\s<>(),;:\"\\\[\]]+@[^@\s<>(),;:\"\\\[\]]+\.[^@\s<>(),;:\"\\\[\]]+")
_IN_TURN = sql("email_job.rowid")


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: it was taken, or the trouble and what the server said."""

    trouble: EmailTrouble | None = None
    said: str = ""

    @property
    def is_servers(self) -> bool:
        return self.trouble in OF_THE_SERVER


@dataclass(frozen=True)
class Standing:
    """How the queue stands: how many wait, are held back, failed and came back, and since when the oldest waits."""

    waiting: int = 0
    held: int = 0
    failed: int = 0
    oldest: datetime | None = None
    came_back: int = 0


def address(written: str) -> str:
    """An e-mail address as mail servers write it, or nothing for nothing. Refuses `bad_email`."""
    clean = written.strip()
    if not clean:
        return ""
    name, _at, domain = clean.rpartition("@")
    try:
        plain = f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        plain = ""
    if not _WRITTEN.fullmatch(plain) or not plain.isascii() or len(plain) > LONGEST_ADDRESS:
        raise Refusal("bad_email", _("This is not an e-mail address. Write it as name@place.org."))
    return plain


def ask(
    session: Session,
    kind: EmailKind,
    key: str,
    *,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    language: str = "tr",
    organisation_id: UUID | None = None,
    subject_id: UUID | None = None,
) -> UUID:
    """Ask for one e-mail. The same `key` is the same e-mail; one that was cancelled is wanted again.

    Refuses `no_email` and `bad_email`.
    """
    to = address(to)
    if not to:
        raise Refusal("no_email", _("There is no e-mail address to send this to. Write one first."))
    row = {
        "id": new_id(),
        "key": f"{kind}:{key}",
        "kind": kind,
        "to": to,
        "subject": " ".join(subject.split()),
        "body": body,
        "language": language,
        "organisation_id": organisation_id,
        "subject_id": subject_id,
        "by_id": session.info.get("by"),
        "asked_at": at,
        "next_at": at,
        "state": EmailState.WAITING,
        "attempts": 0,
        "trouble": "",
    }
    session.execute(insert(EmailJob).on_conflict_do_nothing(index_elements=["key"]), [row])
    note_change(session, EmailJob)
    job_id, state = session.execute(
        select(EmailJob.id, EmailJob.state).where(EmailJob.key == row["key"])
    ).one()
    if state == EmailState.CANCELLED:
        bring_back(session, [job_id], at=at)
    found: UUID = job_id
    return found


def take_next(session: Session, *, at: datetime) -> EmailJob | None:
    """The e-mail to send now, in the order of asking; it is marked SENDING before the first byte leaves."""
    # a clock that was set back must not make an e-mail wait for years
    is_due = or_(EmailJob.next_at <= at, (EmailJob.next_at > at + _BACK_OFF[-1]) & (EmailJob.next_at < HELD))
    job = session.scalar(
        select(EmailJob).where(EmailJob.state == EmailState.WAITING, is_due).order_by(_IN_TURN).limit(1)
    )
    if job is not None:
        job.state = EmailState.SENDING
        job.attempts += 1
    return job


def finish(
    session: Session,
    job_id: UUID,
    attempt: int,
    outcome: Outcome,
    *,
    at: datetime,
    give_up_days: int = GIVE_UP_DAYS,
) -> EmailJob | None:
    """What became of an attempt, the latest one of its e-mail; returns the e-mail if it was taken.

    A person may have cancelled it meanwhile: what was taken all the same is written down. Where the server is in
    trouble, whatever waits for longer than `give_up_days` fails with that reason.
    """
    if outcome.trouble is not None and outcome.is_servers:
        _give_up_old(session, outcome, at=at, days=give_up_days)
    job = session.get(EmailJob, job_id)
    if job is None or job.attempts != attempt or job.state == EmailState.SENT:
        return None
    if outcome.trouble is None:
        _end(job, EmailState.SENT, at, email_trouble.read(job.trouble).with_(""))
        return job
    if job.state == EmailState.SENDING:
        _failed_once(job, outcome, at, timedelta(days=give_up_days))
    return None


def put_back(session: Session, job_id: UUID, attempt: int) -> None:
    """The desk is closing: nothing of it has left, so it waits as before."""
    job = session.get(EmailJob, job_id)
    if job is not None and job.attempts == attempt and job.state == EmailState.SENDING:
        job.state = EmailState.WAITING


def drop(session: Session, job: EmailJob, *, at: datetime) -> None:
    """Nobody needs it any more: what it tells of is over."""
    _end(job, EmailState.CANCELLED, at, Why(EmailTrouble.GONE))


def replace_older(
    session: Session, kind: EmailKind, organisation_id: UUID, key: str, *, at: datetime
) -> None:
    """A newer one says all that the waiting ones to an organisation say: those are dropped."""
    older = select(EmailJob).where(
        EmailJob.kind == kind,
        EmailJob.organisation_id == organisation_id,
        EmailJob.state == EmailState.WAITING,
        EmailJob.key != f"{kind}:{key}",
        EmailJob.next_at < HELD,
    )
    for job in session.scalars(older):
        drop(session, job, at=at)


def recover(session: Session, *, at: datetime) -> int:
    """After a start: what was being sent when the desk stopped may have left; it is sent once more. How many."""
    lost = session.scalars(select(EmailJob).where(EmailJob.state == EmailState.SENDING)).all()
    for job in lost:
        _cut_short(job, "", at)
    forget(session, at=at)
    return len(lost)


def forget(session: Session, *, at: datetime) -> None:
    """Let go of what ended long ago."""
    session.execute(delete(EmailJob).where(EmailJob.ended_at < at - KEPT))


def again(session: Session, job_id: UUID, *, at: datetime) -> EmailJob:
    """Try one that failed, is held back or waits now, from the beginning. Refuses `email_is_settled`."""
    job = _one_of(session, job_id, EmailState.FAILED, EmailState.WAITING)
    job.state, job.next_at, job.asked_at, job.ended_at = EmailState.WAITING, at, at, None
    job.trouble = Why().written()
    audit.record(session, "email_again", None, at, job=str(job.id), kind=job.kind)
    return job


def hold(session: Session, job_id: UUID, *, at: datetime) -> EmailJob:
    """Keep a waiting e-mail back until somebody lets it go. Refuses `email_is_settled`."""
    job = _one_of(session, job_id, EmailState.WAITING)
    job.next_at = HELD
    audit.record(session, "hold_email", None, at, job=str(job.id), kind=job.kind)
    return job


def cancel(session: Session, job_ids: Iterable[UUID], *, at: datetime) -> list[UUID]:
    """Take e-mails out of the queue. What is being sent may still arrive; then that is what stands here."""
    gone = []
    for job_id in job_ids:
        job = session.get(EmailJob, job_id)
        if job is not None and job.state in _OPEN:
            _end(job, EmailState.CANCELLED, at, email_trouble.read(job.trouble))
            audit.record(session, "cancel_email", None, at, job=str(job.id), kind=job.kind)
            gone.append(job_id)
    return gone


def bring_back(session: Session, job_ids: Iterable[UUID], *, at: datetime) -> None:
    """Take back a cancelling."""
    for job_id in job_ids:
        job = session.get(EmailJob, job_id)
        if job is not None and job.state == EmailState.CANCELLED:
            job.state, job.ended_at, job.next_at = EmailState.WAITING, None, at


def is_held(job: EmailJob) -> bool:
    """Whether a person holds it back."""
    return job.state == EmailState.WAITING and job.next_at >= HELD


def open_jobs(session: Session, limit: int = 200) -> Sequence[EmailJob]:
    """What needs somebody or has not left yet: what failed or came back first, then in the order of asking."""
    wanted = select(EmailJob).where(EmailJob.state.in_((*_OPEN, EmailState.BOUNCED)))
    return session.scalars(wanted.order_by(EmailJob.state.not_in(_LOST), _IN_TURN).limit(limit)).all()


def ended_jobs(session: Session, limit: int = 50) -> Sequence[EmailJob]:
    """What was sent or cancelled of late, latest first."""
    done = (EmailState.SENT, EmailState.CANCELLED)
    wanted = select(EmailJob).where(EmailJob.state.in_(done), EmailJob.ended_at.is_not(None))
    return session.scalars(wanted.order_by(EmailJob.ended_at.desc()).limit(limit)).all()


def of_organisation(session: Session, organisation_id: UUID, limit: int = 20) -> Sequence[EmailJob]:
    """The latest e-mails to an organisation."""
    wanted = select(EmailJob).where(EmailJob.organisation_id == organisation_id)
    return session.scalars(wanted.order_by(EmailJob.asked_at.desc()).limit(limit)).all()


def standing(session: Session) -> Standing:
    """How the queue stands."""
    held = (EmailJob.state == EmailState.WAITING) & (EmailJob.next_at >= HELD)
    waiting = EmailJob.state.in_((EmailState.WAITING, EmailState.SENDING)) & ~held
    row = session.execute(
        select(
            func.count().filter(waiting),
            func.count().filter(held),
            func.count().filter(EmailJob.state == EmailState.FAILED),
            func.min(EmailJob.asked_at).filter(waiting),
            func.count().filter(EmailJob.state == EmailState.BOUNCED),
        ).where(EmailJob.state.in_((*_OPEN, EmailState.BOUNCED)))
    ).one()
    return Standing(*row)


def next_due(session: Session) -> datetime | None:
    """When the next e-mail is due."""
    waiting = (EmailJob.state == EmailState.WAITING) & (EmailJob.next_at < HELD)
    return session.scalar(select(func.min(EmailJob.next_at)).where(waiting))


def _failed_once(job: EmailJob, outcome: Outcome, at: datetime, give_up: timedelta) -> None:
    before = email_trouble.read(job.trouble)
    why = before.with_(outcome.trouble or "", outcome.said)
    if outcome.trouble == EmailTrouble.CUT:
        _cut_short(job, outcome.said, at)
    elif outcome.trouble in (EmailTrouble.REFUSED, EmailTrouble.FAULT) or at - job.asked_at >= give_up:
        _end(job, EmailState.FAILED, at, why)
    else:
        # how often the server was away says nothing of this e-mail: "later" begins with a short pause
        often = job.attempts if before.trouble == EmailTrouble.LATER else 1
        pause = _BACK_OFF[min(often, len(_BACK_OFF)) - 1]
        job.state, job.trouble = EmailState.WAITING, why.written()
        job.next_at = at if outcome.is_servers else at + pause


def _cut_short(job: EmailJob, said: str, at: datetime) -> None:
    """The server may have taken it: it is sent once more and no oftener, then a person is asked."""
    if email_trouble.read(job.trouble).is_again:
        _end(job, EmailState.FAILED, at, Why(EmailTrouble.CUT, said, is_again=True))
        return
    job.state, job.next_at = EmailState.WAITING, at
    job.trouble = Why(EmailTrouble.CUT, said, is_again=True).written()


def _give_up_old(session: Session, outcome: Outcome, *, at: datetime, days: int) -> None:
    old: ColumnElement[bool] = (EmailJob.asked_at <= at - timedelta(days=days)) & (EmailJob.next_at < HELD)
    waiting = select(EmailJob).where(EmailJob.state == EmailState.WAITING, old)
    for job in session.scalars(waiting):
        why = email_trouble.read(job.trouble)
        _end(job, EmailState.FAILED, at, why.with_(outcome.trouble or "", outcome.said))


def _one_of(session: Session, job_id: UUID, *states: EmailState) -> EmailJob:
    job = session.get(EmailJob, job_id)
    if job is None or job.state not in states:
        raise Refusal("email_is_settled", _("This was settled meanwhile; nothing was sent twice."))
    return job


def _end(job: EmailJob, state: EmailState, at: datetime, why: Why) -> None:
    job.state, job.ended_at, job.trouble = state, at, why.written()
