from collections.abc import Callable, Iterator

import pytest
import usb.backend.libusb1
import usb.core
import usb.util

from civicdesk.models import JobState, Trouble
from civicdesk.printing.printers.port import Outcome, Status
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter
from tests.printing.printers.thermal import CODE, Printing, meanwhile, scanned, thermal
from tests.printing.printers.wires import End, Interface, UsbDevice

Plug = Callable[..., UsbDevice]


@pytest.fixture
def plug(paper: LoopbackPrinter, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plug]:
    """Plugs a printer into the USB, as its library would show it."""
    devices: list[UsbDevice] = []

    def find(find_all: bool, **wanted: int) -> list[UsbDevice]:
        assert find_all
        return [one for one in devices if one.is_plugged_in and wanted.items() <= vars(one).items()]

    monkeypatch.setattr(usb.backend.libusb1, "get_backend", object)
    monkeypatch.setattr(usb.core, "find", find)
    monkeypatch.setattr(usb.util, "claim_interface", lambda device, number: None)
    monkeypatch.setattr(usb.util, "release_interface", lambda device, number: None)
    monkeypatch.setattr(usb.util, "dispose_resources", UsbDevice.let_go)

    def add(**said: object) -> UsbDevice:
        devices.append(UsbDevice(paper=paper, **said))  # type: ignore[arg-type]
        return devices[-1]

    yield add
    for device in devices:
        device.let_go()


def test_a_badge_comes_out_of_a_usb_printer_and_the_system_gets_it_back(
    paper: LoopbackPrinter, plug: Plug
) -> None:
    device = plug()
    printer = thermal("04b8:0e15", link="usb")
    assert Printing(printer)() == Outcome(JobState.PRINTED)
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE]]
    assert not device.is_driven
    printer.close()
    assert device.is_driven


def test_of_two_alike_the_serial_number_says_which(plug: Plug) -> None:
    plug(serial_number="A1", is_forbidden=True)
    plug(serial_number="B2")
    assert thermal("04b8:0e15", link="usb").status() == Status(Trouble.AWAY)
    assert thermal("04B8:0E15:B2", link="usb").status() == Status()


def test_a_printer_pulled_out_in_the_middle_leaves_it_unsure(paper: LoopbackPrinter, plug: Plug) -> None:
    device = plug()
    printer = thermal("04b8:0e15", link="usb")
    paper.break_after(20_000, cover_open=True)
    outcome = meanwhile(Printing(printer), paper, lambda: paper.faults.cover_open, device.unplug)
    assert outcome == Outcome(JobState.UNSURE, Trouble.CUT_OFF)
    assert printer.status() == Status(Trouble.AWAY)


def test_a_printer_that_is_plugged_in_again_prints_again(paper: LoopbackPrinter, plug: Plug) -> None:
    device = plug()
    printer = thermal("04b8:0e15", link="usb")
    assert printer.status() == Status()
    device.unplug()
    assert printer.status() == Status(Trouble.AWAY)
    device.is_plugged_in = True
    assert Printing(printer)() == Outcome(JobState.PRINTED)


def test_a_silent_usb_printer_is_silent_within_its_patience(paper: LoopbackPrinter, plug: Plug) -> None:
    plug()
    paper.set(silent=True)
    assert thermal("04b8:0e15", link="usb", patience_s=0.2).status() == Status(Trouble.SILENT)


def test_a_printer_without_a_way_back_is_sent_to_and_not_asked(paper: LoopbackPrinter, plug: Plug) -> None:
    plug(interfaces=[Interface(ends=(End(0x03), End(0x85, bmAttributes=3)))])
    assert Printing(thermal("04b8:0e15", link="usb"))() == Outcome(JobState.SENT)
    paper.wait(lambda: bool(paper.printed))


@pytest.mark.parametrize("interfaces", [[], [Interface(bInterfaceClass=8)], [Interface(ends=(End(0x84),))]])
def test_what_is_no_printer_is_away(plug: Plug, interfaces: list[Interface]) -> None:
    plug(interfaces=interfaces)
    assert thermal("04b8:0e15", link="usb").status() == Status(Trouble.AWAY)


@pytest.mark.parametrize("address", ["04b8", "04b8:0e1", "/dev/usb/lp0", "xxxx:yyyy", "04b8:0e16"])
def test_a_device_that_is_not_there_is_away(plug: Plug, address: str) -> None:
    plug()
    assert thermal(address, link="usb").status() == Status(Trouble.AWAY)


def test_without_the_usb_library_a_usb_printer_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda: None)
    assert thermal("04b8:0e15", link="usb").status() == Status(Trouble.AWAY)
