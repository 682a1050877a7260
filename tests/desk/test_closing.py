"""At closing time, and after days on which nobody opened the desk."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import headcounts, occupancy, visits
from civicdesk.models import AuditEntry, Closure, How, Passage, Room, Visit
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
CLOSING = TUESDAY.replace(hour=16, minute=30)
MIDNIGHT = TUESDAY.replace(hour=21, minute=0)


def _room(session: Session) -> Room:
    return session.scalars(select(Room).order_by(Room.position)).first()  # type: ignore[return-value]


def test_before_closing_nobody_is_presumed_gone(session: Session) -> None:
    builders.visit(session)
    headcounts.count(session, _room(session).id, 5, at=TUESDAY)

    assert visits.presume_left(session, at=CLOSING - MINUTE) == []
    assert occupancy.now(session).total == 6


def test_at_closing_everyone_is_presumed_gone_and_heads_are_cleared(session: Session) -> None:
    builders.visit(session, "Cem")
    builders.visit(session, "Hale", people=4)
    headcounts.count(session, _room(session).id, 5, at=TUESDAY)

    gone = visits.presume_left(session, at=CLOSING)

    assert {(visit.left_at, visit.left_how) for visit in gone} == {(CLOSING, How.PRESUMED)}
    assert occupancy.now(session).total == 0
    assert session.scalars(select(Passage.how).where(Passage.direction == "out")).all() == [How.PRESUMED] * 2
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert entry.details == '{"heads": 5, "how": "presumed", "visits": 2}'


def test_after_days_off_each_left_on_the_day_of_arrival(session: Session) -> None:
    saturday = TUESDAY - 3 * DAY
    builders.visit(session, "Cumartesi", at=saturday)
    builders.visit(session, "Pazartesi", at=TUESDAY - DAY)
    headcounts.count(session, _room(session).id, 5, at=saturday)

    gone = visits.presume_left(session, at=TUESDAY)

    assert sorted(visit.left_at for visit in gone if visit.left_at) == [
        saturday.replace(hour=15, minute=0),
        CLOSING - DAY,
    ]
    assert occupancy.now(session).total == 0


def test_who_came_after_closing_stays_until_midnight(session: Session) -> None:
    visits.check_in(session, visits.Arrival(name="Gece"), at=CLOSING + HOUR, override="Kurul")
    headcounts.count(session, _room(session).id, 5, at=CLOSING + HOUR)

    assert visits.presume_left(session, at=MIDNIGHT - MINUTE) == []
    assert occupancy.now(session).total == 6
    assert [visit.left_at for visit in visits.presume_left(session, at=MIDNIGHT)] == [MIDNIGHT]
    assert occupancy.now(session).total == 0


def test_a_closure_brings_closing_time_forward(session: Session) -> None:
    session.add(Closure(on=date(2026, 11, 24), from_time="12:00", reason="Sayım"))
    builders.visit(session)

    [gone] = visits.presume_left(session, at=TUESDAY.replace(hour=9, minute=0))
    assert gone.left_at == TUESDAY.replace(hour=9, minute=0)


@pytest.mark.parametrize("again", range(2))
def test_asking_again_writes_nothing_more(session: Session, again: int) -> None:
    builders.visit(session)
    for _tick in range(again + 2):
        visits.presume_left(session, at=CLOSING + MINUTE)

    assert len(session.scalars(select(Passage)).all()) == 2
    assert len(session.scalars(select(AuditEntry)).all()) == 2


def test_who_was_seen_leaving_is_never_marked_presumed(session: Session) -> None:
    visit = builders.visit(session)
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)
    visits.presume_left(session, at=CLOSING)

    assert session.scalars(select(Visit.left_how)).all() == [How.TAP]


def test_a_presumed_leaving_can_be_undone(session: Session) -> None:
    visit = builders.visit(session)
    visits.presume_left(session, at=CLOSING)
    visits.undo_check_out(session, [visit.id], at=CLOSING + MINUTE)

    assert [v.id for v in visits.inside(session)] == [visit.id]


def test_a_clock_set_back_presumes_nobody_gone(session: Session) -> None:
    builders.visit(session)

    assert visits.presume_left(session, at=TUESDAY - 365 * DAY) == []
