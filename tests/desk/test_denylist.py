"""Who may not come in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import denylist
from civicdesk.errors import Refusal
from tests.builders import TUESDAY


@pytest.fixture
def listed(session: Session) -> Session:
    denylist.add(
        session,
        name="Çiğdem Yılmaz",
        phone="0532 123 45 67",
        email=" Cigdem@Posta.Example ",
        reason="Tehdit",
        until=date(2026, 11, 24),
        at=TUESDAY,
    )
    return session


@pytest.mark.parametrize(
    "seen",
    [
        {"name": "CIGDEM YILMAZ"},
        {"name": "çiğdem  yilmaz"},
        {"name": "Somebody Else", "phone": "+905321234567"},
        {"name": "Somebody Else", "email": "CIGDEM@posta.example"},
    ],
    ids=["plain", "gaps", "phone", "e-mail"],
)
def test_the_same_name_phone_or_email_is_exact(listed: Session, seen: dict[str, str]) -> None:
    match = denylist.match(listed, **seen, at=TUESDAY)  # type: ignore[arg-type]

    assert match is not None
    assert match.is_exact


@pytest.mark.parametrize("name", ["Çiğdem Yılmas", "Çiğdm Yılmazz", "Yılmaz Çiğdem"])
def test_a_typo_or_swapped_words_are_near(listed: Session, name: str) -> None:
    match = denylist.match(listed, name=name, at=TUESDAY)

    assert match is not None
    assert not match.is_exact


@pytest.mark.parametrize("name", ["Çiğdem Kaya", "Cem", "", "   "])
def test_others_are_not_on_the_list(listed: Session, name: str) -> None:
    assert denylist.match(listed, name=name, at=TUESDAY) is None


def test_the_last_day_counts_and_the_next_does_not(listed: Session) -> None:
    assert denylist.match(listed, name="Çiğdem Yılmaz", at=TUESDAY)
    assert denylist.match(listed, name="Çiğdem Yılmaz", at=TUESDAY + timedelta(days=1)) is None


def test_who_was_taken_off_comes_in_and_can_be_put_back(listed: Session) -> None:
    [denial] = denylist.entries(listed, TUESDAY)
    denylist.remove(listed, denial, at=TUESDAY)
    assert denylist.match(listed, name="Çiğdem Yılmaz", at=TUESDAY) is None
    denylist.restore(listed, denial, at=TUESDAY)
    assert denylist.match(listed, name="Çiğdem Yılmaz", at=TUESDAY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reason": "  "}, "no_reason"),
        ({"until": date(2026, 11, 23)}, "past_date"),
        ({"name": "7"}, "no_name"),
    ],
)
def test_what_cannot_be_listed(session: Session, change: dict[str, object], reason: str) -> None:
    wanted: dict[str, object] = {"name": "Ali", "reason": "Tehdit", "until": None} | change

    with pytest.raises(Refusal) as refused:
        denylist.add(session, **wanted, at=TUESDAY)  # type: ignore[arg-type]
    assert refused.value.reason == reason


def test_a_short_name_forgives_one_slip_only(session: Session) -> None:
    denylist.add(session, name="Ali Can", reason="Tehdit", until=None, at=TUESDAY)

    assert denylist.match(session, name="Ali Cam", at=TUESDAY)
    assert denylist.match(session, name="Ela Can", at=TUESDAY) is None
