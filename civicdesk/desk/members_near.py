"""Organisations whose names are nearly the same: a slip of the finger, another order of the words."""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from civicdesk.desk.members_table import stem
from civicdesk.text import _

_LEAST, _LONG = 5, 10


class Near:
    """Names as they come, found again by those that resemble them. Only names of one kind are compared."""

    def __init__(self) -> None:
        self._by_length: dict[tuple[str, int], list[str]] = {}
        self._names: dict[tuple[str, str], str] = {}

    def add(self, name: str, kind: str, row: int | None = None) -> None:
        """Know a name from now on; `row` if it stands in the file itself."""
        own = stem(name, kind)
        if (kind, own) not in self._names:
            self._by_length.setdefault((kind, len(own)), []).append(own)
            said = name if row is None else _("{name} (row {row})").format(name=name, row=row)
            self._names[kind, own] = said

    def find(self, name: str, kind: str) -> str:
        """A name that this one resembles, or nothing."""
        own = stem(name, kind)
        if same := self._names.get((kind, own)):
            return same
        slips = 0 if len(own) < _LEAST else 1 if len(own) < _LONG else 2
        for length in range(len(own) - slips, len(own) + slips + 1) if slips else ():
            choices = self._by_length.get((kind, length), ())
            found = process.extractOne(own, choices, scorer=OSA.distance, score_cutoff=slips)
            if found and _digits(found[0]) == _digits(own):
                return self._names[kind, found[0]]
        return ""


def _digits(text: str) -> list[str]:
    """“1. Bölge” and “2. Bölge” are not one slip apart but two bodies."""
    return re.findall(r"\d+", text)
