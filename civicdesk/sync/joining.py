"""Joining a hub, and leaving it: from then on changes are captured, and everything there is goes up or comes down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from civicdesk.database import Database
from civicdesk.database_words import in_the_clerks_words
from civicdesk.errors import Refusal
from civicdesk.sync import capture, fork
from civicdesk.sync.file import DeskFile
from civicdesk.sync.groups import travelling
from civicdesk.sync.port import CONTRACT, Cell, HubPort
from civicdesk.sync.session import Outcome, Progress, never, sync, tell_nobody
from civicdesk.text import _


def join(
    database: Database,
    hub: HubPort,
    *,
    tell: Callable[[Progress], None] = tell_nobody,
    is_given_up: Callable[[], bool] = never,
) -> Outcome:
    """Join a hub and sync for the first time: a file with rows sends all of them, an empty one reads all there is.

    May be called again after any interruption and goes on where it was; the desk can be worked at meanwhile. Raises
    what `sync` raises; refuses `other_centre` where this file has a centre and the hub another one.
    """
    with in_the_clerks_words(), DeskFile(database) as file:
        enrol(file, hub)
    return sync(database, hub, tell=tell, is_given_up=is_given_up)


def enrol(file: DeskFile, hub: HubPort) -> None:
    """Make this file known to the hub, unless it is. Refuses `other_centre`."""
    if not file.state()["incarnation"]:
        _refuse_other_centre(file, hub)
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        file.note(incarnation=uuid4().hex, joined_at=at)
    if not file.state()["is_enrolled"]:
        fork.enrol(file, hub)


def centres(hub: HubPort) -> set[str]:
    """The ids of the centres the hub holds for this desk: one, or none before the first desk sent it."""
    scope = max(hub.hello(uuid4().hex, CONTRACT).scopes)
    centre = travelling()["centre"]
    there = hub.digest(scope, centre.table, tuple(centre.groups)).buckets
    rows = [row for bucket in there for row in hub.bucket(scope, centre.table, bucket)]
    return {row.id for row in rows if not (row.groups.get("del") or _NONE).values.get("deleted_at")}


def _refuse_other_centre(file: DeskFile, hub: HubPort) -> None:
    """Two centres must not be mixed by a wrong code; nothing of this has been sent by then."""
    own = {row_id for (row_id,) in file.connection.execute("SELECT id FROM centre WHERE deleted_at IS NULL")}
    standing = centres(hub)
    if own and standing and not own & standing:
        raise Refusal(
            "other_centre",
            _(
                "The hub holds another centre than this computer. Ask whoever looks after the hub for the right code."
            ),
        )


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


_NONE = Cell(0, {})
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
