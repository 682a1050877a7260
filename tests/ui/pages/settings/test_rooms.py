"""One room at a time: how it is set up, what is in it, and its parts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import bookings, furnishing, rooms
from civicdesk.desk.bookings import Wish
from civicdesk.models import Equipment, Room
from civicdesk.text import use_language
from civicdesk.ui.pages.settings.rooms import RoomsSection
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders
from tests.builders import TUESDAY
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> RoomsSection:
    section = RoomsSection(manager)
    qtbot.addWidget(section)
    section.resize(980, 900)
    section.show()
    qtbot.waitExposed(section)
    return section


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


def press(qtbot: QtBot, within: QWidget, name: str) -> None:
    settle()
    button = next(each for each in within.findChildren(QPushButton, name) if each.isVisible())
    qtbot.mouseClick(button, LEFT)
    settle()


def open_row(qtbot: QtBot, within: QWidget, title: str) -> None:
    settle()
    row = next(each for each in within.findChildren(ListRow) if each.title.text() == title)
    qtbot.mouseClick(row, LEFT)
    settle()


def rows(within: QWidget) -> list[str]:
    settle()
    return [each.title.text() for each in within.findChildren(ListRow) if each.isVisible()]


def undo(runner: Runner, said: list[Notice]) -> None:
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()


def room(runner: Runner, name: str) -> Room:
    with runner.database.read() as session:
        return session.scalars(select(Room).where(Room.name == name)).one()


def book(runner: Runner, name: str, **more: Any) -> None:  # noqa: ANN401
    with runner.database.begin() as session:
        host = builders.organisation(session)
        wish = Wish(
            room_id=room(runner, name).id,
            starts_at=NOON,
            ends_at=NOON + timedelta(hours=1),
            title="Kurul",
            organisation_id=host.id,
            **more,
        )
        bookings.book(session, wish, at=TUESDAY)
    settle()


def seats(runner: Runner, name: str) -> dict[str, int]:
    with runner.database.read() as session:
        return furnishing.seats(session, room(runner, name).id)


def pieces(runner: Runner) -> list[tuple[str, int, bool]]:
    with runner.database.read() as session:
        return [(each.name, each.count, each.room_id is None) for each in furnishing.equipment(session)]


def test_one_room_is_open_at_a_time_and_the_list_comes_back(section: RoomsSection, qtbot: QtBot) -> None:
    assert section.list.isVisible()
    assert not section.layouts.isVisible()
    open_row(qtbot, section.list, "Çınar Odası")
    assert not section.list.isVisible()
    assert section.form_card.title.text() == "Çınar Odası"
    assert section.layouts.isVisible()
    assert section.parts.isVisible()
    press(qtbot, section, "rooms_all")
    assert section.list.isVisible()
    assert not section.form_card.isVisible()


def test_layouts_are_ticked_counted_saved_and_taken_back(
    section: RoomsSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    open_row(qtbot, section.list, "Çınar Odası")
    field = section.layouts.fields["theatre"]
    assert not field.seats.isEnabled()
    field.tick.click()
    assert field.seats.value() == 16  # as many as the room holds
    field.seats.set_value(14)
    press(qtbot, section, "layouts_save")
    assert seats(runner, "Çınar Odası") == {"theatre": 14}
    undo(runner, said)
    assert seats(runner, "Çınar Odası") == {}
    assert not field.tick.isChecked()


def test_a_layout_that_is_booked_stays_and_says_why(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        furnishing.set_layouts(session, room(runner, "Çınar Odası").id, {"theatre": 16}, at=TUESDAY)
    book(runner, "Çınar Odası", layout="theatre", people=15)
    open_row(qtbot, section.list, "Çınar Odası")
    section.layouts.fields["theatre"].tick.click()
    press(qtbot, section, "layouts_save")
    assert "set up that way for 15 people" in section.layouts.banner.sentence.text()
    assert seats(runner, "Çınar Odası") == {"theatre": 16}


def test_what_is_half_written_stays_when_something_else_changes(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    open_row(qtbot, section.list, "Çınar Odası")
    section.layouts.fields["theatre"].tick.click()
    with runner.database.begin() as session:
        furnishing.add(session, name="Projektör", at=TUESDAY)
    settle()
    assert section.layouts.fields["theatre"].tick.isChecked()


def test_equipment_is_added_to_a_room_changed_and_removed(
    section: RoomsSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    open_row(qtbot, section.list, "Çınar Odası")
    press(qtbot, section, "room_equipment_new")
    section.inside.what.setText("Projektör")
    section.inside.count.set_value(2)
    press(qtbot, section, "room_equipment_save")
    assert pieces(runner) == [("Projektör", 2, False)]
    assert rows(section.inside.list) == ["Projektör"]
    open_row(qtbot, section.inside.list, "Projektör")
    section.inside.place.set_value("")
    press(qtbot, section, "room_equipment_save")
    assert pieces(runner) == [("Projektör", 2, True)]
    undo(runner, said)
    open_row(qtbot, section.inside.list, "Projektör")
    press(qtbot, section, "room_equipment_remove")
    assert pieces(runner) == []
    undo(runner, said)
    assert pieces(runner) == [("Projektör", 2, False)]


def test_what_is_carried_about_stands_under_the_list(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    press(qtbot, section, "carried_equipment_new")
    press(qtbot, section, "carried_equipment_save")
    assert section.carried.banner.sentence.text() == "Write what it is."
    section.carried.what.setText("Mikrofon")
    press(qtbot, section, "carried_equipment_save")
    assert pieces(runner) == [("Mikrofon", 1, True)]


def test_promised_equipment_stays_and_the_bookings_are_listed(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        piece: Equipment = furnishing.add(session, name="Mikrofon", count=3, at=TUESDAY)
    book(runner, "Çınar Odası", equipment={piece.id: 2})
    settle()
    open_row(qtbot, section.carried.list, "Mikrofon")
    press(qtbot, section, "carried_equipment_remove")
    assert "given out" in section.carried.banner.sentence.text()
    assert rows(section.carried.in_the_way) == ["26 November Thu 12:00–13:00 · Kurul"]
    assert pieces(runner) == [("Mikrofon", 3, True)]


def test_a_room_is_divided_and_made_whole_again(
    section: RoomsSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    open_row(qtbot, section.list, "Ihlamur Salonu")
    press(qtbot, section, "part_add")
    assert section.parts.banner.sentence.text() == "Choose the room first."
    part = room(runner, "Defne Atölyesi")
    section.parts.other.set_value(part.id.hex)
    press(qtbot, section, "part_add")
    assert rows(section.parts.list) == ["Defne Atölyesi"]
    press(qtbot, section, f"part_apart_{part.id.hex}")
    assert room(runner, "Defne Atölyesi").part_of_id is None
    undo(runner, said)
    assert room(runner, "Defne Atölyesi").part_of_id == room(runner, "Ihlamur Salonu").id


def test_a_booked_room_is_not_divided_and_the_bookings_are_listed(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    book(runner, "Ihlamur Salonu")
    open_row(qtbot, section.list, "Ihlamur Salonu")
    section.parts.other.set_value(room(runner, "Defne Atölyesi").id.hex)
    press(qtbot, section, "part_add")
    assert section.parts.banner.sentence.text().startswith("“Ihlamur Salonu” is booked 1 more time.")
    assert rows(section.parts.in_the_way) == ["26 November Thu 12:00–13:00 · Kurul"]
    assert room(runner, "Defne Atölyesi").part_of_id is None


def test_a_part_says_whose_it_is(section: RoomsSection, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        whole, part = room(runner, "Ihlamur Salonu"), room(runner, "Defne Atölyesi")
        rooms.divide(session, part.id, whole.id, at=TUESDAY)
    open_row(qtbot, section.list, "Defne Atölyesi")
    assert section.parts.lead.text().startswith("This room is a part of “Ihlamur Salonu”.")
    assert not section.parts.make_part.isVisible()


def test_a_booked_room_is_not_removed_and_the_bookings_are_listed(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    book(runner, "Çınar Odası")
    open_row(qtbot, section.list, "Çınar Odası")
    press(qtbot, section, "room_remove")
    assert rows(section.form.in_the_way) == ["26 November Thu 12:00–13:00 · Kurul"]
    assert room(runner, "Çınar Odası").deleted_at is None


def test_a_room_removed_at_another_desk_closes_here(
    section: RoomsSection, runner: Runner, qtbot: QtBot
) -> None:
    open_row(qtbot, section.list, "Çınar Odası")
    with runner.database.begin() as session:
        rooms.remove(session, room(runner, "Çınar Odası").id, at=TUESDAY)
    settle()
    assert section.list.isVisible()
    assert "Çınar Odası" not in rows(section.list)


def test_the_room_speaks_turkish_after_a_switch(section: RoomsSection, qtbot: QtBot) -> None:
    open_row(qtbot, section.list, "Çınar Odası")
    use_language("tr")
    section.retranslate()
    section.refresh_now()
    assert section.layouts.title.text() == "Yerleşim düzenleri"
    assert section.inside.title.text() == "Bu salonun donanımı"
    assert section.layouts.fields["theatre"].tick.text() == "Tiyatro düzeni"
