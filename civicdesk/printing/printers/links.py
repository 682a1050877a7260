"""The ways to a thermal printer: its address in the settings becomes bytes to a device and bytes from it.

They are our own and thin, as the connectors of python-escpos know no time limit on writing, cannot tell a printer
that says nothing from one that is gone, speak IPv4 only and expect every USB printer to have the same end points.
"""

from __future__ import annotations

import os
import re
import select
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from civicdesk.errors import Unavailable
from civicdesk.settings import PrinterSettings
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
_USB = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?", re.IGNORECASE)
_DEVICES = "/dev/"


class Link(Protocol):
    """A way to a device. Raises Unavailable when there is no such way, or no more.

    `keeps`: stays open between jobs. `can_read`: whether the device can answer at all. `speed`: bytes a second,
    where the way itself is slow.
    """

    keeps: bool
    can_read: bool
    speed: float | None

    def open(self) -> None:
        """Connect, within the printer's patience."""

    def write(self, data: bytes, seconds: float) -> int:
        """Hand over bytes; how many were taken in so many seconds, 0 when none."""

    def read(self, seconds: float) -> bytes:
        """What the device says; nothing when it said nothing for so long."""

    def close(self) -> None:
        """Let go of it."""


class UsbAddress(NamedTuple):
    """Which device on the USB: two numbers, and its serial number where two of the same are there."""

    vendor: int
    product: int
    serial: str = ""


def link_to(printer: PrinterSettings) -> Link:
    """The way to a printer, not yet open. Raises Unavailable when the address cannot be one."""
    from civicdesk.printing.printers import serial_link, usb_link  # noqa: PLC0415  loads what is wanted only

    address = printer.address.strip()
    if printer.link == "network":
        return NetworkLink(*network_address(address), patience=printer.patience_s)
    if printer.link == "usb":
        return usb_link.UsbLink(usb_address(address))
    if printer.link == "serial":
        return serial_link.SerialLink(address, printer.baud)
    return FileLink(address)


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


def usb_address(address: str) -> UsbAddress:
    """The device of `04b8:0e15` or `04b8:0e15:SERIAL`."""
    found = _USB.fullmatch(address)
    if found is None:
        raise Unavailable(
            _("“{address}” is no USB device; write its two numbers like 04b8:0e15.").format(address=address)
        )
    return UsbAddress(int(found[1], 16), int(found[2], 16), found[3] or "")


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


def lost() -> Unavailable:
    """The device was there, and is not any more."""
    return Unavailable(_("The connection to the printer was lost."))
