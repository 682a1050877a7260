from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from civicdesk import demo
from civicdesk.ui.first_start import DemoProgress

LEFT = Qt.MouseButton.LeftButton


def made(qtbot: QtBot, path: Path) -> DemoProgress:
    progress = DemoProgress(path, years=1)
    qtbot.addWidget(progress)
    progress.show()
    return progress


def test_it_makes_the_demo_and_shows_how_far_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    progress = made(qtbot, tmp_path / "demo.db")
    with qtbot.waitSignal(progress.finished, timeout=60_000):
        progress.start()

    assert (tmp_path / "demo.db").exists()
    assert progress.meter.value() == progress.meter.maximum()


def test_cancelled_it_leaves_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    progress = made(qtbot, tmp_path / "demo.db")
    with qtbot.waitSignal(progress.cancelled, timeout=60_000):
        progress.start()
        qtbot.mouseClick(progress.cancel, LEFT)

    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_and_can_be_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(demo, "make", full)
    progress = made(qtbot, tmp_path / "demo.db")
    progress.start()
    qtbot.waitUntil(progress.again.isVisible)

    assert "could not be made" in progress.title.text()
    with qtbot.waitSignal(progress.cancelled):
        qtbot.mouseClick(progress.cancel, LEFT)
