from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicdesk import text
from civicdesk.desk import period
from civicdesk.desk.period import Period, PeriodKind
from civicdesk.errors import Refusal

DAYS = st.dates(date(1910, 1, 1), date(2190, 12, 31))
KINDS = st.sampled_from(PeriodKind)


@given(DAYS, KINDS)
def test_every_period_follows_the_one_before_it_without_a_gap(on: date, kind: PeriodKind) -> None:
    this = period.of(kind, on)

    assert this.first <= on <= this.last
    assert this.before().last + timedelta(days=1) == this.first
    assert this.after().first == this.last + timedelta(days=1)
    assert this.after().before() == this
    assert this.ends - this.begins == timedelta(days=this.days)


@given(DAYS, KINDS)
def test_what_is_written_down_is_read_again(on: date, kind: PeriodKind) -> None:
    this = period.of(kind, on)

    assert period.parse(this.key) == this


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2.2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-w47", date(2026, 11, 16), date(2026, 11, 22)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-h2", date(2026, 7, 1), date(2026, 12, 31)),
        ("24.11.2026", date(2026, 11, 24), date(2026, 11, 24)),
        ("2026-11-01..24.11.2026", date(2026, 11, 1), date(2026, 11, 24)),
        ("..2024-02-29", date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_periods_are_written_in_many_ways(written: str, first: date, last: date) -> None:
    found = period.parse(written)

    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "written",
    ["", "soon", "2026-13", "2026-W54", "2026-Q5", "2026-H3", "31.2.2026", "0000", "2026-11-24..", "1492"],
)
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(Refusal, match="This is no period"):
        period.parse(written)


def test_days_the_wrong_way_round_and_more_than_ten_years_are_refused() -> None:
    with pytest.raises(Refusal, match="before the first one"):
        period.parse("2026-11-24..2026-11-23")
    with pytest.raises(Refusal, match="ten years at most"):
        period.parse("2010-01-01..2026-11-24")


def test_a_leap_year_has_366_days_and_the_one_before_365() -> None:
    assert (period.year(2024).days, period.year(2024).before().days) == (366, 365)


def test_from_the_eve_to_the_eve_of_a_year_later_are_twelve_months() -> None:
    found = period.from_to(date(2025, 11, 22), date(2026, 11, 21))

    assert found.kind is PeriodKind.TWELVE_MONTHS
    assert period.from_to(None, date(2026, 11, 21)) == found


def test_the_same_period_of_the_year_before() -> None:
    assert period.parse("2026-11").year_before() == period.parse("2025-11")
    assert period.parse("2026-H2").year_before() == period.parse("2025-H2")
    assert period.parse("2024-02-29").year_before() == period.parse("2023-02-28")
    assert period.parse("2026").year_before() is None


def test_a_week_is_compared_with_one_of_the_same_weekdays() -> None:
    before = period.parse("2026-W47").year_before()

    assert before is not None
    assert (before.first.weekday(), before.days) == (0, 7)


@pytest.mark.parametrize(
    ("written", "in_turkish", "in_english"),
    [
        ("2026-11", "Kasım 2026", "November 2026"),
        ("2026-W47", "2026 yılı 47. hafta · 16–22 Kasım 2026", "Week 47 of 2026 · 16–22 November 2026"),
        ("2026-Q4", "2026 yılı 4. çeyrek", "Quarter 4 of 2026"),
        ("2026-H1", "2026 yılının ilk yarısı", "First half of 2026"),
        ("2026", "2026", "2026"),
        (
            "..2026-11-21",
            "On iki ay · 22 Kasım 2025 – 21 Kasım 2026",
            "Twelve months · 22 November 2025 – 21 November 2026",
        ),
        ("2026-11-01..2026-12-05", "1 Kasım – 5 Aralık 2026", "1 November – 5 December 2026"),
    ],
)
def test_periods_have_names_in_both_languages(written: str, in_turkish: str, in_english: str) -> None:
    found = period.parse(written)

    assert found.name == in_english
    text.use_language("tr")
    assert found.name == in_turkish


def test_a_period_at_the_edge_of_what_is_known_has_no_neighbour() -> None:
    edge: Period = period.year(2199)

    with pytest.raises(Refusal):
        edge.after()
