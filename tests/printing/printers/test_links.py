import os
from pathlib import Path

import pytest

from civicdesk.errors import Unavailable
from civicdesk.models import JobState, Trouble
from civicdesk.printing.badge import BadgeSize, badges_pdf
from civicdesk.printing.printers.network_link import network_address
from civicdesk.printing.printers.port import Outcome, Sheet, Status
from civicdesk.printing.printers.usb_link import UsbAddress, usb_address
from tests.printing.printers.thermal import FACE, Printing, thermal

LONG = Sheet("badges", badges_pdf([FACE] * 3, BadgeSize.ROLL_80))
"""More than a pipe holds."""


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("192.168.1.50", "192.168.1.50", 9100),
        ("192.168.1.50:9101", "192.168.1.50", 9101),
        ("yazici-1.merkez.local", "yazici-1.merkez.local", 9100),
        ("::1", "::1", 9100),
        ("[::1]", "::1", 9100),
        ("[fe80::1%eth0]:9101", "fe80::1%eth0", 9101),
    ],
)
def test_a_network_address_is_a_host_and_perhaps_a_port(address: str, host: str, port: int) -> None:
    assert network_address(address) == (host, port)


@pytest.mark.parametrize(
    "address",
    ["", ":9100", "a b", "host:", "host:0", "host:70000", "host:٣", "http://host/", "[::1", "[::1]9", "[]:1"],
)
def test_a_network_address_that_cannot_be_one_is_told(address: str) -> None:
    with pytest.raises(Unavailable, match="no network address"):
        network_address(address)


def test_a_usb_address_is_two_numbers_and_perhaps_a_serial_number() -> None:
    assert usb_address("04b8:0e15") == UsbAddress(0x04B8, 0x0E15)
    assert usb_address("04B8:0E15:X:1") == UsbAddress(0x04B8, 0x0E15, "X:1")
    with pytest.raises(Unavailable, match="no USB device"):
        usb_address("04b8:0e15:")


def test_a_file_keeps_what_would_be_printed_badge_after_badge(tmp_path: Path) -> None:
    file = tmp_path / "roll.bin"
    printer = thermal(str(file), link="file")
    assert printer.status() == Status()
    assert Printing(printer)() == Outcome(JobState.SENT)
    once = file.stat().st_size
    assert Printing(printer)() == Outcome(JobState.SENT)
    assert file.stat().st_size == 2 * once
    assert file.read_bytes().endswith(b"\x1dVB\x00")


def test_a_folder_that_is_not_there_is_a_printer_that_is_away(tmp_path: Path) -> None:
    assert thermal(str(tmp_path / "none" / "roll.bin"), link="file").status() == Status(Trouble.AWAY)


def test_a_printer_that_is_unplugged_does_not_become_a_file_of_its_name() -> None:
    path = Path("/dev/civicdesk-has-no-such-printer")
    assert thermal(str(path), link="file").status() == Status(Trouble.AWAY)
    assert Printing(thermal(str(path), link="file"))() == Outcome(JobState.WAITING, Trouble.AWAY)
    assert not path.exists()


def test_a_pipe_that_nobody_reads_is_away(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    assert thermal(str(pipe), link="file").status() == Status(Trouble.AWAY)


def test_a_device_that_takes_no_more_says_so_until_it_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    printing = Printing(thermal(str(pipe), link="file", patience_s=0.2), LONG, is_given_up=True)
    assert printing() == Outcome(JobState.UNSURE, Trouble.OFFLINE)
    assert [status.trouble for status in printing.told] == [Trouble.OFFLINE]
    os.close(reader)


def test_a_device_that_is_gone_in_the_middle_leaves_it_unsure(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    printing = Printing(
        thermal(str(pipe), link="file", patience_s=0.2), LONG, lambda status: os.close(reader)
    )
    assert printing() == Outcome(JobState.UNSURE, Trouble.CUT_OFF)
