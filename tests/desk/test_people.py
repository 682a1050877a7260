"""Visitors are found as the clerk types them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from civicdesk.desk import people, visits
from tests import builders
from tests.builders import TUESDAY

NAMES = (
    "Çiğdem Yılmaz",
    "Şükrü Öztürk",
    "Işıl Kaya",
    "Mehmet Ali Demirtaş",
    "Ayşe-Nur O’Brien",
    "عائشة الزهراء",
)


@pytest.fixture
def known(session: Session) -> Session:
    for name in NAMES:
        builders.visit(session, name)
    return session


def _found(session: Session, typed: str) -> list[str]:
    return [suggestion.visitor.name for suggestion in people.suggest(session, typed)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cigdem", "Çiğdem Yılmaz"),
        ("ÇİĞDEM", "Çiğdem Yılmaz"),
        ("CIGDEM", "Çiğdem Yılmaz"),
        ("Cığdem", "Çiğdem Yılmaz"),
        ("çiğ", "Çiğdem Yılmaz"),
        ("yilmaz cig", "Çiğdem Yılmaz"),
        ("sukru", "Şükrü Öztürk"),
        ("ISIL", "Işıl Kaya"),
        ("ali dem", "Mehmet Ali Demirtaş"),
        ("ayse nur", "Ayşe-Nur O’Brien"),
        ("obrien", "Ayşe-Nur O’Brien"),
        ("o'brien", "Ayşe-Nur O’Brien"),
        ("عائشة", "عائشة الزهراء"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(known: Session, typed: str, name: str) -> None:
    assert _found(known, typed) == [name]


@pytest.mark.parametrize(
    "typed", ["cigdm", "cigdeem", "cgidem", "cihdem", "cigdem yilmas", "mehmwt", "demrtas"]
)
def test_one_slip_in_a_word_of_five_letters_is_forgiven(known: Session, typed: str) -> None:
    assert len(_found(known, typed)) == 1


@pytest.mark.parametrize("typed", ["kaza", "isel", "cxgdxm"])
def test_short_words_and_two_slips_are_not_forgiven(known: Session, typed: str) -> None:
    assert _found(known, typed) == []


@pytest.mark.parametrize("typed", ["", "c", "ci", "Çi", "   ", "c.i", '"*'])
def test_nobody_leafs_through_the_visitors(known: Session, typed: str) -> None:
    assert _found(known, typed) == []
    assert not people.is_enough(typed)


@pytest.mark.parametrize(
    "typed",
    ['" OR *', "cig* OR dem", "NEAR(cigdem)", "folded:cigdem", "cigdem AND NOT x", "^cigdem -x", "'; DROP--"],
)
def test_the_language_of_the_index_means_nothing(known: Session, typed: str) -> None:
    assert _found(known, typed) == []


def test_marks_around_a_name_are_overlooked(known: Session) -> None:
    assert _found(known, '"cigdem" *') == ["Çiğdem Yılmaz"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
@example("ab𞤀cd")
@example("\ud800abcdef")
@example("ab\U00010ffffcde")
@example("𞤀𞤀𞤀𞤀𞤀")
@example("a" * 5_000)
def test_whatever_is_typed_is_searched_without_a_fault(known: Session, typed: str) -> None:
    assert len(people.suggest(known, typed)) <= 6
    people.organisations(known, typed.encode(errors="replace").decode())


def test_a_renamed_visitor_is_found_by_the_new_name_only(known: Session) -> None:
    [suggestion] = people.suggest(known, "isil")
    suggestion.visitor.name = "Işıl Aydın"
    known.flush()

    assert _found(known, "isil aydin") == ["Işıl Aydın"]
    assert _found(known, "isil kaya") == []


def test_a_suggestion_tells_the_last_visit(session: Session) -> None:
    first = builders.visit(session)
    visits.check_out(session, first.id, at=TUESDAY + timedelta(hours=1))
    second = visits.check_in(session, visits.again(first), at=TUESDAY + timedelta(hours=2))

    [suggestion] = people.suggest(session, "selin")

    assert suggestion.is_inside
    assert suggestion.visits == 2
    assert suggestion.last is not None
    assert [v.id for v in people.history(session, first.visitor_id)] == [second.id, first.id]


def test_at_most_six_are_suggested_the_newest_first(session: Session) -> None:
    for number in range(8):
        builders.visit(session, f"Fatma {'ABCDEFGH'[number]}")

    assert _found(session, "fatma") == [f"Fatma {letter}" for letter in "HGFEDC"]


def test_organisations_are_found_by_any_word(session: Session) -> None:
    made = builders.organisation(session)

    assert [o.id for o in people.organisations(session, "emegi kad")] == [made.id]
    assert people.organisations(session, "100% _") == []
