from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from civicdesk import settings
from civicdesk.backup import keys, places
from civicdesk.cli import app
from civicdesk.database import Database
from civicdesk.desk import setup, staff
from civicdesk.models import Role, Visit
from civicdesk.settings import BackupSettings, Settings
from civicdesk.sync import file_hub, opening
from civicdesk.sync.file_hub import SqliteFileHub
from civicdesk.sync.joining import join
from civicdesk.ui.one_desk import OneDesk
from tests import builders


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Settings of the test's own, with a backup set up."""
    monkeypatch.setattr(settings, "FILE", tmp_path / "config" / "settings.toml")
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "en")
    made = keys.make()
    backup = BackupSettings(
        places=(str(tmp_path / "stick"),), recipient=keys.recipient_of(made), tag="00c0de"
    )
    Settings(backup=backup).save(settings.FILE)
    (tmp_path / "key.txt").write_text(f"# the desk's key\n{keys.grouped(made)}\n", encoding="utf-8")
    return made


def run(*said: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in said])


def test_what_was_backed_up_is_restored_and_what_was_there_is_kept(file: Path, tmp_path: Path) -> None:
    taken = run("backup", "--to", tmp_path / "share", "--database", file)
    assert taken.exit_code == 0, taken.output
    (backup,) = places.backups(tmp_path / "share")
    assert str(backup) in taken.output
    database = Database(file)
    with database.begin() as session:
        builders.visit(session, "After the backup")
    database.close()

    restored = run("restore", backup, "--key", tmp_path / "key.txt", "--database", file)

    assert restored.exit_code == 0, restored.output
    assert "What was there before is at" in restored.output
    assert len(list(file.parent.glob("desk-replaced-*.db"))) == 1


def test_a_place_that_is_away_ends_with_one_and_a_sentence(file: Path) -> None:
    answer = run("backup", "--database", file)
    assert answer.exit_code == 1
    assert "Plug in the stick" in answer.output


def test_an_open_desk_is_not_restored_over(file: Path, tmp_path: Path) -> None:
    run("backup", "--to", tmp_path / "share", "--database", file)
    (backup,) = places.backups(tmp_path / "share")
    desk = OneDesk(file)
    assert desk.hold()
    answer = run("restore", backup, "--key", tmp_path / "key.txt", "--database", file)
    desk.release()
    assert answer.exit_code == 1
    assert "The desk is open" in answer.output


def test_a_key_that_cannot_be_read_is_told(file: Path, tmp_path: Path) -> None:
    answer = run("restore", tmp_path / "x.age", "--key", tmp_path / "nowhere", "--database", file)
    assert answer.exit_code == 1
    assert "cannot be read" in answer.output


def a_hub(file: Path, tmp_path: Path) -> Path:
    """The file of a hub that this desk has synced with."""
    path = tmp_path / "centre.hub"
    database = Database(file)
    with database.begin() as session:
        staff.enrol(session, name="Şükran İnce", role=Role.MANAGER, pin="730214", at=builders.TUESDAY)
        builders.visit(session, "Çiğdem Öztürk")
    founder = opening.at_file(path, "first")
    with closing(SqliteFileHub(path, founder.role)) as port:
        join(database, port)
    database.close()
    return path


def test_a_new_computer_takes_the_place_of_a_dead_desk(file: Path, tmp_path: Path) -> None:
    path, hub = tmp_path / "new.db", a_hub(file, tmp_path)

    done = run("restore", "--from-hub", hub, "--database", path)

    assert done.exit_code == 0, done.output
    assert "Everything has arrived." in done.output
    database = Database(path)
    with database.read() as session:
        assert setup.is_done(session)
        assert len(session.query(Visit).all()) == 1
    database.close()
    hub_settings = Settings.load()[0].hub
    assert hub_settings is not None
    assert hub_settings.path == str(hub)


def test_a_desk_that_was_there_is_kept_beside_it(file: Path, tmp_path: Path) -> None:
    hub = a_hub(file, tmp_path)
    done = run("restore", "--from-hub", hub, "--database", file)
    assert done.exit_code == 0, done.output
    assert "What was there before is at" in done.output
    assert len(list(file.parent.glob("desk-replaced-*.db"))) == 1


def test_a_hub_without_a_centre_changes_nothing(file: Path, tmp_path: Path) -> None:
    file_hub.create(tmp_path / "empty.hub", 1, 1)
    done = run("restore", "--from-hub", tmp_path / "empty.hub", "--database", file)
    assert done.exit_code == 1
    assert "holds no centre yet" in done.output
    assert not list(file.parent.glob("desk-replaced-*.db"))


def test_a_wrong_code_is_told_on_the_command_line(tmp_path: Path) -> None:
    done = run("restore", "--from-hub", "CIVICHUB1WRONG", "--database", tmp_path / "new.db")
    assert done.exit_code == 1
    assert "not the code of a hub" in done.output


def test_neither_a_backup_nor_a_hub_is_a_wrong_call() -> None:
    assert run("restore").exit_code == 2
