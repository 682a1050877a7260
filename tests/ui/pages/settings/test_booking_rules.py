"""How managers set the rules of booking and fair use."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.desk import centre, fair_use
from civicdesk.models import Centre
from civicdesk.text import use_language
from civicdesk.ui.pages.settings.booking_rules import BookingRulesSection
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders
from tests.builders import TUESDAY
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> BookingRulesSection:
    section = BookingRulesSection(manager)
    qtbot.addWidget(section)
    section.resize(980, 1_100)
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


def undo(runner: Runner, said: list[Notice]) -> None:
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()


def rows(section: BookingRulesSection) -> list[tuple[str, str]]:
    settle()
    found = [each for each in section.list.findChildren(ListRow) if each.isVisible()]
    return [(each.title.text(), each.second.text()) for each in found]


def kept(runner: Runner) -> tuple[int, int, int]:
    with runner.database.read() as session:
        found: Centre = centre.the_centre(session)
    return found.notice_hours, found.ahead_days, found.no_show_minutes


def test_the_times_are_saved_together_and_taken_back(
    section: BookingRulesSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    settle()
    assert [each.value() for each in section.steppers.values()] == [0, 731, 15]
    for name, value in {"notice_hours": 24, "ahead_days": 365, "no_show_minutes": 20}.items():
        section.steppers[name].set_value(value)
    press(qtbot, section, "booking_rules_save")
    assert kept(runner) == (24, 365, 20)
    undo(runner, said)
    assert kept(runner) == (0, 731, 15)
    assert section.steppers["notice_hours"].value() == 0


def test_what_is_half_written_stays_when_something_else_is_changed(
    section: BookingRulesSection, runner: Runner
) -> None:
    settle()
    section.steppers["notice_hours"].set_value(24)
    with runner.database.begin() as session:
        centre.change(session, TUESDAY, capacity=300)
    settle()
    assert section.steppers["notice_hours"].value() == 24


def test_a_limit_for_all_is_set_changed_and_taken_back(
    section: BookingRulesSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    section.form.hours.set_value(16)
    press(qtbot, section, "limit_save")
    assert rows(section) == [("Hall: 16 hours a month", "for all")]
    section.form.hours.set_value(1)
    press(qtbot, section, "limit_save")
    assert rows(section) == [("Hall: 1 hour a month", "for all")]
    undo(runner, said)
    assert rows(section) == [("Hall: 16 hours a month", "for all")]


def test_a_kind_and_one_organisation_have_limits_of_their_own(
    section: BookingRulesSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    with runner.database.begin() as session:
        host = builders.organisation(session)
    press(qtbot, section, "limit_class_meeting")
    press(qtbot, section, "limit_whom_one")
    section.form.organisation.text.setText("Ege")
    section.form.organisation.text.textEdited.emit("Ege")
    settle()
    section.form.organisation.take_first()
    press(qtbot, section, "limit_save")
    press(qtbot, section, "limit_whom_kind")
    section.form.kind.set_value("vakif")
    section.form.hours.set_value(40)
    press(qtbot, section, "limit_save")
    assert rows(section) == [
        ("Meeting room: 40 hours a month", "Foundation"),
        ("Meeting room: 24 hours a month", host.name),
    ]
    with runner.database.read() as session:
        assert fair_use.allowed(session, host.id, "meeting") == 24
    undo(runner, said)
    assert rows(section) == [("Meeting room: 24 hours a month", host.name)]


@pytest.mark.parametrize(
    ("whom", "sentence"),
    [
        ("kind", "Choose the kind for which it is."),
        ("one", "Choose the organisation for which it is."),
    ],
)
def test_a_limit_for_nobody_says_what_is_missing(
    section: BookingRulesSection, qtbot: QtBot, whom: str, sentence: str
) -> None:
    press(qtbot, section, f"limit_whom_{whom}")
    press(qtbot, section, "limit_save")
    assert section.form.banner.sentence.text() == sentence
    assert rows(section) == []


def test_a_limit_is_removed_and_brought_back(
    section: BookingRulesSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    with runner.database.begin() as session:
        limit = fair_use.set_limit(session, "hall", 16, at=TUESDAY)
    press(qtbot, section, f"limit_remove_{limit.id.hex}")
    assert rows(section) == []
    undo(runner, said)
    assert rows(section) == [("Hall: 16 hours a month", "for all")]


def test_the_rules_speak_turkish_after_a_switch(section: BookingRulesSection, runner: Runner) -> None:
    with runner.database.begin() as session:
        fair_use.set_limit(session, "hall", 16, kind="vakif", at=TUESDAY)
    use_language("tr")
    section.retranslate()
    section.refresh_now()
    assert section.heading.text() == "Rezervasyon kuralları"
    assert rows(section) == [("Salon: ayda 16 saat", "Vakıf")]
