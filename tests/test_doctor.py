from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from civicdesk import doctor, settings
from civicdesk.backup import keys, places, taking
from civicdesk.database import Database
from civicdesk.desk import audit, centre
from civicdesk.doctor import Finding, look
from civicdesk.settings import BackupSettings, Settings


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "settings.toml"
    monkeypatch.setattr(settings, "FILE", file)
    monkeypatch.setattr(doctor, "FILE", file)
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "en")
    monkeypatch.setenv("DISPLAY", ":9")
    return file


def about(subject: str, database: Path) -> Finding:
    return next(finding for finding in look(database) if finding.subject == subject)


def noted(file: Path, at: datetime) -> Path:
    database = Database(file)
    with database.begin() as session:
        audit.record(session, "sign_in", None, at)
    database.close()
    return file


def backed_up(file: Path, place: Path, at: datetime) -> Path:
    """Settings with a backup, and one taken then."""
    public = keys.recipient_of(keys.make())
    places.choose(place, file)
    taking.take(file, place, public, "desk-1 00c0de", at=at)
    Settings(backup=BackupSettings(places=(str(place),), recipient=public, tag="00c0de")).save(settings.FILE)
    return place


def test_a_sound_desk_is_well_in_everything(file: Path, tmp_path: Path) -> None:
    backed_up(file, tmp_path / "stick", datetime.now(UTC))

    findings = look(file)

    assert [finding.subject for finding in findings] == [
        "Settings",
        "Display",
        "Fonts",
        "Database",
        "Disk",
        "Backup",
        "Clock",
        "Printers",
        "USB printers",
        "Printers of this computer",
        "Serial ports",
        "Readers",
        "Camera",
    ]
    assert [finding for finding in findings if not finding.is_well] == []


def test_a_desk_without_a_backup_or_with_an_old_one_is_told_so(file: Path, tmp_path: Path) -> None:
    assert not about("Backup", file).is_well
    stick = backed_up(file, tmp_path / "stick", datetime.now(UTC) - timedelta(days=5))
    assert not about("Backup", file).is_well
    assert str(stick) in about("Backup", file).sentence


def test_it_speaks_the_language_of_the_desk(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CIVICDESK_LANGUAGE", "tr")

    assert "Ekran" in [finding.subject for finding in look(file)]


def test_without_a_display_it_says_what_works_all_the_same(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    found = about("Display", file)

    assert not found.is_well
    assert "civicdesk rehearse" in found.sentence


def test_before_the_first_start_there_is_no_file_and_that_is_well(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "desk.db"
    found = about("Database", path)

    assert found.is_well
    assert str(path) in found.sentence
    assert not path.parent.exists()


def test_an_older_file_is_left_as_it_is_and_told(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()
    before = file.read_bytes()
    found = about("Database", file)

    assert found.is_well
    assert "the next start copies it and brings it up to date" in found.sentence
    assert file.read_bytes() == before
    assert sorted(each.name for each in file.parent.iterdir()) == [file.name]


def test_a_file_of_a_newer_civicdesk_is_told(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    found = about("Database", file)

    assert not found.is_well
    assert "newer CivicDesk" in found.sentence


def test_what_hangs_is_told_and_does_not_hold_up_the_rest() -> None:
    never = threading.Event()
    try:
        found = doctor._run_together(
            [("Slow", lambda: (never.wait(), "")), ("Quick", lambda: (True, "there"))], 0.2
        )
    finally:
        never.set()

    assert [(each.subject, each.is_well) for each in found] == [("Slow", False), ("Quick", True)]
    assert "does not answer in time" in found[0].sentence


def test_a_damaged_file_is_told_with_what_to_do(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[4096:] = b"\xff" * (len(raw) - 4096)
    file.write_bytes(raw)
    found = about("Database", file)

    assert not found.is_well
    assert "Restore the latest backup" in found.sentence


def test_a_file_of_another_program_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE song (name)")
    connection.close()

    assert not about("Database", path).is_well


def test_a_disk_that_is_nearly_full_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        doctor.shutil, "disk_usage", lambda _path: doctor.shutil._ntuple_diskusage(1, 1, 9_000_000)
    )
    found = about("Disk", file)

    assert (found.is_well, found.sentence) == (False, "only 9 MB are free. Free some space.")


def test_a_record_of_later_today_shows_that_the_clock_is_wrong(file: Path) -> None:
    later = datetime.now(UTC) + timedelta(hours=2)
    found = about("Clock", noted(file, later))

    assert not found.is_well
    assert "Set the clock" in found.sentence


def test_a_record_of_a_moment_ago_is_as_it_should_be(file: Path) -> None:
    assert about("Clock", noted(file, datetime.now(UTC) - timedelta(seconds=5))).is_well


def test_the_demo_lives_in_a_time_of_its_own(file: Path) -> None:
    later = datetime.now(UTC) + timedelta(days=200)
    database = Database(file)
    with database.begin() as session:
        centre.set_mark(session, "demo", later.isoformat(), later)
    database.close()

    assert about("Clock", noted(file, later)).is_well


def test_settings_that_cannot_be_read_are_told_and_left_alone(file: Path, own_settings: Path) -> None:
    own_settings.write_text("scale = 9\n", encoding="utf-8")
    found = next(finding for finding in look(file) if not finding.is_well)

    assert str(own_settings) in found.sentence
    assert "scale" in found.sentence
    assert own_settings.read_text(encoding="utf-8") == "scale = 9\n"
    assert Settings.model_construct().scale == 1.0
