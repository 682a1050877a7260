"""Joining a hub, and leaving it: from then on changes are captured, and everything there is goes up or comes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from civicdesk.database import Database, in_the_clerks_words
from civicdesk.sync import capture, fork
from civicdesk.sync.file import DeskFile
from civicdesk.sync.port import HubPort
from civicdesk.sync.session import Outcome, Progress, never, sync, tell_nobody


def join(
    database: Database,
    hub: HubPort,
    *,
    tell: Callable[[Progress], None] = tell_nobody,
    is_given_up: Callable[[], bool] = never,
) -> Outcome:
    """Join a hub and sync for the first time: a file with rows sends all of them, an empty one reads all there is.

    May be called again after any interruption and goes on where it was; the desk can be worked at meanwhile. Raises
    what `sync` raises.
    """
    with in_the_clerks_words(), DeskFile(database) as file:
        if not file.state()["incarnation"]:
            at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            file.note(incarnation=uuid4().hex, joined_at=at)
        if not file.state()["is_enrolled"]:
            fork.enrol(file, hub)
    return sync(database, hub, tell=tell, is_given_up=is_given_up)


def leave(database: Database) -> None:
    """Belong to no hub any more. The rows stay; nothing is captured from now on."""
    with in_the_clerks_words(), DeskFile(database) as file, file.writing() as connection:
        capture.remove(connection)
        for table in _EMPTIED:
            connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE sync_clock SET node = 0, off_ms = 0")
        words = ", ".join(f"{name} = ''" for name in _WORDS)
        wholes = ", ".join(f"{name} = 0" for name in _WHOLES)
        none = ", ".join(f"{name} = NULL" for name in _TIMES)
        connection.execute(f"UPDATE sync_state SET {words}, {wholes}, {none}")


_EMPTIED = ("sync_cursor", "sync_inflight", "sync_inbox", "sync_quarantine", "sync_blob")
_WORDS = (
    "incarnation",
    "previous",
    "code",
    "chain",
    "inflight",
    "epoch",
    "new_epoch",
    "capture",
    "alarm",
    "trouble",
)
_WHOLES = (
    "is_enrolled",
    "is_recovering",
    "is_dropping",
    "tenant",
    "scope",
    "contract",
    "hi",
    "erased",
    "filed",
    "looked",
    "forks",
)
_TIMES = ("forked_at", "joined_at", "synced_at", "tried_at", "away_since")
