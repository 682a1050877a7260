"""One day to look at: its totals, who was in which room in which hour, and when people came."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import timedelta

from civicdesk.desk.behind import Wanted
from civicdesk.desk.day_figures import RoomLine
from civicdesk.desk.day_shape import DayShape, HourState, RoomHour
from civicdesk.printing.occupancy_said import complete_words
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.rolls import opening
from civicdesk.printing.tables import NOTHING
from civicdesk.text import _, day, ngettext, number, percent
from civicdesk.ui.pages.reports.plots.board import Board
from civicdesk.ui.pages.reports.plots.words import hour_words, people_words
from civicdesk.ui.widgets.plots import Axes, ColumnPlot, HeatPlot, Kind, Mark

HOUR = timedelta(hours=1)
_KINDS = {
    HourState.USED: Kind.SEEN,
    HourState.FREE: Kind.SEEN,
    HourState.BOOKED: Kind.BOOKED,
    HourState.NOBODY_CAME: Kind.BOOKED,
    HourState.CLOSED: Kind.CLOSED,
    HourState.UNKNOWN: Kind.MISSING,
}


class DayBoard(Board):
    """The daily occupancy sheet as plots."""

    def __init__(self) -> None:
        super().__init__("reports_day_board")
        self.rooms = HeatPlot(name="reports_rooms_by_hour")
        self.arrivals = ColumnPlot(name="reports_arrivals")
        for plot in (self.rooms, self.arrivals):
            self.put(plot)

    def show_shape(self, shape: DayShape) -> None:
        """Show this day."""
        self.note.setText(" · ".join((opening(shape.seen.figures.facts.day), complete_words(shape.seen))))
        self.totals.show_totals(occupancy_sheet(shape.seen).totals)
        self.name_plot(self.rooms, _("Rooms by hour (people)"))
        self.name_plot(self.arrivals, _("Arrivals by hour"))
        self._show_rooms(shape)
        self._show_arrivals(shape)

    def _show_rooms(self, shape: DayShape) -> None:
        lines, on = shape.seen.figures.rooms, shape.seen.on
        marks = [
            _cell(line, hour, shape.cells[line.place.id, hour]) for line in lines for hour in shape.hours
        ]
        axes = Axes(
            tuple(line.place.name for line in lines),
            tuple(str(hour) for hour in shape.hours),
            tuple(_share(line, shape) for line in lines),
        )
        behind: dict[Hashable, tuple[Wanted, str]] = {
            (line.place.id, hour): (
                Wanted(first=on, last=on, room=line.place.id, hour=hour),
                " · ".join((line.place.name, hour_words(hour), day(on))),
            )
            for line in lines
            for hour in shape.hours
        }
        legend = [("solid", _("who came")), ("booked", _("only booked")), ("closed", _("closed"))]
        self.rooms.show_cells(axes, marks, legend)
        self.stand_for(self.rooms, behind)

    def _show_arrivals(self, shape: DayShape) -> None:
        on, is_known = shape.seen.on, shape.seen.figures.is_known
        weekday = day(on, "EEEE")
        marks = []
        behind: dict[Hashable, tuple[Wanted, str]] = {}
        for hour in shape.hours:
            came = shape.seen.arrivals.get(hour, 0)
            is_ahead = shape.seen.figures.until <= shape.seen.figures.facts.begins + hour * HOUR
            marks.append(_column(hour, None if not is_known or is_ahead else came, shape))
            behind[hour] = (Wanted(first=on, last=on, hour=hour), f"{hour_words(hour)} · {day(on)}")
        legend = [("solid", day(on, "d MMMM"))]
        if shape.usual_of:
            words = ngettext(
                "usual {weekday} (mean of {count})", "usual {weekday} (mean of {count})", shape.usual_of
            )
            legend.append(("line", words.format(weekday=weekday, count=number(shape.usual_of))))
        self.arrivals.show_series(marks, legend)
        self.stand_for(self.arrivals, behind)


def _cell(line: RoomLine, hour: int, cell: RoomHour) -> Mark:
    state = cell.state
    is_shown = cell.people is not None and state not in (HourState.FREE, HourState.CLOSED, HourState.UNKNOWN)
    words = number(cell.people) if is_shown and cell.people is not None else ""
    if state is HourState.USED and cell.people is None:
        words = NOTHING
    return Mark(
        (line.place.id, hour),
        value=(cell.fill or 0.02) if state is HourState.USED else 0.0 if state is HourState.FREE else None,
        words=words,
        spoken=" · ".join((line.place.name, hour_words(hour), _state_words(cell))),
        kind=_KINDS[state],
        tone="warn" if state is HourState.NOBODY_CAME else "primary",
        opens=state not in (HourState.CLOSED, HourState.UNKNOWN),
    )


def _state_words(cell: RoomHour) -> str:
    if cell.state is HourState.USED and cell.people is not None:
        words = _("{people} of {seats}")
        return words.format(people=people_words(cell.people), seats=number(cell.seats))
    words_of = {
        HourState.USED: _("in use, nobody was counted"),
        HourState.FREE: _("free"),
        HourState.CLOSED: _("closed"),
        HourState.UNKNOWN: _("not known"),
        HourState.BOOKED: _("booked for {people}"),
        HourState.NOBODY_CAME: _("booked for {people}, nobody came"),
    }
    return words_of[cell.state].format(people=people_words(cell.people or 0))


def _share(line: RoomLine, shape: DayShape) -> str:
    share = None if shape.seen.figures.why else line.use.used_share
    return NOTHING if share is None else _("{share} in use").format(share=percent(share))


def _column(hour: int, came: int | None, shape: DayShape) -> Mark:
    usual = shape.usual.get(hour, 0.0) if shape.usual_of else None
    said = _("not known") if came is None else people_words(came)
    beside = "" if usual is None else _("usually {people}").format(people=people_words(usual))
    return Mark(
        hour,
        str(hour),
        value=came,
        words="" if came is None else number(came),
        spoken=" · ".join(filter(None, (hour_words(hour), said, beside))),
        usual=usual,
        opens=came is not None,
    )
