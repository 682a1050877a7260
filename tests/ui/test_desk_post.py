"""Post in the whole desk: ways, scans and Today."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import codes
from civicdesk.desk import mail, period
from civicdesk.desk.mail import Incoming
from civicdesk.models import MailItem
from civicdesk.text import local
from civicdesk.ui.runner import Runner
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.ui.desk import Desk, settle


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    with runner.database.begin() as session:
        holder = postbox.let(session, 214, "Barış Vakfı")
        postbox.person(session, holder, notices=True)
        postbox.item(session, 214)
        postbox.item(session, 214, "notice")
        mail.receive(session, Incoming(addressed_to="Ova"), at=TUESDAY)
    return Desk(runner, qtbot, tmp_path).let_in()


def test_the_rail_leads_to_the_wall(desk: Desk) -> None:
    desk.press("rail_post")
    assert desk.page == "post"


def test_today_says_what_waits_and_leads_to_it(desk: Desk) -> None:
    tile = desk.window.pages.today.post
    assert (tile.figure.text(), tile.note.text()) == ("3", "1 official notice")
    desk.press("today_post")
    assert desk.page == "post"


def test_handing_over_begins_on_today_with_the_question_which_box(desk: Desk) -> None:
    wall = desk.window.pages.post.wall
    desk.window.pages.post.open_box(214)
    wall.set_list(is_list=True)
    desk.press("today_hand_over")

    assert desk.page == "post"
    assert not wall.is_list
    assert wall.seek.hasFocus()
    assert not desk.is_there("post_box")


def test_a_notice_on_today_opens_its_flow_and_back_leads_to_the_wall(desk: Desk) -> None:
    desk.press("today_matter_file-pen")
    assert desk.page == "notice"
    desk.press("notice_back")
    assert desk.page == "post"


def test_items_of_nobody_known_are_listed_from_today(desk: Desk) -> None:
    desk.press("today_matter_circle-help")
    assert desk.page == "post"
    assert desk.window.pages.post.wall.is_list
    assert len(desk.window.pages.post.wall.items.items.items) == 1


def test_registers_opens_the_register_of_today_among_the_reports(desk: Desk) -> None:
    desk.press("rail_post")
    desk.press("post_registers")

    reports = desk.window.pages.reports
    assert reports.isVisible()
    assert reports.chosen.kind.name == "post_register"
    assert reports.chosen.period == period.days(*2 * (local(TUESDAY).date(),))
    desk.qtbot.waitUntil(lambda: reports.view.pages == 1)


def test_a_box_label_opens_its_box_from_any_screen(desk: Desk) -> None:
    desk.window.go("visitors")
    desk.scan(codes.numbered(codes.Kind.BOX, 214))
    settle()
    assert desk.page == "post"
    assert desk.window.pages.post.box.heading.text() == "214 · Barış Vakfı"


def test_a_number_of_no_code_of_ours_goes_into_the_open_form(desk: Desk) -> None:
    desk.window.go("receive")
    desk.scan("RR123456785TR")
    settle()
    assert desk.window.pages.receive.form.number.text() == "RR123456785TR"
    assert desk.said == ""


def test_a_new_number_on_the_wall_begins_an_item(desk: Desk) -> None:
    desk.window.go("post")
    desk.scan("RR123456785TR")
    settle()
    assert desk.page == "receive"
    assert desk.window.pages.receive.form.number.text() == "RR123456785TR"


def test_a_badge_is_answered_also_while_post_comes_in(desk: Desk, runner: Runner) -> None:
    with runner.database.begin() as session:
        visit = builders.visit(session)
    desk.window.go("receive")
    desk.scan(desk.badge(visit))
    assert "Selin Karaca" in desk.said


def test_elsewhere_a_strange_number_is_answered_as_before(desk: Desk, runner: Runner) -> None:
    desk.scan("RR123456785TR")
    assert desk.page == "today"
    assert desk.said != ""
    with runner.database.read() as session:
        assert len(session.scalars(select(MailItem)).all()) == 3


def test_a_locked_desk_takes_nothing_in(desk: Desk) -> None:
    desk.window.go("receive")
    desk.window.lock()
    desk.scan("RR123456785TR")
    assert desk.window.pages.receive.form.number.text() == ""


def test_a_notice_that_comes_in_is_decided_on_and_ends_at_its_item(desk: Desk) -> None:
    desk.window.go("receive")
    desk.scan(codes.numbered(codes.Kind.BOX, 214))
    settle()
    desk.press("receive_kind_notice")
    desk.press("receive_save")
    assert desk.page == "notice"
    desk.press("notice_go")
    assert desk.page == "post"
    story = desk.window.pages.post.item.story
    assert story is not None
    assert story.lying.place == "waiting"
