"""Workbooks as the spreadsheet of others opens them: LibreOffice tells the same totals as the paper."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from civicdesk.desk import period
from civicdesk.desk.listing import Column, Form, Listing
from civicdesk.desk.metrics import Stay
from civicdesk.printing import report_files
from civicdesk.printing.listing_sheet import listing_pdf
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.period_sheet import period_pdf
from civicdesk.printing.year_sheet import year_pdf
from civicdesk.text import language, number, percent, use_language
from tests.outside.conftest import needs
from tests.printing import periods
from tests.printing.occupancy_days import ON, a_day, at, event
from tests.printing.reading import pages

pytestmark = pytest.mark.outside

PATIENCE = 120
EVERY_SHEET_AS_IT_IS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Commas, UTF-8, numbers as they are and not as they are shown, a file for each sheet."""

LISTING = Listing(
    key="no_shows",
    title="Nobody came",
    centre="Çınarova Sivil Yaşam Merkezi",
    at=periods.AT,
    period=period.days(ON, ON),
    columns=[Column("From", Form.INSTANT, 17), Column("Organisation", Form.WORDS), Column("Minutes held")],
    rows=[
        (datetime(2026, 11, 24, 9 + n), name, 60 * n) for n, name in enumerate(("=2+3", "أحمد", "Kırk 🌱"))
    ],
    count="3 bookings",
    empty="",
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = language()
    use_language("en")
    yield
    use_language(before)


def opened(folder: Path, books: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """Every sheet of every workbook, as LibreOffice reads it, by `book-sheet`."""
    needs("soffice")
    for name, raw in books.items():
        (folder / f"{name}.xlsx").write_bytes(raw)
    _convert(folder, [f"{name}.xlsx" for name in books])
    return {
        file.stem: list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        for file in folder.glob("*.csv")
    }


def _convert(folder: Path, files: list[str]) -> None:
    """With a profile of its own, and ended by its number if it takes too long."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = ["soffice", profile, "--headless", "--norestore", "--convert-to", EVERY_SHEET_AS_IT_IS, *files]
    with subprocess.Popen(
        order,
        cwd=folder,
        env=os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as office:
        try:
            said, _nothing = office.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
            pytest.fail(f"LibreOffice was not done after {PATIENCE} s", pytrace=False)
    assert office.returncode == 0, said.decode()


def test_libreoffice_finds_the_totals_of_the_paper_in_every_workbook(tmp_path: Path) -> None:
    month, year = periods.a_period(), periods.a_year()
    day = a_day([event(1), event(2, 2, 14, 1)], [Stay("selin", 3, at(11), at(12))])
    papers = {
        "day": occupancy_pdf(occupancy_sheet(day)),
        "month": period_pdf(month),
        "year": year_pdf(year),
        "list": listing_pdf(LISTING),
    }
    books = {
        name: report_files.as_workbook(name, report)
        for name, report in (("day", day), ("month", month), ("year", year), ("list", LISTING))
    }

    read = opened(tmp_path, books)
    said = {name: "\n".join(pages(pdf)) for name, pdf in papers.items()}

    for name in ("day", "month", "year"):
        totals = read[f"{name}-Totals"][4:]
        assert len(totals) >= 6
        shown = [row for row in totals if f"\n{row[0]}" in said[name]]
        assert len(shown) >= 5
        for row in shown:
            assert f"{as_on_paper(row[1])}\n{row[0]}" in said[name], (name, row)
    assert ["4 Quality education", "28", "1200"] in read["year-Goals (SDG)"]
    assert "28\n1,200 guests" in said["year"]
    assert ["Association", "352"] in read["year-Members"]
    assert "352" in said["year"]


def as_on_paper(cell: str) -> str:
    """A number of the spreadsheet as we write it."""
    if cell.endswith("%"):
        return percent(float(cell[:-1]) / 100)
    return number(round(float(cell), 1))


def test_libreoffice_takes_a_name_that_looks_like_a_formula_for_a_name(tmp_path: Path) -> None:
    read = opened(tmp_path, {"list": report_files.as_workbook("Nobody came", LISTING)})

    [sheet] = read.values()
    assert [row[1] for row in sheet[4:7]] == ["=2+3", "أحمد", "Kırk 🌱"]
    assert [row[2] for row in sheet[4:7]] == ["0", "60", "120"]
