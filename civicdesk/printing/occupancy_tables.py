"""The numbers of the occupancy sheet as tables, for spreadsheets and for other programs."""

from __future__ import annotations

from civicdesk.desk import spans
from civicdesk.desk.booking_words import kind_words, layout_words
from civicdesk.desk.day_figures import Figure
from civicdesk.desk.listing import Cell, Column, Form, Table, wall
from civicdesk.desk.metrics import Event
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.printing.occupancy_said import FEW, definitions, state_words, total_words, why_words
from civicdesk.printing.occupancy_words import by_hour, shown_events
from civicdesk.text import _


def occupancy_tables(seen: OccupancyDay) -> list[Table]:
    """All tables of a day."""
    return [_totals(seen), _figures(seen), _rooms(seen), _events(seen), _hours(seen), _meanings()]


def _totals(seen: OccupancyDay) -> Table:
    heads = (_("Day"), _("Day before"), _("Mean of the weekday"), _("Month so far"))
    rows = [
        (
            total_words(each.key),
            each.figure.value,
            each.yesterday.value,
            each.weekday.value,
            each.month.value,
            why_words(each.figure.why) if each.figure.why else "",
        )
        for each in seen.totals
    ]
    forms = [Form.SHARE if each.key == "used" else Form.COUNT for each in seen.totals]
    columns = [
        Column(_("Total"), Form.WORDS, 24),
        *(Column(words, width=18) for words in heads),
        Column(_("Why it is missing"), Form.WORDS, 34),
    ]
    return Table("totals", _("Totals"), columns, rows, forms)


def _figures(seen: OccupancyDay) -> Table:
    lines = _lines(seen)
    rows: list[tuple[Cell, ...]] = [
        (words, figure.value, why_words(figure.why) if figure.why else "") for words, figure, _form in lines
    ]
    columns = [
        Column(_("Figure"), Form.WORDS, 34),
        Column(_("Value")),
        Column(_("Why it is missing"), Form.WORDS, 34),
    ]
    return Table("figures", _("Figures"), columns, rows, [form for _words, _figure, form in lines])


def _lines(seen: OccupancyDay) -> list[tuple[str, Figure, Form]]:
    day, others = seen.figures, seen.others
    share, count = Form.SHARE, Form.COUNT
    hour = day.peak_seen.at.hour + day.peak_seen.at.minute / 60 if day.peak_seen else None

    def known(value: float | None) -> Figure:
        return Figure(None if day.why else value, day.why)

    return [
        (_("Booked"), day.booked, share),
        (_("In use"), day.used, share),
        (_("Full while in use"), day.fill, share),
        (_("Utilisation"), day.utilisation, share),
        (_("No-show rate"), day.no_show_share, share),
        (_("Entries by name"), known(day.entries), count),
        (_("Different people by name"), known(day.distinct), count),
        (_("Counted without a name"), known(day.unnamed), count),
        (_("Most inside, at this hour"), known(hour), count),
        (_("Still inside"), seen.inside, count),
        (_("Taken as left at closing"), known(seen.presumed), count),
        (_("Rooms"), Figure(len(day.rooms)), count),
        (_("Idle rooms"), Figure(day.idle_rooms), count),
        (_("Freed minutes booked again"), known(day.released), count),
        (_("Minutes outside opening hours"), Figure(day.out_of_hours), count),
        (_("Events without a noted end"), known(day.without_end + day.unconfirmed), count),
        (_("Wishes for a room not met"), Figure(others.wishes_unmet), count),
        (_("Refused at the door"), known(others.refused_entries), count),
        (_("People in work areas"), known(others.seats.people), count),
        (_("Work areas, most seated"), known(others.seats.most), count),
        (_("Seats of the work areas"), Figure(others.seats.seats), count),
        (_("Post received"), known(others.post.received), count),
        (_("Post handed over"), known(others.post.handed_over), count),
        (_("Post waiting"), known(others.post.waiting), count),
        (_("Official notices outstanding"), known(others.post.notices), count),
        (_("Oldest item, days"), known(others.post.oldest_days), count),
        (_("Messages taken"), known(others.messages.taken), count),
        (_("Messages not passed on"), known(others.messages.undelivered), count),
        (_("Urgent ones among them"), known(others.messages.urgent), count),
        (_("Corrections"), known(others.incidents.corrections), count),
        (_("Evacuations"), known(others.incidents.musters), count),
        (_("Drills"), known(others.incidents.drills), count),
    ]


def _rooms(seen: OccupancyDay) -> Table:
    known = seen.figures.is_known
    rows: list[tuple[Cell, ...]] = []
    for line in seen.figures.rooms:
        use = line.use
        # the seats and how full they were would tell how few came
        is_full_told = known and not any(event.id in seen.few for event in use.events)
        rows.append(
            (
                line.place.name,
                line.place.capacity,
                spans.minutes(use.open),
                spans.minutes(use.booked),
                spans.minutes(use.used) if known else None,
                use.booked_share,
                use.used_share if known else None,
                use.fill if is_full_told else None,
                use.utilisation if is_full_told else None,
                use.released,
                use.out_of_hours,
                len(use.events),
            )
        )
    counts = (_("Open minutes"), _("Booked minutes"), _("Minutes in use"))
    shares = (_("Booked"), _("In use"), _("Full"), _("Utilisation"))
    columns = [
        Column(_("Room"), Form.WORDS, 30),
        Column(_("Capacity")),
        *(Column(words, width=18) for words in counts),
        *(Column(words, Form.SHARE) for words in shares),
        Column(_("Freed minutes booked again"), width=26),
        Column(_("Minutes outside opening hours"), width=28),
        Column(_("Events")),
    ]
    return Table("rooms", _("Rooms"), columns, rows)


def _events(seen: OccupancyDay) -> Table:
    names = {place.id: place.name for place in seen.places}
    columns = [
        Column(_("Begins"), Form.INSTANT, 18),
        Column(_("Ends"), Form.INSTANT, 18),
        Column(_("Room"), Form.WORDS, 28),
        Column(_("Title"), Form.WORDS, 40),
        Column(_("Organisation"), Form.WORDS, 40),
        Column(_("Kind"), Form.WORDS, 20),
        Column(_("Layout"), Form.WORDS, 20),
        Column(_("Expected")),
        Column(_("Came")),
        Column(_("State"), Form.WORDS, 18),
        Column(_("SDG"), Form.WORDS, 12),
        Column(_("Really began"), Form.INSTANT, 18),
        Column(_("Really ended"), Form.INSTANT, 18),
    ]
    rows = [_event(event, names, seen.few) for event in shown_events(seen.figures)]
    return Table("events", _("Events"), columns, rows)


def _event(event: Event, names: dict[str, str], few: frozenset[str]) -> tuple[Cell, ...]:
    return (
        wall(event.starts_at),
        wall(event.ends_at),
        names.get(event.room, ""),
        event.title,
        event.organisation or "",
        kind_words(event.kind),
        layout_words(event.layout),
        event.people,
        FEW if event.id in few else event.came,
        state_words(event.state),
        event.sdg,
        wall(event.started_at),
        wall(event.ended_at),
    )


def _hours(seen: OccupancyDay) -> Table:
    columns = [Column(_("Hour")), Column(_("Entries"))]
    return Table("hours", _("Hours"), columns, by_hour(seen))


def _meanings() -> Table:
    sentences = [f"{sentence}." for sentence in definitions().rstrip(".").split(". ")]
    return Table(
        "meanings",
        _("What it means"),
        [Column(_("What it means"), Form.WORDS, 110)],
        [(sentence,) for sentence in sentences],
    )
