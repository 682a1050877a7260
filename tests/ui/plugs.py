"""Readers with cables, played by pseudo-terminals."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import tty
from pathlib import Path


class Plug:
    """A reader with a cable: a pseudo-terminal behind a port name that stays the same."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._hand = -1
        self.plug_in()

    def plug_in(self) -> None:
        self._hand, socket = os.openpty()
        tty.setraw(socket)
        self.port.symlink_to(os.ttyname(socket))
        os.close(socket)

    def pull_out(self) -> None:
        if self._hand >= 0:
            self.port.unlink()
            os.close(self._hand)
            self._hand = -1

    def send(self, bytes_: bytes) -> None:
        os.write(self._hand, bytes_)

    def send_on_and_on(self, bytes_: bytes, seconds: float) -> threading.Thread:
        """As a reader that is stuck does: as much as the port takes."""

        def go_on() -> None:
            end = time.monotonic() + seconds
            os.set_blocking(self._hand, False)
            while time.monotonic() < end:
                with contextlib.suppress(BlockingIOError):
                    os.write(self._hand, bytes_)
            os.set_blocking(self._hand, True)

        thread = threading.Thread(target=go_on)
        thread.start()
        return thread
