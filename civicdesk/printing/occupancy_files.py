"""The numbers of the occupancy sheet as files: a workbook with real numbers and dates, and a plain table."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from civicdesk.desk.listing import Cell, Form, Table
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.printing.occupancy_tables import occupancy_tables
from civicdesk.text import _, language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_NUMBER = {
    Form.COUNT: "#,##0.##;-#,##0.##;0",
    Form.SHARE: "0.0%",
    Form.DAY: "dd.mm.yyyy",
    Form.INSTANT: "dd.mm.yyyy hh:mm",
}
_FORMULA = ("=", "+", "-", "@", "\t")
_HEAD_ROW = 3


def occupancy_xlsx(seen: OccupancyDay) -> bytes:
    """A workbook: a sheet a table, its heads frozen, and the hours drawn."""
    import xlsxwriter  # noqa: PLC0415  slow to import

    out = BytesIO()
    # what a visitor or an organisation is called must not become a formula or a link
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, plain)
    book.set_properties({"title": _("Daily occupancy sheet"), "author": seen.centre, "created": _made(seen)})
    formats = {form: book.add_format({"num_format": said}) for form, said in _NUMBER.items()}
    formats[Form.WORDS] = book.add_format({})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 14})
    for table in occupancy_tables(seen):
        sheet = book.add_worksheet(table.words[:31])
        sheet.write_string(0, 0, f"{_('Daily occupancy sheet')} · {seen.centre}", title)
        sheet.write_datetime(1, 0, datetime.combine(seen.on, datetime.min.time()), _left(book))
        _write_table(sheet, table, formats, head)
        if table.key == "hours":
            _draw_hours(book, sheet, table)
    book.close()
    return out.getvalue()


def occupancy_csv(seen: OccupancyDay) -> bytes:
    """One line a number: the day, the table, the row, the column, the value; the letters are marked as UTF-8."""
    out = StringIO(newline="")
    lines = csv.writer(out, delimiter=";")
    lines.writerow([_("Day"), _("Table"), _("Row"), _("Column"), _("Value")])
    for table in occupancy_tables(seen):
        if table.key == "meanings":
            continue
        for place, row in enumerate(table.rows, start=1):
            name = _row_name(table, row, place)
            named_by_first = table.key != "events"
            for column, value in list(zip(table.columns, row, strict=True))[named_by_first:]:
                if value is not None and value != "":
                    lines.writerow(
                        [seen.on.isoformat(), table.words, name, column.words, _plain(_written(value))]
                    )
    return out.getvalue().encode("utf-8-sig")


def _write_table(sheet: Worksheet, table: Table, formats: dict[Form, Any], head: object) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(_HEAD_ROW, place, column.words, head)
    for number, row in enumerate(table.rows):
        for place, value in enumerate(row):
            form = table.columns[place].form
            if table.forms and form is Form.COUNT:
                form = table.forms[number]
            _write_cell(sheet, _HEAD_ROW + 1 + number, place, value, formats[form])
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    if table.rows and len(table.columns) > 1:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)


def _write_cell(sheet: Worksheet, row: int, column: int, value: Cell, form: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime | date):
        sheet.write_datetime(row, column, value, form)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, form)
    else:
        sheet.write_number(row, column, value, form)


def _draw_hours(book: Workbook, sheet: Worksheet, table: Table) -> None:
    if not table.rows:
        return
    first, last = _HEAD_ROW + 1, _HEAD_ROW + len(table.rows)
    chart = book.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": table.columns[1].words,
            "categories": [table.words, first, 0, last, 0],
            "values": [table.words, first, 1, last, 1],
            "fill": {"color": "#0B6E7F"},
            "gap": 40,
            "data_labels": {"value": True},
        }
    )
    chart.set_title({"name": _("Entries by the hour")})
    chart.set_legend({"none": True})
    chart.set_x_axis({"name": table.columns[0].words})
    sheet.insert_chart(_HEAD_ROW, 3, chart, {"x_scale": 1.4, "y_scale": 1.3})


def _left(book: Workbook) -> object:
    return book.add_format({"num_format": _NUMBER[Form.DAY], "align": "left"})


def _made(seen: OccupancyDay) -> datetime:
    """The same numbers at the same time are the same file."""
    return seen.at.replace(tzinfo=None, microsecond=0)


def _row_name(table: Table, row: object, place: int) -> str:
    """A room or a figure by its name, an hour by its number, an event by its place in the list."""
    assert isinstance(row, tuple | list)
    return str(place) if table.key == "events" else str(row[0])


def _written(value: Cell) -> str:
    """As a spreadsheet of the language spoken now reads it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        said = f"{value:.6f}".rstrip("0").rstrip(".")
        return said.replace(".", ",") if language() == "tr" else said
    return str(value)


def _plain(cell: str) -> str:
    """A name that begins like a formula must not become one."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def file_name(seen_on: date, ending: str) -> str:
    """`doluluk-2026-11-24.pdf`; sorted by name, the days are in order."""
    return f"{_('occupancy')}-{seen_on.isoformat()}.{ending}"
