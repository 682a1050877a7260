"""The words and tones of bookings: their kinds, their states, how rooms are set up."""

from __future__ import annotations

from civicdesk.desk.booking_words import KIND_WORDS, class_words, kind_words, layout_words
from civicdesk.models import BookingState
from civicdesk.text import N_, _

__all__ = ["KINDS", "booking_state_words", "class_words", "kind_tone", "kind_words", "layout_words"]

_TONES: dict[str, str] = {
    "meeting": "info",
    "general_assembly": "accent",
    "workshop": "primary",
    "training": "primary",
    "panel": "primary",
    "conference": "primary",
    "strategy_workshop": "accent",
    "focus_group": "accent",
    "experience_sharing": "primary",
    "cultural": "info",
    "exhibition": "info",
    "rehearsal": "info",
}
KINDS: dict[str, tuple[str, str]] = {kind: (words, _TONES[kind]) for kind, words in KIND_WORDS.items()}
"""Every kind of booking the desk offers, with its tone, in the order of the form."""

_STATES: dict[str, str] = {
    BookingState.TENTATIVE: N_("Tentative"),
    BookingState.CONFIRMED: N_("Confirmed"),
    BookingState.NO_SHOW: N_("Nobody came"),
    BookingState.CANCELLED: N_("Cancelled"),
    BookingState.SKIPPED: N_("Skipped"),
    BookingState.CLASH: N_("Clash"),
    BookingState.RELEASED: N_("Not needed"),
}


def kind_tone(kind: str) -> str:
    """The tone in which a kind is drawn."""
    return KINDS[kind][1] if kind in KINDS else "info"


def booking_state_words(state: str) -> str:
    """How firm a booking is, or how it ended."""
    return _(_STATES.get(state, state))
