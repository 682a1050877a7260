"""What happens to machines: a hub put back from a backup, full disks, an upgrade in stages, kill -9."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from civicdesk.database import Database
from civicdesk.errors import Unavailable
from civicdesk.models import Alarm
from civicdesk.sync import file_hub, fork, groups, payload, session
from civicdesk.sync.file_hub import hub as hub_module
from civicdesk.sync.groups import Travelling
from civicdesk.sync.session import Stopped, sync
from tests import postgres
from tests.disks import fill, small_disk
from tests.sync.editing import pooled
from tests.sync.hubs import NOW
from tests.sync.lives import settle
from tests.sync.worlds import World, small_batches, template

pytestmark = pytest.mark.slow
HELD = pooled("organisation", 0)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World("file", tmp_path)
    yield made
    made.close()


# -- a hub from a backup


def test_a_hub_put_back_from_its_backup_gets_everything_back_from_the_desks(world: World) -> None:
    a, b, c = world.desks
    hub = world.folder / "hub.db"
    a.editor.insert("organisation", HELD, kind="dernek")
    settle(world.desks)
    shutil.copy(hub, world.folder / "backup.db")
    a.editor.write("organisation", HELD, "short_name")
    b.editor.insert("closure", world.story.new_id(), on="2026-12-01")
    settle([a, b])  # c has not heard of it
    b.editor.write("organisation", HELD, "phone")
    shutil.copy(world.folder / "backup.db", hub)
    file_hub.new_epoch(hub, NOW)

    for desk in world.desks:
        with pytest.raises(Stopped) as stopped:
            desk.sync()
        assert stopped.value.alarm == Alarm.EPOCH
        desk.editor.confirm_the_hub()
    for desk in (a, b, c):
        assert desk.sync() is not None
    settle(world.desks)
    world.story.mended = 0  # what the backup had lost was there to be mended
    world.check()


def test_another_hub_gets_nothing(world: World) -> None:
    a, _b, _c = world.desks
    hub = world.folder / "hub.db"
    a.editor.insert("organisation", HELD, kind="dernek")
    hub.unlink()
    file_hub.create(hub, tenant=1, scope=1)
    file_hub.enrol(hub, "front")

    with pytest.raises(Stopped):
        a.sync()
    assert a.rows("SELECT count(*) FROM organisation__s WHERE dirty > 0") == [(1,)]
    assert a.rows("SELECT count(*) FROM room")[0][0] > 0


# -- full disks


def test_a_desk_whose_disk_is_full_loses_nothing_and_goes_on_when_there_is_room(
    world: World, tmp_path: Path
) -> None:
    a, b, _c = world.desks
    for number in range(400):
        a.editor.insert("closure", pooled("closure", number), on="2026-12-01")
    assert a.sync() is not None
    with small_disk(tmp_path / "disk", "16m") as disk:
        b.put_to(disk / "desk.db")
        b.editor.insert("organisation", HELD, kind="dernek")
        filler = fill(disk)
        database = Database(b.path)
        with pytest.raises(Unavailable, match="disk"):
            sync(database, b.connect())
        database.close()
        filler.unlink()
        settle(world.desks)
        world.check()
        b.close()


def test_a_hub_whose_disk_is_full_is_away_and_takes_everything_later(world: World, tmp_path: Path) -> None:
    a, b, _c = world.desks
    with small_disk(tmp_path / "disk", "4m") as disk:
        hub = shutil.move(world.folder / "hub.db", disk / "hub.db")
        (world.folder / "hub.db").symlink_to(hub)
        filler = fill(disk)
        for number in range(60):
            a.editor.insert("closure", pooled("closure", number), on="2026-12-01")
        assert a.sync() is None
        assert b.rows("SELECT count(*) FROM closure") == [(0,)]
        filler.unlink()
        settle(world.desks)
        world.check()


# -- upgrades


@contextmanager
def program_before(table: str, group: str) -> Iterator[None]:
    """The program of the release before, which does not know this group yet."""
    ordinary = groups._travelling

    def without(model: type) -> Travelling:
        one = ordinary(model)
        if one.table != table:
            return one
        told = {name: columns for name, columns in one.groups.items() if name != group}
        return Travelling(
            one.table, one.model, told, one.kinds, one.blanks, stays=one.stays, personal=one.personal
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(groups, "_travelling", without)
        groups.travelling.cache_clear()
        yield
    groups.travelling.cache_clear()


@contextmanager
def program_after() -> Iterator[None]:
    """The newer program, and a hub that serves it and the one before."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (session, fork, payload):
            patch.setattr(module, "CONTRACT", 2)
        patch.setattr(hub_module, "CONTRACTS", (1, 2))
        yield


@pytest.mark.parametrize("kind", ["file", "postgres"])
def test_desks_are_brought_up_to_date_one_by_one(kind: str, tmp_path: Path) -> None:
    postgres.a_hub(postgres.shared_server()).close()  # the server is upgraded first
    with program_before("organisation", "short"):
        template.cache_clear()
        world = World(kind, tmp_path)
        if world.trial:
            world.trial.rows("UPDATE sync.meta SET contract_max = 2 RETURNING 1")
        a, b, c = world.desks
        a.editor.insert("organisation", HELD, kind="dernek")
        settle(world.desks)
    template.cache_clear()
    with program_after():
        settle([a])
        a.editor.write("organisation", HELD, "short_name")
        assert a.sync() is not None
    with program_before("organisation", "short"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(hub_module, "CONTRACTS", (1, 2))
        b.editor.write("organisation", HELD, "phone")
        assert b.sync() is not None
        assert c.sync() is not None
    with program_after():
        settle([a, b, c])
        world.check()
        assert len({desk.rows("SELECT short_name FROM organisation")[0] for desk in world.desks}) == 1
    world.close()


def test_a_desk_newer_than_its_hub_waits_and_works_on(world: World) -> None:
    a, _b, _c = world.desks
    a.editor.insert("organisation", HELD, kind="dernek")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "CONTRACT", 2)
        with pytest.raises(Stopped) as stopped:
            a.sync()
    assert stopped.value.alarm == Alarm.HUB_OLDER
    settle(world.desks)
    world.check()


# -- kill -9

_WORKS = """
import sys
from pathlib import Path
from civicdesk.database import Database
from civicdesk.sync import file_hub
from civicdesk.sync.session import sync
from tests.sync.editing import Editor, Story
from tests.sync.worlds import small_batches
path, hub, name, start = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
editor = Editor(path, story := Story(place=start), name)
with small_batches():
    while True:
        for _n in range(7):
            row = story.new_id()
            editor.insert("passage", row, visit_id="ab" * 16, direction="in", at="2026-11-24T07:42:00.000Z")
            print(row, flush=True)
        sync(Database(path), file_hub.SqliteFileHub(hub, name))
"""


@pytest.mark.outside
def test_a_desk_that_is_killed_again_and_again_loses_nothing_it_had_written(world: World) -> None:
    desk, hub = world.desks[0], world.folder / "hub.db"
    written: list[str] = []
    for life in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", _WORKS, str(desk.path), str(hub), desk.life, str(1_000_000 * (life + 1))],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        written += [process.stdout.readline().strip() for _line in range(30 + 11 * life)]
        process.send_signal(signal.SIGKILL)
        written += [line for line in process.stdout.read().split("\n") if len(line) == 32]
        process.wait()
        process.stdout.close()
    with small_batches():
        settle(world.desks)
        world.check()

    assert len(written) > 300
    for each in world.desks:
        assert {*written} <= {row[0] for row in each.rows("SELECT id FROM passage")}
