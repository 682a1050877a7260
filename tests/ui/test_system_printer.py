"""Documents on this computer's printers: at true size, and known to be printed only when CUPS says so."""

from __future__ import annotations

import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from civicdesk import text
from civicdesk.models import JobState, Trouble
from civicdesk.printing.paper import MM, document
from civicdesk.printing.picture import page_sizes
from civicdesk.printing.printers import ipp
from civicdesk.printing.printers.port import Form, Outcome, Sheet, Status
from civicdesk.printing.qr import draw_qr, modules
from civicdesk.settings import PrinterSettings
from civicdesk.ui.system_printer import SystemPrinter, found_printers, tray_words
from tests.printing.reading import code_side, scanned
from tests.ui import print_server
from tests.ui.print_server import PrintServer

CODE = "0123456789012345"
SIDE = 30.0
PRINTED = Outcome(JobState.PRINTED)

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS"),
    pytest.mark.skipif(bool(print_server.missing()), reason=print_server.missing() or "-"),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintServer]:
    server = PrintServer()
    monkeypatch.setenv("CUPS_SERVER", str(server.socket))
    try:
        server.start()
        server.add("office")
        yield server
    finally:
        server.close()


@pytest.fixture
def hand() -> Iterator[Hand]:
    hand = Hand()
    yield hand
    hand.given_up.set()
    hand.pool.shutdown()


