"""A new computer becomes a desk of the centre: what no desk can open without comes first, the rest while it works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from civicdesk.database import Database, move_aside
from civicdesk.database_words import in_the_clerks_words
from civicdesk.desk import setup
from civicdesk.errors import Refusal
from civicdesk.models import SyncState
from civicdesk.sync import joining
from civicdesk.sync.file import DeskFile
from civicdesk.sync.groups import travelling
from civicdesk.sync.port import CONTRACT, HubPort
from civicdesk.sync.pull import Puller
from civicdesk.sync.session import GivenUp, capture_all, never
from civicdesk.text import _

FIRST = ("centre", "opening_hours", "closure", "room", "staff")
"""Without these no desk can open."""

_BESIDE = ("", "-wal", "-shm", "-sync")


def is_arriving(database: Database) -> bool:
    """Whether this file belongs to a hub that it was never whole with yet."""
    with database.read() as session:
        state = session.get(SyncState, 1)
        return state is not None and state.joined_at is not None and state.synced_at is None


def is_empty(database: Database) -> bool:
    """Whether nobody has begun to set a centre up in this file."""
    with database.read() as session:
        return not setup.is_begun(session) and setup.found(session) is None


def expect_centre(hub: HubPort) -> None:
    """Refuses `empty_hub`. Raises Away and Refused as every question to the hub does."""
    if not joining.centres(hub):
        raise Refusal(
            "empty_hub",
            _("The hub holds no centre yet. Set the centre up here, then join the hub in the settings."),
        )


def prepared(path: Path, *, at: datetime) -> tuple[Database, Path | None]:
    """The file, ready to be filled. A desk or a begun set-up that is in it is moved aside first: where to."""
    database = Database(path)
    aside = None
    if path.exists():
        database.prepare()
        if not (is_empty(database) or is_arriving(database)):
            database.close()
            aside = move_aside(path, at)
            database = Database(path)
    database.prepare()
    return database, aside


def begin(database: Database, hub: HubPort, *, at: datetime, is_given_up: Callable[[], bool] = never) -> None:
    """Make an empty file a desk of the hub that can be opened; `joining.join` then brings the rest.

    May be called again after any interruption. Refuses `empty_hub`, `other_centre`, `nobody`; raises GivenUp, and
    what every question to the hub raises.
    """

    def pause() -> None:
        if is_given_up():
            raise GivenUp

    expect_centre(hub)
    with in_the_clerks_words(), DeskFile(database) as file:
        joining.enrol(file, hub)
        capture_all(file, pause)
        scope = max(hub.hello(file.state()["incarnation"], CONTRACT).scopes)
        puller = Puller(file, hub, _now(), pause)
        for table in FIRST:
            there = hub.digest(scope, table, tuple(travelling()[table].groups)).buckets
            for bucket in there:
                puller.repair(hub.bucket(scope, table, bucket))
    with database.begin() as session:
        setup.take_over(session, at=at)


def let_go(path: Path) -> None:
    """Throw away a file that was not opened as a desk yet, where all that is in it came from the hub."""
    database = Database(path)
    try:
        is_ours = is_arriving(database)
    finally:
        database.close()
    for ending in _BESIDE if is_ours else ():
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
