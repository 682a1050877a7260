from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui import us_keys
from civicdesk.ui.reading import LONGEST
from civicdesk.ui.scanner import KeyboardScanner, Rhythm, Suffix, Verdict
from civicdesk.ui.us_keys import Mark

CODE = "112026112200014257000042"
GAP = 250  # wide, because the machine that runs the tests may be busy for a while
A_PERSONS_PAUSE = GAP + 50
C, S, E, O = Mark.CHARACTER, Mark.SHIFT, Mark.END, Mark.OTHER  # noqa: E741  columns of a table
HOLD, PASS, SCAN = Verdict.HOLD, Verdict.PASS, Verdict.SCAN


def _play(rhythm: Rhythm, keys: list[tuple[int, Mark]]) -> list[Verdict]:
    """What becomes of keys at these times; a burst that is over is settled first, as the desk does it."""
    verdicts = []
    for at, mark in keys:
        if not rhythm.follows(at):
            verdicts.append(rhythm.settle())
        verdicts.append(rhythm.hear(at, mark))
    return verdicts


def _burst(marks: int, gap: int, start: int = 1_000) -> list[tuple[int, Mark]]:
    return [(start + i * gap, C) for i in range(marks)]


@pytest.mark.parametrize(
    ("keys", "last"),
    [
        ([*_burst(24, 8), (1_200, E)], SCAN),
        ([*_burst(8, 35), (1_280, E)], SCAN),
        ([*_burst(7, 8), (1_056, E)], PASS),
        ([*_burst(24, 60), (2_440, E)], PASS),
        ([*_burst(8, 8), (1_100, E)], PASS),
        ([(1_000, E)], PASS),
        ([(1_000, O)], PASS),
        ([(1_000, S)], PASS),
        ([(1_000, C)], HOLD),
        ([(1_000, C), (1_020, S)], HOLD),
        ([(1_000, C), (1_020, O)], PASS),
        ([*_burst(8, 8), (1_064, O)], HOLD),
        ([*_burst(8, 8), (1_064, O), (1_070, E)], SCAN),
        ([*_burst(8, 8), (1_064, E), (1_066, E)], SCAN),
        ([*_burst(8, 8), (1_064, E), (1_070, C), (1_076, E)], SCAN),
        ([*_burst(8, 8), (1_064, E), (1_200, C), (1_210, E)], PASS),
        ([*_burst(8, 8, start=2**32 - 20), (44, E)], SCAN),
        ([*_burst(8, 8), (900, E)], PASS),
    ],
    ids=[
        "a reader",
        "the slowest and shortest reader",
        "too short",
        "a fast typist",
        "Enter after a pause",
        "Enter alone",
        "an arrow alone",
        "Shift alone",
        "a letter alone",
        "Shift in the middle",
        "a shortcut on the heels of a letter",
        "a control character inside a parcel code",
        "a parcel code",
        "carriage return and line feed",
        "the second line of a business card",
        "a person after a scan",
        "a scan while the clock starts again",
        "a clock put back",
    ],
)
def test_a_reader_is_told_from_a_person_by_the_rhythm(keys: list[tuple[int, Mark]], last: Verdict) -> None:
    assert _play(Rhythm(), keys)[-1] is last


@pytest.mark.parametrize(
    ("count", "suffix", "settled"),
    [(19, Suffix.KEY, PASS), (20, Suffix.KEY, SCAN), (7, Suffix.NONE, PASS), (8, Suffix.NONE, SCAN)],
)
def test_a_reader_that_sends_no_enter_is_known_by_its_length(
    count: int, suffix: Suffix, settled: Verdict
) -> None:
    rhythm = Rhythm(suffix=suffix)
    _play(rhythm, _burst(count, 10))

    assert rhythm.settle() is settled


def test_a_key_held_down_is_no_reader() -> None:
    rhythm = Rhythm()
    rhythm.hear(1_000, C)
    rhythm.settle()

    assert {rhythm.hear(1_400 + 30 * i, C, repeated=True) for i in range(50)} == {PASS}


