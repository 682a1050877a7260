"""A room is booked, moved, changed, called off and brought back, and never given to two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, bookings, centre, claims, fair_use, opening, rooms, trail
from civicdesk.desk.booking_wish import goals, themes
from civicdesk.desk.bookings import Wish
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Claim, Equipment, Layout, Organisation, Room, new_id
from civicdesk.text import local, use_language
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
"""Thursday at 12:00 in the centre."""


@pytest.fixture
def cinar(session: Session) -> Room:
    return named(session, "Çınar Odası")


@pytest.fixture
def hall(session: Session) -> Room:
    return named(session, "Ihlamur Salonu")


@pytest.fixture
def ege(session: Session) -> Organisation:
    return builders.organisation(session)


def named(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def wish(room: Room, starts_at: datetime = NOON, hours: float = 1, **more: Any) -> Wish:  # noqa: ANN401
    return Wish(
        room_id=room.id,
        **{"starts_at": starts_at, "ends_at": starts_at + hours * HOUR, "title": "Kurul", **more},
    )


def book(session: Session, room: Room, starts_at: datetime = NOON, hours: float = 1, **more: Any) -> Booking:  # noqa: ANN401
    return bookings.book(session, wish(room, starts_at, hours, **more), at=TUESDAY)


def refused(session: Session, wanted: Wish, **more: Any) -> str:  # noqa: ANN401
    """Why a wish is refused; the sentence says something in any case."""
    with pytest.raises(Refusal) as refusal:
        bookings.book(session, wanted, at=TUESDAY, **more)
    assert str(refusal.value).strip()
    return refusal.value.reason


def claimed(session: Session, booking: Booking) -> int:
    session.flush()
    return session.scalar(select(func.count()).select_from(Claim).where(Claim.booking_id == booking.id)) or 0


# -- booking


def test_a_booking_keeps_all_that_was_said(session: Session, hall: Room, ege: Organisation) -> None:
    partner = builders.organisation(session, "Doğa Gönüllüleri Derneği")
    session.add(Layout(room_id=hall.id, kind="theatre", capacity=110))
    made = book(
        session,
        hall,
        title="  Erişilebilir   Kent ",
        kind="panel",
        organisation_id=ege.id,
        people=100,
        layout="theatre",
        setup_minutes=30,
        clear_minutes=15,
        contact_name="Selin Karaca",
        contact_phone="0532 123 45 67",
        note="Kürsü",
        sdg=(11, 4, 11),
        themes=("Kent ve Toplum", "Ulaşım"),
        partners=(partner.id, partner.id),
        is_tentative=True,
    )

    assert (made.title, made.kind, made.people, made.layout) == ("Erişilebilir Kent", "panel", 100, "theatre")
    assert (made.starts_at, made.ends_at, made.wall_start) == (NOON, NOON + HOUR, "2026-11-26T12:00")
    assert (made.contact_name, made.contact_phone) == ("Selin Karaca", "+905321234567")
    assert (goals(made), themes(made)) == ((4, 11), ("Kent ve Toplum", "Ulaşım"))
    assert made.state == BookingState.TENTATIVE
    assert made.room is not None
    assert made.organisation is not None
    assert (made.room.name, made.organisation.name) == ("Ihlamur Salonu", "Ege Kadın Emeği Derneği")
    assert [one.name for one in bookings.partners_of(session, made.id)] == ["Doğa Gönüllüleri Derneği"]
    assert claimed(session, made) == 21  # an hour, half an hour before, a quarter after


def test_who_has_the_room_and_until_when_is_said_with_what_now(
    session: Session, cinar: Room, ege: Organisation
) -> None:
    book(session, cinar, organisation_id=ege.id, clear_minutes=10)

    with pytest.raises(Refusal) as refusal:
        bookings.book(session, wish(cinar, NOON + 30 * MINUTE), at=TUESDAY)

    assert refusal.value.reason == "room_taken"
    assert str(refusal.value) == (
        "“Çınar Odası” is taken until 13:10: Ege Kadın Emeği Derneği. Choose another time or room."
    )


def test_one_that_touches_another_is_booked(session: Session, cinar: Room) -> None:
    book(session, cinar)
    book(session, cinar, NOON + HOUR)
    book(session, cinar, NOON - HOUR)

    assert session.scalar(select(func.count()).select_from(Claim)) == 36


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "reason"),
    [
        (NOON, NOON - HOUR, "ends_first"),
        (NOON, NOON, "ends_first"),
        (NOON, NOON + 40 * HOUR, "too_long"),
        (NOON + MINUTE, NOON + HOUR, "off_grid"),
        (NOON, NOON + HOUR + timedelta(seconds=1), "off_grid"),
        (NOON.replace(year=1900), NOON.replace(year=1900) + HOUR, "bad_year"),
        (NOON.replace(year=2200), NOON.replace(year=2200) + HOUR, "bad_year"),
        (datetime(1, 1, 1, tzinfo=UTC), NOON, "bad_year"),
        (NOON, datetime(9999, 12, 31, 23, 55, tzinfo=UTC), "bad_year"),
        (NOON.replace(year=2030), NOON.replace(year=2030) + HOUR, "too_far"),
        (NOON - 7 * DAY, NOON - 7 * DAY + HOUR, "past"),
        (NOON + 3 * DAY, NOON + 3 * DAY + HOUR, "closed"),  # a Sunday
        (NOON + 8 * HOUR, NOON + 9 * HOUR, "closed"),
        (NOON + 7 * HOUR, NOON + 8 * HOUR, "closed"),  # ends half an hour after closing
    ],
)
def test_times_that_cannot_be(
    session: Session, cinar: Room, starts_at: datetime, ends_at: datetime, reason: str
) -> None:
    wanted = replace(wish(cinar), starts_at=starts_at, ends_at=ends_at)

    assert refused(session, wanted) == reason
    assert session.scalar(select(func.count()).select_from(Claim)) == 0


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"people": 10_000}, "too_many_people"),
        ({"people": 17}, "too_many_people"),
        ({"people": 0}, "no_people"),
        ({"people": -3}, "no_people"),
        ({"layout": "theatre"}, "bad_layout"),
        ({"setup_minutes": -5}, "bad_buffer"),
        ({"clear_minutes": 7}, "bad_buffer"),
        ({"clear_minutes": 600}, "bad_buffer"),
        ({"title": " \u200b "}, "no_title"),
        ({"title": "x" * 201}, "long_title"),
        ({"title": "10000000146"}, "national_id"),
        ({"note": "x" * 2_001}, "long_note"),
        ({"contact_name": "12"}, "no_name"),
        ({"contact_phone": "on iki"}, "bad_phone"),
        ({"sdg": (4, 18)}, "bad_goal"),
        ({"sdg": (0,)}, "bad_goal"),
        ({"partners": tuple(new_id() for _n in range(21))}, "many_partners"),
        ({"room_id": new_id()}, "no_room"),
    ],
)
def test_what_cannot_be_said_of_a_booking(session: Session, cinar: Room, more: Any, reason: str) -> None:  # noqa: ANN401
    assert refused(session, replace(wish(cinar), **more)) == reason


def test_a_removed_room_is_not_booked(session: Session, cinar: Room) -> None:
    rooms.remove(session, cinar.id, at=TUESDAY)

    assert refused(session, wish(cinar)) == "removed_room"


def test_a_layout_has_a_capacity_of_its_own(session: Session, hall: Room) -> None:
    session.add(Layout(room_id=hall.id, kind="classroom", capacity=60))

    assert refused(session, wish(hall, people=61, layout="classroom")) == "too_many_people"
    assert book(session, hall, people=60, layout="classroom").layout == "classroom"


def test_the_last_five_minutes_before_closing_are_open(session: Session, cinar: Room) -> None:
    closing = NOON + 7.5 * HOUR

    assert book(session, cinar, closing - HOUR).ends_at == closing


def test_the_half_day_before_a_feast_is_open_until_one(session: Session, cinar: Room) -> None:
    use_language("tr")
    eve = datetime(2027, 3, 8, 8, 0, tzinfo=UTC)  # 11:00

    with pytest.raises(Refusal) as refusal:
        bookings.book(session, wish(cinar, eve, 3), at=TUESDAY)
    assert refusal.value.reason == "closed"
    assert "13:00" in str(refusal.value)
    assert "Ramazan" in str(refusal.value)
    assert book(session, cinar, eve, 2).ends_at == eve + 2 * HOUR


def test_a_booking_may_go_over_midnight_when_the_centre_is_open_then(session: Session, cinar: Room) -> None:
    opening.set_hours(session, dict.fromkeys(range(7), ("00:00", "24:00")), at=TUESDAY)
    evening = NOON + 11 * HOUR  # 23:00

    made = book(session, cinar, evening, 2)

    assert (local(made.starts_at).day, local(made.ends_at).day) == (26, 27)
    assert claimed(session, made) == 24


def test_a_reason_outweighs_closed_hours_but_never_another_booking(session: Session, cinar: Room) -> None:
    sunday = NOON + 3 * DAY
    made = bookings.book(session, wish(cinar, sunday), at=TUESDAY, override="Seçim günü")

    assert made.why == "Seçim günü"
    assert refused(session, wish(cinar, sunday), override="Yine de") == "room_taken"


def test_what_began_a_moment_ago_is_still_entered(session: Session, cinar: Room) -> None:
    at = TUESDAY + 28 * MINUTE  # 11:10
    begun = TUESDAY.replace(minute=40)

    assert bookings.book(session, wish(cinar, begun), at=at).starts_at == begun
    with pytest.raises(Refusal) as refusal:
        bookings.book(session, wish(cinar, begun - HOUR), at=at)
    assert refusal.value.reason == "past"


def test_some_centres_want_to_know_before(session: Session, cinar: Room) -> None:
    centre.change(session, TUESDAY, notice_hours=48)
    wanted = wish(cinar, TUESDAY.replace(minute=45) + DAY)

    assert refused(session, wanted) == "short_notice"
    assert bookings.book(session, wanted, at=TUESDAY, override="Acil").why == "Acil"


def test_one_tap_twice_books_once(session: Session, cinar: Room) -> None:
    first = bookings.book(session, wish(cinar), at=TUESDAY, key="tap")
    again = bookings.book(session, wish(cinar), at=TUESDAY, key="tap")

    assert again.id == first.id
    assert session.scalar(select(func.count()).select_from(Booking)) == 1


def test_everything_that_stands_against_a_wish_is_told_before_it_is_asked_for(
    session: Session, cinar: Room
) -> None:
    wanted = wish(cinar, NOON + 3 * DAY, people=20)

    found = bookings.objections(session, wanted, at=TUESDAY)

    assert [(each.reason, each.is_overridable) for each in found] == [
        ("too_many_people", False),
        ("closed", True),
    ]
    assert bookings.objections(session, wish(cinar), at=TUESDAY) == []


# -- parts of a room, equipment, fair use


@pytest.fixture
def halves(session: Session, hall: Room) -> tuple[Room, Room]:
    made = [rooms.add(session, name=name, capacity=50, at=TUESDAY) for name in ("Doğu", "Batı")]
    for part in made:
        rooms.divide(session, part.id, hall.id, at=TUESDAY)
    return made[0], made[1]


def test_the_hall_and_its_halves_keep_each_other_out(
    session: Session, hall: Room, halves: tuple[Room, Room]
) -> None:
    east, west = halves
    book(session, east)
    book(session, west)
    assert refused(session, wish(hall)) == "room_taken"
    book(session, hall, NOON + HOUR)
    assert refused(session, wish(east, NOON + HOUR)) == "room_taken"


def test_a_hall_with_bookings_to_come_is_not_divided_one_with_a_past_is(session: Session, hall: Room) -> None:
    part = rooms.add(session, name="Doğu", capacity=50, at=TUESDAY)
    coming = book(session, hall)
    over = book(session, hall, TUESDAY.replace(minute=40), 1)
    later = TUESDAY + 3 * HOUR

    with pytest.raises(Refusal) as refusal:
        rooms.divide(session, part.id, hall.id, at=later)
    assert refusal.value.reason == "room_has_bookings"
    bookings.cancel(session, coming.id, at=later)
    rooms.divide(session, part.id, hall.id, at=later)
    assert session.get_one(Room, part.id).part_of_id == hall.id
    assert bookings.one(session, over.id).state == BookingState.CONFIRMED


@pytest.fixture
def projectors(session: Session) -> Equipment:
    equipment = Equipment(name="Projektör", count=2)
    session.add(equipment)
    session.flush()
    return equipment


def test_equipment_is_not_given_out_twice(
    session: Session, cinar: Room, hall: Room, projectors: Equipment
) -> None:
    first = book(session, cinar, equipment={projectors.id: 2})

    with pytest.raises(Refusal) as refusal:
        bookings.book(session, wish(hall, equipment={projectors.id: 1}), at=TUESDAY)
    assert refusal.value.reason == "equipment_taken"
    assert "Projektör" in str(refusal.value)
    bookings.change(session, first.id, equipment={projectors.id: 1}, at=TUESDAY)
    assert bookings.equipment_of(session, first.id) == {projectors.id: 1}
    book(session, hall, equipment={projectors.id: 1})


def test_what_stands_in_a_room_stays_there(session: Session, cinar: Room, hall: Room) -> None:
    board = Equipment(name="Akıllı tahta", room_id=hall.id)
    session.add(board)
    session.flush()

    assert refused(session, wish(cinar, equipment={board.id: 1})) == "equipment_elsewhere"
    assert refused(session, wish(hall, equipment={board.id: 0})) == "bad_count"
    made = book(session, hall, equipment={board.id: 1})
    with pytest.raises(Refusal) as refusal:
        bookings.move(session, made.id, room_id=cinar.id, at=TUESDAY)
    assert refusal.value.reason == "equipment_elsewhere"


def test_hours_above_the_limit_need_a_reason(session: Session, cinar: Room, ege: Organisation) -> None:
    fair_use.set_limit(session, "meeting", 3, at=TUESDAY)
    book(session, cinar, hours=2, organisation_id=ege.id)
    wanted = wish(cinar, NOON + 3 * HOUR, 1.5, organisation_id=ege.id)

    with pytest.raises(Refusal, match=r"3\.5 of 3 hours") as refusal:
        bookings.book(session, wanted, at=TUESDAY)
    assert refusal.value.reason == "over_limit"
    bookings.book(session, wanted, at=TUESDAY, override="Genel kurul hazırlığı")
    assert fair_use.standing(session, ege.id, "meeting", NOON.date()) == fair_use.Standing(3.5, 3)


# -- moving


def test_a_booking_moves_to_another_time_and_room(session: Session, cinar: Room, hall: Room) -> None:
    made = book(session, cinar, hours=2)

    moved = bookings.move(session, made.id, room_id=hall.id, starts_at=NOON + HOUR, at=TUESDAY)

    assert (moved.room_id, moved.starts_at, moved.ends_at) == (hall.id, NOON + HOUR, NOON + 3 * HOUR)
    assert moved.wall_start == "2026-11-26T13:00"
    assert moved.room is not None
    assert moved.room.name == "Ihlamur Salonu"
    book(session, cinar, hours=2)


def test_a_booking_may_move_over_where_it_was(session: Session, cinar: Room) -> None:
    made = book(session, cinar, hours=2)

    assert bookings.move(session, made.id, starts_at=NOON + HOUR, at=TUESDAY).ends_at == NOON + 3 * HOUR


def test_a_booking_is_not_moved_over_another_and_stays(session: Session, cinar: Room) -> None:
    book(session, cinar)
    made = book(session, cinar, NOON + HOUR)

    with pytest.raises(Refusal) as refusal:
        bookings.move(session, made.id, starts_at=NOON + 30 * MINUTE, at=TUESDAY)
    assert refusal.value.reason == "room_taken"
    assert bookings.one(session, made.id).starts_at == NOON + HOUR


def test_in_a_room_that_cannot_be_set_up_like_this_the_layout_falls_away(
    session: Session, cinar: Room, hall: Room
) -> None:
    session.add(Layout(room_id=hall.id, kind="theatre", capacity=110))
    made = book(session, hall, layout="theatre", people=10)

    assert bookings.move(session, made.id, room_id=cinar.id, at=TUESDAY).layout == ""


def test_both_ends_can_be_moved(session: Session, cinar: Room) -> None:
    made = book(session, cinar)
    book(session, cinar, NOON + 2 * HOUR)

    longer = bookings.resize(session, made.id, ends_at=NOON + 2 * HOUR, at=TUESDAY)
    assert (longer.starts_at, longer.ends_at) == (NOON, NOON + 2 * HOUR)
    earlier = bookings.resize(session, made.id, starts_at=NOON - HOUR, at=TUESDAY)
    assert (earlier.starts_at, earlier.ends_at) == (NOON - HOUR, NOON + 2 * HOUR)
    for ends_at, reason in ((NOON + 2 * HOUR + 5 * MINUTE, "room_taken"), (NOON - HOUR, "ends_first")):
        with pytest.raises(Refusal) as refusal:
            bookings.resize(session, made.id, ends_at=ends_at, at=TUESDAY)
        assert refusal.value.reason == reason


def test_one_that_runs_is_made_longer_and_one_that_is_over_is_left_alone(
    session: Session, cinar: Room
) -> None:
    begins = TUESDAY.replace(minute=45)
    made = book(session, cinar, begins)

    longer = bookings.resize(session, made.id, ends_at=begins + 2 * HOUR, at=begins + 50 * MINUTE)
    assert longer.ends_at == begins + 2 * HOUR
    over = begins + 2 * HOUR
    for act in (
        lambda: bookings.move(session, made.id, starts_at=NOON, at=over),
        lambda: bookings.resize(session, made.id, ends_at=begins + 3 * HOUR, at=over),
        lambda: bookings.cancel(session, made.id, at=over),
        lambda: bookings.change(session, made.id, setup_minutes=5, at=over),
    ):
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.reason == "is_over"
    assert bookings.change(session, made.id, guests=12, title="Kurul kararı", at=over).guests == 12


# -- calling off and bringing back


def test_a_cancelled_booking_frees_its_room_and_keeps_its_reason(session: Session, cinar: Room) -> None:
    made = book(session, cinar, is_tentative=True)

    gone = bookings.cancel(session, made.id, why="Konuşmacı hasta", at=TUESDAY)

    assert (gone.state, gone.why, claimed(session, made)) == (BookingState.CANCELLED, "Konuşmacı hasta", 0)
    with pytest.raises(Refusal) as refusal:
        bookings.move(session, made.id, starts_at=NOON + HOUR, at=TUESDAY)
    assert refusal.value.reason == "not_standing"
    back = bookings.restore(session, made.id, at=TUESDAY)
    assert (back.state, back.why, claimed(session, made)) == (BookingState.TENTATIVE, "", 12)
    assert bookings.confirm(session, made.id, at=TUESDAY).state == BookingState.CONFIRMED


def test_a_booking_does_not_come_back_over_another(session: Session, cinar: Room) -> None:
    made = book(session, cinar)
    bookings.cancel(session, made.id, at=TUESDAY)
    book(session, cinar, NOON + 30 * MINUTE)

    with pytest.raises(Refusal) as refusal:
        bookings.restore(session, made.id, at=TUESDAY)
    assert refusal.value.reason == "room_taken"


def test_a_clash_is_settled_by_moving_it(session: Session, cinar: Room, hall: Room) -> None:
    book(session, cinar)
    clash = book(session, hall)
    clash.state, clash.room_id = BookingState.CLASH, cinar.id
    session.flush()

    with pytest.raises(Refusal):
        bookings.restore(session, clash.id, at=TUESDAY)
    settled = bookings.move(session, clash.id, room_id=hall.id, at=TUESDAY)
    assert (settled.state, claimed(session, settled)) == (BookingState.CONFIRMED, 12)


# -- changing and taking back


def test_what_was_said_of_a_booking_can_be_changed(session: Session, hall: Room, ege: Organisation) -> None:
    partner = builders.organisation(session, "Doğa Gönüllüleri Derneği")
    made = book(session, hall, people=20)

    changed = bookings.change(
        session,
        made.id,
        at=TUESDAY,
        title="Atölye",
        people=30,
        organisation_id=ege.id,
        partners=(partner.id,),
    )

    assert (changed.title, changed.people) == ("Atölye", 30)
    assert changed.organisation is not None
    assert changed.organisation.name == ege.name
    assert len(bookings.partners_of(session, made.id)) == 1
    with pytest.raises(Refusal) as refusal:
        bookings.change(session, made.id, at=TUESDAY, people=500)
    assert refusal.value.reason == "too_many_people"


def _everything(session: Session) -> dict[UUID, tuple[Any, ...]]:
    session.flush()
    columns = Booking.__table__.columns
    return {
        row.id: tuple(row) for row in session.execute(select(*columns).where(Booking.deleted_at.is_(None)))
    }


def test_every_action_is_taken_back_and_done_again(session: Session, cinar: Room, hall: Room) -> None:
    made = bookings.book(session, wish(cinar), at=TUESDAY, key="book")
    steps: dict[str, Any] = {
        "move": lambda key: bookings.move(session, made.id, starts_at=NOON + HOUR, at=TUESDAY, key=key),
        "room": lambda key: bookings.move(session, made.id, room_id=hall.id, at=TUESDAY, key=key),
        "resize": lambda key: bookings.resize(session, made.id, ends_at=NOON + 5 * HOUR, at=TUESDAY, key=key),
        "change": lambda key: bookings.change(session, made.id, title="Başka", people=3, at=TUESDAY, key=key),
        "cancel": lambda key: bookings.cancel(session, made.id, why="Hava", at=TUESDAY, key=key),
        "restore": lambda key: bookings.restore(session, made.id, at=TUESDAY, key=key),
    }
    for name, step in steps.items():
        before = _everything(session)
        step(name)
        after = _everything(session)
        assert before != after
        bookings.undo(session, name, at=TUESDAY, key=f"undo {name}")
        assert _everything(session) == before
        bookings.undo(session, f"undo {name}", at=TUESDAY)
        assert _everything(session) == after
    assert list(audit.broken(session)) == []


def test_a_booking_that_is_taken_back_leaves_its_room_free(session: Session, cinar: Room) -> None:
    made = bookings.book(session, wish(cinar), at=TUESDAY, key="book")

    bookings.undo(session, "book", at=TUESDAY)

    assert claimed(session, made) == 0
    with pytest.raises(Refusal) as refusal:
        bookings.one(session, made.id)
    assert refusal.value.reason == "no_booking"
    book(session, cinar)


def test_what_was_changed_since_is_not_taken_back(session: Session, cinar: Room) -> None:
    made = book(session, cinar)
    bookings.move(session, made.id, starts_at=NOON + HOUR, at=TUESDAY, key="move")
    bookings.move(session, made.id, starts_at=NOON + 2 * HOUR, at=TUESDAY)

    for deed, reason in (("move", "changed_since"), ("never", "nothing_to_undo")):
        with pytest.raises(Refusal) as refusal:
            bookings.undo(session, deed, at=TUESDAY)
        assert refusal.value.reason == reason


def test_nothing_is_taken_back_into_a_room_that_was_given_away(
    session: Session, cinar: Room, ege: Organisation
) -> None:
    made = book(session, cinar)
    bookings.move(session, made.id, starts_at=NOON + HOUR, at=TUESDAY, key="move")
    book(session, cinar, organisation_id=ege.id)

    with pytest.raises(Refusal, match="Ege Kadın") as refusal:
        bookings.undo(session, "move", at=TUESDAY)
    assert refusal.value.reason == "room_taken"
    assert bookings.one(session, made.id).starts_at == NOON + HOUR


def test_names_and_phones_are_not_kept_in_what_was(session: Session, cinar: Room) -> None:
    made = book(session, cinar, contact_name="Selin Karaca", contact_phone="0532 123 45 67")
    bookings.change(
        session, made.id, contact_name="Cem Ak", contact_phone="", title="Başka", at=TUESDAY, key="x"
    )
    session.flush()

    kept = " ".join(session.connection().exec_driver_sql("SELECT was FROM earlier").scalars())
    assert "Kurul" in kept
    assert not any(word in kept for word in ("Selin", "532", "contact"))


def test_every_action_is_in_the_trail(session: Session, cinar: Room) -> None:
    made = bookings.book(session, wish(cinar), at=TUESDAY, key="a")
    bookings.move(session, made.id, starts_at=NOON + HOUR, at=TUESDAY, key="b")
    bookings.undo(session, "b", at=TUESDAY)
    bookings.cancel(session, made.id, at=TUESDAY)

    assert [line.entry.action for line in trail.latest(session)] == [
        "cancel_booking",
        "undo_move_booking",
        "move_booking",
        "book",
    ]


def test_what_is_held_says_what_is_claimed(session: Session, cinar: Room) -> None:
    made = book(session, cinar, setup_minutes=10, clear_minutes=5)
    held = claims.held(made)

    assert (held.begins_at, held.ends_at) == (NOON - 10 * MINUTE, NOON + HOUR + 5 * MINUTE)
    assert claims.in_the_way(session, [held])[0].id == made.id
    assert claims.in_the_way(session, [held], besides=[made.id]) == {}
