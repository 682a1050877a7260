from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from civicdesk import text
from civicdesk.database import Database
from civicdesk.ui import sweeping
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import current, scaled
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from tests import builders


class Clock:
    """The tests' own clock: stands still until told."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> datetime:
        self.at += timedelta(**delta)
        return self.at


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Tests read the words of the source; those about Turkish say so."""
    text.use_language("en")
    yield
    text.use_language("en")


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    """What a test leaves under way, and the clothes it leaves on, trouble nobody after it."""
    yield
    sweeping.forget()
    app = QApplication.instance()
    if isinstance(app, QApplication) and (current() is not LIGHT or scaled(100) != 100):
        apply_theme(app, LIGHT, 1.0)


@pytest.fixture
def clock() -> Clock:
    return Clock(builders.TUESDAY)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, made once."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database(path)
    database.prepare()
    database.close()
    return path


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """A database file with a centre and its rooms."""
    path = tmp_path / "desk.db"
    shutil.copy(empty_file, path)
    database = Database(path)
    with database.begin() as session:
        builders.centre(session)
    database.close()
    return path


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(file)
    yield database
    database.close()


@pytest.fixture
def runner(file: Path, qapp: QApplication, clock: Callable[[], datetime]) -> Iterator[Runner]:
    """The desk's runner on a centre that is open, at 10:42 on a Tuesday, with Elif (reception) signed in."""
    runner = Runner(file, clock=clock)
    runner.database.prepare()
    with runner.database.begin() as session:
        runner.staff = builders.member_of_staff(session)
    yield runner
    runner.close()


@pytest.fixture
def manager(runner: Runner) -> Runner:
    """The same with Deniz, a manager, signed in."""
    with runner.database.begin() as session:
        runner.staff = builders.member_of_staff(session, "Deniz Polat", builders.Role.MANAGER)
    return runner
