"""The way to a thermal printer that its settings name."""

from __future__ import annotations

from civicdesk.printing.printers.file_link import FileLink
from civicdesk.printing.printers.link import Link
from civicdesk.printing.printers.network_link import NetworkLink, network_address
from civicdesk.printing.printers.serial_link import SerialLink
from civicdesk.printing.printers.usb_link import UsbLink, usb_address
from civicdesk.settings import PrinterSettings

__all__ = ["link_to", "network_address", "usb_address"]


def link_to(printer: PrinterSettings) -> Link:
    """The way to a printer, not yet open. Raises Unavailable when the address cannot be one."""
    address = printer.address.strip()
    if printer.link == "network":
        return NetworkLink(*network_address(address), patience=printer.patience_s)
    if printer.link == "usb":
        return UsbLink(usb_address(address))
    if printer.link == "serial":
        return SerialLink(address, printer.baud)
    return FileLink(address)
