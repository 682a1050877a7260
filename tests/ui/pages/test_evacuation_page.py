from __future__ import annotations

import time
from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import centre, evacuation, headcounts, visits
from civicdesk.desk.headcounts import Category
from civicdesk.models import Muster, MusterMark, Need
from civicdesk.ui.pages.evacuation_page import EvacuationPage
from civicdesk.ui.runner import Runner
from tests import builders

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> EvacuationPage:
    """Inside: İnci in a wheelchair, Selin with two others, and four without names in the hall."""
    with runner.database.begin() as session:
        oak, hall, _shop = centre.rooms(session)
        builders.visit(session, "Selin Karaca", room_id=oak.id, people=3)
        builders.visit(session, "İnci Uğurlu", room_id=hall.id, needs=(Need.WHEELCHAIR,))
        headcounts.count(session, hall.id, 4, at=builders.TUESDAY)
        headcounts.count(session, hall.id, 1, category=Category.WHEELCHAIR, at=builders.TUESDAY)
    page = EvacuationPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def shown(page: EvacuationPage) -> list[str]:
    return [line.title for line in page.list.roll.lines]


def counts(page: EvacuationPage) -> list[str]:
    return [counter.figure.text() for counter in page.counters]


def tap(qtbot: QtBot, page: EvacuationPage, title: str) -> None:
    index = page.list.roll.index(shown(page).index(title))
    page.list.scrollTo(index)
    qtbot.mouseClick(page.list.viewport(), LEFT, pos=page.list.visualRect(index).center())


def test_who_needs_assistance_comes_first_then_room_by_room(page: EvacuationPage) -> None:
    assert shown(page) == [
        "Needs assistance",
        "İnci Uğurlu",
        "1 wheelchair user",
        "Birinci kat · Ihlamur Salonu",
        "4 without names",
        "Zemin kat · Çınar Odası",
        "Selin Karaca",
    ]
    assert counts(page) == ["8", "4", "0", "4"]


def test_a_tap_marks_a_person_safe_and_another_takes_it_back(
    qtbot: QtBot, page: EvacuationPage, runner: Runner
) -> None:
    qtbot.mouseClick(page.drill, LEFT)
    tap(qtbot, page, "Selin Karaca")
    assert counts(page)[1:3] == ["1", "3"]

    tap(qtbot, page, "Selin Karaca")
    assert counts(page)[1:3] == ["4", "0"]
    with runner.database.read() as session:
        assert session.scalars(select(MusterMark.is_safe).order_by(MusterMark.id)).all() == [True, False]


def test_the_keyboard_ticks_too(qtbot: QtBot, page: EvacuationPage) -> None:
    qtbot.mouseClick(page.drill, LEFT)
    page.list.setCurrentIndex(page.list.roll.index(shown(page).index("Selin Karaca")))
    qtbot.keyClick(page.list, Qt.Key.Key_Space)

    assert counts(page)[2] == "3"


def test_people_without_names_cannot_be_ticked(qtbot: QtBot, page: EvacuationPage, runner: Runner) -> None:
    qtbot.mouseClick(page.drill, LEFT)
    tap(qtbot, page, "4 without names")

    with runner.database.read() as session:
        assert session.scalar(select(MusterMark)) is None


def test_a_tap_before_anything_runs_asks_what_it_is(
    qtbot: QtBot, page: EvacuationPage, runner: Runner
) -> None:
    tap(qtbot, page, "Selin Karaca")
    assert "What is it?" in page.banner.sentence.text()

    qtbot.mouseClick(page.banner.buttons[0], LEFT)
    with runner.database.read() as session:
        muster = evacuation.running(session)
    assert muster is not None
    assert not muster.is_drill
    assert page.banner.isHidden()


def test_ending_takes_two_taps_and_can_be_taken_back(
    qtbot: QtBot, page: EvacuationPage, runner: Runner
) -> None:
    qtbot.mouseClick(page.start, LEFT)
    qtbot.mouseClick(page.end, LEFT)
    assert page.end.words() == "Really end it?"
    assert page.end.isVisible()

    with qtbot.waitSignal(runner.notice) as told:
        qtbot.mouseClick(page.end, LEFT)
    assert page.start.isVisible()
    runner.now(told.args[0].undo)
    assert page.end.isVisible()


