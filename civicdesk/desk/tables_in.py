"""Tables that other programs wrote: CSV and Excel files read into rows of text, whatever they are called."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from civicdesk.errors import Refusal, Unavailable
from civicdesk.text import _, fold, number

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000

_UNPACKED = 300 * 1024 * 1024
_LOOKED_AT = 64 * 1024
_TOLD_EVERY = 500
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
_MONTHS = 12
_SEPARATORS = ";\t,|"
_UNARMED = re.compile(r"^'(?=[=+\-@\t\r])")

Tell = Callable[[int, int], None]
"""Hears how far it is: so many of so many; 0 of 0 while nobody knows."""
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Row:
    """A row with its number in the file, as the clerk sees it there."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The words over the columns, and the rows that hold anything."""

    headers: tuple[str, ...]
    rows: Sequence[Row]


def silent(_done: int, _of: int) -> None:
    """Nobody waits for how far it is."""


def never() -> bool:
    """Nobody stops it."""
    return False


def load(path: Path) -> bytes:
    """A file as it lies on the disk. Refuses `big_file` before a byte is read, and `empty_file`."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            words = _("This file is larger than {} MB. Divide it, or take out what is not needed.")
            raise Refusal("big_file", words.format(MOST_BYTES // 1024 // 1024))
        raw = path.read_bytes()
    except OSError as error:
        raise Unavailable(_("The file could not be read: {}").format(error.strerror)) from error
    if not raw.strip():
        raise Refusal("empty_file", _("There is nothing in this file."))
    return raw


def read(raw: bytes, *, tell: Tell = silent, is_stopped: Stop = never) -> Table:
    """The table in a file, by what it is and not by what it is called; every cell is text and nothing is computed.

    Days are `2026-11-24`, times `10:00`. Refuses `old_excel`, `no_table`, `no_rows`, `too_many_rows` and `stopped`.
    """
    rows = _excel(raw) if raw.startswith(_ZIP) else _text_rows(raw)
    kept = _kept(rows, tell, is_stopped)
    if len(kept) < 2:  # noqa: PLR2004  the words over the columns, and one row under them
        raise Refusal("no_rows", _("There is no row under the words over the columns."))
    headers = kept[0].cells
    wide = max(len(row.cells) for row in kept)
    return Table(headers + ("",) * (wide - len(headers)), kept[1:])


def decoded(raw: bytes) -> str:
    """The letters of a file: by its mark, as UTF-8, or else as Windows in Turkey writes them."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1254", errors="replace")


