"""Managers name the seats of a work area and keep them for organisations."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import seats
from civicdesk.models import Room
from civicdesk.ui.pages.settings.rooms import RoomsSection
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders
from tests.ui.desk import settle


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> RoomsSection:
    with manager.database.begin() as session:
        session.add(Room(name="Ortak Çalışma", capacity=24, is_work_area=True, position=9))
        builders.organisation(session, "Ege Derneği")
    section = RoomsSection(manager)
    qtbot.addWidget(section)
    section.resize(980, 900)
    section.show()
    qtbot.waitExposed(section)
    return section


def open_room(section: RoomsSection, runner: Runner, *, is_work_area: bool) -> Room:
    with runner.database.read() as session:
        room = session.scalars(select(Room).where(Room.is_work_area.is_(is_work_area))).first()
    assert room is not None
    section.begin(room)
    settle()
    return room


def rows(section: RoomsSection) -> list[str]:
    settle()
    return [row.accessibleName() for row in section.named.list.findChildren(ListRow) if row.isVisible()]


def test_only_work_areas_show_their_seats(section: RoomsSection, manager: Runner) -> None:
    open_room(section, manager, is_work_area=False)
    assert not section.named.isVisible()
    open_room(section, manager, is_work_area=True)
    assert section.named.isVisible()


def test_a_seat_is_named_kept_and_taken_back(section: RoomsSection, manager: Runner) -> None:
    said: list[Notice] = []
    manager.notice.connect(said.append)
    room = open_room(section, manager, is_work_area=True)
    card = section.named
    card.new.click()
    card.called.setText("A1")
    card.holder.text.setText("ege")
    card.holder.text.textEdited.emit("ege")
    settle()
    card.holder.take_first()
    card.save.click()
    assert rows(section) == ["A1, kept for Ege Derneği"]

    card.new.click()
    assert card.called.text() == "A2", "the next name is there already"
    card.save.click()
    assert rows(section) == ["A1, kept for Ege Derneği", "A2, for anybody"]

    card.write(card._seats[0])
    card.nobody.click()
    assert rows(section)[0] == "A1, for anybody"
    assert said[-1].undo is not None
    manager.now(said[-1].undo)
    assert rows(section)[0] == "A1, kept for Ege Derneği"
    with manager.database.read() as session:
        assert len(seats.of_room(session, room.id)) == 2


def test_a_wrong_name_and_an_unknown_organisation_say_so(section: RoomsSection, manager: Runner) -> None:
    open_room(section, manager, is_work_area=True)
    card = section.named
    card.new.click()
    card.save.click()
    assert "what the seat is called" in card.banner.sentence.text()
    card.called.setText("A1")
    card.holder.text.setText("nobody known")
    card.save.click()
    assert "not known" in card.banner.sentence.text()
    assert rows(section) == []
