"""Rules that come again, as calendars write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicdesk.desk import recurrence
from civicdesk.errors import Refusal

TUESDAY = date(2026, 12, 1)
TEN = time(10)


def days(rule: str, starts_on: date = TUESDAY, wall: time = TEN) -> list[str]:
    return [f"{on:%d.%m.%y}" for on in recurrence.dates(rule, starts_on, wall)]


@pytest.mark.parametrize(
    ("rule", "first_three", "how_many"),
    [
        ("FREQ=WEEKLY;COUNT=8", ["01.12.26", "08.12.26", "15.12.26"], 8),
        ("RRULE:FREQ=WEEKLY;COUNT=8;BYDAY=TU,TH", ["01.12.26", "03.12.26", "08.12.26"], 8),
        ("freq=daily;interval=2;until=20261207", ["01.12.26", "03.12.26", "05.12.26"], 4),
        ("FREQ=MONTHLY;COUNT=3", ["01.12.26", "01.01.27", "01.02.27"], 3),
        ("FREQ=MONTHLY;BYDAY=1TU;COUNT=12", ["01.12.26", "05.01.27", "02.02.27"], 12),
        ("FREQ=YEARLY;COUNT=3", ["01.12.26", "01.12.27", "01.12.28"], 3),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1;COUNT=2", ["01.12.26", "01.01.27"], 2),
        ("FREQ=WEEKLY;COUNT=1", ["01.12.26"], 1),
        ("FREQ=DAILY;COUNT=366", ["01.12.26", "02.12.26", "03.12.26"], 366),
    ],
)
def test_a_rule_gives_its_days(rule: str, first_three: list[str], how_many: int) -> None:
    found = days(rule)

    assert found[:3] == first_three
    assert len(found) == how_many


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261222", "22.12.26"),
        ("20261222T100000", "22.12.26"),
        ("20261222T095959", "15.12.26"),
        ("20261222T070000Z", "22.12.26"),  # ten in the centre
        ("20261222T065959Z", "15.12.26"),
    ],
)
def test_the_last_day_counts_if_its_hour_does(until: str, last: str) -> None:
    assert days(f"FREQ=WEEKLY;UNTIL={until}")[-1] == last


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=WEEKLY", "endless_rule"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=TU", "endless_rule"),
        ("FREQ=WEEKLY;COUNT=8;UNTIL=20270101", "bad_rule"),
        ("FREQ=HOURLY;COUNT=8", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=8;BYHOUR=10", "bad_rule"),
        ("COUNT=8", "bad_rule"),
        ("", "bad_rule"),
        ("every tuesday", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=8;FREQ=DAILY", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=-8", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=0", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=٣", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=8;INTERVAL=0", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=8;INTERVAL=99999999999999999999", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=8;BYDAY=XX", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=8;BYDAY=2TU", "bad_rule"),
        ("FREQ=MONTHLY;COUNT=8;BYMONTHDAY=32", "bad_rule"),
        ("FREQ=MONTHLY;COUNT=8;BYMONTHDAY=", "bad_rule"),
        ("FREQ=WEEKLY;UNTIL=20261332", "bad_rule"),
        ("FREQ=WEEKLY;UNTIL=soon", "bad_rule"),
        ("DTSTART:20261201T100000\nRRULE:FREQ=WEEKLY;COUNT=3", "bad_rule"),
        ("FREQ=WEEKLY;COUNT=3\nEXDATE:20261208", "bad_rule"),
        ("FREQ=WEEKLY;UNTIL=20261130", "no_dates"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "no_dates"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3", "no_dates"),
        ("FREQ=WEEKLY;BYDAY=WE;COUNT=3", "starts_off"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", "starts_off"),
        ("FREQ=DAILY;COUNT=367", "too_many"),
        ("FREQ=DAILY;COUNT=99999", "too_many"),
        ("FREQ=DAILY;UNTIL=20281231", "too_many"),
        ("FREQ=YEARLY;COUNT=10", "too_far"),
        ("FREQ=YEARLY;UNTIL=21001231", "too_far"),
        ("FREQ=WEEKLY;COUNT=8;BYDAY=TU" + ",TU" * 200, "bad_rule"),
    ],
)
def test_a_rule_that_will_not_do(rule: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        days(rule)
    assert refusal.value.reason == reason


def test_a_first_day_beside_the_rule_is_told_the_right_one() -> None:
    with pytest.raises(Refusal, match="Wednesday, 2 December 2026"):
        days("FREQ=WEEKLY;BYDAY=WE;COUNT=3")


_PARTS = st.sampled_from(
    [
        "FREQ",
        "COUNT",
        "UNTIL",
        "INTERVAL",
        "BYDAY",
        "BYMONTHDAY",
        "BYMONTH",
        "BYSETPOS",
        "BYWEEKNO",
        "WKST",
        "X",
    ]
)
_VALUES = st.one_of(
    st.sampled_from(
        ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "TU", "MO,FR", "-1SU", "20270101", "20270101T000000Z"]
    ),
    st.integers(-400, 400).map(str),
    st.text(max_size=6),
)


@given(st.lists(st.tuples(_PARTS, _VALUES), max_size=5), st.dates())
def test_whatever_is_written_gives_days_or_a_refusal(parts: list[tuple[str, str]], starts_on: date) -> None:
    rule = ";".join(f"{name}={value}" for name, value in parts)
    try:
        found = recurrence.dates(rule, starts_on, TEN)
    except Refusal:
        return
    assert found[0] == starts_on
    assert found == sorted(set(found))
    assert 1 <= len(found) <= recurrence.MOST


@pytest.mark.parametrize(
    "rule",
    ["FREQ=WEEKLY;COUNT=8", "FREQ=WEEKLY;UNTIL=20270119", "FREQ=WEEKLY;UNTIL=20270119T235959Z;BYDAY=TU,TH"],
)
def test_a_rule_is_cut_in_two(rule: str) -> None:
    found = recurrence.dates(rule, TUESDAY, TEN)

    before, after = recurrence.cut(rule, found, found[3])

    assert recurrence.dates(before, TUESDAY, TEN) == found[:3]
    assert recurrence.dates(after, found[3], TEN) == found[3:]


@pytest.mark.parametrize(
    ("rule", "by"), [("FREQ=WEEKLY;BYDAY=TU,SU;COUNT=6", 2), ("FREQ=WEEKLY;UNTIL=20270101", 1)]
)
def test_a_rule_moves_to_other_days(rule: str, by: int) -> None:
    found = recurrence.dates(rule, TUESDAY, TEN)

    moved = recurrence.dates(recurrence.shifted(rule, by), TUESDAY + timedelta(days=by), TEN)

    assert moved == [on + timedelta(days=by) for on in found]


def test_what_cannot_move_with_its_days_becomes_simpler() -> None:
    assert recurrence.shifted("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", 1) == "FREQ=MONTHLY;COUNT=3"
    assert recurrence.shifted("FREQ=MONTHLY;BYDAY=1TU;COUNT=3", 0) == "FREQ=MONTHLY;BYDAY=1TU;COUNT=3"
