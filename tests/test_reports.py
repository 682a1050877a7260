from __future__ import annotations

import csv
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from civicdesk import settings
from civicdesk.cli import app
from civicdesk.database import Database
from civicdesk.printing.picture import page_count
from tests import builders
from tests.printing.reading import words

LONG_AGO = datetime(2024, 11, 19, 7, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def speaks_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "FILE", tmp_path / "settings.toml")
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "en")


def run(file: Path, *said: str) -> Result:
    return CliRunner().invoke(app, ["report", "occupancy", "--database", str(file), *said])


def test_the_sheet_of_a_day_is_written_as_paper_and_as_numbers(file: Path, tmp_path: Path) -> None:
    database = Database(file)
    with database.begin() as session:
        builders.visit(session, at=LONG_AGO)
    database.close()
    out = tmp_path / "new folder"
    pdf, xlsx, table = out / "a.pdf", out / "a.xlsx", out / "a.csv"

    answer = run(file, "--on", "19.11.2024", "--pdf", str(pdf), "--xlsx", str(xlsx), "--csv", str(table))

    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines() == [str(pdf), str(xlsx), str(table)]
    assert page_count(pdf.read_bytes()) == 1
    assert "Tuesday, 19 November 2024" in "\n".join(words(pdf.read_bytes()))
    assert xlsx.read_bytes().startswith(b"PK")
    lines = list(csv.reader(table.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert ["2024-11-19", "Totals", "visitors", "Day", "1"] in lines


def test_nothing_is_changed_while_a_desk_may_be_open(file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()

    answer = run(file, "--on", "2026-11-24", "--csv", str(tmp_path / "a.csv"))

    assert answer.exit_code == 0
    assert file.read_bytes() == before


def test_without_a_file_to_write_it_says_so(file: Path) -> None:
    answer = run(file)

    assert answer.exit_code == 2
    assert "--pdf, --xlsx or --csv" in answer.output


def test_a_folder_that_takes_no_file_is_told(file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")

    answer = run(file, "--csv", str(tmp_path / "taken" / "a.csv"))

    assert answer.exit_code == 1
    assert "could not be written" in answer.output


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    answer = run(tmp_path / "none.db", "--csv", str(tmp_path / "a.csv"))

    assert answer.exit_code == 1
    assert "There is no database at" in answer.output
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_another_version_is_left_as_it_is(file: Path, tmp_path: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")

    answer = run(file, "--csv", str(tmp_path / "a.csv"))

    assert answer.exit_code == 1
    assert "another version" in answer.output


def test_a_day_that_is_none_is_told(file: Path, tmp_path: Path) -> None:
    answer = run(file, "--on", "31.02.2026", "--csv", str(tmp_path / "a.csv"))

    assert answer.exit_code == 2
