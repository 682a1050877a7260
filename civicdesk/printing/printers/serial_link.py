"""A thermal printer on a serial port."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from civicdesk.errors import Unavailable
from civicdesk.printing.printers.link import lost
from civicdesk.text import _

if TYPE_CHECKING:
    from serial import Serial

_MOST = 512
_BITS_A_BYTE = 10
_PIECE = 256
"""So few bytes at a time that a time limit is kept even where the system does not say how many went out."""


class SerialLink:
    """A serial port. Stays open, as some printers start anew whenever their port is opened."""

    keeps, can_read = True, True

    def __init__(self, port: str, baud: int) -> None:
        self.port, self.baud = port, baud
        self.speed: float | None = baud / _BITS_A_BYTE
        self._serial: Serial | None = None

    def open(self) -> None:
        import serial  # noqa: PLC0415  loaded only where there is such a printer

        try:
            # TIOCEXCL: another program's bytes in the middle of a badge would spoil both
            exclusive = True if os.name == "posix" else None
            self._serial = serial.Serial(self.port, self.baud, write_timeout=0, exclusive=exclusive)
            self._serial.reset_input_buffer()
        except (OSError, ValueError) as trouble:
            self.close()
            raise Unavailable(
                _(
                    "The serial port {port} cannot be opened. Is it plugged in, and does no other program use it?"
                ).format(port=self.port)
            ) from trouble

    def write(self, data: bytes, seconds: float) -> int:
        import serial  # noqa: PLC0415

        device = self._opened()
        try:
            if os.name == "posix":
                return self._write_now(device, data, seconds)
            device.write_timeout = max(seconds, _PIECE / (self.speed or 1) + 1)
            return device.write(data[:_PIECE]) or 0
        except serial.SerialTimeoutException as trouble:
            raise lost() from trouble  # some of it went out, and nobody knows how much
        except OSError as trouble:
            raise lost() from trouble

    def _write_now(self, device: Serial, data: bytes, seconds: float) -> int:
        import select  # noqa: PLC0415  knows no serial ports on Windows

        if not select.select([], [device.fileno()], [], seconds)[1]:
            return 0
        try:
            return device.write(data[:_PIECE]) or 0
        except BlockingIOError:
            return 0

    def read(self, seconds: float) -> bytes:
        device = self._opened()
        try:
            device.timeout = seconds
            first = device.read(1)
            return first + (device.read(min(device.in_waiting, _MOST)) if first else b"")
        except OSError as trouble:
            raise lost() from trouble

    def close(self) -> None:
        if self._serial is not None:
            device, self._serial = self._serial, None
            device.close()

    def _opened(self) -> Serial:
        if self._serial is None:
            raise lost()
        return self._serial
