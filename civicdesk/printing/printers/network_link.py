"""A thermal printer in the network."""

from __future__ import annotations

import re
import select
import socket
from contextlib import suppress

from civicdesk.errors import Unavailable
from civicdesk.printing.printers.link import lost
from civicdesk.text import _

PORT = 9100
"""Where printers listen."""

_MOST = 512
_AHEAD = 8_192
_LAST_PORT = 65_535
_NETWORK = re.compile(
    r"(?:\[(?P<v6>[\w.:%-]+)\]|(?P<host>[\w.-]+))(?::(?P<port>\d{1,5}))?|(?P<bare>[\w.%-]*(?::[\w.%-]*){2,})",
    re.ASCII,
)


def network_address(address: str) -> tuple[str, int]:
    """The host and the port of `host`, `host:port`, `[v6]:port` or a bare IPv6 address."""
    found = _NETWORK.fullmatch(address)
    port = int(found["port"] or PORT) if found else 0
    if found is None or not 1 <= port <= _LAST_PORT:
        raise Unavailable(
            _("“{address}” is no network address; write it like 192.168.1.50 or printer.local:9100.").format(
                address=address
            )
        )
    return found["v6"] or found["host"] or found["bare"], port


class NetworkLink:
    """A printer on the network. Closed after every job: it can speak with one computer at a time only."""

    keeps, can_read = False, True
    speed: float | None = None

    def __init__(self, host: str, port: int, patience: float) -> None:
        self.host, self.port, self.patience = host, port, patience
        self._socket: socket.socket | None = None

    def open(self) -> None:
        try:
            self._socket = socket.create_connection((self.host, self.port), self.patience)
        except (OSError, UnicodeError) as trouble:
            raise Unavailable(
                _("No printer answers at {address}. Is it switched on, and in the same network?").format(
                    address=self.host
                )
            ) from trouble
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # what the system holds back for a printer that takes nothing would be taken for printed
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _AHEAD)
        self._socket.setblocking(False)

    def write(self, data: bytes, seconds: float) -> int:
        device = self._opened()
        try:
            if not select.select([], [device], [], seconds)[1]:
                return 0
            return device.send(data)
        except BlockingIOError:
            return 0
        except (OSError, ValueError) as trouble:
            raise lost() from trouble

    def read(self, seconds: float) -> bytes:
        device = self._opened()
        try:
            if not select.select([device], [], [], seconds)[0]:
                return b""
            said = device.recv(_MOST)
        except BlockingIOError:
            return b""
        except (OSError, ValueError) as trouble:
            raise lost() from trouble
        if not said:
            raise lost()
        return said

    def close(self) -> None:
        """Say goodbye and hear the printer out: who hangs up with something unheard cuts off what was sent, too."""
        if self._socket is None:
            return
        device, self._socket = self._socket, None
        with suppress(OSError):
            device.shutdown(socket.SHUT_WR)
            device.settimeout(min(self.patience, 1.0))
            while device.recv(_MOST):
                pass
        device.close()

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise lost()
        return self._socket
