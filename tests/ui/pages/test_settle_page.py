from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from civicdesk.database import Database
from civicdesk.desk import audit, bookings
from civicdesk.desk.booking_wish import Wish
from civicdesk.models import (
    Booking,
    BookingState,
    InboxState,
    Organisation,
    Role,
    Room,
    Staff,
    SyncInbox,
    SyncQuarantine,
)
from civicdesk.sync import file_hub
from civicdesk.sync.file_hub import SqliteFileHub
from civicdesk.sync.joining import join
from civicdesk.ui.pages.settle_page import SettlePage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton
NOON = builders.TUESDAY + timedelta(days=2, minutes=78)  # Thursday 12:00


class Town:
    """Two desks of one centre and the file that is their hub; the first is the one the tests look at."""

    def __init__(self, first: Database, second: Path, hub: Path) -> None:
        self.hub = hub
        file_hub.create(hub, 1, 1)
        for name in ("one", "two"):
            file_hub.enrol(hub, name)
        self.one, self.two = first, Database(second)
        self.sync("one", "two")

    def sync(self, *desks: str) -> None:
        for desk in desks:
            with closing(SqliteFileHub(self.hub, desk)) as port:
                join(getattr(self, desk), port)

    def write(self, desk: str, by: str, name: str) -> None:
        """Somebody at a desk gives the organisation another name."""
        with self.begin(desk, by) as session:
            organisation = session.query(Organisation).one()
            organisation.name = name
            audit.record(session, "change_organisation", organisation, datetime.now(UTC))

    def begin(self, desk: str, by: str):  # type: ignore[no-untyped-def]  # noqa: ANN201
        database: Database = getattr(self, desk)
        with database.read() as session:
            member = session.query(Staff).filter_by(name=by).one()
        return database.begin(by=member.id, desk=f"desk-{desk}")

    def book(self, desk: str, by: str, title: str, at: datetime) -> None:
        with self.begin(desk, by) as session:
            room = session.query(Room).filter_by(name="Ihlamur Salonu").one()
            organisation = session.query(Organisation).one()
            ends = NOON + timedelta(hours=1)
            wish = Wish(
                room_id=room.id,
                organisation_id=organisation.id,
                title=title,
                people=8,
                starts_at=NOON,
                ends_at=ends,
            )
            bookings.book(session, wish, at=at)


@pytest.fixture
def town(manager: Runner, empty_file: Path, tmp_path: Path) -> Iterator[Town]:
    with manager.database.begin() as session:
        builders.organisation(session, "Ege Kadın Emeği")
        builders.member_of_staff(session, "Ömer Kılıç", Role.RECEPTION)
    second = Path(shutil.copy(empty_file, tmp_path / "two.db"))
    town = Town(manager.database, second, tmp_path / "centre.hub")
    yield town
    town.two.close()


@pytest.fixture(autouse=True)
def each_tap_counts(qapp: QApplication) -> Iterator[None]:
    usual = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(usual)


@pytest.fixture
def conflict(town: Town) -> Town:
    """Both desks gave the organisation another name, the first one last, and the second one was first at the hub."""
    town.write("one", "Deniz Polat", "Ege Kadın Emeği Derneği")
    town.write("two", "Ömer Kılıç", "Ege Kadın Emeği Vakfı")
    town.sync("two", "one")
    return town


def shown(qtbot: QtBot, runner: Runner) -> SettlePage:
    page = SettlePage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    page.refresh_now()
    qtbot.waitExposed(page)
    return page


def words(page: SettlePage) -> list[str]:
    QApplication.processEvents()
    return [each.text() for each in page.findChildren(QLabel) if each.isVisible()]


def button(page: SettlePage, ending: str) -> Button:
    QApplication.processEvents()
    (found,) = [
        each for each in page.findChildren(Button) if each.objectName().endswith(ending) and each.isVisible()
    ]
    return found


def said(runner: Runner) -> list[Notice]:
    told: list[Notice] = []
    runner.notice.connect(told.append)
    return told


def name_of(database: Database) -> str:
    with database.read() as session:
        return session.query(Organisation).one().name


