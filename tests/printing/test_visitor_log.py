from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import centre, visitor_log, visits
from civicdesk.models import Visitor
from civicdesk.printing.picture import page_count
from civicdesk.printing.visitor_log import visitor_log_pdf
from tests import builders
from tests.builders import TUESDAY
from tests.printing.reading import words

ON = date(2026, 11, 24)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def page(session: Session) -> str:
    log = visitor_log.open_log(session, ON, reason="Kayıp eşya", at=TUESDAY)
    return "\n".join(words(visitor_log_pdf(centre.the_centre(session), log, "Deniz Polat")))


def test_it_says_who_came_when_and_why_it_was_opened_and_by_whom(session: Session) -> None:
    builders.visit(session, people=3)

    said = page(session)

    assert "10:42\ninside\nSelin Karaca (+2)" in said
    assert "Opened because: Kayıp eşya" in said
    assert "Deniz Polat" in said


def test_a_departure_nobody_saw_is_marked(session: Session) -> None:
    builders.visit(session)
    visits.presume_left(session, at=TUESDAY + timedelta(days=1))
    session.flush()

    assert "19:30 *\nSelin Karaca" in page(session)


def test_a_name_that_was_deleted_is_not_there(session: Session) -> None:
    builders.visit(session)
    session.flush()
    session.scalars(select(Visitor)).one().name = "—"
    session.flush()

    assert "name deleted" in page(session)


def test_a_day_without_visitors_says_so(session: Session) -> None:
    assert "Nobody came on this day." in page(session)


def test_many_visitors_take_as_many_pages_as_they_need(session: Session) -> None:
    for number in range(60):
        builders.visit(session, f"Ziyaretçi {number}")
    log = visitor_log.open_log(session, ON, reason="Kayıp eşya", at=TUESDAY)

    assert page_count(visitor_log_pdf(centre.the_centre(session), log, "")) == 2
