"""What stands on the papers of rooms, taken from what the desk knows: the sign at a door, the caretaker's list."""

from __future__ import annotations

from datetime import datetime, timedelta

from civicdesk.desk.booking_words import kind_words, layout_words
from civicdesk.desk.room_day import RoomDay
from civicdesk.desk.setup_list import Setting, SetupDay
from civicdesk.models import Booking, BookingState, Centre
from civicdesk.printing.door_sign import DoorSign, SignLine
from civicdesk.printing.rolls import moment, opening
from civicdesk.printing.setup_list import SetupBooking, SetupSheet
from civicdesk.text import clock, day


def door_sign(centre: Centre, seen: RoomDay) -> DoorSign:
    """The sign for a booking; who asked not to be named stands on no door."""
    booking = seen.booking
    hosts = [_host(booking), *(each.name for each in seen.partners if not each.is_discreet)]
    title, host = _title(booking), " · ".join(filter(None, hosts))
    return DoorSign(
        room=booking.room.name if booking.room else "",
        zone=booking.room.zone if booking.room else "",
        on=day(seen.on),
        time=_span(booking),
        title=title,
        host="" if host == title else host,
        centre=centre.name,
        day=[_line(each, booking) for each in seen.bookings],
    )


def setup_sheet(centre: Centre, listed: SetupDay, by: str) -> SetupSheet:
    """The caretaker's list of a day."""
    return SetupSheet(
        centre=centre.name,
        on=day(listed.day.on),
        open=opening(listed.day),
        as_of=moment(listed.at),
        by=by,
        bookings=[_setting(setting, listed) for setting in listed.settings],
    )


def _line(booking: Booking, this: Booking) -> SignLine:
    """In a part of the room, or in the whole of which it is one, the line says where."""
    title = _title(booking)
    if booking.room is not None and booking.room_id != this.room_id:
        title = f"{booking.room.name}: {title}"
    host = _host(booking)
    return SignLine(_span(booking), title, "" if host == title else host, is_this=booking.id == this.id)


def _setting(setting: Setting, listed: SetupDay) -> SetupBooking:
    booking, follows = setting.booking, setting.follows
    begins = clock(max(booking.starts_at, listed.start))
    ends = "24:00" if booking.ends_at >= listed.end else clock(booking.ends_at)
    host = _host(booking)
    return SetupBooking(
        room=booking.room.name if booking.room else "",
        time=f"{begins}–{ends}",
        title=_title(booking),
        organisation="" if host == _title(booking) else host,
        people=booking.people,
        layout=layout_words(booking.layout),
        set_up=clock(setting.set_up_from) if booking.setup_minutes else "",
        clear=clock(setting.clear_until) if booking.clear_minutes else "",
        equipment=tuple(f"{count} × {name}" for name, count in setting.equipment),
        note=booking.note,
        follows=_follows(follows) if follows else "",
        tentative=booking.state == BookingState.TENTATIVE,
    )


def _follows(booking: Booking) -> str:
    """What comes next into the room: from when it is held, what it is, and how it is to stand."""
    held: datetime = booking.starts_at - timedelta(minutes=booking.setup_minutes)
    return " · ".join(filter(None, (clock(held), _title(booking), layout_words(booking.layout))))


def _span(booking: Booking) -> str:
    return f"{clock(booking.starts_at)}–{clock(booking.ends_at)}"


def _title(booking: Booking) -> str:
    return booking.title or _host(booking) or kind_words(booking.kind)


def _host(booking: Booking) -> str:
    organisation = booking.organisation
    return organisation.name if organisation and not organisation.is_discreet else ""
