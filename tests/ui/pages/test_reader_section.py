"""The set-up page of the readers, as a clerk works it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import codes, text
from civicdesk.settings import SerialReaderSettings, Settings
from civicdesk.ui import camera as camera_module
from civicdesk.ui.pages.settings import reader_camera, reader_ports
from civicdesk.ui.pages.settings.reader import ReaderSection
from civicdesk.ui.pages.settings.reader_ports import Port
from civicdesk.ui.readers import Readers
from civicdesk.ui.reading import Reading, State, Way
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from tests.ui.desk import settle, words
from tests.ui.plugs import Plug

LEFT = Qt.MouseButton.LeftButton
CODE = codes.make(codes.Kind.TEST_CARD, lambda _below: 7)
GOOD = Reading(CODE, CODE, Way.KEYBOARD, sent=CODE, gap_ms=8, end="enter")
SLOW = Reading(CODE, CODE, Way.KEYBOARD, sent=CODE, gap_ms=62, end="enter", is_missed=True)


class Bench:
    """The page, with readers behind it, and hands and eyes."""

    def __init__(self, runner: Runner, app: QApplication, qtbot: QtBot) -> None:
        self.qtbot, self.app = qtbot, app
        self.settings = Settings.model_construct()
        self.section = ReaderSection(runner)
        qtbot.addWidget(self.section)
        self.section.show_settings(self.settings)
        self.readers = Readers(app, self.settings, runner.at)
        self.section.use_readers(self.readers)
        self.section.settings_wanted.connect(self.use)
        self.section.resize(960, 620)
        self.section.show()
        qtbot.waitExposed(self.section)

    def use(self, settings: Settings) -> None:
        """As the desk does it with settings that are asked for."""
        self.settings = settings
        self.section.show_settings(settings)
        self.readers.use(settings)

    def find(self, name: str) -> QWidget:
        settle()
        found = [each for each in self.section.findChildren(QWidget, name) if each.isVisible()]
        assert found, name
        return found[0]

    def press(self, name: str) -> None:
        button = self.find(name)
        assert isinstance(button, QPushButton)
        self.section.area.ensureWidgetVisible(button)
        self.qtbot.mouseClick(button, LEFT)

    def write(self, name: str, typed: str) -> QLineEdit:
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.setText(typed)
        return field

    def read(self, reading: Reading) -> None:
        self.readers.read.emit(reading)
        settle()

    def seen(self) -> str:
        settle()
        return "\n".join(words(self.section))

    def pill(self, name: str) -> tuple[str, str]:
        pill = self.find(name)
        assert isinstance(pill, Pill)
        return pill.text(), pill.tone


@pytest.fixture
def bench(
    runner: Runner, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    monkeypatch.setattr(
        reader_ports, "ports", lambda: [Port("/dev/ttyACM0", "Honeywell"), Port("COM3", "n/a")]
    )
    bench = Bench(runner, qapp, qtbot)
    yield bench
    bench.readers.stop()
    assert all(reader.wait() for reader in bench.readers._leaving)


# --- the last scan ---


def test_of_a_good_scan_everything_is_told_and_nothing_is_to_be_changed(bench: Bench) -> None:
    bench.read(GOOD)

    assert bench.section.last.sentences() == ["All is right: nothing has to be changed."]
    for said in ("Test card: the reader works", "at most 8 ms between characters", "Enter", "24 characters"):
        assert said in bench.seen()


def test_a_reader_that_is_too_slow_is_put_right_by_one_button(bench: Bench) -> None:
    bench.read(SLOW)
    assert "too slowly" in bench.section.last.sentences()[0]
    bench.press("reader_advice_1_1")

    assert bench.settings.reader_gap_ms == 85
    assert bench.section.manners.gap.value() == 85
    assert bench.section.last.sentences() == ["Changed. Now scan once more."]
    bench.read(Reading(CODE, CODE, Way.KEYBOARD, sent=CODE, gap_ms=58, end="enter"))
    assert bench.section.last.sentences() == ["All is right: nothing has to be changed."]


def test_a_prefix_is_taken_over_by_one_button(bench: Bench) -> None:
    sent = f"%{CODE}"
    bench.read(Reading(sent, sent, Way.KEYBOARD, sent=sent, gap_ms=8, end="enter"))
    bench.press("reader_advice_1_1")

    assert bench.settings.reader_prefix == "%"
    assert bench.section.manners.prefix.text() == "%"


def test_what_was_typed_is_looked_at_only_while_the_page_is_seen(bench: Bench) -> None:
    near = bench.readers.keyboard._near
    assert near.is_watching
    bench.section.hide()

    assert not near.is_watching


def test_the_test_card_on_the_screen_is_the_one_that_is_printed(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.section.test_card_wanted) as wanted:
        bench.press("reader_print_card")

    assert wanted.args == [bench.section.picture.code]


def test_the_page_speaks_turkish_once_that_is_chosen(bench: Bench) -> None:
    bench.read(SLOW)
    text.use_language("tr")
    bench.app.sendEvent(bench.section, QEvent(QEvent.Type.LanguageChange))
    for child in bench.section.findChildren(QWidget):
        bench.app.sendEvent(child, QEvent(QEvent.Type.LanguageChange))
    seen = bench.seen()

    for said in ("Okuyucu", "Sınırı 85 ms yap", "Seri bağlantılı okuyucular", "Kamera", "Bu ön eki kullan"):
        assert said in seen
    for said in ("Reader", "Limit", "Prefix", "Speed", "Port\n"):
        assert said not in seen


# --- a reader that types ---


def test_numbers_count_once_nobody_changes_them_any_more(bench: Bench, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bench.section.settings_wanted) as wanted:
        for _again in range(5):
            bench.press("reader_gap_more")
    assert wanted.args is not None
    assert wanted.args[0].reader_gap_ms == 40
    with qtbot.waitSignal(bench.section.settings_wanted):
        bench.press("reader_least_less")

    assert (bench.settings.reader_gap_ms, bench.settings.reader_least) == (40, 7)


def test_what_ends_a_code_is_chosen(bench: Bench) -> None:
    bench.press("reader_suffix_none")

    assert bench.settings.reader_suffix == "none"


@pytest.mark.parametrize("prefix", ["1", "11", "13579", "19"])
def test_a_prefix_that_would_eat_our_codes_is_refused_with_the_reason(bench: Bench, prefix: str) -> None:
    bench.write("reader_prefix", prefix)
    bench.press("reader_prefix_save")

    assert bench.settings.reader_prefix == ""
    assert "they would be cut off" in bench.seen()


def test_any_other_prefix_is_taken_and_can_be_taken_back(bench: Bench) -> None:
    bench.write("reader_prefix", "Ş%")
    bench.press("reader_prefix_save")
    assert bench.settings.reader_prefix == "Ş%"
    bench.write("reader_prefix", "")
    bench.press("reader_prefix_save")

    assert bench.settings.reader_prefix == ""


def test_a_stuck_reader_is_named(bench: Bench) -> None:
    assert bench.pill("reader_keyboard_state") == ("Listening", "ok")
    bench.readers._note(Way.KEYBOARD, "", State.STUCK)

    assert bench.pill("reader_keyboard_state") == ("Stuck sending", "warn")


# --- serial readers ---


def row(bench: Bench, place: int) -> str:
    found = bench.find(f"reader_port_{place}")
    assert isinstance(found, ListRow)
    return "\n".join(words(found))


def test_a_reader_is_added_by_a_port_that_was_found_and_removed_again(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "/dev/ttyACM0 · Honeywell" in bench.seen())
    assert "None." in bench.seen()
    bench.press("reader_port_found_2")
    bench.section.ports.speed.set_value(115_200)
    bench.press("reader_port_add")

    assert bench.settings.serial_readers == (SerialReaderSettings(port="COM3", baud=115_200),)
    qtbot.waitUntil(lambda: "Away since" in row(bench, 1))
    assert "115200 baud" in row(bench, 1)
    bench.press("reader_port_remove_1")
    assert bench.settings.serial_readers == ()
    assert "None." in bench.seen()


def test_how_a_serial_reader_is_stands_beside_it(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    plug = Plug(tmp_path / "reader")
    bench.write("reader_port", f"  {plug.port} ")
    bench.press("reader_port_add")
    qtbot.waitUntil(lambda: "Working" in row(bench, 1))
    plug.send(CODE.encode() + b"\r")
    qtbot.waitUntil(lambda: "Test card: the reader works" in bench.seen())
    assert f"Reader on {plug.port}" in bench.seen()
    plug.pull_out()

    qtbot.waitUntil(lambda: "Away since 10:42" in row(bench, 1))
    assert "Plug it in: it comes back by itself." in row(bench, 1)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Which port?"),
        ("   ", "Which port?"),
        ("/dev/ttyS9", "there already"),
        ("a\u2028b", "not the name"),
    ],
)
def test_what_is_no_new_port_is_refused_under_the_field(bench: Bench, typed: str, says: str) -> None:
    bench.write("reader_port", "/dev/ttyS9")
    bench.press("reader_port_add")
    bench.write("reader_port", typed)
    bench.press("reader_port_add")

    assert len(bench.settings.serial_readers) == 1
    assert says in bench.section.ports.parts[bench.section.ports.port].trouble.text()


def test_there_is_an_end_to_how_many_readers_a_desk_has(bench: Bench) -> None:
    for n in range(9):
        bench.write("reader_port", f"/dev/ttyS{n + 30}")
        bench.press("reader_port_add")

    assert len(bench.settings.serial_readers) == 8
    assert "8 readers already" in bench.section.ports.parts[bench.section.ports.port].trouble.text()


def test_no_port_at_all_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(reader_ports, "ports", list)
    bench.section.ports.look()

    qtbot.waitUntil(lambda: "No serial port was found." in bench.seen())


def test_the_ports_of_this_computer_can_be_asked_for() -> None:
    assert all(port.name for port in reader_ports.ports())


# --- the camera ---


def test_a_camera_is_chosen_seen_and_given_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    found = [camera_module.CameraChoice("/dev/video0", "Logi C270")]
    monkeypatch.setattr(reader_camera, "cameras", lambda: found)
    assert bench.pill("reader_camera_state")[0] == "Off"
    bench.press("reader_cameras_again")
    assert "Logi C270" in bench.seen()
    bench.press("reader_camera_choice_/dev/video0")
    assert bench.settings.camera == "/dev/video0"
    assert bench.readers.camera is not None
    assert bench.readers.camera.sink is not None
    picture = QImage(640, 360, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    with qtbot.waitSignal(bench.readers.seen):
        bench.readers.camera.sink.setVideoFrame(QVideoFrame(picture))
    bench.readers.seen.emit(picture)  # the page shows it from the second on
    view = bench.section.camera.view
    assert bench.pill("reader_camera_state") == ("Camera on", "ok")
    assert view.isVisible()
    assert view.grab().toImage().pixelColor(view.rect().center()).lightness() > 240
    bench.press("reader_camera_choice_")

    assert bench.settings.camera == ""
    assert not view.isVisible()
    assert not view.is_seeing()


def test_a_camera_that_is_set_and_not_there_is_said(bench: Bench) -> None:
    bench.use(bench.settings.with_(camera="/dev/video7"))

    assert bench.pill("reader_camera_state") == ("Away since 10:42", "bad")
    assert "/dev/video7 (not there)" in bench.seen()


def test_without_the_extra_the_page_says_how_to_get_it(
    runner: Runner, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_camera, "is_installed", lambda: False)
    card = reader_camera.CameraCard()
    qtbot.addWidget(card)
    card.show()
    card.look()

    assert "make run CAMERA=1" in card.how.text()
    assert card.state.text() == "Parts missing"
    assert not card.again.isVisible()
