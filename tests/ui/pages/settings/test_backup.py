from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from civicdesk.backup import keys, places, restoring
from civicdesk.printing.picture import page_count
from civicdesk.settings import Settings
from civicdesk.ui.backup_desk import BackupDesk
from civicdesk.ui.pages.settings.backup import BackupSection
from civicdesk.ui.runner import Runner
from tests.printing.reading import words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> BackupSection:
    section, desk = BackupSection(manager), BackupDesk(manager)
    qtbot.addWidget(section)

    def use(settings: Settings) -> None:
        desk.use(settings)
        section.show_settings(settings)

    section.settings_wanted.connect(use)
    section.use_backup(desk)
    use(Settings.model_construct(desk="desk-1"))
    section.resize(900, 700)
    section.show()
    return section


def add(section: BackupSection, qtbot: QtBot, place: Path) -> None:
    desk = section._desk
    assert desk is not None
    with qtbot.waitSignal(desk.ended, timeout=10_000):
        section.add_place(place)


def test_the_first_place_makes_the_key_and_the_first_backup(
    section: BackupSection, qtbot: QtBot, tmp_path: Path, manager: Runner
) -> None:
    stick = tmp_path / "stick"
    add(section, qtbot, stick)
    (backup,) = places.backups(stick)
    qtbot.mouseClick(section.show_key, LEFT)
    shown = section.key.text()
    restored = restoring.restore(backup, keys.read(shown), tmp_path / "new.db", at=manager.at())
    assert restored.centre == "Çınarova Sivil Yaşam Merkezi"


def test_the_recovery_sheet_is_one_page_with_the_key(
    section: BackupSection, qtbot: QtBot, tmp_path: Path, manager: Runner
) -> None:
    add(section, qtbot, tmp_path / "stick")
    qtbot.mouseClick(section.sheet, LEFT)
    dialog = section.findChild(QFileDialog, "report_dialog")
    assert dialog is not None
    with qtbot.waitSignal(manager.notice, timeout=10_000):
        dialog.fileSelected.emit(str(tmp_path / "sheet.pdf"))
    pdf = (tmp_path / "sheet.pdf").read_bytes()
    assert page_count(pdf) == 1
    assert section._key.removeprefix(keys.PREFIX)[:4] in " ".join(words(pdf))


def test_the_desks_own_folder_is_refused_in_place(section: BackupSection, qtbot: QtBot, file: Path) -> None:
    section.add_place(file.parent)
    qtbot.waitUntil(lambda: "one broken disk" in section.banner.sentence.text())
    assert section.settings is not None
    assert section.settings.backup is None


def test_a_second_place_gets_the_same_backups_and_can_be_left_again(
    section: BackupSection, qtbot: QtBot, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    add(section, qtbot, one)
    add(section, qtbot, two)
    assert [file.name for file in places.backups(one)] == [file.name for file in places.backups(two)]
    section._remove(one)
    assert section.settings is not None
    assert section.settings.backup is not None
    assert section.settings.backup.places == (str(two),)
    assert places.backups(one)


def test_after_a_restart_without_a_keyring_the_key_is_not_there_and_it_is_said(
    section: BackupSection, qtbot: QtBot, tmp_path: Path
) -> None:
    add(section, qtbot, tmp_path / "stick")
    section._key = ""
    qtbot.mouseClick(section.sheet, LEFT)
    qtbot.waitUntil(lambda: "does not keep the key" in section.banner.sentence.text())


def test_a_new_key_opens_new_backups_and_the_old_one_does_not(
    section: BackupSection, qtbot: QtBot, tmp_path: Path
) -> None:
    stick, desk = tmp_path / "stick", section._desk
    add(section, qtbot, stick)
    old = section._key
    assert desk is not None
    with qtbot.waitSignal(desk.ended, timeout=10_000):
        qtbot.mouseClick(section.new_key, LEFT)
    newest = next(iter(places.backups(stick)))
    with pytest.raises(Exception, match="does not open"):
        restoring.restore(newest, keys.read(old), tmp_path / "new.db", at=places.taken_at(newest))
    restoring.restore(newest, keys.read(section._key), tmp_path / "new.db", at=places.taken_at(newest))
