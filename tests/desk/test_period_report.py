"""A period counted by hand, and every way in which one can be odd."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import headcounts, period, period_report, visits, year_report
from civicdesk.desk.day_figures import Why
from civicdesk.desk.period_rows import PeriodReport
from civicdesk.models import Booking, BookingState, Closure, Organisation, Room, new_id
from civicdesk.text import ZONE
from tests import builders

MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
WEEK = period.week(TUE)
BEFORE = TUE - timedelta(weeks=1)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=ZONE)
OPEN = 630
"""Minutes of a weekday; a Saturday has 540."""


def at(wall: str, on: date = TUE) -> datetime:
    return datetime.combine(on, datetime.strptime(wall, "%H:%M").time(), ZONE)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def room(session: Session, name: str = "Ihlamur Salonu") -> Room:
    return session.scalars(select(Room).where(Room.name == name)).one()


def book(session: Session, begins: str, ends: str, on: date = TUE, **values: object) -> Booking:
    where = values.pop("room", None) or room(session)
    assert isinstance(where, Room)
    values = {"kind": "workshop", "started_at": at(begins, on)} | values
    made = Booking(
        room_id=where.id,
        title="Kompost Atölyesi",
        starts_at=at(begins, on),
        ends_at=at(ends, on),
        wall_start=f"{on}T{begins}",
        **values,  # type: ignore[arg-type]
    )
    session.add(made)
    session.flush()
    return made


def stay(session: Session, name: str, came: str, left: str, on: date = TUE, **arrival: object) -> None:
    made = visits.check_in(session, visits.Arrival(name=name, **arrival), at=at(came, on))  # type: ignore[arg-type]
    visits.one(session, made.id).left_at = at(left, on)
    session.flush()


def long_ago(session: Session) -> None:
    """Something was kept two years before, so that every period since has something to compare with."""
    stay(session, "Eski Ziyaretçi", "10:00", "11:00", on=date(2024, 6, 3))


def look(session: Session, asked: period.Period = WEEK, now: datetime = LATER, **how: bool) -> PeriodReport:
    return period_report.look(session, asked, at=now, **how)


def figures(report: PeriodReport, key: str) -> tuple[float | None, float | None]:
    total = report.total(key)
    return total.figure.value, total.before.value


def test_a_week_counted_by_hand(session: Session) -> None:
    """Three rooms, five days of 630 minutes and one of 540; two events, one no-show, one visitor of no event."""
    long_ago(session)
    ege = builders.organisation(session, "Ege Derneği")
    hall, small = room(session), room(session, "Çınar Odası")
    party = book(session, "10:00", "12:00", guests=49, organisation_id=ege.id, sdg="4,11")
    book(session, "10:00", "11:00", on=WED, room=small, guests=5, kind="meeting", ended_at=at("10:30", WED))
    book(session, "14:00", "15:00", room=small, state=BookingState.NO_SHOW, started_at=None)
    stay(session, "Selin Karaca", "10:00", "12:00", booking_id=party.id, room_id=hall.id, host_id=ege.id)
    stay(session, "Murat Ak", "11:05", "11:30", people=4)
    stay(session, "Murat Ak", "11:20", "11:30", on=WED, people=2)
    headcounts.count(session, hall.id, 20, at=at("10:30"), booking_id=party.id)

    seen = look(session)

    total = 3 * (5 * OPEN + 540)
    assert {each.key: each.figure.value for each in seen.totals} == pytest.approx(
        {
            "visitors": 1 + 48 + 4 + 2 + 5,  # of the meeting nobody gave a name
            "entries": 7,
            "events": 2,
            "guests": 54,
            "mean_guests": 27,
            "open_days": 6,
            "peak": 24,
            "booked": (120 + 60 + 60) / total,
            "used": (120 + 30) / total,
            "fill": (49 * 120 + 5 * 30) / (120 * 120 + 16 * 30),
            "utilisation": 150 / total * (49 * 120 + 5 * 30) / (120 * 120 + 16 * 30),
            "no_shows": 1,
            "no_show_share": 1 / 3,
            "received": 0,
            "handed_over": 0,
        }
    )
    assert seen.arrivals == {10: 1, 11: 6}
    assert [round(people * 6) for minute, people in seen.curve] == [1, 0, 0, 0, 4, 2]
    assert seen.peak is not None
    assert (seen.peak.people, seen.peak.at) == (24, at("11:00"))


def test_the_days_and_the_months_add_up_to_the_period(session: Session) -> None:
    long_ago(session)
    for on, guests in ((date(2026, 10, 30), 7), (date(2026, 11, 2), 11), (WED, 13)):
        book(session, "10:00", "11:00", on=on, guests=guests)
        stay(session, f"Ziyaretçi {on}", "10:00", "11:00", on=on, people=guests)

    seen = look(session, period.days(date(2026, 10, 15), date(2026, 11, 30)))

    for name in ("visitors", "events", "guests", "no_shows"):
        whole = seen.total(name).figure.value
        assert sum(getattr(day, name).value for day in seen.days) == whole
        assert sum(getattr(month, name).value for month in seen.months) == whole
    assert [(month.first, month.last) for month in seen.months] == [
        (date(2026, 10, 15), date(2026, 10, 31)),
        (date(2026, 11, 1), date(2026, 11, 30)),
    ]
    assert [month.guests.value for month in seen.months] == [7, 24]


def test_a_period_stands_beside_the_one_before_and_the_same_of_the_year_before(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", guests=30)
    book(session, "10:00", "11:00", on=BEFORE, guests=20)
    book(session, "10:00", "11:00", on=TUE - timedelta(weeks=52), guests=40)

    guests = look(session).total("guests")

    assert (guests.figure.value, guests.before.value) == (30, 20)
    assert guests.year_before is not None
    assert guests.year_before.value == 40
    assert guests.change == pytest.approx(0.5)
    assert guests.change_of_year == pytest.approx(-0.25)


def test_shares_change_by_points(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", state=BookingState.NO_SHOW)
    book(session, "10:00", "11:00", on=BEFORE, guests=4)

    assert look(session).total("no_show_share").change == 1.0


def test_months_of_unequal_length_are_compared_a_day(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", on=date(2026, 2, 10), guests=28)
    book(session, "10:00", "11:00", on=date(2026, 1, 12), guests=31)

    guests = look(session, period.parse("2026-02")).total("guests")

    assert guests.is_a_day
    assert guests.change == pytest.approx(0)


def test_a_leap_year_is_compared_with_one_of_365_days_a_day(session: Session) -> None:
    stay(session, "Eski Ziyaretçi", "10:00", "11:00", on=date(2022, 12, 1))
    book(session, "10:00", "11:00", on=date(2024, 2, 29), guests=366)
    book(session, "10:00", "11:00", on=date(2023, 2, 28), guests=365)

    seen = look(session, period.year(2024))

    assert (seen.period.days, seen.before.days, len(seen.days)) == (366, 365, 366)
    assert seen.total("guests").change == pytest.approx(0)
    assert seen.total("guests").figure.value == 366


def test_a_running_period_is_compared_with_as_much_of_the_one_before(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", on=MON, guests=10)
    book(session, "10:00", "11:00", on=MON - timedelta(weeks=1), guests=5)
    book(session, "16:00", "17:00", on=BEFORE, guests=50)  # on Tuesday of last week it had not begun by noon

    seen = look(session, now=at("12:00"))

    assert seen.is_running
    assert (seen.days_gone, seen.before.days, seen.before.is_cut) == (2, 2, True)
    assert seen.before.until == at("12:00", BEFORE)
    assert figures(seen, "guests") == (10, 5)
    assert [day.visitors.why for day in seen.days] == ["", "", *[Why.AHEAD] * 5]


def test_a_running_month_does_not_ask_more_of_a_shorter_one(session: Session) -> None:
    long_ago(session)

    seen = look(session, period.parse("2026-03"), now=at("12:00", date(2026, 3, 30)))

    assert (seen.days_gone, seen.before.days, seen.before.is_cut) == (30, 28, False)


def test_half_a_year_stands_beside_the_other_half(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", on=date(2026, 8, 12), guests=9)
    book(session, "10:00", "11:00", on=date(2026, 3, 12), guests=3)

    seen = look(session, period.parse("2026-H2"), now=datetime(2027, 2, 1, tzinfo=ZONE))

    assert figures(seen, "guests") == (9, 3)
    assert len(seen.months) == 6


def test_a_period_before_the_centre_existed_says_so(session: Session) -> None:
    stay(session, "Selin Karaca", "10:00", "11:00")

    seen = look(session, period.parse("2019-05"))

    assert seen.why == Why.BEFORE
    assert seen.complete_until is None
    assert {total.figure.why for total in seen.totals} == {Why.BEFORE}
    assert {day.visitors.why for day in seen.days} == {Why.BEFORE}
    assert seen.rooms == []
    assert seen.messages is None


def test_a_period_that_has_not_come_says_so(session: Session) -> None:
    book(session, "10:00", "11:00", on=date(2027, 3, 2))

    seen = look(session, period.parse("2027-03"))

    assert {total.figure.why for total in seen.totals} == {Why.AHEAD}
    assert seen.why == Why.AHEAD


def test_a_centre_of_yesterday_has_nothing_to_compare_with(session: Session) -> None:
    stay(session, "Selin Karaca", "10:00", "11:00")

    seen = look(session)

    assert seen.kept_from == TUE
    assert seen.total("visitors").figure.value == 1
    assert seen.total("visitors").before.why == Why.NOT_KEPT
    assert seen.total("visitors").change is None


def test_a_period_that_was_only_kept_in_part_is_nothing_to_compare_with(session: Session) -> None:
    stay(session, "Selin Karaca", "10:00", "11:00", on=BEFORE)

    seen = look(session)

    assert seen.total("visitors").before.why == Why.PARTLY


def test_an_empty_centre_answers(session: Session) -> None:
    assert look(session).why == Why.BEFORE


def test_today_in_the_morning_is_known_up_to_now(session: Session) -> None:
    long_ago(session)
    book(session, "09:00", "09:30", guests=9)
    book(session, "09:45", "11:00", room=room(session, "Çınar Odası"))
    book(session, "14:00", "15:00")

    seen = look(session, period.days(TUE, TUE), now=at("10:00"))

    assert seen.complete_until == at("10:00")
    assert seen.total("events").figure.value == 1  # one still runs, one is still to come
    assert seen.total("guests").figure.value == 9


def test_days_without_a_booking_have_no_mean_and_no_fill(session: Session) -> None:
    long_ago(session)

    seen = look(session)

    assert seen.total("events").figure.value == 0
    assert seen.total("mean_guests").figure.why == Why.NO_EVENTS
    assert seen.total("fill").figure.why == Why.NO_EVENTS
    assert seen.total("no_show_share").figure.why == Why.NO_EVENTS
    assert seen.total("used").figure.value == 0
    assert all(row.is_idle for row in seen.rooms)


def test_an_event_that_nobody_counted_is_not_in_the_mean(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "11:00", guests=30)
    book(session, "12:00", "13:00")

    seen = look(session)

    assert (seen.total("events").figure.value, seen.total("mean_guests").figure.value) == (2, 30)
    assert seen.uncounted_events == 1


def test_a_feast_has_no_hours_and_its_reason_stands_by_the_day(session: Session) -> None:
    long_ago(session)
    feast = period.days(date(2026, 5, 27), date(2026, 5, 30))

    seen = look(session, feast)

    assert {day.is_open for day in seen.days} == {False}
    assert all("Kurban Bayramı" in day.reason for day in seen.days)
    assert seen.total("used").figure.why == Why.CLOSED
    assert seen.total("open_days").figure.value == 0
    assert seen.weekday_heat.cells == {}


def test_closed_hours_do_not_count_as_open(session: Session) -> None:
    long_ago(session)
    session.add(Closure(on=TUE, from_time="12:00", until_time="24:00", reason="Bakım"))
    session.flush()

    seen = look(session, period.days(TUE, TUE))

    assert seen.days[0].reason == "Bakım"
    assert [row.open_minutes for row in seen.rooms] == [180, 180, 180]


def test_a_room_taken_away_in_the_middle_counts_until_then(session: Session) -> None:
    long_ago(session)
    room(session).deleted_at = at("12:00")
    session.flush()

    [gone] = [row for row in look(session).rooms if row.place.name == "Ihlamur Salonu"]

    assert gone.open_minutes == OPEN + 180


def test_idle_rooms_are_rows_too_and_a_divided_one_counts_by_its_parts(session: Session) -> None:
    long_ago(session)
    whole = room(session)
    session.add_all(
        Room(name=name, capacity=60, part_of_id=whole.id, position=9) for name in ("Doğu", "Batı")
    )
    session.flush()
    book(session, "10:00", "12:00", room=whole, guests=30)

    rows = {row.place.name: row for row in look(session).rooms}

    assert {name for name, row in rows.items() if row.is_idle} == {"Çınar Odası", "Defne Atölyesi"}
    assert [(rows[name].events, rows[name].used_minutes) for name in ("Doğu", "Batı")] == [(1, 120)] * 2
    assert look(session).total("guests").figure.value == 30


def test_an_event_over_midnight_counts_once(session: Session) -> None:
    long_ago(session)
    night = book(session, "22:00", "23:00", guests=12)
    night.ends_at = at("02:00", WED)
    session.flush()

    seen = look(session)

    assert seen.total("events").figure.value == 1
    assert [day.events.value for day in seen.days][1:3] == [1, 0]


def test_organisations_and_their_kinds(session: Session) -> None:
    long_ago(session)
    ege = builders.organisation(session, "Ege Derneği")
    vakif = Organisation(name="Güneş Vakfı", kind="vakif")
    session.add(vakif)
    session.flush()
    book(session, "10:00", "12:00", guests=30, organisation_id=ege.id)
    book(session, "13:00", "14:00", guests=10, organisation_id=ege.id)
    book(session, "15:00", "16:00", guests=8)
    stay(session, "Selin Karaca", "10:00", "12:00", host_id=vakif.id, people=6)
    stay(session, "Murat Ak", "10:00", "12:00")

    seen = look(session)

    rows = {
        row.name: (row.events, row.guests.value, row.visitors.value, row.minutes)
        for row in seen.organisations
    }
    assert rows == {"Ege Derneği": (2, 40, 0, 180), "Güneş Vakfı": (0, 0, 6, 0)}
    kinds = {
        row.kind: (row.organisations, row.events, row.guests.value, row.visitors.value)
        for row in seen.organisation_kinds
    }
    assert len(kinds) == 12  # eleven, and nobody's
    assert kinds["dernek"] == (1, 2, 40, 0)
    assert kinds["vakif"] == (0, 0, 0, 6)
    assert kinds[""] == (0, 1, 8, 1)
    assert sum(row.guests.value or 0 for row in seen.organisation_kinds) == seen.total("guests").figure.value
    assert (
        sum(row.visitors.value or 0 for row in seen.organisation_kinds) == seen.total("entries").figure.value
    )


def test_an_organisation_whose_row_has_not_arrived_is_counted_all_the_same(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "12:00", guests=30, organisation_id=new_id())

    seen = look(session)

    assert [(row.name, row.guests.value) for row in seen.organisations] == [("—", 30)]
    assert sum(row.guests.value or 0 for row in seen.organisation_kinds) == 30


def test_a_few_are_hidden_in_what_leaves_the_centre(session: Session) -> None:
    long_ago(session)
    guests = {"Ege Derneği": 30, "Ova Derneği": 9, "Kıyı Derneği": 3}
    for hour, (name, people) in enumerate(guests.items(), start=10):
        made = builders.organisation(session, name)
        book(session, f"{hour}:00", f"{hour}:30", guests=people, organisation_id=made.id)

    inside, outside = look(session), look(session, hide_small=True)

    assert {row.name: row.guests.value for row in inside.organisations} == guests
    assert {row.name: row.guests.value for row in outside.organisations} == {
        "Ege Derneği": 30,
        "Ova Derneği": None,  # or 42 less 30 less 9 would tell
        "Kıyı Derneği": None,
    }
    assert {row.guests.why for row in outside.organisations} == {"", Why.FEW}
    assert outside.total("guests").figure.value == 42
    assert outside.are_small_hidden


def test_kinds_of_events_are_all_there_also_those_there_were_none_of(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "12:00", guests=30)
    book(session, "13:00", "14:00", kind="of a newer desk", guests=2)
    book(session, "15:00", "16:00", state=BookingState.NO_SHOW)

    rows = {row.kind: row for row in look(session).event_kinds}

    assert (rows["workshop"].events, rows["workshop"].mean.value, rows["workshop"].no_shows) == (1, 30, 1)
    assert (rows["panel"].events, rows["panel"].mean.why) == (0, Why.NO_EVENTS)
    assert rows["of a newer desk"].events == 1


def test_heat_knows_closed_from_empty(session: Session) -> None:
    long_ago(session)
    stay(session, "Selin Karaca", "10:10", "12:00", people=3)
    book(session, "10:30", "12:00", guests=30)

    seen = look(session)

    assert seen.weekday_heat.cells["1", 10] == 3
    assert seen.weekday_heat.cells["0", 10] == 0
    assert ("6", 10) not in seen.weekday_heat.cells  # a Sunday
    hall = next(row.place.id for row in seen.rooms if row.place.name == "Ihlamur Salonu")
    assert seen.room_heat.cells[hall, 10] == pytest.approx(30 / (6 * 60))
    assert seen.room_heat.cells[hall, 11] == pytest.approx(60 / (6 * 60))


def test_the_goals_are_seventeen_rows_with_noughts(session: Session) -> None:
    long_ago(session)
    book(session, "10:00", "12:00", guests=30, sdg="11,17")
    book(session, "13:00", "14:00", guests=12, sdg="11")
    book(session, "15:00", "16:00", guests=7, sdg="18,x")

    seen = year_report.look(session, period.year(2026), at=datetime(2027, 1, 4, tzinfo=ZONE))

    assert [row.goal for row in seen.goals] == list(range(1, 18))
    assert {row.goal: (row.events, row.guests.value) for row in seen.goals if row.events} == {
        11: (2, 42),
        17: (1, 30),
    }
    assert seen.without_goal == 1


def test_members_are_counted_as_they_were_on_the_last_day(session: Session) -> None:
    session.add_all(
        [
            Organisation(name="Eski", kind="dernek", joined_on=date(2020, 1, 1)),
            Organisation(name="Yeni", kind="vakif", joined_on=date(2026, 5, 1)),
            Organisation(name="Gitti", kind="dernek", joined_on=date(2020, 1, 1), left_on=date(2026, 6, 1)),
            Organisation(name="Gelecek", kind="platform", joined_on=date(2027, 1, 2)),
            Organisation(name="Belediye", kind="belediye", is_member=False),
        ]
    )
    session.flush()
    known = len(session.scalars(select(Organisation).where(Organisation.is_member)).all())

    seen = year_report.look(session, period.year(2026), at=datetime(2027, 3, 1, tzinfo=ZONE)).members

    assert seen.count == known - 2  # one left, one came later
    assert (seen.joined, seen.left) == (1, 1)
    assert len(seen.by_kind) == 11
    assert (seen.by_kind["vakif"], seen.by_kind["platform"]) == (1, 0)
    assert seen.outside == {"belediye": 1}


def test_five_thousand_bookings_in_a_day_are_read(session: Session) -> None:
    long_ago(session)
    many = [Room(name=f"Oda {n:03}", capacity=9, position=n) for n in range(100)]
    session.add_all(many)
    session.flush()
    session.add_all(
        Booking(
            room_id=many[n % 100].id,
            title="Görüşme",
            kind="meeting",
            starts_at=at("09:00") + timedelta(minutes=10 * (n // 100)),
            ends_at=at("09:10") + timedelta(minutes=10 * (n // 100)),
            wall_start="2026-11-24T09:00",
            started_at=at("09:00") + timedelta(minutes=10 * (n // 100)),
            guests=2,
        )
        for n in range(5_000)
    )
    session.flush()

    seen = look(session)

    assert figures(seen, "events")[0] == 5_000
    assert figures(seen, "guests")[0] == 10_000
