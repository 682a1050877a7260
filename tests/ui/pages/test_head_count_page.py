from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import centre, occupancy
from civicdesk.models import Booking, HeadCount, HeadTotal
from civicdesk.ui.pages.head_count_page import HeadCountPage
from civicdesk.ui.runner import Notice, Runner
from tests import builders


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> Iterator[HeadCountPage]:
    page = HeadCountPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    yield page
    page.hide()


def press(page: HeadCountPage, name: str) -> None:
    QTest.mouseClick(page.findChild(type(page.back).__mro__[1], name), Qt.MouseButton.LeftButton)


def heads(runner: Runner) -> int:
    with runner.database.read() as session:
        return occupancy.now(session).total


def test_each_of_many_quick_taps_counts(page: HeadCountPage, runner: Runner) -> None:
    for _tap in range(7):
        press(page, "count_add_1_adult_0")
    press(page, "count_add_5_child_0")

    assert heads(runner) == 12
    assert page.total.text() == "12 people in the rooms"


def test_a_count_is_taken_back_from_the_notice(page: HeadCountPage, runner: Runner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.notice) as said:
        press(page, "count_add_5_adult_0")
    notice = said.args[0]
    assert isinstance(notice, Notice)
    assert notice.undo is not None

    runner.now(notice.undo)

    assert heads(runner) == 0
    with runner.database.read() as session:
        assert [row.change for row in session.scalars(select(HeadCount).order_by(HeadCount.id))] == [5, -5]


def test_nobody_is_counted_below_zero(page: HeadCountPage) -> None:
    take = page.findChild(type(page.back).__mro__[1], "count_take_1_adult_0")
    assert not take.isEnabled()

    press(page, "count_add_1_adult_0")

    assert take.isEnabled()


def test_people_with_names_at_an_event_are_among_those_counted(page: HeadCountPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        room = centre.rooms(session)[0]
        session.add(
            Booking(
                room_id=room.id,
                title="Kompost Atölyesi",
                kind="workshop",
                starts_at=builders.TUESDAY.replace(minute=0),
                ends_at=builders.TUESDAY.replace(hour=9),
                wall_start="10:00",
            )
        )
        session.flush()
        event = session.scalars(select(Booking)).one()
        for name in ("Selin Karaca", "Mert Aydoğdu", "Zeynep Ilgın"):
            builders.visit(session, name, room_id=room.id, booking_id=event.id)

    for _tap in range(2):
        press(page, "count_add_5_adult_0")

    assert heads(runner) == 10
    assert "10 people in the rooms" in page.total.text()
    with runner.database.read() as session:
        assert session.scalars(select(HeadTotal)).one().booking_id == event.id


def test_a_room_that_fills_says_so_in_words(page: HeadCountPage) -> None:
    card = page._cards[0]  # 16 places
    assert not card.warning.isVisible()
    for _tap in range(3):
        press(page, "count_add_5_adult_0")
    assert (card.warning.text(), card.warning.tone) == ("Room for 1 more", "warn")

    press(page, "count_add_1_adult_0")
    assert card.warning.text() == "Full"

    press(page, "count_add_5_child_0")
    assert (card.warning.text(), card.warning.tone) == ("Too many: 5", "bad")
