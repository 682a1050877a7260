"""One tap twice is one action, also when the program dies between the two."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from civicdesk.database import Database
from civicdesk.desk import actions, headcounts, visits
from civicdesk.models import DoneAction, Passage, Room, Visit
from tests.builders import TUESDAY


def _count(database: Database, table: type[Visit] | type[Passage] | type[DoneAction]) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _check_in(database: Database, *, dies: bool = False) -> Visit:
    with database.begin() as session:
        visit = visits.check_in(session, visits.Arrival(name="Hale Şahin"), at=TUESDAY, key="tap-7")
        if dies:
            raise KeyboardInterrupt
        return visit


def test_a_tap_that_died_before_it_was_done_is_done_by_the_next(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt):
        _check_in(database, dies=True)
    assert _count(database, Visit) == _count(database, DoneAction) == 0
    _check_in(database)

    assert _count(database, Visit) == _count(database, Passage) == 1


def test_a_tap_that_was_done_is_not_done_again_after_a_restart(database: Database, file: Path) -> None:
    first = _check_in(database)
    database.close()
    restarted = Database(file)
    second = _check_in(restarted)
    done = _count(restarted, Passage)
    restarted.close()

    assert first.id == second.id
    assert done == 1


def test_what_two_programs_do_with_one_key_is_done_once(database: Database, file: Path) -> None:
    other = Database(file)
    first, second = _check_in(database), _check_in(other)
    other.close()

    assert first.id == second.id
    assert _count(database, Visit) == 1


def test_without_a_key_every_tap_counts(database: Database) -> None:
    with database.begin() as session:
        room = session.scalars(select(Room)).first()
        assert room is not None
        for _tap in range(2):
            headcounts.count(session, room.id, 1, at=TUESDAY, key=None)
        assert actions.subject_of(session, None) is None

    assert _count(database, DoneAction) == 0


def _take_a_number_and_die(database: Database) -> None:
    with database.begin() as session:
        actions.next_number(session, "visit")
        raise KeyboardInterrupt


def test_numbers_are_given_out_once_and_a_refused_one_again(database: Database) -> None:
    with database.begin() as session:
        assert [actions.next_number(session, "visit") for _ in range(3)] == [1, 2, 3]
        assert actions.next_number(session, "parcel") == 1
    with pytest.raises(KeyboardInterrupt):
        _take_a_number_and_die(database)
    with database.begin() as session:
        assert actions.next_number(session, "visit") == 4
