from __future__ import annotations

from datetime import date

import pytest

from civicdesk.desk import fields
from civicdesk.errors import Refusal

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("27.11.2026", date(2026, 11, 27)),
        ("27/11/2026", date(2026, 11, 27)),
        (" 27 11 2026 ", date(2026, 11, 27)),
        ("27112026", date(2026, 11, 27)),
        ("27.11", date(2026, 11, 27)),
        ("2711", date(2026, 11, 27)),
        ("24.11", TODAY),
        ("1.1", date(2027, 1, 1)),
        ("٢٧.١١.٢٠٢٦", date(2026, 11, 27)),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, meant: date) -> None:
    assert fields.written_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "tomorrow", "31.02.2027", "27", "1.2.3.4", "271126", "1.13.2027", "1.1.99999"]
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        fields.written_day(typed, TODAY)
    assert refused.value.reason == "bad_date"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", "09:00"),
        ("930", "09:30"),
        ("0930", "09:30"),
        ("9.30", "09:30"),
        ("09:30", "09:30"),
        ("24:00", "24:00"),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: str) -> None:
    assert fields.written_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "noon", "25", "9:60", "24:01", "9:30:15", "12345"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        fields.written_time(typed)
    assert refused.value.reason == "bad_time"
