"""The file of a hub: its tables, how it is made, and what its owner does to it.

Its journal is not WAL: that needs memory shared by all who have the file open, which a network share cannot give. A
rollback journal stands on the locks of the share alone, so those are tried out when the file is made. Every call is
one transaction, and one that writes begins with the lock.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from civicdesk.sync.port import Away, Refused

_BUSY_S = 20.0
_RECOVERS_MS = 30 * 86_400_000
_NODE_LEAP, _SEQ_LEAP = 100, 1_000_000_000
_MARK = 0x43_64_48_75  # “CdHu”, in the header of the file
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE scope (scope INTEGER PRIMARY KEY, seq INTEGER NOT NULL, gc_floor INTEGER NOT NULL);
CREATE TABLE desk (name TEXT PRIMARY KEY, scope INTEGER NOT NULL, status TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE incarnation (id TEXT PRIMARY KEY, desk TEXT NOT NULL, node INTEGER NOT NULL UNIQUE, chain TEXT NOT NULL,
  previous TEXT, contract INTEGER NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE row (scope INTEGER NOT NULL, tbl TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL,
  stamps TEXT NOT NULL, vals TEXT NOT NULL, PRIMARY KEY (scope, tbl, id)) WITHOUT ROWID;
CREATE UNIQUE INDEX row_by_seq ON row (scope, seq);
CREATE TABLE claim (scope INTEGER NOT NULL, room TEXT NOT NULL, until INTEGER NOT NULL, since INTEGER NOT NULL,
  booking TEXT NOT NULL, PRIMARY KEY (scope, room, until, booking)) WITHOUT ROWID;
CREATE INDEX claim_by_booking ON claim (scope, booking);
CREATE TABLE conflict (id TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, scope INTEGER NOT NULL, tbl TEXT NOT NULL,
  row TEXT NOT NULL, grp TEXT NOT NULL, lost TEXT NOT NULL, loser INTEGER NOT NULL, winner INTEGER NOT NULL,
  at TEXT NOT NULL, is_open INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
CREATE INDEX conflict_by_row ON conflict (scope, tbl, row);
CREATE TABLE erasure (seq INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL, subject TEXT NOT NULL,
  at TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (scope, subject));
CREATE TABLE erasure_ack (subject TEXT NOT NULL, desk TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (subject, desk)) WITHOUT ROWID;
CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, held INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE blob_part (sha256 TEXT NOT NULL, start INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (sha256, start));
CREATE TABLE receipt (chain TEXT NOT NULL, incarnation TEXT NOT NULL, rows INTEGER NOT NULL, merged INTEGER NOT NULL,
  clashes INTEGER NOT NULL, conflicts INTEGER NOT NULL, at INTEGER NOT NULL);
"""


def create(path: Path, tenant: int, scope: int) -> None:
    """Make the file of a new hub for one centre. An existing file is left alone (FileExistsError)."""
    path.touch(exist_ok=False)
    with closing(_connect(path)) as connection, _in_our_words():
        connection.executescript(
            f"BEGIN IMMEDIATE; PRAGMA application_id={_MARK}; PRAGMA user_version=1; {_TABLES}"
        )
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("tenant", tenant), ("epoch", uuid4().hex), ("node", 0), ("recovers_until", 0)],
        )
        connection.executemany("INSERT INTO scope VALUES (?, 0, 0)", [(each,) for each in sorted({0, scope})])
        _try_the_locks(path)
        connection.execute("COMMIT")


def enrol(path: Path, desk: str, scope: int | None = None) -> None:
    """Let a desk use the hub, or use it again. Without a scope it belongs to the hub's own centre."""
    with closing(connect(path)) as connection, writing(connection):
        if scope is None:
            scope = connection.execute("SELECT max(scope) FROM scope").fetchone()[0]
        connection.execute("INSERT OR IGNORE INTO scope VALUES (?, 0, 0)", (scope,))
        connection.execute(
            "INSERT INTO desk VALUES (?, ?, 'active') ON CONFLICT (name) DO UPDATE SET status = 'active'",
            (desk, scope),
        )


def revoke(path: Path, desk: str) -> None:
    """Let a desk in no more."""
    with closing(connect(path)) as connection, writing(connection):
        connection.execute("UPDATE desk SET status = 'revoked' WHERE name = ?", (desk,))


def new_epoch(path: Path, now_ms: int) -> str:
    """Say that this file is not what the desks knew, such as one brought back from a backup; the new epoch.

    For thirty days a desk may offer what others stamped: what was lost here comes back from those who have it.
    """
    epoch = uuid4().hex
    with closing(connect(path)) as connection, writing(connection):
        connection.execute("UPDATE meta SET value = ? WHERE name = 'epoch'", (epoch,))
        connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'recovers_until'", (now_ms + _RECOVERS_MS,)
        )
        # what was given out after the backup must not be given out again
        connection.execute("UPDATE meta SET value = value + ? WHERE name = 'node'", (_NODE_LEAP,))
        connection.execute("UPDATE scope SET seq = seq + ?", (_SEQ_LEAP,))
    return epoch


def purge(path: Path, before: str) -> int:
    """Let go of rows that were taken away before an instant (as in `deleted_at`); how many.

    A desk that was last here before then is told by the floor, and begins anew.
    """
    with closing(connect(path)) as connection, writing(connection):
        gone = connection.execute(
            "DELETE FROM row WHERE json_extract(vals, '$.del.deleted_at') < ? RETURNING scope, seq", (before,)
        ).fetchall()
        connection.executemany(
            "UPDATE scope SET gc_floor = max(gc_floor, ?) WHERE scope = ?",
            [(seq, scope) for scope, seq in gone],
        )
    return len(gone)


def connect(path: Path) -> sqlite3.Connection:
    """Open the file of a hub. Away when it is not there, Refused(`contract`) when it is none we know."""
    with _in_our_words():
        connection = _connect(path)
        found = [
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        ]
    if found != [_MARK, 1]:
        connection.close()
        raise Refused("contract")
    return connection


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing, one at a time."""
    with _transaction(connection, "BEGIN IMMEDIATE"):
        yield connection


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """One moment of the file."""
    with _transaction(connection, "BEGIN"):
        yield connection


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    with _in_our_words():
        connection.execute(begin)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise Away(f"{error}") from error


def _connect(path: Path) -> sqlite3.Connection:
    """Never make a file that is not there: an empty hub looks like one that lost everything."""
    where = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        where, uri=True, timeout=_BUSY_S, isolation_level=None, check_same_thread=False
    )
    for pragma in ("journal_mode=DELETE", "synchronous=EXTRA", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _try_the_locks(path: Path) -> None:
    """While one holds the file nobody else may begin; a share that lets both in would mix up two desks."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return
    raise Away("this folder does not keep two programs apart")
