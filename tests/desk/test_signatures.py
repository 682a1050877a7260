from __future__ import annotations

import itertools
from math import dist, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from civicdesk.desk import signatures
from civicdesk.desk.signatures import Strokes
from civicdesk.errors import Refusal
from civicdesk.models import Signature
from tests.builders import TUESDAY

WAVE = [[(10 + n / 4, 70 + 50 * sin(n / 40)) for n in range(1_200)]]
points = st.tuples(st.integers(0, 4_000), st.integers(0, 4_000))


@given(st.lists(st.lists(points, min_size=1, max_size=30), max_size=20))
def test_what_is_packed_unpacks_to_the_same(strokes: list[list[tuple[int, int]]]) -> None:
    assert list(signatures.unpack(signatures.pack(strokes))) == strokes


def test_a_thinned_signature_looks_the_same_and_takes_little(session: Session) -> None:
    signature = signatures.sign(session, WAVE, 366, 137, at=TUESDAY)
    (shown,) = signatures.strokes_of(signature)

    assert len(signature.strokes) < 400
    assert all(min(dist(point, kept) for kept in _along(shown)) < 2 for point in WAVE[0])
    kept = session.get(Signature, signature.id)
    assert kept is not None
    assert (kept.strokes, kept.width, kept.height) == (signature.strokes, 366, 137)


def _along(stroke: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Points close to each other on the drawn line."""
    return [
        (ax + (bx - ax) * n / 20, ay + (by - ay) * n / 20)
        for (ax, ay), (bx, by) in itertools.pairwise(stroke)
        for n in range(21)
    ]


@pytest.mark.parametrize(
    ("strokes", "reason"),
    [
        ([], "no_signature"),
        ([[]], "no_signature"),
        ([[(float("nan"), 3)]], "no_signature"),
        ([[(50, 50)]], "dot_signature"),
        ([[(50, 50), (51, 50), (50, 51)]], "dot_signature"),
        ([[(50 + n % 2 * 3, 50 + n % 3) for n in range(500)]], "dot_signature"),
    ],
)
def test_nothing_and_a_dot_are_no_signature(session: Session, strokes: Strokes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        signatures.sign(session, strokes, 366, 137, at=TUESDAY)
    assert refused.value.reason == reason


def test_ten_minutes_of_scribbling_are_thinned(session: Session) -> None:
    scribble = [[((n * 7 + s) % 366, (n * n // 3 + s) % 137) for n in range(s, s + 6_000)] for s in range(12)]

    signature = signatures.sign(session, scribble, 366, 137, at=TUESDAY)

    assert sum(map(len, signatures.strokes_of(signature))) <= signatures.MOST_POINTS
    assert len(signature.strokes) < 10_000


def test_thousands_of_dots_are_thinned_too() -> None:
    dots = [[(n % 366, n % 137)] for n in range(9_000)]

    assert sum(map(len, signatures.thin(dots))) <= signatures.MOST_POINTS


def test_a_finger_that_slips_over_the_edge_stays_on_the_pad(session: Session) -> None:
    signature = signatures.sign(session, [[(-50, 60), (500, 60)]], 366, 137, at=TUESDAY)

    assert signatures.strokes_of(signature) == [[(0, 60), (366, 60)]]
