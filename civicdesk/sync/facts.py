"""How two copies of a fact become one: it is never rewritten, but what tells of a person may be emptied for good."""

from __future__ import annotations

from collections.abc import Mapping

from civicdesk.sync.groups import Travelling
from civicdesk.sync.port import Value

_EMPTY: tuple[Value, ...] = ("", {"b64": ""})


def merged(
    one: Travelling, mine: Mapping[str, Value], theirs: Mapping[str, Value]
) -> dict[str, Value] | None:
    """The fact both copies tell of, emptied where one of them is; None when they tell of different things."""
    values = dict(theirs)
    for column, value in mine.items():
        if value == theirs.get(column):
            continue
        if column not in one.emptied or (value not in _EMPTY and theirs.get(column) not in _EMPTY):
            return None
        if value in _EMPTY:
            values[column] = value
    return values
