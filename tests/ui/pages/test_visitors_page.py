from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import centre, headcounts, invitations, occupancy, scans, visits
from civicdesk.models import Badge, Invitation, Need, Visit
from civicdesk.ui.pages.visitors.painting import action_box
from civicdesk.ui.pages.visitors_page import VisitorsPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> VisitorsPage:
    """Inside: Selin with three others, İnci in a wheelchair; expected: Kerem, late, and Nazlı tomorrow."""
    with runner.database.begin() as session:
        oak, _hall, _shop = centre.rooms(session)
        host = builders.organisation(session)
        builders.visit(
            session,
            "Selin Karaca",
            TUESDAY - 90 * MINUTE,
            people=4,
            host_id=host.id,
            room_id=oak.id,
        )
        builders.visit(session, "İnci Uğurlu", TUESDAY - MINUTE, needs=(Need.WHEELCHAIR,))
        gone = builders.visit(session, "Barış Yalın", TUESDAY - HOUR)
        visits.check_out(session, gone.id, at=TUESDAY - 30 * MINUTE)
        for name, when in (("Kerem Gökçe", -20 * MINUTE), ("Nazlı Öner", 24 * HOUR)):
            wanted = invitations.Wanted(name=name, expected_at=TUESDAY + when)
            invitations.invite(session, wanted, at=TUESDAY - 3 * HOUR)
    page = VisitorsPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def said(runner: Runner) -> Iterator[list[Notice]]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    yield notices
    runner.notice.disconnect(notices.append)


def pressed(button: QWidget) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)


def shown(page: VisitorsPage) -> list[str]:
    return [line.title for line in page.list.people.lines if not line.is_steps]


def tap(page: VisitorsPage, title: str, *, button: bool = False) -> None:
    row = [line.title for line in page.list.people.lines].index(title)
    index = page.list.people.index(row)
    page.list.scrollTo(index)
    box = page.list.visualRect(index)
    spot = action_box(page.list.people.lines[row], box).center() if button else box.center() - QPoint(200, 0)
    QTest.mouseClick(page.list.viewport(), LEFT, pos=spot)


def tab(page: VisitorsPage, key: str) -> Button:
    button = page.tabs.findChild(Button, f"visitors_tab_{key}")
    assert button is not None
    return button


def named(runner: Runner, name: str) -> Visit:
    with runner.database.read() as session:
        today = visits.of_day(session, TUESDAY - 9 * HOUR, TUESDAY + HOUR)
        return next(visit for visit in today if visit.visitor.name == name)


def undone(runner: Runner, said: list[Notice]) -> None:
    undo = said[-1].undo
    assert undo is not None
    runner.now(undo)


def test_each_list_says_how_long_it_is(page: VisitorsPage) -> None:
    words = [tab(page, key).words() for key in ("inside", "expected", "today", "scans")]

    assert words == ["Inside  2", "Expected  1", "Came in today  3", "Latest scans  0"]
    assert page.second.text() == "5 people inside · 1 is late"


def test_who_is_inside_stands_with_place_badge_company_and_needs(page: VisitorsPage) -> None:
    assert shown(page) == ["İnci Uğurlu", "Selin Karaca"]
    spoken = page.list.people.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Selin Karaca, 09:12, Ege Kadın Emeği Derneği · Çınar Odası · Meeting, 4 people, badge 1"
    assert "Wheelchair" in page.list.people.index(0).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("typed", ["INCI", "uğur", "ınci u"])
def test_the_filter_finds_names_however_they_are_typed(page: VisitorsPage, typed: str) -> None:
    page.filter.insert(typed)
    assert shown(page) == ["İnci Uğurlu"]


def test_the_filter_finds_hosts_and_badge_numbers(page: VisitorsPage) -> None:
    page.search("kadın emeği")
    assert shown(page) == ["Selin Karaca"]
    page.search("2")
    assert shown(page) == ["İnci Uğurlu"]
    page.search("zzz")
    assert page.nobody.isVisible()
    assert page.nobody.sentence.text() == "Nobody in this list fits. Search for less."


def test_one_tap_checks_out_and_can_be_taken_back(
    page: VisitorsPage, runner: Runner, said: list[Notice]
) -> None:
    tap(page, "Selin Karaca", button=True)

    assert said[-1].sentence == "Selin Karaca has left"
    assert not named(runner, "Selin Karaca").is_open
    assert shown(page) == ["İnci Uğurlu"]

    undone(runner, said)

    assert named(runner, "Selin Karaca").is_open
    assert shown(page) == ["İnci Uğurlu", "Selin Karaca"]


def test_a_tap_opens_what_can_be_done_and_another_closes_it(page: VisitorsPage) -> None:
    tap(page, "Selin Karaca")
    assert page.steps.isVisible()
    assert page.steps.leave.isVisible()
    line = page.list.visualRect(page.list.people.index(1))
    assert page.steps.y() == line.bottom() + 1

    tap(page, "İnci Uğurlu")
    assert not page.steps.leave.isVisible()

    tap(page, "İnci Uğurlu")
    assert not page.steps.isVisible()


