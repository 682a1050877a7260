from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civicdesk import settings, text
from civicdesk.app import CivicDesk
from civicdesk.database import Database
from civicdesk.desk import centre, setup, staff
from civicdesk.models import Role, Visit
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import arriving, file_hub, opening
from civicdesk.sync.file_hub import SqliteFileHub
from civicdesk.sync.joining import join
from civicdesk.sync.port import Page
from civicdesk.ui.first_start import TakingOver
from tests import builders
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CIVICDESK_{name.upper()}", raising=False)
    kept = tmp_path / "config" / "settings.toml"
    monkeypatch.setattr(settings, "FILE", kept)
    kept.parent.mkdir()
    new = (tmp_path / "new" / "desk.db").as_posix()
    kept.write_text(f'language = "en"\nis_silent = true\ndatabase = "{new}"\n', encoding="utf-8")
    return kept


@pytest.fixture
def hub(file: Path, tmp_path: Path) -> Path:
    """The file of a hub that has a whole centre: its manager, its rooms, a visit of today."""
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


@pytest.fixture
def civicdesk(qapp: QApplication, qtbot: QtBot, clock: Clock) -> Iterator[CivicDesk]:
    yield from start(qapp, qtbot, clock)


def start(qapp: QApplication, qtbot: QtBot, clock: Clock) -> Iterator[CivicDesk]:
    civicdesk = CivicDesk(qapp)
    civicdesk.clock = clock
    qtbot.addWidget(civicdesk.window)
    civicdesk.show()
    with qtbot.waitSignal(civicdesk.opened, timeout=20_000):
        pass
    yield civicdesk
    civicdesk.close()


def page(civicdesk: CivicDesk, qtbot: QtBot) -> TakingOver:
    if civicdesk.first_start is not None:
        qtbot.mouseClick(civicdesk.first_start.choice.join, LEFT)
    shown = civicdesk.window.currentWidget()
    assert isinstance(shown, TakingOver)
    return shown


def opened(civicdesk: CivicDesk, qtbot: QtBot) -> Database:
    qtbot.waitUntil(lambda: civicdesk.desk is not None, timeout=20_000)
    assert civicdesk.runner is not None
    return civicdesk.runner.database


def said(shown: TakingOver) -> str:
    return shown.banner.sentence.text() if shown.banner.isVisible() else ""


class Slow(SqliteFileHub):
    """Answers about what no desk can open without, and then no more, until it is let."""

    is_slow = True

    def pull(self, incarnation: str, scope: int, after: int, limit: int) -> Page:
        page = super().pull(incarnation, scope, after, 1 if self.is_slow else limit)
        return Page(page.rows, page.until, more=self.is_slow or page.more)


def test_a_new_computer_is_a_desk_of_the_centre_in_one_step(
    civicdesk: CivicDesk, hub: Path, qtbot: QtBot
) -> None:
    shown = page(civicdesk, qtbot)
    shown.join_file(hub)

    database = opened(civicdesk, qtbot)

    with database.read() as session:
        assert centre.the_centre(session).name == "Çınarova Sivil Yaşam Merkezi"
        assert [member.name for member in staff.everyone(session)] == ["Şükran İnce"]
        assert len(session.query(Visit).all()) == 1
        assert setup.is_done(session)
    kept, _aside = Settings.load()
    assert kept.hub is not None
    assert kept.hub.path == str(hub)


def test_the_desk_can_be_opened_while_the_rest_is_still_coming(
    civicdesk: CivicDesk, hub: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(civicdesk, qtbot)
    monkeypatch.setattr(shown.arrival, "_open", lambda hub: Slow(Path(hub.path), hub.role))
    shown.join_file(hub)
    qtbot.waitUntil(shown.open.isVisible, timeout=20_000)
    assert not shown.cancel.isVisible()

    qtbot.mouseClick(shown.open, LEFT)

    database = opened(civicdesk, qtbot)
    with database.read() as session:
        assert centre.rooms(session)
    civicdesk.open_mail()  # the sync of the desk begins with the mail queue, a moment after the window
    assert civicdesk.sync is not None
    sync = civicdesk.sync
    qtbot.waitUntil(lambda: sync.standing.synced_at is not None, timeout=20_000)
    with database.read() as session:
        assert len(session.query(Visit).all()) == 1


def test_it_goes_on_by_itself_after_the_power_went(
    hub: Path, qapp: QApplication, qtbot: QtBot, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "new" / "desk.db"
    path.parent.mkdir()
    database = Database(path)
    database.prepare()
    known = opening.at_file(hub, "new-desk")
    with closing(SqliteFileHub(hub, known.role)) as port, pytest.raises(RuntimeError):
        arriving.begin(database, _Cut(port), at=builders.TUESDAY)  # type: ignore[arg-type]
    database.close()
    Settings.load()[0].with_(hub=known).save()

    for civicdesk in start(qapp, qtbot, clock):
        assert civicdesk.first_start is None
        database = opened(civicdesk, qtbot)
        with database.read() as session:
            assert centre.the_centre(session).name == "Çınarova Sivil Yaşam Merkezi"


class _Cut:
    """The power goes after the centre has come, before its staff has."""

    def __init__(self, hub: SqliteFileHub) -> None:
        self._hub = hub

    def __getattr__(self, name: str) -> object:
        return getattr(self._hub, name)

    def digest(self, scope: int, table: str, groups: tuple[str, ...]) -> object:
        if table == "staff":
            raise RuntimeError
        return self._hub.digest(scope, table, groups)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Scan or paste the code of the hub"),
        ("https://example.org", "not the code of a hub"),
        ("CIVICHUB1ABCDEF", "not the code of a hub"),
    ],
)
def test_a_wrong_code_is_told_where_it_was_typed(
    civicdesk: CivicDesk, qtbot: QtBot, code: str, sentence: str
) -> None:
    shown = page(civicdesk, qtbot)
    qtbot.keyClicks(shown.code, code)
    qtbot.keyClick(shown.code, Qt.Key.Key_Return)
    assert sentence in said(shown)
    assert shown.code.isVisible()