def test_somebody_who_was_on_no_list_is_added(qtbot: QtBot, page: EvacuationPage) -> None:
    qtbot.mouseClick(page.drill, LEFT)
    page.unlisted.insert("Şükrü Işık")
    qtbot.keyClick(page.unlisted, Qt.Key.Key_Return)

    assert shown(page)[-2:] == ["Was not on the list", "Şükrü Işık"]
    assert page.unlisted.text() == ""
    assert counts(page)[2] == "1"


def test_nobody_is_added_without_a_name(qtbot: QtBot, page: EvacuationPage, runner: Runner) -> None:
    qtbot.mouseClick(page.drill, LEFT)
    qtbot.mouseClick(page.add, LEFT)

    assert page.banner.isVisible()
    with runner.database.read() as session:
        assert session.scalar(select(MusterMark)) is None


def test_who_was_taken_as_left_today_stands_in_a_group_of_their_own(
    page: EvacuationPage, runner: Runner
) -> None:
    with runner.database.begin() as session:
        visits.check_out_all(session, at=builders.TUESDAY)

    assert "Taken as left, not seen" in shown(page)
    assert shown(page).index("Taken as left, not seen") < shown(page).index("Selin Karaca")


def test_it_follows_who_comes_in(page: EvacuationPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        builders.visit(session, "Ömer Faruk Şen")

    assert shown(page)[-2:] == ["Room not known", "Ömer Faruk Şen"]


def test_a_search_finds_names_written_without_turkish_letters(qtbot: QtBot, page: EvacuationPage) -> None:
    qtbot.keyClicks(page.search, "ugurlu")
    assert shown(page) == ["Needs assistance", "İnci Uğurlu"]

    qtbot.keyClicks(page.search, "zzz")
    assert "Nobody on the list fits" in page.nobody.sentence.text()
    assert page.nobody.isVisible()


def test_the_list_narrows_to_a_zone_or_to_the_missing(qtbot: QtBot, page: EvacuationPage) -> None:
    page.place.set_value("Zemin kat")
    page.place.chosen.emit("Zemin kat")
    assert shown(page) == ["Zemin kat · Çınar Odası", "Selin Karaca"]

    qtbot.mouseClick(page.drill, LEFT)
    assert shown(page) == ["Zemin kat · Çınar Odası", "Selin Karaca"]
    qtbot.mouseClick(page.only_missing, LEFT)
    tap(qtbot, page, "Selin Karaca")
    assert shown(page) == []


def test_it_speaks_turkish(page: EvacuationPage, qtbot: QtBot) -> None:
    text.use_language("tr")
    page.retranslate()
    page.refresh_now()

    assert page.title.text() == "Tahliye listesi"
    assert "Selin Karaca" in shown(page)


def test_it_works_while_nobody_has_signed_in(qtbot: QtBot, page: EvacuationPage, runner: Runner) -> None:
    runner.staff = None
    qtbot.mouseClick(page.start, LEFT)
    tap(qtbot, page, "Selin Karaca")

    assert counts(page)[2] == "3"
    with runner.database.read() as session:
        assert session.scalars(select(Muster)).one().is_drill is False


def test_five_hundred_people_are_shown_within_a_tenth_of_a_second(qtbot: QtBot, runner: Runner) -> None:
    with runner.database.begin() as session:
        centre.the_centre(session).capacity = 600
        rooms = centre.rooms(session)
        for number in range(500):
            builders.visit(session, f"Ziyaretçi {number:03}", room_id=rooms[number % 3].id)
    page = EvacuationPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    took = min(took_to_refresh(page) for _again in range(5))

    assert len(shown(page)) == 503
    assert took < 0.1


def took_to_refresh(page: EvacuationPage) -> float:
    begun = time.perf_counter()
    page.refresh()
    page.grab()
    return time.perf_counter() - begun


def test_the_printed_list_is_one_tap_away(qtbot: QtBot, page: EvacuationPage) -> None:
    with qtbot.waitSignal(page.list_wanted):
        qtbot.mouseClick(page.print, LEFT)
    with qtbot.waitSignal(page.back_wanted):
        qtbot.mouseClick(page.back, LEFT)


def test_marks_of_the_same_moment_count_in_the_order_they_were_made(
    page: EvacuationPage, runner: Runner
) -> None:
    with runner.database.begin() as session:
        muster = evacuation.begin(session, at=builders.TUESDAY, is_drill=True)
        selin = next(visit for visit in visits.inside(session) if visit.people == 3)
        tick = partial(evacuation.mark, session, muster.id, selin.id, at=builders.TUESDAY)
        for is_safe in (True, False, True):
            tick(is_safe=is_safe)

    assert counts(page)[2] == "3"
