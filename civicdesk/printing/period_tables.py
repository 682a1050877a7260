"""The numbers of the reports of a period as tables: the paper shows them, the workbook has all of them."""

from __future__ import annotations

from collections.abc import Sequence

from civicdesk.desk.listing import Cell, Column, Form, Table
from civicdesk.desk.period_rows import SHARES, PeriodReport, RoomRow
from civicdesk.printing import use_tables as used
from civicdesk.printing.period_words import cell, definitions, total_words, why_words
from civicdesk.printing.tables import Chart, Sheet
from civicdesk.text import _, day

_MINUTES = 60


def period_sheets(report: PeriodReport) -> list[Sheet]:
    """All tables of a period, in the order of the paper; of one of which nothing is known, why that is so."""
    if report.why:
        return [totals(report), meanings(report)]
    return [
        totals(report),
        days(report),
        *([months(report)] if len(report.months) > 1 else []),
        hours(report),
        weekdays(report),
        rooms(report),
        room_hours(report),
        used.organisation_kinds(report),
        used.organisations(report),
        used.event_kinds(report),
        used.post(report),
        used.work_areas(report),
        used.others(report),
        meanings(report),
    ]


def totals(report: PeriodReport) -> Sheet:
    """All totals beside those of the other periods."""
    rows: list[Sequence[Cell]] = []
    for total in report.totals:
        why = why_words(total.figure.why) if total.figure.why else ""
        year_before = cell(total.year_before) if total.year_before else None
        row = (cell(total.figure), cell(total.before), total.change, year_before, total.change_of_year)
        rows.append((total_words(total.key), *(row if report.year_before else row[:3]), why))
    changes = (_("Changed by"), Form.SHARE, 12)
    columns = [
        Column(_("Total"), Form.WORDS, 26),
        Column(report.period.name, width=20),
        Column(report.before.period.name, width=20),
        Column(*changes),
    ]
    if report.year_before:
        columns += [Column(report.year_before.period.name, width=20), Column(*changes)]
    columns.append(Column(_("Why it is missing"), Form.WORDS, 34))
    forms = [Form.SHARE if total.key in SHARES else Form.COUNT for total in report.totals]
    return Sheet(Table("totals", _("Totals"), columns, rows, forms))


def days(report: PeriodReport) -> Sheet:
    """Every day."""
    columns = [
        Column(_("Day"), Form.DAY, 12),
        Column(_("Weekday"), Form.WORDS, 12),
        Column(_("Visitors")),
        Column(_("Most inside")),
        Column(_("Events")),
        Column(_("Guests")),
        Column(_("Booked"), Form.SHARE),
        Column(_("In use"), Form.SHARE),
        Column(_("Nobody came")),
        Column(_("Post received")),
        Column(_("Handed over")),
        Column(_("Remark"), Form.WORDS, 28),
    ]
    rows = [
        (
            row.on,
            day(row.on, "EEEE"),
            *map(cell, (row.visitors, row.peak, row.events, row.guests, row.booked, row.used, row.no_shows)),
            *map(cell, (row.received, row.handed_over)),
            row.reason or ("" if row.is_open else _("closed")),
        )
        for row in report.days
    ]
    return Sheet(Table("days", _("Days"), columns, rows), Chart(_("Visitors by day"), (2,)))


def months(report: PeriodReport) -> Sheet:
    """Every month."""
    columns = [
        Column(_("Month"), Form.WORDS, 16),
        Column(_("Open days")),
        Column(_("Visitors")),
        Column(_("Events")),
        Column(_("Guests")),
        Column(_("In use"), Form.SHARE),
        Column(_("Nobody came")),
        Column(_("Handed over")),
    ]
    rows = [
        (
            day(row.first, "LLLL yyyy"),
            row.open_days if row.visitors.value is not None else None,
            *map(cell, (row.visitors, row.events, row.guests, row.used, row.no_shows, row.handed_over)),
        )
        for row in report.months
    ]
    chart = Chart(_("Visitors and guests by month"), (2, 4))
    return Sheet(Table("months", _("Months"), columns, rows), chart)


def hours(report: PeriodReport) -> Sheet:
    """Entries by the hour of the day."""
    heats = report.weekday_heat.hours
    between = range(
        min([*heats, *report.arrivals], default=9), max([*heats, *report.arrivals], default=17) + 1
    )
    rows = [(hour, report.arrivals.get(hour, 0)) for hour in between]
    columns = [Column(_("Hour")), Column(_("Entries"))]
    return Sheet(Table("hours", _("Hours"), columns, rows), Chart(_("Entries by the hour")))


def weekdays(report: PeriodReport) -> Sheet:
    """The mean entries of a weekday, by the hour."""
    heat = report.weekday_heat
    columns = [
        Column(_("Weekday"), Form.WORDS, 14),
        *(Column(f"{hour}:00", width=8) for hour in heat.hours),
    ]
    rows = [
        (weekday_name(report, int(key)), *(heat.cells.get((key, hour)) for hour in heat.hours))
        for key in heat.rows
    ]
    return Sheet(Table("weekdays", _("Weekdays and hours"), columns, rows))


def weekday_name(report: PeriodReport, weekday: int, form: str = "EEEE") -> str:
    """What a weekday is called; Monday is 0."""
    ordinal = report.period.first.toordinal()
    return day(report.period.first.fromordinal(ordinal - report.period.first.weekday() + weekday), form)


def rooms(report: PeriodReport) -> Sheet:
    """Every room, also the idle ones."""
    columns = [
        Column(_("Room"), Form.WORDS, 30),
        Column(_("Capacity"), width=10),
        Column(_("Open hours")),
        Column(_("Booked hours")),
        Column(_("Hours in use")),
        *(Column(words, Form.SHARE, 12) for words in (_("Booked"), _("In use"), _("Full"), _("Utilisation"))),
        Column(_("Events"), width=10),
        Column(_("Guests"), width=10),
        Column(_("Nobody came"), width=12),
        Column(_("Hours freed and booked again"), width=16),
        Column(_("Hours outside opening hours"), width=16),
    ]
    rows = [_room(row) for row in report.rooms]
    chart = Chart(_("Rooms booked and in use"), (5, 6), is_lying=True)
    return Sheet(Table("rooms", _("Rooms"), columns, rows), chart)


def _room(row: RoomRow) -> Sequence[Cell]:
    return (
        row.place.name,
        row.place.capacity,
        row.open_minutes / _MINUTES,
        row.booked_minutes / _MINUTES,
        row.used_minutes / _MINUTES,
        *map(cell, (row.booked, row.used, row.fill, row.utilisation)),
        row.events,
        cell(row.guests),
        row.no_shows,
        row.released / _MINUTES,
        row.out_of_hours / _MINUTES,
    )


def room_hours(report: PeriodReport) -> Sheet:
    """The share of its opening time for which a room was in use, by the hour."""
    heat = report.room_heat
    names = {str(row.place.id): row.place.name for row in report.rooms}
    columns = [
        Column(_("Room"), Form.WORDS, 30),
        *(Column(f"{hour}:00", Form.SHARE, 8) for hour in heat.hours),
    ]
    rows = [(names.get(key, key), *(heat.cells.get((key, hour)) for hour in heat.hours)) for key in heat.rows]
    return Sheet(Table("room_hours", _("Rooms and hours"), columns, rows))


def meanings(report: PeriodReport) -> Sheet:
    """What every figure means."""
    words = _("What it means")
    rows = [(sentence,) for sentence in definitions(report)]
    return Sheet(Table("meanings", words, [Column(words, Form.WORDS, 110)], rows))
