from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import loans
from civicdesk.desk.loans import Wanted
from civicdesk.errors import Refusal
from civicdesk.models import Loan, LoanKind
from tests import builders
from tests.builders import TUESDAY

HOUR = timedelta(hours=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def lend(session: Session, **wanted: object) -> Loan:
    given = {"what": "Projektör", "organisation_id": builders.organisation(session).id, **wanted}
    return loans.lend(session, Wanted(**given), at=TUESDAY)  # type: ignore[arg-type]


def test_what_is_lent_is_out_until_it_is_back(session: Session) -> None:
    loan = lend(session, kind=LoanKind.KEY, due_at=TUESDAY + HOUR)
    assert loans.out(session) == [loan]
    assert loan.organisation is not None
    loans.take_back(session, loan.id, at=TUESDAY + HOUR)
    session.flush()

    assert loans.out(session) == []
    assert loans.back_lately(session) == [loan]


def test_what_should_be_back_is_overdue_from_the_minute_on(session: Session) -> None:
    loan = lend(session, due_at=TUESDAY + HOUR)
    lend(session)

    assert loans.count_out(session, at=TUESDAY + HOUR) == (2, 0)
    assert loans.count_out(session, at=TUESDAY + HOUR + timedelta(seconds=1)) == (2, 1)
    assert loans.is_overdue(loan, TUESDAY + 2 * HOUR)
    loans.extend(session, loan.id, TUESDAY + 3 * HOUR, at=TUESDAY + 2 * HOUR)
    assert not loans.is_overdue(loan, TUESDAY + 2 * HOUR)


def test_what_is_due_first_stands_first_and_what_has_no_end_last(session: Session) -> None:
    late, none, soon = (
        lend(session, due_at=TUESDAY + 2 * HOUR),
        lend(session),
        lend(session, due_at=TUESDAY + HOUR),
    )

    assert loans.out(session) == [soon, late, none]


def test_taking_back_twice_is_once_and_can_be_undone(session: Session) -> None:
    loan = lend(session)
    loans.take_back(session, loan.id, at=TUESDAY + HOUR)
    loans.take_back(session, loan.id, at=TUESDAY + 2 * HOUR)
    assert loan.back_at == TUESDAY + HOUR
    loans.still_out(session, loan.id, at=TUESDAY)

    assert loans.out(session) == [loan]


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ({"what": " "}, "nothing_lent"),
        ({"organisation_id": None}, "no_organisation"),
        ({"count": 0}, "bad_count"),
        ({"count": 10_001}, "bad_count"),
        ({"due_at": TUESDAY}, "due_in_the_past"),
        ({"person": "10000000146"}, "national_id"),
    ],
)
def test_what_is_no_loan_is_refused(session: Session, wanted: dict[str, object], reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        lend(session, **wanted)

    assert refused.value.reason == reason


def test_what_is_back_is_not_extended(session: Session) -> None:
    loan = lend(session)
    loans.take_back(session, loan.id, at=TUESDAY)
    with pytest.raises(Refusal) as refused:
        loans.extend(session, loan.id, TUESDAY + HOUR, at=TUESDAY)

    assert refused.value.reason == "loan_is_back"


def test_a_loan_written_by_mistake_goes_and_comes_back(session: Session) -> None:
    loan = lend(session)
    loans.remove(session, loan.id, at=TUESDAY)
    assert loans.count_out(session, at=TUESDAY) == (0, 0)
    loans.restore(session, loan.id, at=TUESDAY)
    assert loans.count_out(session, at=TUESDAY) == (1, 0)
