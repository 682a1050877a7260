from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from civicdesk import codes, text
from civicdesk.desk import evacuation, visits
from civicdesk.models import How, Role, Staff, Visit
from civicdesk.ui import rail
from civicdesk.ui.runner import Runner
from tests import builders
from tests.conftest import Clock
from tests.ui.desk import PAGES, Desk, settle

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    """The desk as it is in the morning: locked."""
    return Desk(runner, qtbot, tmp_path)


@pytest.fixture
def open_desk(desk: Desk) -> Desk:
    """The desk with Elif at it."""
    return desk.let_in()


@pytest.fixture
def selin(runner: Runner) -> Visit:
    """Selin is inside."""
    with runner.database.begin() as session:
        return builders.visit(session)


@pytest.fixture
def deniz(runner: Runner) -> Staff:
    with runner.database.begin() as session:
        return builders.member_of_staff(session, "Deniz Polat", Role.MANAGER, pin="975310864")


def test_the_desk_opens_locked_and_a_pin_opens_it(desk: Desk) -> None:
    assert desk.page == "lock"
    assert not desk.is_there("rail")
    assert not desk.is_there("top_bar")
    desk.sign_in()

    assert desk.page == "today"
    assert desk.is_there("rail")
    assert desk.find("top_bar").isVisible()


@pytest.mark.parametrize("way", ["today", "visitors", "check_in", "head_count", "evacuation", "settings"])
def test_every_way_of_the_rail_leads_to_its_page(open_desk: Desk, way: str) -> None:
    open_desk.press(f"rail_{way}")

    assert open_desk.page == way


def test_nobody_at_the_desk_for_five_minutes_locks_it(open_desk: Desk, clock: Clock) -> None:
    clock.forward(minutes=4, seconds=59)
    open_desk.window.tick()
    assert open_desk.page == "today"
    clock.forward(seconds=1)
    open_desk.window.tick()

    assert open_desk.page == "lock"
    assert open_desk.runner.staff is None


@pytest.mark.parametrize("sign_of_life", ["key", "click", "scan"])
def test_whoever_does_something_keeps_the_desk_open(open_desk: Desk, clock: Clock, sign_of_life: str) -> None:
    clock.forward(minutes=4)
    if sign_of_life == "key":
        open_desk.key(Qt.Key.Key_A)
    elif sign_of_life == "click":
        open_desk.press("rail_visitors")
    else:
        open_desk.scan("8690000000008")
    clock.forward(minutes=4)
    open_desk.window.tick()

    assert open_desk.page != "lock"


def test_a_clock_that_was_set_back_does_not_keep_the_desk_open_for_hours(
    open_desk: Desk, clock: Clock
) -> None:
    clock.forward(hours=-3)
    open_desk.window.tick()
    clock.forward(minutes=5)
    open_desk.window.tick()

    assert open_desk.page == "lock"


def test_half_typed_words_survive_the_lock(open_desk: Desk, clock: Clock) -> None:
    open_desk.press("rail_check_in")
    open_desk.write("visitor_name", "Yarım kal")
    clock.forward(minutes=6)
    open_desk.window.tick()
    open_desk.sign_in()

    assert open_desk.page == "check_in"
    assert (
        open_desk.window.pages.check_in.findChild(type(open_desk.find("search")), "visitor_name").text()
        == "Yarım kal"
    )


def test_a_look_at_the_evacuation_list_does_not_cost_the_half_typed_words(open_desk: Desk) -> None:
    open_desk.press("rail_check_in")
    field = open_desk.write("visitor_name", "Yarım kal")
    open_desk.window.lock_now()
    open_desk.press("lock_evacuation")
    open_desk.press("evacuation_back")
    open_desk.let_in()

    assert open_desk.page == "check_in"
    assert field.text() == "Yarım kal"


