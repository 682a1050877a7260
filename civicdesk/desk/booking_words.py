"""The words for what happens in a room and how it is set up: on screens, on paper, in calendars."""

from __future__ import annotations

from civicdesk.models.furnishing import LayoutKind, RoomClass
from civicdesk.text import N_, _

KIND_WORDS: dict[str, str] = {
    "meeting": N_("Meeting"),
    "general_assembly": N_("General assembly"),
    "workshop": N_("Workshop"),
    "training": N_("Training"),
    "panel": N_("Panel"),
    "conference": N_("Conference"),
    "strategy_workshop": N_("Strategy workshop"),
    "focus_group": N_("Focus group"),
    "experience_sharing": N_("Experience sharing"),
    "cultural": N_("Cultural event"),
    "exhibition": N_("Exhibition"),
    "rehearsal": N_("Stage rehearsal"),
}
"""Every kind of booking the desk offers, in the order of the form."""

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
    return _(KIND_WORDS[kind]) if kind in KIND_WORDS else kind


def layout_words(layout: str) -> str:
    """How chairs and tables stand; nothing for the usual way."""
    return _(_LAYOUTS[layout]) if layout in _LAYOUTS else layout


def class_words(room_class: str) -> str:
    """What a room is for."""
    return _(_CLASSES.get(room_class, room_class))
