"""A calendar goes into a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import bookings
from civicdesk.desk.bookings import Wish
from civicdesk.models import Room
from civicdesk.ui.calendar_out import export_calendar, file_name, write_calendar
from civicdesk.ui.runner import Notice, Runner
from tests.builders import TUESDAY
from tests.desk.test_bookings_in import HOUR, TEN


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


def booked(runner: Runner) -> Room:
    with runner.database.begin() as session:
        room = session.scalar(select(Room).where(Room.name == "Çınar Odası"))
        assert room is not None
        wish = Wish(room_id=room.id, starts_at=TEN, ends_at=TEN + HOUR, title="Panel")
        bookings.book(session, wish, at=TUESDAY)
        return room


def test_the_calendar_of_a_room_is_asked_for_by_its_name_and_written(
    runner: Runner, owner: QWidget, qtbot: QtBot, tmp_path: Path, said: list[Notice]
) -> None:
    room = booked(runner)
    export_calendar(runner, owner, room_id=room.id)
    [dialog] = owner.findChildren(QFileDialog)
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave

    dialog.fileSelected.emit(str(tmp_path / "Çınar Odası.ics"))
    dialog.reject()

    qtbot.waitUntil(lambda: bool(said))
    assert said[0].sentence == "The calendar was written: 1 booking."
    [event] = Calendar.from_ical((tmp_path / "Çınar Odası.ics").read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == "Panel"
    assert [file.name for file in tmp_path.glob("*.part")] == []


def test_a_folder_that_is_gone_is_said_to_be(
    runner: Runner, owner: QWidget, qtbot: QtBot, tmp_path: Path, said: list[Notice]
) -> None:
    write_calendar(runner, owner, tmp_path / "gone" / "a.ics")

    qtbot.waitUntil(lambda: bool(said))
    assert said[0].tone == "bad"
    assert said[0].sentence.startswith("The file could not be written: ")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Çınar Odası", "Çınar Odası.ics"),
        ("A/B: “Salon”?", "A B “Salon”.ics"),
        ("...", "CivicDesk.ics"),
        ("x" * 300, "x" * 80 + ".ics"),
    ],
)
def test_a_name_becomes_one_that_every_system_takes(name: str, file: str) -> None:
    assert file_name(name) == file
