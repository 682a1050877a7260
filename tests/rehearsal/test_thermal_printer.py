"""The loopback printer itself: it must be as awkward as a real one, or the tests with it show nothing."""

import socket
from collections.abc import Iterator

import pytest

from civicdesk.rehearsal.thermal_printer import ThermalPrinter

BAND = b"\x1dv0\x00\x01\x00\x10\x00" + b"\xff" * 16
CUT = b"\x1dV\x00"


@pytest.fixture
def printer() -> Iterator[ThermalPrinter]:
    with ThermalPrinter() as printer:
        yield printer


@pytest.fixture
def wire(printer: ThermalPrinter) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", printer.port), 10) as wire:
        yield wire


def heard(wire: socket.socket, count: int) -> bytes:
    said = b""
    while len(said) < count:
        said += wire.recv(count - len(said))
    return said


@pytest.mark.parametrize(
    ("fault", "answers"),
    [
        ({}, b"\x12\x12\x12\x12"),
        ({"paper_out": True}, b"\x1a\x32\x12\x72"),
        ({"cover_open": True}, b"\x1a\x16\x12\x12"),
        ({"near_end": True}, b"\x12\x12\x12\x1e"),
        ({"cutter": True}, b"\x1a\x52\x1a\x12"),
        ({"offline": True}, b"\x1a\x12\x12\x12"),
    ],
)
def test_it_says_how_it_is_as_the_manuals_of_printers_say(
    printer: ThermalPrinter, wire: socket.socket, fault: dict[str, bool], answers: bytes
) -> None:
    printer.set(**fault)
    wire.sendall(b"".join(bytes((0x10, 0x04, which)) for which in (1, 2, 3, 4)))
    assert heard(wire, 4) == answers


def test_it_answers_at_once_even_among_dots_and_in_two_parts(
    printer: ThermalPrinter, wire: socket.socket
) -> None:
    wire.sendall(b"\x1dv0\x00\x01\x00\x10\x00\x10")
    printer.wait(lambda: printer.received == 9)
    wire.sendall(b"\x04\x01")
    assert heard(wire, 1) == b"\x12"
    wire.sendall(b"\xff" * 13 + CUT)
    printer.wait(lambda: len(printer.printed) == 1)
    assert printer.printed[0].image.height == 16


def test_what_is_asked_in_order_is_answered_when_it_is_on_paper(
    printer: ThermalPrinter, wire: socket.socket
) -> None:
    printer.set(cover_open=True)
    wire.sendall(BAND + b"\x1dr\x01" + b"\x10\x04\x01")
    assert heard(wire, 1) == b"\x1a"
    printer.set(cover_open=False)
    assert heard(wire, 1) == b"\x00"


def test_a_job_goes_through_to_an_empty_roll_without_a_word(
    printer: ThermalPrinter, wire: socket.socket
) -> None:
    printer.set(paper_out=True)
    wire.sendall(BAND + CUT)
    printer.wait(lambda: printer.received == len(BAND + CUT))
    assert printer.printed == []
    printer.reload()
    printer.wait(lambda: len(printer.printed) == 1)


def test_a_roll_ends_where_it_ends_and_goes_on_from_there(
    printer: ThermalPrinter, wire: socket.socket
) -> None:
    printer.reload(rows=24)
    wire.sendall(BAND * 3 + CUT)
    printer.wait(lambda: printer.faults.paper_out)
    printer.reload()
    printer.wait(lambda: len(printer.printed) == 1)
    assert printer.printed[0].image.height == 48


def test_a_full_memory_takes_no_more(printer: ThermalPrinter, wire: socket.socket) -> None:
    printer.set(paper_out=True, buffer=100)
    wire.settimeout(0.3)
    with pytest.raises(TimeoutError):
        wire.sendall(BAND * 1_000_000)
    assert printer.received <= 100


def test_it_speaks_with_one_computer_at_a_time(printer: ThermalPrinter, wire: socket.socket) -> None:
    with socket.create_connection(("127.0.0.1", printer.port), 10) as other:
        other.sendall(b"\x10\x04\x01")
        wire.sendall(b"\x10\x04\x01")
        assert heard(wire, 1) == b"\x12"
        assert printer.connections == 1
        wire.close()
        assert heard(other, 1) == b"\x12"


def test_a_reset_throws_everybody_out_and_forgets(printer: ThermalPrinter, wire: socket.socket) -> None:
    printer.reset_after(len(BAND) + 10)
    with pytest.raises(ConnectionError):
        wire.sendall(BAND * 1_000_000)
    assert [paper.image.height for paper in printer.torn] == [16]
    assert printer.printed == []


def test_it_tells_of_a_change_by_itself_if_it_was_told_to(
    printer: ThermalPrinter, wire: socket.socket
) -> None:
    wire.sendall(b"\x1da\x0e")
    assert heard(wire, 4) == b"\x10\x00\x00\x00"
    printer.set(cover_open=True)
    assert heard(wire, 4) == b"\x38\x00\x00\x00"


def test_a_command_it_does_not_know_is_noted(printer: ThermalPrinter, wire: socket.socket) -> None:
    wire.sendall(b"\x1dZ" + CUT)
    printer.wait(lambda: len(printer.printed) == 1)
    assert printer.unknown == [b"\x1dZ"]


def test_letters_of_a_page_it_does_not_have_come_out_wrong(
    printer: ThermalPrinter, wire: socket.socket
) -> None:
    wire.sendall(b"\x1bt\x0d" + "ğ".encode("cp857") + b"\n\x1bt\x63" + "ğ".encode("cp857") + b"\n" + CUT)
    printer.wait(lambda: len(printer.printed) == 1)
    right, wrong = printer.printed[0].text.splitlines()
    assert right == "ğ"
    assert wrong != "ğ"