class Hand:
    """Somebody who watches a sheet being printed on a thread of its own, as the queue does."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(1)
        self.told: queue.Queue[Status] = queue.Queue()
        self.given_up = threading.Event()

    def begins(self, sheet: Sheet, printer: SystemPrinter) -> None:
        self.outcome = self.pool.submit(printer.print, sheet, self.told.put, self.given_up.is_set)

    def hears(self) -> Trouble | None:
        return self.told.get(timeout=15).trouble

    def sees(self) -> Outcome:
        return self.outcome.result(timeout=20)


def office(address: str = "office", patience_s: float = 3.0) -> SystemPrinter:
    return SystemPrinter(
        PrinterSettings(name="Office", link="system", address=address, patience_s=patience_s)
    )


def paper(width: float = 62, height: float = 100, pages: int = 1) -> bytes:
    """Pages of this size in millimetres, with a code of 30 mm."""
    out = BytesIO()
    rows = modules(CODE)
    with document(out, width * MM, height * MM, title="Paper", author="CivicDesk") as page:
        for _page in range(pages):
            draw_qr(page, rows, 10 * MM, 20 * MM, SIDE * MM / len(rows))
            page.showPage()
    return out.getvalue()


def printed(pdf: bytes, printer: SystemPrinter | None = None, tray: str = "") -> Outcome:
    return (printer or office()).print(Sheet("Badge 7", pdf, tray=tray), lambda _status: None, lambda: False)


def is_true(pdf: bytes, width: float, height: float) -> bool:
    """Whether a page that came out is of this size, and the code on it too, and reads."""
    [size] = set(page_sizes(pdf))
    assert size == pytest.approx((width, height), abs=0.5)
    assert scanned(pdf, 203) == [CODE]
    assert code_side(pdf, 600) == pytest.approx(SIDE, abs=0.3)
    return True


@pytest.mark.parametrize("size", [(62, 100), (100, 62), (105, 148), (210, 297)])
def test_what_comes_out_is_as_large_as_it_was_drawn(server: PrintServer, size: tuple[int, int]) -> None:
    assert printed(paper(*size)) == PRINTED

    [out] = server.papers()
    assert is_true(out, *size)


def test_a_sheet_that_lies_is_printed_on_paper_that_stands(server: PrintServer) -> None:
    assert printed(paper(297, 210)) == PRINTED

    [out] = server.papers()
    assert "PageSize=A4" in server.options()
    [size] = page_sizes(out)
    assert sorted(size) == pytest.approx([210, 297], abs=0.5)
    assert scanned(out, 203) == [CODE]


def test_every_page_comes_out(server: PrintServer) -> None:
    assert printed(paper(210, 297, pages=3)) == PRINTED

    [out] = server.papers()
    assert len(PdfReader(BytesIO(out)).pages) == 3


@pytest.mark.skipif(not print_server.DEBIANS_PDF.exists(), reason="printer-driver-cups-pdf is not installed")
def test_the_size_is_true_through_a_driver_that_wants_postscript_too(server: PrintServer) -> None:
    server.add("postscript", print_server.DEBIANS_PDF)

    assert printed(paper(), office("postscript")) == PRINTED

    [out] = server.papers()
    assert is_true(out, 62, 100)


def test_the_paper_comes_from_the_tray_that_was_chosen(server: PrintServer) -> None:
    [found] = found_printers()
    lower = next(tray for tray in found.trays if tray_words(tray) == "Lower tray")

    assert printed(paper(210, 297), tray=lower) == PRINTED

    assert "InputSlot=Lower" in server.options()


def test_the_queues_of_this_computer_are_found_the_usual_one_first(server: PrintServer) -> None:
    server.add("a4")
    server.say("lpadmin", "-d", "office")

    first, second = found_printers()

    assert (first.name, first.description, first.is_default) == ("office", "Office printer", True)
    assert (second.name, second.is_default) == ("a4", False)


def test_a_printer_of_this_computer_prints_pages_and_is_well(server: PrintServer) -> None:
    assert office().form is Form.PAGE
    assert office().status() == Status()


def test_a_paused_queue_gets_nothing_and_says_so(server: PrintServer) -> None:
    server.say("cupsdisable", "office")

    assert office().status().trouble is Trouble.OFFLINE
    assert printed(paper()) == Outcome(JobState.WAITING, Trouble.OFFLINE)
    assert server.say("lpstat", "-o") == ""


def test_a_queue_that_takes_no_more_jobs_says_so(server: PrintServer) -> None:
    server.say("cupsreject", "office")

    assert printed(paper()) == Outcome(JobState.WAITING, Trouble.OFFLINE)


def test_a_queue_paused_while_it_has_the_job_is_told_and_goes_on(server: PrintServer, hand: Hand) -> None:
    server.fail("busy")
    server.say("lp", "-d", "office", "/etc/hostname")  # another program's, in front of ours
    hand.begins(Sheet("Badge 7", paper()), office())
    wait_for_jobs(server, 2)
    server.say("cupsdisable", "office")

    assert hand.hears() is Trouble.OFFLINE
    server.mend("busy")
    server.say("cupsenable", "office")

    assert hand.sees() == PRINTED


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("media-empty", Trouble.PAPER_OUT),
        ("cover-open", Trouble.COVER_OPEN),
        ("offline", Trouble.OFFLINE),
    ],
)
def test_a_printer_that_asks_for_a_hand_is_heard_and_then_prints_once(
    server: PrintServer, hand: Hand, fault: str, trouble: Trouble
) -> None:
    server.fail(fault)
    hand.begins(Sheet("Badge 7", paper()), office())

    assert hand.hears() is trouble
    assert server.papers() == []
    server.mend(fault)

    assert hand.sees() == PRINTED
    assert len(server.papers()) == 1


def test_what_an_idle_printer_complained_of_last_does_not_keep_it_from_printing(
    server: PrintServer, hand: Hand
) -> None:
    server.fail("media-empty")
    hand.begins(Sheet("Badge 7", paper()), office())
    assert hand.hears() is Trouble.PAPER_OUT
    hand.given_up.set()
    hand.sees()
    server.mend("media-empty")
    wait_until_idle(server)

    assert office().status().trouble is None
    assert printed(paper()) == PRINTED


def test_a_job_that_is_given_up_is_taken_out_of_cups_too(server: PrintServer, hand: Hand) -> None:
    server.fail("media-empty")
    hand.begins(Sheet("Badge 7", paper()), office())
    assert hand.hears() is Trouble.PAPER_OUT

    hand.given_up.set()

    assert hand.sees() == Outcome(JobState.UNSURE, Trouble.PAPER_OUT)
    server.mend("media-empty")
    wait_until_idle(server)
    assert server.papers() == []


def test_a_job_given_up_before_its_turn_is_known_not_to_have_come_out(
    server: PrintServer, hand: Hand
) -> None:
    server.fail("busy")
    server.say("lp", "-d", "office", "/etc/hostname")
    hand.begins(Sheet("Badge 7", paper()), office())
    wait_for_jobs(server, 2)

    hand.given_up.set()

    assert hand.sees().state is JobState.WAITING
    server.mend("busy")
    wait_until_idle(server)
    assert len(server.papers()) == 1


def test_a_job_that_somebody_cancels_in_cups_is_not_called_printed(server: PrintServer, hand: Hand) -> None:
    server.fail("busy")
    hand.begins(Sheet("Badge 7", paper()), office())
    wait_for_jobs(server, 1)

    server.say("cancel", "-a", "office")

    assert hand.sees() == Outcome(JobState.UNSURE, Trouble.STOPPED)


def test_a_printer_that_fails_stops_its_queue_and_the_job_goes_on_when_it_is_mended(
    server: PrintServer, hand: Hand
) -> None:
    server.fail("broken")
    hand.begins(Sheet("Badge 7", paper()), office())

    assert hand.hears() is Trouble.OFFLINE
    server.mend("broken")
    server.say("cupsenable", "office")

    assert hand.sees() == PRINTED


def test_cups_stopped_in_the_middle_and_started_again_prints_once(server: PrintServer, hand: Hand) -> None:
    server.fail("busy")
    hand.begins(Sheet("Badge 7", paper()), office())
    wait_for_jobs(server, 1)
    server.stop()
    assert hand.hears() is Trouble.AWAY

    server.mend("busy")
    server.start()

    assert hand.sees() == PRINTED
    assert len(server.papers()) == 1


def test_cups_stopped_for_long_leaves_it_to_a_person(server: PrintServer, hand: Hand) -> None:
    server.fail("busy")
    hand.begins(Sheet("Badge 7", paper()), office(patience_s=0.2))
    wait_for_jobs(server, 1)

    server.stop()

    assert hand.hears() is Trouble.AWAY
    assert hand.sees() == Outcome(JobState.UNSURE, Trouble.CUT_OFF)


def test_with_cups_stopped_nothing_leaves_and_no_printer_is_found(server: PrintServer) -> None:
    server.stop()
    began = time.monotonic()

    assert found_printers() == []
    assert office().status().trouble is Trouble.AWAY
    assert printed(paper()) == Outcome(JobState.WAITING, Trouble.AWAY)
    assert time.monotonic() - began < 1


def test_a_queue_that_is_not_there_says_so(server: PrintServer) -> None:
    assert office("nobody").status().trouble is Trouble.AWAY
    assert printed(paper(), office("nobody")) == Outcome(JobState.WAITING, Trouble.AWAY)


def test_a_print_server_that_hangs_is_waited_for_no_longer_than_the_patience(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{deaf.getsockname()[1]}")
        began = time.monotonic()

        assert office(patience_s=0.3).status().trouble is Trouble.AWAY
        assert found_printers() == []
        assert time.monotonic() - began < 3


def test_while_a_print_server_hangs_everybody_else_goes_on(
    monkeypatch: pytest.MonkeyPatch, hand: Hand
) -> None:
    """Qt's own way to printers holds up every thread until the print server answers."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{deaf.getsockname()[1]}")
        hand.begins(Sheet("Badge 7", b""), office(patience_s=0.5))
        turns = 0
        while not hand.outcome.done():
            turns += 1

    assert hand.sees() == Outcome(JobState.WAITING, Trouble.AWAY)
    assert turns > 1000


