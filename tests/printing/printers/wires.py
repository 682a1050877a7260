"""Cables from a serial port, or from the USB library, to the loopback printer."""

from __future__ import annotations

import os
import pty
import select
import socket
import tty
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread
from typing import Self

import usb.core

from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter


class SerialCable:
    """A pseudo-terminal at whose other end the printer hangs."""

    def __init__(self, paper: LoopbackPrinter) -> None:
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._ours)
        self.port = os.ttyname(self._theirs)
        self._printer = socket.create_connection(("127.0.0.1", paper.port))
        self._stop, self._stopped = os.pipe()
        self._thread = Thread(target=self._carry, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.pull_out()
        for end in (self._stop, self._stopped):
            os.close(end)

    def pull_out(self) -> None:
        if self._ours >= 0:
            os.write(self._stopped, b"!")
            self._thread.join()
            self._printer.close()
            os.close(self._ours)
            os.close(self._theirs)
            self._ours = -1

    def _carry(self) -> None:
        while True:
            ready, _, _ = select.select([self._ours, self._printer, self._stop], [], [])
            if self._stop in ready:
                return
            if self._ours in ready:
                self._printer.sendall(os.read(self._ours, 512))
            if self._printer in ready:
                os.write(self._ours, self._printer.recv(512))


@dataclass
class End:
    bEndpointAddress: int  # noqa: N815  the names of the USB
    bmAttributes: int = 2  # noqa: N815


@dataclass
class Interface:
    bInterfaceClass: int = 7  # noqa: N815
    bInterfaceNumber: int = 0  # noqa: N815
    ends: tuple[End, ...] = (End(0x03), End(0x84))

    def __iter__(self):  # noqa: ANN204
        return iter(self.ends)


@dataclass
class UsbDevice:
    """What pyusb would find, were the printer on the USB."""

    idVendor: int = 0x04B8  # noqa: N815
    idProduct: int = 0x0E15  # noqa: N815
    serial_number: str = "A1"
    manufacturer: str = "EPSON"
    product: str = "TM-T20II"
    interfaces: list[Interface] = field(default_factory=lambda: [Interface()])
    paper: LoopbackPrinter | None = None
    is_plugged_in: bool = True
    is_forbidden: bool = False
    is_driven: bool = True
    _wire: socket.socket | None = None

    def __iter__(self):  # noqa: ANN204
        return iter([self.interfaces])

    def get_active_configuration(self) -> list[Interface]:
        if self.is_forbidden:
            raise usb.core.USBError("Access denied (insufficient permissions)", errno=13)
        return self.interfaces

    def is_kernel_driver_active(self, _interface: int) -> bool:
        return self.is_driven

    def detach_kernel_driver(self, _interface: int) -> None:
        self.is_driven = False

    def attach_kernel_driver(self, _interface: int) -> None:
        self.is_driven = True

    def write(self, end: int, data: bytes, timeout: int) -> int:
        assert end == 0x03
        wire = self._connected(timeout)
        try:
            return wire.send(data)
        except TimeoutError:
            raise usb.core.USBTimeoutError("Operation timed out") from None

    def read(self, end: int, most: int, timeout: int) -> bytes:
        assert end == 0x84
        wire = self._connected(timeout)
        try:
            return wire.recv(most)
        except TimeoutError:
            raise usb.core.USBTimeoutError("Operation timed out") from None

    def unplug(self) -> None:
        self.is_plugged_in = False

    def let_go(self) -> None:
        if self._wire:
            with suppress(OSError):
                self._wire.close()
            self._wire = None

    def _connected(self, timeout: int) -> socket.socket:
        assert timeout > 0, "0 means for ever"
        if not self.is_plugged_in:
            raise usb.core.USBError("No such device (it may have been disconnected)", errno=19)
        assert self.paper
        self._wire = self._wire or socket.create_connection(("127.0.0.1", self.paper.port))
        self._wire.settimeout(timeout / 1000)
        return self._wire
