from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.top_bar import TopBar

WIDEST = 2_000


class Watched(TopBar):
    """Stops before the program would run out of stack."""

    nested = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.nested += 1
        assert self.nested < 10, "the bar asks for another size of itself without end"
        super().resizeEvent(event)
        self.nested -= 1


@pytest.fixture(params=[1.0, 1.5, 2.0], ids=["usual", "large", "largest"])
def letters(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, LIGHT, request.param)
    yield
    apply_theme(qapp, LIGHT, 1.0)


@pytest.fixture
def window(letters: None, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def bar(window: QWidget, runner: Runner, qtbot: QtBot) -> Watched:
    """A bar as high as it wants to be over a page that takes the rest."""
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    bar = Watched(runner)
    column.addWidget(bar)
    column.addWidget(QWidget(), 1)
    bar.show_staff(runner.staff)
    bar.show_desk("ok", "")
    window.resize(WIDEST, 600)
    with qtbot.waitExposed(window):
        window.show()
    bar.show_printer("No paper · 12", "bad", "")
    return bar


def test_the_bar_comes_to_rest_at_every_width_and_keeps_the_printers_in_sight(bar: Watched) -> None:
    for width in range(WIDEST, 400, -7):
        bar.window().resize(width, 600)
        QApplication.processEvents()
        assert bar.printer.isVisible(), width
        assert bar.lock.isVisible() != bar.lock_small.isVisible(), width
        assert bar.time.isVisible(), width


def test_what_was_left_out_comes_back_with_the_room(bar: Watched) -> None:
    for width in (500, WIDEST):
        bar.window().resize(width, 600)
        QApplication.processEvents()

    assert bar.desk.isVisible()
    assert bar.date.isVisible()
    assert bar.reader.isVisible()
    assert bar.lock.isVisible()
