"""A backup put back: opened beside the desk's file, looked through, and only then put in its place.

A file that was there before is moved aside, never written over. What was restored is an old copy: the hub takes it
for a desk of its own from then on, so nothing that either of them has is lost.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from civicdesk.backup import places, sealing
from civicdesk.database import Database, examine, move_aside
from civicdesk.errors import Unavailable
from civicdesk.text import _

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

Tell = Callable[[int], bool]
_BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True)
class Restored:
    """Whose file it is; `aside` is where the file went that was there before."""

    centre: str
    aside: Path | None


def restore(
    backup: Path, identity: Identity, to: Path, *, at: datetime, tell: Tell = lambda _done: True
) -> Restored:
    """Put a backup in the place of the desk's file.

    Refuses `wrong_key`. Raises Unavailable for a backup that is damaged, of a newer CivicDesk or does not fit on the
    disk, and Stopped; what was there before then stands as it stood.
    """
    part = to.with_name(f"{to.name}.restoring")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _open(backup, identity, part, tell)
        examine(part)
        centre = _prepare(part)
        aside = move_aside(to, at)
        part.replace(to)
    except OSError as error:
        raise Unavailable(places.cannot_write(to.parent, error)) from error
    finally:
        for ending in _BESIDE:
            part.with_name(part.name + ending).unlink(missing_ok=True)
    return Restored(centre, aside)


def _open(backup: Path, identity: Identity, part: Path, tell: Tell) -> None:
    if not backup.is_file():
        raise Unavailable(
            _("There is no backup at {}. Plug in the stick or connect the share.").format(backup)
        )
    with part.open("wb") as out:
        sealing.unseal(backup, identity, out.write, tell)
        out.flush()
        os.fsync(out.fileno())
    with closing(sqlite3.connect(part)) as copy:
        try:
            is_whole = copy.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            is_whole = False
    if not is_whole:
        raise Unavailable(sealing.damaged())


def _prepare(part: Path) -> str:
    """Ask about papers that waited for a printer then, before they come out once more; whose file it is."""
    database = Database(part)
    database.prepare()
    database.close()
    with closing(sqlite3.connect(part)) as copy, copy:
        copy.execute("UPDATE print_job SET state = 'unsure' WHERE state IN ('waiting', 'sending')")
        centre = copy.execute("SELECT name FROM centre LIMIT 1").fetchone()
    with closing(sqlite3.connect(part)) as copy:
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy.execute("PRAGMA journal_mode=DELETE")
    return centre[0] if centre else ""
