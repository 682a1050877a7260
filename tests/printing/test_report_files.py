from __future__ import annotations

import csv
import errno
import os
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest

from civicdesk import text
from civicdesk.desk import period
from civicdesk.desk.listing import Column, Form, Listing, Table
from civicdesk.errors import Refusal, Unavailable
from civicdesk.printing import report_files
from civicdesk.printing.plain_tables import listing_csv, numbers_csv


def lines(raw: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def listing(*rows: tuple[str | int | float | None, ...]) -> Listing:
    return Listing(
        key="no_shows",
        title="Nobody came",
        centre="Çınarova",
        at=datetime(2026, 11, 24, 7, 42, tzinfo=UTC),
        period=period.parse("2026-11"),
        columns=[Column("Organisation", Form.WORDS), Column("People")],
        rows=rows,
        count="",
        empty="Everybody came.",
    )


def test_a_list_is_its_heads_and_its_rows() -> None:
    assert lines(listing_csv(listing(("Ege Derneği", 12), ("Ova Derneği", None)))) == [
        ["Organisation", "People"],
        ["Ege Derneği", "12"],
        ["Ova Derneği", ""],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+90", "@SUM(A1)", "-2+3", "\t=1"])
def test_a_name_never_becomes_a_formula(name: str) -> None:
    assert lines(listing_csv(listing((name, 1))))[1][0] == f"'{name}"


def test_a_change_below_nought_stays_a_number() -> None:
    table = Table("totals", "Totals", [Column("Total", Form.WORDS), Column("Change")], [("guests", -0.25)])

    assert lines(numbers_csv("2026-11", [table]))[1] == ["2026-11", "Totals", "guests", "Change", "-0.25"]
    text.use_language("tr")
    assert lines(numbers_csv("2026-11", [table]))[1][4] == "-0,25"


@pytest.mark.parametrize(
    ("name", "days", "file"),
    [
        ("occupancy", "2026-11-24", "occupancy-2026-11-24.pdf"),
        ("period", "2026-W47", "week-month-half-year-2026-W47.pdf"),
        ("year", "..2026-11-21", "yearly-activity-2025-11-22_2026-11-21.pdf"),
        ("inside", "2026-11-24", "who-is-inside-2026-11-24.pdf"),
    ],
)
def test_files_are_named_by_report_and_days(name: str, days: str, file: str) -> None:
    assert report_files.file_name(name, period.parse(days), "pdf") == file


def test_turkish_names_of_files_are_plain_letters() -> None:
    text.use_language("tr")

    name = report_files.file_name("year", period.year(2026), "xlsx")

    assert name == "yillik-faaliyet-2026.xlsx"


def test_a_disk_that_fills_up_leaves_the_file_there_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pdf"
    report_files.save(file, b"of yesterday")

    def full(_path: Path, _raw: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unavailable, match="no room left"):
        report_files.save(file, b"of today")

    assert file.read_bytes() == b"of yesterday"
    assert list(tmp_path.iterdir()) == [file]


def test_a_disk_that_is_full_is_told_in_the_language_of_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _raw: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    text.use_language("tr")
    with pytest.raises(Unavailable, match="diskte yer kalmadı"):
        report_files.save(tmp_path / "a.pdf", b"of today")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    report_files.save(pipe, b"a report")

    assert os.read(reader, 100) == b"a report"
    assert pipe.is_fifo()
    os.close(reader)


def test_a_link_stays_a_link_and_leads_to_the_new_file(tmp_path: Path) -> None:
    (tmp_path / "kept.pdf").write_bytes(b"of yesterday")
    link = tmp_path / "latest.pdf"
    link.symlink_to(tmp_path / "kept.pdf")

    report_files.save(link, b"of today")

    assert link.is_symlink()
    assert (tmp_path / "kept.pdf").read_bytes() == b"of today"


def test_a_report_that_is_none_has_no_file_name() -> None:
    with pytest.raises(Refusal, match="no report of that name"):
        report_files.file_name("nothing", period.days(date(2026, 1, 1), date(2026, 1, 1)), "pdf")
