"""How many are inside, each counted once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import headcounts, occupancy, visits
from civicdesk.desk.headcounts import Category
from civicdesk.errors import Refusal
from civicdesk.models import Booking, HeadTotal, Room
from tests import builders
from tests.builders import TUESDAY

MINUTE = timedelta(minutes=1)


def _reason(what: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        what()
    return refused.value.reason


def _rooms(session: Session) -> list[Room]:
    return list(session.scalars(select(Room).order_by(Room.position)))


def _event(session: Session, room: Room) -> Booking:
    made = Booking(
        room_id=room.id,
        title="Panel",
        kind="panel",
        starts_at=TUESDAY,
        ends_at=TUESDAY + timedelta(hours=2),
        wall_start="2026-11-24T10:42",
    )
    session.add(made)
    session.flush()
    return made


def test_three_with_names_at_an_event_of_49_heads_are_49(session: Session) -> None:
    room = _rooms(session)[0]
    event = _event(session, room)
    for name in ("Cem", "Ilgaz", "Hale"):
        builders.visit(session, name, room_id=room.id, booking_id=event.id)
    headcounts.count(session, room.id, 49, at=TUESDAY, booking_id=event.id)

    now = occupancy.now(session)
    assert (now.total, now.unnamed, now.in_room(room.id), now.unnamed_in(room.id)) == (49, 46, 49, 46)


def test_a_walk_in_elsewhere_is_one_more(session: Session) -> None:
    room, other, _third = _rooms(session)
    event = _event(session, room)
    builders.visit(session, "Cem", room_id=room.id, booking_id=event.id)
    headcounts.count(session, room.id, 49, at=TUESDAY, booking_id=event.id)
    builders.visit(session, "Ilgaz", room_id=other.id)
    builders.visit(session, "Hale")
    builders.visit(session, "Gül", room_id=room.id)

    assert occupancy.now(session).total == 52


def test_more_names_than_heads_count_as_many_as_names(session: Session) -> None:
    room = _rooms(session)[0]
    builders.visit(session, "Cem", room_id=room.id, people=7)
    headcounts.count(session, room.id, 5, at=TUESDAY)

    now = occupancy.now(session)
    assert (now.total, now.unnamed) == (7, 0)


def test_categories_are_counted_together(session: Session) -> None:
    room = _rooms(session)[0]
    headcounts.count(session, room.id, 5, at=TUESDAY)
    headcounts.count(session, room.id, 2, at=TUESDAY, category=Category.CHILD)
    headcounts.count(session, room.id, 1, at=TUESDAY, category=Category.WHEELCHAIR)

    now = occupancy.now(session)
    assert now.total == 8
    assert now.categories[room.id] == {"adult": 5, "child": 2, "wheelchair": 1}


@pytest.mark.parametrize(("change", "reason"), [(-1, "below_zero"), (1_001, "many_people")])
def test_a_room_holds_between_nobody_and_a_thousand(session: Session, change: int, reason: str) -> None:
    room = _rooms(session)[0]

    assert _reason(lambda: headcounts.count(session, room.id, change, at=TUESDAY)) == reason


def test_the_same_tap_counts_once(session: Session) -> None:
    room = _rooms(session)[0]
    for _tap in range(2):
        headcounts.count(session, room.id, 5, at=TUESDAY, key="tap")

    assert occupancy.now(session).total == 5


def test_a_count_is_taken_back_once(session: Session) -> None:
    room = _rooms(session)[0]
    headcounts.count(session, room.id, 3, at=TUESDAY)
    counted = headcounts.count(session, room.id, 5, at=TUESDAY)
    for _tap in range(2):
        headcounts.undo(session, counted, at=TUESDAY)

    assert occupancy.now(session).total == 3


def test_who_was_cleared_meanwhile_cannot_be_taken_back(session: Session) -> None:
    room = _rooms(session)[0]
    counted = headcounts.count(session, room.id, 5, at=TUESDAY)
    headcounts.clear_all(session, at=TUESDAY + MINUTE)

    assert _reason(lambda: headcounts.undo(session, counted, at=TUESDAY + MINUTE)) == "below_zero"
    assert occupancy.now(session).total == 0


def test_nobody_left_leaves_no_row(session: Session) -> None:
    room = _rooms(session)[0]
    headcounts.count(session, room.id, 5, at=TUESDAY)
    headcounts.count(session, room.id, -5, at=TUESDAY)

    assert not session.scalars(select(HeadTotal)).all()


def test_who_left_is_not_inside(session: Session) -> None:
    visit = builders.visit(session, people=4)
    visits.check_out(session, visit.id, at=TUESDAY + MINUTE)

    assert occupancy.now(session).total == 0


people = st.integers(0, 60)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-20, 40)), max_size=15))
def test_the_totals_always_equal_the_sum_of_the_counts(session: Session, taps: list[tuple[int, int]]) -> None:
    rooms = _rooms(session)
    counted = [0, 0, 0]
    with session.begin_nested() as undone:
        for place, change in taps:
            if counted[place] + change >= 0:
                headcounts.count(session, rooms[place].id, change, at=TUESDAY)
                counted[place] += change
        session.flush()
        now = occupancy.now(session)
        undone.rollback()
    assert [now.in_room(room.id) for room in rooms] == counted
