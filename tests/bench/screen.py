"""What is seen: an answer after a scan, suggestions after a letter, the list of a full house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from civicdesk import text
from civicdesk.desk import invitations, staff, visits
from civicdesk.settings import Settings
from civicdesk.ui.desk_window import DeskWindow
from civicdesk.ui.paper import Paper
from civicdesk.ui.runner import Runner
from civicdesk.ui.scanner import KeyboardScanner
from civicdesk.ui.sounds import Sounds
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from tests.bench import centres, paper, suggest
from tests.bench.rows import Row, Times, timed, within

_SCANS, _QUICK_SCANS = 200, 40
_NAMES, _QUICK_NAMES = 20, 5
_PATIENT_MS = 250  # a busy machine may be slower than a reader, and that is not measured here
_WAYS = ("today", "visitors", "check_in")


class Desk:
    """The real window on a real file, with the clock of opening hours and somebody signed in."""

    def __init__(self, file: Path) -> None:
        self.qt = QApplication.instance() or QApplication([])
        assert isinstance(self.qt, QApplication)
        text.use_language("tr")
        apply_theme(self.qt, LIGHT, 1.0)
        self.clock = centres.OpenHours()
        self.runner = Runner(file, clock=lambda: self.clock().astimezone(UTC))
        self.runner.database.prepare()
        self.window = DeskWindow(
            self.runner, Paper(self.runner, file.with_name("paper")), Sounds(is_silent=True), Settings()
        )
        self.window.resize(1366, 768)
        self.window.show()
        with self.runner.database.read() as session:
            self.window.lock_page.signed_in.emit(staff.everyone(session)[0])
        self.qt.processEvents()

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.runner.close()
        self.qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def until_painted(self, widget: QWidget, act: Callable[[], None]) -> float:
        """Milliseconds until a widget is on the screen as it should be after an action."""
        seen = Painted(widget)

        def all_of_it() -> None:
            act()
            for _turn in range(50):
                self.qt.processEvents()
                if seen.is_painted:
                    break
            else:
                raise AssertionError(f"{widget.objectName()} was never painted")
            self.qt.processEvents()

        took = timed(all_of_it)
        widget.removeEventFilter(seen)
        return took


class Painted(QObject):
    """Whether a widget has been painted since."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_painted = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.is_painted |= event.type() == QEvent.Type.Paint
        return False


def rows(*, quick: bool) -> Iterator[Row]:
    for scale, many in centres.PEOPLE.items():
        with centres.copy(scale) as file:
            desk = Desk(file)
            if scale == 1:
                yield from _scans(desk, _QUICK_SCANS if quick else _SCANS)
            yield _letters(desk, many, suggest.names_to_type(file, _QUICK_NAMES if quick else _NAMES))
            desk.close()
    with centres.copy() as file:
        paper.fill(file, centres.OpenHours())
        desk = Desk(file)
        yield _full_house(desk)
        desk.close()


def _scans(desk: Desk, count: int) -> Iterator[Row]:
    """In by pass, out by badge, with each of the busiest pages open."""
    scanner = KeyboardScanner(desk.qt, gap_ms=_PATIENT_MS)
    scanner.scanned.connect(desk.window.scanned)
    passes = _invite(desk)
    for way in _WAYS:
        desk.window.go(way)
        desk.qt.processEvents()
        times: Times = []
        for n in range(count):
            times.append(_scan(desk, passes[n % len(passes)]))
            with desk.runner.database.read() as session:
                badge = visits.badge_of(session, visits.inside(session)[0].id)
            assert badge
            times.append(_scan(desk, badge.code))
        yield within(f"last key of a scan → answer painted, {way} open", times, p99=30)
    scanner.stop()


def _invite(desk: Desk) -> list[str]:
    at = desk.runner.at()
    wanted = invitations.Wanted(
        name="", expected_at=at + timedelta(minutes=30), until=at + timedelta(days=300), entries=100
    )
    names = "\n".join(f"Konuk {chr(65 + n)} Deneme" for n in range(26))
    with desk.runner.database.begin() as session:
        return [made.code for made in invitations.invite_many(session, names, wanted, at=at)]


def _scan(desk: Desk, code: str) -> float:
    desk.clock.forward(30)
    window = desk.window.windowHandle()
    for digit in code:
        QTest.keyClick(window, digit)
    return desk.until_painted(desk.window.answer, lambda: QTest.keyClick(window, Qt.Key.Key_Return))


def _letters(desk: Desk, many: int, names: list[str]) -> Row:
    """No reader is attached: the desk holds a person's key back for 45 ms to tell it from a reader's."""
    desk.window.go("check_in")
    field = desk.window.pages.check_in.form.who.name
    times: Times = []
    for name in names:
        desk.window.pages.check_in.clear()
        field.setFocus()
        desk.qt.processEvents()
        for end, letter in enumerate(name, start=1):
            took = desk.until_painted(field, partial(_press, field, letter))
            if end >= len("abc"):
                times.append(took)
    return within(f"suggestions per key, {many:,} people: painted", times, p99=16)


def _press(field: QWidget, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def _full_house(desk: Desk) -> Row:
    page = desk.window.pages.evacuation

    def show() -> None:
        desk.window.go("evacuation")

    times = []
    for _n in range(10):
        desk.window.go("today")
        desk.qt.processEvents()
        page.refresh_now()
        times.append(desk.until_painted(page, show))
    return within(f"evacuation list, {paper.FULL} people: shown", times, p99=300)
