"""What the card of a booking says, line by line. Pure: a booking in, words out."""

from __future__ import annotations

from civicdesk.desk.booking_detail import Detail
from civicdesk.desk.fields import phone_as_dialled
from civicdesk.models import Booking, BookingState
from civicdesk.text import _, clock, day, local, ngettext, number
from civicdesk.ui.booking_words import booking_state_words, kind_tone, kind_words, layout_words
from civicdesk.ui.pages.rooms.rule_words import rule_words

ICONS = {
    "who": "building-2",
    "when": "clock",
    "where": "door-open",
    "people": "users",
    "actual": "play",
    "layout": "armchair",
    "equipment": "package",
    "contact": "phone",
    "series": "refresh-cw",
    "note": "file-text",
    "why": "info",
}
"""Every line of the card, in its order."""

_STATE_PILLS = {
    BookingState.TENTATIVE: ("warn", "circle-help"),
    BookingState.CONFIRMED: ("ok", "circle-check"),
    BookingState.NO_SHOW: ("warn", "user-round-x"),
    BookingState.CANCELLED: ("", "circle-x"),
    BookingState.SKIPPED: ("", "ban"),
    BookingState.RELEASED: ("", "ban"),
    BookingState.CLASH: ("bad", "triangle-alert"),
}


def title(booking: Booking) -> str:
    """What the booking is called; the organisation if nobody named it."""
    return booking.title or (booking.organisation.name if booking.organisation else "")


def state(detail: Detail) -> tuple[str, str, str]:
    """Words, tone and icon of how it stands now."""
    if detail.seems_empty:
        return _("Nobody came?"), "warn", "circle-help"
    if detail.is_held and detail.is_on:
        return _("Now"), "ok", "play"
    if detail.is_held and detail.is_over:
        return _("Over"), "", "check"
    known = detail.booking.state in _STATE_PILLS
    tone, icon = _STATE_PILLS[BookingState(detail.booking.state)] if known else ("", "")
    return booking_state_words(detail.booking.state), tone, icon


def kind(booking: Booking) -> tuple[str, str]:
    """Words and tone of what takes place."""
    return kind_words(booking.kind), kind_tone(booking.kind)


def facts(detail: Detail) -> dict[str, str]:
    """Every line, empty where there is nothing to say."""
    booking = detail.booking
    names = [booking.organisation.name] if booking.organisation else []
    layout = layout_words(booking.layout)
    return {
        "who": ", ".join([*names, *(partner.name for partner in detail.partners)]),
        "when": _when(booking),
        "where": booking.room.name if booking.room else "",
        "people": _people(detail),
        "actual": _actual(booking),
        "layout": layout,
        "equipment": ", ".join(f"{number(count)} × {name}" for name, count in detail.equipment),
        "contact": " · ".join(filter(None, (booking.contact_name, phone_as_dialled(booking.contact_phone)))),
        "series": _series(detail),
        "note": booking.note,
        "why": booking.why,
    }


def fallen(booking: Booking) -> tuple[str, str]:
    """A day that a series lost, and why."""
    on = day(local(booking.starts_at).date(), "d MMMM EEEE")
    return on, booking.why or booking_state_words(booking.state)


def question(detail: Detail) -> str:
    """What the booking asks the desk."""
    if detail.booking.state == BookingState.CLASH:
        rival = detail.rival
        if rival is None:
            return _("Two desks gave this room away at the same time. It is free again now.")
        words = _("Two desks gave this room away at the same time. “{}” has it now. Which one stays?")
        return words.format(title(rival))
    return _("It began at {}, and nobody is in the room that the desk knows of.").format(
        clock(detail.booking.starts_at)
    )


def _when(booking: Booking) -> str:
    on = day(local(booking.starts_at).date(), "d MMMM yyyy EEEE")
    lines = [f"{on}, {clock(booking.starts_at)}–{clock(booking.ends_at)}"]
    if booking.setup_minutes:
        lines.append(_("{} minutes before to set up").format(booking.setup_minutes))
    if booking.clear_minutes:
        lines.append(_("{} minutes after to clear").format(booking.clear_minutes))
    return "\n".join(lines)


def _people(detail: Detail) -> str:
    booking = detail.booking
    if booking.guests is not None:
        return _("{guests} came, {people} were booked").format(
            guests=number(booking.guests), people=number(booking.people)
        )
    booked = ngettext("{} person booked", "{} people booked", booking.people).format(number(booking.people))
    if detail.is_on:
        return _("{now} in the room now, {booked}").format(now=number(detail.people_now), booked=booked)
    return booked


def _actual(booking: Booking) -> str:
    said = []
    if booking.started_at is not None:
        said.append(_("Began at {}").format(clock(booking.started_at)))
    if booking.ended_at is not None:
        said.append(_("ended at {}").format(clock(booking.ended_at)))
    if booking.released_at is not None:
        said.append(_("room free since {}").format(clock(booking.released_at)))
    return ", ".join(said)


def _series(detail: Detail) -> str:
    if detail.series is None:
        return ""
    place = _("{place} of {of}").format(place=number(detail.place), of=number(detail.of))
    return f"{rule_words(detail.series.rule, detail.series.starts_on)}, {place}"
