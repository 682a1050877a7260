"""What can be done next after a scan."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import invitations, visits
from civicdesk.models import Visit
from civicdesk.settings import Settings
from civicdesk.ui.desk_window import DeskWindow
from civicdesk.ui.paper import Paper
from civicdesk.ui.runner import Runner
from civicdesk.ui.scan_desk import ScanDesk
from civicdesk.ui.sounds import Sounds
from civicdesk.ui.widgets.answer_bar import AnswerBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot) -> AnswerBar:
    bar = AnswerBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def desk(runner: Runner, bar: AnswerBar) -> ScanDesk:
    return ScanDesk(runner, bar, Sounds(is_silent=True))


def a_pass(runner: Runner) -> str:
    """Selin's pass, good for two entries now."""
    with runner.database.begin() as session:
        wanted = invitations.Wanted(name="Selin Karaca", expected_at=runner.at(), entries=2)
        made = invitations.invite(session, wanted, at=runner.at() - timedelta(hours=2))
    return made.code


def steps(bar: AnswerBar) -> dict[str, QPushButton]:
    """The buttons of the answer, by their words."""
    QApplication.processEvents()
    return {button.text(): button for button in bar.findChildren(QPushButton) if button.isVisible()}


def last_visit(runner: Runner) -> UUID:
    with runner.database.read() as session:
        return session.scalars(select(Visit.id).order_by(Visit.id.desc())).first()  # type: ignore[return-value]


def test_the_badge_of_somebody_just_let_in_is_opened_from_the_answer(
    runner: Runner, bar: AnswerBar, desk: ScanDesk, qtbot: QtBot
) -> None:
    code = a_pass(runner)
    desk.scan(code, code)

    with qtbot.waitSignal(desk.open_badge_wanted) as wanted:
        qtbot.mouseClick(steps(bar)["Open badge"], LEFT)
    assert wanted.args == [last_visit(runner)]


def test_the_entry_can_still_be_undone_beside_it(
    runner: Runner, bar: AnswerBar, desk: ScanDesk, qtbot: QtBot
) -> None:
    code = a_pass(runner)
    desk.scan(code, code)
    entered = last_visit(runner)

    qtbot.mouseClick(steps(bar)["Undo"], LEFT)

    with runner.database.read() as session:
        visit = session.get_one(Visit, entered)
    assert visit.deleted_at is not None


def test_somebody_who_left_is_offered_no_badge(
    runner: Runner, bar: AnswerBar, desk: ScanDesk, qtbot: QtBot
) -> None:
    code = a_pass(runner)
    desk.scan(code, code)
    with runner.database.begin() as session:
        badge = visits.badge_of(session, last_visit(runner))
    assert badge is not None
    runner.at.forward(minutes=30)  # type: ignore[attr-defined]
    desk.scan(badge.code, badge.code)

    assert "Undo" in steps(bar)
    assert "Open badge" not in steps(bar)


def test_the_window_opens_the_badge_and_stops_forgetting_when_it_closes(
    runner: Runner, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    paper = Paper(runner, tmp_path / "paper")
    monkeypatch.setattr(paper, "open_badge", opened.append)
    window = DeskWindow(runner, paper, Sounds(is_silent=True), Settings())
    qtbot.addWidget(window)
    window.scans.open_badge_wanted.emit("the visit")
    assert opened == ["the visit"]

    stopped: list[bool] = []
    monkeypatch.setattr(window.retention, "stop", lambda: stopped.append(True))
    with qtbot.waitSignal(window.retention.done) as done:
        window.tick()
    assert done.args == [0]
    window.close()
    assert stopped == [True]
