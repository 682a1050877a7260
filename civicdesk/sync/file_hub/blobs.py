"""Pictures and papers, known by what they hold: they come in pieces, and begin where they were cut."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence

from civicdesk.sync.port import Refused

LARGEST = 32 * 1024 * 1024
LARGEST_PIECE = 1024 * 1024


def have(connection: sqlite3.Connection, sha256s: Sequence[str]) -> set[str]:
    """Which of these are here whole."""
    found = (
        connection.execute("SELECT sha256 FROM blob WHERE sha256 = ? AND held = size", (one,)).fetchone()
        for one in sha256s
    )
    return {row[0] for row in found if row}


def put(connection: sqlite3.Connection, sha256: str, offset: int, data: bytes, size: int) -> int:
    """Take a piece that begins where the last one ended; how much is held now.

    The last piece is the proof. If it fails, nothing is held any more.
    """
    if not 0 < size <= LARGEST or len(data) > LARGEST_PIECE:
        raise Refused("too_big")
    found = connection.execute("SELECT size, held FROM blob WHERE sha256 = ?", (sha256,)).fetchone()
    known, held = found or (size, 0)
    if (known != size and held < known) or (not found):
        drop(connection, sha256)  # somebody began it with another size; only one of the two can end it
        connection.execute("INSERT INTO blob VALUES (?, ?, 0)", (sha256, size))
        held = 0
    if offset != held or not data or offset + len(data) > size:
        return int(held)
    connection.execute("INSERT INTO blob_part VALUES (?, ?, ?)", (sha256, offset, data))
    connection.execute("UPDATE blob SET held = held + ? WHERE sha256 = ?", (len(data), sha256))
    if offset + len(data) == size and not _is_whole(connection, sha256):
        drop(connection, sha256)
        return 0
    return offset + len(data)


def drop(connection: sqlite3.Connection, sha256: str) -> None:
    """Keep nothing of it."""
    for table in ("blob", "blob_part"):
        connection.execute(f"DELETE FROM {table} WHERE sha256 = ?", (sha256,))


def get(connection: sqlite3.Connection, sha256: str, offset: int, length: int) -> bytes:
    """A piece of one that is whole."""
    if not have(connection, [sha256]):
        return b""
    parts = connection.execute(
        "SELECT start, bytes FROM blob_part WHERE sha256 = ? AND start < ? AND start + length(bytes) > ? "
        "ORDER BY start",
        (sha256, offset + length, offset),
    ).fetchall()
    return b"".join(part[max(offset - start, 0) : offset + length - start] for start, part in parts)


def _is_whole(connection: sqlite3.Connection, sha256: str) -> bool:
    found = hashlib.sha256()
    for (part,) in connection.execute(
        "SELECT bytes FROM blob_part WHERE sha256 = ? ORDER BY start", (sha256,)
    ):
        found.update(part)
    return found.hexdigest() == sha256
