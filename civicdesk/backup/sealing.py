"""A file, packed and sealed; and back. One stream each way, so that no second copy lies open on a stick."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from civicdesk.errors import Refusal, Unavailable
from civicdesk.text import _

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

Tell = Callable[[int], bool]
"""Hears how many bytes are done; False stops the work."""

_CHUNK = 1 << 20
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 3


class Stopped(Exception):
    """Somebody asked for no more of it."""


class Packing:
    """Reads a file, gzipped on the way; `sha256` is of what was in the file."""

    def __init__(self, file: BinaryIO, tell: Tell) -> None:
        self.sha256 = hashlib.sha256()
        self._file, self._tell = file, tell
        self._gzip = zlib.compressobj(_LEVEL, wbits=_GZIP)
        self._ready = b""
        self._read = 0
        self._is_over = False
        self.trouble: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """So many packed bytes, or what there is; nothing at the end."""
        try:
            while not self._is_over and (size < 0 or len(self._ready) < size):
                self._go_on()
        except Exception as trouble:
            self.trouble = trouble
            raise
        if size < 0:
            size = len(self._ready)
        found, self._ready = self._ready[:size], self._ready[size:]
        return found

    def _go_on(self) -> None:
        raw = self._file.read(_CHUNK)
        self._read += len(raw)
        if not self._tell(self._read):
            raise Stopped
        self.sha256.update(raw)
        self._ready += self._gzip.compress(raw) if raw else self._gzip.flush()
        self._is_over = not raw


class Unpacking:
    """Takes gzipped bytes and writes what was in them; `sha256` is of that."""

    def __init__(self, write: Callable[[bytes], object], tell: Tell) -> None:
        self.sha256 = hashlib.sha256()
        self._write, self._tell = write, tell
        self._gzip = zlib.decompressobj(wbits=_GZIP)
        self._written = 0

    def write(self, packed: bytes) -> int:
        """Unpack some bytes; all at once they could be a thousand times as much, so in pieces."""
        piece = self._gzip.decompress(packed, _CHUNK)
        while piece:
            self._take(piece)
            piece = self._gzip.decompress(self._gzip.unconsumed_tail, _CHUNK)
        return len(packed)

    def flush(self) -> None:
        """Nothing is held back: a sealed file ends by itself."""

    def is_whole(self) -> bool:
        """Whether the end was reached, its checksum right."""
        return self._gzip.eof

    def _take(self, piece: bytes) -> None:
        self._written += len(piece)
        if not self._tell(self._written):
            raise Stopped
        self.sha256.update(piece)
        self._write(piece)


def seal(source: Path, to: Path, recipients: list[Recipient], tell: Tell) -> str:
    """Write `source` packed and sealed to `to`; the SHA-256 of what was in it, as hex. Raises OSError, Stopped."""
    import pyrage  # noqa: PLC0415

    with source.open("rb") as file, to.open("wb") as out:
        packing = Packing(file, tell)
        try:
            pyrage.encrypt_io(packing, out, recipients)
        except pyrage.EncryptError as error:
            raise packing.trouble or error from error  # the library keeps only the words of it
    return packing.sha256.hexdigest()


def unseal(source: Path, identity: Identity, write: Callable[[bytes], object], tell: Tell) -> str:
    """Hand what is in a sealed file to `write`, piece by piece; its SHA-256 as hex.

    Refuses `wrong_key`. Raises Unavailable for a file that is cut short, changed or none of ours, OSError, Stopped.
    """
    import pyrage  # noqa: PLC0415

    unpacking = Unpacking(write, tell)
    with source.open("rb") as file:
        try:
            pyrage.decrypt_io(file, unpacking, [identity])
        except zlib.error as error:
            raise Unavailable(damaged()) from error
        except pyrage.DecryptError as error:
            raise _why(error) from error
        except OSError as error:
            if error.errno is not None:
                raise
            raise Unavailable(damaged()) from error  # a changed or missing piece
    if not unpacking.is_whole():
        raise Unavailable(damaged())
    return unpacking.sha256.hexdigest()


def damaged() -> str:
    """What to say of a backup that cannot be read to its end."""
    return _("This backup is damaged or not one of CivicDesk. Take the one before it.")


def _why(error: Exception) -> Exception:
    if "matching keys" in str(error).lower():
        return Refusal(
            "wrong_key", _("This recovery key does not open this backup. Look for the sheet of that time.")
        )
    return Unavailable(damaged())
