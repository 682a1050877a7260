"""Printers: bytes to a device, and what the device says of them."""
