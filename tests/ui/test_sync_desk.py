from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from civicdesk.models import Organisation
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import file_hub, opening
from civicdesk.sync.port import Away, HubPort
from civicdesk.sync.session import Outcome
from civicdesk.sync.standing import Standing
from civicdesk.ui import sync_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.sync_desk import SyncDesk
from tests import builders
from tests.conftest import Clock

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    path = tmp_path / "centre.hub"
    file_hub.create(path, 1, 1)
    return path


@pytest.fixture
def desk(runner: Runner, hub: Path) -> Iterator[SyncDesk]:
    desk = SyncDesk(runner)
    desk.use(Settings.model_construct(hub=opening.at_file(hub, "desk-1")))
    yield desk
    desk.stop()


def sync(desk: SyncDesk, qtbot: QtBot) -> object:
    with qtbot.waitSignal(desk.ended, timeout=20_000) as ended:
        desk.sync_now()
    return ended.args[0]  # type: ignore[index]


@pytest.fixture
def other(hub: Path, empty_file: Path, tmp_path: Path) -> Iterator[SyncDesk]:
    """Another computer with an empty file."""
    runner = Runner(Path(shutil.copy(empty_file, tmp_path / "other.db")))
    desk = SyncDesk(runner)
    desk.use(Settings.model_construct(hub=opening.at_file(hub, "desk-2")))
    yield desk
    desk.stop()
    runner.close()


def test_what_one_desk_writes_the_other_has_after_both_synced(
    desk: SyncDesk, other: SyncDesk, runner: Runner, qtbot: QtBot
) -> None:
    outcome = sync(desk, qtbot)
    assert isinstance(outcome, Outcome)
    with runner.database.begin() as session:
        builders.organisation(session, "Çığ Derneği")
    desk.look()
    assert desk.standing.waits == 1
    sync(desk, qtbot)
    assert desk.standing.waits == 0

    sync(other, qtbot)

    with other._runner.database.read() as session:
        assert [row.name for row in session.query(Organisation)] == ["Çığ Derneği"]


def test_a_hub_that_is_away_is_told_and_asked_less_and_less(runner: Runner, qtbot: QtBot) -> None:
    def away(_hub: HubSettings) -> HubPort:
        raise Away("nobody there")

    clock = Clock(NOON)
    desk = SyncDesk(runner, clock=clock, open_=away)
    desk.use(Settings.model_construct(hub=HubSettings(kind="file", path="/nowhere.hub", role="d")))
    ends: list[object] = []
    desk.ended.connect(ends.append)
    with qtbot.waitSignal(desk.ended, timeout=5_000):
        desk.tick()
    desk.tick()  # not at once again
    assert not desk.is_at_work
    clock.forward(minutes=2)
    with qtbot.waitSignal(desk.ended, timeout=5_000):
        desk.tick()
    assert [type(end) for end in ends] == [Away, Away]


def test_a_sync_that_is_stopped_goes_on_next_time(desk: SyncDesk, qtbot: QtBot) -> None:
    desk.went.connect(lambda _progress: desk.cancel())
    stopped = sync(desk, qtbot)
    assert sync_words.outcome_words(stopped)[1] == "info"
    desk.went.disconnect()
    assert isinstance(sync(desk, qtbot), Outcome)


def test_by_itself_it_syncs_once_a_night(desk: SyncDesk, qtbot: QtBot) -> None:
    sync(desk, qtbot)
    desk.tick()
    assert not desk.is_at_work
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    desk._clock = lambda: tomorrow
    with qtbot.waitSignal(desk.ended, timeout=20_000):
        desk.tick()


@pytest.mark.parametrize(
    ("standing", "words", "tone"),
    [
        (Standing(), "", "ok"),
        (Standing(is_joined=True, synced_at=NOON), "Synced 12:00", "ok"),
        (Standing(is_joined=True, synced_at=NOON, waits=41), "Synced 12:00", "ok"),
        (Standing(is_joined=True, synced_at=NOON - timedelta(days=3), waits=41), "41 changes wait", "warn"),
        (
            Standing(is_joined=True, synced_at=NOON, away_since=NOON - timedelta(days=1)),
            "Hub away since Monday 12:00",
            "warn",
        ),
        (Standing(is_joined=True), "Not synced yet", "warn"),
    ],
    ids=["no hub", "synced", "a little waits", "much waits", "away", "never"],
)
def test_the_chip_says_how_it_is(standing: Standing, words: str, tone: str) -> None:
    said, shown, _tip = sync_words.chip(standing, NOON, is_at_work=False)
    assert (said, shown) == (words, tone)
