"""The desk's own database: one SQLite file, and word of every change to it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from civicdesk.database_words import cannot_open, damaged, in_the_clerks_words
from civicdesk.errors import Unavailable
from civicdesk.models import Base
from civicdesk.models.migrations import HEAD
from civicdesk.text import _

Changes = frozenset[type[Base]]

# A clerk's tap may wait this long for another writer, and no longer.
BUSY_MS = 2_000
_LEAST_FREE = 1_000_000
_HEADER, _LARGEST_PAGE = 100, 65_536
_MIGRATIONS = Path(__file__).parent / "models" / "migrations"


def _ignore(_changes: Changes) -> None:
    """For those who need no word of changes."""


class Database:
    """Opens transactions, and says after each commit which tables it touched."""

    def __init__(self, path: Path, on_change: Callable[[Changes], None] = _ignore) -> None:
        self.path = path
        self.on_change = on_change
        self._waiting = _Waiting()
        self._writer = _engine(path, begin="BEGIN IMMEDIATE", waiting=self._waiting)
        self._reader = _engine(path, begin="BEGIN", is_read_only=True)
        self._writes = sessionmaker(self._writer, expire_on_commit=False)
        self._reads = sessionmaker(self._reader, expire_on_commit=False, autoflush=False)
        event.listen(self._writes, "after_flush", _note_flush)

    @contextmanager
    def begin(self, by: UUID | None = None, desk: str = "") -> Iterator[Session]:
        """Commit when the block ends, roll back when it raises. `by` is the member of staff who acts."""
        with in_the_clerks_words(), self._writes.begin() as session:
            session.info.update(by=by, desk=desk, touched=set())
            yield session
        if touched := session.info["touched"]:
            self.on_change(frozenset(touched))

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits to write: long work in small transactions lets them go first."""
        return self._waiting.count > 0

    def announce(self, touched: Changes) -> None:
        """Say that these tables were written past `begin`."""
        if touched:
            self.on_change(touched)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Look without writing; never waits for a writer."""
        with in_the_clerks_words(), self._reads.begin() as session:
            yield session

    def prepare(self) -> None:
        """Make the file, or bring an older one up to date after copying it.

        Raises Unavailable for a file that is newer, damaged, read-only or no database at all.
        """
        try:
            with in_the_clerks_words():
                self._prepare()
        except OSError as error:
            raise Unavailable(cannot_open()) from error

    def verify(self) -> None:
        """Look through the whole file for damage; long for a big one, so not at the start.

        Raises Unavailable when it finds any.
        """
        with in_the_clerks_words(), self._reader.connect() as connection:
            if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
                raise Unavailable(damaged())

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()

    def _prepare(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        found = _revision(self.path)
        if found == HEAD:
            _check_writable(self.path)
            return
        if found is not None:
            _refuse_newer(found)
            _copy_before_migration(self.path, found)
        with self._writer.connect() as connection:
            _migrate(connection)


def examine(path: Path) -> bool:
    """Whether the next start brings this file up to date. Not a byte is written.

    Raises Unavailable for a file that this desk cannot work with, as `prepare` does.
    """
    with in_the_clerks_words():
        found = _revision(path, "ro")
        if found is not None:
            _refuse_newer(found)
            _check_whole(path)
    return found != HEAD


def move_aside(to: Path, at: datetime) -> Path | None:
    """Keep a file that another takes the place of, with all that belongs to it; where it went."""
    if not to.exists():
        return None
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(to)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    aside = to.with_name(f"{to.stem}-replaced-{at.astimezone(UTC):%Y%m%d-%H%M%S}{to.suffix}")
    # the journals first: without its file a journal is nothing, but a file without its journal lacks its last hours
    for ending in ("-wal", "-shm"):
        journal = to.with_name(to.name + ending)
        if journal.exists():
            journal.replace(aside.with_name(aside.name + ending))
    to.replace(aside)
    return aside


class _Waiting:
    """How many wait for their turn to write."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = Lock()

    def __enter__(self) -> None:
        with self._lock:
            self.count += 1

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self.count -= 1


def _engine(
    path: Path, begin: str, *, is_read_only: bool = False, waiting: AbstractContextManager[None] | None = None
) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=QueuePool,
        connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False},
    )

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # pysqlite would begin late and lose updates
        # FULL: a check-in that was shown as done survives a power cut
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA query_only={is_read_only:d}")

    def start(connection: Connection) -> None:
        with waiting or nullcontext():
            connection.exec_driver_sql(begin)

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", start)
    return engine


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  only an old or a new file needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    _give_way(connection, 1)  # a migration is no change that anybody made
    command.upgrade(config, "head")
    _give_way(connection, 0)
    connection.commit()


def _give_way(connection: Connection, applying: int) -> None:
    if connection.dialect.has_table(connection, "sync_clock"):
        connection.exec_driver_sql(f"UPDATE sync_clock SET applying = {applying:d}")


def _revision(path: Path, mode: str = "rw") -> str | None:
    """The revision a file is at, None for a file that is yet to be made."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    where = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(where, uri=True, timeout=BUSY_MS / 1000)
    try:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise Unavailable(
                _("“{}” is a database of another program. Choose another file.").format(path.name)
            )
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None
    finally:
        connection.close()


def _refuse_newer(found: str) -> None:
    if found > HEAD:
        raise Unavailable(
            _("This file was written by a newer CivicDesk. Update this computer; nothing was changed.")
        )


def _copy_before_migration(path: Path, found: str) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    copied = path.with_name(f"{path.stem}-before-{HEAD}-from-{found}-{stamp}.db")
    half = copied.with_suffix(".part")  # a copy that was cut short must not look like one
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as copy:
            source.backup(copy)
        half.rename(copied)
    finally:
        half.unlink(missing_ok=True)


def _check_whole(path: Path) -> None:
    """SQLite misses a last page that is cut; with a journal beside it the file may rightly be short."""
    journal = path.with_name(f"{path.name}-wal")
    if journal.exists() and journal.stat().st_size:
        return
    with path.open("rb") as file:
        header = file.read(_HEADER)
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if path.stat().st_size < pages * (_LARGEST_PAGE if page == 1 else page):
        raise Unavailable(damaged())


def _check_writable(path: Path) -> None:
    _check_whole(path)
    if shutil.disk_usage(path.parent).free < _LEAST_FREE:
        raise Unavailable(_("The disk is full. Free some space; what was shown as done is kept."))
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE counter SET value = value WHERE name = ''")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _note_flush(session: Session, _context: object) -> None:
    rows = (*session.new, *session.dirty, *session.deleted)
    _touched(session).update(map(type, rows))


def note_change(session: Session, kind: type[Base]) -> None:
    """Say that this transaction wrote into a table past the session, which sees only its own rows."""
    _touched(session).add(kind)


def _touched(session: Session) -> set[Any]:
    touched: set[Any] = session.info.setdefault("touched", set())
    return touched
