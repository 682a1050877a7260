from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from civicdesk.desk import centre, headcounts, leaving, occupancy, visits
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
