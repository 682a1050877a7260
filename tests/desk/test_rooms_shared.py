"""Closed days and their bookings, rooms nobody came to, assemblies, fair use and the waiting list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import (
    assemblies,
    bookings,
    centre,
    fair_use,
    headcounts,
    no_shows,
    opening,
    rooms,
    series,
    visits,
    waiting,
)
from civicdesk.desk.bookings import Wish
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Claim, OrganisationKind, Room
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
"""Thursday at 12:00 in the centre."""

THURSDAY = date(2026, 11, 26)


@pytest.fixture
def cinar(session: Session) -> Room:
    return named(session, "Çınar Odası")


@pytest.fixture
def defne(session: Session) -> Room:
    return named(session, "Defne Atölyesi")


def named(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def wish(room: Room, starts_at: datetime = NOON, hours: float = 1, **more: Any) -> Wish:  # noqa: ANN401
    values = {"starts_at": starts_at, "ends_at": starts_at + hours * HOUR, "title": "Kurul", **more}
    return Wish(room_id=room.id, **values)


def book(session: Session, room: Room, starts_at: datetime = NOON, hours: float = 1, **more: Any) -> Booking:  # noqa: ANN401
    return bookings.book(session, wish(room, starts_at, hours, **more), at=TUESDAY)


def reason(act: Any) -> str:  # noqa: ANN401
    with pytest.raises(Refusal) as refusal:
        act()
    assert str(refusal.value)
    return refusal.value.reason


# -- closed days


def test_a_manager_sees_whom_a_closure_touches_before_it_is_kept(session: Session, cinar: Room) -> None:
    morning, noon = book(session, cinar, NOON - 3 * HOUR), book(session, cinar)
    bookings.cancel(session, book(session, cinar, NOON + 2 * HOUR).id, at=TUESDAY)

    assert [row.id for row in opening.touched_by(session, THURSDAY, at=TUESDAY)] == [morning.id, noon.id]
    touched = opening.touched_by(session, THURSDAY, ("10:00", "13:00"), at=TUESDAY)
    assert [row.id for row in touched] == [noon.id]
    assert touched[0].room is not None
    assert opening.touched_by(session, THURSDAY, ("10:00", "12:00"), at=TUESDAY) == []


def test_what_a_closure_touches_is_skipped_with_its_reason(
    session: Session, cinar: Room, defne: Room
) -> None:
    skipped, kept = book(session, cinar), book(session, defne)

    opening.close(session, THURSDAY, reason="Boya", keep=[kept.id], at=TUESDAY)

    assert [(bookings.one(session, row.id).state, row.why) for row in (skipped, kept)] == [
        (BookingState.SKIPPED, "Boya"),
        (BookingState.CONFIRMED, ""),
    ]
    assert session.scalar(select(func.count()).select_from(Claim)) == 12


def test_what_was_put_off_comes_back_when_the_day_is_opened_again(
    session: Session, cinar: Room, defne: Room
) -> None:
    back, lost = book(session, cinar, is_tentative=True), book(session, defne)
    closure = opening.close(session, THURSDAY, reason="Boya", at=TUESDAY)
    bookings.book(session, wish(defne), at=TUESDAY, override="Boyacılar")

    opening.reopen(session, closure.id, at=TUESDAY)
    assert [bookings.one(session, row.id).state for row in (back, lost)] == ["tentative", "skipped"]
    opening.close_again(session, closure.id, at=TUESDAY)
    assert bookings.one(session, back.id).state == BookingState.SKIPPED


def test_a_day_closed_while_somebody_is_in_touches_only_what_is_not_over(
    session: Session, cinar: Room
) -> None:
    over, running = (
        book(session, cinar, TUESDAY.replace(minute=45)),
        book(session, cinar, TUESDAY.replace(hour=9, minute=0)),
    )
    at = TUESDAY.replace(hour=9, minute=5)

    opening.close(session, TUESDAY.date(), reason="Su kesintisi", during=("12:00", "24:00"), at=at)

    assert [bookings.one(session, row.id).state for row in (over, running)] == ["confirmed", "skipped"]


# -- whether they came


def test_a_room_nobody_came_to_is_asked_about_and_freed(session: Session, cinar: Room) -> None:
    made = book(session, cinar)
    assert no_shows.suspects(session, at=NOON + 14 * MINUTE) == []
    assert [row.id for row in no_shows.suspects(session, at=NOON + 15 * MINUTE)] == [made.id]

    gone = no_shows.free(session, made.id, at=NOON + 17 * MINUTE, key="free")

    assert (gone.state, gone.released_at, gone.ends_at) == ("no_show", NOON + 17 * MINUTE, NOON + HOUR)
    assert no_shows.suspects(session, at=NOON + 20 * MINUTE) == []
    later = bookings.book(session, wish(cinar, NOON + 20 * MINUTE, 0.5), at=NOON + 18 * MINUTE)
    assert reason(lambda: bookings.undo(session, "free", at=NOON + 19 * MINUTE)) == "room_taken"
    bookings.cancel(session, later.id, at=NOON + 19 * MINUTE)
    bookings.undo(session, "free", at=NOON + 19 * MINUTE)
    assert bookings.one(session, made.id).state == "confirmed"


def test_whoever_came_is_no_no_show(session: Session, cinar: Room, defne: Room) -> None:
    made, counted, seen = book(session, cinar), book(session, defne), book(session, cinar, NOON + 2 * HOUR)
    came = builders.visit(session, "Cem", at=NOON, room_id=cinar.id, booking_id=made.id)
    visits.check_out(session, came.id, at=NOON + 5 * MINUTE)
    headcounts.count(session, defne.id, 3, booking_id=counted.id, at=NOON)
    no_shows.begin(session, seen.id, at=NOON + 2 * HOUR)

    assert no_shows.suspects(session, at=NOON + 30 * MINUTE) == []
    assert no_shows.suspects(session, at=NOON + 2 * HOUR + 30 * MINUTE) == []
    for row in (made, counted, seen):
        at = row.starts_at + 30 * MINUTE
        assert reason(lambda row=row, at=at: no_shows.free(session, row.id, at=at)) == "somebody_there"


def test_the_centre_says_how_long_is_waited(session: Session, cinar: Room) -> None:
    centre.change(session, TUESDAY, no_show_minutes=30)
    made = book(session, cinar)

    assert no_shows.suspects(session, at=NOON + 29 * MINUTE) == []
    assert len(no_shows.suspects(session, at=NOON + 30 * MINUTE)) == 1
    assert reason(lambda: no_shows.free(session, made.id, at=NOON - MINUTE)) == "not_begun"


def test_an_event_begins_and_ends_when_it_does_and_the_rest_is_free(session: Session, cinar: Room) -> None:
    made = book(session, cinar, hours=2, clear_minutes=10)
    no_shows.begin(session, made.id, at=NOON - 5 * MINUTE)
    assert reason(lambda: no_shows.end(session, made.id, at=NOON - 6 * MINUTE)) == "not_begun"
    assert reason(lambda: no_shows.end(session, made.id, guests=-1, at=NOON + HOUR)) == "bad_guests"

    ended = no_shows.end(session, made.id, guests=9, at=NOON + HOUR)

    assert (ended.started_at, ended.ended_at, ended.guests) == (NOON - 5 * MINUTE, NOON + HOUR, 9)
    assert (ended.starts_at, ended.ends_at) == (NOON, NOON + 2 * HOUR)
    assert reason(lambda: book(session, cinar, NOON + HOUR)) == "room_taken"
    bookings.book(session, wish(cinar, NOON + HOUR + 10 * MINUTE), at=TUESDAY)


# -- general assemblies


def test_both_calls_are_booked_as_a_pair_and_the_second_freed_by_the_quorum(
    session: Session, cinar: Room
) -> None:
    first, second = assemblies.book(session, wish(cinar), NOON + 14 * DAY, at=TUESDAY, key="pair")

    assert (first.kind, second.kind, second.call_of_id) == ("general_assembly", "general_assembly", first.id)
    again = assemblies.book(session, wish(cinar), NOON + 14 * DAY, at=TUESDAY, key="pair")
    assert [row.id for row in again] == [first.id, second.id]
    assert reason(lambda: assemblies.quorum_met(session, first.id, at=NOON - HOUR)) == "not_begun"
    released = assemblies.quorum_met(session, first.id, at=NOON + 30 * MINUTE, key="met")
    assert (released.id, released.state) == (second.id, BookingState.RELEASED)
    book(session, cinar, NOON + 14 * DAY)
    assert reason(lambda: bookings.undo(session, "met", at=NOON + HOUR)) == "room_taken"
    assert reason(lambda: assemblies.quorum_met(session, second.id, at=NOON + 15 * DAY)) == "no_second"


def test_neither_call_is_booked_when_one_cannot_be(session: Session, cinar: Room) -> None:
    book(session, cinar, NOON + 14 * DAY)

    assert reason(lambda: assemblies.book(session, wish(cinar), NOON + 14 * DAY, at=TUESDAY)) == "room_taken"
    assert reason(lambda: assemblies.book(session, wish(cinar), NOON, at=TUESDAY)) == "second_first"
    assert session.scalar(select(func.count()).select_from(Booking)) == 1


@pytest.mark.parametrize(
    ("notice", "gap", "reasons"),
    [
        (15, 7, []),
        (15, 60, []),
        (14, 14, ["short_call"]),
        (15, 6, ["call_gap"]),
        (15, 61, ["call_gap"]),
        (3, 90, ["short_call", "call_gap"]),
        (20, None, []),
    ],
)
def test_what_the_law_finds_unusual_is_said(notice: int, gap: int | None, reasons: list[str]) -> None:
    first = TUESDAY.date() + timedelta(days=notice)
    second = None if gap is None else first + timedelta(days=gap)

    found = assemblies.warnings(first, second, at=TUESDAY)

    assert [each.reason for each in found] == reasons
    assert all(each.sentence for each in found)


# -- fair use


def test_hours_are_counted_by_organisation_class_and_month(
    session: Session, cinar: Room, defne: Room
) -> None:
    ege, other = builders.organisation(session), builders.organisation(session, "Başka Dernek")
    rooms.change(session, defne.id, room_class="workshop", at=TUESDAY)
    book(session, cinar, hours=2, organisation_id=ege.id)
    book(session, cinar, NOON + 3 * HOUR, 1, organisation_id=other.id)
    book(session, defne, hours=3, organisation_id=ege.id)
    gone = book(session, cinar, NOON + 5 * HOUR, 1, organisation_id=ege.id)
    bookings.cancel(session, gone.id, at=TUESDAY)
    book(session, cinar, NOON + 7 * DAY, 1, organisation_id=ege.id)  # in December
    november = THURSDAY

    assert fair_use.hours_used(session, ege.id, "meeting", november) == 2
    assert fair_use.hours_used(session, ege.id, "workshop", november) == 3
    assert fair_use.hours_used(session, ege.id, "meeting", date(2026, 12, 31)) == 1
    assert fair_use.standing(session, None, "meeting", november).allowed is None


def test_the_nearest_limit_holds(session: Session) -> None:
    ege = builders.organisation(session)
    assert fair_use.allowed(session, ege.id, "meeting") is None
    fair_use.set_limit(session, "meeting", 24, at=TUESDAY)
    fair_use.set_limit(session, "hall", 4, at=TUESDAY)
    assert fair_use.allowed(session, ege.id, "meeting") == 24
    fair_use.set_limit(session, "meeting", 16, kind=OrganisationKind.ASSOCIATION, at=TUESDAY)
    assert fair_use.allowed(session, ege.id, "meeting") == 16
    own = fair_use.set_limit(session, "meeting", 40, organisation_id=ege.id, at=TUESDAY)
    fair_use.set_limit(session, "meeting", 41, organisation_id=ege.id, at=TUESDAY)
    assert fair_use.allowed(session, ege.id, "meeting") == 41
    fair_use.remove_limit(session, own.id, at=TUESDAY)
    assert fair_use.allowed(session, ege.id, "meeting") == 16
    fair_use.restore_limit(session, own.id, at=TUESDAY)
    assert len(fair_use.limits(session)) == 4
    assert reason(lambda: fair_use.set_limit(session, "meeting", 745, at=TUESDAY)) == "bad_hours"


# -- the waiting list


def test_a_freed_slot_is_offered_to_the_first_who_waits(session: Session, cinar: Room) -> None:
    taken = book(session, cinar)
    first = waiting.ask(session, wish(cinar, title="Önce"), at=TUESDAY, key="ask")
    waiting.ask(session, wish(cinar, title="Sonra"), at=TUESDAY + MINUTE)
    assert waiting.ask(session, wish(cinar), at=TUESDAY, key="ask").id == first.id
    assert waiting.offers(session, at=TUESDAY) == []
    assert reason(lambda: waiting.take(session, first.id, cinar.id, at=TUESDAY)) == "room_taken"

    bookings.cancel(session, taken.id, at=TUESDAY)
    [offer] = waiting.offers(session, at=TUESDAY)
    assert (offer.waiting.title, offer.room.name) == ("Önce", "Çınar Odası")

    booked = waiting.take(session, first.id, cinar.id, at=TUESDAY, key="take")
    assert (booked.title, booked.starts_at) == ("Önce", NOON)
    assert waiting.take(session, first.id, cinar.id, at=TUESDAY, key="take").id == booked.id
    assert [row.title for row in waiting.open_wishes(session, at=TUESDAY)] == ["Sonra"]
    assert reason(lambda: waiting.take(session, first.id, cinar.id, at=TUESDAY)) == "not_waiting"
    bookings.undo(session, "take", at=TUESDAY)
    assert [offer.waiting.title for offer in waiting.offers(session, at=TUESDAY)] == ["Önce"]


def test_two_who_wait_for_any_room_of_a_class_get_one_each(
    session: Session, cinar: Room, defne: Room
) -> None:
    rooms.change(session, named(session, "Ihlamur Salonu").id, room_class="hall", at=TUESDAY)
    for title, people in (("Küçük", 10), ("Büyük", 20), ("Üçüncü", 5)):
        waiting.ask(session, wish(cinar, title=title, people=people), any_of_class="meeting", at=TUESDAY)

    offered = {offer.waiting.title: offer.room.name for offer in waiting.offers(session, at=TUESDAY)}

    assert offered == {"Küçük": "Çınar Odası", "Büyük": "Defne Atölyesi"}


def test_a_hall_is_not_offered_together_with_its_half(session: Session) -> None:
    hall = named(session, "Ihlamur Salonu")
    half = rooms.add(session, name="Doğu", capacity=50, at=TUESDAY)
    rooms.divide(session, half.id, hall.id, at=TUESDAY)
    waiting.ask(session, wish(half, title="Yarısı"), at=TUESDAY)
    waiting.ask(session, wish(hall, title="Bütünü"), at=TUESDAY)

    assert [offer.waiting.title for offer in waiting.offers(session, at=TUESDAY)] == ["Yarısı"]


def test_who_does_not_wait_any_more_is_offered_nothing(session: Session, cinar: Room) -> None:
    asked = waiting.ask(session, wish(cinar), at=TUESDAY)
    waiting.withdraw(session, asked.id, at=TUESDAY, key="gone")
    assert waiting.offers(session, at=TUESDAY) == []
    bookings.undo(session, "gone", at=TUESDAY)
    assert len(waiting.offers(session, at=TUESDAY)) == 1
    assert waiting.open_wishes(session, at=NOON + HOUR) == []


def test_wishes_that_cannot_be(session: Session, cinar: Room) -> None:
    sound = wish(cinar)
    for wanted, why in (
        (replace(sound, ends_at=NOON), "ends_first"),
        (replace(sound, starts_at=TUESDAY - DAY, ends_at=TUESDAY - DAY + HOUR), "off_grid"),
        (replace(sound, starts_at=NOON - 7 * DAY, ends_at=NOON - 7 * DAY + HOUR), "past"),
        (replace(sound, title=""), "no_title"),
    ):
        assert reason(lambda wanted=wanted: waiting.ask(session, wanted, at=TUESDAY)) == why
    assert reason(lambda: waiting.ask(session, sound, any_of_class="pool", at=TUESDAY)) == "bad_class"


def test_days_skipped_when_a_series_was_made_come_back_with_the_day(session: Session, cinar: Room) -> None:
    closure = opening.close(session, THURSDAY + timedelta(weeks=1), reason="Boya", at=TUESDAY)
    made = series.book(session, wish(cinar), "FREQ=WEEKLY;COUNT=2", at=TUESDAY)
    assert [row.state for row in made] == ["confirmed", "skipped"]

    opening.reopen(session, closure.id, at=TUESDAY)

    assert [row.state for row in made] == ["confirmed", "confirmed"]
