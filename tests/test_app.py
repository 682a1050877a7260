from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import demo, settings, text
from civicdesk.app import CivicDesk
from civicdesk.backup import keys, places, taking
from civicdesk.database import Database
from civicdesk.desk import centre, print_jobs, setup
from civicdesk.models import JobState, PrintJob
from civicdesk.rehearsal.thermal_printer import ThermalPrinter
from civicdesk.settings import Settings
from civicdesk.ui.first_start import Restoring
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from tests import builders
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """Settings of the test's own, in English; this computer's stay as they are."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CIVICDESK_{name.upper()}", raising=False)
    kept = tmp_path / "config" / "settings.toml"
    monkeypatch.setattr(settings, "FILE", kept)
    kept.parent.mkdir()
    kept.write_text(
        f'language = "en"\nis_silent = true\ndatabase = "{(tmp_path / "desk.db").as_posix()}"\n',
        encoding="utf-8",
    )
    yield kept
    apply_theme(qapp, LIGHT, 1.0)


class Start:
    """Starts the program as often as a test wants, and puts all of it away."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, clock: Clock) -> None:
        self._qapp, self._qtbot, self._clock = qapp, qtbot, clock
        self.begun: list[CivicDesk] = []

    def __call__(self, *, is_demo: bool = False, database: Path | None = None) -> CivicDesk:
        civicdesk = CivicDesk(self._qapp, is_demo=is_demo, database=database)
        civicdesk.clock = self._clock
        self._qtbot.addWidget(civicdesk.window)
        self.begun.append(civicdesk)
        civicdesk.show()
        return civicdesk

    def opened(self, *, is_demo: bool = False, database: Path | None = None) -> CivicDesk:
        civicdesk = self(is_demo=is_demo, database=database)
        self._qtbot.waitUntil(
            lambda: civicdesk.desk is not None or civicdesk.first_start is not None, timeout=20_000
        )
        return civicdesk


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, clock: Clock) -> Iterator[Start]:
    start = Start(qapp, qtbot, clock)
    yield start
    for civicdesk in start.begun:
        civicdesk.close()


@pytest.fixture
def ready(file: Path) -> Path:
    """A centre that was set up, where the settings say it is."""
    database = Database(file)
    with database.begin() as session:
        builders.member_of_staff(session)
        centre.set_mark(session, "setup", setup.DONE, builders.TUESDAY)
    database.close()
    return file


def told(civicdesk: CivicDesk) -> str:
    return civicdesk.curtain.sentence.text() if civicdesk.window.currentWidget() is civicdesk.curtain else ""


def press(qtbot: QtBot, civicdesk: CivicDesk, name: str) -> None:
    button = civicdesk.window.findChild(QWidget, name)
    assert button is not None, name
    qtbot.mouseClick(button, LEFT)


def write(civicdesk: CivicDesk, name: str, words: str) -> None:
    field = civicdesk.window.findChild(QLineEdit, name)
    assert field is not None, name
    field.setText(words)


def test_the_first_start_leads_through_the_set_up_to_the_desk(start: Start, qtbot: QtBot) -> None:
    civicdesk = start.opened()
    press(qtbot, civicdesk, "first_set_up")
    write(civicdesk, "setup_centre_name", "Işıklar Şehir Evi")
    press(qtbot, civicdesk, "first_next")
    press(qtbot, civicdesk, "first_next")
    write(civicdesk, "setup_room_name", "Çınar Odası")
    press(qtbot, civicdesk, "setup_room_add")
    press(qtbot, civicdesk, "first_next")
    write(civicdesk, "setup_manager_name", "Şükran İnce")
    write(civicdesk, "setup_manager_pin", "730214")
    write(civicdesk, "setup_manager_again", "730214")
    press(qtbot, civicdesk, "first_next")
    qtbot.waitUntil(lambda: civicdesk.desk is not None, timeout=20_000)

    assert civicdesk.window.currentWidget() is civicdesk.desk
    assert civicdesk.desk is not None
    assert civicdesk.desk.is_locked


