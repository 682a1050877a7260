"""What nobody holds any more is looked for, but not beside a job."""

from __future__ import annotations

import gc
from threading import Event

from pytestqt.qtbot import QtBot

from civicdesk.errors import Refusal
from civicdesk.ui.runner import Runner


def test_nothing_is_taken_apart_while_a_job_runs_and_afterwards_it_is(runner: Runner, qtbot: QtBot) -> None:
    go_on, seen = Event(), list[bool]()

    def job() -> None:
        seen.append(gc.isenabled())
        go_on.wait(10)

    runner.background(job)
    runner.background(lambda: seen.append(gc.isenabled()))
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [False, False]
    assert not gc.isenabled()
    go_on.set()

    qtbot.waitUntil(gc.isenabled)


def test_a_job_whose_desk_was_closed_keeps_nobody_waiting(runner: Runner) -> None:
    runner.background(lambda: None)
    runner.close()

    assert gc.isenabled()


def test_a_job_that_is_refused_or_fails_lets_it_go_on(runner: Runner, qtbot: QtBot) -> None:
    def refuse() -> None:
        raise Refusal("no", "No.")

    told: list[Refusal] = []
    runner.background(refuse, refused=told.append)

    qtbot.waitUntil(lambda: bool(told))
    assert gc.isenabled()