def test_a_hub_that_is_not_there_or_empty_is_told_and_nothing_is_left(
    civicdesk: CivicDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = page(civicdesk, qtbot)
    shown.join_file(tmp_path / "nowhere.hub")
    qtbot.waitUntil(lambda: "There is no hub at" in said(shown))
    file_hub.create(tmp_path / "empty.hub", 1, 1)
    shown.join_file(tmp_path / "empty.hub")
    qtbot.waitUntil(lambda: "holds no centre yet" in said(shown))

    qtbot.mouseClick(shown.cancel, LEFT)

    qtbot.waitUntil(lambda: civicdesk.first_start is not None, timeout=20_000)
    assert Settings.load()[0].hub is None


def test_whoever_is_shut_out_of_the_hub_is_told_so(
    civicdesk: CivicDesk, hub: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(civicdesk, qtbot)

    def revoked(known: HubSettings) -> SqliteFileHub:
        file_hub.revoke(hub, known.role)
        return SqliteFileHub(hub, known.role)

    monkeypatch.setattr(shown.arrival, "_open", revoked)
    shown.join_file(hub)
    qtbot.waitUntil(lambda: "does not let this desk in any more" in said(shown))
    assert shown.code.isVisible()


def test_stopped_before_it_can_be_opened_nothing_of_it_is_left(
    civicdesk: CivicDesk, hub: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(civicdesk, qtbot)

    def stopping(known: HubSettings) -> object:
        return _Stopping(SqliteFileHub(hub, known.role), shown)

    monkeypatch.setattr(shown.arrival, "_open", stopping)
    shown.join_file(hub)
    qtbot.waitUntil(lambda: "What has arrived is kept" in said(shown))
    assert shown.go.text().strip() == "Go on"
    assert Settings.load()[0].hub is not None

    qtbot.mouseClick(shown.cancel, LEFT)

    qtbot.waitUntil(lambda: civicdesk.first_start is not None, timeout=20_000)
    assert Settings.load()[0].hub is None
    assert civicdesk.runner is not None
    with civicdesk.runner.database.read() as session:
        assert setup.found(session) is None


class _Stopping(_Cut):
    """Somebody presses the button while the hub answers."""

    def __init__(self, hub: SqliteFileHub, shown: TakingOver) -> None:
        super().__init__(hub)
        self._shown = shown

    def digest(self, scope: int, table: str, groups: tuple[str, ...]) -> object:
        if table == "staff":
            self._shown.arrival.stop()
        return self._hub.digest(scope, table, groups)


def test_a_set_up_that_was_begun_here_is_kept_beside_it(
    civicdesk: CivicDesk, hub: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    assert civicdesk.first_start is not None
    qtbot.mouseClick(civicdesk.first_start.choice.own, LEFT)
    civicdesk.first_start.steps[0].name.setText("Yanlış Merkez")  # type: ignore[attr-defined]
    qtbot.mouseClick(civicdesk.first_start.next, LEFT)
    qtbot.waitUntil(lambda: civicdesk.first_start.stack.currentIndex() == 2)  # type: ignore[union-attr]
    civicdesk.first_start._show(0)
    page(civicdesk, qtbot).join_file(hub)

    database = opened(civicdesk, qtbot)

    with database.read() as session:
        assert centre.the_centre(session).name == "Çınarova Sivil Yaşam Merkezi"
    assert len(list((tmp_path / "new").glob("desk-replaced-*.db"))) == 1


def test_it_is_said_in_turkish(civicdesk: CivicDesk, qtbot: QtBot) -> None:
    shown = page(civicdesk, qtbot)
    text.use_language("tr")
    QApplication.sendEvent(shown, QEvent(QEvent.Type.LanguageChange))
    assert shown.title.text() == "Merkez sunucuya katıl"
    assert shown.go.text().strip() == "Katıl"
