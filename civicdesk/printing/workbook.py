"""Tables as a workbook: real numbers and dates, frozen heads, ready to print, charts beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from civicdesk.desk.listing import Cell, Form
from civicdesk.printing.tables import NOTHING, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_NUMBER = {
    Form.COUNT: "#,##0.##;-#,##0.##;0",
    Form.NUMBER: "0",
    Form.SHARE: "0.0%",
    Form.DAY: "dd.mm.yyyy",
    Form.INSTANT: "dd.mm.yyyy hh:mm",
}
_HEAD_ROW = 3
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'", " "))
_A4 = 9
_MOST_LETTERS = 95
"""So many stand beside each other on an upright page."""
_MOST_LABELS, _MOST_ABOVE = 31, 40
_SERIES = ("#0B6E7F", "#9DB2B8")


@dataclass(frozen=True)
class Title:
    """What stands above every sheet: what it is, whose, of which days (a day itself or words), made when."""

    words: str
    centre: str
    span: str | date
    at: datetime


def workbook(title: Title, sheets: Iterable[Sheet]) -> bytes:
    """A workbook: a sheet a table, its heads frozen, ready to print, and a chart where the table has one."""
    import xlsxwriter  # noqa: PLC0415  slow to import

    out = BytesIO()
    # what a visitor or an organisation is called must not become a formula or a link
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, plain)
    made = title.at.replace(tzinfo=None, microsecond=0)  # the same numbers at the same time are the same file
    book.set_properties({"title": title.words, "author": title.centre, "created": made})
    ink, taken = _Ink(book), set[str]()
    for each in sheets:
        name = _sheet_name(each.table.words, taken)
        sheet = book.add_worksheet(name)
        _write_title(sheet, title, ink)
        _write_table(sheet, each, ink)
        _set_up_page(sheet, each, title)
        if each.chart and each.table.rows:
            _draw_chart(book, sheet, name, each)
    book.close()
    return out.getvalue()


class _Ink:
    """The formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.cells = {form: book.add_format({"num_format": said}) for form, said in _NUMBER.items()}
        self.cells[Form.WORDS] = book.add_format({"valign": "top"})
        heavy = {"bold": True, "top": 1}
        self.last = {form: book.add_format(heavy | {"num_format": said}) for form, said in _NUMBER.items()}
        self.last[Form.WORDS] = book.add_format(heavy)
        self.missing = book.add_format({"align": "right", "font_color": "#566970"})
        heads = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        self.head = book.add_format(heads)
        self.head_of_numbers = book.add_format(heads | {"align": "right"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.day = book.add_format({"num_format": _NUMBER[Form.DAY], "align": "left"})
        self.plain = book.add_format({})


def _sheet_name(words: str, taken: set[str]) -> str:
    """As spreadsheets allow it: short, without their signs, and no name twice."""
    name = words.translate(_FORBIDDEN)[:_LONGEST_NAME].strip() or "1"
    while name.casefold() in taken:
        name = f"{name[: _LONGEST_NAME - 3]} {len(taken) + 1}"
    taken.add(name.casefold())
    return name


def _write_title(sheet: Worksheet, title: Title, ink: _Ink) -> None:
    sheet.write_string(0, 0, f"{title.words} · {title.centre}", ink.title)
    if isinstance(title.span, date):
        sheet.write_datetime(1, 0, datetime.combine(title.span, datetime.min.time()), ink.day)
    else:
        sheet.write_string(1, 0, title.span, ink.plain)


def _write_table(sheet: Worksheet, each: Sheet, ink: _Ink) -> None:
    table = each.table
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        head = ink.head if column.form is Form.WORDS else ink.head_of_numbers
        sheet.write_string(_HEAD_ROW, place, column.words, head)
    for number, row in enumerate(table.rows):
        _write_row(sheet, _HEAD_ROW + 1 + number, row, [each.form(number, at) for at in range(len(row))], ink)
    end = _HEAD_ROW + 1 + len(table.rows)
    for place, value in enumerate(each.last):
        form = table.columns[place].form
        _write_cell(sheet, (end, place), _shown(value, form), ink.last[form], ink.last[Form.WORDS])
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    if table.rows and len(table.columns) > 1:
        sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(table.rows), len(table.columns) - 1)


def _write_row(sheet: Worksheet, at: int, row: Sequence[Cell], forms: Sequence[Form], ink: _Ink) -> None:
    for place, (value, form) in enumerate(zip(row, forms, strict=True)):
        words = ink.cells[Form.WORDS] if form is Form.WORDS else ink.missing
        _write_cell(sheet, (at, place), _shown(value, form), ink.cells[form], words)


def _shown(value: Cell, form: Form) -> Cell:
    """A number that is not known is a dash; words and times that are not known are left out."""
    if value is None and form in (Form.COUNT, Form.SHARE):
        return NOTHING
    return None if value == "" else value


def _write_cell(sheet: Worksheet, at: tuple[int, int], value: Cell, form: object, missing: object) -> None:
    """Words stay words, also where a number was meant: a dash, or "<5"."""
    if isinstance(value, datetime | date):
        sheet.write_datetime(*at, value, form)
    elif isinstance(value, str):
        sheet.write_string(*at, value, missing)
    elif value is not None:
        sheet.write_number(*at, value, form)


def _set_up_page(sheet: Worksheet, each: Sheet, title: Title) -> None:
    columns = each.table.columns
    sheet.set_paper(_A4)
    if sum(column.width for column in columns) > _MOST_LETTERS:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_footer(f"&L&8{_unsigned(title.centre)}&R&8&P / &N")


def _unsigned(words: str) -> str:
    """An & would be an order in the foot of a sheet."""
    return words.replace("&", "&&")[:180]


def _draw_chart(book: Workbook, sheet: Worksheet, name: str, each: Sheet) -> None:
    """The columns of the chart over the first one: under the table, or right of a long one."""
    assert each.chart
    first, last = _HEAD_ROW + 1, _HEAD_ROW + len(each.table.rows)
    chart = book.add_chart({"type": "bar" if each.chart.is_lying else "column"})
    for number, place in enumerate(each.chart.columns):
        chart.add_series(
            {
                "name": [name, _HEAD_ROW, place],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, place, last, place],
                "fill": {"color": _SERIES[number % len(_SERIES)]},
                "gap": 40,
                "data_labels": _labels(each, place),
            }
        )
    chart.set_title({"name": each.chart.words, "name_font": {"size": 11}})
    chart.set_legend({"none": True} if len(each.chart.columns) == 1 else {"position": "bottom"})
    _set_up_axes(chart, each)
    chart.set_size({"width": 720, "height": _chart_height(each)})
    if len(each.table.rows) > _MOST_ABOVE:
        sheet.insert_chart(_HEAD_ROW, len(each.table.columns) + 1, chart)
        sheet.print_area(0, 0, last + bool(each.last), len(each.table.columns) - 1)
    else:
        sheet.insert_chart(last + 2 + bool(each.last), 0, chart)