def test_a_queue_of_several_printers_prints_too(server: PrintServer) -> None:
    server.say("lpadmin", "-p", "office", "-c", "any")
    server.say("cupsenable", "any")
    server.say("cupsaccept", "any")

    assert printed(paper(), office("any")) == PRINTED


def test_the_print_server_that_the_computer_names_is_asked(
    server: PrintServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CUPS_SERVER")
    named = tmp_path / "client.conf"
    named.write_text(f"# ours\nServerName {server.socket}\n", encoding="utf-8")
    monkeypatch.setattr(ipp, "_CLIENT_FILES", (tmp_path / "nothing", named))

    assert [found.name for found in found_printers()] == ["office"]


def test_something_else_that_listens_is_not_taken_for_a_print_server(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{other.getsockname()[1]}")
        babbler = threading.Thread(target=babble, args=(other,))
        babbler.start()

        assert office().status().trouble is Trouble.AWAY
        babbler.join()


@pytest.mark.parametrize("size", [(62, 100), (297, 210)])
def test_qt_prints_at_true_size_too_where_there_is_no_cups(
    server: PrintServer, size: tuple[int, int]
) -> None:
    """In a process of its own: the library under Qt remembers the first print server that it met."""
    pdf = server.base / "paper.pdf"
    pdf.write_bytes(paper(*size, pages=2))
    script = (
        "import sys, json; from pathlib import Path; from PySide6.QtGui import QGuiApplication\n"
        "from civicdesk.settings import PrinterSettings; from civicdesk.printing.printers.port import Sheet\n"
        "from civicdesk.ui.system_printer import QtPrinter\n"
        "app = QGuiApplication([]); said = []\n"
        "for name in ('office', 'nobody'):\n"
        "    printer = QtPrinter(PrinterSettings(name='P', link='system', address=name))\n"
        "    sheet = Sheet('Badge 7', Path(sys.argv[1]).read_bytes())\n"
        "    outcome = printer.print(sheet, lambda _s: None, lambda: False)\n"
        "    said.append((printer.status().trouble, outcome.state))\n"
        "print(json.dumps(said))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(pdf)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert json.loads(done.stdout) == [[None, "sent"], ["away", "waiting"]]
    wait_until_idle(server)
    [out] = server.papers()
    assert len(PdfReader(BytesIO(out)).pages) == 2
    assert sorted(page_sizes(out)[0]) == pytest.approx(sorted(size), abs=0.5)
    assert scanned(out, 203) == [CODE]
    assert code_side(out, 600) == pytest.approx(SIDE, abs=0.3)


def test_trays_are_called_by_the_names_people_know() -> None:
    assert [tray_words(tray) for tray in ("tray-2", "manual", "Lower", "XyzBin")] == [
        "Tray 2",
        "By hand",
        "Lower tray",
        "XyzBin",
    ]
    text.use_language("tr")
    assert tray_words("tray-2") == "Tepsi 2"


def babble(other: socket.socket) -> None:
    connection, _address = other.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


def wait_for_jobs(server: PrintServer, count: int) -> None:
    wait(lambda: len(server.say("lpstat", "-o").splitlines()) == count, server)


def wait_until_idle(server: PrintServer) -> None:
    wait(lambda: server.say("lpstat", "-o") == "", server)


def wait(until: Callable[[], bool], server: PrintServer) -> None:
    deadline = time.monotonic() + 15
    while not until():
        assert time.monotonic() < deadline, server.complaints()
