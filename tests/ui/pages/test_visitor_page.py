from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.desk import visitors, visits
from civicdesk.models import How, Visit, Visitor, new_id
from civicdesk.ui.pages.visitor_page import VisitorPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def visit(runner: Runner) -> Visit:
    """Selin was here last week, presumed to have left, and is inside with three others now."""
    with runner.database.begin() as session:
        host = builders.organisation(session)
        before = builders.visit(
            session, at=TUESDAY - timedelta(days=7), host_id=host.id, phone="0532 123 45 67"
        )
        visits.check_out(session, before.id, at=TUESDAY - timedelta(days=6, hours=15), how=How.PRESUMED)
        again = visits.Arrival(
            visitor=before.visitor, people=4, host_id=host.id, needs=("wheelchair",), reason="event"
        )
        return visits.check_in(session, again, at=TUESDAY - timedelta(minutes=40))


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, visit: Visit) -> VisitorPage:
    page = VisitorPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_visitor(visit.visitor_id)
    return page


@pytest.fixture
def said(runner: Runner) -> Iterator[list[Notice]]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    yield notices
    runner.notice.disconnect(notices.append)


def pressed(button: QWidget) -> None:
    QTest.mouseClick(button, LEFT)


def rows(page: VisitorPage) -> list[ListRow]:
    return [row for row in page.history.findChildren(ListRow) if row.isVisible()]


def now(runner: Runner, visit: Visit) -> Visit:
    with runner.database.read() as session:
        return visits.one(session, visit.id)


def undone(runner: Runner, said: list[Notice]) -> None:
    undo = said[-1].undo
    assert undo is not None
    runner.now(undo)


def step(page: VisitorPage, words: str) -> Button:
    return next(button for button in page.bars.buttons if button.words() == words)


def test_it_says_who_it_is_how_often_and_what_is_needed(page: VisitorPage) -> None:
    assert page.title.text() == "Selin Karaca"
    assert page.second.text() == "visits: 2 · 0532 123 45 67 · Wheelchair"


def test_every_visit_tells_in_out_where_why_and_the_badge(page: VisitorPage, visit: Visit) -> None:
    latest, first = rows(page)

    assert latest.title.text() == "Ege Kadın Emeği Derneği"
    assert latest.second.text() == "in at 10:02, still inside · Event · 4 people"
    assert latest.accessibleName().endswith(f"badge {visit.number}")
    assert first.second.text() == "10:42–19:42 (check-out presumed) · Meeting"


def test_no_piece_of_the_page_ever_becomes_a_window_of_its_own(page: VisitorPage, qtbot: QtBot) -> None:
    page.refresh_now()
    assert page.isActiveWindow()


def test_whoever_is_inside_is_checked_out_and_it_can_be_taken_back(
    page: VisitorPage, runner: Runner, visit: Visit, said: list[Notice]
) -> None:
    assert page.main.words() == "Check out"
    pressed(page.main)
    assert not now(runner, visit).is_open
    assert page.main.words() == "Check in again"
    assert page.stay.state.text() == "not inside"

    undone(runner, said)

    assert now(runner, visit).is_open
    assert page.main.words() == "Check out"


def test_whoever_left_can_come_in_again(page: VisitorPage, qtbot: QtBot, visit: Visit) -> None:
    pressed(page.main)
    with qtbot.waitSignal(page.check_in_wanted) as signal:
        pressed(page.main)
    assert isinstance(signal.args[0], Visitor)
    assert signal.args[0].id == visit.visitor_id


def test_a_check_out_is_taken_back_on_its_day_only(
    page: VisitorPage, runner: Runner, visit: Visit, clock: Clock
) -> None:
    assert not page.stay.undo.isVisible()
    pressed(page.main)
    assert page.stay.undo.isVisible()

    clock.forward(days=1)
    page.tick()
    assert not page.stay.undo.isVisible()
    clock.forward(days=-1)
    page.tick()
    pressed(page.stay.undo)

    assert now(runner, visit).is_open


def test_a_reprint_asks_because_the_badge_in_the_hand_becomes_void(
    page: VisitorPage, runner: Runner, qtbot: QtBot, visit: Visit, said: list[Notice]
) -> None:
    pressed(page.stay.reprint)
    assert page.bars.sentence.text().startswith("The badge given out before will be void")
    with qtbot.waitSignal(page.badge_wanted) as signal:
        pressed(step(page, "Make a new copy"))

    assert signal.args == [visit.id]
    with runner.database.read() as session:
        badge = visits.badge_of(session, visit.id)
    assert badge is not None
    assert badge.copy == 2
    assert said[-1].sentence == "Copy 2 of the badge; the former copy is void"
    assert not page.bars.isVisible()


