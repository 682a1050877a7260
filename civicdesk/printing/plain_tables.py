"""Reports as plain tables (CSV), for spreadsheets and for other programs; the letters are marked as UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import StringIO

from civicdesk.desk.listing import Cell, Listing, Table
from civicdesk.text import _, language

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERED = ("events",)
"""Tables whose rows have no name of their own: they go by their place."""


def numbers_csv(days: str, tables: Iterable[Table]) -> bytes:
    """One line a number: the day or the period, the table, the row, the column, the value."""
    lines = [(_("Day"), _("Table"), _("Row"), _("Column"), _("Value"))]
    for table in tables:
        if table.key != "meanings":
            lines += [(days, table.words, *line) for line in _lines(table)]
    return _csv(lines)


def listing_csv(listing: Listing) -> bytes:
    """The heads of the columns, and a line a row."""
    heads = [column.words for column in listing.columns]
    return _csv([heads, *([_written(cell) for cell in row] for row in listing.rows)])


def _lines(table: Table) -> Iterable[tuple[str, str, str]]:
    is_named = table.key not in _NUMBERED
    for place, row in enumerate(table.rows, start=1):
        name = _written(row[0]) if is_named else str(place)
        for column, value in list(zip(table.columns, row, strict=True))[is_named:]:
            if value is not None and value != "":
                yield name, column.words, _written(value)


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([_plain(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _written(value: Cell) -> str:
    """As a spreadsheet of the language spoken now reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        said = f"{value:.6f}".rstrip("0").rstrip(".")
        return said.replace(".", ",") if language() == "tr" else said
    return str(value)


def _plain(cell: str) -> str:
    """A name that begins like a formula must not become one; a number below nought is none."""
    is_number = cell[1:].replace(",", "").replace(".", "").isdigit() and cell.startswith("-")
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell
