"""The words and tones of bookings: their kinds, their states, how rooms are set up."""

from __future__ import annotations

from civicdesk.models import BookingState
from civicdesk.models.furnishing import LayoutKind, RoomClass
from civicdesk.text import N_, _

KINDS: dict[str, tuple[str, str]] = {
    "meeting": (N_("Meeting"), "info"),
    "general_assembly": (N_("General assembly"), "accent"),
    "workshop": (N_("Workshop"), "primary"),
    "training": (N_("Training"), "primary"),
    "panel": (N_("Panel"), "primary"),
    "conference": (N_("Conference"), "primary"),
    "strategy_workshop": (N_("Strategy workshop"), "accent"),
    "focus_group": (N_("Focus group"), "accent"),
    "experience_sharing": (N_("Experience sharing"), "primary"),
    "cultural": (N_("Cultural event"), "info"),
    "exhibition": (N_("Exhibition"), "info"),
    "rehearsal": (N_("Stage rehearsal"), "info"),
}
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
_LAYOUTS: dict[str, str] = {
    LayoutKind.THEATRE: N_("Theatre"),
    LayoutKind.CLASSROOM: N_("Classroom"),
    LayoutKind.U_SHAPE: N_("U shape"),
    LayoutKind.BOARDROOM: N_("Boardroom"),
    LayoutKind.CABARET: N_("Round tables"),
    LayoutKind.STANDING: N_("Standing"),
}
_CLASSES: dict[str, str] = {
    RoomClass.HALL: N_("Hall"),
    RoomClass.MEETING: N_("Meeting room"),
    RoomClass.TRAINING: N_("Training room"),
    RoomClass.WORKSHOP: N_("Workshop room"),
    RoomClass.WORK_AREA: N_("Work area"),
}


def kind_words(kind: str) -> str:
    """What kind of event it is; a kind of a newer desk is shown as it is stored."""
    return _(KINDS[kind][0]) if kind in KINDS else kind


def kind_tone(kind: str) -> str:
    """The tone in which a kind is drawn."""
    return KINDS[kind][1] if kind in KINDS else "info"


def booking_state_words(state: str) -> str:
    """How firm a booking is, or how it ended."""
    return _(_STATES.get(state, state))


def layout_words(layout: str) -> str:
    """How chairs and tables stand; nothing for the usual way."""
    return _(_LAYOUTS[layout]) if layout in _LAYOUTS else layout


def class_words(room_class: str) -> str:
    """What a room is for."""
    return _(_CLASSES.get(room_class, room_class))
