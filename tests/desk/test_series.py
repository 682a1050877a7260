"""A room is booked again and again: every day a booking of its own, changed one by one or together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import bookings, fair_use, opening, series, series_changes
from civicdesk.desk.bookings import Wish
from civicdesk.desk.series_changes import Scope
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Claim, Equipment, Room, Series
from civicdesk.text import local
from tests import builders
from tests.builders import TUESDAY

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
TEN = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
"""Tuesday the 1st of December at ten in the centre."""

WEEKLY = "FREQ=WEEKLY;COUNT=8"
ALL, FOLLOWING, THIS = Scope.ALL, Scope.FOLLOWING, Scope.THIS


@pytest.fixture
def cinar(session: Session) -> Room:
    return named(session, "Çınar Odası")


@pytest.fixture
def defne(session: Session) -> Room:
    return named(session, "Defne Atölyesi")


def named(session: Session, name: str) -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def wish(room: Room, starts_at: datetime = TEN, **more: Any) -> Wish:  # noqa: ANN401
    return Wish(
        room_id=room.id,
        starts_at=starts_at,
        ends_at=starts_at + 2 * HOUR,
        title="Okuma grubu",
        people=8,
        **more,
    )


def book(session: Session, room: Room, rule: str = WEEKLY, **more: Any) -> list[Booking]:  # noqa: ANN401
    return series.book(session, wish(room), rule, at=TUESDAY, **more)


def when(rows: list[Booking]) -> list[str]:
    """`01.12 10:00-12:00`; what does not stand is in brackets."""
    found = []
    for row in sorted(rows, key=lambda row: row.starts_at):
        words = f"{local(row.starts_at):%d.%m %H:%M}-{local(row.ends_at):%H:%M}"
        found.append(words if row.state in ("confirmed", "tentative") else f"({words})")
    return found


def everything(session: Session) -> list[tuple[Any, ...]]:
    session.flush()
    live = [table.__table__ for table in (Booking, Series)]
    return [
        tuple(row)
        for table in live
        for row in session.execute(select(table).where(table.c.deleted_at.is_(None)))
    ]


def claims_are_right(session: Session) -> None:
    held = sum(
        (row.ends_at - row.starts_at) // (5 * MINUTE)
        for row in session.scalars(select(Booking).where(Booking.deleted_at.is_(None)))
        if row.state in ("confirmed", "tentative")
    )
    assert session.scalar(select(func.count()).select_from(Claim)) == held


def test_every_day_is_a_booking_of_its_own(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=3")

    assert when(made) == ["01.12 10:00-12:00", "08.12 10:00-12:00", "15.12 10:00-12:00"]
    assert [row.series_on for row in made] == [date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)]
    assert {row.title for row in made} == {"Okuma grubu"}
    row = series.series_of(session, made[0])
    assert (row.rule, row.starts_on, row.wall_start, row.minutes) == (
        "FREQ=WEEKLY;COUNT=3",
        date(2026, 12, 1),
        "10:00",
        120,
    )
    claims_are_right(session)


def test_a_closed_day_is_skipped_with_its_reason_and_can_be_brought_back(
    session: Session, cinar: Room
) -> None:
    opening.close(session, date(2026, 12, 29), reason="Sayım", at=TUESDAY)
    friday = TEN + 3 * DAY  # the eighth is the first of January in the second rule
    made = book(session, cinar)
    on_holiday = series.book(session, wish(cinar, friday), "FREQ=WEEKLY;COUNT=5", at=TUESDAY)

    assert [row.why for row in made if row.state == BookingState.SKIPPED] == ["Sayım"]
    assert [row.series_on for row in on_holiday if row.state == BookingState.SKIPPED] == [date(2027, 1, 1)]
    skipped = made[4]
    with pytest.raises(Refusal) as refusal:
        bookings.restore(session, skipped.id, at=TUESDAY)
    assert refusal.value.reason == "closed"
    back = bookings.restore(session, skipped.id, at=TUESDAY, override="Sayım ertelendi")
    assert (back.state, back.why) == (BookingState.CONFIRMED, "Sayım ertelendi")


def test_one_taken_day_refuses_the_series_with_its_date(session: Session, cinar: Room) -> None:
    bookings.book(session, wish(cinar, TEN + 2 * WEEK), at=TUESDAY)

    with pytest.raises(Refusal, match=r"^15 December 2026: .*taken until 12:00") as refusal:
        book(session, cinar)
    assert refusal.value.reason == "room_taken"
    assert session.scalar(select(func.count()).select_from(Booking)) == 1


def test_a_taken_day_can_be_left_out(session: Session, cinar: Room) -> None:
    bookings.book(session, wish(cinar, TEN + 2 * WEEK), at=TUESDAY)

    made = book(session, cinar, leave_out=[date(2026, 12, 15)])

    assert [row.state for row in made].count("skipped") == 1
    assert made[2].why == "Okuma grubu"


def test_a_series_is_looked_at_before_it_is_made(session: Session, cinar: Room) -> None:
    bookings.book(session, wish(cinar, TEN + 2 * WEEK), at=TUESDAY)
    opening.close(session, date(2026, 12, 29), reason="Sayım", at=TUESDAY)

    seen = series.plan(session, wish(cinar), WEEKLY, at=TUESDAY)

    assert [f"{each.on:%d.%m}" for each in seen if each.is_closed] == ["29.12"]
    assert [f"{each.on:%d.%m}" for each in seen if each.is_taken] == ["15.12"]
    assert sum(each.is_free for each in seen) == 6
    assert session.scalar(select(func.count()).select_from(Series)) == 0


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=WEEKLY", "endless_rule"),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=2", "starts_off"),
        ("FREQ=WEEKLY;UNTIL=20261101", "no_dates"),
        ("FREQ=DAILY;COUNT=400", "too_many"),
        ("FREQ=MONTHLY;COUNT=40", "too_far"),
        ("nonsense", "bad_rule"),
    ],
)
def test_rules_that_will_not_do(session: Session, cinar: Room, rule: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        book(session, cinar, rule=rule)
    assert refusal.value.reason == reason
    assert session.scalar(select(func.count()).select_from(Booking)) == 0


def test_a_series_that_would_lie_on_closed_days_only(session: Session, cinar: Room) -> None:
    sunday = TEN + 5 * DAY

    with pytest.raises(Refusal) as refusal:
        series.book(session, wish(cinar, sunday), "FREQ=WEEKLY;COUNT=3", at=TUESDAY)
    assert refusal.value.reason == "no_dates"


def test_a_series_over_itself_is_refused(session: Session, cinar: Room) -> None:
    long = Wish(room_id=cinar.id, starts_at=TEN, ends_at=TEN + 24 * HOUR, title="Sergi")
    opening.set_hours(session, dict.fromkeys(range(7), ("00:00", "24:00")), at=TUESDAY)

    made = series.book(session, long, "FREQ=DAILY;COUNT=3", at=TUESDAY)
    assert len(made) == 3
    with pytest.raises(Refusal) as refusal:
        bookings.resize(
            session, made[0].id, starts_at=TEN - HOUR, ends_at=TEN + 23 * HOUR + 5 * MINUTE, at=TUESDAY
        )
    assert refusal.value.reason == "too_long"


def test_one_tap_twice_books_one_series_and_undo_takes_all_of_it(session: Session, cinar: Room) -> None:
    made = book(session, cinar, key="tap")
    assert [row.id for row in book(session, cinar, key="tap")] == [row.id for row in made]

    bookings.undo(session, "tap", at=TUESDAY, key="undo")

    assert everything(session) == []
    claims_are_right(session)
    bookings.undo(session, "undo", at=TUESDAY)
    assert when(list(series.of_series(session, made[0].series_id)))[0] == "01.12 10:00-12:00"  # type: ignore[arg-type]
    claims_are_right(session)


def test_the_hours_of_a_series_add_up_month_by_month(session: Session, cinar: Room) -> None:
    ege = builders.organisation(session)
    fair_use.set_limit(session, "meeting", 9, at=TUESDAY)
    own = wish(cinar, organisation_id=ege.id)

    with pytest.raises(Refusal, match="29 December") as refusal:  # the fifth in December
        series.book(session, own, WEEKLY, at=TUESDAY)
    assert refusal.value.reason == "over_limit"
    assert len(series.book(session, own, WEEKLY, at=TUESDAY, leave_out=[date(2026, 12, 29)])) == 8


def test_equipment_is_taken_every_day(session: Session, cinar: Room, defne: Room) -> None:
    camera = Equipment(name="Kamera", count=1)
    session.add(camera)
    session.flush()
    series.book(session, wish(cinar, equipment={camera.id: 1}), "FREQ=WEEKLY;COUNT=3", at=TUESDAY)

    with pytest.raises(Refusal) as refusal:
        bookings.book(session, wish(defne, TEN + 2 * WEEK, equipment={camera.id: 1}), at=TUESDAY)
    assert refusal.value.reason == "equipment_taken"


# -- scopes


def test_one_occurrence_moves_alone(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=3")

    series_changes.move(session, made[1].id, THIS, starts_at=made[1].starts_at + HOUR, at=TUESDAY)

    assert when(made) == ["01.12 10:00-12:00", "08.12 11:00-13:00", "15.12 10:00-12:00"]
    assert made[1].series_id == made[0].series_id


def test_all_move_to_another_day_time_and_room(session: Session, cinar: Room, defne: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=3;BYDAY=TU")

    moved = series_changes.move(
        session, made[1].id, ALL, room_id=defne.id, starts_at=made[1].starts_at + DAY + HOUR, at=TUESDAY
    )

    assert when(moved) == ["02.12 11:00-13:00", "09.12 11:00-13:00", "16.12 11:00-13:00"]
    assert {row.room_id for row in moved} == {defne.id}
    row = series.series_of(session, moved[0])
    assert (row.rule, row.starts_on, row.wall_start, row.room_id) == (
        "FREQ=WEEKLY;COUNT=3;BYDAY=WE",
        date(2026, 12, 2),
        "11:00",
        defne.id,
    )
    claims_are_right(session)


@pytest.mark.parametrize("by", [WEEK, -WEEK, DAY, HOUR, -HOUR, timedelta()])
def test_a_series_moves_over_its_own_days(session: Session, cinar: Room, by: timedelta) -> None:
    later = TEN + 2 * WEEK
    made = series.book(session, wish(cinar, later), "FREQ=DAILY;COUNT=3", at=TUESDAY)

    moved = series_changes.move(session, made[0].id, ALL, starts_at=later + by, at=TUESDAY)

    assert [row.starts_at for row in moved] == [later + by + n * DAY for n in range(3)]
    claims_are_right(session)


def test_this_and_the_following_become_a_series_of_their_own(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=4")

    moved = series_changes.move(
        session, made[2].id, FOLLOWING, starts_at=made[2].starts_at + HOUR, at=TUESDAY
    )

    assert when(moved) == ["15.12 11:00-13:00", "22.12 11:00-13:00"]
    old, new = (
        series.series_of(session, bookings.one(session, made[0].id)),
        series.series_of(session, moved[0]),
    )
    assert (old.rule, new.rule, new.after_id) == ("FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;COUNT=2", old.id)
    assert (new.starts_on, new.wall_start) == (date(2026, 12, 15), "11:00")
    assert when(list(series.of_series(session, old.id))) == ["01.12 10:00-12:00", "08.12 10:00-12:00"]


def test_what_was_changed_by_hand_keeps_its_place_and_its_name(
    session: Session, cinar: Room, defne: Room
) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=4")
    bookings.move(session, made[1].id, starts_at=made[1].starts_at + 4 * HOUR, at=TUESDAY)
    bookings.move(session, made[2].id, room_id=defne.id, at=TUESDAY)
    bookings.change(session, made[3].id, title="Yıl sonu", at=TUESDAY)
    bookings.cancel(session, made[3].id, why="Tatil", at=TUESDAY)

    series_changes.move(session, made[0].id, ALL, starts_at=TEN + HOUR, at=TUESDAY)
    rows = series_changes.change(session, made[0].id, ALL, title="Şiir grubu", people=9, at=TUESDAY)

    assert when(rows) == [
        "01.12 11:00-13:00",
        "08.12 14:00-16:00",
        "15.12 11:00-13:00",
        "(22.12 11:00-13:00)",
    ]
    assert [row.room_id == defne.id for row in rows] == [False, False, True, False]
    assert [row.title for row in rows] == ["Şiir grubu", "Şiir grubu", "Şiir grubu", "Yıl sonu"]
    assert [row.people for row in rows] == [9] * 4
    assert (rows[3].state, rows[3].why) == (BookingState.CANCELLED, "Tatil")


def test_all_are_made_longer_or_none(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=3")
    other = bookings.book(session, wish(cinar, TEN + WEEK + 3 * HOUR), at=TUESDAY)

    with pytest.raises(Refusal, match="8 December") as refusal:
        series_changes.resize(session, made[0].id, ALL, ends_at=TEN + 3.5 * HOUR, at=TUESDAY)
    assert refusal.value.reason == "room_taken"
    assert {row.ends_at - row.starts_at for row in series.of_series(session, made[0].series_id)} == {2 * HOUR}  # type: ignore[arg-type]
    bookings.cancel(session, other.id, at=TUESDAY)
    longer = series_changes.resize(
        session, made[0].id, ALL, starts_at=TEN - 30 * MINUTE, ends_at=TEN + 3.5 * HOUR, at=TUESDAY
    )
    assert when(longer)[1] == "08.12 09:30-13:30"
    row = series.series_of(session, longer[0])
    assert (row.wall_start, row.minutes) == ("09:30", 240)


def test_what_comes_to_lie_on_a_closed_day_is_skipped(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=5")  # Tuesdays; Friday the 1st of January is closed

    moved = series_changes.move(session, made[0].id, ALL, starts_at=TEN + 3 * DAY, at=TUESDAY)

    assert when(moved)[-1] == "(01.01 10:00-12:00)"
    assert moved[-1].why == "Yılbaşı"
    claims_are_right(session)


def test_a_day_in_the_way_can_be_left_out_when_a_series_moves(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=3")
    bookings.book(session, wish(cinar, TEN + WEEK + 4 * HOUR), at=TUESDAY)
    to = TEN + 4 * HOUR

    with pytest.raises(Refusal):
        series_changes.move(session, made[0].id, ALL, starts_at=to, at=TUESDAY)
    moved = series_changes.move(
        session, made[0].id, ALL, starts_at=to, at=TUESDAY, leave_out=[date(2026, 12, 8)]
    )
    assert when(moved) == ["01.12 14:00-16:00", "(08.12 14:00-16:00)", "15.12 14:00-16:00"]


def test_the_rest_is_called_off_and_brought_back(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=4")
    bookings.cancel(session, made[2].id, why="Hasta", at=TUESDAY)

    gone = series_changes.cancel(session, made[1].id, FOLLOWING, why="Ara", at=TUESDAY)
    assert [row.id for row in gone] == [made[1].id, made[3].id]
    back = series_changes.restore(session, made[3].id, ALL, at=TUESDAY)
    assert [row.id for row in back] == [made[1].id, made[3].id]
    assert [row.why for row in series.of_series(session, made[0].series_id)] == ["", "", "Hasta", ""]  # type: ignore[arg-type]
    claims_are_right(session)


def test_what_is_over_is_left_as_it_was(session: Session, cinar: Room) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=3")
    later = TEN + WEEK

    moved = series_changes.move(session, made[2].id, ALL, starts_at=made[2].starts_at + HOUR, at=later + HOUR)
    assert when(moved) == ["15.12 11:00-13:00"]
    gone = series_changes.cancel(session, made[2].id, ALL, at=later + HOUR)

    assert [row.id for row in gone] == [made[2].id]
    assert [bookings.one(session, row.id).state for row in made[:2]] == ["confirmed", "confirmed"]
    assert bookings.one(session, made[0].id).starts_at == TEN


@pytest.mark.parametrize("scope", [THIS, FOLLOWING, ALL])
@pytest.mark.parametrize("action", ["move", "day", "room", "resize", "change", "cancel", "restore"])
def test_every_action_in_every_scope_is_taken_back(
    session: Session, cinar: Room, defne: Room, action: str, scope: Scope
) -> None:
    made = book(session, cinar, rule="FREQ=WEEKLY;COUNT=4")
    bookings.move(session, made[3].id, starts_at=made[3].starts_at + 5 * HOUR, at=TUESDAY)
    if action == "restore":
        series_changes.cancel(session, made[0].id, ALL, why="Ara", at=TUESDAY)
    third = made[2]
    act: dict[str, Any] = {
        "move": (series_changes.move, {"starts_at": third.starts_at + HOUR}),
        "day": (series_changes.move, {"starts_at": third.starts_at - 6 * DAY}),
        "room": (series_changes.move, {"room_id": defne.id}),
        "resize": (series_changes.resize, {"ends_at": third.ends_at + HOUR}),
        "change": (series_changes.change, {"title": "Başka", "people": 5}),
        "cancel": (series_changes.cancel, {"why": "Kar"}),
        "restore": (series_changes.restore, {}),
    }
    before = everything(session)
    does, how = act[action]
    rows = does(session, third.id, scope, at=TUESDAY, key="deed", **how)
    assert everything(session) != before
    claims_are_right(session)
    again = does(session, third.id, scope, at=TUESDAY, key="deed", **how)
    assert {row.id for row in again} >= {row.id for row in rows} & {third.id}

    bookings.undo(session, "deed", at=TUESDAY)

    assert everything(session) == before
    claims_are_right(session)
