from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.desk import centre, opening, setup, staff
from civicdesk.ui.first_start import FirstStart
from civicdesk.ui.first_start.rooms_step import RoomLine
from civicdesk.ui.runner import Runner
from tests.builders import PIN
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def new(empty_file: Path, tmp_path: Path, qapp: QApplication, clock: Clock) -> Iterator[Runner]:
    """A desk that was never started before."""
    path = tmp_path / "new.db"
    shutil.copy(empty_file, path)
    runner = Runner(path, clock=clock)
    runner.database.prepare()
    yield runner
    runner.close()


def started(qtbot: QtBot, runner: Runner) -> FirstStart:
    window = FirstStart(runner)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    return window


def name_it(qtbot: QtBot, window: FirstStart, name: str = "Çınarova Sivil Yaşam Merkezi") -> None:
    window.steps[0].name.setText(name)  # type: ignore[attr-defined]
    qtbot.mouseClick(window.next, LEFT)


def add_room(qtbot: QtBot, window: FirstStart, name: str) -> None:
    step = window.steps[2]
    step.name.setText(name)  # type: ignore[attr-defined]
    qtbot.mouseClick(step.add, LEFT)  # type: ignore[attr-defined]


def rooms_of(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return [room.name for room in centre.rooms(session)]


def line(qtbot: QtBot, window: FirstStart, at: int, of: int) -> RoomLine:
    """The line of a room, once so many are shown."""

    def shown() -> list[RoomLine]:
        return [line for line in window.findChildren(RoomLine) if line.isVisible()]

    qtbot.waitUntil(lambda: len(shown()) == of)
    return shown()[at]


def test_a_manager_sets_the_centre_up_in_four_steps(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    assert window.title.text() == "Welcome"
    qtbot.mouseClick(window.choice.own, LEFT)
    name_it(qtbot, window)
    hours = window.steps[1]
    qtbot.mouseClick(hours.days[0].closes.more, LEFT)  # type: ignore[attr-defined]
    qtbot.mouseClick(window.next, LEFT)
    add_room(qtbot, window, "Işık Odası")
    qtbot.mouseClick(window.next, LEFT)
    manager = window.steps[3]
    manager.name.setText("Şükrü Işık")  # type: ignore[attr-defined]
    qtbot.keyClicks(manager.pin, PIN)  # type: ignore[attr-defined]
    qtbot.keyClicks(manager.again, PIN)  # type: ignore[attr-defined]
    with qtbot.waitSignal(window.finished):
        qtbot.mouseClick(window.next, LEFT)

    with new.database.read() as session:
        assert setup.is_done(session)
        assert centre.the_centre(session).name == "Çınarova Sivil Yaşam Merkezi"
        assert opening.week(session)[0] == ("09:00", "18:30")
        assert [member.name for member in staff.everyone(session)] == ["Şükrü Işık"]


def test_closed_half_way_it_goes_on_at_the_same_step(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    qtbot.mouseClick(window.choice.own, LEFT)
    name_it(qtbot, window)
    window.close()

    again = started(qtbot, new)
    assert again.title.text() == "Opening hours"
    qtbot.mouseClick(again.back, LEFT)
    assert again.steps[0].name.text() == "Çınarova Sivil Yaşam Merkezi"  # type: ignore[attr-defined]


def test_a_step_that_is_not_right_stays_and_says_why(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    qtbot.mouseClick(window.choice.own, LEFT)
    name_it(qtbot, window, "  ")

    assert window.title.text() == "Your centre"
    assert window.steps[0].banner.sentence.text() == "Write the name of the centre."
    name_it(qtbot, window)
    assert window.title.text() == "Opening hours"


def test_hours_that_end_before_they_begin_are_refused(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    qtbot.mouseClick(window.choice.own, LEFT)
    name_it(qtbot, window)
    step = window.steps[1]
    step.days[2].closes.time.setText("8.30")  # type: ignore[attr-defined]
    qtbot.mouseClick(window.next, LEFT)

    assert window.title.text() == "Opening hours"
    assert "end must be later" in step.banner.sentence.text()


@pytest.fixture
def at_rooms(qtbot: QtBot, new: Runner, clock: Clock) -> FirstStart:
    with new.database.begin() as session:
        setup.save_centre(session, name="Ç", address="", language="tr", at=clock())
        setup.save_hours(session, {0: ("09:00", "18:00")}, observes_holidays=True, at=clock())
    return started(qtbot, new)


def test_rooms_are_kept_as_soon_as_they_are_added(qtbot: QtBot, at_rooms: FirstStart, new: Runner) -> None:
    add_room(qtbot, at_rooms, "Çınar Odası")
    add_room(qtbot, at_rooms, "ÇINAR ODASI")
    assert "already a room" in at_rooms.steps[2].banner.sentence.text()
    add_room(qtbot, at_rooms, "Ihlamur Salonu")

    assert rooms_of(new) == ["Çınar Odası", "Ihlamur Salonu"]


def test_rooms_are_moved_changed_removed_and_brought_back(
    qtbot: QtBot, at_rooms: FirstStart, new: Runner
) -> None:
    add_room(qtbot, at_rooms, "Çınar Odası")
    add_room(qtbot, at_rooms, "Ihlamur Salonu")
    qtbot.mouseClick(line(qtbot, at_rooms, 1, of=2).up, LEFT)
    assert rooms_of(new) == ["Ihlamur Salonu", "Çınar Odası"]

    qtbot.mouseClick(line(qtbot, at_rooms, 0, of=2), LEFT)
    add_room(qtbot, at_rooms, "Ihlamur Büyük Salon")
    assert rooms_of(new) == ["Ihlamur Büyük Salon", "Çınar Odası"]

    qtbot.mouseClick(line(qtbot, at_rooms, 0, of=2).remove, LEFT)
    assert rooms_of(new) == ["Çınar Odası"]
    qtbot.mouseClick(at_rooms.steps[2].banner.buttons[0], LEFT)
    assert len(rooms_of(new)) == 2


def test_a_centre_without_rooms_does_not_go_on(qtbot: QtBot, at_rooms: FirstStart) -> None:
    qtbot.mouseClick(at_rooms.next, LEFT)

    assert at_rooms.title.text() == "The rooms"
    assert at_rooms.steps[2].banner.isVisible()


def test_codes_take_digits_only_and_are_not_shown(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    pin = window.steps[3].pin  # type: ignore[attr-defined]
    qtbot.keyClicks(pin, "24a6b8 10")

    assert pin.text() == "246810"
    assert pin.displayText() != pin.text()


def test_the_demo_is_one_tap_away(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    with qtbot.waitSignal(window.demo_wanted):
        qtbot.mouseClick(window.choice.demo, LEFT)


def test_it_speaks_turkish_at_once(qtbot: QtBot, new: Runner) -> None:
    window = started(qtbot, new)
    with qtbot.waitSignal(window.language_wanted) as wanted:
        window.language.chosen.emit("tr")
    text.use_language(wanted.args[0])
    window.retranslate()
    window.choice.retranslate()

    said = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "Merkezimi kur" in said


def test_the_keyboard_comes_up_for_a_pressed_field_and_the_page_makes_room(
    qtbot: QtBot, at_rooms: FirstStart, qapp: QApplication
) -> None:
    field = at_rooms.steps[2].name  # type: ignore[attr-defined]
    at_rooms.activateWindow()
    qtbot.waitUntil(lambda: qapp.focusWidget() is field)
    qtbot.mouseClick(field, LEFT)

    qtbot.waitUntil(at_rooms.keyboard.isVisible)
    assert at_rooms.next.mapTo(at_rooms, at_rooms.next.rect().bottomLeft()).y() < at_rooms.keyboard.y()