def inbox(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return [row.state for row in session.query(SyncInbox).all()]


def undo(runner: Runner, notice: Notice) -> None:
    assert notice.undo is not None
    runner.now(notice.undo)


def test_both_versions_are_seen_with_who_made_them(conflict: Town, manager: Runner, qtbot: QtBot) -> None:
    page = shown(qtbot, manager)
    seen = words(page)
    assert "Ege Kadın Emeği Derneği" in seen
    assert "Ege Kadın Emeği Vakfı" in seen
    who = [each for each in seen if " · desk-" in each]
    assert [each.split(" · ")[:2] for each in who] == [
        ["Ömer Kılıç", "desk-two"],
        ["Deniz Polat", "desk-one"],
    ]
    assert any(each.startswith("1 thing to settle") for each in seen)


def test_the_other_version_is_taken_and_taken_back(conflict: Town, manager: Runner, qtbot: QtBot) -> None:
    page, told = shown(qtbot, manager), said(manager)
    qtbot.mouseClick(button(page, "_take"), LEFT)
    assert name_of(manager.database) == "Ege Kadın Emeği Derneği"
    assert inbox(manager) == [InboxState.TAKEN]
    assert any("nothing to settle" in each for each in words(page))

    undo(manager, told[-1])

    assert name_of(manager.database) == "Ege Kadın Emeği Vakfı"
    assert inbox(manager) == [InboxState.OPEN]
    assert button(page, "_keep")


def test_what_was_chosen_reaches_the_other_desk_and_is_settled_there(
    conflict: Town, manager: Runner, qtbot: QtBot
) -> None:
    conflict.sync("two")
    with conflict.two.read() as session:
        assert [row.state for row in session.query(SyncInbox).all()] == [InboxState.OPEN]
    qtbot.mouseClick(button(shown(qtbot, manager), "_take"), LEFT)
    conflict.sync("one", "two")
    assert name_of(conflict.two) == "Ege Kadın Emeği Derneği"
    with conflict.two.read() as session:
        assert [row.state for row in session.query(SyncInbox).all()] == [InboxState.ELSEWHERE]


def test_a_finger_keeps_what_stands(conflict: Town, manager: Runner, qtbot: QtBot) -> None:
    page = shown(qtbot, manager)
    keep, touch = button(page, "_keep"), QTest.createTouchDevice()
    at = keep.mapTo(page, keep.rect().center())
    QTest.touchEvent(page.windowHandle(), touch).press(0, at, page.windowHandle()).commit()
    QTest.touchEvent(page.windowHandle(), touch).release(0, at, page.windowHandle()).commit()
    qtbot.waitUntil(lambda: inbox(manager) == [InboxState.KEPT])
    assert name_of(manager.database) == "Ege Kadın Emeği Vakfı"


def test_keys_alone_settle_it(conflict: Town, manager: Runner, qtbot: QtBot) -> None:
    page = shown(qtbot, manager)
    take = button(page, "_take")
    page.back.setFocus()
    for _step in range(6):
        if take.hasFocus():
            break
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert take.hasFocus()
    qtbot.keyClick(take, Qt.Key.Key_Space)
    assert inbox(manager) == [InboxState.TAKEN]


def test_a_double_tap_settles_one_thing(
    conflict: Town, manager: Runner, qtbot: QtBot, qapp: QApplication
) -> None:
    with manager.database.begin() as session:
        room = session.query(Room).filter_by(name="Çınar Odası").one()
        room.name = "Birinci"
    with conflict.two.begin() as session:
        session.query(Room).filter_by(name="Çınar Odası").one().name = "İkinci"
    conflict.sync("two", "one")
    qapp.setDoubleClickInterval(400)
    page = shown(qtbot, manager)
    takes = [each for each in page.findChildren(Button) if each.objectName().endswith("_take")]
    assert len(takes) == 2
    qtbot.mouseClick(takes[0], LEFT)
    QApplication.processEvents()
    (other,) = [
        each for each in page.findChildren(Button) if each.objectName().endswith("_take") and each.isVisible()
    ]
    qtbot.mouseClick(other, LEFT)
    assert sorted(inbox(manager)) == [InboxState.OPEN, InboxState.TAKEN]


def test_what_somebody_settled_meanwhile_is_told(conflict: Town, manager: Runner, qtbot: QtBot) -> None:
    page = shown(qtbot, manager)
    with (
        closing(sqlite3.connect(manager.database.path)) as behind,
        behind,
    ):  # arrives, not seen by the page yet
        behind.execute("UPDATE sync_inbox SET state = 'elsewhere'")
    qtbot.mouseClick(button(page, "_take"), LEFT)
    assert page.banner.sentence.text() == "Somebody has settled this already."
    assert name_of(manager.database) == "Ege Kadın Emeği Vakfı"


def test_a_refused_row_is_sent_once_more(town: Town, manager: Runner, qtbot: QtBot) -> None:
    with manager.database.begin() as session:
        organisation = session.query(Organisation).one()
        organisation.short_name = "bu\x00olmaz"
    town.sync("one")
    page = shown(qtbot, manager)
    assert any("does not take this row" in each for each in words(page))
    with manager.database.begin() as session:
        session.query(Organisation).one().short_name = "bu olur"
    told = said(manager)

    qtbot.mouseClick(button(page, "_take"), LEFT)

    assert told[-1].sentence == "It goes with the next sync."
    with manager.database.read() as session:
        assert session.query(SyncQuarantine).count() == 0
    town.sync("one", "two")
    with town.two.read() as session:
        assert session.query(Organisation).one().short_name == "bu olur"


@pytest.fixture
def clash(town: Town, clock: Clock) -> Town:
    """Both desks gave the same room away at the same time; the second one was first at the hub."""
    town.book("one", "Deniz Polat", "Çocuk korosu", clock())
    town.book("two", "Ömer Kılıç", "Satranç turnuvası", clock())
    town.sync("two", "one")
    return town


def standing(runner: Runner) -> dict[str, tuple[str, str]]:
    with runner.database.read() as session:
        rooms = {room.id: room.name for room in session.query(Room).all()}
        found = session.query(Booking).all()
        return {row.title: (row.state, rooms[row.room_id] if row.room_id else "") for row in found}


def test_a_room_given_away_twice_shows_both_who_made_them_and_what_is_free(
    clash: Town, manager: Runner, qtbot: QtBot
) -> None:
    seen = words(shown(qtbot, manager))
    assert "Çocuk korosu" in seen
    assert "Satranç turnuvası" in seen
    assert any(each.startswith("Deniz Polat · desk-one") for each in seen)
    assert any(each.startswith("Ömer Kılıç · desk-two") for each in seen)
    assert any(each.startswith("1 thing to settle") for each in seen)


def test_the_one_without_a_room_gets_a_free_one_and_loses_it_by_undo(
    clash: Town, manager: Runner, qtbot: QtBot
) -> None:
    page, told = shown(qtbot, manager), said(manager)
    qtbot.mouseClick(button(page, "_room_1"), LEFT)
    state, room = standing(manager)["Çocuk korosu"]
    assert state == BookingState.CONFIRMED
    assert room != "Ihlamur Salonu"
    assert any("nothing to settle" in each for each in words(page))
    clash.sync("one", "two")
    with clash.two.read() as session:
        assert session.query(Booking).filter_by(title="Çocuk korosu").one().state == BookingState.CONFIRMED

    undo(manager, told[-1])

    assert standing(manager)["Çocuk korosu"] == (BookingState.CLASH, "Ihlamur Salonu")


def test_this_one_stays_and_the_other_gives_way(clash: Town, manager: Runner, qtbot: QtBot) -> None:
    page, told = shown(qtbot, manager), said(manager)
    qtbot.mouseClick(button(page, "_this_stays"), LEFT)
    assert standing(manager)["Çocuk korosu"][0] == BookingState.CONFIRMED
    assert standing(manager)["Satranç turnuvası"][0] == BookingState.CANCELLED
    undo(manager, told[-1])
    assert standing(manager)["Çocuk korosu"][0] == BookingState.CLASH
    assert standing(manager)["Satranç turnuvası"][0] == BookingState.CONFIRMED


def test_the_other_one_stays(clash: Town, manager: Runner, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(shown(qtbot, manager), "_other_stays"), LEFT)
    assert standing(manager)["Çocuk korosu"][0] == BookingState.CANCELLED
    assert standing(manager)["Satranç turnuvası"][0] == BookingState.CONFIRMED


def test_another_time_is_looked_for_on_the_page_of_rooms(clash: Town, manager: Runner, qtbot: QtBot) -> None:
    page = shown(qtbot, manager)
    with qtbot.waitSignal(page.free_room_wanted) as wanted:
        qtbot.mouseClick(button(page, "_search"), LEFT)
    assert wanted.args is not None
    assert wanted.args[0].title == "Çocuk korosu"
