from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from civicdesk import text
from civicdesk.desk import period
from civicdesk.desk.metrics import Stay
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.report_files import as_csv, as_workbook, file_name
from tests.printing.occupancy_days import ON, a_day, at, event
from tests.printing.reading import words

A_DAY = a_day(
    [event(1, title="=2+3", organisation="@SUM(A1)"), event(2, 2, 14, 1)], [Stay("selin", 3, at(11), at(12))]
)


def lines(raw: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def test_the_workbook_has_real_numbers_and_real_dates() -> None:
    book = load_workbook(BytesIO(as_workbook("Daily occupancy", A_DAY)))

    assert book["Totals"]["B5"].value == 23
    assert book["Totals"]["B7"].value == pytest.approx(180 / 1260)
    assert book["Totals"]["B7"].number_format == "0.0%"
    assert book["Totals"]["A2"].value == datetime(2026, 11, 24)
    assert book["Events"]["A5"].value == datetime(2026, 11, 24, 10)
    assert book["Rooms"]["D5"].value == 120


def test_its_heads_are_frozen_and_the_hours_are_drawn() -> None:
    book = load_workbook(BytesIO(as_workbook("Daily occupancy", A_DAY)))

    assert all(sheet.freeze_panes == "B5" for sheet in book)
    assert len(book["Hours"]._charts) == 1  # type: ignore[attr-defined]


def test_it_tells_the_same_totals_as_the_paper() -> None:
    page = "\n".join(words(occupancy_pdf(occupancy_sheet(A_DAY))))
    book = load_workbook(BytesIO(as_workbook("Daily occupancy", A_DAY)))

    for row in book["Totals"].iter_rows(min_row=5, max_row=10, values_only=True):
        value = f"{row[1]:.0%}" if row[0] == "rooms in use" else f"{row[1]:g}"
        assert f"\n{value}\n" in f"\n{page}\n"


def test_what_begins_like_a_formula_is_only_words() -> None:
    book = load_workbook(BytesIO(as_workbook("Daily occupancy", A_DAY)))

    assert book["Events"]["D5"].data_type == "s"
    assert "'=2+3" in [line[4] for line in lines(as_csv(A_DAY))]


def test_the_plain_table_has_a_line_a_number() -> None:
    found = lines(as_csv(A_DAY))

    assert found[0] == ["Day", "Table", "Row", "Column", "Value"]
    assert ["2026-11-24", "Totals", "visitors", "Day", "23"] in found
    assert ["2026-11-24", "Rooms", "Salon 1", "Booked minutes", "120"] in found
    assert ["2026-11-24", "Hours", "10", "Entries", "3"] in found


def test_its_fractions_are_written_as_the_spreadsheets_of_the_language_read_them() -> None:
    text.use_language("tr")

    assert "0,142857" in [line[4] for line in lines(as_csv(A_DAY))]


def test_what_is_not_known_is_left_out_and_never_nought() -> None:
    found = lines(as_csv(a_day(now=at(-30))))

    assert not [line for line in found if line[2] == "visitors" and line[3] == "Day"]


def test_files_are_named_by_their_day() -> None:
    assert file_name("occupancy", period.days(ON, ON), "xlsx") == "occupancy-2026-11-24.xlsx"


def test_a_few_guests_of_an_organisation_are_told_neither_on_paper_nor_in_numbers() -> None:
    day = a_day([event(1, organisation="Ege Derneği", guests=3), event(2, 2, 14, 1)])
    few = replace(day, few=frozenset({day.figures.facts.events[0].id}))

    book = load_workbook(BytesIO(as_workbook("", few)))
    page = "\n".join(words(occupancy_pdf(occupancy_sheet(few))))

    assert book["Events"]["I5"].value == "<5"
    assert book["Rooms"]["H5"].value in ("—", None)
    assert "<5" in page
    assert [line[4] for line in lines(as_csv(few)) if line[1] == "Events" and line[4] == "<5"] == ["<5"]
