"""Who may not come in: exact matches are refused, near ones shown to staff, the reason to managers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rapidfuzz.distance import OSA
from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, fields
from civicdesk.errors import Refusal
from civicdesk.models import Denial
from civicdesk.text import _, fold, local

_NEAR = 2
_SHORT_NAME = 8
_VALID = (
    select(Denial)
    .where(Denial.deleted_at.is_(None), or_(Denial.until_on.is_(None), Denial.until_on >= bindparam("today")))
    .order_by(Denial.id)
)


@dataclass(frozen=True)
class Match:
    """A row of the deny list that fits a visitor, surely or nearly."""

    denial: Denial
    is_exact: bool


def entries(session: Session, at: datetime) -> Sequence[Denial]:
    """The list as it stands today, in the order of making."""
    return session.scalars(_VALID, {"today": local(at).date()}).all()


def match(session: Session, *, name: str, phone: str = "", email: str = "", at: datetime) -> Match | None:
    """The best fit: the same name in any spelling, phone or e-mail is exact; a typo or swapped words is near."""
    folded, email = fold(name), email.strip().casefold()
    listed = entries(session, at)
    for denial in listed:
        if denial.folded == folded or (phone and denial.phone == phone) or (email and denial.email == email):
            return Match(denial, is_exact=True)
    near = next((denial for denial in listed if _is_near(denial.folded, folded)), None)
    return Match(near, is_exact=False) if near else None


def add(
    session: Session,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    reason: str,
    until: date | None,
    at: datetime,
) -> Denial:
    """Put somebody on the list. Refuses what `fields` refuses, `no_reason` and `past_date`."""
    if not reason.strip():
        raise Refusal("no_reason", _("Write why; only managers see it."))
    if until is not None and until < local(at).date():
        raise Refusal("past_date", _("The end date has passed. Choose a later one, or none."))
    denial = Denial(
        name=fields.name(name),
        phone=fields.phone(phone),
        email=email.strip().casefold(),
        reason=fields.note(reason),
        until_on=until,
    )
    session.add(denial)
    session.flush()
    audit.record(session, "deny", denial, at)
    return denial


def remove(session: Session, denial: Denial, *, at: datetime) -> Denial:
    """Take somebody off the list; the row stays, marked."""
    denial = session.get_one(Denial, denial.id)
    denial.deleted_at = at
    audit.record(session, "allow", denial, at)
    return denial


def restore(session: Session, denial: Denial, *, at: datetime) -> Denial:
    """Undo of `remove`."""
    denial = session.get_one(Denial, denial.id)
    denial.deleted_at = None
    audit.record(session, "deny", denial, at, undo=True)
    return denial


def _is_near(listed: str, typed: str) -> bool:
    if not typed:
        return False
    if sorted(listed.split()) == sorted(typed.split()):
        return True
    furthest = 1 if len(listed) < _SHORT_NAME else _NEAR
    return OSA.distance(listed, typed, score_cutoff=furthest) <= furthest
