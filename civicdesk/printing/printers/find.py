"""Finds printers that are plugged in, and tries the one at an address that a person gave. Nothing here raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from civicdesk.errors import Unavailable
from civicdesk.models import Trouble
from civicdesk.printing.printers.asking import Asking
from civicdesk.printing.printers.links import link_to
from civicdesk.printing.printers.port import Status
from civicdesk.printing.printers.usb_link import (
    PRINTER_CLASS,
    VENDOR_CLASS,
    Device,
    serial_number,
    usb_library,
)
from civicdesk.settings import PrinterSettings
from civicdesk.text import _

_EPSON = 0x04B8
_EPSON_RECEIPTS = (0x0202, *range(0x0E00, 0x0F00))
_RECEIPT_MAKERS = {
    0x0416: "Winbond",
    0x0519: "Star",
    0x0DD4: "Custom",
    0x0FE6: "Xprinter",
    0x1504: "Bixolon",
    0x154F: "SNBC",
    0x1CBE: "Rongta",
    0x1D90: "Citizen",
    0x20D1: "Rongta",
    0x2730: "Citizen",
    0x28E9: "POS",
    0x4B43: "Caysn",
    0x6868: "Zjiang",
}
"""Makers of receipt printers, and of the chips in them, whose printers do not all call themselves one."""


@dataclass(frozen=True)
class Found:
    """A device that is, or may be, a printer: its address as in the settings, and what it calls itself."""

    address: str
    name: str


@dataclass(frozen=True)
class Tried:
    """What came of trying a printer, in words. `status` is None when there is no way to it."""

    is_well: bool
    sentence: str
    status: Status | None = None


def usb_printers() -> list[Found]:
    """The printers on the USB; none where the USB cannot be looked at."""
    try:
        core, _util = usb_library()
        devices = [device for device in core.find(find_all=True) if _is_printer(device)]
    except (Unavailable, OSError, ValueError, NotImplementedError):
        return []
    return list(_named(devices))


def serial_ports() -> list[Found]:
    """The serial ports of this computer; a printer or a reader may be at one."""
    from serial.tools import list_ports  # noqa: PLC0415  loaded only when somebody looks

    try:
        ports = sorted(list_ports.comports(), key=lambda port: port.device)
    except OSError:
        return []
    described = ((port.device, (port.description or "").removeprefix("n/a")) for port in ports)
    return [Found(device, f"{device} · {words}" if words else device) for device, words in described]


def try_network(address: str, patience_s: float = 3.0) -> Tried:
    """Whether a printer answers at this address, and nowhere else."""
    return try_printer(
        PrinterSettings(name="?", link="network", address=address or "?", patience_s=patience_s)
    )


def try_printer(printer: PrinterSettings) -> Tried:
    """Connect to a thermal printer and ask it how it is; nothing is printed."""
    try:
        link = link_to(printer)
        link.open()
    except Unavailable as trouble:
        return Tried(is_well=False, sentence=str(trouble))
    try:
        if not (printer.answers and link.can_read):
            return Tried(
                is_well=True, sentence=_("Something is there. It is not asked how it is."), status=Status()
            )
        return _said(Asking(link, printer.patience_s).status() or Status(Trouble.SILENT))
    except Unavailable as trouble:
        return Tried(is_well=False, sentence=str(trouble))
    finally:
        with suppress(Unavailable, OSError):
            link.close()


def _said(status: Status) -> Tried:
    sentences = {
        None: _("The printer answers and is ready."),
        Trouble.PAPER_OUT: _("The printer answers: it has no paper."),
        Trouble.COVER_OPEN: _("The printer answers: its cover is open."),
        Trouble.OFFLINE: _("The printer answers: it is paused."),
        Trouble.FAULT: _("The printer answers: something in it is jammed or broken."),
        Trouble.SILENT: _("Something is there, but it does not answer like a thermal printer."),
    }
    sentence = sentences[status.trouble]
    if status.trouble is None and status.is_near_end:
        sentence = _("The printer answers and is ready; its paper is nearly out.")
    return Tried(is_well=status.trouble is None, sentence=sentence, status=status)


def _is_printer(device: Device) -> bool:
    classes = _classes(device)
    if PRINTER_CLASS in classes:
        return True
    is_receipt_maker = device.idVendor in _RECEIPT_MAKERS or (
        device.idVendor == _EPSON and device.idProduct in _EPSON_RECEIPTS
    )
    return is_receipt_maker and VENDOR_CLASS in classes


def _classes(device: Device) -> set[int]:
    try:
        return {interface.bInterfaceClass for configuration in device for interface in configuration}
    except (OSError, ValueError, NotImplementedError):
        return set()


def _named(devices: Iterable[Device]) -> Iterator[Found]:
    devices = list(devices)
    numbers = [f"{device.idVendor:04x}:{device.idProduct:04x}" for device in devices]
    for device, number in zip(devices, numbers, strict=True):
        serial = serial_number(device) if numbers.count(number) > 1 else ""
        yield Found(f"{number}:{serial}" if serial else number, _name(device) or number)


def _name(device: Device) -> str:
    """What it calls itself; reading that may be forbidden, and then its maker is all that is known."""
    words = []
    for word in ("manufacturer", "product"):
        with suppress(OSError, ValueError, NotImplementedError):
            words.append(str(getattr(device, word) or "").replace("\x00", "").strip())
    maker = "Epson" if device.idVendor == _EPSON else _RECEIPT_MAKERS.get(device.idVendor, "")
    return " ".join(word for word in words if word) or maker