def test_some_of_a_company_leave(page: VisitorsPage, runner: Runner, said: list[Notice]) -> None:
    tap(page, "Selin Karaca")
    pressed(page.steps.leaving.more)
    pressed(page.steps.leave)

    assert said[-1].sentence == "Still inside: 2"
    assert named(runner, "Selin Karaca").people == 2
    assert page.steps.leaving.value() == 1  # the last one is checked out, not left early
    assert not page.steps.leaving.more.isEnabled()
    assert page.list.people.lines[1].pills[0][0] == "2 of 4 here"

    undone(runner, said)
    assert named(runner, "Selin Karaca").people == 4
    assert page.list.people.lines[1].pills[0][0] == "4 people"


def test_a_double_tap_takes_some_out_once(page: VisitorsPage, runner: Runner) -> None:
    tap(page, "Selin Karaca")
    pressed(page.steps.leave)
    QTest.mouseDClick(page.steps.leave, LEFT)  # Qt sends the second press of a double tap as this
    QTest.mouseRelease(page.steps.leave, LEFT)

    assert named(runner, "Selin Karaca").people == 3


def test_a_new_badge_is_asked_for_and_then_printed(page: VisitorsPage, runner: Runner, qtbot: QtBot) -> None:
    tap(page, "Selin Karaca")
    pressed(page.steps.reprint)
    with qtbot.waitSignal(page.badge_wanted) as printed:
        pressed(page.banner.buttons[0])

    visit = named(runner, "Selin Karaca")
    assert printed.args == [visit.id]
    with runner.database.read() as session:
        copies = session.scalars(select(Badge.copy).where(Badge.visit_id == visit.id)).all()
    assert sorted(copies) == [1, 2]


def test_the_visitor_is_shown(page: VisitorsPage, runner: Runner, qtbot: QtBot) -> None:
    tap(page, "Selin Karaca")
    with qtbot.waitSignal(page.visitor_wanted) as asked:
        pressed(page.steps.visitor)
    assert asked.args == [named(runner, "Selin Karaca").visitor_id]


def test_everybody_leaves_only_when_asked_twice_and_all_come_back(
    page: VisitorsPage, runner: Runner, said: list[Notice], clock: Clock
) -> None:
    with runner.database.begin() as session:
        headcounts.count(session, centre.rooms(session)[1].id, 7, at=TUESDAY)
    pressed(page.everybody_out)
    assert page.banner.sentence.text() == "12 people count as inside. Has everybody left the building?"
    assert len(shown(page)) == 2

    pressed(page.banner.buttons[0])
    assert page.nobody.isVisible()
    assert not page.everybody_out.isVisible()
    with runner.database.read() as session:
        assert occupancy.now(session).total == 0

    clock.forward(seconds=5)
    undone(runner, said)
    assert shown(page) == ["İnci Uğurlu", "Selin Karaca"]
    with runner.database.read() as session:
        assert occupancy.now(session).total == 12


def test_everybody_stays_when_the_question_is_waved_off(page: VisitorsPage) -> None:
    pressed(page.everybody_out)
    pressed(page.banner.buttons[1])

    assert not page.banner.isVisible()
    assert len(shown(page)) == 2


def test_the_late_stand_out_and_the_days_after_stand_below(page: VisitorsPage) -> None:
    pressed(tab(page, "expected"))

    assert shown(page) == ["Kerem Gökçe", text.day((TUESDAY + 24 * HOUR).date()), "Nazlı Öner"]
    late, _heading, later = page.list.people.lines
    assert (late.lead, late.lead_tone, late.pills[0][0]) == ("10:22", "warn", "late")
    assert late.action == "Check in"
    assert not later.action


def test_one_tap_checks_in_who_was_expected(page: VisitorsPage, qtbot: QtBot) -> None:
    page.show_tab("expected")
    with qtbot.waitSignal(page.checked_in) as came:
        tap(page, "Kerem Gökçe", button=True)

    visit, prints = came.args
    assert (visit.visitor.name, prints) == ("Kerem Gökçe", True)
    assert tab(page, "inside").words() == "Inside  3"
    assert "Kerem Gökçe" not in shown(page)


def test_whoever_was_taken_back_out_comes_in_again(page: VisitorsPage, runner: Runner, qtbot: QtBot) -> None:
    page.show_tab("expected")
    with qtbot.waitSignal(page.checked_in) as came:
        tap(page, "Kerem Gökçe", button=True)
    first = came.args[0]
    runner.now(lambda session: visits.undo_check_in(session, first.id, at=TUESDAY))
    with qtbot.waitSignal(page.checked_in) as again:
        tap(page, "Kerem Gökçe", button=True)

    assert again.args[0].id != first.id
    assert named(runner, "Kerem Gökçe").is_open


