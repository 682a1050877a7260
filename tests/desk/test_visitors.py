from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from civicdesk.database import Database
from civicdesk.desk import people, visitors, visits
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, new_id
from tests import builders
from tests.builders import TUESDAY


def actions(database: Database) -> list[tuple[str, str]]:
    with database.read() as session:
        return [(each.action, each.details) for each in session.scalars(select(AuditEntry)).all()]


def test_a_profile_counts_every_visit_and_knows_the_one_under_way(database: Database) -> None:
    with database.begin() as session:
        first = builders.visit(session, at=TUESDAY - timedelta(days=1))
        visits.check_out(session, first.id, at=TUESDAY - timedelta(hours=20))
        second = visits.check_in(session, visits.Arrival(visitor=first.visitor), at=TUESDAY)
        found = visitors.profile(session, first.visitor_id)

    assert (found.visits, [visit.id for visit in found.history]) == (2, [second.id, first.id])
    assert found.open_visit is not None
    assert found.open_visit.id == second.id
    assert found.left_today(TUESDAY) is None


def test_a_check_out_is_of_today_until_midnight_in_the_centre(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        visits.check_out(session, visit.id, at=TUESDAY)
        found = visitors.profile(session, visit.visitor_id)

    assert found.left_today(TUESDAY + timedelta(hours=13)) is not None
    assert found.left_today(TUESDAY + timedelta(hours=14)) is None


def test_looking_is_written_down_without_the_name(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        visitors.note_look(session, visit.visitor_id, at=TUESDAY)
    assert actions(database)[-1] == ("look_at_visitor", "{}")


def test_a_name_put_right_is_found_by_its_new_spelling(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session, "Selin Karaca")
        visitors.change(session, visit.visitor_id, name="Şermin Karaca", phone="0532 123 45 67", at=TUESDAY)
    with database.read() as session:
        (found,) = people.suggest(session, "serm")
    assert (found.visitor.name, found.visitor.phone) == ("Şermin Karaca", "+905321234567")
    assert actions(database)[-1] == ("change_visitor", '{"fields": ["name", "phone"]}')


def test_saving_what_is_the_same_writes_nothing_down(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session, "Selin Karaca")
        visitors.change(session, visit.visitor_id, name=" Selin  Karaca ", phone="", at=TUESDAY)
    assert [action for action, _details in actions(database)] == ["check_in"]


def test_the_number_of_people_can_be_put_right_while_they_are_inside(database: Database) -> None:
    with database.begin() as session:
        visit = builders.visit(session, people=3)
        assert visitors.change_people(session, visit.id, 5, at=TUESDAY).people == 5
        visits.check_out(session, visit.id, at=TUESDAY)
        with pytest.raises(Refusal) as refusal:
            visitors.change_people(session, visit.id, 2, at=TUESDAY)
    assert refusal.value.reason == "not_inside"


@pytest.mark.parametrize(("count", "reason"), [(0, "no_people"), (10_000, "many_people")])
def test_no_impossible_number_of_people(database: Database, count: int, reason: str) -> None:
    with database.begin() as session:
        visit = builders.visit(session)
        with pytest.raises(Refusal) as refusal:
            visitors.change_people(session, visit.id, count, at=TUESDAY)
    assert refusal.value.reason == reason


def test_a_visitor_who_was_erased_is_refused(database: Database) -> None:
    with database.begin() as session, pytest.raises(Refusal) as refusal:
        visitors.profile(session, new_id())
    assert refusal.value.reason == "no_visitor"