@pytest.mark.parametrize("page", PAGES)
def test_control_and_l_locks_from_every_page(open_desk: Desk, page: str, selin: Visit) -> None:
    show(open_desk, page, selin)
    open_desk.key(Qt.Key.Key_L, CONTROL)

    assert open_desk.page == "lock"


@pytest.mark.parametrize("where", ["lock", "evacuation"])
@pytest.mark.parametrize("key", ["F2", "Ctrl+F"])
def test_no_shortcut_leads_past_the_lock(desk: Desk, where: str, key: str) -> None:
    if where == "evacuation":
        desk.press("lock_evacuation")
    desk.key(Qt.Key.Key_F2) if key == "F2" else desk.key(Qt.Key.Key_F, CONTROL)

    assert desk.page == where
    assert desk.window.is_locked
    assert not desk.is_there("rail")
    assert not desk.is_there("top_bar")
    assert not desk.window.top_bar.search.hasFocus()


def test_the_key_for_the_evacuation_list_works_while_the_desk_is_locked(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F9)

    assert desk.page == "evacuation"
    assert desk.window.is_locked
    assert not desk.is_there("rail")


def test_the_list_that_is_open_while_locked_leads_back_to_the_lock_and_nowhere_else(
    desk: Desk, selin: Visit
) -> None:
    desk.press("lock_evacuation")
    assert desk.page == "evacuation"
    assert not desk.is_there("rail")
    assert not desk.is_there("top_bar")
    desk.press("evacuation_back")

    assert desk.page == "lock"


def test_names_opened_without_a_pin_do_not_stay_on_an_idle_screen(
    desk: Desk, selin: Visit, clock: Clock
) -> None:
    desk.press("lock_evacuation")
    clock.forward(minutes=6)

    desk.window.tick()

    assert desk.page == "lock"


def test_the_list_stays_while_an_evacuation_is_running(desk: Desk, selin: Visit, clock: Clock) -> None:
    desk.press("lock_evacuation")
    desk.press("evacuation_start")
    clock.forward(minutes=6)

    desk.window.tick()

    assert desk.page == "evacuation"


def test_an_evacuation_is_begun_without_a_pin(desk: Desk, selin: Visit) -> None:
    desk.press("lock_evacuation")
    desk.press("evacuation_start")
    with desk.runner.database.read() as session:
        muster = evacuation.running(session)

    assert muster is not None
    assert desk.window.is_locked


def test_keys_of_a_working_desk_do_what_they_say(open_desk: Desk) -> None:
    open_desk.key(Qt.Key.Key_F2)
    assert open_desk.page == "check_in"
    open_desk.key(Qt.Key.Key_F9)
    assert open_desk.page == "evacuation"
    open_desk.key(Qt.Key.Key_F, CONTROL)
    assert open_desk.window.top_bar.search.hasFocus()


def test_a_staff_card_opens_the_locked_desk(desk: Desk, deniz: Staff) -> None:
    desk.scan(deniz.card_code)

    assert desk.page == "today"
    assert desk.runner.staff is not None
    assert desk.runner.staff.name == "Deniz Polat"


def test_a_staff_card_opens_the_desk_from_the_evacuation_list(desk: Desk, deniz: Staff) -> None:
    desk.press("lock_evacuation")
    desk.scan(deniz.card_code)

    assert desk.page == "evacuation"
    assert not desk.window.is_locked
    assert desk.is_there("rail")


def test_a_staff_card_at_an_open_desk_changes_who_works_there(open_desk: Desk, deniz: Staff) -> None:
    open_desk.press("rail_check_in")
    open_desk.scan(deniz.card_code)

    assert open_desk.page == "check_in"
    assert open_desk.runner.staff is not None
    assert open_desk.runner.staff.name == "Deniz Polat"
    assert open_desk.window.top_bar.avatar.toolTip() == "Deniz Polat"


def test_a_card_of_somewhere_else_is_told_and_changes_nothing(open_desk: Desk) -> None:
    open_desk.scan(codes.make(codes.Kind.STAFF))

    assert open_desk.said == "This card is not known here. Sign in with your code."
    assert open_desk.runner.staff is open_desk.clerk


