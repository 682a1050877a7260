"""What may be typed: names as people have them, and no number of the state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.tr import tckimlik

from civicdesk.desk import fields
from civicdesk.errors import Refusal

NATIONAL_ID = "10000000146"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}

SPELLED = [
    NATIONAL_ID,
    "1 0 0 0 0 0 0 0 1 4 6",
    "100 000 001 46",
    "100-000-001-46",
    "100–000–00146",
    "100.000.001.46",
    "100 - 000 - 00146",
    "1000000\u200d0146",
    "100\u00a0000\u00a000146",
    NATIONAL_ID.translate(ARABIC),
    NATIONAL_ID.translate(WIDE),
    f"TC{NATIONAL_ID}",
    f"kimlik no: {NATIONAL_ID}, tel sonra",
    f"12 {NATIONAL_ID} 34",
    f"{NATIONAL_ID}-10000000147",
    f"5-{NATIONAL_ID[:10]} {NATIONAL_ID[10]}",
]


def _reason(what: object, value: object) -> str:
    with pytest.raises(Refusal) as refused:
        what(value)  # type: ignore[operator]
    assert str(refused.value)
    return refused.value.reason


@pytest.mark.parametrize(
    "name",
    [
        "İ",
        "Ng",
        "O’Brien-Yıldız",
        "D'Angelo",
        "عائشة الزهراء",
        "שרה",
        "山田 太郎",
        "Şükrü 😀",
        "a" * 200,
        "Ali 3",
    ],
)
def test_names_are_kept_as_written(name: str) -> None:
    assert fields.name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Selin \t Karaca\n", "Selin Karaca"),
        ("Se\x00lin\x1b Ka\x7fraca", "Selin Karaca"),
        ("\u202eSelin\u200f", "Selin"),
        ("I\u0307nci", "İnci"),
    ],
    ids=["gaps", "control characters", "turned around", "dot apart"],
)
def test_what_cannot_be_seen_is_taken_out_of_a_name(typed: str, kept: str) -> None:
    assert fields.name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\t\n", "\u200b\u202e", "😀", "12345", "---"])
def test_a_name_has_a_letter(typed: str) -> None:
    assert _reason(fields.name, typed) == "no_name"


def test_a_name_has_at_most_two_hundred_letters() -> None:
    assert _reason(fields.name, "a" * 201) == "long_name"


@pytest.mark.parametrize("typed", SPELLED)
def test_a_national_id_is_refused_however_it_is_spelled(typed: str) -> None:
    assert _reason(fields.name, f"Ali {typed}") == "national_id"
    assert _reason(fields.note, typed) == "national_id"


def test_a_national_id_alone_is_called_what_it_is() -> None:
    assert _reason(fields.name, NATIONAL_ID) == "national_id"
    assert _reason(fields.phone, NATIONAL_ID) == "national_id"


@pytest.mark.parametrize(
    "note",
    ["0532 123 45 67", "10000000147", "2026-00312", "24.11.2026 10:42", f"4{NATIONAL_ID}", "₺1.234.567.890"],
)
def test_other_numbers_may_stand_in_a_note(note: str) -> None:
    assert fields.note(note) == note


@given(st.integers(100_000_000, 999_999_999), st.sampled_from(["{}", "no {} var", "({})", "{}."]))
def test_every_national_id_is_found_in_a_text(nine: int, sentence: str) -> None:
    digits = str(nine) + tckimlik.calc_check_digits(str(nine))

    assert fields.has_national_id(sentence.format(digits))


@given(st.text())
def test_whatever_is_typed_is_kept_clean_or_refused(typed: str) -> None:
    try:
        kept = fields.name(typed)
    except Refusal:  # any other exception fails
        return
    assert kept == fields.name(kept)
    assert 0 < len(kept) <= fields.NAME_LENGTH


def test_a_note_has_an_end() -> None:
    assert fields.note("a" * 2_000)
    assert _reason(fields.note, "a" * 2_001) == "long_note"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("0532 123 45 67", "+905321234567"),
        ("532 123 45 67", "+905321234567"),
        ("+90 532 123 45 67", "+905321234567"),
        ("0090 532 123 45 67", "+905321234567"),
        ("0 (232) 123 45 67", "+902321234567"),
        ("444 1 453", "+904441453"),
        ("0850 222 33 44", "+908502223344"),
        ("٠٥٣٢ ١٢٣ ٤٥ ٦٧", "+905321234567"),
        ("+49 30 901820", "+4930901820"),
        ("+1 212 555 0123", "+12125550123"),
    ],
)
def test_phone_numbers_as_people_here_write_them(typed: str, kept: str) -> None:
    assert fields.phone(typed) == kept


def test_a_foreign_number_is_not_mistaken_for_a_national_id() -> None:
    assert tckimlik.is_valid("12125550124")
    assert fields.phone("+1 212 555 0124") == "+12125550124"


@pytest.mark.parametrize(
    "typed",
    [
        "yok",
        "telefonu yok",
        "0532 ABC DEFG",
        "0800 FLOWERS",
        "12",
        "0" * 40,
        "😀",
        "0532 123 45 67 dahili 12",
    ],
)
def test_a_phone_number_has_digits(typed: str) -> None:
    assert _reason(fields.phone, typed) == "bad_phone"


@given(st.text(max_size=40))
def test_whatever_is_typed_as_a_phone_number_is_kept_or_refused(typed: str) -> None:
    try:
        kept = fields.phone(typed)
    except Refusal:  # any other exception fails
        return
    assert kept in ("", fields.phone(kept))


@pytest.mark.parametrize(
    ("e164", "shown"), [("+905321234567", "0532 123 45 67"), ("+4930901820", "+49 30 901820"), ("", "")]
)
def test_phone_numbers_are_shown_as_dialled(e164: str, shown: str) -> None:
    assert fields.phone_as_dialled(e164) == shown


@pytest.mark.parametrize(
    ("count", "reason"), [(0, "no_people"), (-1, "no_people"), (501, "many_people"), (10_000, "many_people")]
)
def test_how_many_people_may_come_at_once(count: int, reason: str) -> None:
    assert _reason(fields.people, count) == reason


@pytest.mark.parametrize("count", [1, 500])
def test_one_to_five_hundred_people_may_come_at_once(count: int) -> None:
    assert fields.people(count) == count
