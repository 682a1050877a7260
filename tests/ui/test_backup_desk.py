from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from civicdesk.backup import keys, places
from civicdesk.desk import centre, clocks, setup
from civicdesk.settings import BackupSettings, Settings
from civicdesk.text import ZONE
from civicdesk.ui.backup_desk import BackupDesk
from civicdesk.ui.runner import Notice, Runner
from tests.conftest import Clock

MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
EVENING = datetime(2026, 11, 24, 19, 41, tzinfo=ZONE)


@pytest.fixture
def stick(tmp_path: Path, file: Path) -> Path:
    place = tmp_path / "stick"
    places.choose(place, file)
    return place


@pytest.fixture
def desk(runner: Runner, stick: Path) -> BackupDesk:
    return of(runner, stick)


def of(runner: Runner, *to: Path) -> BackupDesk:
    desk = BackupDesk(runner)
    backup = BackupSettings(
        places=tuple(map(str, to)), recipient=keys.recipient_of(keys.make()), tag="00c0de"
    )
    desk.use(Settings.model_construct(backup=backup, desk="desk-1"))
    return desk


def tick(desk: BackupDesk, qtbot: QtBot, clock: Clock, at: datetime) -> None:
    clock.at = at
    with qtbot.waitSignal(desk.ended, timeout=10_000):
        desk.tick(at)


def titles(desk: BackupDesk) -> list[str]:
    found: list[str] = []
    desk.told.connect(lambda matters: found.extend(f"{title}: {second}" for _i, _t, title, second in matters))
    desk.look()
    return found


def test_after_closing_one_backup_is_made_by_itself(
    desk: BackupDesk, stick: Path, qtbot: QtBot, clock: Clock
) -> None:
    tick(desk, qtbot, clock, MORNING)  # the first one at once
    assert len(places.backups(stick)) == 1
    tick(desk, qtbot, clock, EVENING)
    clock.at = EVENING + timedelta(minutes=2)
    desk.tick(clock.at)
    assert not desk.is_at_work
    assert [f"{at.astimezone(ZONE):%H:%M}" for at in places.backups(stick).values()] == ["19:41"]
    assert not titles(desk)


def test_a_stick_that_was_pulled_out_is_told_on_today_and_made_up_for(
    desk: BackupDesk, stick: Path, qtbot: QtBot, clock: Clock
) -> None:
    tick(desk, qtbot, clock, MORNING)
    away = stick.rename(stick.with_name("in a pocket"))
    tick(desk, qtbot, clock, EVENING)
    (told,) = titles(desk)
    assert told.startswith("The backup failed: last backup: 24 November Tue 10:00")
    assert "Plug in the stick" in told
    away.rename(stick)
    tick(desk, qtbot, clock, EVENING + timedelta(minutes=6))
    assert not titles(desk)


def test_a_day_after_the_set_up_a_desk_without_a_backup_is_told_so(runner: Runner, clock: Clock) -> None:
    with runner.database.begin() as session:
        centre.set_mark(session, "setup", setup.DONE, clock.at)
    desk = BackupDesk(runner)
    assert not titles(desk)
    clock.forward(days=1)
    assert titles(desk) == ["This desk has no backup: A broken disk would take everything with it."]


def test_the_demo_never_takes_the_place_of_a_real_backup(
    desk: BackupDesk, runner: Runner, stick: Path, clock: Clock
) -> None:
    with runner.database.begin() as session:
        centre.set_mark(session, clocks.DEMO, clock.at.isoformat(), clock.at)
    said: list[Notice] = []
    runner.notice.connect(said.append)
    clock.at = EVENING
    desk.tick(EVENING)
    desk.back_up_now()
    assert not desk.is_at_work
    assert "not backed up" in said[0].sentence
    assert not places.backups(stick)


def test_a_backup_can_be_stopped(desk: BackupDesk, stick: Path, qtbot: QtBot) -> None:
    desk.went.connect(lambda _done, _of: desk.cancel())
    desk.cancel()
    with qtbot.waitSignal(desk.ended, timeout=10_000):
        desk.back_up_now()
        desk.cancel()
    assert not places.backups(stick)
    assert [each.name for each in stick.iterdir()] == [places.MARK]
