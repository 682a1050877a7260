"""Files with names on them do not stay."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pytestqt.qtbot import QtBot

from civicdesk.ui.paper import KEPT_SECONDS, Paper
from civicdesk.ui.runner import Runner


def pdf(folder: Path, name: str, *, seconds_old: float) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_bytes(b"%PDF")
    made = time.time() - seconds_old
    os.utime(file, (made, made))
    return file


def test_a_desk_that_stays_open_tidies_its_papers_every_hour(
    runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    paper = Paper(runner, tmp_path / "paper")
    assert paper.hourly.isActive()
    assert paper.hourly.interval() == 3_600_000
    old = pdf(paper.folder, "badge-7-1.pdf", seconds_old=KEPT_SECONDS + 60)
    young = pdf(paper.folder, "badge-8-1.pdf", seconds_old=KEPT_SECONDS - 60)

    paper.hourly.timeout.emit()

    qtbot.waitUntil(lambda: not old.exists())
    assert young.exists()


def test_old_papers_go_when_the_desk_opens(runner: Runner, qtbot: QtBot, tmp_path: Path) -> None:
    old = pdf(tmp_path / "paper", "badge-7-1.pdf", seconds_old=KEPT_SECONDS + 60)

    Paper(runner, tmp_path / "paper")

    qtbot.waitUntil(lambda: not old.exists())
