"""One backup: copied while the desk works on, looked through, sealed, read back, and only then given its name."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from civicdesk.backup import keys, places, rotation, sealing
from civicdesk.backup.sealing import Stopped
from civicdesk.database import examine
from civicdesk.errors import Unavailable
from civicdesk.text import _

__all__ = ["Stopped", "Taken", "Tell", "take", "take_everywhere"]

Tell = Callable[[int, int], bool]
"""Hears how much of how much is done; False stops the work, and nothing of it is left."""

_COPY = "civicdesk-copy-"
_BUSY_S = 10.0


@dataclass(frozen=True)
class Taken:
    """A backup that was read back and found whole: where it lies, its size in bytes, how many rows are in it."""

    file: Path
    at: datetime
    size: int
    rows: int


def take_everywhere(
    source: Path,
    to: tuple[Path, ...],
    recipient: str,
    desk: str,
    *,
    at: datetime,
    tell: Tell = lambda _done, _of: True,
) -> dict[Path, Taken | Unavailable]:
    """Take one copy of the desk's file and seal it into every place; what became of each.

    A place that is away takes nothing from the others. Raises Stopped, and Unavailable where the desk's own file
    cannot be copied or is damaged: then no old backup is touched.
    """
    open_ones, outcomes = _open_ones(source, to)
    if not open_ones:
        return outcomes
    with _copied(source) as copied:
        steps = _Steps(tell, total=2 * len(open_ones) * copied.path.stat().st_size)
        for place in open_ones:
            try:
                outcomes[place] = _put(copied, place, places.file_name(desk, at), recipient, steps)
                _let_old_ones_go(place, desk, at)
            except OSError as error:
                outcomes[place] = Unavailable(places.cannot_write(place, error))
            except Unavailable as trouble:
                outcomes[place] = trouble
    return outcomes


def take(source: Path, place: Path, recipient: str, desk: str, *, at: datetime) -> Taken:
    """Take a backup into one place. Raises Unavailable."""
    outcome = take_everywhere(source, (place,), recipient, desk, at=at)[place]
    if isinstance(outcome, Unavailable):
        raise outcome
    return outcome


@dataclass(frozen=True)
class _Copied:
    path: Path
    rows: int


class _Steps:
    """How far it is, over sealing and reading back in every place."""

    def __init__(self, tell: Tell, total: int) -> None:
        self._tell, self._total = tell, max(total, 1)
        self._before = 0

    def told(self, done: int) -> bool:
        return self._tell(min(self._before + done, self._total), self._total)

    def next(self, size: int) -> None:
        self._before += size


def _open_ones(source: Path, to: tuple[Path, ...]) -> tuple[list[Path], dict[Path, Taken | Unavailable]]:
    """The places that can take it, and what is wrong with the others."""
    fit: list[Path] = []
    outcomes: dict[Path, Taken | Unavailable] = {}
    for place in to:
        try:
            # what is packed is smaller, but how much smaller nobody knows before
            places.check(place, source.stat().st_size)
            fit.append(place)
        except OSError as error:
            outcomes[place] = Unavailable(places.cannot_write(place, error))
        except Unavailable as trouble:
            outcomes[place] = trouble
    return fit, outcomes


@contextmanager
def _copied(source: Path) -> Iterator[_Copied]:
    """A copy beside the file itself, as safe as that is, for as long as the block lasts."""
    for left in source.parent.glob(f"{_COPY}*"):
        left.unlink(missing_ok=True)  # of a power cut
    try:
        with tempfile.NamedTemporaryFile(dir=source.parent, prefix=_COPY, delete=False) as made:
            path = Path(made.name)
    except OSError as error:
        raise Unavailable(_no_room()) from error
    try:
        yield _Copied(path, _copy(source, path))
    finally:
        for leftover in source.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)


def _copy(source: Path, path: Path) -> int:
    """Copy the file as it stands at one instant and look through the copy; how many rows are in it."""
    try:
        with closing(_read_only(source)) as original, closing(sqlite3.connect(path)) as copy:
            original.execute("BEGIN")  # the counts are of the same instant
            wanted = _counts(original)
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            _look_through(copy, wanted)
        examine(path)
    except sqlite3.DatabaseError as error:
        raise Unavailable(_no_room() if "full" in str(error) else _source_damaged()) from error
    return sum(wanted.values())


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_S)


def _look_through(copy: sqlite3.Connection, wanted: Mapping[str, int]) -> None:
    said = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if said != ("ok",) or _counts(copy) != wanted:
        raise Unavailable(_source_damaged())


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables}


def _put(copied: _Copied, place: Path, name: str, recipient: str, steps: _Steps) -> Taken:
    """Seal the copy into a place and read it back."""
    size = copied.path.stat().st_size
    part = place / f"{name}.part"
    once = keys.read(keys.make())  # opens this one backup for a moment, so that the real key need not be here
    try:
        sealed = sealing.seal(copied.path, part, [keys.recipient(recipient), once.to_public()], steps.told)
        steps.next(size)
        read_back = sealing.unseal(part, once, lambda _piece: None, steps.told)
        steps.next(size)
        if read_back != sealed:
            raise Unavailable(sealing.damaged())
        done = places.settle(part, name)
    finally:
        part.unlink(missing_ok=True)
    return Taken(done, places.taken_at(done), done.stat().st_size, copied.rows)


def _let_old_ones_go(place: Path, desk: str, at: datetime) -> None:
    for old in rotation.outdated(places.backups(place, places.slug(desk)), at=at):
        old.unlink(missing_ok=True)


def _no_room() -> str:
    return _("There is no room for a copy beside the desk's own file. Free some space on this computer.")


def _source_damaged() -> str:
    return _("The database file is damaged. Restore the latest backup; do not write to this file.")
