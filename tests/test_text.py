from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicdesk import text

LETTERS = "abcçdefgğhıijklmnoöpqrsştuüvwxyzABCÇDEFGĞHIİJKLMNOÖPQRSŞTUÜVWXYZâîûÂÎÛéß '.-0123456789أحمدعليى"
names = st.text(LETTERS, max_size=40)


@pytest.fixture(autouse=True)
def _turkish_again() -> Iterator[None]:
    before = text.language()
    text.use_language("tr")
    yield
    text.use_language(before)


@pytest.mark.parametrize(
    ("folded", "spellings"),
    [
        ("isparta", "ISPARTA Isparta ısparta isparta İSPARTA"),
        ("izmir", "İzmir izmir IZMIR İZMİR ızmir i̇zmir"),
        ("sukru", "Şükrü sukru ŞÜKRÜ SUKRU Şükrü"),
        ("igdir", "Iğdır IĞDIR igdir İĞDİR"),
        ("cagri", "Çağrı cagri ÇAĞRI"),
        ("cigdem", "Çiğdem cigdem CIGDEM Cığdem ÇİĞDEM"),
        ("isil", "Işıl ISIL ışıl IŞIL"),
        ("adem", "Âdem adem ADEM"),
        ("oneil", "O'Neil O’Neil ONEİL"),
        ("as", "A.Ş. AŞ a.ş. as"),
        ("lodz", "Łódź lodz"),
        ("احمد", "أحمد احمد أَحْمَد"),
        ("فاطمه", "فاطمة فاطمه فـاطمة"),
        ("علي", "علي علی على"),
    ],
)
def test_all_spellings_of_a_name_are_one(folded: str, spellings: str) -> None:
    assert {text.fold(spelling) for spelling in spellings.split()} == {folded}


@pytest.mark.parametrize(
    "written", ["Ayşe-Nur Kaya", " ayşe  nur\tKAYA ", "AYŞE NUR KAYA\u200f", "Ayşe/Nur, Kaya"]
)
def test_hyphens_spaces_and_invisible_marks_make_no_other_name(written: str) -> None:
    assert text.fold(written) == "ayse nur kaya"


@pytest.mark.parametrize("nothing", ["", "  ", "\u200b", "...", "—"])
def test_nothing_folds_to_nothing(nothing: str) -> None:
    assert text.fold(nothing) == ""


@given(names)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert text.fold(text.fold(name)) == text.fold(name)


@given(names)
def test_the_shift_key_makes_no_other_name(name: str) -> None:
    assert text.fold(text.upper(name)) == text.fold(name) == text.fold(text.lower(name))


def test_names_stand_in_the_order_of_the_turkish_alphabet() -> None:
    expected = [
        "Cem",
        "Çiğdem",
        "Gül",
        "Hale",
        "Ilgaz",
        "Irmak",
        "Işıl",
        "İbrahim",
        "İnci",
        "Oğuz",
        "Öykü",
        "Sıla",
        "Şule",
        "Ufuk",
        "Ümit",
        "Zeynep",
    ]

    assert sorted(set(expected), key=text.sort_key) == expected
    assert sorted({text.upper(name) for name in expected}, key=text.sort_key) == list(
        map(text.upper, expected)
    )


def test_digits_stand_first_foreign_letters_in_their_place_and_other_scripts_last() -> None:
    expected = [
        "",
        "3 Nolu Oda",
        "Adem",
        "Âdil",
        "Pınar",
        "Quentin",
        "Rıza",
        "Vedat",
        "William",
        "Zoë",
        "أحمد",
    ]

    assert sorted(set(expected), key=text.sort_key) == expected


def test_a_shorter_name_stands_before_a_longer_one() -> None:
    assert sorted(["Alican", "Ali Veli", "Ali"], key=text.sort_key) == ["Ali", "Ali Veli", "Alican"]


@pytest.mark.parametrize(
    ("small", "capital"),
    [("istanbul", "İSTANBUL"), ("ışık", "IŞIK"), ("çiğdem öğüt", "ÇİĞDEM ÖĞÜT"), ("", "")],
)
def test_i_keeps_its_dot_and_dotless_i_goes_without(small: str, capital: str) -> None:
    assert text.upper(small) == capital
    assert text.lower(capital) == small


def test_letters_put_together_from_pieces_keep_their_dots() -> None:
    assert text.lower("I\u0307nci") == "inci"
    assert text.upper("s\u0327ule") == "ŞULE"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Selin Karaca", "SK"),
        ("ışık inci", "Iİ"),
        ("Ayşe Nur Kaya", "AK"),
        ("Cem", "C"),
        ("a", "A"),
        ("", ""),
        ("   ", ""),
        ("😀", ""),
        ("😀 Ali", "A"),
        ("(Ali) «Veli»", "AV"),
        ("S\u0327u\u0308kru\u0308", "Ş"),
        ("أحمد علي", "أع"),
        ("ß ß", "SS"),
        ("3. Kat", "3K"),
    ],
)
def test_a_round_picture_shows_at_most_two_letters(name: str, letters: str) -> None:
    assert text.initials(name) == letters


NOON = datetime(2026, 11, 24, 21, 42, tzinfo=UTC)


def test_instants_are_shown_at_the_time_of_the_centre() -> None:
    assert text.clock(NOON) == "00:42"
    assert text.local(NOON).date() == date(2026, 11, 25)
    assert text.utc(text.local(NOON)) == NOON


@pytest.mark.parametrize(
    ("language", "day", "short"),
    [("tr", "24 Kasım 2026 Salı", "24 Kas"), ("en", "Tuesday, 24 November 2026", "24 Nov")],
)
def test_days_are_written_as_the_language_writes_them(language: str, day: str, short: str) -> None:
    text.use_language(language)

    assert text.day(date(2026, 11, 24)) == day
    assert text.day(date(2026, 11, 24), "d MMM") == short


@pytest.mark.parametrize(
    ("language", "thousands", "half", "share"),
    [("tr", "32.612", "49,5", "%61"), ("en", "32,612", "49.5", "61%")],
)
def test_numbers_are_written_as_the_language_writes_them(
    language: str, thousands: str, half: str, share: str
) -> None:
    text.use_language(language)

    assert text.number(32_612) == thousands
    assert text.number(49.5) == half
    assert text.percent(0.61) == share


def test_an_unknown_language_is_turkish_and_an_unknown_sentence_is_said_as_it_stands() -> None:
    text.use_language("xx")

    assert text.language() == "tr"
    assert text._("Nobody has translated this.") == "Nobody has translated this."


def test_one_and_many_are_told_apart_in_english() -> None:
    text.use_language("en")

    assert text.ngettext("{n} visitor", "{n} visitors", 1) == "{n} visitor"
    assert text.ngettext("{n} visitor", "{n} visitors", 3) == "{n} visitors"
