"""Every answer to a scan, reached by at least one row of facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from civicdesk.codes import Fault, Kind
from civicdesk.desk.decisions import Facts, Result, Wish, decide, entry_bar, is_clock_suspect

NOW = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days"))

BADGE: dict[str, Any] = {"kind": Kind.BADGE, "is_known": True}
PASS: dict[str, Any] = {"kind": Kind.PASS, "is_known": True}

TABLE: list[tuple[str, Result, dict[str, Any]]] = [
    ("a pass in its window", Result.ADMITTED, PASS),
    ("a pass with entries left, used before", Result.WELCOME_BACK, PASS | {"entered_before": True}),
    ("a badge of somebody who left today", Result.WELCOME_BACK, BADGE | {"left_today": True}),
    ("the same code a moment ago", Result.REPEAT, BADGE | {"last_good_scan_at": NOW}),
    ("the same code 9.999 s ago", Result.REPEAT, PASS | {"last_good_scan_at": NOW - 9.999 * SECOND}),
    ("the same code 10 s ago", Result.ADMITTED, PASS | {"last_good_scan_at": NOW - 10 * SECOND}),
    ("the same code in the future", Result.ADMITTED, PASS | {"last_good_scan_at": NOW + SECOND}),
    ("a pass of somebody inside", Result.ALREADY_INSIDE, PASS | {"is_inside": True}),
    (
        "a badge of somebody inside, at an entrance",
        Result.ALREADY_INSIDE,
        BADGE | {"is_inside": True, "wish": Wish.IN},
    ),
    ("a badge of somebody inside", Result.CHECKED_OUT, BADGE | {"is_inside": True}),
    (
        "a pass of somebody inside, at an exit",
        Result.CHECKED_OUT,
        PASS | {"is_inside": True, "wish": Wish.OUT},
    ),
    ("a badge of another day", Result.NOT_INSIDE, BADGE),
    (
        "a badge of somebody outside, at an exit",
        Result.NOT_INSIDE,
        BADGE | {"left_today": True, "wish": Wish.OUT},
    ),
    ("a pass at an exit", Result.NOT_INSIDE, PASS | {"wish": Wish.OUT}),
    ("a pass before its time", Result.TOO_EARLY, PASS | {"valid_from": NOW + SECOND}),
    ("a pass at its first instant", Result.ADMITTED, PASS | {"valid_from": NOW}),
    ("a pass at its last instant", Result.TOO_LATE, PASS | {"valid_until": NOW}),
    ("a pass an instant before its end", Result.ADMITTED, PASS | {"valid_until": NOW + SECOND}),
    ("a cancelled pass", Result.CANCELLED, PASS | {"is_cancelled": True}),
    ("a pass without entries left", Result.USED_UP, PASS | {"entries_left": 0, "entered_before": True}),
    ("a former copy of a badge", Result.SUPERSEDED, BADGE | {"is_superseded": True, "is_inside": True}),
    ("somebody on the deny list", Result.REFUSED, PASS | {"is_denied": True}),
    ("a full building", Result.CAPACITY_FULL, PASS | {"room_left": 0}),
    ("room for two of three", Result.CAPACITY_FULL, PASS | {"people": 3, "room_left": 2}),
    ("room for all three", Result.ADMITTED, PASS | {"people": 3, "room_left": 3}),
    ("a closed centre", Result.CLOSED, PASS | {"is_open": False}),
    ("going out of a closed centre", Result.CHECKED_OUT, BADGE | {"is_inside": True, "is_open": False}),
    ("a code of ours that is not known", Result.UNKNOWN, {"kind": Kind.PASS}),
    (
        "the same on a desk that never synced",
        Result.UNKNOWN_STALE,
        {"kind": Kind.PASS, "shares_a_hub": True},
    ),
    (
        "the same on a desk that synced two days ago",
        Result.UNKNOWN_STALE,
        {"kind": Kind.PASS, "shares_a_hub": True, "last_synced_at": NOW - 2 * DAY},
    ),
    (
        "the same on a desk that synced last night",
        Result.UNKNOWN,
        {"kind": Kind.PASS, "shares_a_hub": True, "last_synced_at": NOW - 8 * HOUR},
    ),
    ("a ruined code", Result.DAMAGED, {"fault": Fault.DAMAGED}),
    ("a product", Result.FOREIGN, {"fault": Fault.FOREIGN}),
    ("a clock set back an hour", Result.CLOCK_SUSPECT, PASS | {"latest_fact_at": NOW + HOUR}),
    ("a clock set back a year", Result.CLOCK_SUSPECT, BADGE | {"latest_fact_at": NOW + 365 * DAY}),
    ("a clock set ahead two years", Result.CLOCK_SUSPECT, PASS | {"latest_fact_at": NOW - 730 * DAY}),
    ("a clock corrected by four minutes", Result.ADMITTED, PASS | {"latest_fact_at": NOW + 4 * MINUTE}),
    ("a desk that was off for a month", Result.ADMITTED, PASS | {"latest_fact_at": NOW - 30 * DAY}),
]

PRECEDENCE: list[tuple[Result, Result, dict[str, Any]]] = [
    (Result.REPEAT, Result.SUPERSEDED, {"last_good_scan_at": NOW, "is_superseded": True}),
    (Result.SUPERSEDED, Result.CLOCK_SUSPECT, {"is_superseded": True, "latest_fact_at": NOW + HOUR}),
    (Result.CLOCK_SUSPECT, Result.CHECKED_OUT, {"latest_fact_at": NOW + HOUR, "is_inside": True}),
    (Result.CANCELLED, Result.TOO_LATE, {"is_cancelled": True, "valid_until": NOW}),
    (Result.TOO_LATE, Result.USED_UP, {"valid_until": NOW, "entries_left": 0}),
    (Result.USED_UP, Result.REFUSED, {"entries_left": 0, "is_denied": True}),
    (Result.REFUSED, Result.CLOSED, {"is_denied": True, "is_open": False}),
    (Result.CLOSED, Result.CAPACITY_FULL, {"is_open": False, "room_left": 0}),
]

OVERRIDES: list[tuple[Result, dict[str, Any]]] = [
    (Result.CLOSED, {"is_open": False}),
    (Result.CAPACITY_FULL, {"room_left": 0}),
    (Result.CLOCK_SUSPECT, {"latest_fact_at": NOW + HOUR}),
    (Result.TOO_EARLY, {"valid_from": NOW + HOUR}),
    (Result.TOO_LATE, {"valid_until": NOW - HOUR}),
    (Result.USED_UP, {"entries_left": 0}),
]

instants = st.datetimes(timezones=st.just(UTC))
any_facts = st.builds(
    Facts,
    at=instants,
    wish=st.sampled_from(Wish),
    fault=st.none() | st.sampled_from(Fault),
    kind=st.none() | st.sampled_from(Kind),
    is_known=st.booleans(),
    last_good_scan_at=st.none() | instants,
    latest_fact_at=st.none() | instants,
    last_synced_at=st.none() | instants,
    shares_a_hub=st.booleans(),
    is_superseded=st.booleans(),
    is_inside=st.booleans(),
    left_today=st.booleans(),
    valid_from=st.none() | instants,
    valid_until=st.none() | instants,
    is_cancelled=st.booleans(),
    entries_left=st.integers(-3, 3),
    entered_before=st.booleans(),
    is_denied=st.booleans(),
    is_open=st.booleans(),
    room_left=st.integers(-500, 500),
    people=st.integers(1, 500),
    overridden=st.frozensets(st.sampled_from([*(row[0] for row in OVERRIDES), Result.REFUSED])),
)


@pytest.mark.parametrize(("result", "facts"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_answer_to_a_scan(result: Result, facts: dict[str, Any]) -> None:
    assert decide(Facts(at=NOW, **facts)) is result


def test_the_table_reaches_every_answer() -> None:
    assert {result for _name, result, _facts in TABLE} == set(Result)


@pytest.mark.parametrize(
    ("first", "second", "facts"), PRECEDENCE, ids=[f"{a} before {b}" for a, b, _ in PRECEDENCE]
)
def test_of_two_answers_the_first_question_counts(
    first: Result, second: Result, facts: dict[str, Any]
) -> None:
    both = Facts(at=NOW, **(BADGE if facts.get("is_inside") else PASS), **facts)

    assert decide(both) is first
    # without the first cause the second is the answer, so the row really holds both
    assert decide(replace(both, overridden=frozenset({first}))) is second


@pytest.mark.parametrize(("result", "facts"), OVERRIDES, ids=[result for result, _facts in OVERRIDES])
def test_with_a_reason_the_visitor_comes_in_all_the_same(result: Result, facts: dict[str, Any]) -> None:
    barred = Facts(at=NOW, **PASS, **facts)

    assert decide(barred) is result
    assert result.can_be_overridden
    assert decide(replace(barred, overridden=frozenset({result}))) is Result.ADMITTED


def test_only_those_answers_can_be_overridden() -> None:
    assert {result for result in Result if result.can_be_overridden} == {result for result, _ in OVERRIDES}


def test_nothing_can_be_overridden_that_says_who_the_visitor_is() -> None:
    unreadable = Facts(at=NOW, fault=Fault.FOREIGN, overridden=frozenset(Result))
    unknown = Facts(at=NOW, kind=Kind.BADGE, overridden=frozenset(Result))

    assert decide(unreadable) is Result.FOREIGN
    assert decide(unknown) is Result.UNKNOWN


def test_nothing_bars_an_ordinary_walk_in() -> None:
    assert entry_bar(Facts(at=NOW)) is None


def test_a_desk_without_a_past_does_not_doubt_its_clock() -> None:
    assert not is_clock_suspect(Facts(at=NOW))


@given(any_facts)
def test_every_scan_has_an_answer(facts: Facts) -> None:
    assert decide(facts) in Result


@given(any_facts)
@example(Facts(at=NOW, **PASS, last_good_scan_at=NOW - 10 * SECOND))
def test_a_repeat_lies_within_ten_seconds(facts: Facts) -> None:
    if decide(facts) is Result.REPEAT:
        assert facts.last_good_scan_at is not None
        assert timedelta(0) <= facts.at - facts.last_good_scan_at < 10 * SECOND


@given(any_facts)
def test_nobody_comes_in_against_a_bar(facts: Facts) -> None:
    if decide(facts) in (Result.ADMITTED, Result.WELCOME_BACK):
        assert entry_bar(facts) is None
        assert not facts.is_inside
        assert facts.is_known
        assert facts.wish is not Wish.OUT


@given(any_facts)
def test_only_who_is_inside_is_checked_out(facts: Facts) -> None:
    if decide(facts) is Result.CHECKED_OUT:
        assert facts.is_inside
