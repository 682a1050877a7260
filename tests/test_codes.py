from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicdesk import codes
from civicdesk.codes import Code, Fault, Kind

ours = st.builds(
    lambda kind, number: codes.make(kind, lambda _limit: number),
    st.sampled_from(Kind),
    st.integers(0, 10**20 - 1),
)
BADGE = codes.make(Kind.BADGE, lambda _limit: 2026_1122_0001_4257)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(st.sampled_from(Kind), st.integers(0, 10**20 - 1))
def test_every_code_that_is_made_reads_back(kind: Kind, number: int) -> None:
    code = codes.make(kind, lambda _limit: number)

    assert len(code) == codes.LENGTH
    assert codes.parse(code) == Code(kind, code)


def test_two_codes_made_one_after_the_other_differ() -> None:
    assert codes.make(Kind.BADGE) != codes.make(Kind.BADGE)


@given(ours, st.integers(0, codes.LENGTH - 1), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(code: str, place: int, off_by: int) -> None:
    wrong = str((int(code[place]) + off_by) % 10)

    assert codes.parse(code[:place] + wrong + code[place + 1 :]) is Fault.DAMAGED


@given(ours, st.integers(0, codes.LENGTH - 2))
def test_two_swapped_neighbours_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert codes.parse(swapped) == (Code(Kind(code[:2]), code) if swapped == code else Fault.DAMAGED)


@given(ours)
def test_a_code_may_be_typed_from_paper_in_its_groups(code: str) -> None:
    assert codes.parse(codes.grouped(code)) == Code(Kind(code[:2]), code)
    assert codes.parse(f" {codes.grouped(code).replace(' ', '-')}\n") == Code(Kind(code[:2]), code)


@pytest.mark.parametrize(
    "typed",
    [
        BADGE.translate(ARABIC),
        BADGE.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        codes.grouped(BADGE).replace(" ", "\u00a0"),
        codes.grouped(BADGE).replace(" ", "–"),
        f"\u200e{BADGE}\u200f",
        f"\ufeff{BADGE}",
    ],
    ids=["arabic", "persian", "no-break spaces", "dashes", "direction marks", "byte order mark"],
)
def test_what_another_keyboard_or_a_copy_does_to_a_code_is_forgiven(typed: str) -> None:
    assert codes.parse(typed) == Code(Kind.BADGE, BADGE)


@pytest.mark.parametrize(
    "scanned",
    [BADGE[:-1], BADGE[:-3], BADGE[:15], BADGE + "0", BADGE + BADGE[:3], BADGE[:10] + BADGE[11:]],
    ids=["one short", "three short", "half gone", "one more", "three more", "a gap"],
)
def test_a_code_of_ours_that_came_in_pieces_is_damaged(scanned: str) -> None:
    assert codes.parse(scanned) is Fault.DAMAGED


@pytest.mark.parametrize(
    "scanned",
    [
        "",
        " \n",
        "-",
        "1",
        "https://example.org/k/" + BADGE,
        "Şükrü Işık",
        "🎫" * 24,
        "١٢٣",
        "8690504006558",
        "9789750738609",
        "1234567890128",
        "1112223334445",
        "036000291452",
        "18690504006555",
        "12345670",
        "10000000146",
        "119012345678901230",
        "RR123456785TR",
        "TR330006100519786457841326",
        "²" * 24,
        BADGE + BADGE,
        "9" * 4_000,
        "1" * 4_000,
    ],
)
def test_what_is_not_ours_is_foreign(scanned: str) -> None:
    assert codes.parse(scanned) is Fault.FOREIGN


@given(st.from_regex(r"[0-9]{8}|[0-9]{10}|[0-9]{12,14}", fullmatch=True))
def test_a_product_code_is_never_taken_for_a_damaged_one_of_ours(product: str) -> None:
    assert codes.parse(product) is Fault.FOREIGN


def test_digits_that_check_but_open_nothing_are_foreign() -> None:
    body = "18" + "0" * 20

    assert codes.parse(body + codes.check_digits(body)) is Fault.FOREIGN


@given(st.text())
def test_no_text_whatever_upsets_the_desk(scanned: str) -> None:
    assert isinstance(codes.parse(scanned), Code | Fault)


def test_a_box_has_the_same_code_each_time_and_it_tells_the_number() -> None:
    parsed = codes.parse(codes.numbered(Kind.BOX, 214))

    assert isinstance(parsed, Code)
    assert (parsed.kind, parsed.number) == (Kind.BOX, 214)
