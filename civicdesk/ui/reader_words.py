"""Readers in words: how each is, and what to do if it is not well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from civicdesk.text import _, clock
from civicdesk.ui.reading import ReaderState, State, Way

_BY_URGENCY = (State.STUCK, State.TAKEN, State.FORBIDDEN, State.AWAY, State.MISSING)


@dataclass(frozen=True)
class StateWords:
    """A reader's state: a word with its tone and icon, a short form for the chip, and a sentence."""

    word: str
    tone: str
    icon: str
    chip: str
    sentence: str


def reader_name(way: Way, name: str) -> str:
    """What a clerk calls a reader."""
    if way is Way.SERIAL:
        return _("Reader on {port}").format(port=name)
    return _("Camera") if way is Way.CAMERA else _("Reader that types like a keyboard")


def worst(states: Sequence[ReaderState]) -> ReaderState | None:
    """The reader that needs somebody most, if one does."""
    troubled = [each for each in states if each.state in _BY_URGENCY]
    return min(troubled, key=lambda each: _BY_URGENCY.index(each.state), default=None)


def is_camera_on(states: Sequence[ReaderState]) -> bool:
    """Whether a camera looks at whoever stands before the desk."""
    return any(each.way is Way.CAMERA and each.state is State.WORKING for each in states)


def state_words(reader: ReaderState) -> StateWords:
    """How a reader is, and what now."""
    since = clock(reader.since)
    return {
        State.WORKING: lambda: _working(reader),
        State.OPENING: lambda: StateWords(_("Looking for it"), "info", "refresh-cw", _("Reader"), ""),
        State.AWAY: lambda: StateWords(
            _("Away since {time}").format(time=since),
            "bad",
            "unplug",
            _("Camera away") if reader.way is Way.CAMERA else _("Reader away"),
            _("It is not plugged in. Plug it in: it comes back by itself."),
        ),
        State.TAKEN: lambda: _taken(reader),
        State.FORBIDDEN: lambda: StateWords(
            _("Not allowed"),
            "bad",
            "ban",
            _("Reader not allowed"),
            _(
                "This user of the computer may not open the port. On Linux, add the user to the group “dialout” "
                "and sign in to the computer again."
            ),
        ),
        State.STUCK: lambda: StateWords(
            _("Stuck sending"),
            "warn",
            "triangle-alert",
            _("Reader stuck"),
            _(
                "It sends without end and is not listened to until it is quiet. Take away what lies in front of it, "
                "or unplug it."
            ),
        ),
        State.MISSING: lambda: StateWords(
            _("Parts missing"), "warn", "camera-off", _("No camera"), missing_extra()
        ),
    }[reader.state]()


def missing_extra() -> str:
    """How the camera's parts are got."""
    return _(
        "What a camera needs is not installed. Close CivicDesk and start it with “make run CAMERA=1”, or have "
        "“civicdesk[camera]” installed."
    )


def chip_tip(reader: ReaderState) -> str:
    """Which reader is meant, how it is, and what now: the tip of the chip."""
    said = state_words(reader)
    return f"{reader_name(reader.way, reader.name)}: {said.word}. {said.sentence}".strip()


def _working(reader: ReaderState) -> StateWords:
    if reader.way is Way.KEYBOARD:
        words = _("Nothing has to be set up; whether one is plugged in cannot be seen before it sends.")
        return StateWords(_("Listening"), "ok", "circle-check", "", words)
    if reader.way is Way.CAMERA:
        words = _("The camera is on. Its picture is looked at for codes and kept nowhere.")
        return StateWords(_("Camera on"), "ok", "camera", "", words)
    return StateWords(_("Working"), "ok", "circle-check", "", "")


def _taken(reader: ReaderState) -> StateWords:
    if reader.way is Way.CAMERA:
        words = _("The camera gives no picture. Most likely another program uses it: close that program.")
        return StateWords(_("No picture"), "bad", "camera-off", _("Camera: no picture"), words)
    words = _("Another program holds the port. Close that program: the reader comes back by itself.")
    return StateWords(_("Taken by another program"), "bad", "ban", _("Reader taken"), words)
