from collections.abc import Iterator

import pytest
import serial

from civicdesk.models import JobState, Trouble
from civicdesk.printing.printers.port import Outcome, Status
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as LoopbackPrinter
from tests.printing.printers.thermal import CODE, Printing, meanwhile, scanned, thermal
from tests.printing.printers.wires import SerialCable

FAST = 921_600


@pytest.fixture
def cable(paper: LoopbackPrinter) -> Iterator[SerialCable]:
    with SerialCable(paper) as cable:
        yield cable


def test_a_badge_comes_out_at_the_other_end_of_a_serial_port(
    paper: LoopbackPrinter, cable: SerialCable
) -> None:
    printer = thermal(cable.port, link="serial", baud=FAST)
    assert printer.status() == Status()
    assert Printing(printer)() == Outcome(JobState.PRINTED)
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE]]
    printer.close()


def test_a_slow_line_takes_text_and_longer_than_the_printers_patience(
    paper: LoopbackPrinter, cable: SerialCable
) -> None:
    printer = thermal(cable.port, link="serial", baud=9600, way="text", patience_s=0.3)
    assert Printing(printer)() == Outcome(JobState.PRINTED)
    assert "Şükrü Işık" in paper.printed[0].text
    printer.close()


def test_an_empty_roll_is_waited_for_on_a_serial_port_too(paper: LoopbackPrinter, cable: SerialCable) -> None:
    paper.reload(rows=300)
    printer = thermal(cable.port, link="serial", baud=FAST)
    printing = Printing(printer, hand=lambda status: paper.reload() if status.trouble else None)
    assert printing() == Outcome(JobState.PRINTED)
    assert [status.trouble for status in printing.told] == [Trouble.PAPER_OUT, None]
    assert [scanned(badge.image) for badge in paper.printed] == [[CODE]]
    printer.close()


def test_a_port_that_another_program_holds_is_away_until_it_is_let_go(cable: SerialCable) -> None:
    printer = thermal(cable.port, link="serial", baud=FAST)
    with serial.Serial(cable.port, exclusive=True):
        assert printer.status() == Status(Trouble.AWAY)
    assert printer.status() == Status()
    printer.close()


def test_a_cable_pulled_out_in_the_middle_leaves_it_unsure(
    paper: LoopbackPrinter, cable: SerialCable
) -> None:
    printer = thermal(cable.port, link="serial", baud=FAST)
    paper.break_after(20_000, cover_open=True)
    outcome = meanwhile(Printing(printer), paper, lambda: paper.faults.cover_open, cable.pull_out)
    assert outcome == Outcome(JobState.UNSURE, Trouble.CUT_OFF)
    assert printer.status() == Status(Trouble.AWAY)


@pytest.mark.parametrize("port", ["COM97", "/dev/there-is-none", ""])
def test_a_port_that_is_not_there_is_away(port: str) -> None:
    assert thermal(port or " ", link="serial").status() == Status(Trouble.AWAY)
