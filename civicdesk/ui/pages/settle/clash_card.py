"""Two bookings for one room side by side, and the ways out: another room, this one, or the other one."""

from __future__ import annotations

from functools import partial

from civicdesk.desk.fields import phone_as_dialled
from civicdesk.desk.room_clashes import Made, RoomClash
from civicdesk.models import Booking
from civicdesk.text import _, clock, day, local, number
from civicdesk.ui import sync_words
from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.pages.rooms.booking_facts import title
from civicdesk.ui.pages.rooms.deeds import BookingDeeds
from civicdesk.ui.pages.settle.two_sides import Shown, TwoSides, Way
from civicdesk.ui.runner import wall_clock


def clash_card(clash: RoomClash, deeds: BookingDeeds, tap: OneTap) -> TwoSides:
    """The card of one clash; what it offers is done by `deeds`, and can be taken back from the notice."""
    lost, holder = clash.lost, clash.holder
    name = f"settle_{lost.id.hex}"
    room = lost.room.name if lost.room else ""
    card = TwoSides(_("Two bookings for one room: {}").format(room), _why(clash), tap, name=name)
    card.show_sides(
        (_("Has the room"), who_words(clash.holder_made) if holder else "—"),
        (_("Has no room"), who_words(clash.lost_made)),
        [Shown(name, shown if holder else "—", gone) for name, shown, gone in _rows(clash)],
    )
    ways = [
        Way(
            f"room_{place}",
            _("Move it to {}").format(free.name),
            "door-open",
            partial(deeds.give_room, lost, free),
        )
        for place, free in enumerate(clash.rooms, 1)
    ]
    if holder is None:
        ways.insert(0, Way("restore", _("Let it stand"), "check", partial(deeds.restore, lost)))
    else:
        ways += [
            Way("other_stays", _("The other one stays"), "check", partial(deeds.cancel, lost)),
            Way("this_stays", _("This one stays"), "undo-2", partial(deeds.let_other_go, lost, holder.id)),
        ]
    ways.append(Way("search", _("Another time or room"), "search", lambda: card.searched.emit(lost)))
    card.offer(ways)
    return card


def who_words(made: Made) -> str:
    """Who made it, at which desk, when."""
    when = sync_words.when_words(made.at, wall_clock()) if made.at else ""
    return " · ".join(filter(None, (made.by, made.desk, when))) or _("nobody knows who")


def _why(clash: RoomClash) -> str:
    if clash.holder is None:
        return _("Two desks gave this room away at the same time. It is free again now.")
    return _("Two desks gave this room away without knowing of each other. Who reached the hub first has it.")


def _rows(clash: RoomClash) -> list[tuple[str, str, str]]:
    other = clash.holder or clash.lost
    return [
        (name, say(other), say(clash.lost))
        for name, say in (
            (_("What"), title),
            (_("Organisation"), lambda booking: booking.organisation.name if booking.organisation else "—"),
            (_("When"), _when),
            (_("People"), lambda booking: number(booking.people)),
            (_("Contact"), _contact),
        )
    ]


def _when(booking: Booking) -> str:
    on = day(local(booking.starts_at).date(), "d MMMM EEEE")
    return f"{on}, {clock(booking.starts_at)}–{clock(booking.ends_at)}"


def _contact(booking: Booking) -> str:
    return " · ".join(filter(None, (booking.contact_name, phone_as_dialled(booking.contact_phone)))) or "—"
