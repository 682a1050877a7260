"""A thermal printer behind a device file, or a file in its place."""

from __future__ import annotations

import os
import select
import stat
from pathlib import Path

from civicdesk.errors import Unavailable
from civicdesk.printing.printers.link import lost
from civicdesk.text import _

_MOST = 512
_DEVICES = "/dev/"


class FileLink:
    """A device file such as /dev/usb/lp0, a shared printer, or a plain file that keeps what would be printed."""

    keeps, can_read = False, False
    speed: float | None = None

    def __init__(self, path: str) -> None:
        self.path = path
        self._file: int | None = None

    def open(self) -> None:
        try:
            self._file = self._open_device() if _is_device(self.path) else self._open_file()
        except (OSError, ValueError) as trouble:
            raise Unavailable(
                _(
                    "“{path}” cannot be written to. Is the printer's cable in, and may this user print?"
                ).format(path=self.path)
            ) from trouble

    def _open_device(self) -> int:
        flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        try:
            if stat.S_ISFIFO(Path(self.path).stat().st_mode):
                raise OSError  # noqa: TRY301  it would hear itself
            device = os.open(self.path, os.O_RDWR | flags)
            self.can_read = True
        except OSError:
            device = os.open(self.path, os.O_WRONLY | flags)
            self.can_read = False
        return device

    def _open_file(self) -> int:
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)

    def write(self, data: bytes, seconds: float) -> int:
        device = self._opened()
        try:
            if os.name == "posix" and not select.select([], [device], [], seconds)[1]:
                return 0
            return os.write(device, data)
        except BlockingIOError:
            return 0
        except OSError as trouble:
            raise lost() from trouble

    def read(self, seconds: float) -> bytes:
        device = self._opened()
        try:
            if not self.can_read or not select.select([device], [], [], seconds)[0]:
                return b""
            said = os.read(device, _MOST)
        except BlockingIOError:
            return b""
        except OSError as trouble:
            raise lost() from trouble
        if not said:
            raise lost()
        return said

    def close(self) -> None:
        if self._file is not None:
            device, self._file = self._file, None
            os.close(device)

    def _opened(self) -> int:
        if self._file is None:
            raise lost()
        return self._file


def _is_device(path: str) -> bool:
    """Whether it must be there already: a printer that is unplugged must not become a file of its name."""
    if path.startswith(_DEVICES):
        return True
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)
