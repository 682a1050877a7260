"""Suggestions, key by key, among a town's people, beside the bare look-up in the index of names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

from civicdesk.database import Database
from civicdesk.desk import people
from tests.bench import centres
from tests.bench.rows import Row, Times, timed, within

_NAMES, _QUICK_NAMES = 60, 15
_BARE = "SELECT rowid FROM visitor_search WHERE visitor_search MATCH ? ORDER BY rowid DESC LIMIT 6"


def rows(*, quick: bool) -> Iterator[Row]:
    for scale, many in centres.PEOPLE.items():
        file = centres.centre(scale)
        names = names_to_type(file, _QUICK_NAMES if quick else _NAMES)
        yield from _measure(file, many, names)


def names_to_type(file: Path, count: int) -> list[str]:
    """Names as people type them: of visitors from all over the file, in small letters."""
    connection = sqlite3.connect(file)
    (last,) = connection.execute("SELECT max(rowid) FROM visitor").fetchone()
    picked = [Random(n).randrange(1, last) for n in range(count)]
    query = "SELECT name FROM visitor WHERE rowid >= ? LIMIT 1"
    names = [connection.execute(query, (row,)).fetchone()[0].lower() for row in picked]
    connection.close()
    return names


def keys(name: str) -> list[str]:
    """What stands in the field after each key, from the third on."""
    return [name[:end] for end in range(people.LEAST_LETTERS, len(name) + 1)]


def _measure(file: Path, many: int, names: Sequence[str]) -> Iterator[Row]:
    database, bare = Database(file), sqlite3.connect(file)

    def suggest(typed: str) -> None:
        with database.read() as session:
            people.suggest(session, typed)

    def look_up(typed: str) -> None:
        match = " ".join(f'"{word}"*' for word in people.fold(typed).split())
        bare.execute(_BARE, (match,)).fetchall()

    limit = _times(look_up, names)
    road = f"suggestions per key, {many:,} people"
    bare_is = "bare FTS5 prefix query"
    yield within(f"{road}: rows", _times(suggest, names), p99=5, limit=limit, limit_is=bare_is)
    slips = [_slip(name) for name in names]
    yield within(
        f"{road}: rows, one slip of the finger", _times(suggest, slips), p99=5, limit=limit, limit_is=bare_is
    )
    database.close()
    bare.close()


def _times(look: Callable[[str], None], names: Sequence[str]) -> Times:
    look("abc")
    return [timed(partial(look, typed)) for name in names for typed in keys(name)]


def _slip(name: str) -> str:
    """The same name with the fourth letter wrong."""
    return name[:3] + ("x" if name[3:4] != " " else " x") + name[4:]
