"""Tables of other programs, as they really come."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from civicdesk.desk import tables_in
from civicdesk.errors import Refusal, Unavailable


def cells(raw: bytes) -> list[tuple[str, ...]]:
    table = tables_in.read(raw)
    return [table.headers, *(row.cells for row in table.rows)]


def reason(raw: bytes) -> str:
    with pytest.raises(Refusal) as refused:
        tables_in.read(raw)
    return refused.value.reason


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


TURKISH = "Tarih;Saat;Salon\r\n24.11.2026;10:00;Ihlamur Salonu\r\n25.11.2026;11:30;Çınar Odası\r\n"
SAME = [
    ("Tarih", "Saat", "Salon"),
    ("24.11.2026", "10:00", "Ihlamur Salonu"),
    ("25.11.2026", "11:30", "Çınar Odası"),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1254", "utf-16"])
def test_turkish_letters_come_in_whole_however_they_were_written(encoding: str) -> None:
    assert cells(TURKISH.encode(encoding)) == SAME


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_whatever_stands_between_the_cells_is_found_out(separator: str) -> None:
    assert cells(TURKISH.replace(";", separator).encode()) == SAME


def test_a_file_of_excel_says_itself_what_stands_between() -> None:
    assert cells(b"sep=;\r\n" + TURKISH.encode()) == SAME


def test_quotes_keep_separators_quotes_and_line_ends_inside_them() -> None:
    raw = b'Title,Note\n"Panel, in two halves","She said ""yes""\nand left"\n'

    assert cells(raw) == [("Title", "Note"), ("Panel, in two halves", 'She said "yes"\nand left')]


def test_empty_lines_do_not_count_and_rows_keep_the_number_they_have_in_the_file() -> None:
    table = tables_in.read(b"\n\na;b\n;;\n1;2\n\n3;4\n")

    assert [(row.number, row.cells) for row in table.rows] == [(5, ("1", "2")), (7, ("3", "4"))]


def test_what_looks_like_a_command_stays_the_text_it_is() -> None:
    assert cells(b"Title;People\n=cmd|' /C calc'!A0;5\n")[1][0] == "=cmd|' /C calc'!A0"


def test_the_quote_that_disarms_a_command_is_no_part_of_the_text() -> None:
    raw = b"Title;People\n'=cmd|' /C calc'!A0;'+49 30 1234\n'Tis so;'\n"

    assert cells(raw)[1:] == [("=cmd|' /C calc'!A0", "+49 30 1234"), ("'Tis so", "'")]


def test_excel_days_and_times_are_days_and_times_and_numbers_have_no_comma() -> None:
    raw = workbook(
        ("Tarih", "Saat", "Kişi", "Gün ve saat", "Hücre"),
        (date(2026, 11, 24), time(10, 30), 25.0, datetime(2026, 11, 24, 10, 30), None),
    )

    assert cells(raw)[1] == ("2026-11-24", "10:30", "25", "2026-11-24 10:30", "")


def test_a_command_in_excel_is_never_followed() -> None:
    raw = workbook(("Title", "Room"), ("=cmd|'/C calc'!A0", "Çınar Odası"))

    assert "calc" not in str(cells(raw)[1][0])
    assert cells(raw)[1][1] == "Çınar Odası"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"%PDF-1.7 \n a;b\n1;2", "no_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no_table"),
        (b"PK\x03\x04 this is no archive", "no_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old_excel"),
        (b"<html><table><tr><td>a", "no_table"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no_table"),
        (b"a;b\n", "no_rows"),
        (b"a;b\n" + b"1;2\n" * 20_001, "too_many_rows"),
    ],
)
def test_a_file_that_holds_no_table_is_refused_with_a_sentence(raw: bytes, why: str) -> None:
    assert reason(raw) == why


def test_a_picture_called_a_table_is_known_by_what_is_in_it_and_a_table_by_any_name(tmp_path: Path) -> None:
    file = tmp_path / "bookings.xlsx"
    file.write_bytes(TURKISH.encode())

    assert cells(tables_in.load(file)) == SAME


def test_fifty_megabytes_are_refused_before_a_byte_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.csv"
    with file.open("wb") as huge:
        huge.truncate(50 * 1024 * 1024)

    with pytest.raises(Refusal) as refused:
        tables_in.load(file)
    assert refused.value.reason == "big_file"


def test_an_empty_file_and_one_that_is_gone_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b" \r\n")

    with pytest.raises(Refusal) as refused:
        tables_in.load(tmp_path / "empty.csv")
    assert refused.value.reason == "empty_file"
    with pytest.raises(Unavailable):
        tables_in.load(tmp_path / "gone.csv")


def test_twenty_thousand_rows_are_told_of_and_can_be_stopped() -> None:
    raw = b"a;b\n" + b"1;2\n" * 20_000
    told: list[int] = []
    table = tables_in.read(raw, tell=lambda done, _of: told.append(done))

    assert len(table.rows) == 20_000
    assert len(told) >= 30
    with pytest.raises(Refusal) as refused:
        tables_in.read(raw, is_stopped=lambda: True)
    assert refused.value.reason == "stopped"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11/2026", date(2026, 11, 24)),
        ("4.1.26", date(2026, 1, 4)),
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24 10:00", date(2026, 11, 24)),
        ("46350", date(2026, 11, 24)),
        ("31.02.2026", None),
        ("yarın", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_and_programs_write_it(written: str, meant: date | None) -> None:
    assert tables_in.day(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("10:00", time(10)),
        ("9.30", time(9, 30)),
        ("09:30:00", time(9, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        ("2:15 PM", time(14, 15)),
        ("12:00 am", time(0)),
        ("24.11.2026 10:00", time(10)),
        ("25:00", None),
        ("öğlen", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_and_programs_write_it(written: str, meant: time | None) -> None:
    assert tables_in.wall_time(written) == meant


def test_columns_are_found_by_their_turkish_and_english_names_in_any_spelling() -> None:
    known = {"day": ("tarih", "date"), "room": ("salon", "room"), "people": ("kişi sayısı", "people")}

    assert tables_in.match(["KİŞİ SAYISI", "Tarih", "Salon adı"], known) == {"people": 0, "day": 1, "room": 2}
    assert tables_in.match(["Room", "Date", "Colour"], known) == {"room": 0, "day": 1}
