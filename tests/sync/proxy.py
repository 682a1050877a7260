"""A line between a desk and its hub that a test cuts, slows down or lets fall silent."""

from __future__ import annotations

import select
import socket
import struct
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What happens to one connection. Bytes count both ways together.

    After `cut_after` bytes it is torn off; after `silent_after` nothing comes through any more, but it stays open.
    """

    cut_after: int | None = None
    silent_after: int | None = None
    delay_s: float = 0.0


class Proxy:
    """Listens on a port of this computer and passes on what comes; each new connection suffers `fault`."""

    def __init__(self, target: tuple[str, int], host: str = "127.0.0.1") -> None:
        self._target = target
        self.fault = Fault()
        self.cuts = 0
        self.bytes = 0
        self._listener = socket.create_server((host, 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        self._is_closed = False
        self._threads = [threading.Thread(target=self._listen, name="proxy", daemon=True)]
        self._threads[0].start()

    def drop_all(self) -> None:
        """Tear off whatever is connected now."""
        for each in self._open:
            _reset(each)
        self._open.clear()

    def close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        # closing alone does not wake whoever waits to accept
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop_all()
        for thread in self._threads:
            thread.join(5)

    def _listen(self) -> None:
        while not self._is_closed:
            try:
                near, _from = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target, timeout=5)
            except OSError:
                _reset(near)
                continue
            self._open += [near, far]
            thread = threading.Thread(target=self._pass_on, args=(near, far, self.fault), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _pass_on(self, near: socket.socket, far: socket.socket, fault: Fault) -> None:
        passed = 0
        while passed >= 0:
            try:
                ready, _w, _x = select.select([near, far], [], [], 0.2)
                for each in ready:
                    passed = self._pass(each, far if each is near else near, fault, passed)
                    if passed < 0:
                        break
            except (OSError, ValueError):
                break
        _reset(near)
        _reset(far)

    def _pass(self, source: socket.socket, target: socket.socket, fault: Fault, passed: int) -> int:
        """Pass on what one side said; how many bytes came through by now, less than none when the line is torn."""
        data = source.recv(65_536)
        if not data:
            return -1
        if fault.silent_after is not None and passed + len(data) > fault.silent_after:
            return passed
        is_cut = fault.cut_after is not None and passed + len(data) >= fault.cut_after
        if is_cut:
            data = data[: (fault.cut_after or 0) - passed]
            self.cuts += 1
        if fault.delay_s:
            threading.Event().wait(fault.delay_s)
        target.sendall(data)
        self.bytes += len(data)
        return -1 if is_cut else passed + len(data)


def _reset(each: socket.socket) -> None:
    """Close with a reset, as a pulled plug at a switch that notices."""
    try:
        each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        each.close()
    except OSError:
        pass
