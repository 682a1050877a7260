from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from civicdesk.backup.rotation import DAYS, LONGEST, MONTHS, WEEKS, outdated

NOW = datetime(2026, 11, 24, 17, 10, tzinfo=UTC)


def nightly(nights: int) -> dict[int, datetime]:
    """A backup each evening, the number says how many nights ago."""
    return {n: NOW - timedelta(days=n) for n in range(nights)}


def test_of_two_years_seven_days_five_weeks_and_twelve_months_stay() -> None:
    kept = sorted(set(nightly(730)) - outdated(nightly(730), at=NOW))
    assert kept[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert [NOW - timedelta(days=n) for n in kept[7:10]] == [
        datetime(2026, 11, 15, 17, 10, tzinfo=UTC),  # the Sundays of the weeks before
        datetime(2026, 11, 8, 17, 10, tzinfo=UTC),
        datetime(2026, 11, 1, 17, 10, tzinfo=UTC),
    ]
    assert (
        len([n for n in kept if (NOW - timedelta(days=n)).month != 11]) == 11
    )  # the last of each month before


def test_a_second_backup_of_a_day_takes_the_place_of_the_first() -> None:
    morning, evening = NOW.replace(hour=6), NOW
    assert outdated({"morning": morning, "evening": evening}, at=NOW) == {"morning"}


def test_what_is_dated_in_the_future_stays() -> None:
    backups = {"ahead": NOW + timedelta(days=300), **{str(n): at for n, at in nightly(60).items()}}
    assert "ahead" not in outdated(backups, at=NOW)


def test_after_a_long_rest_the_only_backup_stays_however_old() -> None:
    assert not outdated({"old": NOW - 3 * LONGEST}, at=NOW)


def test_names_are_not_kept_in_old_backups() -> None:
    assert "old" in outdated({"new": NOW, "old": NOW - LONGEST - timedelta(days=1)}, at=NOW)


@given(st.lists(st.integers(0, 900 * 24), unique=True, max_size=200))
def test_the_newest_stays_and_never_more_than_there_are_spans(hours: list[int]) -> None:
    backups = {n: NOW - timedelta(hours=n) for n in hours}
    kept = set(backups) - outdated(backups, at=NOW)
    assert not hours or min(hours) in kept
    assert len(kept) <= DAYS + WEEKS + MONTHS


@given(st.lists(st.integers(0, 900 * 24), unique=True, max_size=100))
def test_what_stayed_stays_when_asked_again(hours: list[int]) -> None:
    backups = {n: NOW - timedelta(hours=n) for n in hours}
    kept = {n: backups[n] for n in set(backups) - outdated(backups, at=NOW)}
    assert not outdated(kept, at=NOW)
