"""The figures against a Tuesday that was counted by hand; the centre is open 09:00–19:30 (630 minutes)."""

from __future__ import annotations

from datetime import datetime

import pytest

from civicdesk.desk import inside_curve, metrics
from civicdesk.desk.metrics import Event, Heads, Stay
from civicdesk.models import BookingState
from civicdesk.text import ZONE

MIDNIGHT = datetime(2026, 11, 24, tzinfo=ZONE)
END = datetime(2026, 11, 25, tzinfo=ZONE)


def at(wall: str) -> datetime:
    hour, minute = map(int, wall.split(":"))
    return MIDNIGHT.replace(hour=hour, minute=minute)


OPEN = ((at("09:00"), at("19:30")),)


def event(begins: str, ends: str, **values: object) -> Event:
    known = {"id": f"{begins}-{ends}", "room": "hall", "seats": 100, **values}
    for name in ("started_at", "ended_at", "released_at"):
        if isinstance(known.get(name), str):
            known[name] = at(str(known[name]))
    return Event(starts_at=at(begins), ends_at=at(ends), **known)  # type: ignore[arg-type]


def test_a_room_counted_by_hand() -> None:
    """10–12 (began 10:05, ended 11:50, 40 people), 13–14 nobody came and 13:20–14 went to others (20 people,
    no end noted), 18–20 ran from 18:00 to 20:00 with 60 people: half an hour of it after closing."""
    use = metrics.room_use(
        "hall",
        OPEN,
        [
            event("10:00", "12:00", started_at="10:05", ended_at="11:50", guests=40),
            event("13:00", "14:00", state=BookingState.NO_SHOW, released_at="13:15"),
            event("13:20", "14:00", started_at="13:20", guests=20),
            event("18:00", "20:00", started_at="18:00", ended_at="20:00", guests=60),
        ],
        until=END,
    )

    assert use.booked_share == pytest.approx((120 + 60 + 90) / 630)
    assert use.used_share == pytest.approx((105 + 40 + 90) / 630)
    assert use.fill == pytest.approx((40 * 105 + 20 * 40 + 60 * 90) / (100 * 235))
    assert use.utilisation == pytest.approx((235 / 630) * (10_400 / 23_500))
    assert use.released == 40
    assert use.out_of_hours == 30
    assert not use.is_idle


def test_bookings_over_each_other_count_once() -> None:
    use = metrics.room_use("hall", OPEN, [event("09:00", "11:00"), event("10:00", "12:00")], until=END)

    assert use.booked_share == pytest.approx(180 / 630)


def test_only_firm_bookings_count() -> None:
    states = (BookingState.TENTATIVE, BookingState.CANCELLED, BookingState.SKIPPED, BookingState.CLASH)

    use = metrics.room_use(
        "hall", OPEN, [event("09:00", "11:00", state=state) for state in states], until=END
    )

    assert use.is_idle
    assert use.booked_share == 0


def test_an_event_of_which_nothing_is_known_is_not_used() -> None:
    use = metrics.room_use("hall", OPEN, [event("10:00", "12:00")], until=END)

    assert use.booked_share == pytest.approx(120 / 630)
    assert use.used_share == 0
    assert use.fill is None


def test_today_is_used_up_to_now() -> None:
    use = metrics.room_use("hall", OPEN, [event("09:00", "12:00", started_at="09:00")], until=at("10:00"))

    assert use.used_share == 1
    assert use.booked_share == pytest.approx(180 / 630)


def test_a_closed_day_has_no_share_and_never_nought_by_nought() -> None:
    use = metrics.room_use("hall", (), [event("10:00", "11:00", started_at="10:00")], until=END)

    assert use.booked_share is None
    assert use.used_share is None
    assert use.utilisation is None
    assert use.out_of_hours == 60


def test_no_share_is_more_than_the_whole() -> None:
    assert metrics.share(11, 10) == 1
    assert metrics.share(0, 0) is None


def test_a_booking_is_due_once_it_has_begun() -> None:
    events = [
        event("09:00", "10:00"),
        event("10:00", "11:00", state=BookingState.NO_SHOW),
        event("11:00", "12:00", state=BookingState.CANCELLED),
        event("15:00", "16:00"),
    ]

    assert [found.starts_at for found in metrics.due(events, at("12:00"))] == [at("09:00"), at("10:00")]


def test_visitors_are_entries_and_distinct_people() -> None:
    stays = [
        Stay("selin", 1, at("09:00"), at("10:00")),
        Stay("selin", 1, at("14:00"), None),
        Stay("murat", 4, at("09:30"), None),
        Stay("murat", 2, at("15:00"), None),
    ]

    assert metrics.entries(stays) == 8
    assert metrics.distinct_people(stays) == 5


def test_three_names_at_an_event_of_49_heads_are_among_the_49() -> None:
    stays = [Stay(name, 1, at("10:00"), None, "hall", "party") for name in "abc"]
    heads = [Heads(at("10:30"), 30, "hall", "party"), Heads(at("10:40"), 19, "hall", "party")]
    places = metrics.counted_at(stays, heads)

    assert metrics.of_event("party", places) == 49
    assert metrics.unnamed(places, {}) == 46
    assert metrics.unnamed(places, {"party": 60}) == 57
    assert metrics.unnamed(places, {"party": 2}) == 46


def test_heads_that_left_again_were_there() -> None:
    heads = [Heads(at("10:30"), 30, "hall", "party"), Heads(at("12:00"), -30, "hall", "party")]

    assert metrics.of_event("party", metrics.counted_at([], heads)) == 30


def test_the_peak_is_told_with_the_quarter_it_was_in() -> None:
    stays = [
        Stay("a", 2, at("09:10"), at("11:00")),
        Stay("b", 3, at("10:20"), at("10:25")),
        Stay("c", 1, at("14:00"), at("15:00")),
    ]
    curve = inside_curve.draw(stays, [])

    assert inside_curve.peak(curve, MIDNIGHT, END) == (5, at("10:15"))
    assert inside_curve.inside_at(curve, at("10:22")) == 5
    assert inside_curve.inside_at(curve, at("13:00")) == 0


def test_names_and_heads_of_one_place_are_not_added_up() -> None:
    stays = [Stay("a", 3, at("10:00"), None, "hall", "party"), Stay("b", 1, at("10:00"), None, "desk")]
    curve = inside_curve.draw(stays, [Heads(at("10:05"), 10, "hall", "party")])

    assert inside_curve.inside_at(curve, at("10:06")) == 11


def test_who_leaves_as_another_comes_is_not_inside_with_them() -> None:
    curve = inside_curve.draw([Stay("a", 1, at("09:00"), at("10:00")), Stay("b", 1, at("10:00"), None)], [])

    assert inside_curve.peak(curve, MIDNIGHT, END) == (1, at("09:00"))


def test_nobody_has_no_peak() -> None:
    assert inside_curve.peak([], MIDNIGHT, END) is None


def test_arrivals_are_counted_by_the_hour_a_group_in_full() -> None:
    stays = [
        Stay("a", 1, at("09:59"), None),
        Stay("b", 5, at("10:00"), None),
        Stay("c", 1, at("10:30"), None),
    ]

    assert metrics.arrivals(stays, MIDNIGHT) == {9: 1, 10: 6}


def test_a_mean_is_of_what_is_known() -> None:
    assert metrics.mean([2, None, 4]) == 3
    assert metrics.mean([None]) is None
