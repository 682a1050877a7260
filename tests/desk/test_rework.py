"""All of a booking is changed at once, judged as it is to be, and taken back at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import bookings, rework, series
from civicdesk.desk.bookings import Wish
from civicdesk.desk.series_changes import Scope
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Equipment, Room
from civicdesk.text import ZONE, clock, local, utc
from tests import builders

AT = builders.TUESDAY
FIRST = date(2026, 12, 1)
WEEK = timedelta(weeks=1)


def at(clock_: str, on: date = FIRST) -> datetime:
    return utc(datetime.combine(on, time.fromisoformat(clock_), ZONE))


def room(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def wish(session: Session, name: str = "Çınar Odası", begins: str = "10:00", ends: str = "12:00") -> Wish:
    return Wish(room_id=room(session, name).id, starts_at=at(begins), ends_at=at(ends), title="Kurul")


def weekly(session: Session) -> list[Booking]:
    return list(series.book(session, wish(session), "FREQ=WEEKLY;COUNT=4", at=AT))


def seen(session: Session, rows: Iterable[Booking]) -> list[tuple[str, str, int]]:
    now = [bookings.one(session, row.id) for row in rows]
    return [(each.title, clock(each.starts_at), local(each.starts_at).day) for each in now]


def test_room_time_people_and_words_are_changed_in_one_action(session: Session) -> None:
    booking = bookings.book(session, wish(session), at=AT)
    other = replace(wish(session, "Ihlamur Salonu", "14:00", "17:00"), people=100, title="Panel")

    rework.rework(session, booking.id, other, at=AT, key="k")

    now = bookings.one(session, booking.id)
    assert (now.room_id, clock(now.starts_at), clock(now.ends_at)) == (other.room_id, "14:00", "17:00")
    assert (now.people, now.title, now.wall_start) == (100, "Panel", "2026-12-01T14:00")
    bookings.undo(session, "k", at=AT)
    before = bookings.one(session, booking.id)
    assert (before.people, before.title, clock(before.starts_at)) == (1, "Kurul", "10:00")


def test_fewer_people_move_into_a_smaller_room(session: Session) -> None:
    booking = bookings.book(session, replace(wish(session, "Ihlamur Salonu"), people=100), at=AT)

    rework.rework(session, booking.id, replace(wish(session), people=16), at=AT)

    assert bookings.one(session, booking.id).room_id == room(session, "Çınar Odası").id


def test_a_shorter_setting_up_lets_a_booking_in_beside_another(session: Session) -> None:
    bookings.book(session, wish(session, begins="08:00", ends="10:00"), at=AT, override="Erken")
    late = replace(wish(session, begins="12:00", ends="13:00"), setup_minutes=60)
    booking = bookings.book(session, late, at=AT)

    rework.rework(session, booking.id, wish(session, begins="10:00", ends="11:00"), at=AT)

    assert clock(bookings.one(session, booking.id).starts_at) == "10:00"


def test_equipment_of_the_old_room_stays_and_that_of_the_new_one_is_taken(session: Session) -> None:
    here = Equipment(name="Projektör", room_id=room(session, "Çınar Odası").id)
    there = Equipment(name="Projektör", room_id=room(session, "Ihlamur Salonu").id)
    session.add_all([here, there])
    session.flush()
    booking = bookings.book(session, replace(wish(session), equipment={here.id: 1}), at=AT)

    moved = replace(wish(session, "Ihlamur Salonu"), equipment={there.id: 1})
    rework.rework(session, booking.id, moved, at=AT, key="k")

    assert bookings.equipment_of(session, booking.id) == {there.id: 1}
    bookings.undo(session, "k", at=AT)
    assert bookings.equipment_of(session, booking.id) == {here.id: 1}


def test_partners_come_and_go_and_come_back(session: Session) -> None:
    one, other = builders.organisation(session, "Bir"), builders.organisation(session, "İki")
    booking = bookings.book(session, replace(wish(session), partners=(one.id,)), at=AT)

    rework.rework(session, booking.id, replace(wish(session), partners=(other.id,)), at=AT, key="k")

    assert [each.name for each in bookings.partners_of(session, booking.id)] == ["İki"]
    bookings.undo(session, "k", at=AT)
    assert [each.name for each in bookings.partners_of(session, booking.id)] == ["Bir"]


def test_a_taken_room_is_refused_and_nothing_is_changed(session: Session) -> None:
    booking = bookings.book(session, wish(session), at=AT)
    bookings.book(session, wish(session, "Ihlamur Salonu", "11:00", "13:00"), at=AT)

    with pytest.raises(Refusal) as refused:
        rework.rework(session, booking.id, replace(wish(session, "Ihlamur Salonu"), title="Panel"), at=AT)

    assert refused.value.reason == "room_taken"
    assert bookings.one(session, booking.id).title == "Kurul"


def test_a_tentative_booking_becomes_firm(session: Session) -> None:
    booking = bookings.book(session, replace(wish(session), is_tentative=True), at=AT)

    rework.rework(session, booking.id, wish(session), at=AT)

    assert bookings.one(session, booking.id).state == BookingState.CONFIRMED


def test_the_same_key_changes_once(session: Session) -> None:
    booking = bookings.book(session, wish(session), at=AT)
    rework.rework(session, booking.id, replace(wish(session), title="Panel"), at=AT, key="k")
    rework.rework(session, booking.id, replace(wish(session), title="Konser"), at=AT, key="k")

    assert bookings.one(session, booking.id).title == "Panel"


def test_what_is_over_is_refused(session: Session) -> None:
    booking = bookings.book(session, wish(session), at=AT)

    with pytest.raises(Refusal) as refused:
        rework.rework(session, booking.id, wish(session), at=at("12:00"))

    assert refused.value.reason == "is_over"


def test_words_and_times_of_the_rest_of_a_series_are_changed_and_taken_back_together(
    session: Session,
) -> None:
    rows = weekly(session)
    before = seen(session, rows)
    second = replace(wish(session), starts_at=at("14:00", FIRST + WEEK), ends_at=at("16:00", FIRST + WEEK))

    keys = rework.rework_series(
        session, rows[1].id, replace(second, title="Panel"), Scope.FOLLOWING, at=AT, key="k"
    )

    assert seen(session, rows) == [("Kurul", "10:00", 1), *(("Panel", "14:00", day) for day in (8, 15, 22))]
    rework.undo(session, keys, at=AT)
    assert seen(session, rows) == before


def test_a_series_with_more_people_goes_into_the_bigger_room_first(session: Session) -> None:
    rows = weekly(session)
    bigger = replace(wish(session, "Ihlamur Salonu"), people=100)

    rework.rework_series(session, rows[0].id, bigger, Scope.ALL, at=AT, key="k")

    now = [bookings.one(session, row.id) for row in rows]
    assert {(each.people, each.room_id) for each in now} == {(100, bigger.room_id)}


@pytest.mark.parametrize("ends", ["11:00", "15:00"])
def test_a_series_goes_into_another_room_and_is_longer_or_shorter_there(session: Session, ends: str) -> None:
    rows = weekly(session)
    bookings.book(session, wish(session, "Defne Atölyesi", "08:00", "09:30"), at=AT, override="Erken")
    elsewhere = wish(session, "Defne Atölyesi", "09:30", ends)

    keys = rework.rework_series(session, rows[0].id, elsewhere, Scope.ALL, at=AT, key="k")

    now = [bookings.one(session, row.id) for row in rows]
    times = {(each.room_id, clock(each.starts_at), clock(each.ends_at)) for each in now}
    assert times == {(elsewhere.room_id, "09:30", ends)}
    rework.undo(session, keys, at=AT)
    assert {clock(bookings.one(session, row.id).ends_at) for row in rows} == {"12:00"}


def test_a_change_is_not_taken_back_over_a_later_one_that_stands(session: Session) -> None:
    booking = bookings.book(session, wish(session), at=AT)
    rework.rework(session, booking.id, replace(wish(session), title="Panel"), at=AT, key="one")
    rework.rework(session, booking.id, replace(wish(session), title="Konser"), at=AT, key="two")

    with pytest.raises(Refusal) as refused:
        bookings.undo(session, "one", at=AT)
    assert refused.value.reason == "changed_since"

    bookings.undo(session, "two", at=AT)
    bookings.undo(session, "one", at=AT)
    assert bookings.one(session, booking.id).title == "Kurul"
