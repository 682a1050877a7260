"""The waiting list as a clerk works it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import bookings, waiting
from civicdesk.desk.bookings import Wish
from civicdesk.models import Booking, Room, RoomClass, Waiting
from civicdesk.text import use_language
from civicdesk.ui.pages.waiting_page import WaitingPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.matter_row import MatterRow
from tests import builders
from tests.builders import TUESDAY
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> WaitingPage:
    page = WaitingPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def wish(runner: Runner, name: str, *, any_of_class: str = "", takes: bool = False) -> Waiting:
    """Somebody waits; with `takes` somebody else has the room."""
    with runner.database.begin() as session:
        room = session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()
        host = builders.organisation(session, name)
        ends_at = NOON + timedelta(hours=1)
        if takes:
            bookings.book(
                session, Wish(room_id=room.id, starts_at=NOON, ends_at=ends_at, title="X"), at=TUESDAY
            )
        wanted = Wish(
            room_id=room.id,
            starts_at=NOON,
            ends_at=ends_at,
            organisation_id=host.id,
            title="Kurul",
            people=8,
            contact_name="Zeynep Ilgın",
            contact_phone="0532 123 45 67",
        )
        made = waiting.ask(session, wanted, any_of_class=any_of_class, at=TUESDAY)
    settle()
    return made


def rows(page: WaitingPage) -> list[tuple[str, str]]:
    found = [each for each in page.findChildren(MatterRow) if each.isVisible()]
    return [(each.title.text(), each.second.text()) for each in found]


def press(page: WaitingPage, qtbot: QtBot, name: str) -> None:
    button = next(each for each in page.findChildren(Button, name) if each.isVisible())
    qtbot.mouseClick(button, LEFT)
    settle()


def test_an_empty_list_says_what_would_be_here(page: WaitingPage) -> None:
    settle()
    empty = page.findChild(EmptyState, "waiting_none")
    assert empty is not None
    assert empty.sentence.text().startswith("Nobody waits for a room.")


def test_who_asked_first_stands_first_with_what_they_want(page: WaitingPage, runner: Runner) -> None:
    wish(runner, "Barış Vakfı", takes=True)
    wish(runner, "Ova Kültür Vakfı", any_of_class=RoomClass.HALL)
    assert rows(page) == [
        (
            "1. Barış Vakfı · Kurul",
            "Çınar Odası · 26 November Thursday 12:00–13:00 · 8 people\n"
            "Zeynep Ilgın · 0532 123 45 67 · asked on 24 November, 10:42",
        ),
        (
            "2. Ova Kültür Vakfı · Kurul",
            "Hall · 26 November Thursday 12:00–13:00 · 8 people\n"
            "Zeynep Ilgın · 0532 123 45 67 · asked on 24 November, 10:42",
        ),
    ]
    assert page.list.title.text() == "2 wishes for a room wait"


def test_a_wish_is_booked_once_there_is_a_room(page: WaitingPage, runner: Runner, qtbot: QtBot) -> None:
    asked = wish(runner, "Barış Vakfı", takes=True)
    assert not page.findChildren(Button, f"waiting_book_{asked.id.hex}")
    with runner.database.begin() as session:
        bookings.cancel(session, session.scalars(select(Booking)).one().id, at=TUESDAY)
    settle()
    press(page, qtbot, f"waiting_book_{asked.id.hex}")

    assert rows(page) == []
    with runner.database.read() as session:
        titles = session.scalars(select(Booking.title).where(Booking.state == "confirmed")).all()
    assert titles == ["Kurul"]


def test_a_wish_is_withdrawn_and_brought_back(page: WaitingPage, runner: Runner, qtbot: QtBot) -> None:
    said: list[Notice] = []
    runner.notice.connect(said.append)
    asked = wish(runner, "Barış Vakfı", takes=True)
    press(page, qtbot, f"waiting_withdraw_{asked.id.hex}")

    assert rows(page) == []
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()
    assert len(rows(page)) == 1


def test_the_list_speaks_the_other_language_after_a_switch(page: WaitingPage, runner: Runner) -> None:
    wish(runner, "Barış Vakfı", takes=True)
    use_language("tr")
    page.retranslate()
    page.refresh()
    settle()
    assert page.title.text() == "Bekleme listesi"
    assert "8 kişi" in rows(page)[0][1]
