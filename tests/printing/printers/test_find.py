import pytest
import serial.tools.list_ports
import usb.backend.libusb1
import usb.core
from serial.tools.list_ports_common import ListPortInfo

from civicdesk.models import Trouble
from civicdesk.printing.printers.find import Found, serial_ports, try_network, try_printer, usb_printers
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter
from civicdesk.settings import PrinterSettings
from tests.printing.printers.wires import Interface, UsbDevice

A_DISK = UsbDevice(0x0781, 0x5567, product="Cruzer", interfaces=[Interface(bInterfaceClass=8)])


@pytest.fixture(autouse=True)
def libusb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", object)


def plug_in(monkeypatch: pytest.MonkeyPatch, *devices: UsbDevice) -> None:
    monkeypatch.setattr(usb.core, "find", lambda find_all: iter(devices))


def test_printers_on_the_usb_are_found_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, A_DISK, UsbDevice())
    assert usb_printers() == [Found("04b8:0e15", "EPSON TM-T20II")]


def test_receipt_printers_that_do_not_call_themselves_printers_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = [Interface(bInterfaceClass=255)]
    plug_in(
        monkeypatch,
        UsbDevice(0x04B8, 0x0202, manufacturer="", product="", interfaces=theirs),
        UsbDevice(0x04B8, 0x0142, product="a scanner of Epson's", interfaces=theirs),
    )
    assert usb_printers() == [Found("04b8:0202", "Epson")]


def test_two_of_the_same_are_told_apart_by_their_serial_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, UsbDevice(serial_number="A1"), UsbDevice(serial_number="B2"))
    assert [one.address for one in usb_printers()] == ["04b8:0e15:A1", "04b8:0e15:B2"]


def test_a_printer_whose_name_may_not_be_read_is_found_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shut(UsbDevice):
        def __getattribute__(self, name: str) -> object:
            if name in {"manufacturer", "product", "serial_number"}:
                raise ValueError(
                    "The device has no langid (permission issue, no string descriptors supported)"
                )
            return super().__getattribute__(name)

    shut = Shut.__new__(Shut)
    shut.__dict__.update(idVendor=0x0FE6, idProduct=0x811E, interfaces=[Interface()])
    plug_in(monkeypatch, shut)
    assert usb_printers() == [Found("0fe6:811e", "Xprinter")]


def test_without_the_usb_library_nothing_is_found_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda: None)
    assert usb_printers() == []
    tried = try_printer(PrinterSettings(name="x", link="usb", address="04b8:0e15"))
    assert not tried.is_well
    assert "libusb" in tried.sentence


def test_a_usb_that_cannot_be_looked_at_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(find_all: bool) -> list[UsbDevice]:
        raise usb.core.USBError("Access denied", errno=13)

    monkeypatch.setattr(usb.core, "find", refuse)
    assert usb_printers() == []


def test_serial_ports_are_listed_by_name_with_what_is_at_them(monkeypatch: pytest.MonkeyPatch) -> None:
    second, first = ListPortInfo("/dev/ttyUSB0"), ListPortInfo("/dev/ttyS0")
    second.description = "USB-Serial Controller"
    monkeypatch.setattr(serial.tools.list_ports, "comports", lambda: [second, first])
    assert serial_ports() == [
        Found("/dev/ttyS0", "/dev/ttyS0"),
        Found("/dev/ttyUSB0", "/dev/ttyUSB0 · USB-Serial Controller"),
    ]


@pytest.mark.parametrize(
    ("fault", "trouble", "words"),
    [
        ({}, None, "is ready"),
        ({"near_end": True}, None, "nearly out"),
        ({"paper_out": True}, Trouble.PAPER_OUT, "no paper"),
        ({"cover_open": True}, Trouble.COVER_OPEN, "cover is open"),
        ({"offline": True}, Trouble.OFFLINE, "paused"),
        ({"cutter": True}, Trouble.FAULT, "jammed"),
        ({"silent": True}, Trouble.SILENT, "does not answer"),
    ],
)
def test_trying_a_printer_tells_in_words_how_it_is(
    paper: LoopbackPrinter, fault: dict[str, bool], trouble: Trouble | None, words: str
) -> None:
    paper.set(**fault)
    tried = try_network(paper.address, patience_s=0.3 if trouble is Trouble.SILENT else 3)
    assert tried.is_well == (trouble is None)
    assert tried.status is not None
    assert tried.status.trouble is trouble
    assert words in tried.sentence
    assert not paper.printed


def test_trying_an_address_where_nobody_is_says_what_to_look_at(paper: LoopbackPrinter) -> None:
    paper.refuse()
    tried = try_network(paper.address)
    assert tried.status is None
    assert "switched on" in tried.sentence


@pytest.mark.parametrize("address", ["", "   ", "what?"])
def test_trying_no_address_says_how_one_is_written(address: str) -> None:
    assert "192.168.1.50" in try_network(address).sentence


def test_a_printer_that_is_not_asked_is_only_connected_to(paper: LoopbackPrinter) -> None:
    tried = try_printer(PrinterSettings(name="x", link="network", address=paper.address, answers=False))
    assert tried.is_well
    assert paper.received == 0
