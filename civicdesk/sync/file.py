"""The desk's file as the sync holds it: small transactions that let a clerk go first, and one syncer a file."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Self

from civicdesk.database import Database
from civicdesk.errors import Unavailable
from civicdesk.models import Base
from civicdesk.sync.capture import Sidecar, sidecars
from civicdesk.text import _

# What a clerk may have to wait for the sync, and how often it looks whether the clerk is done.
BUDGET_S = 0.03
_LOOK_S = 0.001
_BUSY_S = 10.0
_PATIENCE_S = 2.0


class DeskFile:
    """One connection of the sync to the desk's file, open for one session and used by one thread."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._lock = _Lock(database.path)
        try:
            self.connection = _connect(database.path)
        except BaseException:
            self._lock.release()
            raise
        self._sidecars: dict[str, Sidecar] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.connection.close()
        self._lock.release()

    @property
    def sidecars(self) -> Mapping[str, Sidecar]:
        """What stands beside the shared tables, in the order of their names."""
        if self._sidecars is None:
            self._sidecars = sidecars(self.connection)
        return self._sidecars

    def forget_sidecars(self) -> None:
        """Look anew: they were just made or widened."""
        self._sidecars = None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction; a clerk who waits to write goes first."""
        self._let_others_go_first()
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def applying(self) -> Iterator[sqlite3.Connection]:
        """A transaction in which triggers give way: what is written was captured and judged elsewhere."""
        with self.writing() as connection:
            connection.execute("UPDATE sync_clock SET applying = 1")
            yield connection
            connection.execute("UPDATE sync_clock SET applying = 0")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One moment of the file."""
        self.connection.execute("BEGIN")
        try:
            yield self.connection
        finally:
            self.connection.execute("COMMIT")

    def announce(self, touched: frozenset[type[Base]]) -> None:
        """Tell the screens which tables were written."""
        self.database.announce(touched)

    def state(self) -> dict[str, Any]:
        """How this desk stands with its hub, and its clock of changes."""
        found: dict[str, Any] = {}
        for table in ("sync_clock", "sync_state"):
            cursor = self.connection.execute(f"SELECT * FROM {table}")
            found |= dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))
        return found

    def note(self, **values: object) -> None:
        """Write into `sync_state`, in a transaction of its own unless one is open."""
        statement = f"UPDATE sync_state SET {', '.join(f'{name} = :{name}' for name in values)}"
        if self.connection.in_transaction:
            self.connection.execute(statement, values)
            return
        with self.writing() as connection:
            connection.execute(statement, values)

    def _let_others_go_first(self) -> None:
        until = monotonic() + _PATIENCE_S
        while self.database.is_wanted and monotonic() < until:
            sleep(_LOOK_S)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    # two halves of a row may come from two desks, each right for itself: what they make of it is for a person to see
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "ignore_check_constraints=ON")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection


class _Lock:
    """One syncer a file, held by the operating system: a process that dies holds nothing."""

    def __init__(self, path: Path) -> None:
        where = path.with_name(f"{path.name}-sync")
        self._file = os.open(where, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _hold(self._file)
        except OSError as error:
            os.close(self._file)
            raise Unavailable(_("Another program is syncing this file just now.")) from error

    def release(self) -> None:
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _hold(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _hold(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
