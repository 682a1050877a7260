from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.listing import Column, Form, Table
from civicdesk.desk.report_kinds import Report
from civicdesk.printing.period_sheet import period_pdf
from civicdesk.printing.report_files import as_workbook
from civicdesk.printing.tables import Sheet
from civicdesk.printing.workbook import Title, workbook
from tests.printing.periods import AT, NOVEMBER, a_period, a_year, nothing_known
from tests.printing.reading import pages

TITLE = Title("Report", "Merkez & Ortakları", "November 2026", AT)


def book(report: Report) -> Workbook:
    return load_workbook(BytesIO(as_workbook("", report)))


def test_a_month_has_real_numbers_and_real_dates() -> None:
    found = book(a_period())

    assert found["Totals"]["A1"].value == "Monthly report · Çınarova Sivil Yaşam Merkezi"
    assert [cell.value for cell in found["Totals"][5]][:4] == ["visitors", 3908, 3480, 3908 / 3480 - 1]
    assert found["Days"]["A5"].value == datetime(2026, 11, 1)
    assert found["Days"]["A34"].value == datetime(2026, 11, 30)
    assert found["Days"].max_row == 4 + NOVEMBER.days
    assert found["Rooms"]["F6"].number_format == "0.0%"


def test_its_rows_add_up_to_its_totals_and_to_those_of_the_paper() -> None:
    report = a_period()
    found, page = book(report), "\n".join(pages(period_pdf(report)))

    kinds = found["Kinds of event"]
    events = [row[1] for row in kinds.iter_rows(min_row=5, values_only=True)]
    assert sum(events[:-1]) == events[-1]  # type: ignore[arg-type]
    for row in found["Totals"].iter_rows(min_row=5, values_only=True):
        if row[0] in ("visitors", "events", "guests of events", "post handed over"):
            assert f"{row[1]:,}\n{row[0]}" in page


def test_every_sheet_has_frozen_heads_and_is_ready_to_print() -> None:
    for sheet in book(a_year()):
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0


@pytest.mark.parametrize(
    ("sheet", "charts"), [("Days", 1), ("Months", 1), ("Goals (SDG)", 1), ("Members", 1), ("Totals", 0)]
)
def test_charts_stand_where_they_help(sheet: str, charts: int) -> None:
    assert len(book(a_year())[sheet]._charts) == charts  # type: ignore[attr-defined]


def test_the_year_has_the_members_and_all_seventeen_goals() -> None:
    found = book(a_year())

    goals = list(found["Goals (SDG)"].iter_rows(min_row=5, values_only=True))
    assert len(goals) == 17
    assert goals[4][:2] == ("5 Gender equality", 0)
    assert [cell.value for cell in found["Members"][16]] == ["All", 469]


def test_what_is_hidden_and_what_is_missing_are_words_and_no_noughts() -> None:
    few = replace(a_period().organisations[0], visitors=Figure(None, Why.FEW))

    assert book(a_period(organisations=[few]))["Organisations"]["E5"].value == "<5"
    totals = book(nothing_known())["Totals"]
    assert totals["B5"].value == "—"
    assert "these days have not come yet" in [cell.value for cell in totals[5]]


def test_what_looks_like_a_formula_or_a_link_is_only_words() -> None:
    columns = [Column("Name", Form.WORDS), Column("Count")]
    rows = [("=cmd|'/c calc'!A1", 1), ("http://example.org", 2), ("=1+1", "=2+2")]

    sheet = load_workbook(BytesIO(workbook(TITLE, [Sheet(Table("t", "=Names", columns, rows))])))["=Names"]

    assert [sheet[f"A{row}"].data_type for row in (5, 6, 7)] == ["s"] * 3
    assert sheet["A5"].value == "=cmd|'/c calc'!A1"
    assert sheet["A6"].hyperlink is None
    assert sheet["B7"].data_type == "s"


def test_names_of_sheets_are_made_fit_and_never_the_same_twice() -> None:
    columns = [Column("Name", Form.WORDS)]
    tables = [Table("t", words, columns, [("a",)]) for words in ("Salon [1]: A/B", "x" * 60, "x" * 61, "")]

    names = load_workbook(BytesIO(workbook(TITLE, [Sheet(table) for table in tables]))).sheetnames

    assert len({name.casefold() for name in names}) == 4
    assert all(0 < len(name) <= 31 for name in names)


def test_five_thousand_rows_and_names_of_200_letters_are_all_there() -> None:
    columns = [Column("Name", Form.WORDS), Column("Count")]
    rows = [("ل" * 200, number) for number in range(5_000)]

    sheet = load_workbook(BytesIO(workbook(TITLE, [Sheet(Table("t", "Many", columns, rows))])))["Many"]

    assert sheet.max_row == 5_004
    assert sheet["A5004"].value == "ل" * 200


def test_the_same_numbers_at_the_same_time_are_the_same_file() -> None:
    assert as_workbook("", a_period()) == as_workbook("", a_period())
