"""Signing in, with patience after mistakes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import staff
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Role, Staff
from tests import builders
from tests.builders import PIN, TUESDAY

SECOND, MINUTE, YEAR = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=365)


def _wrong(session: Session, member: Staff, at: object = TUESDAY) -> Refusal:
    answer = staff.sign_in(session, member.id, "111222", at=at)  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    return answer


def test_the_right_pin_signs_in_and_is_written_down(session: Session) -> None:
    member = builders.member_of_staff(session)

    assert staff.sign_in(session, member.id, PIN, at=TUESDAY) is member
    assert session.scalars(select(AuditEntry.action)).all()[-1] == "sign_in"


def test_the_pin_is_kept_as_argon2id_and_nowhere_else(session: Session) -> None:
    member = builders.member_of_staff(session)

    assert member.pin_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert not any(PIN in details for details in session.scalars(select(AuditEntry.details)))


def test_the_same_pin_is_kept_differently_for_two(session: Session) -> None:
    first, second = (builders.member_of_staff(session, name) for name in ("Elif", "Deniz"))

    assert first.pin_hash != second.pin_hash
    assert first.card_code != second.card_code


def test_after_three_mistakes_the_wait_doubles_up_to_a_quarter_hour(session: Session) -> None:
    member = builders.member_of_staff(session)
    at, waits, reasons = TUESDAY, [], []
    for _mistake in range(10):
        reasons.append(_wrong(session, member, at).reason)
        if member.barred_until:
            waits.append((member.barred_until - at).total_seconds())
            at = member.barred_until

    assert reasons == ["wrong_pin"] * 2 + ["barred"] * 8
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_while_barred_the_right_pin_does_not_help(session: Session) -> None:
    member = builders.member_of_staff(session)
    refusal = [_wrong(session, member) for _mistake in range(3)][-1]

    assert str(refusal) == "Wrong code. Try again at 10:42:30."
    barred = staff.sign_in(session, member.id, PIN, at=TUESDAY + 29 * SECOND)
    assert isinstance(barred, Refusal)
    assert barred.reason == "barred"
    assert staff.sign_in(session, member.id, PIN, at=TUESDAY + 30 * SECOND) is member
    assert (member.failures, member.barred_until) == (0, None)


def test_a_clock_that_stood_ahead_locks_nobody_out(session: Session) -> None:
    member = builders.member_of_staff(session)
    for _mistake in range(3):
        _wrong(session, member, TUESDAY + YEAR)

    assert staff.sign_in(session, member.id, PIN, at=TUESDAY) is member


def test_the_clerk_is_told_how_many_tries_are_left(session: Session) -> None:
    member = builders.member_of_staff(session)

    assert [str(_wrong(session, member)) for _mistake in range(2)] == [
        "Wrong code. 2 more tries.",
        "Wrong code. 1 more try.",
    ]


@pytest.mark.parametrize(
    ("pin", "reason"),
    [
        ("12345", "short_pin"),
        ("", "short_pin"),
        ("1234567890123", "short_pin"),
        ("24a810", "short_pin"),
        ("111111", "easy_pin"),
        ("123456", "easy_pin"),
        ("987654", "easy_pin"),
    ],
)
def test_pins_that_are_too_short_or_too_easy(session: Session, pin: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        builders.member_of_staff(session, pin=pin)
    assert refused.value.reason == reason


def test_a_new_pin_replaces_the_old_one(session: Session) -> None:
    member = builders.member_of_staff(session)
    staff.change_pin(session, member.id, "135797", at=TUESDAY)

    assert staff.sign_in(session, member.id, "135797", at=TUESDAY) is member
    assert isinstance(staff.sign_in(session, member.id, PIN, at=TUESDAY), Refusal)


def test_a_card_signs_in_until_its_owner_is_dismissed(session: Session) -> None:
    member = builders.member_of_staff(session)

    assert staff.sign_in_with_card(session, member.card_code, at=TUESDAY) is member
    staff.dismiss(session, member.id, at=TUESDAY)
    assert staff.sign_in_with_card(session, member.card_code, at=TUESDAY) is None
    assert staff.sign_in_with_card(session, "", at=TUESDAY) is None


def test_who_was_dismissed_does_not_sign_in_from_a_list_left_open(session: Session) -> None:
    member = builders.member_of_staff(session)
    staff.dismiss(session, member.id, at=TUESDAY)

    answer = staff.sign_in(session, member.id, PIN, at=TUESDAY)

    assert isinstance(answer, Refusal)
    assert answer.reason == "dismissed"
    assert staff.everyone(session) == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.ADMIN])
def test_the_last_manager_stays(session: Session, role: Role) -> None:
    builders.member_of_staff(session, "Elif")
    last = builders.member_of_staff(session, "Deniz", role)

    with pytest.raises(Refusal) as refused:
        staff.dismiss(session, last.id, at=TUESDAY)
    assert refused.value.reason == "last_manager"
    builders.member_of_staff(session, "Ufuk", Role.MANAGER)
    assert staff.dismiss(session, last.id, at=TUESDAY).deleted_at == TUESDAY


def test_a_dismissed_manager_no_longer_acts_as_one(session: Session) -> None:
    gone, _other = (builders.member_of_staff(session, name, Role.MANAGER) for name in ("Deniz", "Ufuk"))
    session.info["by"] = gone.id
    assert staff.acts_as_manager(session)
    staff.dismiss(session, gone.id, at=TUESDAY)

    assert not staff.acts_as_manager(session)
