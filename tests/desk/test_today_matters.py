"""What about the rooms needs somebody today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import assemblies, bookings, second_calls, today_matters, waiting
from civicdesk.desk.bookings import Wish
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Room
from tests.builders import TUESDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def cinar(session: Session) -> Room:
    return session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()


def wish(room: Room, title: str = "Kurul", starts_at: datetime = NOON) -> Wish:
    return Wish(room_id=room.id, starts_at=starts_at, ends_at=starts_at + HOUR, title=title)


def calls(session: Session, room: Room) -> tuple[Booking, Booking]:
    return assemblies.book(session, wish(room), NOON + 14 * DAY, at=TUESDAY)


def test_an_offer_is_set_aside_until_it_is_taken_up_again(session: Session, cinar: Room) -> None:
    asked = waiting.ask(session, wish(cinar), at=TUESDAY)
    [offer] = today_matters.look(session, at=TUESDAY).offers
    assert (offer.waiting.id, offer.room.id) == (asked.id, cinar.id)
    today_matters.leave_offer(session, asked.id, cinar.id, at=TUESDAY)
    left = today_matters.look(session, at=TUESDAY)
    assert (list(left.offers), left.wishes) == ([], 1)
    today_matters.offer_again(session, asked.id, cinar.id)
    assert len(today_matters.look(session, at=TUESDAY).offers) == 1


def test_a_clash_names_who_has_the_room(session: Session, cinar: Room) -> None:
    lost = bookings.book(session, wish(cinar, "Yoga"), at=TUESDAY)
    lost.state = BookingState.CLASH
    session.flush()
    assert [clash.rival for clash in today_matters.clashes(session, at=TUESDAY)] == [None]
    rival = bookings.book(session, wish(cinar), at=TUESDAY)
    [clash] = today_matters.clashes(session, at=TUESDAY)
    assert (clash.booking.id, clash.rival and clash.rival.id) == (lost.id, rival.id)
    assert today_matters.clashes(session, at=NOON + HOUR) == []


def test_a_second_call_is_open_once_the_first_has_begun(session: Session, cinar: Room) -> None:
    first, second = calls(session, cinar)
    assert not second_calls.due(session, at=NOON - HOUR)
    [call] = second_calls.due(session, at=NOON)
    assert (call.first.id, call.second.id) == (first.id, second.id)
    assert not second_calls.due(session, at=second.starts_at)


def test_a_second_call_that_is_needed_is_not_asked_about_again(session: Session, cinar: Room) -> None:
    _first, second = calls(session, cinar)
    second_calls.needed(session, second.id, at=NOON)
    assert not second_calls.due(session, at=NOON)
    second_calls.ask_again(session, second.id, at=NOON)
    assert len(second_calls.due(session, at=NOON)) == 1


def test_a_second_call_that_was_freed_is_settled(session: Session, cinar: Room) -> None:
    first, second = calls(session, cinar)
    assemblies.quorum_met(session, first.id, at=NOON)
    assert not second_calls.due(session, at=NOON)
    with pytest.raises(Refusal) as refused:
        second_calls.needed(session, second.id, at=NOON)
    assert refused.value.reason == "not_standing"
