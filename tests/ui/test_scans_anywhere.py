"""Scans as the desk answers them, whatever page is shown."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from civicdesk import codes
from civicdesk.desk import denylist, invitations, visits
from civicdesk.models import AuditEntry, Invitation, Scan, Visit
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.conftest import Clock
from tests.ui.desk import PAGES, Desk, settle
from tests.ui.test_desk_window import show

SUNDAY = builders.TUESDAY + timedelta(days=5)
SHOP = "8690000000008"


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(runner, qtbot, tmp_path).let_in()


@pytest.fixture
def selin(runner: Runner) -> Visit:
    with runner.database.begin() as session:
        return builders.visit(session)


@pytest.fixture
def ada(runner: Runner) -> Invitation:
    """Ada is expected now, with two others."""
    return invited(runner, people=3)


def invited(runner: Runner, at: datetime = builders.TUESDAY, people: int = 1) -> Invitation:
    with runner.database.begin() as session:
        wanted = invitations.Wanted(name="Ada Su", expected_at=at, people=people)
        return invitations.invite(session, wanted, at=builders.TUESDAY)


def scans(desk: Desk) -> int:
    with desk.runner.database.read() as session:
        return session.scalar(select(func.count()).select_from(Scan)) or 0


def steps(desk: Desk) -> dict[str, str]:
    """What can be done next: the words and the name of each button."""
    settle()
    shown = [each for each in desk.window.answer.findChildren(Button) if each.isVisible()]
    return {each.words(): each.objectName() for each in shown if each.objectName().startswith("answer_step")}


def take(desk: Desk, words: str) -> None:
    desk.press(steps(desk)[words])


@pytest.mark.parametrize("page", PAGES)
def test_a_badge_is_answered_from_every_page_and_the_page_stays(desk: Desk, selin: Visit, page: str) -> None:
    show(desk, page, selin)
    desk.scan(desk.badge(selin))

    assert desk.said == "Goodbye, Selin Karaca"
    assert desk.page == page
    assert desk.inside() == []


def test_a_pass_lets_in_whoever_it_is_for_and_says_how_many_they_are(desk: Desk, ada: Invitation) -> None:
    desk.scan(ada.code)

    assert desk.said == "Welcome, Ada Su"
    assert "3 people" in desk.window.answer.second.text()
    assert desk.inside() == ["Ada Su"]


def test_whoever_comes_in_by_pass_gets_a_badge_on_paper(desk: Desk, ada: Invitation, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.window.paper.made, timeout=20_000) as made:
        desk.scan(ada.code)

    assert made.args is not None
    assert made.args[0].exists()


def test_the_same_badge_again_and_again_is_one_way_out(desk: Desk, selin: Visit, clock: Clock) -> None:
    code = desk.badge(selin)
    for _again in range(10):
        desk.scan(code)
        clock.forward(milliseconds=100)

    assert desk.inside() == []
    assert scans(desk) == 10
    assert desk.said == "Already read a moment ago: Selin Karaca"


def test_a_way_out_by_mistake_is_taken_back_with_one_tap(desk: Desk, selin: Visit) -> None:
    desk.scan(desk.badge(selin))
    take(desk, "Undo")

    assert desk.inside() == ["Selin Karaca"]
    assert desk.said == "Selin Karaca is inside again."


def test_a_way_in_by_mistake_is_taken_back_with_one_tap_and_the_pass_is_good_again(
    desk: Desk, ada: Invitation, clock: Clock
) -> None:
    desk.scan(ada.code)
    take(desk, "Undo")
    assert desk.inside() == []
    assert desk.said == "The check-in of Ada Su was undone."
    clock.forward(seconds=2)
    desk.scan(ada.code)

    assert desk.inside() == ["Ada Su"]


def test_a_pass_of_somebody_inside_offers_the_way_out_and_that_can_be_taken_back(
    desk: Desk, ada: Invitation, clock: Clock
) -> None:
    desk.scan(ada.code)
    clock.forward(minutes=4)
    desk.scan(ada.code)
    assert desk.said == "Ada Su is already inside since 10:42."
    assert list(steps(desk)) == ["Check out"]
    take(desk, "Check out")
    assert (desk.inside(), desk.said) == ([], "Ada Su has left.")
    desk.press("notice_undo")

    assert desk.inside() == ["Ada Su"]


@pytest.mark.parametrize("code", [SHOP, "https://example.org/menu", "1234", "ğüşiöç" * 30])
def test_what_is_no_code_of_ours_is_refused_in_a_sentence(desk: Desk, code: str) -> None:
    desk.scan(code)

    assert desk.said == "This is not a CivicDesk code. Scan the badge or the pass."
    assert scans(desk) == 1
    assert steps(desk) == {}


def test_a_code_of_ours_that_nobody_here_made_leads_to_the_name(desk: Desk) -> None:
    desk.scan(codes.make(codes.Kind.BADGE))
    assert list(steps(desk)) == ["Check in by name"]
    take(desk, "Check in by name")

    assert desk.page == "check_in"
    assert not desk.window.answer.isVisible()


def test_on_a_closed_day_a_pass_is_let_in_with_a_reason_and_the_reason_is_kept(
    desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    code = invited(desk.runner, SUNDAY).code
    clock.at = SUNDAY
    desk.scan(code)
    assert desk.inside() == []
    assert desk.window.answer.reason.isVisible()
    settle()
    desk.press("answer_let_in")
    assert desk.inside() == [], "without a reason nobody is let in"
    assert desk.window.answer.reason.hasFocus()
    qtbot.keyClick(desk.write("answer_reason", "  Board meeting "), Qt.Key.Key_Return)

    assert desk.inside() == ["Ada Su"]
    with desk.runner.database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "check_in")).one()
    assert "Board meeting" in str(entry.details)


def test_a_reason_is_for_the_scan_it_was_typed_at_and_for_no_other(desk: Desk, clock: Clock) -> None:
    code = invited(desk.runner, SUNDAY).code
    clock.at = SUNDAY
    desk.scan(code)
    desk.write("answer_reason", "Board meeting")
    desk.scan(SHOP)

    assert not desk.window.answer.reason.isVisible()
    assert not desk.window.answer.let_in.isVisible()
    assert desk.window.answer.reason.text() == ""


def test_a_refusal_stays_until_it_is_read_and_closed(desk: Desk) -> None:
    desk.scan(SHOP)
    assert not desk.window.answer._timer.isActive()
    desk.press("answer_close")

    assert not desk.window.answer.isVisible()


def test_a_good_answer_goes_by_itself(desk: Desk, selin: Visit, qtbot: QtBot) -> None:
    desk.window.answer._timer.setInterval(1)
    desk.scan(desk.badge(selin))

    qtbot.waitUntil(lambda: not desk.window.answer.isVisible())


def test_who_is_on_the_deny_list_is_refused_without_a_name_or_a_why_on_the_screen(desk: Desk) -> None:
    code = invited(desk.runner).code
    with desk.runner.database.begin() as session:
        denylist.add(session, name="Ada Su", reason="Kavga", until=None, at=builders.TUESDAY)
    desk.scan(code)

    said = desk.said + desk.window.answer.second.text()
    assert desk.inside() == []
    assert said
    assert "Kavga" not in said
    assert "Ada" not in said


def test_a_badge_of_a_visit_that_was_undone_opens_nothing(desk: Desk, selin: Visit, clock: Clock) -> None:
    code = desk.badge(selin)
    with desk.runner.database.begin() as session:
        visits.undo_check_in(session, selin.id, at=builders.TUESDAY)
    clock.forward(minutes=1)
    desk.scan(code)

    assert desk.inside() == []
    assert desk.window.answer.isVisible()
