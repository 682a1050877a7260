from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from civicdesk.models import Alarm, Organisation
from civicdesk.settings import HubSettings
from civicdesk.sync import opening
from civicdesk.sync.standing import Standing
from civicdesk.ui.desk_sync import hub_matters, settle_matters
from civicdesk.ui.runner import Runner
from civicdesk.ui.sync_desk import SyncDesk
from tests import builders
from tests.ui.desk import Desk

LEFT = Qt.MouseButton.LeftButton


def chip(desk: Desk) -> str:
    found = [each for each in desk.window.top_bar.findChildren(QLabel) if each.isVisible()]
    return " | ".join(each.text() for each in found)


def test_a_desk_without_a_hub_says_nothing_of_one(manager: Runner, qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(manager, qtbot, tmp_path)
    sync = SyncDesk(manager)
    desk.window.use_sync(sync)
    assert "ynced" not in chip(desk)


def test_each_sync_is_followed_by_a_backup_and_seen_at_the_top(
    manager: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    hub: HubSettings = opening.at_file(tmp_path / "centre.hub", "desk-1")
    with manager.database.begin() as session:
        builders.organisation(session)
    desk = Desk(manager, qtbot, tmp_path, hub=hub)
    sync = SyncDesk(manager)
    desk.window.use_sync(sync)
    assert desk.window._sync is not None
    with qtbot.waitSignal(desk.window._sync.backup_wanted, timeout=20_000):
        sync.sync_now()
    qtbot.waitUntil(lambda: sync.standing.synced_at is not None)
    assert sync.standing.waits == 0
    with manager.database.begin() as session:
        session.query(Organisation).one().short_name = "EKE"
    sync.look()
    assert sync.standing.waits == 1
    sync.stop()


def test_today_says_what_is_to_be_settled_and_why_the_sync_stopped() -> None:
    (settle,) = settle_matters(Standing(is_joined=True, conflicts=2, refused=1))
    assert settle[2] == "3 changes of two desks to settle"
    (stopped,) = hub_matters(Standing(is_joined=True, alarm=Alarm.REVOKED))
    assert "does not let this desk in" in stopped[3]
    long_ago = datetime.now(UTC) - timedelta(days=2)
    (away,) = hub_matters(Standing(is_joined=True, away_since=long_ago, waits=41, oldest_at=long_ago))
    assert away[2].startswith("Hub away since ")
    assert "41 changes wait" in away[3]
    assert hub_matters(Standing(is_joined=True, away_since=datetime.now(UTC))) == []
