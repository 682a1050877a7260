"""How what travels between desks is kept at the hub: which column is of which type, and which name is which.

Times, days and ids stay the text that a desk keeps, so that what comes back is what was given, to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from civicdesk.sync.groups import Kind, Travelling
from civicdesk.sync.port import Value

_SAFE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_WHOLE: tuple[Kind, ...] = ("whole", "flag")


def in_order(tables: Iterable[Travelling]) -> list[Travelling]:
    """Rooms before what is claimed in them, the rest by name: the order in which a push is merged."""
    return sorted(tables, key=lambda one: (one.table != "room", one.table))


def type_of(kind: Kind) -> str:
    """The column's type in PostgreSQL."""
    if kind == "bytes":
        return "bytea"
    return "int8" if kind in _WHOLE else "text"


def quoted(name: str) -> str:
    """A name of a column, which may be a word of SQL; refused if it cannot stand there as it is."""
    return f'"{safe(name)}"'


def safe(name: str) -> str:
    """The name itself, made only of small letters, digits and underscores."""
    if not _SAFE.fullmatch(name):
        raise ValueError(f"{name} cannot be a name at the hub")
    return name


def literal(value: Value) -> str:
    """A value as a constant of SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return f"decode('{value['b64']}', 'base64')"
    return "'" + value.replace("'", "''") + "'"


def personal_groups(one: Travelling) -> Iterator[tuple[str, dict[str, Value]]]:
    """By group: what stands in its columns once the person is forgotten."""
    if one.personal is None:
        return
    for group, columns in one.groups.items():
        empty = {name: one.personal.empty[name] for name in columns if name in one.personal.empty}
        if empty:
            yield group, empty
