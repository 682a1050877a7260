"""What came from a reader: the code, how it came, and how the reader is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST = 5_000
"""Characters of a code that are kept; no code of ours is near."""

_SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z](?!$)")
"""What some readers put before a code to say what it was printed as: ]Q3 for a QR code (AIM identifiers)."""

_CHARACTERS = re.compile(r"\\[0-9]{6}")
"""What some readers put in to say which letters follow: \\000026 for UTF-8 (extended channel interpretation)."""

_CONTROLS = "".join(map(chr, (*range(32), 127)))


class Way(StrEnum):
    """How a code came in. The word is what stands in the row of a scan."""

    KEYBOARD = "keyboard"
    SERIAL = "serial"
    CAMERA = "camera"


class State(StrEnum):
    """How a reader is."""

    WORKING = "working"
    OPENING = "opening"
    AWAY = "away"
    TAKEN = "taken"
    FORBIDDEN = "forbidden"
    STUCK = "stuck"
    MISSING = "missing"


@dataclass(frozen=True)
class ReaderState:
    """A reader of this desk, how it is, and since when."""

    way: Way
    name: str
    state: State
    since: datetime

    @property
    def device(self) -> str:
        """What stands in the row of a scan."""
        return device(self.way, self.name)


@dataclass(frozen=True)
class Reading:
    """One code as it came: which reader, how fast, and what stood around it.

    `raw` is what the computer understood, `sent` what a reader that types meant by it, prefix and all.
    `gap_ms` is the longest pause between two characters, None where a reader has none. `end` is what ended the code:
    enter, tab, or nothing but a pause. A reading that was `missed` went to a field, for a person may have typed it.
    """

    text: str
    raw: str
    way: Way
    name: str = ""
    sent: str = ""
    gap_ms: int | None = None
    end: str = ""
    has_prefix: bool = False
    is_missed: bool = False

    @property
    def device(self) -> str:
        """What stands in the row of a scan."""
        return device(self.way, self.name)


def device(way: Way, name: str) -> str:
    """A reader's name in the row of a scan: `serial /dev/ttyACM0`."""
    return f"{way.value} {name}".strip()


def bare(sent: str, prefix: str = "") -> str:
    """A code without what the reader puts around it: its prefix, marks of the kind of code, control characters."""
    text = sent.strip(_CONTROLS).removeprefix(prefix)
    marked = _SYMBOLOGY.match(text)
    if marked:
        text = text[marked.end() :].removeprefix(prefix)
        text = _CHARACTERS.sub("", text, count=1) if _CHARACTERS.match(text) else text
    elif _CHARACTERS.match(text):
        text = text[7:]
    return text.strip(_CONTROLS)[:LONGEST]
