"""Pictures go after the rows, by what they are, in pieces that are taken up where they broke off."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from civicdesk.models import Blob
from civicdesk.sync.file import DeskFile
from civicdesk.sync.port import HubPort

PIECE = 256 * 1024
_AT_ONCE = 100

_UNSENT = """SELECT DISTINCT p.sha256 FROM mail_photo AS p JOIN blob AS b ON b.sha256 = p.sha256
  LEFT JOIN sync_blob AS s ON s.sha256 = p.sha256 WHERE NOT coalesce(s.is_sent, 0)"""
_WANTED = """SELECT DISTINCT p.sha256 FROM mail_photo AS p LEFT JOIN blob AS b ON b.sha256 = p.sha256
  WHERE b.sha256 IS NULL AND p.sha256 <> ''"""
_SENT = """INSERT INTO sync_blob (sha256, is_sent, part) VALUES (?, 1, x'')
  ON CONFLICT (sha256) DO UPDATE SET is_sent = 1, part = x''"""
_PART = """INSERT INTO sync_blob (sha256, is_sent, part) VALUES (?, 0, ?)
  ON CONFLICT (sha256) DO UPDATE SET part = excluded.part"""

_KEEP = "INSERT OR IGNORE INTO blob (sha256, size, bytes) VALUES (?, ?, ?)"


def exchange(file: DeskFile, hub: HubPort, pause: Callable[[], None]) -> int:
    """Send the pictures the hub has not, fetch those this desk has not; how many there were."""
    unsent, wanted = ([name for (name,) in file.connection.execute(asked)] for asked in (_UNSENT, _WANTED))
    for start in range(0, len(unsent), _AT_ONCE):
        some = unsent[start : start + _AT_ONCE]
        there = hub.blob_have(some)
        for name in some:
            if name in there or _send(file, hub, name, pause):
                with file.writing() as connection:
                    connection.execute(_SENT, (name,))
    fetched = sum(_fetch(file, hub, name, pause) for name in wanted)
    if fetched:
        file.announce(frozenset({Blob}))
    return len(unsent) + fetched


def _send(file: DeskFile, hub: HubPort, name: str, pause: Callable[[], None]) -> bool:
    """Whether it arrived whole. A picture that is not what its name says is damaged here, and goes nowhere."""
    (data,) = file.connection.execute("SELECT bytes FROM blob WHERE sha256 = ?", (name,)).fetchone()
    if sha256(data).hexdigest() != name:
        return False
    held = hub.blob_put(name, 0, b"", len(data))
    while held < len(data):
        pause()
        before, held = held, hub.blob_put(name, held, data[held : held + PIECE], len(data))
        if held <= before:
            return False
    return True


def _fetch(file: DeskFile, hub: HubPort, name: str, pause: Callable[[], None]) -> bool:
    """Whether the picture is here now; the hub may have to wait for it, too."""
    found = file.connection.execute("SELECT part FROM sync_blob WHERE sha256 = ?", (name,)).fetchone()
    data = found[0] if found else b""
    while piece := hub.blob_get(name, len(data), PIECE):
        pause()
        data += piece
        with file.writing() as connection:
            connection.execute(_PART, (name, data))
    is_whole = sha256(data).hexdigest() == name
    with file.writing() as connection:
        if is_whole:
            connection.execute(_KEEP, (name, len(data), data))
            connection.execute(_SENT, (name,))
        elif data:
            connection.execute("DELETE FROM sync_blob WHERE sha256 = ?", (name,))
    return is_whole
