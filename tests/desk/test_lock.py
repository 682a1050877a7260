from __future__ import annotations

from datetime import UTC, datetime

import pytest

from civicdesk.database import Database
from civicdesk.desk import lock
from civicdesk.errors import Refusal
from civicdesk.models import Centre
from tests import builders


def test_the_locked_desk_counts_people_and_knows_who_may_sign_in(database: Database) -> None:
    with database.begin() as session:
        builders.member_of_staff(session)
        builders.visit(session, people=4)
        seen = lock.look(session, at=builders.TUESDAY)

    assert (seen.inside, seen.opens_next) == (4, None)
    assert [member.name for member in seen.staff] == ["Elif Aksoy"]


def test_at_night_it_knows_when_the_centre_opens(database: Database) -> None:
    with database.begin() as session:
        seen = lock.look(session, at=datetime(2026, 11, 28, 20, 0, tzinfo=UTC))

    assert seen.opens_next == datetime(2026, 11, 30, 6, 0, tzinfo=UTC)


def test_before_the_set_up_there_is_nothing_to_lock(database: Database) -> None:
    with database.begin() as session:
        session.query(Centre).update({Centre.deleted_at: builders.TUESDAY})
    with database.read() as session, pytest.raises(Refusal, match="not set up"):
        lock.look(session, at=builders.TUESDAY)
