from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
import trustme
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from civicdesk import settings
from civicdesk.desk import clocks
from civicdesk.desk.centre import set_mark
from civicdesk.models import SyncState
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import file_hub, invitation, secrets
from civicdesk.sync.file_hub import SqliteFileHub
from civicdesk.sync.joining import join
from civicdesk.sync.port import Away, HubPort
from civicdesk.ui.pages.settings.hub import HubSection
from civicdesk.ui.runner import Runner
from civicdesk.ui.sync_desk import SyncDesk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def nothing_of_this_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings, "FILE", tmp_path / "settings.toml")
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)
    secrets.forget()


@pytest.fixture
def desk(manager: Runner) -> Iterator[SyncDesk]:
    desk = SyncDesk(manager)
    yield desk
    desk.stop()


@pytest.fixture
def section(desk: SyncDesk, manager: Runner, qtbot: QtBot) -> HubSection:
    section = HubSection(manager)
    qtbot.addWidget(section)

    def use(wanted: Settings) -> None:
        desk.use(wanted)
        section.show_settings(wanted)

    section.settings_wanted.connect(use)
    section.use_sync(desk)
    use(Settings.model_construct(desk="desk-1", hub=None))
    section.resize(900, 700)
    section.show()
    return section


def joined(section: HubSection, desk: SyncDesk, qtbot: QtBot, path: Path) -> Path:
    with qtbot.waitSignal(desk.ended, timeout=20_000):
        section.join_file(path)
    qtbot.waitUntil(lambda: desk.standing.synced_at is not None)
    return path


def a_code(certificate: str) -> str:
    one = invitation.invite("localhost", 1, "hub", 1, 1, "desk_x", "secret", certificate)
    return invitation.encode(one)


def test_a_manager_joins_a_hub_and_sees_how_the_desk_stands(
    section: HubSection, desk: SyncDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    assert section.join_card.isVisible()
    path = joined(section, desk, qtbot, tmp_path / "centre.hub")
    assert not section.join_card.isVisible()
    assert section.where.text() == str(path)
    assert section.last.text().startswith("Synced ")
    assert section.waits.text() == "Everything was sent."
    assert section.banner.sentence.text().startswith("Synced: ")


def test_a_pasted_code_is_taken_whole(
    section: HubSection, desk: SyncDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_hub: HubSettings) -> HubPort:
        raise Away("nobody there")

    monkeypatch.setattr(desk, "_open", away)
    code = a_code(trustme.CA().cert_pem.bytes().decode())
    assert len(code) > 500
    section.code.setFocus()
    section.code.insert(f" {code}\n")
    with qtbot.waitSignal(desk.ended, timeout=20_000):
        qtbot.keyClick(section.code, Qt.Key.Key_Return)
    assert section.where.text() == "desk_x · localhost:1"
    assert "does not answer" in section.banner.sentence.text()


@pytest.mark.parametrize("code", ["", "CIVICHUB1AAAA", "https://example.org/join"])
def test_what_is_no_code_is_told(section: HubSection, qtbot: QtBot, code: str) -> None:
    section.code.setText(code)
    qtbot.mouseClick(section.join, LEFT)
    assert "code of" in section.banner.sentence.text()
    assert section.join_card.isVisible()


def test_nights_and_days_are_kept_in_the_settings(
    section: HubSection, desk: SyncDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    joined(section, desk, qtbot, tmp_path / "centre.hub")
    section.often.chosen.emit("15")
    section.night.changed.emit("21:30")
    assert desk.hub is not None
    assert (desk.hub.every_minutes, desk.hub.night_from) == (15, "21:30")


def test_leaving_asks_once_more(
    section: HubSection, desk: SyncDesk, qtbot: QtBot, tmp_path: Path, manager: Runner
) -> None:
    joined(section, desk, qtbot, tmp_path / "centre.hub")
    qtbot.mouseClick(section.leave, LEFT)
    assert section.leave.text().strip() == "Really leave?"
    assert desk.hub is not None
    qtbot.mouseClick(section.leave, LEFT)
    qtbot.waitUntil(section.join_card.isVisible, timeout=10_000)
    assert desk.hub is None
    with manager.database.read() as session:
        assert session.get_one(SyncState, 1).joined_at is None


def test_a_hub_of_another_centre_is_refused(
    section: HubSection, desk: SyncDesk, qtbot: QtBot, tmp_path: Path, empty_file: Path
) -> None:
    from civicdesk.database import Database  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415

    path = tmp_path / "theirs.hub"
    file_hub.create(path, 1, 1)
    file_hub.enrol(path, "theirs")
    other = Database(empty_file.with_name("theirs.db"))
    other.prepare()
    with other.begin() as session:
        builders.centre(session)
    with closing(SqliteFileHub(path, "theirs")) as port:
        join(other, port)
    other.close()
    with qtbot.waitSignal(desk.ended, timeout=20_000):
        section.join_file(path)
    assert "another centre" in section.banner.sentence.text()


def test_a_hub_of_another_time_asks_a_manager(
    section: HubSection, desk: SyncDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    path = joined(section, desk, qtbot, tmp_path / "centre.hub")
    file_hub.new_epoch(path, 90_000_000_000)
    with qtbot.waitSignal(desk.ended, timeout=20_000):
        qtbot.mouseClick(section.sync, LEFT)
    qtbot.waitUntil(section.confirm.isVisible)
    assert "not as it was" in section.alarm.text()
    with qtbot.waitSignal(desk.ended, timeout=20_000):
        qtbot.mouseClick(section.confirm, LEFT)
    qtbot.waitUntil(lambda: not section.confirm.isVisible())


def test_the_demo_centre_joins_nothing(section: HubSection, qtbot: QtBot, manager: Runner) -> None:
    with manager.database.begin() as session:
        set_mark(session, clocks.DEMO, "1", manager.at())
    section.code.setText(a_code(trustme.CA().cert_pem.bytes().decode()))
    qtbot.mouseClick(section.join, LEFT)
    assert "The demo centre joins no server" in section.banner.sentence.text()
