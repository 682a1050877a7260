"""Tables as they stand on paper and in workbooks: cells in words, what closes a table, what is drawn beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from civicdesk.desk.listing import Cell, Form, Table
from civicdesk.text import local, number, percent

NOTHING = "—"
_SILENT = (Form.WORDS, Form.NUMBER, Form.INSTANT, Form.DAY)


@dataclass(frozen=True)
class Chart:
    """What a workbook draws beside a table: these columns over the first one, upright or lying."""

    words: str
    columns: tuple[int, ...] = (1,)
    is_lying: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table with its chart, and all its rows together as a last one in heavy letters."""

    table: Table
    chart: Chart | None = None
    last: Sequence[Cell] = ()

    def form(self, row: int, column: int) -> Form:
        """How one cell is written."""
        form = self.table.columns[column].form
        return self.table.forms[row] if self.table.forms and form is Form.COUNT else form


def cell_words(cell: Cell, form: Form) -> str:
    """A cell as it stands on paper; a number that is not known is a dash."""
    if cell is None:
        return "" if form in _SILENT else NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        at = cell if cell.tzinfo is None else local(cell)
        return f"{_short(at.date())} {at:%H:%M}"
    if isinstance(cell, date):
        return _short(cell)
    if form is Form.NUMBER:
        return str(cell)
    return percent(cell) if form is Form.SHARE else number(round(cell, 1))


def _short(on: date) -> str:
    return f"{on:%d.%m.%Y}"