def test_the_next_start_goes_straight_to_the_locked_desk(start: Start, ready: Path) -> None:
    civicdesk = start.opened()

    assert civicdesk.desk is not None
    assert civicdesk.desk.is_locked
    assert civicdesk.first_start is None


def test_a_demo_that_is_not_there_is_made_and_then_opened(
    start: Start, ready: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "make", lambda out, **_how: shutil.copy(ready, out))
    civicdesk = start.opened(is_demo=True)

    assert civicdesk.desk is not None
    assert civicdesk.runner is not None
    assert civicdesk.runner.database.path == ready.with_name("demo.db")


def test_a_demo_that_turns_out_damaged_is_told(
    start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "make", lambda out, **_how: out.write_bytes(b"no database" * 900))
    civicdesk = start(is_demo=True)
    qtbot.waitUntil(lambda: "damaged" in told(civicdesk), timeout=20_000)


def test_the_demo_is_one_tap_away_at_the_first_start(
    start: Start, ready: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "make", lambda out, **_how: shutil.copy(ready, out))
    own = ready.parent / "own" / "desk.db"
    monkeypatch.setenv("CIVICDESK_DATABASE", str(own))
    civicdesk = start.opened()
    assert civicdesk.first_start is not None
    press(qtbot, civicdesk, "first_demo")
    qtbot.waitUntil(lambda: civicdesk.desk is not None, timeout=20_000)

    assert civicdesk.runner is not None
    assert civicdesk.runner.database.path == own.with_name("demo.db")


