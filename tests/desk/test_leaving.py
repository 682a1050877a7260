from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import centre, headcounts, leaving, occupancy, visits
from civicdesk.errors import Refusal
from civicdesk.models import How, Passage
from tests import builders
from tests.builders import TUESDAY


def test_everybody_goes_and_comes_back_with_and_without_names(session: Session) -> None:
    hall = centre.rooms(session)[1]
    builders.visit(session, people=3)
    headcounts.count(session, hall.id, 5, at=TUESDAY)

    gone = leaving.everybody_out(session, at=TUESDAY)
    assert occupancy.now(session).total == 0

    assert leaving.bring_back(session, gone, at=TUESDAY + timedelta(seconds=9)) == 1
    assert occupancy.now(session).total == 8
    assert len(visits.inside(session)) == 1


def test_who_left_before_stays_out(session: Session) -> None:
    early = builders.visit(session, "Selin Karaca")
    visits.check_out(session, early.id, at=TUESDAY)
    builders.visit(session, "Barış Yalın")

    leaving.bring_back(session, leaving.everybody_out(session, at=TUESDAY), at=TUESDAY)

    assert [visit.visitor.name for visit in visits.inside(session)] == ["Barış Yalın"]


def test_some_of_a_company_go_and_come_back_once(session: Session) -> None:
    visit = builders.visit(session, people=10)
    leaving.some_out(session, visit.id, 2, at=TUESDAY)
    leaving.some_out(session, visit.id, 1, at=TUESDAY + timedelta(minutes=1))
    assert leaving.came(session, visits.inside(session)) == {visit.id: 10}

    leaving.some_back(session, visit.id, 1, at=TUESDAY + timedelta(minutes=2))

    assert occupancy.now(session).total == 8
    assert leaving.came(session, visits.inside(session)) == {visit.id: 10}
    ways = [(p.direction, p.how) for p in session.scalars(select(Passage).order_by(Passage.id))]
    assert ways == [("in", How.TAP), ("out", How.TAP), ("out", How.TAP), ("in", How.UNDO)]

    leaving.some_back(session, visit.id, 2, at=TUESDAY + timedelta(minutes=3))
    leaving.some_back(session, visit.id, 2, at=TUESDAY + timedelta(minutes=3))
    assert occupancy.now(session).total == 10
    assert leaving.came(session, visits.inside(session)) == {}


def test_the_same_key_takes_nobody_out_twice(session: Session) -> None:
    visit = builders.visit(session, people=10)
    for _tap in range(2):
        leaving.some_out(session, visit.id, 3, at=TUESDAY, key="tap")
    assert visits.one(session, visit.id).people == 7


def test_nobody_comes_back_to_a_visit_that_has_ended(session: Session) -> None:
    visit = builders.visit(session, people=4)
    leaving.some_out(session, visit.id, 1, at=TUESDAY)
    visits.check_out(session, visit.id, at=TUESDAY)

    with pytest.raises(Refusal) as refusal:
        leaving.some_back(session, visit.id, 1, at=TUESDAY)
    assert refusal.value.reason == "not_inside"