def _labels(each: Sheet, place: int) -> dict[str, Any]:
    """The numbers beside the bars, where there are not too many."""
    if len(each.table.rows) > _MOST_LABELS:
        return {}
    is_share = each.table.columns[place].form is Form.SHARE
    return {"value": True, "font": {"size": 8}, "num_format": "0%" if is_share else "#,##0"}


def _chart_height(each: Sheet) -> int:
    """Lying bars need room for their names."""
    assert each.chart
    wanted = 22 * len(each.table.rows) if each.chart.is_lying else 0
    return min(max(wanted, 320), 640)


def _set_up_axes(chart: Any, each: Sheet) -> None:  # noqa: ANN401  xlsxwriter has no types
    first = each.table.columns[0]
    names: dict[str, Any] = {"name": first.words, "line": {"color": "#B9C3C7"}, "num_font": {"size": 8}}
    if each.chart and each.chart.is_lying:
        names["reverse"] = True  # the first row above, as in the table
    if first.form is Form.DAY:
        names |= {"date_axis": True, "num_format": "dd.mm."}
    values = {"line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": "#E4E8EA"}}}
    # a lying chart lies with its axes
    is_lying = each.chart is not None and each.chart.is_lying
    chart.set_x_axis(values if is_lying else names)
    chart.set_y_axis(names if is_lying else values)
