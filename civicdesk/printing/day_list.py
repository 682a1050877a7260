"""The list of a day on A4: the rooms with what is on in them, then who is expected, by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

from civicdesk.printing import day_rows
from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing.flow import Strip, draw_strips, pages
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.paper import MM, capitals, colour, document
from civicdesk.text import _, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_HEADER, _RUNNING_HEADER, _FOOTER = 39 * MM, 19 * MM, 16 * MM


@dataclass(frozen=True)
class DayGuest:
    """Somebody who is expected, or several under one name. `at` is the time as text."""

    at: str
    name: str
    people: int = 1
    room: str = ""
    host: str = ""
    needs: tuple[str, ...] = ()
    has_come: bool = False


@dataclass(frozen=True)
class DayBooking:
    """What is on in a room. `time` is from when until when, as text."""

    room: str
    time: str
    title: str
    organisation: str = ""
    people: int = 1
    tentative: bool = False


@dataclass(frozen=True)
class DaySheet:
    """What the list says, as text: `on` the day, `open` its opening hours, `as_of` day and time of the printing."""

    centre: str
    on: str
    open: str
    as_of: str
    by: str
    total: int
    guests: Sequence[DayGuest]
    bookings: Sequence[DayBooking] = ()


def day_list_pdf(sheet: DaySheet) -> bytes:
    """The list as A4, as many pages as it takes; bookings come in the order of rooms, guests in that of time."""
    out = BytesIO()
    filled = pages(_strips(sheet), _HEIGHT - _HEADER - _FOOTER, _HEIGHT - _RUNNING_HEADER - _FOOTER)
    with document(out, _WIDTH, _HEIGHT, title=_("Day list"), author=sheet.centre) as page:
        for at, strips in enumerate(filled, start=1):
            _draw_title(page, sheet) if at == 1 else _draw_running_header(page, sheet)
            draw_strips(page, strips, _HEIGHT - (_HEADER if at == 1 else _RUNNING_HEADER))
            _draw_footer(page, sheet, _("Page {page} of {pages}").format(page=at, pages=len(filled)))
            page.showPage()
    return out.getvalue()


def _strips(sheet: DaySheet) -> Iterator[Strip]:
    yield from _rooms(sheet.bookings)
    yield from _guests(sheet)


def _rooms(bookings: Sequence[DayBooking]) -> Iterator[Strip]:
    if not bookings:
        yield rows.notice(_("No room is booked on this day."))
        return
    count = ngettext("{count} booking", "{count} bookings", len(bookings)).format(count=number(len(bookings)))
    above = (rows.zone_title(_("Rooms"), count), day_rows.room_columns())
    yield from above
    for room, own in groupby(bookings, key=lambda booking: booking.room):
        yield from _room(room or _("Room not known"), list(own), above)


def _room(name: str, bookings: Sequence[DayBooking], above: tuple[Strip, ...]) -> Iterator[Strip]:
    yield rows.room_title(name, "", above)
    headings = (*above, rows.room_title(_("{room} (continued)").format(room=name), "", ()))
    for booking in bookings:
        title = _("Not firm: {title}").format(title=booking.title) if booking.tentative else booking.title
        row = day_rows.Use(booking.time, title, booking.organisation, _people(booking.people))
        yield day_rows.use(row, headings)


def _guests(sheet: DaySheet) -> Iterator[Strip]:
    if not sheet.guests:
        yield rows.notice(_("Nobody is expected on this day."))
        return
    headings = (rows.zone_title(_("Expected visitors"), _people(sheet.total)), day_rows.guest_columns())
    yield from headings
    for guest in sheet.guests:
        row = day_rows.Guest(
            at=guest.at,
            name=guest.name,
            note=" · ".join(guest.needs),
            people=_people(guest.people) if guest.people > 1 else "",
            room=guest.room,
            host=guest.host,
            is_ticked=guest.has_come,
        )
        yield day_rows.guest(row, headings)


def _people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=number(count))


def _draw_title(page: Canvas, sheet: DaySheet) -> None:
    """The title, the day, and how many are expected on it."""
    top, bold = _HEIGHT - 14 * MM, Weight.SEMIBOLD
    fitted = partial(draw_fitted, page, rows.LEFT, width=125 * MM)
    draw(page, rows.LEFT, top - 8 * MM, capitals(_("Day list")), 27, weight=Weight.BOLD)
    fitted(top - 14.5 * MM, sheet.on, sizes=(13, 11), weight=bold)
    fitted(top - 19.5 * MM, sheet.open, sizes=(11, 9.5))
    draw(page, rows.RIGHT, top - 10 * MM, number(sheet.total), 38, weight=Weight.BOLD, align=Align.RIGHT)
    expected = ngettext("person expected", "people expected", sheet.total)
    draw(page, rows.RIGHT, top - 16 * MM, expected, 11, weight=bold, align=Align.RIGHT)


def _draw_running_header(page: Canvas, sheet: DaySheet) -> None:
    y = _HEIGHT - 13 * MM
    draw(page, rows.LEFT, y, _("Day list"), 11, weight=Weight.BOLD)
    draw(page, rows.RIGHT, y, sheet.on, 9, align=Align.RIGHT)


def _draw_footer(page: Canvas, sheet: DaySheet, pages_said: str) -> None:
    colour(page)
    page.setLineWidth(0.5)
    page.line(rows.LEFT, 12.5 * MM, rows.RIGHT, 12.5 * MM)
    as_of = _("As of {time}").format(time=sheet.as_of)
    said = " · ".join(part for part in (sheet.centre, as_of, sheet.by) if part)
    draw_fitted(page, rows.LEFT, 8.5 * MM, said, width=150 * MM, sizes=(8, 7))
    draw(page, rows.RIGHT, 8.5 * MM, pages_said, 9, weight=Weight.SEMIBOLD, align=Align.RIGHT)