def test_a_card_of_somewhere_else_does_not_open_the_locked_desk(desk: Desk) -> None:
    desk.scan(codes.make(codes.Kind.STAFF))

    assert desk.page == "lock"
    assert "not known here" in desk.window.lock_page.entry.sentence.text()


def test_a_scan_at_the_locked_desk_does_nothing_but_says_so(desk: Desk, selin: Visit) -> None:
    desk.scan(desk.badge(selin))

    assert desk.inside() == ["Selin Karaca"]
    assert desk.window.lock_page.entry.sentence.text() == "The desk is locked. Sign in first, then scan."


def test_a_scan_beside_the_evacuation_list_of_the_locked_desk_says_so_where_one_looks(
    desk: Desk, selin: Visit
) -> None:
    desk.press("lock_evacuation")
    desk.scan(desk.badge(selin))

    assert desk.inside() == ["Selin Karaca"]
    assert desk.page == "evacuation"
    assert desk.said == "The desk is locked. Sign in first, then scan."


def test_what_was_said_is_not_left_for_whoever_signs_in_next(open_desk: Desk, selin: Visit) -> None:
    open_desk.scan(open_desk.badge(selin))
    open_desk.window.lock_now()
    open_desk.let_in()

    assert open_desk.said == ""


def test_a_notice_makes_good_news_of_a_scan_old_news(open_desk: Desk, selin: Visit) -> None:
    open_desk.scan(open_desk.badge(selin))
    assert open_desk.window.answer.isVisible()
    open_desk.runner.say("Something else was done.")

    assert not open_desk.window.answer.isVisible()


def test_a_scan_takes_the_place_of_a_notice(open_desk: Desk, selin: Visit) -> None:
    open_desk.runner.say("Something was done.")
    open_desk.scan(open_desk.badge(selin))

    assert not open_desk.window.notices.isVisible()


def test_a_refusal_stays_over_a_notice_and_over_the_way_to_another_page(open_desk: Desk) -> None:
    open_desk.scan("8690000000008")
    open_desk.runner.say("Something was done.")
    open_desk.press("rail_visitors")

    assert open_desk.window.answer.isVisible()


def test_what_a_notice_tells_can_be_taken_back(open_desk: Desk, selin: Visit) -> None:
    at = open_desk.runner.at()
    with open_desk.runner.database.begin() as session:
        visits.check_out(session, selin.id, at=at)
    open_desk.runner.say(
        "Selin has left.", undo=lambda session: visits.undo_check_out(session, [selin.id], at=at)
    )
    open_desk.press("notice_undo")

    assert open_desk.inside() == ["Selin Karaca"]
    assert open_desk.said == "Taken back."


def test_at_closing_time_whoever_is_inside_is_taken_as_left_and_that_is_told(
    open_desk: Desk, selin: Visit, clock: Clock
) -> None:
    clock.at = builders.TUESDAY.replace(hour=16, minute=31)
    open_desk.key(Qt.Key.Key_Shift)
    open_desk.window.tick()

    assert open_desk.inside() == []
    assert open_desk.said == "Closing time: 1 visit was taken as left."
    with open_desk.runner.database.read() as session:
        assert visits.one(session, selin.id).left_how == How.PRESUMED


def test_a_clock_that_was_set_back_does_not_stop_the_looks_of_every_minute(
    open_desk: Desk, clock: Clock, selin: Visit, qtbot: QtBot
) -> None:
    open_desk.window.tick()
    clock.forward(hours=-2)
    open_desk.window.tick()

    qtbot.waitUntil(lambda: open_desk.window.top_bar.desk.tone == "bad")


