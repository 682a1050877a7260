from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import visits
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Room, Visit
from civicdesk.ui.pages.page import Page
from civicdesk.ui.runner import Notice, Runner
from tests import builders


class Listener(Page):
    """A page that counts how often it looked."""

    watches = frozenset({Visit})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.looks = 0

    def refresh(self) -> None:
        self.looks += 1


@pytest.fixture
def notices(runner: Runner) -> list[Notice]:
    heard: list[Notice] = []
    runner.notice.connect(heard.append)
    return heard


@pytest.fixture
def changes(runner: Runner) -> list[Changes]:
    heard: list[Changes] = []
    runner.changed.connect(heard.append)
    return heard


def refuse(_session: Session | None = None) -> None:
    raise Refusal("no", "Not here.")


def count(runner: Runner) -> int:
    with runner.database.read() as session:
        return session.scalar(select(func.count()).select_from(Visit)) or 0


def test_a_slow_job_runs_beside_the_screen_and_its_result_comes_back_to_it(
    runner: Runner, qtbot: QtBot
) -> None:
    landed: list[tuple[int, bool]] = []
    runner.background(
        threading.get_ident, then=lambda worked_in: landed.append((worked_in, QThread.isMainThread()))
    )
    qtbot.waitUntil(lambda: bool(landed))

    worked_in, is_on_screen = landed[0]
    assert worked_in != threading.get_ident()
    assert is_on_screen


@pytest.mark.parametrize("how", ["now", "read"])
def test_a_refusal_goes_to_the_page_that_asked_for_it(
    runner: Runner, notices: list[Notice], how: str
) -> None:
    told: list[Refusal] = []
    getattr(runner, how)(refuse, refused=told.append)

    assert [refusal.reason for refusal in told] == ["no"]
    assert notices == []


@pytest.mark.parametrize("how", ["now", "read"])
def test_a_refusal_that_no_page_shows_becomes_a_notice(
    runner: Runner, notices: list[Notice], how: str
) -> None:
    getattr(runner, how)(refuse)

    assert notices == [Notice("Not here.", "bad")]


def test_a_refusal_of_a_slow_job_is_told_like_any_other(
    runner: Runner, notices: list[Notice], qtbot: QtBot
) -> None:
    runner.background(refuse)
    qtbot.waitUntil(lambda: bool(notices))

    assert notices == [Notice("Not here.", "bad")]


def test_what_the_world_outside_did_not_answer_is_told_even_if_the_page_shows_refusals(
    runner: Runner, notices: list[Notice]
) -> None:
    def unplugged(_session: Session) -> None:
        raise Unavailable("The disk did not answer.")

    runner.now(unplugged, refused=lambda _refusal: pytest.fail("that was no refusal"))

    assert notices == [Notice("The disk did not answer.", "bad")]


def test_the_result_of_a_page_that_was_closed_meanwhile_is_dropped(runner: Runner, qtbot: QtBot) -> None:
    goes_on, owner = threading.Event(), QObject()
    dropped: list[object] = []
    after: list[object] = []
    runner.background(lambda: goes_on.wait(10), then=dropped.append, owner=owner)
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    goes_on.set()
    runner.background(lambda: True, then=after.append)
    qtbot.waitUntil(lambda: bool(after))
    runner.close()

    assert dropped == []


def test_a_use_case_that_fails_half_way_saves_nothing_and_announces_nothing(
    runner: Runner, changes: list[Changes], notices: list[Notice]
) -> None:
    def half(session: Session) -> None:
        builders.visit(session)
        raise Refusal("no", "Not today.")

    runner.now(half, then=lambda _done: pytest.fail("it was not done"))

    assert count(runner) == 0
    assert changes == []
    assert [notice.sentence for notice in notices] == ["Not today."]


def test_a_bug_in_a_use_case_saves_nothing_and_is_not_swallowed(
    runner: Runner, changes: list[Changes]
) -> None:
    def half(session: Session) -> None:
        builders.visit(session)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        runner.now(half)

    assert count(runner) == 0
    assert changes == []


def test_a_look_changes_nothing_and_announces_nothing(runner: Runner, changes: list[Changes]) -> None:
    runner.read(visits.inside)

    assert changes == []


def test_who_is_signed_in_is_who_acts(runner: Runner) -> None:
    assert runner.staff is not None
    by: list[object] = []
    runner.now(lambda session: session.info["by"], then=by.append)
    acting, runner.staff = runner.staff, None
    runner.now(lambda session: session.info["by"], then=by.append)

    assert by == [acting.id, None]


def test_a_visit_and_its_end_are_announced_although_they_pass_the_session_by(
    runner: Runner, changes: list[Changes]
) -> None:
    visit: list[Visit] = []
    runner.now(builders.visit, then=visit.append)
    runner.now(lambda session: visits.check_out(session, visit[0].id, at=runner.at()))

    assert len(changes) == 2
    assert all(Visit in each for each in changes)


def test_changes_made_beside_the_screen_reach_a_page_on_the_screen(runner: Runner, qtbot: QtBot) -> None:
    looked_in: list[bool] = []

    class Watcher(Listener):
        def refresh(self) -> None:
            looked_in.append(QThread.isMainThread())

    page = Watcher(runner)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)

    def come_in() -> None:
        with runner.database.begin() as session:
            builders.visit(session)

    runner.background(come_in)
    qtbot.waitUntil(lambda: len(looked_in) == 2)

    assert looked_in == [True, True]


def test_a_hidden_page_looks_once_when_it_is_shown_however_much_happened(
    runner: Runner, qtbot: QtBot
) -> None:
    page = Listener(runner)
    qtbot.addWidget(page)
    for name in ("Selin Karaca", "Murat Ak", "Ada Su"):
        runner.now(lambda session, name=name: builders.visit(session, name))
    hidden = page.looks
    page.show()
    qtbot.waitExposed(page)

    assert (hidden, page.looks) == (0, 1)


def test_a_page_does_not_look_at_what_it_does_not_show(runner: Runner, qtbot: QtBot) -> None:
    page = Listener(runner)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    runner.now(lambda session: session.add(Room(name="Yeni Oda", zone="", capacity=4, position=9)))

    assert page.looks == 1


def test_closing_waits_for_what_is_under_way(runner: Runner) -> None:
    done: list[bool] = []
    begun, goes_on = threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        goes_on.wait(10)
        done.append(True)

    runner.background(slow)
    assert begun.wait(10)
    goes_on.set()
    runner.close()

    assert done == [True]