def test_the_badge_may_be_kept_after_all(page: VisitorPage, runner: Runner, visit: Visit) -> None:
    pressed(page.stay.reprint)
    pressed(step(page, "Keep the badge"))
    with runner.database.read() as session:
        badge = visits.badge_of(session, visit.id)
    assert badge is not None
    assert badge.copy == 1


def test_some_leave_early(page: VisitorPage, runner: Runner, visit: Visit, said: list[Notice]) -> None:
    assert not page.stay.left_early.isVisible()
    pressed(page.stay.stepper.less)
    assert page.stay.left_early.words() == "1 person left early"

    pressed(page.stay.left_early)

    assert now(runner, visit).people == 3
    assert said[-1].sentence == "Still inside: 3"
    assert not page.stay.left_early.isVisible()


def test_a_wrong_number_of_people_is_put_right(
    page: VisitorPage, runner: Runner, visit: Visit, said: list[Notice]
) -> None:
    pressed(page.stay.stepper.more)
    assert not page.stay.left_early.isVisible()
    pressed(page.stay.put_right)
    assert now(runner, visit).people == 5

    undone(runner, said)
    assert now(runner, visit).people == 4


def test_name_and_phone_are_changed_and_changed_back(
    page: VisitorPage, runner: Runner, said: list[Notice]
) -> None:
    pressed(page.edit_button)
    assert page.edit.name.hasFocus()
    page.edit.name.setText("Selin Karaca Öz")
    page.edit.phone.setText("")
    pressed(page.edit.save)
    assert page.title.text() == "Selin Karaca Öz"
    assert "no phone number" in page.second.text()
    assert not page.edit.isVisible()

    undone(runner, said)
    assert page.second.text().startswith("visits: 2 · 0532 123 45 67")


@pytest.mark.parametrize(
    ("name", "phone", "trouble"),
    [
        (" ", "", lambda page: page.edit.name_field),
        ("Selin", "abc", lambda page: page.edit.phone_field),
        ("Selin 10000000146", "", lambda page: page.edit.name_field),
    ],
)
def test_what_may_not_be_written_is_refused_at_its_field(
    page: VisitorPage, name: str, phone: str, trouble: Callable[[VisitorPage], object]
) -> None:
    pressed(page.edit_button)
    page.edit.name.setText(name)
    page.edit.phone.setText(phone)
    pressed(page.edit.save)

    field = trouble(page)
    assert field.trouble.isVisible()  # type: ignore[attr-defined]
    assert page.edit.isVisible()
    assert page.title.text() == "Selin Karaca"


def test_a_visit_that_ended_elsewhere_meanwhile_is_seen_at_once(
    page: VisitorPage, runner: Runner, visit: Visit
) -> None:
    runner.now(lambda session: visits.check_out(session, visit.id, at=TUESDAY))
    assert page.main.words() == "Check in again"


def test_an_erased_visitor_leaves_a_sentence_and_the_way_back(page: VisitorPage, qtbot: QtBot) -> None:
    page.show_visitor(new_id())
    assert page.bars.sentence.text() == "This visitor is not on this desk any more."
    with qtbot.waitSignal(page.back_wanted):
        pressed(step(page, "Back"))


def test_more_visits_than_are_shown_are_counted(
    page: VisitorPage, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitors, "MOST_SHOWN", 1)
    page.refresh_now()
    assert page.more.text() == "and 1 earlier visits"
    assert page.more.isVisible()


def test_every_word_follows_the_language(page: VisitorPage, qapp: QApplication) -> None:
    text.use_language("tr")
    page.retranslate()
    assert page.main.words() == "Çıkış yap"
    assert page.back.accessibleName() == "Geri"


def test_a_tall_screen_with_large_letters_has_the_actions_beneath(
    page: VisitorPage, qapp: QApplication
) -> None:
    page.resize(984, 1820)
    apply_theme(qapp, LIGHT, 2.0)
    try:
        page.resize(984, 1820)
        QTest.qWait(0)
        assert page.main.width() > 900
        assert page.main.y() + page.side.y() > page.history.y()
    finally:
        apply_theme(qapp, LIGHT, 1.0)
