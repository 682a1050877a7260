"""The caretaker's list of a day on A4: room by room what is set up, for how many, with what, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing import setup_rows
from civicdesk.printing.flow import Strip
from civicdesk.printing.list_frame import ListFrame, list_pdf
from civicdesk.text import _, ngettext, number


@dataclass(frozen=True)
class SetupBooking:
    """What is on in a room, as text; `set_up` and `clear` are from when and until when, empty where nothing is."""

    room: str
    time: str
    title: str
    organisation: str = ""
    people: int = 1
    layout: str = ""
    set_up: str = ""
    clear: str = ""
    equipment: tuple[str, ...] = ()
    note: str = ""
    follows: str = ""
    tentative: bool = False


@dataclass(frozen=True)
class SetupSheet:
    """What the list says, as text: `on` the day, `open` its opening hours, `as_of` day and time of the printing."""

    centre: str
    on: str
    open: str
    as_of: str
    by: str
    bookings: Sequence[SetupBooking] = ()


def setup_list_pdf(sheet: SetupSheet) -> bytes:
    """The list as A4, as many pages as it takes; bookings come in the order of rooms and times."""
    count = len(sheet.bookings)
    frame = ListFrame(
        title=_("Set-up list"),
        on=sheet.on,
        second=sheet.open,
        total=count,
        counted=ngettext("booking on this day", "bookings on this day", count),
        centre=sheet.centre,
        as_of=sheet.as_of,
        by=sheet.by,
    )
    return list_pdf(frame, _strips(sheet))


def _strips(sheet: SetupSheet) -> Iterator[Strip]:
    if not sheet.bookings:
        yield rows.notice(_("No room is booked on this day."))
        return
    for room, own in groupby(sheet.bookings, key=lambda booking: booking.room):
        yield from _room(room or _("Room not known"), list(own))


def _room(name: str, bookings: Sequence[SetupBooking]) -> Iterator[Strip]:
    count = ngettext("{count} booking", "{count} bookings", len(bookings)).format(count=number(len(bookings)))
    yield rows.zone_title(name, count)
    headings = (rows.zone_title(_("{room} (continued)").format(room=name), ""),)
    for booking in bookings:
        yield setup_rows.setting(_row(booking), headings)


def _row(booking: SetupBooking) -> setup_rows.Row:
    people = ngettext("{count} person", "{count} people", booking.people).format(count=number(booking.people))
    return setup_rows.Row(
        time=booking.time,
        title=_("Not firm: {title}").format(title=booking.title) if booking.tentative else booking.title,
        organisation=booking.organisation,
        people=" · ".join(filter(None, (booking.layout, people))),
        set_up=_("Set up from {time}").format(time=booking.set_up) if booking.set_up else "",
        clear=_("Clear until {time}").format(time=booking.clear) if booking.clear else "",
        lines=tuple(
            filter(
                None,
                (
                    _("Bring: {}").format(", ".join(booking.equipment)) if booking.equipment else "",
                    _("Note: {}").format(booking.note) if booking.note else "",
                    _("Then: {}").format(booking.follows) if booking.follows else "",
                ),
            )
        ),
    )
