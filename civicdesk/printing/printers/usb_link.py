"""A thermal printer on the USB, spoken to without a driver."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from types import ModuleType
from typing import Any, NamedTuple

from civicdesk.errors import Unavailable
from civicdesk.printing.printers.link import lost
from civicdesk.text import _

Device = Any
"""What pyusb calls a device; it has no types."""

PRINTER_CLASS = 7
VENDOR_CLASS = 255
_MOST = 512
_PIECE = 4096
_SHORTEST_MS = 1
_USB = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})(?::(.+))?", re.IGNORECASE)


class UsbAddress(NamedTuple):
    """Which device on the USB: two numbers, and its serial number where two of the same are there."""

    vendor: int
    product: int
    serial: str = ""


class Ends(NamedTuple):
    """Where bytes go into a device and come out of it; `inward` is None where it cannot answer."""

    interface: int
    outward: int
    inward: int | None


def usb_address(address: str) -> UsbAddress:
    """The device of `04b8:0e15` or `04b8:0e15:SERIAL`."""
    found = _USB.fullmatch(address)
    if found is None:
        raise Unavailable(
            _("“{address}” is no USB device; write its two numbers like 04b8:0e15.").format(address=address)
        )
    return UsbAddress(int(found[1], 16), int(found[2], 16), found[3] or "")


class UsbLink:
    """A USB printer. Stays open while nobody pulls it out, and gives it back to the system when let go."""

    keeps = True
    speed: float | None = None

    def __init__(self, address: UsbAddress) -> None:
        self.address, self.can_read = address, True
        self._device: Device = None
        self._ends = Ends(0, 0, None)
        self._was_driven = False

    def open(self) -> None:
        core, _util = usb_library()
        try:
            self._device = self._find(core)
            if self._device is None:
                raise Unavailable(_("The USB printer is not plugged in, or switched off."))
            self._claim()
        except (core.USBError, OSError, ValueError, NotImplementedError) as trouble:
            self.close()
            raise Unavailable(
                _("This user may not use the USB printer, or another program holds it.")
            ) from trouble

    def write(self, data: bytes, seconds: float) -> int:
        core, _util = usb_library()
        self._opened()
        try:
            return int(self._device.write(self._ends.outward, data[:_PIECE], _milliseconds(seconds)))
        except core.USBTimeoutError:
            return 0
        except (core.USBError, OSError) as trouble:
            raise lost() from trouble

    def read(self, seconds: float) -> bytes:
        core, _util = usb_library()
        self._opened()
        if self._ends.inward is None:
            return b""
        try:
            return bytes(self._device.read(self._ends.inward, _MOST, _milliseconds(seconds)))
        except core.USBTimeoutError:
            return b""
        except (core.USBError, OSError) as trouble:
            raise lost() from trouble

    def close(self) -> None:
        if self._device is None:
            return
        core, util = usb_library()
        device, self._device = self._device, None
        with suppress(core.USBError, OSError, NotImplementedError):
            util.release_interface(device, self._ends.interface)
            if self._was_driven:
                device.attach_kernel_driver(self._ends.interface)
        with suppress(core.USBError, OSError):
            util.dispose_resources(device)

    def _find(self, core: ModuleType) -> Device:
        found = core.find(find_all=True, idVendor=self.address.vendor, idProduct=self.address.product)
        for device in found:
            if not self.address.serial or serial_number(device) == self.address.serial:
                return device
        return None

    def _claim(self) -> None:
        _core, util = usb_library()
        ends = ends_of(self._device)
        if ends is None:
            raise Unavailable(_("This USB device is no printer."))
        self._ends, self.can_read = ends, ends.inward is not None
        with suppress(NotImplementedError):
            self._was_driven = bool(self._device.is_kernel_driver_active(ends.interface))
            if self._was_driven:
                self._device.detach_kernel_driver(ends.interface)
        util.claim_interface(self._device, ends.interface)

    def _opened(self) -> None:
        if self._device is None:
            raise lost()


def usb_library() -> tuple[ModuleType, ModuleType]:
    """pyusb; Unavailable where the system has no libusb."""
    import usb.backend.libusb1  # noqa: PLC0415  loaded only where there is such a printer
    import usb.core  # noqa: PLC0415
    import usb.util  # noqa: PLC0415

    if usb.backend.libusb1.get_backend() is None:
        wanted = "libusb-1.0-0" if os.name == "posix" else "libusb-1.0.dll"
        raise Unavailable(_("USB printers need the library {name}, which is missing.").format(name=wanted))
    return usb.core, usb.util


def ends_of(device: Device) -> Ends | None:
    """The end points of a device's printer, else of what only its maker knows; None when it has none."""
    for wanted in (PRINTER_CLASS, VENDOR_CLASS):
        for interface in device.get_active_configuration():
            if interface.bInterfaceClass == wanted and (ends := _ends(interface)):
                return ends
    return None


def serial_number(device: Device) -> str:
    """The serial number of a device; empty when it has none, or may not be asked."""
    try:
        return str(device.serial_number or "")
    except (OSError, ValueError, NotImplementedError):
        return ""


def _ends(interface: Device) -> Ends | None:
    outward = inward = None
    for end in interface:
        if end.bmAttributes & 3 == 2:  # noqa: PLR2004  bulk
            if end.bEndpointAddress & 0x80:
                inward = inward or end.bEndpointAddress
            else:
                outward = outward or end.bEndpointAddress
    return Ends(interface.bInterfaceNumber, outward, inward) if outward else None


def _milliseconds(seconds: float) -> int:
    """Never 0, which means for ever."""
    return max(int(seconds * 1000), _SHORTEST_MS)
