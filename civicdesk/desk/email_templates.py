"""The texts of e-mails as managers wrote them, each in its language; where nobody wrote one the desk's own stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, email_texts
from civicdesk.desk.email_texts import Text, Written
from civicdesk.models import EmailTemplate


def text_of(session: Session, text: Text, language: str) -> Written:
    """The text that is sent."""
    row = _row(session, text, language)
    return Written(row.subject, row.body) if row else email_texts.own(text, language)


def is_own(session: Session, text: Text, language: str) -> bool:
    """Whether it is the desk's own text that is sent."""
    return _row(session, text, language) is None


def write(session: Session, text: Text, language: str, subject: str, body: str, *, at: datetime) -> Written:
    """Send this text from now on. Refuses what `email_texts.check` refuses."""
    written = email_texts.check(text, subject, body)
    row = _row(session, text, language)
    if row is None:
        row = EmailTemplate(kind=text, language=language, subject="", body="")
        session.add(row)
    row.subject, row.body = written.subject, written.body
    session.flush()
    audit.record(session, "write_email_text", row, at, kind=text, language=language)
    return written


def use_own(session: Session, text: Text, language: str, *, at: datetime) -> None:
    """Go back to the desk's own text."""
    for row in _rows(session, text, language):
        row.deleted_at = at
        audit.record(session, "reset_email_text", row, at, kind=text, language=language)


def _row(session: Session, text: Text, language: str) -> EmailTemplate | None:
    """Two desks may both have written one: the later counts."""
    found = _rows(session, text, language)
    return found[0] if found else None


def _rows(session: Session, text: Text, language: str) -> list[EmailTemplate]:
    which = (EmailTemplate.kind == text) & (EmailTemplate.language == language)
    rows = select(EmailTemplate).where(which, EmailTemplate.deleted_at.is_(None))
    return list(session.scalars(rows.order_by(EmailTemplate.id.desc())))
