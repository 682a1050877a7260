from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from civicdesk.desk import denylist
from civicdesk.models import Denial
from civicdesk.ui.pages.denial_page import DenialPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.list_row import ListRow

LEFT = Qt.MouseButton.LeftButton


def settle() -> None:
    """Let rows that were replaced go, and new ones come."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def opened(runner: Runner, qtbot: QtBot) -> DenialPage:
    page = DenialPage(runner)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def fill(qtbot: QtBot, page: DenialPage, **typed: str) -> None:
    for field, words in typed.items():
        for letter in words:  # Qt's own key clicks know no Turkish letters
            key = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(getattr(page, field), key)
    qtbot.mouseClick(page.put, LEFT)


def listed(runner: Runner) -> list[Denial]:
    with runner.database.read() as session:
        return list(denylist.entries(session, runner.at()))


def titles(page: DenialPage) -> list[str]:
    settle()
    return [row.title.text() for row in page.list.findChildren(ListRow) if row.isVisibleTo(page)]


def test_somebody_is_put_on_the_list_with_an_end(manager: Runner, qtbot: QtBot) -> None:
    page = opened(manager, qtbot)
    assert any("Nobody is refused entry" in label.text() for label in page.list.findChildren(QLabel))
    fill(qtbot, page, name="Rıfat Karabekçi", phone="0500 000 11 22", reason="Threats", until="31052027")
    (denial,) = listed(manager)
    assert (denial.name, denial.phone, denial.until_on) == (
        "Rıfat Karabekçi",
        "+905000001122",
        date(2027, 5, 31),
    )
    assert titles(page) == ["Rıfat Karabekçi"]
    assert page.list.title.text() == "1 person on the list"
    assert page.name.text() == page.until.text() == ""


def test_an_empty_end_is_no_end(manager: Runner, qtbot: QtBot) -> None:
    page = opened(manager, qtbot)
    fill(qtbot, page, name="Rıfat Karabekçi", reason="Threats")
    assert listed(manager)[0].until_on is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Rıfat"}, "Write why; only managers see it."),
        ({"name": "Rıfat", "reason": "x", "until": "soon"}, "Write the date as 24.11.2026."),
        ({"name": "Rıfat", "reason": "x", "until": "1.1.2026"}, "The end date has passed."),
        ({"name": "Rıfat", "reason": "x", "phone": "12"}, "This is not a phone number."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    manager: Runner, qtbot: QtBot, typed: dict[str, str], sentence: str
) -> None:
    page = opened(manager, qtbot)
    fill(qtbot, page, **typed)
    assert page.banner.isVisible()
    assert page.banner.sentence.text().startswith(sentence)
    assert page.name.text() == "Rıfat"
    assert listed(manager) == []


def test_somebody_is_taken_off_the_list_with_undo(manager: Runner, qtbot: QtBot) -> None:
    notices: list[Notice] = []
    manager.notice.connect(notices.append)
    page = opened(manager, qtbot)
    fill(qtbot, page, name="Rıfat Karabekçi", reason="Threats")
    settle()
    row = next(row for row in page.list.findChildren(ListRow) if row.isVisibleTo(page))
    assert row.button is not None
    qtbot.mouseClick(row.button, LEFT)
    assert listed(manager) == []
    assert titles(page) == []
    undo = notices[-1].undo
    assert undo is not None
    manager.now(undo)
    assert titles(page) == ["Rıfat Karabekçi"]


def test_others_than_managers_see_no_names_and_are_told_whom_to_ask(runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        denylist.add(session, name="Rıfat Karabekçi", reason="Threats", until=None, at=runner.at())
    page = opened(runner, qtbot)
    assert page.only_managers.isVisible()
    assert not page.form.isVisible()
    assert titles(page) == []
    assert not any("Threats" in label.text() for label in page.findChildren(QLabel))