def test_after_midnight_the_desk_shows_the_new_day(open_desk: Desk, clock: Clock, selin: Visit) -> None:
    assert open_desk.window.pages.today.arrivals.figure.text() == "1"
    clock.at = builders.TUESDAY.replace(hour=20, minute=59)
    open_desk.window.tick()
    clock.forward(minutes=2)
    open_desk.key(Qt.Key.Key_Shift)
    open_desk.window.tick()
    open_desk.let_in()

    assert open_desk.window.top_bar.time.text() == "00:01"
    assert open_desk.window.top_bar.date.text() == "Wednesday, 25 November 2026"
    assert open_desk.window.pages.today.arrivals.figure.text() == "0"


def test_a_name_in_the_search_begins_a_check_in_with_it(open_desk: Desk, qtbot: QtBot) -> None:
    field = open_desk.write("search", " Selin Kara ")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert open_desk.page == "check_in"
    assert open_desk.find("visitor_name").property("text") == "Selin Kara"
    assert field.text() == ""


def test_a_code_in_the_search_is_a_scan(open_desk: Desk, selin: Visit, qtbot: QtBot) -> None:
    qtbot.keyClick(open_desk.write("search", open_desk.badge(selin)), Qt.Key.Key_Return)

    assert open_desk.inside() == []


def test_an_empty_search_goes_nowhere(open_desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClick(open_desk.write("search", "   "), Qt.Key.Key_Return)

    assert open_desk.page == "today"


def test_back_leads_to_where_one_came_from(open_desk: Desk, selin: Visit) -> None:
    open_desk.press("rail_visitors")
    open_desk.press("rail_evacuation")
    open_desk.press("evacuation_back")

    assert open_desk.page == "visitors"


def test_the_rail_marks_the_page_and_none_for_a_page_off_the_rail(open_desk: Desk) -> None:
    open_desk.press("rail_visitors")
    assert open_desk.find("rail_visitors").property("checked")
    open_desk.window.go("invite")

    ways = [way for way, *_rest in (*rail.WAYS, rail.SETTINGS)]
    marked = [way for way in ways if open_desk.find(f"rail_{way}").property("checked")]
    assert len(ways) > 5
    assert marked == []


@pytest.mark.parametrize("way", ["booking", "waiting"])
def test_the_rail_marks_the_rooms_on_their_other_pages_and_leads_back(open_desk: Desk, way: str) -> None:
    open_desk.window.go(way)
    assert open_desk.find("rail_rooms").property("checked")
    open_desk.press("rail_rooms")

    assert open_desk.page == "rooms"


def test_a_check_in_is_told_with_ten_seconds_to_take_it_back(open_desk: Desk) -> None:
    with open_desk.runner.database.begin() as session:
        visit = builders.visit(session, "Ada Su")
    open_desk.window.pages.today.checked_in.emit(visit, False)
    assert "Ada Su is inside" in open_desk.said
    open_desk.press("notice_undo")

    assert open_desk.inside() == []


def test_one_bar_never_pushes_the_page_down(open_desk: Desk) -> None:
    settle()
    before = open_desk.window.pages.today.geometry()
    open_desk.scan("8690000000008")
    settle()

    assert open_desk.window.pages.today.geometry() == before


def test_another_language_takes_what_was_said_in_the_old_one_away(open_desk: Desk) -> None:
    open_desk.scan("8690000000008")
    text.use_language("tr")
    QApplication.sendEvent(open_desk.window, QEvent(QEvent.Type.LanguageChange))

    assert open_desk.said == ""


def test_a_desk_left_for_a_whole_day_is_locked_and_counts_anew(
    open_desk: Desk, clock: Clock, selin: Visit
) -> None:
    clock.forward(seconds=timedelta(days=1).total_seconds())
    open_desk.window.tick()

    assert open_desk.page == "lock"
    assert open_desk.inside() == []


def show(desk: Desk, page: str, visit: Visit) -> None:
    """Go to a page, also to the one that needs a visitor."""
    if page == "visitor":
        desk.window.pages.visitors.visitor_wanted.emit(visit.visitor_id)
    else:
        desk.window.go(page)
    settle()
    assert desk.page == page
