"""The lines of an iCalendar file: unfolded, cut into blocks, read one by one, so that a broken one harms no other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from civicdesk.desk import tables_in

_FOLD = re.compile(rb"\r?\n[ \t]")
_ENDS = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[^:;\"]+=(?:\"[^\"]*\"|[^\";:])*)*):(.*)")
_PARAM = re.compile(r";([^:;\"=]+)=(\"[^\"]*\"|[^\";:]*)")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_BLOCKS = ("VEVENT", "VTIMEZONE")


@dataclass(frozen=True)
class Line:
    """One property: its name, what is said about it, and its value as it is written."""

    name: str
    value: str
    params: Mapping[str, str]


@dataclass
class Block:
    """An event or a zone, with its own lines; what stands inside an event's alarm is not its own."""

    name: str
    lines: list[Line] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)

    def raw(self) -> str:
        """The block as it stands in the file, each line whole."""
        return "\r\n".join(self.whole) + "\r\n"


def blocks(raw: bytes) -> list[Block]:
    """The events and zones of a file in its order; what is cut off in the middle still counts."""
    found: list[Block] = []
    inside: list[str] = []
    # unfolded while it is still bytes: some programs cut in the middle of a letter
    for text in _ENDS.split(tables_in.decoded(_FOLD.sub(b"", raw) if b"\x00" not in raw[:200] else raw)):
        line = parsed(text)
        if line is None:
            continue
        name = line.value.strip().upper()
        if line.name == "BEGIN":
            if name in _BLOCKS:
                found.append(Block(name))
                inside = []
            inside.append(name)
        if found and inside:
            found[-1].whole.append(text)
            if len(inside) == 1 and line.name not in ("BEGIN", "END"):
                found[-1].lines.append(line)
        if line.name == "END" and name in inside:
            del inside[inside.index(name) :]
    return found


def parsed(text: str) -> Line | None:
    """A line, or None for one that is none."""
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    params = {name.upper(): value.strip('"') for name, value in _PARAM.findall(found[2])}
    return Line(found[1].upper(), found[3], params)


def unescaped(value: str) -> str:
    r"""Text as it is meant: `\,` is a comma and `\n` a new line."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
