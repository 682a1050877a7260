from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from civicdesk.sync.nights import WINDOW, Tries, is_due, moment
from civicdesk.text import ZONE

EVENING = datetime(2026, 11, 24, 20, 0, tzinfo=ZONE)


def due(synced_at: datetime | None, at: datetime, tries: Tries | None = None, every: int = 0) -> bool:
    return is_due(synced_at, tries or Tries(), key="desk-1", night_from="20:00", every_minutes=every, at=at)


@given(st.text(max_size=40), st.integers(0, 23 * 60 + 59))
def test_each_desk_has_a_moment_of_its_own_within_the_night(key: str, minute: int) -> None:
    at = EVENING.replace(hour=minute // 60, minute=minute % 60)
    found = moment(key, "20:00", at)
    assert found <= at < found + timedelta(days=1)
    begins = found.replace(hour=20, minute=0, second=0, microsecond=0)
    begins = begins if begins <= found else begins - timedelta(days=1)
    assert found - begins < WINDOW


def test_fifty_desks_are_spread_over_the_night() -> None:
    hours = {moment(f"desk-{n}", "20:00", EVENING + timedelta(hours=5)).hour for n in range(50)}
    assert hours == {20, 21, 22, 23}


def test_once_a_night_and_a_missed_night_is_made_up_for_in_the_morning() -> None:
    night = moment("desk-1", "20:00", EVENING + timedelta(hours=5))
    before, morning = night - timedelta(hours=2), night + timedelta(hours=10)
    assert not due(before, night - timedelta(seconds=1))
    assert due(before, night)
    assert not due(night + timedelta(minutes=1), morning)
    assert due(before, morning)  # it was off


def test_where_several_desks_share_a_centre_it_syncs_by_day_as_well() -> None:
    noon = EVENING.replace(hour=12)
    assert not due(noon, noon + timedelta(minutes=4), every=5)
    assert due(noon, noon + timedelta(minutes=5), every=5)
    assert not due(noon, noon + timedelta(minutes=5))


def test_while_the_hub_is_away_it_is_asked_less_and_less_often() -> None:
    tries, at, rests = Tries(), EVENING, []
    for _ in range(8):
        tries = tries.after_failure(at, Random(1))
        assert tries.next_at is not None
        rests.append((tries.next_at - at).total_seconds() / 60)
        assert not due(None, at, tries)
        assert due(None, tries.next_at, tries)
    assert 0.75 <= rests[0] <= 1.25
    assert rests[:5] == sorted(rests[:5])
    assert max(rests) <= 37.5
