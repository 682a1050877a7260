"""The charts of the reports of a period, each with its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from civicdesk.desk import metrics
from civicdesk.desk.day_figures import Figure
from civicdesk.desk.period_rows import DayRow, PeriodReport, RoomRow
from civicdesk.desk.period_rows import Heat as Cells
from civicdesk.printing import charts, grids
from civicdesk.printing.blocks import Block, heading, nothing, notice, stack, strip
from civicdesk.printing.charts import Bar, Box
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import text_width
from civicdesk.printing.grids import Heat, HeatRow, Kind, RoomBar, RoomBars
from civicdesk.printing.paper import MM
from civicdesk.printing.period_tables import weekday_name
from civicdesk.printing.period_words import event_name, is_hidden, kind_name, said
from civicdesk.printing.report_page import LEFT, WIDE
from civicdesk.text import _, day, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

CHART = 44 * MM
_MOST_DAYS, _FEW_DAYS, _A_WEEK, _FIRST_WEEKS = 100, 35, 10, 14
_NARROW_NAMES = 46 * MM


def by_day(report: PeriodReport) -> Block:
    """Visitors of every day; of a long period by the week."""
    rows, is_long = report.days, len(report.days) > _MOST_DAYS
    bars = _weeks(rows) if is_long else [_day_bar(row, len(rows)) for row in rows]
    words = _("Visitors by week") if is_long else _("Visitors by day")
    mean = None if is_long else metrics.mean(row.visitors.value for row in rows if row.is_open)
    said_ = _("mean {count}").format(count=number(round(mean))) if mean else ""
    opened = _("grey: closed") if any(bar.is_closed for bar in bars) else ""

    def drawing(page: Canvas, box: Box) -> None:
        charts.draw_bars(page, box, bars, mean=mean, words=said_)

    return stack(heading(words, opened), Block(CHART, drawing))


def _day_bar(row: DayRow, days: int) -> Bar:
    """Of a week each day has its name, of a month its number; of more, only the months have theirs."""
    form = "EEE d" if days <= _A_WEEK else "d" if days <= _FEW_DAYS else "MMM" if row.on.day == 1 else ""
    under = day(row.on, form) if form else ""
    return Bar(row.visitors.value, under, is_closed=not row.is_open)


def _weeks(rows: Sequence[DayRow]) -> list[Bar]:
    """A bar a week; under the first week of a month stands its name."""
    bars: list[Bar] = []
    month = 0
    for _monday, days in groupby(rows, key=lambda row: row.on - timedelta(days=row.on.weekday())):
        own = list(days)
        known = [row.visitors.value for row in own if row.visitors.value is not None]
        ends = own[-1].on
        under = day(ends, "MMM") if ends.month != month and ends.day <= _FIRST_WEEKS else ""
        month = ends.month if under else month
        bars.append(Bar(sum(known) if known else None, under, is_closed=not any(row.is_open for row in own)))
    return bars


def by_hour(report: PeriodReport) -> Block:
    """Entries by the hour of the day."""
    words = _("Entries by the hour")
    if not report.arrivals:
        return stack(heading(words), nothing())
    known = [*report.weekday_heat.hours, *report.arrivals]
    shown = range(min(known), max(known) + 1)
    bars = [Bar(float(report.arrivals.get(hour, 0)), str(hour)) for hour in shown]
    return stack(
        heading(words),
        Block(CHART, lambda page, box: charts.draw_bars(page, box, bars)),
    )


def by_weekday(report: PeriodReport) -> Block:
    """The mean entries of a weekday, by the hour."""
    heat = Heat(
        [str(hour) for hour in report.weekday_heat.hours],
        [
            HeatRow(weekday_name(report, int(key), "EEE"), _cells(report.weekday_heat, key))
            for key in report.weekday_heat.rows
        ],
        names=11 * MM,
    )
    words = _("Entries by weekday and hour, mean")
    if not heat.rows:
        return stack(heading(words), nothing())
    return stack(
        heading(words, _("grey: closed")),
        Block(heat.height, lambda page, box: grids.draw_heat(page, box, heat)),
    )


def _cells(heat: Cells, key: str, scale: float = 1) -> list[float | None]:
    found = [heat.cells.get((key, hour)) for hour in heat.hours]
    return [None if cell is None else cell * scale for cell in found]


def rooms(report: PeriodReport) -> Iterator[Strip]:
    """Every room: booked hatched, in use solid."""
    parts = RoomBars(
        (_("booked"), _("in use"), _("full"), _("util."), _("events"), _("nobody came")),
        most=_scale(report),
        figure=13.5 * MM,
    )

    yield strip(_keyed(_("Rooms, of their opening time")), with_next=True)
    if not report.rooms:
        yield notice(_("There is no room to be booked."))
        return
    head = Strip(
        grids.ROOM_HEAD,
        lambda page, top: grids.draw_room_head(page, _row(top), parts),
        with_next=True,
    )
    yield head
    for bar in (*map(_room_bar, report.rooms), _all_rooms(report)):
        yield Strip(grids.ROOM_ROW, partial(_draw_room, parts=parts, bar=bar), (head,))


def _scale(report: PeriodReport) -> float:
    """Up to which share the bars are drawn, so that rooms that had little are not all as short as each other."""
    highest = max(
        (share for row in report.rooms for share in (row.booked.value, row.used.value) if share), default=1
    )
    return next(scale for scale in (0.2, 0.4, 0.6, 0.8, 1.0) if scale >= min(highest, 1.0))


def _keyed(words: str) -> Block:
    """A heading that says what hatched and solid mean."""
    titled, keys = heading(words), (_("booked"), _("in use"))

    def drawing(page: Canvas, box: Box) -> None:
        titled.draw(page, box)
        wide = sum(text_width(key, 6.5) + 11 * MM for key in keys) - 4 * MM
        grids.draw_key(page, box.right - wide, box.top - 4 * MM, keys)

    return Block(titled.height, drawing)


def _draw_room(page: Canvas, top: float, *, parts: RoomBars, bar: RoomBar) -> None:
    grids.draw_room(page, _row(top), parts, bar)


def _row(top: float) -> Box:
    return Box(LEFT, top, WIDE, grids.ROOM_ROW)


def _room_bar(row: RoomRow) -> RoomBar:
    shares = [said(figure, is_share=True) for figure in (row.booked, row.used, row.fill, row.utilisation)]
    counts = (number(row.events), number(row.no_shows))
    return RoomBar(row.place.name, row.booked.value, row.used.value, (*shares, *counts))


def _all_rooms(report: PeriodReport) -> RoomBar:
    four = [report.total(key).figure for key in ("booked", "used", "fill", "utilisation")]
    counts = [said(report.total(key).figure) for key in ("events", "no_shows")]
    shares = [said(figure, is_share=True) for figure in four]
    return RoomBar(_("All rooms"), four[0].value, four[1].value, (*shares, *counts), is_whole=True)


def rooms_by_hour(report: PeriodReport) -> Iterator[Strip]:
    """The share of its opening time for which a room was in use, by the hour, in hundredths."""
    found = report.room_heat
    if not found.rows:
        return
    names = {str(row.place.id): row for row in report.rooms}
    rows = [_heat_row(found, key, names) for key in found.rows]
    heat = Heat([str(hour) for hour in found.hours], rows, _NARROW_NAMES, 14 * MM, _("all day"))
    yield strip(heading(_("Rooms in use by the hour, %"), _("grey: closed")), with_next=True)
    head = Strip(
        grids.HEAT_HEAD, lambda page, top: grids.draw_heat_head(page, _row(top), heat), with_next=True
    )
    yield head
    for row in rows:
        yield Strip(grids.HEAT_ROW, partial(_draw_heat_row, heat=heat, row=row), (head,))


def _draw_heat_row(page: Canvas, top: float, *, heat: Heat, row: HeatRow) -> None:
    grids.draw_heat_row(page, _row(top), heat, row)


def _heat_row(found: Cells, key: str, names: Mapping[str, RoomRow]) -> HeatRow:
    room = names.get(key)
    total = "" if room is None else said(room.used, is_share=True)
    return HeatRow(room.place.name if room else key, _cells(found, key, 100), total)


def organisation_kinds(report: PeriodReport, *, with_all: bool = False) -> Block:
    """Events by kind of organisation; `with_all` also those that had none."""
    kinds = [
        Kind(kind_name(row.kind), row.events, number(row.events), guests_words(row.guests))
        for row in report.organisation_kinds
    ]
    return kinds_block(_("Kinds of organisation, events"), kinds if with_all else _some(kinds))


def event_kinds(report: PeriodReport, *, with_all: bool = False) -> Block:
    """Events by kind; `with_all` also those there were none of."""
    kinds = [
        Kind(event_name(row.kind), row.events, number(row.events), guests_words(row.guests))
        for row in report.event_kinds
    ]
    return kinds_block(_("Kinds of event"), kinds if with_all else _some(kinds))


def _some(kinds: Sequence[Kind]) -> Sequence[Kind]:
    """Those there were; in a week most kinds have nothing."""
    return [kind for kind in kinds if kind.value] or kinds


def guests_words(figure: Figure) -> str:
    """So many guests, or that it is not told; nothing where it is not known."""
    if figure.value is None and not is_hidden(figure):
        return ""
    words = ngettext("{count} guest", "{count} guests", round(figure.value or 0))
    return words.format(count=said(figure))


def kinds_block(words: str, kinds: Sequence[Kind]) -> Block:
    """Lying bars under their heading, or that there is nothing."""
    if not kinds:
        return stack(heading(words), nothing())
    high = grids.BAR_ROW * len(kinds)
    return stack(heading(words), Block(high, lambda page, box: grids.draw_kinds(page, box, kinds)))
