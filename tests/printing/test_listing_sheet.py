from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from civicdesk.desk import period
from civicdesk.desk.listing import Column, Form, Listing
from civicdesk.printing.listing_sheet import listing_pdf
from civicdesk.printing.picture import page_count, page_sizes
from tests.printing.periods import AT
from tests.printing.reading import ink, pages, seen, words

ON = date(2026, 11, 24)
COLUMNS = [
    Column("Name", Form.WORDS, 30),
    Column("Card", Form.NUMBER, 8),
    Column("People", width=8),
    Column("Since", Form.INSTANT, 17),
]
INSIDE = Listing(
    key="inside",
    title="Who is inside",
    centre="Çınarova Sivil Yaşam Merkezi",
    at=AT.replace(month=11, day=24),
    period=None,
    columns=COLUMNS,
    rows=[("Selin Karaca", 101298, 1200, datetime(2026, 11, 24, 9, 5)), ("Çiğdem Öz", None, 2, None)],
    count="1,202 people",
    empty="Nobody is inside.",
    about="Only of the ground floor",
    notes=["Who was taken as left is not among them."],
)


def test_a_list_says_what_it_is_of_when_how_many_and_who_printed_it() -> None:
    [page] = pages(listing_pdf(INSIDE, "Elif Aksoy"))

    assert "Who is inside\nÇınarova Sivil Yaşam Merkezi · Tuesday, 24 November 2026 09:30" in page
    assert "Only of the ground floor" in page
    assert "1,202 people" in page
    assert "Who was taken as left is not among them." in page
    assert "Printed Tuesday, 24 November 2026 09:30 · Elif Aksoy" in page
    assert "Page 1 of 1" in page


def test_numbers_have_separators_card_numbers_have_none_and_times_of_the_day_no_date() -> None:
    [page] = pages(listing_pdf(INSIDE))

    assert "Selin Karaca\n101298\n1,200\n09:05" in page


def test_times_of_several_days_have_their_day() -> None:
    of_month = replace(INSIDE, period=period.month(ON))

    assert "24.11.2026 09:05" in pages(listing_pdf(of_month))[0]


def test_an_empty_list_says_so() -> None:
    assert "Nobody is inside." in pages(listing_pdf(replace(INSIDE, rows=[])))[0]


def test_five_thousand_rows_go_on_with_their_heads_on_every_page() -> None:
    rows = [(f"Ziyaretçi {number}", number, 1, datetime(2026, 11, 24, 9)) for number in range(5_000)]

    pdf = listing_pdf(replace(INSIDE, rows=rows))

    count = page_count(pdf)
    first, second, last = ("\n".join(words(pdf, page)) for page in (0, 1, count - 1))
    assert all("Name\nCard\nPeople\nSince" in page for page in (first, second, last))
    on_page = [page.count("Ziyaretçi ") for page in (first, second, last)]
    assert on_page[0] + on_page[1] * (count - 2) + on_page[2] == 5_000
    assert f"Page 2 of {count}" in second


@pytest.mark.parametrize(
    "name",
    ["Ayşe Nur Karaca Öztürk Yıldırım " * 7, "B" * 200, "ليلى الخطيب", "🎉 Şenlik 👩‍👩‍👧"],
    ids=["200 letters", "one word", "arabic", "emoji"],
)
def test_names_of_any_kind_stay_in_their_column(name: str) -> None:
    pdf = listing_pdf(replace(INSIDE, rows=[(name, 1, 1, None)] * 3))

    assert page_count(pdf) == 1
    assert min(ink(pdf)) > 7
    assert "".join(pages(pdf)).count("\n1\n1") == 3


def test_an_arabic_name_is_drawn_with_joined_letters() -> None:
    joined = listing_pdf(replace(INSIDE, rows=[("ليلى", 1, 1, None)]))
    apart = listing_pdf(replace(INSIDE, rows=[("ل ي ل ى", 1, 1, None)]))

    assert _dark(joined) != _dark(apart)


def _dark(pdf: bytes) -> int:
    return sum(seen(pdf, 100).histogram()[:128])


def test_a_list_of_many_columns_lies_on_its_side() -> None:
    wide = [Column(f"Column {number}", Form.WORDS, 24) for number in range(9)]
    listing = replace(INSIDE, columns=wide, rows=[("words",) * 9])

    [(width, height)] = page_sizes(listing_pdf(listing))

    assert (round(width), round(height)) == (297, 210)