def test_a_damaged_file_is_told_and_opens_once_it_was_repaired(
    start: Start, ready: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    backup = shutil.copy(ready, tmp_path / "backup.db")
    ready.write_bytes(b"not a database at all" * 500)
    civicdesk = start()
    qtbot.waitUntil(lambda: "damaged" in told(civicdesk), timeout=20_000)
    press(qtbot, civicdesk, "curtain_again")
    assert "damaged" in told(civicdesk)
    shutil.copy(backup, ready)
    press(qtbot, civicdesk, "curtain_again")

    assert civicdesk.desk is not None
    assert civicdesk.window.currentWidget() is civicdesk.desk


def test_a_file_of_a_newer_version_is_told_and_left_as_it_is(start: Start, ready: Path, qtbot: QtBot) -> None:
    database = Database(ready)
    with database.begin() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    before = ready.read_bytes()
    civicdesk = start()
    qtbot.waitUntil(lambda: "newer CivicDesk" in told(civicdesk), timeout=20_000)

    assert ready.read_bytes() == before


def test_a_file_that_another_program_holds_opens_when_it_lets_go(
    start: Start, ready: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civicdesk.database.BUSY_MS", 10)
    other = Database(ready)
    with other.begin() as session:
        session.connection()
        civicdesk = start()
        qtbot.waitUntil(lambda: "busy with another program" in told(civicdesk), timeout=10_000)
    other.close()
    press(qtbot, civicdesk, "curtain_again")

    assert civicdesk.desk is not None


def test_email_begins_when_the_file_is_free_and_nobody_is_told_of_the_wait(
    start: Start, ready: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("civicdesk.database.BUSY_MS", 10)
    civicdesk = start()
    qtbot.waitUntil(lambda: civicdesk.desk is not None, timeout=10_000)
    other = Database(ready)
    with other.begin() as session:
        session.connection()
        civicdesk.open_mail()
        assert civicdesk.mail is None
    other.close()
    civicdesk.open_mail()

    assert civicdesk.mail is not None


def test_the_curtain_leaves_when_it_is_told_to(start: Start, ready: Path, qtbot: QtBot) -> None:
    ready.write_bytes(b"not a database at all" * 500)
    civicdesk = start()
    qtbot.waitUntil(lambda: bool(told(civicdesk)), timeout=20_000)
    press(qtbot, civicdesk, "curtain_leave")

    assert not civicdesk.window.isVisible()


def test_a_folder_that_cannot_be_made_is_told(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    civicdesk = start(database=tmp_path / "file" / "desk.db")
    qtbot.waitUntil(lambda: "Check the disk and the folder" in told(civicdesk), timeout=20_000)


def test_a_second_start_goes_away_and_shows_the_first(start: Start, ready: Path, qtbot: QtBot) -> None:
    first = start.opened()
    first.window.showMinimized()
    second = start()
    qtbot.waitUntil(lambda: not second.window.isVisible(), timeout=20_000)
    qtbot.waitUntil(lambda: not first.window.isMinimized(), timeout=20_000)

    assert second.desk is None
    assert first.desk is not None


def test_what_was_chosen_is_worn_again_at_the_next_start(start: Start, ready: Path) -> None:
    first = start.opened()
    assert first.desk is not None
    first.desk.settings_wanted.emit(first.desk.settings.with_(theme="dark", scale=1.5, language="tr"))
    first.close()
    second = start.opened()

    assert second.desk is not None
    assert (second.desk.settings.theme, second.desk.settings.scale) == ("dark", 1.5)
    assert text.language() == "tr"


def test_settings_that_make_no_sense_are_told_and_the_desk_opens(
    start: Start, ready: Path, own_settings: Path
) -> None:
    with own_settings.open("a", encoding="utf-8") as file:
        file.write("scale = 40\n")
    civicdesk = start.opened()

    assert civicdesk.desk is not None
    assert civicdesk.desk.settings.scale == 1.0
    assert "settings.toml.bad" in civicdesk.desk.notices.sentence.text()


def test_a_settings_file_that_is_no_toml_at_all_is_no_crash(
    start: Start, ready: Path, own_settings: Path
) -> None:
    own_settings.write_text("\x00[[", encoding="utf-8")
    civicdesk = start.opened(database=ready)

    assert civicdesk.desk is not None
    assert not civicdesk.desk.notices.isHidden()


def test_a_wrong_variable_is_told_on_the_curtain(
    start: Start, ready: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIVICDESK_SCALE", "huge")
    civicdesk = start()
    qtbot.waitUntil(lambda: "CIVICDESK" in told(civicdesk), timeout=20_000)
    monkeypatch.delenv("CIVICDESK_SCALE")
    press(qtbot, civicdesk, "curtain_again")

    assert civicdesk.desk is not None


def test_settings_that_cannot_be_saved_hold_for_today_and_are_told(
    start: Start, ready: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    civicdesk = start.opened()
    assert civicdesk.desk is not None
    monkeypatch.setattr(settings, "FILE", ready / "settings.toml")
    civicdesk.desk.settings_wanted.emit(civicdesk.desk.settings.with_(theme="dark"))

    assert civicdesk.desk.settings.theme == "dark"
    assert "could not be saved" in civicdesk.desk.notices.sentence.text()


def test_a_bug_is_told_once_and_the_desk_goes_on(
    start: Start, ready: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from civicdesk.app import report_bug  # noqa: PLC0415

    civicdesk = start.opened()
    desk = civicdesk.desk
    assert desk is not None
    with qtbot.captureExceptions():
        for _again in range(5):
            monkeypatch.setattr(sys, "excepthook", report_bug)
            try:
                raise ZeroDivisionError  # noqa: TRY301
            except ZeroDivisionError as bug:
                sys.excepthook(type(bug), bug, bug.__traceback__)
    dialogs = [
        each for each in QApplication.topLevelWidgets() if each.objectName() == "bug" and each.isVisible()
    ]
    desk.lock()

    assert len(dialogs) == 1
    assert any("went wrong" in label.text() for label in dialogs[0].findChildren(QLabel))
    dialogs[0].close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def use_printer(own_settings: Path, printer: ThermalPrinter, **more: object) -> None:
    """The settings of this computer name a printer for badges."""
    with own_settings.open("a", encoding="utf-8") as file:
        file.write(f'[[printers]]\nname = "Till"\nlink = "network"\naddress = "{printer.address}"\n')
        file.writelines(f"{name} = {value}\n" for name, value in more.items())
        file.write('[routes.badge]\nprinter = "Till"\nis_seen = true\n')


def waiting_badge(ready: Path, state: JobState = JobState.WAITING) -> None:
    """The badge of somebody inside was asked for before the desk was opened."""
    database = Database(ready)
    with database.begin() as session:
        visit = builders.visit(session)
        [job] = print_jobs.ask_badges(session, [visit.id], at=builders.TUESDAY)
        held = session.get(PrintJob, job)
        assert held is not None
        held.state, held.sent_to = state, "Till" if state is JobState.SENDING else ""
    database.close()


def test_what_waited_for_a_printer_comes_out_once_the_desk_is_open(
    start: Start, ready: Path, own_settings: Path, qtbot: QtBot
) -> None:
    waiting_badge(ready)
    with ThermalPrinter() as printer:
        use_printer(own_settings, printer)
        civicdesk = start.opened()
        qtbot.waitUntil(lambda: len(printer.printed) == 1, timeout=30_000)
        civicdesk.close()

    assert len(printer.printed) == 1


def test_what_a_stop_cut_short_is_told_at_the_next_start_and_not_printed_twice(
    start: Start, ready: Path, own_settings: Path, qtbot: QtBot
) -> None:
    waiting_badge(ready, JobState.SENDING)
    with ThermalPrinter() as printer:
        use_printer(own_settings, printer)
        civicdesk = start.opened()
        assert civicdesk.desk is not None
        assert civicdesk.printers is not None
        qtbot.waitUntil(lambda: "Till" in civicdesk.printers.states, timeout=30_000)
        assert "Did it come out?" in civicdesk.desk.notices.sentence.text()
        civicdesk.close()

    assert printer.printed == []


def test_a_printer_that_hangs_does_not_hold_up_the_closing(
    start: Start, ready: Path, own_settings: Path
) -> None:
    waiting_badge(ready)
    with ThermalPrinter() as printer:
        printer.set(silent=True)
        use_printer(own_settings, printer, patience_s=30)
        civicdesk = start.opened()
        printer.wait(lambda: bool(printer.connections))
        begun = time.monotonic()
        civicdesk.close()

    assert time.monotonic() - begun < 6


def test_a_backup_is_put_back_in_one_step_at_the_first_start(
    start: Start, ready: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    place, key = tmp_path / "stick", keys.make()
    places.choose(place, ready)
    backup = taking.take(ready, place, keys.recipient_of(key), "desk-1", at=builders.TUESDAY).file
    ready.unlink()
    civicdesk = start.opened()
    assert civicdesk.first_start is not None
    qtbot.mouseClick(civicdesk.first_start.choice.restore, LEFT)
    restoring = civicdesk.window.currentWidget()
    assert isinstance(restoring, Restoring)
    restoring.take(backup)
    restoring.key.setText(keys.make())
    qtbot.mouseClick(restoring.go, LEFT)
    qtbot.waitUntil(lambda: "does not open" in restoring.banner.sentence.text(), timeout=20_000)
    restoring.key.setText(keys.grouped(key).lower())

    qtbot.mouseClick(restoring.go, LEFT)

    qtbot.waitUntil(lambda: civicdesk.desk is not None, timeout=20_000)
    assert civicdesk.runner is not None
    with civicdesk.runner.database.read() as session:
        assert centre.the_centre(session).name == "Çınarova Sivil Yaşam Merkezi"


def test_whoever_does_not_want_to_restore_is_back_at_the_choice(start: Start, qtbot: QtBot) -> None:
    civicdesk = start.opened()
    assert civicdesk.first_start is not None
    qtbot.mouseClick(civicdesk.first_start.choice.restore, LEFT)
    restoring = civicdesk.window.currentWidget()
    assert isinstance(restoring, Restoring)
    qtbot.mouseClick(restoring.go, LEFT)
    assert "Choose the backup first" in restoring.banner.sentence.text()
    qtbot.mouseClick(restoring.cancel, LEFT)
    qtbot.waitUntil(lambda: civicdesk.first_start is not None, timeout=20_000)
