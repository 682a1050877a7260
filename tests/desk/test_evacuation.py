"""Who must come out of the building."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import evacuation, headcounts, visits
from civicdesk.desk.headcounts import Category
from civicdesk.errors import Refusal
from civicdesk.models import Room
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _rooms(session: Session) -> list[Room]:
    return list(session.scalars(select(Room).order_by(Room.position)))


def _names(roll: evacuation.Roll) -> list[str]:
    return [visit.visitor.name for visit in roll.people]


def test_who_needs_assistance_comes_first_then_by_zone_and_room(session: Session) -> None:
    ground, hall, workshop = _rooms(session)
    for name, room in (("Zemin", ground), ("Salon", hall), ("Atölye", workshop)):
        builders.visit(session, name, room_id=room.id)
    builders.visit(session, "Yersiz")
    builders.visit(session, "Tekerlekli", room_id=workshop.id, needs=("wheelchair",))

    roll = evacuation.roll(session, at=TUESDAY)
    assert _names(roll) == ["Tekerlekli", "Yersiz", "Atölye", "Salon", "Zemin"]


def test_people_without_names_are_on_the_list_by_room(session: Session) -> None:
    ground, hall, _workshop = _rooms(session)
    builders.visit(session, "Cem", room_id=hall.id, people=3)
    headcounts.count(session, hall.id, 49, at=TUESDAY)
    headcounts.count(session, hall.id, 2, at=TUESDAY, category=Category.WHEELCHAIR)
    headcounts.count(session, ground.id, 4, at=TUESDAY)

    roll = evacuation.roll(session, at=TUESDAY)

    assert [(unnamed.room.name, unnamed.people) for unnamed in roll.unnamed] == [
        ("Çınar Odası", 4),
        ("Ihlamur Salonu", 48),
    ]
    assert roll.unnamed[1].categories == {"adult": 49, "wheelchair": 2}
    assert roll.total == 55 == sum(v.people for v in roll.people) + sum(u.people for u in roll.unnamed)


def test_people_counted_in_a_room_that_was_taken_away_stay_on_the_list(session: Session) -> None:
    room = _rooms(session)[0]
    headcounts.count(session, room.id, 4, at=TUESDAY)
    room.deleted_at = TUESDAY

    roll = evacuation.roll(session, at=TUESDAY)

    assert sum(unnamed.people for unnamed in roll.unnamed) == roll.total == 4


def test_who_was_presumed_gone_today_may_still_be_inside(session: Session) -> None:
    for name, day in (("Dün", TUESDAY - DAY), ("Bugün", TUESDAY)):
        builders.visit(session, name, at=day)
    visits.presume_left(session, at=TUESDAY + 10 * HOUR)
    seen = builders.visit(session, "Görüldü", at=TUESDAY)
    visits.check_out(session, seen.id, at=TUESDAY + HOUR)

    roll = evacuation.roll(session, at=TUESDAY + 10 * HOUR)

    assert _names(roll) == []
    assert [visit.visitor.name for visit in roll.presumed_left] == ["Bugün"]


def test_safe_people_are_counted_off(session: Session) -> None:
    first, second = builders.visit(session, "Cem", people=3), builders.visit(session, "Hale")
    muster = evacuation.begin(session, at=TUESDAY, is_drill=False)
    evacuation.mark(session, muster.id, first.id, is_safe=True, at=TUESDAY + MINUTE)

    roll = evacuation.roll(session, at=TUESDAY + MINUTE)

    assert roll.safe == {first.id}
    assert roll.missing == second.people == 1


def test_of_two_marks_the_last_written_counts_also_when_the_clock_went_back(session: Session) -> None:
    visit = builders.visit(session, "Cem")
    muster = evacuation.begin(session, at=TUESDAY, is_drill=False)
    evacuation.mark(session, muster.id, visit.id, is_safe=True, at=TUESDAY + MINUTE)
    session.flush()
    evacuation.mark(session, muster.id, visit.id, is_safe=False, at=TUESDAY)

    assert evacuation.roll(session, at=TUESDAY + MINUTE).missing == 1


def test_somebody_not_on_the_list_is_added(session: Session) -> None:
    muster = evacuation.begin(session, at=TUESDAY, is_drill=True)
    evacuation.add_unlisted(session, muster.id, "Kurye", at=TUESDAY)

    assert [mark.name for mark in evacuation.roll(session, at=TUESDAY).added] == ["Kurye"]
    with pytest.raises(Refusal) as refused:
        evacuation.add_unlisted(session, muster.id, "10000000146", at=TUESDAY)
    assert refused.value.reason == "national_id"


def test_one_muster_runs_at_a_time(session: Session) -> None:
    first = evacuation.begin(session, at=TUESDAY, is_drill=True)

    assert evacuation.begin(session, at=TUESDAY + MINUTE, is_drill=False) is first
    evacuation.end(session, first.id, at=TUESDAY + HOUR)
    assert evacuation.running(session) is None
    assert evacuation.roll(session, at=TUESDAY + HOUR).safe == frozenset()


def test_marks_of_a_drill_do_not_count_in_the_next_one(session: Session) -> None:
    visit = builders.visit(session, "Cem")
    drill = evacuation.begin(session, at=TUESDAY, is_drill=True)
    evacuation.mark(session, drill.id, visit.id, is_safe=True, at=TUESDAY)
    evacuation.end(session, drill.id, at=TUESDAY + MINUTE)
    evacuation.begin(session, at=TUESDAY + HOUR, is_drill=False)

    assert evacuation.roll(session, at=TUESDAY + HOUR).missing == 1
