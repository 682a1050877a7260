"""Labels are asked for from the settings, by the boxes they are for."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from civicdesk.models import Mailbox
from civicdesk.ui.pages.settings.post_labels import PostLabelsSection
from civicdesk.ui.runner import Runner
from tests.ui.desk import settle


@pytest.fixture
def wanted() -> list[str]:
    return []


@pytest.fixture
def section(runner: Runner, qtbot: QtBot, wanted: list[str]) -> PostLabelsSection:
    with runner.database.begin() as session:
        session.add_all([Mailbox(number=number) for number in range(3, 60)])
    section = PostLabelsSection(runner)
    section.post_labels_wanted.connect(wanted.append)
    qtbot.addWidget(section)
    section.show()
    qtbot.waitExposed(section)
    settle()
    return section


def test_all_boxes_are_offered_until_others_are_chosen(section: PostLabelsSection, wanted: list[str]) -> None:
    assert section.sheets.text() == "at most 3 sheets"
    section.print_boxes.click()
    section.first.set_value(59)
    assert section.sheets.text() == "at most 1 sheet"
    section.print_boxes.click()
    section.print_kinds.click()

    assert wanted == ["boxes 3-59", "boxes 59-59", "kinds"]


def test_boxes_that_are_not_there_say_so(section: PostLabelsSection, wanted: list[str]) -> None:
    section.first.set_value(300)
    section.print_boxes.click()
    assert "before the beginning" in section.banner.sentence.text()
    section.last.set_value(301)
    section.print_boxes.click()

    assert "no boxes from 300 to 301" in section.banner.sentence.text()
    assert wanted == []
