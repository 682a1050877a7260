"""What the organisations ask of the secretariat: copies, keys and equipment lent, and when each comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import actions, audit, fields
from civicdesk.errors import Refusal
from civicdesk.models import Loan, LoanKind, Organisation
from civicdesk.text import _

MOST = 10_000
_STANDS = Loan.deleted_at.is_(None)
_IS_OUT = _STANDS & Loan.back_at.is_(None)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked for or lent, to whom and until when."""

    what: str
    organisation_id: UUID | None
    kind: str = LoanKind.EQUIPMENT
    person: str = ""
    count: int = 1
    due_at: datetime | None = None
    note: str = ""


def lend(session: Session, wanted: Wanted, *, at: datetime, key: str | None = None) -> Loan:
    """Write down what goes out, or what is asked for. The same `key` returns what it made.

    Refuses `no_organisation`, `nothing_lent`, `bad_count`, `due_in_the_past` and what `fields` refuses.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    _check(session, wanted, at)
    loan = Loan(
        kind=LoanKind(wanted.kind),
        organisation_id=wanted.organisation_id,
        person=fields.note(wanted.person),
        what=fields.note(wanted.what),
        count=wanted.count,
        note=fields.note(wanted.note),
        out_at=at,
        out_by_id=session.info.get("by"),
        due_at=wanted.due_at,
    )
    session.add(loan)
    actions.remember(session, key, loan.id, at)
    audit.record(session, "lend", loan, at, kind=loan.kind)
    return one(session, loan.id)


def take_back(session: Session, loan_id: UUID, *, at: datetime) -> Loan:
    """It came back, or was done. What is back already stays so."""
    loan = one(session, loan_id)
    if loan.back_at is None:
        loan.back_at, loan.back_by_id = at, session.info.get("by")
        audit.record(session, "loan_back", loan, at)
    return loan


def still_out(session: Session, loan_id: UUID, *, at: datetime) -> Loan:
    """Undo of `take_back`."""
    loan = one(session, loan_id)
    loan.back_at = loan.back_by_id = None
    audit.record(session, "loan_still_out", loan, at)
    return loan


def extend(session: Session, loan_id: UUID, due_at: datetime, *, at: datetime) -> Loan:
    """It may stay out for longer. Refuses `due_in_the_past` and `loan_is_back`."""
    loan = one(session, loan_id)
    if loan.back_at is not None:
        raise Refusal("loan_is_back", _("This is back already."))
    _check_due(due_at, at)
    loan.due_at = due_at
    audit.record(session, "extend_loan", loan, at)
    return loan


def remove(session: Session, loan_id: UUID, *, at: datetime) -> Loan:
    """It was written down by mistake."""
    loan = one(session, loan_id)
    loan.deleted_at = at
    audit.record(session, "remove_loan", loan, at)
    return loan


def restore(session: Session, loan_id: UUID, *, at: datetime) -> Loan:
    """Undo of `remove`."""
    loan = session.get_one(Loan, loan_id)
    loan.deleted_at = None
    audit.record(session, "restore_loan", loan, at)
    return loan


def one(session: Session, loan_id: UUID) -> Loan:
    """A loan with its organisation. Refuses `no_loan`."""
    session.flush()
    found = session.scalar(
        select(Loan).where(Loan.id == loan_id, _STANDS).options(joinedload(Loan.organisation))
    )
    if found is None:
        raise Refusal("no_loan", _("This loan is not on this desk."))
    return found


def out(session: Session, organisation_id: UUID | None = None, limit: int = 200) -> Sequence[Loan]:
    """What is out or not done yet, what is due first at the top; of one organisation or of all."""
    wanted = select(Loan).where(_IS_OUT).options(joinedload(Loan.organisation))
    if organisation_id is not None:
        wanted = wanted.where(Loan.organisation_id == organisation_id)
    by_due = (Loan.due_at.is_(None), Loan.due_at, Loan.out_at)
    return session.scalars(wanted.order_by(*by_due).limit(limit)).all()


def back_lately(session: Session, limit: int = 50) -> Sequence[Loan]:
    """What came back of late, the latest first."""
    wanted = select(Loan).where(_STANDS, Loan.back_at.is_not(None)).options(joinedload(Loan.organisation))
    return session.scalars(wanted.order_by(Loan.back_at.desc()).limit(limit)).all()


def is_overdue(loan: Loan, at: datetime) -> bool:
    """Whether it should have been back by now."""
    return loan.back_at is None and loan.due_at is not None and loan.due_at < at


def count_out(session: Session, *, at: datetime) -> tuple[int, int]:
    """How many are out, and how many of them are overdue."""
    row = session.execute(select(func.count(), func.count().filter(Loan.due_at < at)).where(_IS_OUT)).one()
    is_out, overdue = row
    return is_out, overdue


def _check(session: Session, wanted: Wanted, at: datetime) -> None:
    if wanted.organisation_id is None or session.get(Organisation, wanted.organisation_id) is None:
        raise Refusal("no_organisation", _("For whom is it? Choose the organisation."))
    if not wanted.what.strip():
        raise Refusal("nothing_lent", _("Write what is asked for or lent."))
    if not 1 <= wanted.count <= MOST:
        raise Refusal("bad_count", _("How many? Write a number from 1 to {}.").format(MOST))
    if wanted.due_at is not None:
        _check_due(wanted.due_at, at)


def _check_due(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise Refusal("due_in_the_past", _("The time to be back has passed already. Choose a later one."))
