"""What needs attention, in words: one line each, with the steps that settle it. Pure: what was read in, lines out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from civicdesk.desk.second_calls import Call
from civicdesk.desk.today import Today
from civicdesk.desk.today_matters import Clash
from civicdesk.desk.waiting import Offer
from civicdesk.models import Booking
from civicdesk.text import _, clock, day, local, ngettext, number
from civicdesk.ui.pages.today.matter import Matter, Step
from civicdesk.ui.pages.today.post_matters import post_matters

__all__ = ["ByHand", "Matter", "Step", "matters"]

_OFFERED = 5
_CLASHES = 5

_ACTS = (
    ("messages", "messages"),
    ("loans", "loans"),
    ("mail", "emails"),
    ("members", "members"),
    ("reports", "reports"),
    ("backup", "backup"),
    ("settle", "settle"),
    ("hub", "hub"),
)
"""What a matter of a topic opens."""

ByHand = tuple[str, str, str, str]
"""A matter the page does not read itself: icon, tone, title, second line."""


def matters(seen: Today, by_hand: Mapping[str, Sequence[ByHand]]) -> list[Matter]:
    """Everything that needs attention, what cannot wait first."""
    found = [Matter(*each) for each in by_hand.get("desk", ())]
    found += [Matter(*each, act="queue") for each in by_hand.get("paper", ())]
    for topic, act in _ACTS:
        found += [Matter(*each, act=act) for each in by_hand.get(topic, ())]
    if seen.muster is not None:
        title = _("A drill is running") if seen.muster.is_drill else _("An evacuation is running")
        found.append(Matter("siren", "bad", title, _("open the list"), act="evacuation"))
    found += post_matters(seen)
    found += [_clash(clash) for clash in seen.matters.clashes[:_CLASHES]]
    found += [_nobody(booking) for booking in seen.nobody]
    found += _full(seen)
    found += [_offer(offer, seen) for offer in seen.matters.offers[:_OFFERED]]
    found += [_call(call) for call in seen.matters.calls]
    found += _late(seen)
    found += _wishes(seen)
    return [*found, _inside(seen)]


def _clash(clash: Clash) -> Matter:
    booking = clash.booking
    names = [_who(booking), *([_who(clash.rival)] if clash.rival else [])]
    second = " · ".join((_room(booking), _when(booking), " / ".join(names)))
    return Matter(
        "triangle-alert", "bad", _("Two bookings for one room"), second, act="settle",
        key=booking.id.hex,
    )  # fmt: skip


def _nobody(booking: Booking) -> Matter:
    second = _("{} · since {} · {}").format(_room(booking), clock(booking.starts_at), _who(booking))
    return Matter(
        "user-round-x", "warn", _("Nobody came?"), second, act="room_row", subject=booking.id,
        key=booking.id.hex,
    )  # fmt: skip


def _full(seen: Today) -> list[Matter]:
    if seen.inside < seen.capacity:
        return []
    second = _("{} of {} are inside").format(number(seen.inside), number(seen.capacity))
    return [Matter("triangle-alert", "bad", _("The building is full"), second)]


def _offer(offer: Offer, seen: Today) -> Matter:
    wish = offer.waiting
    who = wish.organisation.name if wish.organisation else wish.title
    on, today = local(wish.starts_at).date(), local(seen.at).date()
    times = f"{clock(wish.starts_at)}–{clock(wish.ends_at)}"
    when = times if on == today else f"{day(on, 'd MMMM EEE')} {times}"
    people = ngettext("{} person", "{} people", wish.people).format(number(wish.people))
    second = _("First on the waiting list: {who}").format(who=" · ".join((who, people)))
    steps = (
        Step(
            "take", _("Book it"), "primary", _("Book {room} for {who}").format(room=offer.room.name, who=who)
        ),
        Step("next", _("Ask the next"), spoken=_("{who} does not want it").format(who=who)),
        Step("leave", _("Leave it"), spoken=_("Leave the wish of {who} for now").format(who=who)),
    )
    title = _("{room} is free: {when}").format(room=offer.room.name, when=when)
    return Matter("clock", "info", title, second, steps=steps, subject=offer, key=wish.id.hex)


def _call(call: Call) -> Matter:
    words = _("{who}: the second call holds {room} on {when}.")
    second = words.format(who=_who(call.first), room=_room(call.second), when=_when(call.second))
    steps = (
        Step("quorum", _("Yes, free it"), "primary", _("There was a quorum: free the second call")),
        Step("needed", _("No, keep it"), spoken=_("There was no quorum: keep the second call")),
    )
    title = _("Was there a quorum?")
    return Matter("users-round", "accent", title, second, steps=steps, subject=call, key=call.second.id.hex)


def _late(seen: Today) -> list[Matter]:
    if not seen.late:
        return []
    title = ngettext("{} expected visitor is late", "{} expected visitors are late", seen.late)
    return [Matter("clock", "warn", title.format(seen.late), _("see who"), act="expected")]


def _wishes(seen: Today) -> list[Matter]:
    count = seen.matters.wishes
    if not count:
        return []
    title = ngettext("{} wish for a room waits", "{} wishes for a room wait", count).format(number(count))
    return [Matter("list-checks", "primary", title, _("see the waiting list"), act="waiting")]


def _inside(seen: Today) -> Matter:
    second = people = ngettext("{} person", "{} people", seen.inside).format(number(seen.inside))
    if seen.needing_help:
        helped = ngettext("{} needs assistance", "{} need assistance", seen.needing_help)
        second = f"{people} · {helped.format(seen.needing_help)}"
    button = Step("print_list", _("Print"), spoken=_("Print the evacuation list"))
    return Matter("siren", "primary", _("List of who is inside"), second, act="evacuation", button=button)


def _who(booking: Booking) -> str:
    return booking.organisation.name if booking.organisation else booking.title


def _room(booking: Booking) -> str:
    return booking.room.name if booking.room else ""


def _when(booking: Booking) -> str:
    return f"{day(local(booking.starts_at).date(), 'd MMMM')} {clock(booking.starts_at)}"
