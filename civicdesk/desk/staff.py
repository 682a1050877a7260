"""Who may sign in, with a PIN and with patience after mistakes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.desk import audit, fields
from civicdesk.errors import Refusal
from civicdesk.models import Role, Staff
from civicdesk.text import _, clock, ngettext

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_DIGITS = 6
MOST_DIGITS = 12
_FREE_FAILURES = 3
_LONGEST_WAIT = timedelta(minutes=15)


def everyone(session: Session) -> Sequence[Staff]:
    """All who may sign in, in the order of the lock screen."""
    return session.scalars(
        select(Staff).where(Staff.deleted_at.is_(None)).order_by(Staff.position, Staff.name)
    ).all()


def enrol(session: Session, *, name: str, role: Role, pin: str, at: datetime) -> Staff:
    """Somebody new at the desk. Refuses what `fields` refuses, `short_pin`, `easy_pin`."""
    if not name.strip():
        raise Refusal("no_name", _("Write the name."))
    member = Staff(
        name=fields.name(name),
        role=role,
        pin_hash=_hasher().hash(_checked(pin)),
        position=len(everyone(session)),
        card_code=codes.make(codes.Kind.STAFF),
    )
    session.add(member)
    session.flush()
    audit.record(session, "enrol", member, at, role=role)
    return member


def sign_in(session: Session, staff_id: UUID, pin: str, *, at: datetime) -> Staff | Refusal:
    """Let somebody in by PIN. The answer is a Refusal, not an exception, because a failure is a fact to keep.

    Refuses `wrong_pin` and, after three failures, `barred` for a time that doubles from 30 seconds to a quarter hour.
    """
    member = session.get_one(Staff, staff_id)
    if member.deleted_at is not None:
        return Refusal("dismissed", _("{} no longer signs in here.").format(member.name))
    if member.barred_until and _still_bars(member.barred_until, at):
        return Refusal(
            "barred",
            _("Too many wrong codes. Try again at {}.").format(clock_with_seconds(member.barred_until)),
        )
    if not _fits(member.pin_hash, pin):
        return _failure(session, member, at)
    if member.failures:
        member.failures, member.barred_until = 0, None
    audit.record(session, "sign_in", member, at, how="pin")
    return member


def sign_in_with_card(session: Session, code: str, *, at: datetime) -> Staff | None:
    """Let somebody in by a staff card; nobody for a card that is not (or no longer) ours."""
    member = session.scalar(select(Staff).where(Staff.card_code == code, Staff.deleted_at.is_(None)).limit(1))
    if member is not None:
        audit.record(session, "sign_in", member, at, how="card")
    return member


def change_pin(session: Session, staff_id: UUID, pin: str, *, at: datetime) -> Staff:
    """A new PIN. Refuses `short_pin` and `easy_pin`."""
    member = session.get_one(Staff, staff_id)
    member.pin_hash = _hasher().hash(_checked(pin))
    member.failures, member.barred_until = 0, None
    audit.record(session, "change_pin", member, at)
    return member


def dismiss(session: Session, staff_id: UUID, *, at: datetime) -> Staff:
    """Somebody no longer signs in. Refuses `last_manager`: one must stay."""
    member = session.get_one(Staff, staff_id)
    managers = [other for other in everyone(session) if other.is_manager and other.id != staff_id]
    if member.is_manager and not managers:
        raise Refusal("last_manager", _("One manager must stay. Enrol another first."))
    member.deleted_at = at
    audit.record(session, "dismiss", member, at)
    return member


def reinstate(session: Session, staff_id: UUID, *, at: datetime) -> Staff:
    """Undo of `dismiss`."""
    member = session.get_one(Staff, staff_id)
    member.deleted_at = None
    audit.record(session, "reinstate", member, at)
    return member


def acts_as_manager(session: Session) -> bool:
    """Whether whoever acts in this transaction is a manager."""
    by = session.info.get("by")
    member = session.get(Staff, by) if by else None
    return member is not None and member.is_manager and member.deleted_at is None


def clock_with_seconds(at: datetime) -> str:
    """`10:42:30`: waits are short."""
    return f"{clock(at)}:{at.second:02d}"


def _still_bars(until: datetime, at: datetime) -> bool:
    """A wait longer than the longest was set by a clock that stood ahead, and bars nobody."""
    return at < until <= at + _LONGEST_WAIT


def _failure(session: Session, member: Staff, at: datetime) -> Refusal:
    member.failures += 1
    over = member.failures - _FREE_FAILURES
    audit.record(session, "wrong_pin", member, at, failures=member.failures)
    if over < 0:
        left = -over
        return Refusal(
            "wrong_pin",
            ngettext("Wrong code. {} more try.", "Wrong code. {} more tries.", left).format(left),
        )
    member.barred_until = at + min(timedelta(seconds=30) * 2 ** min(over, 10), _LONGEST_WAIT)
    return Refusal(
        "barred", _("Wrong code. Try again at {}.").format(clock_with_seconds(member.barred_until))
    )


def _checked(pin: str) -> str:
    if not pin.isdecimal() or not LEAST_DIGITS <= len(pin) <= MOST_DIGITS:
        raise Refusal("short_pin", _("A code has {} to {} digits.").format(LEAST_DIGITS, MOST_DIGITS))
    steps = {ord(b) - ord(a) for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {-1}):
        raise Refusal("easy_pin", _("This code is too easy to guess. Choose another."))
    return pin


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415

    # 19 MiB, two passes: what OWASP names for Argon2id, and still instant at a desk
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def _fits(pin_hash: str, pin: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        return _hasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False
