from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from civicdesk.desk import spans
from civicdesk.desk.spans import Span
from civicdesk.text import ZONE


def span(first: int, last: int) -> Span:
    midnight = datetime(2026, 11, 24, tzinfo=ZONE)
    return midnight.replace(hour=first), midnight.replace(hour=last)


some = st.lists(
    st.tuples(st.integers(0, 23), st.integers(0, 23)).map(lambda pair: span(min(pair), max(pair))), max_size=6
)


def test_each_minute_counts_once() -> None:
    assert spans.union([span(11, 13), span(9, 10), span(10, 12)]) == (span(9, 13),)
    assert spans.minutes(spans.union([span(9, 11), span(10, 12), span(14, 15)])) == 240


def test_what_has_no_length_is_nothing() -> None:
    assert spans.union([span(9, 9)]) == ()


@given(some, some)
def test_within_and_without_share_out_the_first(ours: list[Span], others: list[Span]) -> None:
    whole = spans.minutes(spans.union(ours))

    inside, outside = spans.within(ours, others), spans.without(ours, others)

    assert spans.minutes(inside) + spans.minutes(outside) == whole
    assert spans.minutes(spans.within(inside, outside)) == 0