def test_a_refused_arrival_says_why_and_what_next(page: VisitorsPage, clock: Clock, qtbot: QtBot) -> None:
    page.show_tab("expected")
    clock.forward(hours=12)
    tap(page, "Kerem Gökçe", button=True)

    assert "closed" in page.banner.sentence.text()
    with qtbot.waitSignal(page.check_in_wanted):
        pressed(page.banner.buttons[0])


def test_an_invitation_is_cancelled_and_restored(
    page: VisitorsPage, runner: Runner, said: list[Notice]
) -> None:
    page.show_tab("expected")
    tap(page, "Nazlı Öner")
    pressed(page.steps.cancel)

    assert shown(page) == ["Kerem Gökçe"]
    assert not page.steps.isVisible()

    undone(runner, said)
    assert "Nazlı Öner" in shown(page)
    with runner.database.read() as session:
        assert session.scalars(select(Invitation.cancelled_at)).all() == [None, None]


def test_who_came_today_stands_with_in_and_out(page: VisitorsPage, qtbot: QtBot) -> None:
    page.show_tab("today")

    assert shown(page) == ["İnci Uğurlu", "Barış Yalın", "Selin Karaca"]
    assert page.list.people.lines[1].second == "09:42–10:12"
    with qtbot.waitSignal(page.visitor_wanted):
        tap(page, "Barış Yalın")


def test_a_refused_pass_is_listed_under_its_name(page: VisitorsPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        (tomorrow,) = invitations.upcoming(session, TUESDAY)
        scans.scan(session, tomorrow.code, at=TUESDAY)
    page.show_tab("scans")

    (line,) = page.list.people.lines
    assert (line.title, line.pills[0][0]) == ("Nazlı Öner", "Too early")
    with qtbot.waitSignal(page.visitor_wanted) as asked:
        tap(page, "Nazlı Öner")
    assert asked.args == [tomorrow.visitor_id]


def test_those_expected_after_the_list_ends_are_counted(page: VisitorsPage, runner: Runner) -> None:
    names = "\n".join(f"Davetli {number}" for number in range(203))
    with runner.database.begin() as session:
        wanted = invitations.Wanted(name="", expected_at=TUESDAY + 48 * HOUR)
        invitations.invite_many(session, names, wanted, at=TUESDAY)
    page.show_tab("expected")

    assert shown(page)[-1] == "and 4 more later"


def test_scans_tell_the_answer_in_word_mark_and_tone(
    page: VisitorsPage, runner: Runner, clock: Clock
) -> None:
    visit = named(runner, "Selin Karaca")
    with runner.database.begin() as session:
        badge = visits.badge_of(session, visit.id)
        assert badge is not None
        scans.scan(session, badge.code, at=clock.forward(minutes=1))
        scans.scan(session, "http://example.org", at=clock.forward(minutes=1), device="camera")
    page.show_tab("scans")

    foreign, left = page.list.people.lines
    assert (left.title, left.pills[0], left.icon) == (
        "Selin Karaca",
        ("Checked out", "ok", ""),
        "circle-check",
    )
    assert (foreign.title, foreign.pills[0], foreign.icon) == (
        "Nobody known",
        ("Not our code", "bad", ""),
        "circle-x",
    )
    assert (left.second.split(" · ")[-1], foreign.second) == ("reader", "camera")


def test_arrows_walk_enter_opens_space_checks_out(page: VisitorsPage, runner: Runner, qtbot: QtBot) -> None:
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.people.index(0))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.steps.isVisible()

    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert page.list.currentIndex().data() == "Selin Karaca"
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert not page.steps.isVisible()

    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert not named(runner, "Selin Karaca").is_open


def test_tab_leads_from_the_open_line_to_what_can_be_done(page: VisitorsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.people.index(1))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    QTest.keyClick(page.list, Qt.Key.Key_Tab)

    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.steps.isAncestorOf(focus)


def test_the_ways_on_ask_for_other_pages(page: VisitorsPage, qtbot: QtBot) -> None:
    ways = (
        (page.check_in, page.check_in_wanted),
        (page.invite, page.invite_wanted),
        (page.count, page.head_count_wanted),
        (page.back, page.back_wanted),
    )
    for button, wanted in ways:
        with qtbot.waitSignal(wanted):
            pressed(button)


def test_it_speaks_turkish_when_told(page: VisitorsPage) -> None:
    text.use_language("tr")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))

    assert tab(page, "inside").words() == "İçeride  2"
    assert page.everybody_out.words() == "Herkes çıktı"
    assert page.list.people.lines[0].action == "Çıkış yap"


def test_two_thousand_inside_are_filtered_while_typing(
    page: VisitorsPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        centre.the_centre(session).capacity = 5_000
        for number in range(2_000):
            builders.visit(session, f"Konuk No{number}", TUESDAY - HOUR)
    page.refresh_now()
    assert len(shown(page)) == 2_002

    QTest.keyClicks(page.filter, "konuk no1999")
    assert shown(page) == ["Konuk No1999"]
