from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import visitor_log
from civicdesk.errors import Refusal
from tests import builders
from tests.builders import TUESDAY


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def test_the_log_has_everybody_who_came_on_the_day(session: Session) -> None:
    builders.visit(session, people=3)
    builders.visit(session, "Murat Ak")

    log = visitor_log.open_log(session, date(2026, 11, 24), reason="Kayıp eşya", at=TUESDAY)

    assert [visit.visitor.name for visit in log.visits] == ["Selin Karaca", "Murat Ak"]
    assert log.people == 4


@pytest.mark.parametrize(("reason", "refused"), [("  ", "no_reason"), ("x" * 201, "long_reason")])
def test_it_stays_closed_without_a_short_reason(session: Session, reason: str, refused: str) -> None:
    with pytest.raises(Refusal) as refusal:
        visitor_log.open_log(session, date(2026, 11, 24), reason=reason, at=TUESDAY)

    assert refusal.value.reason == refused
