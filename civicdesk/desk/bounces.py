"""E-mails that came back: which one, why, and whose address is in doubt until somebody puts it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, email_trouble, emails
from civicdesk.desk.email_trouble import EmailTrouble, Why
from civicdesk.errors import Refusal
from civicdesk.models import EmailBounce, EmailJob, EmailKind, EmailState, Organisation
from civicdesk.text import _

_LONGEST = 300


@dataclass(frozen=True)
class CameBack:
    """What a mail server reported: which e-mail, by the status of RFC 3463, in its own words."""

    job_id: UUID
    status: str = ""
    said: str = ""


def note(session: Session, found: CameBack, *, at: datetime) -> EmailJob | None:
    """Write down that an e-mail came back, and put its organisation's address in doubt.

    Returns the e-mail, or None where it is not of this desk or was written down before.
    """
    job = session.get(EmailJob, found.job_id)
    if job is None or job.state in (EmailState.BOUNCED, EmailState.CANCELLED):
        return None
    status = "" if found.status in found.said else found.status
    said = " ".join(f"{status} {found.said}".split())[:_LONGEST]
    job.state, job.ended_at = EmailState.BOUNCED, at
    job.trouble = Why(EmailTrouble.BOUNCED, said).written()
    whose = session.get(Organisation, job.organisation_id) if job.organisation_id else None
    if whose is not None and _is_its_address(whose, job.to) and in_doubt(session, whose) is None:
        bounce = EmailBounce(
            organisation_id=whose.id,
            address=whose.email,
            status=found.status,
            said=found.said[:_LONGEST],
            at=at,
        )
        session.add(bounce)
    audit.record(session, "email_bounced", None, at, job=str(job.id), kind=job.kind, status=found.status)
    session.flush()
    return job


def in_doubt(session: Session, organisation: Organisation) -> EmailBounce | None:
    """What came back from the address an organisation has now; nothing once it has another one."""
    return session.scalar(
        select(EmailBounce)
        .where(
            EmailBounce.organisation_id == organisation.id,
            EmailBounce.address == organisation.email,
            EmailBounce.deleted_at.is_(None),
        )
        .order_by(EmailBounce.at.desc())
        .limit(1)
    )


def doubts(session: Session) -> dict[tuple[UUID | None, str], EmailBounce]:
    """The latest of what came back, by organisation and address; read at once where many are asked for."""
    found = session.scalars(
        select(EmailBounce).where(EmailBounce.deleted_at.is_(None)).order_by(EmailBounce.at)
    )
    return {(each.organisation_id, each.address): each for each in found}


def is_in_doubt() -> ColumnElement[bool]:
    """The same in a question about organisations."""
    return (
        select(EmailBounce.id)
        .where(
            EmailBounce.organisation_id == Organisation.id,
            EmailBounce.address == Organisation.email,
            EmailBounce.deleted_at.is_(None),
        )
        .exists()
    )


def address_is_right(session: Session, bounce_id: UUID, *, at: datetime) -> EmailBounce:
    """Somebody asked: the address is right all the same, and is written to again."""
    bounce = session.get_one(EmailBounce, bounce_id)
    bounce.deleted_at = at
    audit.record(session, "address_is_right", bounce, at)
    return bounce


def address_is_wrong(session: Session, bounce_id: UUID, *, at: datetime) -> EmailBounce:
    """Undo of `address_is_right`."""
    bounce = session.get_one(EmailBounce, bounce_id)
    bounce.deleted_at = None
    audit.record(session, "undo_address_is_right", bounce, at)
    return bounce


def can_go_anew(session: Session, jobs: Sequence[EmailJob]) -> frozenset[UUID]:
    """Which of these came back, and have another address to go to now."""
    found = set()
    for job in jobs:
        whose = session.get(Organisation, job.organisation_id) if job.organisation_id else None
        if job.state != EmailState.BOUNCED or whose is None or not whose.email:
            continue
        if not _is_its_address(whose, job.to) or in_doubt(session, whose) is None:
            found.add(job.id)
    return frozenset(found)


def send_anew(session: Session, job_id: UUID, *, at: datetime) -> UUID:
    """Send one that came back to the address its organisation has now.

    Refuses `email_is_settled`, `same_address` and what `emails.ask` refuses.
    """
    job = session.get(EmailJob, job_id)
    if job is None or job.state != EmailState.BOUNCED:
        raise Refusal("email_is_settled", _("This was settled meanwhile; nothing was sent twice."))
    whose = session.get(Organisation, job.organisation_id) if job.organisation_id else None
    if whose is None or (_is_its_address(whose, job.to) and in_doubt(session, whose) is not None):
        raise Refusal("same_address", _("It came back from this address. Correct the address first."))
    _kind, _colon, key = job.key.partition(":")
    anew = emails.ask(
        session,
        EmailKind(job.kind),
        f"{key}:anew-{job.id.hex}",
        to=whose.email,
        subject=job.subject,
        body=job.body,
        at=at,
        language=job.language,
        organisation_id=job.organisation_id,
        subject_id=job.subject_id,
    )
    set_aside(session, job_id, at=at)
    return anew


def set_aside(session: Session, job_id: UUID, *, at: datetime) -> None:
    """Nothing more is done about one that came back; why it did stays with it."""
    job = session.get(EmailJob, job_id)
    if job is not None and job.state == EmailState.BOUNCED:
        job.state = EmailState.CANCELLED
        job.ended_at = at


def came_back(job: EmailJob) -> bool:
    """Whether this e-mail was brought back, also when nothing more is done about it."""
    return email_trouble.read(job.trouble).trouble == EmailTrouble.BOUNCED


def _is_its_address(whose: Organisation, to: str) -> bool:
    try:
        return emails.address(whose.email).casefold() == to.casefold()
    except Refusal:
        return False
