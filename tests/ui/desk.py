"""A desk as a clerk has it before her: opened, signed in, and worked by name of the control."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import visits
from civicdesk.models import Badge, Staff, Visit
from civicdesk.settings import Settings
from civicdesk.ui.desk_window import DeskWindow
from civicdesk.ui.paper import Paper
from civicdesk.ui.runner import Runner
from civicdesk.ui.sounds import Sounds
from tests.builders import PIN

LEFT = Qt.MouseButton.LeftButton
PAGES = (
    "today",
    "visitors",
    "check_in",
    "rooms",
    "booking",
    "visitor",
    "invite",
    "head_count",
    "evacuation",
    "waiting",
    "post",
    "receive",
    "notice",
    "print_queue",
    "emails",
    "secretariat",
    "reports",
    "settings",
    "import",
    "members",
    "member",
    "import_members",
)


class Desk:
    """The window, and hands and eyes for it."""

    def __init__(self, runner: Runner, qtbot: QtBot, folder: Path, **settings_too: object) -> None:
        assert runner.staff is not None
        self.runner, self.qtbot, self.clerk = runner, qtbot, runner.staff
        settings = Settings.model_construct(
            language="en", is_silent=True, shows_keyboard="never", **settings_too
        )
        self.window = DeskWindow(runner, Paper(runner, folder / "paper"), Sounds(is_silent=True), settings)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def find(self, name: str) -> QWidget:
        return next(each for each in self.window.findChildren(QWidget, name) if each.isVisible())

    def is_there(self, name: str) -> bool:
        return any(each.isVisible() for each in self.window.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        """Where it is on the screen: what is covered or scrolled away is not pressed."""
        found = self.find(name)
        QApplication.processEvents()
        middle = found.mapTo(self.window, found.rect().center())
        QTest.mouseClick(self.window.windowHandle(), LEFT, Qt.KeyboardModifier.NoModifier, middle)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), key, modifier)

    def write(self, name: str, words: str) -> QLineEdit:
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.setFocus()
        field.setText(words)
        return field

    def sign_in(self, pin: str = PIN) -> None:
        for digit in pin:
            self.press(f"pin_pad_{digit}")
        self.press("pin_pad_enter")
        self.qtbot.waitUntil(lambda: not self.window.is_locked)

    def let_in(self, member: Staff | None = None) -> Desk:
        """Signed in without the long look at a PIN."""
        self.window.lock_page.signed_in.emit(member or self.clerk)
        return self

    def scan(self, code: str) -> None:
        self.window.scanned(code, code)

    @property
    def page(self) -> str:
        """The page that is seen; `lock` for the lock screen."""
        if self.window.lock_page.isVisible():
            return "lock"
        return next(way for way, page in self.window.pages.there.items() if page.isVisible())

    @property
    def said(self) -> str:
        """What the answer bar says, or else the notice bar."""
        for bar in (self.window.answer, self.window.notices):
            if bar.isVisible():
                return bar.sentence.text()
        return ""

    def inside(self) -> list[str]:
        with self.runner.database.read() as session:
            return [visit.visitor.name for visit in visits.inside(session)]

    def badge(self, visit: Visit) -> str:
        with self.runner.database.read() as session:
            return session.scalars(select(Badge.code).where(Badge.visit_id == visit.id)).one()


def settle() -> None:
    """Let rows that were replaced go, and new ones be laid out."""
    for _again in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def words(root: QWidget) -> list[str]:
    """Every word that is seen or spoken."""
    found: list[str] = []
    for each in (root, *root.findChildren(QWidget)):
        if not each.isVisible():
            continue
        found += [each.accessibleName(), each.toolTip()]
        if isinstance(each, QLabel | QAbstractButton):
            found.append(each.text())
        if isinstance(each, QLineEdit):
            found.append(each.placeholderText())
    return [word.strip() for word in found if word.strip()]
