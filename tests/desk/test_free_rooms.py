"""Which rooms are free: the time first, then what is needed there; and what is near when nothing is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from civicdesk.desk import bookings, free_rooms, rooms, series
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.bookings import Wish
from civicdesk.desk.free_rooms import Fit, Found, RoomOffer, Sought
from civicdesk.errors import Refusal
from civicdesk.models import BookingEquipment, Closure, Equipment, Layout, Room
from civicdesk.text import ZONE, local, utc
from tests import builders

AT = builders.TUESDAY
FIRST = date(2026, 12, 1)
"""A Tuesday."""
WEEK = timedelta(weeks=1)


def at(clock: str, on: date = FIRST) -> datetime:
    return utc(datetime.combine(on, time.fromisoformat(clock), ZONE))


def times(begins: str = "10:00", ends: str = "12:00", weeks: int = 1, **buffers: int) -> list[Times]:
    days = [FIRST + n * WEEK for n in range(weeks)]
    return [Times(starts_at=at(begins, on), ends_at=at(ends, on), **buffers) for on in days]


def room(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(
    session: Session,
    name: str,
    begins: str,
    ends: str,
    on: date = FIRST,
    **more: object,
) -> UUID:
    wish = Wish(
        room_id=room(session, name).id,
        starts_at=at(begins, on),
        ends_at=at(ends, on),
        **{"title": "Kurul", **more},  # type: ignore[arg-type]
    )
    return bookings.book(session, wish, at=AT).id


def look(session: Session, wanted: list[Times] | None = None, **more: object) -> Found:
    return free_rooms.look(session, Sought(times=wanted or times(), **more), at=AT)  # type: ignore[arg-type]


def offer(session: Session, found: Found, name: str) -> RoomOffer:
    said = found.of(room(session, name).id)
    assert said is not None
    return said


def test_every_room_that_nobody_has_is_free(session: Session) -> None:
    found = look(session)

    assert [each.fit for each in found.rooms] == [Fit.FREE] * 3
    assert [each.words for each in found.rooms] == ["free"] * 3
    assert found.near == []


def test_the_smallest_room_that_is_big_enough_comes_first(session: Session) -> None:
    found = look(session, people=20)

    assert [each.room.name for each in found.rooms] == ["Defne Atölyesi", "Ihlamur Salonu", "Çınar Odası"]
    assert found.rooms[-1].fit is Fit.UNFIT
    assert found.rooms[-1].words == "holds 16 people"


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        ("11:00", "13:00", "taken after 11:00"),
        ("09:00", "10:30", "taken until 10:30"),
        ("10:00", "12:00", "taken"),
        ("09:30", "12:30", "taken"),
    ],
)
def test_a_taken_room_says_from_when_or_until_when(
    session: Session, begins: str, ends: str, words: str
) -> None:
    book(session, "Çınar Odası", begins, ends, title="Okuma Topluluğu")

    said = offer(session, look(session), "Çınar Odası")

    assert said.fit is Fit.TAKEN
    assert said.words == words
    assert said.why == f"{begins}–{ends} · Okuma Topluluğu"


@pytest.mark.parametrize(("begins", "ends"), [("09:00", "10:00"), ("12:00", "13:00")])
def test_bookings_that_only_touch_are_not_in_the_way(session: Session, begins: str, ends: str) -> None:
    book(session, "Çınar Odası", begins, ends)

    assert offer(session, look(session), "Çınar Odası").fit is Fit.FREE


def test_setting_up_and_clearing_keep_a_room_too(session: Session) -> None:
    book(session, "Çınar Odası", "12:00", "13:00", setup_minutes=15)
    book(session, "Defne Atölyesi", "12:00", "13:00")

    assert offer(session, look(session), "Çınar Odası").words == "taken after 11:45"
    cleared = look(session, times(clear_minutes=15))
    assert offer(session, cleared, "Defne Atölyesi").fit is Fit.TAKEN


def test_a_series_says_on_how_many_days_a_room_is_free(session: Session) -> None:
    book(session, "Çınar Odası", "11:00", "12:00", FIRST + WEEK)
    book(session, "Çınar Odası", "11:00", "12:00", FIRST + 3 * WEEK)

    said = offer(session, look(session, times(weeks=8)), "Çınar Odası")

    assert said.fit is Fit.PARTLY
    assert said.words == "free on 6 of 8 days"
    assert set(said.taken) == {FIRST + WEEK, FIRST + 3 * WEEK}


def test_a_closed_day_of_a_series_counts_against_no_room(session: Session) -> None:
    session.add(Closure(on=FIRST + 4 * WEEK, reason="Yıl sonu"))
    session.flush()

    found = look(session, times(weeks=8))

    assert [each.words for each in found.rooms] == ["free on 7 of 7 days"] * 3
    assert {on: day.reason for on, day in found.closed.items()} == {FIRST + 4 * WEEK: "Yıl sonu"}


def test_outside_the_opening_hours_every_room_is_closed(session: Session) -> None:
    found = look(session, times("19:00", "20:00"))

    assert {each.fit for each in found.rooms} == {Fit.CLOSED}
    assert {each.words for each in found.rooms} == {"closed"}
    assert found.near[0].words == "30 minutes earlier"


def test_layouts_have_a_capacity_of_their_own(session: Session) -> None:
    hall = room(session, "Ihlamur Salonu")
    session.add(Layout(room_id=hall.id, kind="classroom", capacity=48))
    session.flush()

    found = look(session, layout="classroom", people=50)

    assert offer(session, found, "Ihlamur Salonu").words == "holds 48 people"
    assert offer(session, found, "Defne Atölyesi").words == "not set up like this"
    assert offer(session, look(session, layout="classroom", people=48), "Ihlamur Salonu").fit is Fit.FREE


def test_a_room_with_steps_does_not_suit_a_wheelchair(session: Session) -> None:
    rooms.change(session, room(session, "Çınar Odası").id, at=AT, is_accessible=False)

    assert offer(session, look(session, is_step_free=True), "Çınar Odası").words == "not step-free"
    assert offer(session, look(session), "Çınar Odası").fit is Fit.FREE


def test_what_stands_in_a_room_is_taken_before_what_is_carried(session: Session) -> None:
    hall = room(session, "Ihlamur Salonu")
    own = Equipment(name="Projektör", room_id=hall.id)
    carried = Equipment(name="Projektör", count=2)
    session.add_all([own, carried])
    session.flush()

    found = look(session, equipment={"Projektör": 2})

    assert offer(session, found, "Ihlamur Salonu").equipment == {own.id: 1, carried.id: 1}
    assert offer(session, found, "Çınar Odası").equipment == {carried.id: 2}
    assert offer(session, look(session, equipment={"Projektör": 3}), "Çınar Odası").words == (
        "only 2 “Projektör” left then"
    )


def test_equipment_that_others_have_is_not_offered_again(session: Session) -> None:
    carried = Equipment(name="Ses düzeni", count=1)
    session.add(carried)
    session.flush()
    booking = book(session, "Defne Atölyesi", "11:00", "13:00")
    session.add(BookingEquipment(booking_id=booking, equipment_id=carried.id, count=1))
    session.flush()

    found = look(session, equipment={"Ses düzeni": 1})

    assert offer(session, found, "Çınar Odası").words == "only 0 “Ses düzeni” left then"


def test_equipment_of_another_room_does_not_come_along(session: Session) -> None:
    session.add(Equipment(name="Piyano", room_id=room(session, "Ihlamur Salonu").id))
    session.flush()

    found = look(session, equipment={"Piyano": 1})

    assert offer(session, found, "Ihlamur Salonu").fit is Fit.FREE
    assert offer(session, found, "Çınar Odası").words == "no “Piyano” here"


def test_a_hall_is_taken_while_a_part_of_it_is_and_the_other_way_round(session: Session) -> None:
    hall, part = room(session, "Ihlamur Salonu"), room(session, "Defne Atölyesi")
    rooms.divide(session, part.id, hall.id, at=AT)
    book(session, "Defne Atölyesi", "10:00", "11:00")
    book(session, "Ihlamur Salonu", "10:00", "11:00", FIRST + WEEK)

    found = look(session, times(weeks=2))

    assert offer(session, found, "Ihlamur Salonu").fit is Fit.TAKEN
    assert offer(session, found, "Defne Atölyesi").fit is Fit.TAKEN
    assert offer(session, found, "Çınar Odası").fit is Fit.FREE


def test_a_booking_that_is_being_changed_is_not_in_its_own_way(session: Session) -> None:
    booking = book(session, "Çınar Odası", "10:00", "12:00")

    found = free_rooms.look(session, Sought(times=times()), at=AT, besides=[booking])

    assert offer(session, found, "Çınar Odası").fit is Fit.FREE


def test_near_a_taken_room_are_another_room_and_a_shift(session: Session) -> None:
    book(session, "Çınar Odası", "11:30", "13:00")
    wanted = room(session, "Çınar Odası").id

    near = look(session, room_id=wanted).near

    said = [(each.kind, each.room.name, local(each.starts_at).strftime("%H:%M"), each.words) for each in near]
    assert said[0] == ("room", "Defne Atölyesi", "10:00", "same time, another room")
    assert ("shift", "Çınar Odası", "09:30", "30 minutes earlier") in said
    assert ("shorter", "Çınar Odası", "10:00", "30 minutes shorter") in said
    assert [each.distance for each in near] == sorted(each.distance for each in near)


def test_near_a_series_are_the_days_that_do_work(session: Session) -> None:
    for name in ("Çınar Odası", "Defne Atölyesi", "Ihlamur Salonu"):
        book(session, name, "09:00", "14:00", FIRST + WEEK)

    near = look(session, times(weeks=4)).near

    assert {each.kind for each in near} == {"skip"}
    assert near[0].without == (FIRST + WEEK,)
    assert near[0].words == "without 8 Dec"


def test_what_is_near_can_be_booked(session: Session) -> None:
    for name in ("Çınar Odası", "Defne Atölyesi", "Ihlamur Salonu"):
        book(session, name, "11:00", "12:30")

    near = look(session).near

    assert near
    for each in near:
        wish = Wish(room_id=each.room.id, starts_at=each.starts_at, ends_at=each.ends_at, title="Deneme")
        assert bookings.objections(session, wish, at=AT) == []


def test_nothing_that_has_passed_is_near(session: Session) -> None:
    today = local(AT).date()
    for name in ("Çınar Odası", "Defne Atölyesi", "Ihlamur Salonu"):
        book(session, name, "11:00", "11:30", today)

    wanted = [Times(starts_at=at("11:00", today), ends_at=at("12:00", today))]
    near = free_rooms.look(session, Sought(times=wanted), at=AT).near

    assert all(each.starts_at >= AT - timedelta(minutes=30) for each in near)


@pytest.mark.parametrize(
    ("begins", "ends", "reason"), [("12:00", "10:00", "ends_first"), ("10:01", "12:00", "off_grid")]
)
def test_times_that_cannot_be_are_refused(session: Session, begins: str, ends: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        look(session, times(begins, ends))

    assert refused.value.reason == reason


def test_ten_thousand_people_fit_nowhere(session: Session) -> None:
    found = look(session, people=10_000)

    assert {each.fit for each in found.rooms} == {Fit.UNFIT}
    assert found.near == []


def test_many_days_and_rooms_are_asked_about_in_a_handful_of_questions(session: Session) -> None:
    for number in range(20):
        rooms.add(session, at=AT, name=f"Oda {number}", capacity=10)
    series.book(
        session,
        Wish(
            room_id=room(session, "Oda 3").id, starts_at=at("11:00"), ends_at=at("12:00"), title="Her hafta"
        ),
        "FREQ=WEEKLY;COUNT=8",
        at=AT,
    )
    asked: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

    look(session, times(weeks=8))

    assert len(asked) <= 12


def test_a_whole_year_of_days_is_looked_at(session: Session) -> None:
    days = [FIRST + timedelta(days=n) for n in range(366)]
    wanted = [Times(starts_at=at("10:00", on), ends_at=at("11:00", on)) for on in days]

    found = look(session, wanted)

    assert {each.fit for each in found.rooms} == {Fit.FREE}
    assert found.rooms[0].of + len(found.closed) == 366
