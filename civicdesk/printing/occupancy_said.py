"""The words of the reports: figures and why they are missing, what each means, how a booking ended."""

from __future__ import annotations

from civicdesk.desk.day_figures import DayFigures, Figure, Why
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.models import BookingState
from civicdesk.printing.tables import NOTHING
from civicdesk.text import N_, _, clock, ngettext, number, percent

FEW = "<5"
"""Stands for a number of people that is too small to leave the centre."""
_WHY: dict[str, str] = {
    Why.BEFORE: N_("the desk kept nothing of this day"),
    Why.AHEAD: N_("the day has not come yet"),
    Why.CLOSED: N_("the centre is closed on this day"),
    Why.NO_ROOMS: N_("there is no room to be booked"),
    Why.NOBODY: N_("nobody came"),
    Why.NO_EVENTS: N_("no room was booked"),
    Why.NOT_COUNTED: N_("nobody was counted at the events"),
    Why.NOT_KEPT: N_("there is nothing to compare with yet"),
    Why.PARTLY: N_("only a part of those days was kept"),
    Why.FEW: N_("fewer than five people"),
}
_TOTALS: dict[str, str] = {
    "visitors": N_("visitors"),
    "peak": N_("most inside"),
    "used": N_("rooms in use"),
    "events": N_("events"),
    "no_shows": N_("nobody came"),
    "handed_over": N_("post handed over"),
}


def why_words(why: str) -> str:
    """Why a figure is missing."""
    return _(_WHY.get(why, why))


def total_words(key: str) -> str:
    """What one of the six totals is."""
    return _(_TOTALS.get(key, key))


def said(figure: Figure, *, is_share: bool = False) -> str:
    """A figure, or a dash."""
    if figure.value is None:
        return NOTHING
    return percent(figure.value) if is_share else number(round(figure.value, 1))


def complete_words(seen: OccupancyDay) -> str:
    """Until when the figures are complete, or why there are none."""
    if seen.complete_until is None:
        return _("No data: {why}").format(why=why_words(seen.figures.why))
    if seen.complete_until >= seen.figures.facts.ends:
        return _("Data complete for the whole day")
    return _("Data complete until {time}").format(time=clock(seen.complete_until))


def peak_words(figures: DayFigures) -> str:
    """The most people inside, and when."""
    seen = figures.peak_seen
    if seen is None:
        return ""
    words = ngettext(
        "most inside: {count} person, {time}", "most inside: {count} people, {time}", seen.people
    )
    return words.format(count=number(seen.people), time=clock(seen.at))


def state_words(state: str) -> str:
    """How a booking ended, if not as usual."""
    words = {
        BookingState.NO_SHOW: _("nobody came"),
        BookingState.CANCELLED: _("called off"),
        BookingState.TENTATIVE: _("not firm"),
    }
    return next((said_ for known, said_ in words.items() if known == state), "")


def definitions() -> str:
    """What each figure means, for the foot of the sheet."""
    return " ".join((*meanings(), _("Mean: of the same weekday of the four weeks before.")))


def meanings() -> tuple[str, ...]:
    """What each figure means, a sentence each, on every report."""
    return (
        _("Booked: booked minutes ÷ opening minutes of all rooms, idle ones too."),
        _("In use: minutes in use ÷ opening minutes, up to the time of the data."),
        _("Full: people who came ÷ seats, only while in use."),
        _("Utilisation: in use × full."),
        _("No-show rate: bookings nobody came to ÷ bookings whose time had come."),
        _("Visitors: entries by name, and people counted without a name; nobody counts twice at an event."),
        _("Most inside: the most people at once, with the quarter of an hour."),
        _("Only firm bookings count. A divided room counts by its parts, a work area by its seats."),
        _("Where no beginning or end was noted, the booked one stands in."),
    )