def match(headers: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Which column holds what, by the names it may have: the same word first, then one that begins with it."""
    words = [fold(header) for header in headers]
    found: dict[str, int] = {}
    for same in (str.__eq__, str.startswith):
        for name, names in known.items():
            free = [at for at in range(len(words)) if at not in found.values()]
            fits = (at for each in names for at in free if words[at] and same(words[at], fold(each)))
            if name not in found and (at := next(fits, None)) is not None:
                found[name] = at
    return found


def cell(row: Row, column: int | None) -> str:
    """What stands in a column; nothing where the row is shorter."""
    return row.cells[column] if column is not None and column < len(row.cells) else ""


def day(text: str, *, is_month_first: bool = False) -> date | None:
    """`24.11.2026`, `24/11/2026`, `2026-11-24` and `24.11.26`, a time behind it or not; None for what is no day."""
    if iso := re.match(r"\s*(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)", text):
        year, month, on = map(int, iso.groups())
    elif dotted := re.match(r"\s*(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4}|\d{2})(?!\d)", text):
        on, month, year = map(int, dotted.groups())
        if is_month_first and "/" in text:
            on, month = month, on
        year += 2000 if year < 100 else 0  # noqa: PLR2004
    elif re.fullmatch(r"\s*\d{5}\s*", text):  # a day as Excel counts it
        counted = date(1899, 12, 30) + timedelta(days=int(text))
        year, month, on = counted.year, counted.month, counted.day
    else:
        return None
    try:
        return date(year, month, on)
    except ValueError:
        return None


def is_month_first(days: Iterable[str]) -> bool:
    """Whether a column writes days as in America: 11/24/2026. One day after the twelfth tells it."""
    pairs = [found.groups() for text in days if (found := re.match(r"\s*(\d{1,2})/(\d{1,2})/", text))]
    return any(int(on) > _MONTHS for _month, on in pairs) and all(
        int(month) <= _MONTHS for month, _on in pairs
    )


def wall_time(text: str) -> time | None:
    """`10:00`, `9.30`, `1000`, `2026-11-24 10:00`; 24:00 is None, as is what is no time."""
    dayless = re.sub(
        r"^\s*(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})[T\s]+", "", text
    ).strip()
    clean = re.sub(r"(?i)\s*(saat|uhr|h|hrs)\s*", "", dayless)
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*([aApP])?\.?[mM]?\.?", clean)
    found = found or re.fullmatch(r"(\d{1,2})(\d{2})()", clean)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= 12:  # noqa: PLR2004
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004


def _kept(rows: Iterable[Sequence[str]], tell: Tell, is_stopped: Stop) -> list[Row]:
    """The rows that hold anything, each told of."""
    kept: list[Row] = []
    for at, cells in enumerate(rows, start=1):
        if at % _TOLD_EVERY == 0:
            tell(len(kept), 0)
            if is_stopped():
                raise stopped()
        clean = tuple(map(_clean, cells[:MOST_COLUMNS]))
        if not any(clean) or (not kept and re.fullmatch(r"sep=.?", "".join(clean))):
            continue
        kept.append(Row(at, clean))
        if len(kept) > MOST_ROWS + 1:
            words = _("This file has more than {} rows. Divide it.")
            raise Refusal("too_many_rows", words.format(number(MOST_ROWS)))
    return kept


def stopped() -> Refusal:
    """What is said to whoever stopped it."""
    return Refusal("stopped", _("Stopped. Nothing was taken in."))


def _clean(cell: str) -> str:
    """Without the quote that keeps what begins like a formula a text, as our own files write it."""
    clean = cell.replace("\x00", "").replace("\xa0", " ").strip()[:LONGEST_CELL]
    return _UNARMED.sub("", clean)


def _text_rows(raw: bytes) -> Iterator[list[str]]:
    if raw.startswith(_OLD_EXCEL):
        raise Refusal("old_excel", _("This is an old Excel file. Save it as .xlsx or CSV and choose that."))
    head = raw[:_LOOKED_AT]
    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if raw.startswith(_NOT_TEXT) or (b"\x00" in head and not is_wide):
        raise no_table()
    text = decoded(raw)
    if re.match(r"\s*(<|BEGIN:|\{)", text):
        raise no_table()
    # newlines inside quotes are kept; an unclosed quote takes the rest and is then too long
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text[:_LOOKED_AT]))
    try:
        yield from reader
    except csv.Error:
        raise no_table() from None


def _separator(text: str) -> str:
    """What stands between the cells: what cuts most of the first rows into equally many."""
    lines = [line for line in re.sub(r'"[^"]*"', "", text).splitlines() if line.strip()][:20]
    if lines and (said := re.fullmatch(r"sep=(.)", lines[0].strip())):
        return said[1]

    def evenness(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        usual = max(counts, key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(_SEPARATORS, key=evenness)


def _excel(raw: bytes) -> Iterator[list[str]]:
    """The first sheet that holds anything. Values as they were saved; what is computed is not computed again."""
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, and few files are of Excel
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        _refuse_bomb(raw)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            rows = ([_said(value) for value in row] for row in sheet.iter_rows(values_only=True))
            first = next((row for row in rows if any(row)), None)
            if first is not None:
                yield first
                yield from rows
                return
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, SyntaxError, OSError):
        raise no_table() from None


def _refuse_bomb(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        if "[Content_Types].xml" not in packed.namelist():
            raise no_table()
        if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
            raise Refusal("big_file", _("There is too much in this file. Divide it."))


def _said(value: object) -> str:
    """A cell of Excel as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def no_table() -> Refusal:
    """What is said of a file that holds no rows and columns."""
    return Refusal("no_table", _("This file holds no table. Choose a CSV or Excel (.xlsx) file."))
