"""All readers of a desk at once: who sent what, how each is, and new settings while they work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import codes
from civicdesk.models import PaperKind, PrintJob, Scan
from civicdesk.settings import PrinterSettings, RouteSettings, SerialReaderSettings, Settings
from civicdesk.ui.pace import MOST
from civicdesk.ui.readers import Readers
from civicdesk.ui.reading import Reading, State, Way
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Chip
from tests.printing import reading
from tests.ui.desk import Desk, settle
from tests.ui.plugs import Plug

CODE = codes.make(codes.Kind.BADGE, lambda _below: 20261122000142570006)
OTHER = codes.make(codes.Kind.PASS, lambda _below: 20261122000142570007)
GAP = 200  # wide, because the machine that runs the tests may be busy for a while


class Room:
    """A field to type in, readers, and what came of them."""

    def __init__(self, app: QApplication, qtbot: QtBot, at: Callable[[], datetime]) -> None:
        self.qtbot = qtbot
        self.field = QLineEdit()
        qtbot.addWidget(self.field)
        with qtbot.waitActive(self.field):
            self.field.show()
        self.settings = Settings.model_construct(reader_gap_ms=GAP)
        self.readers = Readers(app, self.settings, at)
        self.scans: list[tuple[str, str]] = []
        self.readings: list[Reading] = []
        self.readers.scanned.connect(lambda text, _raw, device: self.scans.append((text, device)))
        self.readers.read.connect(self.readings.append)

    def use(self, **values: object) -> None:
        self.settings = self.settings.with_(**values)
        self.readers.use(self.settings)

    def plug(self, *plugs: Plug) -> None:
        self.use(serial_readers=tuple(SerialReaderSettings(port=str(plug.port)) for plug in plugs))
        for plug in plugs:
            self.wait_for(State.WORKING, str(plug.port))

    def wait_for(self, state: State, name: str = "") -> None:
        self.qtbot.waitUntil(lambda: self.states().get(name) is state, timeout=10_000)

    def states(self) -> dict[str, State]:
        return {each.name: each.state for each in self.readers.states()}

    def type_(self, code: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """As a reader does it."""
        window = self.field.windowHandle()
        assert window is not None
        for letter in code:
            QTest.keyClick(window, letter)
        if end is not None:
            QTest.keyClick(window, end)


@pytest.fixture
def room(qapp: QApplication, qtbot: QtBot, clock: Callable[[], datetime]) -> Iterator[Room]:
    room = Room(qapp, qtbot, clock)
    yield room
    room.readers.stop()
    assert all(reader.wait() for reader in room.readers._leaving)


@pytest.fixture
def plugs(tmp_path: Path) -> Iterator[list[Plug]]:
    plugs = [Plug(tmp_path / name) for name in ("left", "right")]
    yield plugs
    for plug in plugs:
        plug.pull_out()


def test_every_scan_says_which_reader_sent_it(room: Room, plugs: list[Plug]) -> None:
    left, right = plugs
    room.plug(left, right)
    room.type_(CODE)
    left.send(CODE.encode() + b"\r")
    room.qtbot.waitUntil(lambda: len(room.scans) == 2)
    right.send(OTHER.encode() + b"\r")
    room.qtbot.waitUntil(lambda: len(room.scans) == 3)

    assert room.scans == [
        (CODE, "keyboard"),
        (CODE, f"serial {left.port}"),
        (OTHER, f"serial {right.port}"),
    ]
    assert room.field.text() == ""


def test_a_reader_that_is_removed_is_heard_no_more_and_the_other_goes_on(
    room: Room, plugs: list[Plug]
) -> None:
    left, right = plugs
    room.plug(left, right)
    room.use(serial_readers=(SerialReaderSettings(port=str(right.port)),))
    assert list(room.states()) == ["", str(right.port)]
    assert room.states()[str(right.port)] is State.WORKING, "it was not disturbed"
    left.send(CODE.encode() + b"\r")
    right.send(OTHER.encode() + b"\r")
    room.qtbot.waitUntil(lambda: bool(room.scans))

    assert room.scans == [(OTHER, f"serial {right.port}")]


def test_another_speed_on_the_same_port_is_no_quarrel_with_ourselves(room: Room, plugs: list[Plug]) -> None:
    port = str(plugs[0].port)
    room.plug(plugs[0])
    seen: list[State] = []
    room.readers.changed.connect(lambda: seen.append(room.states()[port]) if port in room.states() else None)
    room.use(serial_readers=(SerialReaderSettings(port=port, baud=115_200),))
    room.wait_for(State.WORKING, port)

    assert seen == [State.OPENING, State.WORKING]


def test_a_new_prefix_holds_for_all_readers_at_once(room: Room, plugs: list[Plug]) -> None:
    room.plug(plugs[0])
    room.use(reader_prefix="%")
    room.wait_for(State.WORKING, str(plugs[0].port))
    plugs[0].send(f"%{CODE}\r".encode())
    room.type_(f"%{OTHER}")
    room.qtbot.waitUntil(lambda: len(room.scans) == 2)

    assert sorted(text for text, _device in room.scans) == sorted([CODE, OTHER])
    assert all(reading.has_prefix for reading in room.readings)


def test_from_how_many_characters_on_a_code_counts_is_set_while_it_works(room: Room) -> None:
    room.type_("123456")
    assert room.scans == []
    assert room.field.text() == "123456"
    room.use(reader_least=6)
    room.qtbot.wait(GAP + 50)  # a person's pause
    room.type_("123456")

    assert room.scans == [("123456", "keyboard")]


def test_a_pause_ends_a_code_once_that_is_set(room: Room) -> None:
    room.use(reader_suffix="none")
    with room.qtbot.waitSignal(room.readers.scanned):
        room.type_("12345678", end=None)

    assert (room.readings[0].end, room.field.text()) == ("", "")


def test_a_keyboard_reader_that_is_stuck_counts_first_and_is_heard_again_when_it_is_quiet(room: Room) -> None:
    for _again in range(3 * MOST):
        room.type_(CODE)
    assert 1 <= len(room.scans) <= 2 * MOST
    assert room.states()[""] is State.STUCK
    heard = len(room.scans)
    room.wait_for(State.WORKING)
    room.type_(OTHER)

    assert len(room.scans) == heard + 1
    assert room.field.text() == ""


@pytest.mark.parametrize(
    ("code", "end", "says"),
    [("123456", Qt.Key.Key_Return, "enter"), ("12345678", None, ""), ("1234", None, "")],
    ids=["too short", "without Enter", "very short"],
)
def test_what_was_nearly_a_scan_is_told_while_somebody_sets_up_a_reader(
    room: Room, code: str, end: Qt.Key | None, says: str
) -> None:
    room.type_(code, end)
    assert room.readings == []
    room.qtbot.wait(GAP + 400)  # a person's pause
    room.readers.watch_near_misses(True)
    with room.qtbot.waitSignal(room.readers.read):
        room.type_(code, end)

    (reading,) = room.readings
    assert (reading.text, reading.end, reading.is_missed) == (code, says, True)
    assert room.scans == []


def test_what_comes_too_slowly_is_told_with_how_slowly(room: Room) -> None:
    room.use(reader_gap_ms=5)
    room.readers.watch_near_misses(True)
    window = room.field.windowHandle()
    assert window is not None
    with room.qtbot.waitSignal(room.readers.read):
        for letter in "123456789":
            QTest.keyClick(window, letter)
            room.qtbot.wait(30)
        QTest.keyClick(window, Qt.Key.Key_Return)

    (reading,) = room.readings
    assert (reading.text, reading.end, reading.is_missed) == ("123456789", "enter", True)
    assert (reading.gap_ms or 0) >= 25
    assert room.field.text() == "123456789"


def test_a_camera_is_chosen_and_given_up_while_the_desk_works(room: Room, qtbot: QtBot) -> None:
    room.use(camera="/dev/video0")
    room.wait_for(State.AWAY, "/dev/video0")
    assert room.readers.camera is not None
    assert room.readers.camera.sink is not None
    with qtbot.waitSignal(room.readers.seen):
        room.readers.camera.sink.setVideoFrame(QVideoFrame(QImage(320, 240, QImage.Format.Format_RGB32)))
    room.wait_for(State.WORKING, "/dev/video0")
    room.use(camera="")

    assert room.readers.camera is None
    assert list(room.states()) == [""]


# --- on the desk ---


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(runner, qtbot, tmp_path).let_in()
    yield desk
    desk.window.paper.printers.stop()
    settle()


def test_the_row_of_a_scan_names_its_reader(desk: Desk, room: Room, plugs: list[Plug]) -> None:
    desk.window.use_readers(room.readers)
    room.plug(plugs[0])
    plugs[0].send(CODE.encode() + b"\r")
    room.qtbot.waitUntil(lambda: bool(desk.said))

    with desk.runner.database.read() as session:
        assert session.scalars(select(Scan.device)).all() == [f"serial {plugs[0].port}"]


def test_the_chip_says_which_reader_is_away_and_leads_to_its_page(
    desk: Desk, room: Room, plugs: list[Plug]
) -> None:
    desk.window.use_readers(room.readers)
    room.plug(plugs[0])
    chip = desk.find("chip_reader")
    assert isinstance(chip, Chip)
    assert (chip.words(), chip.tone) == ("Reader", "info")
    plugs[0].pull_out()
    room.wait_for(State.AWAY, str(plugs[0].port))

    assert (chip.words(), chip.tone) == ("Reader away", "bad")
    assert str(plugs[0].port) in chip.toolTip()
    desk.press("chip_reader")
    assert desk.is_there("settings_reader")


def test_without_a_printer_the_test_card_becomes_a_file_with_the_code_on_the_screen(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.press("chip_reader")
    page = desk.window.pages.settings
    with qtbot.waitSignal(desk.window.paper.made, timeout=20_000) as made:
        page.reader.print_card.click()

    assert made.args is not None
    (read,) = reading.scanned(made.args[0].read_bytes(), 203)
    assert read == page.reader.picture.code
    assert desk.said == "The test card is ready."


def test_with_a_printer_the_test_card_is_asked_for_with_the_code_on_the_screen(
    desk: Desk, tmp_path: Path
) -> None:
    printer = PrinterSettings(name="Desk", link="file", address=str(tmp_path / "badges"))
    settings = desk.window.settings.with_(
        printers=(printer,), routes={"badge": RouteSettings(printer="Desk")}
    )
    desk.window.apply(settings)
    desk.press("chip_reader")
    page = desk.window.pages.settings
    page.reader.print_card.click()
    desk.window.paper.printers.stop()

    with desk.runner.database.read() as session:
        (job,) = session.scalars(select(PrintJob)).all()
    assert (job.kind, job.printer, job.label) == (PaperKind.TEST_CARD, "Desk", page.reader.picture.code)


def test_a_camera_that_looks_on_is_named_on_every_screen_also_while_locked(desk: Desk, room: Room) -> None:
    desk.window.use_readers(room.readers)
    assert not desk.is_there("chip_camera")
    room.use(camera="/dev/video0")
    room.readers._note(Way.CAMERA, "/dev/video0", State.WORKING)
    assert desk.is_there("chip_camera")
    desk.window.lock()

    assert desk.is_there("lock_camera")
    room.use(camera="")
    assert not desk.is_there("lock_camera")
