"""The list of a day on A4: the rooms with what is on in them, then who is expected, by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from civicdesk.printing import day_rows
from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing.flow import Strip
from civicdesk.printing.list_frame import ListFrame, list_pdf
from civicdesk.text import _, ngettext, number


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
    frame = ListFrame(
        title=_("Day list"),
        on=sheet.on,
        second=sheet.open,
        total=sheet.total,
        counted=ngettext("person expected", "people expected", sheet.total),
        centre=sheet.centre,
        as_of=sheet.as_of,
        by=sheet.by,
    )
    return list_pdf(frame, _strips(sheet))


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