class Field(QLineEdit):
    """A field that remembers which keys went down and came up."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.seen.append(f"{event.text()} down")
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self.seen.append(f"{event.text()} up")
        super().keyReleaseEvent(event)


class Desk(QWidget):
    """A field, a button and a scanner."""

    def __init__(self) -> None:
        super().__init__()
        self.field = Field()
        self.button = QPushButton("Kaydet")
        self.clicks = 0
        self.button.clicked.connect(self._count)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.button)
        self.scans: list[tuple[str, str]] = []

    def _count(self) -> None:
        self.clicks += 1

    def listen(self, scanner: KeyboardScanner) -> KeyboardScanner:
        scanner.scanned.connect(lambda text, raw: self.scans.append((text, raw)))
        return scanner

    @property
    def window_handle(self) -> QWindow:
        handle = self.windowHandle()
        assert handle is not None
        return handle

    def read(self, code: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """As a reader does it: without a pause, into the window."""
        for letter in code:
            QTest.keyClick(self.window_handle, letter)
        if end is not None:
            QTest.keyClick(self.window_handle, end)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    with qtbot.waitActive(desk):
        desk.show()
    desk.field.setFocus()
    return desk


@pytest.fixture
def scanner(qapp: QApplication, desk: Desk) -> Iterator[KeyboardScanner]:
    scanner = desk.listen(KeyboardScanner(qapp, gap_ms=GAP))
    yield scanner
    scanner.stop()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_goes_to_the_desk_and_not_into_the_field(
    desk: Desk, scanner: KeyboardScanner, end: Qt.Key
) -> None:
    desk.read(CODE, end)

    assert desk.scans == [(CODE, CODE)]
    assert desk.field.text() == ""
    assert desk.field.hasFocus()


def test_a_scan_presses_no_button(desk: Desk, scanner: KeyboardScanner) -> None:
    desk.button.setDefault(True)
    desk.button.setFocus()
    desk.read("CODE 39 OF 1974")

    assert desk.scans == [("CODE 39 OF 1974", "CODE 39 OF 1974")]
    assert desk.clicks == 0


def test_a_scan_sets_off_no_shortcut_on_the_way(desk: Desk, scanner: KeyboardScanner) -> None:
    fired: list[str] = []
    for key in ("1", "Return"):
        QShortcut(QKeySequence(key), desk.button).activated.connect(lambda key=key: fired.append(key))
    desk.button.setFocus()
    desk.read(CODE)

    assert desk.scans
    assert fired == []


def test_what_a_person_types_arrives(desk: Desk, scanner: KeyboardScanner, qtbot: QtBot) -> None:
    for letter in "Ali":
        QTest.keyClick(desk.window_handle, letter)
        qtbot.waitUntil(lambda typed=letter: desk.field.text().endswith(typed), timeout=1_000)

    assert desk.field.text() == "Ali"
    assert desk.scans == []


def test_enter_right_after_a_letter_finds_the_letter_there(desk: Desk, scanner: KeyboardScanner) -> None:
    seen: list[str] = []
    desk.field.returnPressed.connect(lambda: seen.append(desk.field.text()))
    desk.read("Ali")

    assert seen == ["Ali"]


def test_a_letter_and_the_backspace_after_it_keep_their_order(desk: Desk, scanner: KeyboardScanner) -> None:
    desk.read("Alix", Qt.Key.Key_Backspace)

    assert desk.field.text() == "Ali"


def test_a_shortcut_of_one_letter_still_works(desk: Desk, scanner: KeyboardScanner, qtbot: QtBot) -> None:
    shortcut = QShortcut(QKeySequence("y"), desk.button)
    desk.button.setFocus()

    with qtbot.waitSignal(shortcut.activated):
        QTest.keyClick(desk.window_handle, "y")


def test_a_shortcut_with_ctrl_is_not_held_back(desk: Desk, scanner: KeyboardScanner) -> None:
    desk.field.setText("Selin")
    QTest.keyClick(desk.window_handle, "a", Qt.KeyboardModifier.ControlModifier)

    assert desk.field.selectedText() == "Selin"


def test_the_space_bar_presses_the_button_once(desk: Desk, scanner: KeyboardScanner, qtbot: QtBot) -> None:
    desk.button.setFocus()
    with qtbot.waitSignal(desk.button.clicked):
        QTest.keyClick(desk.window_handle, " ")

    assert desk.clicks == 1


def test_every_key_that_goes_down_in_a_field_comes_up_again(
    desk: Desk, scanner: KeyboardScanner, qtbot: QtBot
) -> None:
    desk.read(CODE)
    for letter in "yx":
        qtbot.wait(A_PERSONS_PAUSE)
        QTest.keyClick(desk.window_handle, letter)
    qtbot.waitUntil(lambda: len(desk.field.seen) == 4)

    assert desk.field.seen == ["y down", "y up", "x down", "x up"]


def test_a_reader_that_forgets_enter_is_understood_all_the_same(
    desk: Desk, scanner: KeyboardScanner, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(scanner.scanned):
        desk.read(CODE, None)

    assert desk.scans == [(CODE, CODE)]
    assert desk.field.text() == ""


def test_a_business_card_of_short_lines_leaves_nothing_in_the_field(
    desk: Desk, scanner: KeyboardScanner, qtbot: QtBot
) -> None:
    desk.read("BEGIN:VCARD")
    with qtbot.waitSignal(scanner.scanned):
        desk.read("N:Ali")

    assert [text for text, _raw in desk.scans] == ["BEGIN:VCARD", "N:Ali"]
    assert desk.field.text() == ""


def test_a_reader_that_goes_on_and_on_is_cut_short(desk: Desk, qapp: QApplication) -> None:
    scanner = desk.listen(KeyboardScanner(qapp, gap_ms=20 * GAP))
    desk.read("7" * (LONGEST + 500))
    scanner.stop()

    assert [len(text) for text, _raw in desk.scans] == [LONGEST]
    assert desk.field.text() == ""


def test_a_prefix_the_reader_puts_before_each_code_is_taken_off(desk: Desk, qapp: QApplication) -> None:
    scanner = desk.listen(KeyboardScanner(qapp, gap_ms=GAP, prefix="%"))
    desk.read("%" + CODE)
    scanner.stop()

    assert desk.scans == [(CODE, "%" + CODE)]


def test_a_stopped_scanner_lets_everything_pass(desk: Desk, scanner: KeyboardScanner) -> None:
    scanner.stop()
    desk.read(CODE)

    assert desk.scans == []
    assert desk.field.text() == CODE


def test_what_goes_straight_to_a_field_is_left_alone(desk: Desk, scanner: KeyboardScanner) -> None:
    QTest.keyClicks(desk.field, CODE)

    assert desk.field.text() == CODE
    assert desk.scans == []


@pytest.mark.parametrize(
    ("platform", "first"), [("xcb", 8), ("windows", 0), ("wayland", 8)], ids=["X11", "Windows", "Wayland"]
)
def test_the_place_on_the_board_decides_not_the_layout(
    platform: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(us_keys.QGuiApplication, "platformName", lambda: platform)
    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    typed = [(23, "ı", plain), (30, "U", plain), (40, "İ", shift), (3, "2", plain), (3, "'", shift)]
    events = [
        QKeyEvent(QEvent.Type.KeyPress, 0, modifier, place + first, 0, 0, letter)
        for place, letter, modifier in typed
    ]

    assert "".join(map(us_keys.us_character, events)) == 'ia"2@'
