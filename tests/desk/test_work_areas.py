from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import visits, work_areas
from civicdesk.desk.work_areas import Place
from civicdesk.errors import Refusal
from civicdesk.models import Badge, Reason, Room, SeatStay, Visit, WorkSeat
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


@pytest.fixture
def area(session: Session) -> Room:
    """A work area with 24 seats."""
    room = Room(name="Ortak Çalışma", capacity=24, is_work_area=True, position=9)
    session.add(room)
    session.flush()
    return room


def fill(session: Session, area: Room, seats: int = 24) -> None:
    for _n in range(seats):
        work_areas.sit(session, Place(room_id=area.id), at=TUESDAY)


def code(session: Session, visit: Visit) -> str:
    return session.scalars(select(Badge.code).where(Badge.visit_id == visit.id)).one()


def now(session: Session) -> work_areas.Area:
    [area] = work_areas.areas(session)
    return area


def test_the_twenty_fifth_of_twenty_four_is_refused_with_the_next_free_time(
    session: Session, area: Room
) -> None:
    fill(session, area)
    with pytest.raises(Refusal) as refused:
        work_areas.sit(session, Place(room_id=area.id), at=TUESDAY + MINUTE)

    assert refused.value.reason == "seats_full"
    assert "All 24 seats of Ortak Çalışma are taken." in str(refused.value)
    assert "at the latest at 19:30" in str(refused.value)
    assert now(session).free == 0


def test_the_next_free_time_is_what_people_usually_stay(session: Session, area: Room) -> None:
    for _n in range(5):
        stay = work_areas.sit(session, Place(room_id=area.id), at=TUESDAY - 5 * HOUR)
        work_areas.leave(session, stay.id, at=TUESDAY - 3 * HOUR)
    session.flush()
    fill(session, area)
    with pytest.raises(Refusal, match="likely to be free at about 12:42"):
        work_areas.sit(session, Place(room_id=area.id), at=TUESDAY + HOUR)


def test_a_group_that_does_not_fit_is_told_how_many_do(session: Session, area: Room) -> None:
    fill(session, area, 22)
    with pytest.raises(Refusal, match="Only 2 seats are free"):
        work_areas.sit(session, Place(room_id=area.id, people=3), at=TUESDAY)


def test_the_database_itself_keeps_the_limit(database: Database) -> None:
    with database.begin() as session:
        room = Room(name="Küçük", capacity=1, is_work_area=True)
        session.add(room)
        session.add(SeatStay(room_id=room.id, since_at=TUESDAY))
    with pytest.raises(Refusal) as refused, database.begin() as session:
        session.add(SeatStay(room_id=room.id, since_at=TUESDAY))

    assert refused.value.reason == "seats_full"


def test_a_named_seat_holds_one(session: Session, area: Room) -> None:
    seat = WorkSeat(room_id=area.id, name="A1")
    session.add(seat)
    session.flush()
    place = Place(room_id=area.id, seat_id=seat.id)
    work_areas.sit(session, place, at=TUESDAY)
    assert now(session).sittings[0].seat is seat


def test_leaving_the_building_gives_the_seat_back(session: Session, area: Room) -> None:
    visit = builders.visit(session)
    work_areas.sit(session, Place(room_id=area.id, visit_id=visit.id), at=TUESDAY)
    assert now(session).taken == 1
    visits.check_out(session, visit.id, at=TUESDAY + HOUR)
    session.flush()

    assert now(session).taken == 0


def test_whoever_moves_to_another_area_leaves_the_first(session: Session, area: Room) -> None:
    other = Room(name="Sessiz", capacity=1, is_work_area=True, position=10)
    session.add(other)
    session.flush()
    visit = builders.visit(session)
    for room in (area, other):
        work_areas.sit(session, Place(room_id=room.id, visit_id=visit.id), at=TUESDAY)

    assert [each.taken for each in work_areas.areas(session)] == [0, 1]


def test_whoever_is_refused_elsewhere_keeps_the_seat(database: Database) -> None:
    with database.begin() as session:
        area = Room(name="Ortak", capacity=4, is_work_area=True, position=1)
        full = Room(name="Sessiz", capacity=1, is_work_area=True, position=2)
        session.add_all([area, full])
        session.flush()
        visit = builders.visit(session)
        work_areas.sit(session, Place(room_id=area.id, visit_id=visit.id), at=TUESDAY)
        work_areas.sit(session, Place(room_id=full.id), at=TUESDAY)
    with pytest.raises(Refusal), database.begin() as session:
        work_areas.sit(session, Place(room_id=full.id, visit_id=visit.id), at=TUESDAY + HOUR)
    with database.read() as session:
        assert [each.taken for each in work_areas.areas(session)] == [1, 1]


def test_who_was_only_counted_is_counted_out_again(session: Session, area: Room) -> None:
    work_areas.sit(session, Place(room_id=area.id, people=2), at=TUESDAY)
    for left in (1, 0):
        work_areas.one_left(session, area.id, at=TUESDAY + MINUTE)
        session.flush()
        assert now(session).taken == left
    with pytest.raises(Refusal) as refused:
        work_areas.one_left(session, area.id, at=TUESDAY)
    assert refused.value.reason == "nobody_counted"


def test_getting_up_is_taken_back_while_there_is_room(session: Session, area: Room) -> None:
    stay = work_areas.sit(session, Place(room_id=area.id), at=TUESDAY)
    work_areas.leave(session, stay.id, at=TUESDAY + MINUTE)
    work_areas.sit_again(session, stay.id, at=TUESDAY + MINUTE)
    assert now(session).taken == 1
    work_areas.leave(session, stay.id, at=TUESDAY + MINUTE)
    session.flush()
    fill(session, area)
    with pytest.raises(Refusal):
        work_areas.sit_again(session, stay.id, at=TUESDAY + MINUTE)


def test_a_meeting_room_is_no_work_area(session: Session) -> None:
    room = session.scalars(select(Room)).first()
    assert room is not None
    with pytest.raises(Refusal) as refused:
        work_areas.sit(session, Place(room_id=room.id), at=TUESDAY)

    assert refused.value.reason == "no_work_area"


def test_who_comes_to_work_is_seated_by_the_check_in(session: Session, area: Room) -> None:
    builders.visit(session, reason=Reason.WORK_AREA, room_id=area.id)
    assert now(session).taken == 1
    fill(session, area, 23)
    with pytest.raises(Refusal) as refused:
        builders.visit(session, "Murat Ak", reason=Reason.WORK_AREA, room_id=area.id)
    assert refused.value.reason == "seats_full"
