"""From the rail to a member, to a file of members and back, in the window as a clerk has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from civicdesk.desk import addresses, collectors, members, memberships
from civicdesk.models import Organisation
from civicdesk.models import OrganisationKind as Kind
from civicdesk.ui.pages.booking_page import BookingPage
from civicdesk.ui.pages.import_page import ImportPage
from civicdesk.ui.pages.member_page import MemberPage
from civicdesk.ui.pages.members_page import MembersPage
from civicdesk.ui.runner import Runner
from tests import builders
from tests.builders import TUESDAY
from tests.ui.desk import Desk, settle

HEAD = "Kuruluş;Tür;Kutu no;Teslim alan;Yetki yazısı\n"


@pytest.fixture
def one(runner: Runner) -> Organisation:
    with runner.database.begin() as session:
        return members.add(session, name="Ova Derneği", kind=Kind.ASSOCIATION, at=TUESDAY)


@pytest.fixture
def desk(runner: Runner, one: Organisation, qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(runner, qtbot, tmp_path).let_in()


def member_page(desk: Desk) -> MemberPage:
    page = desk.window.pages.page("member")
    assert isinstance(page, MemberPage)
    return page


def test_a_member_is_opened_from_the_register_and_back_leads_to_it(desk: Desk, one: Organisation) -> None:
    desk.press("rail_members")
    register = desk.window.pages.page("members")
    assert isinstance(register, MembersPage)
    register.member_wanted.emit(one.id)
    settle()
    assert desk.page == "member"
    assert member_page(desk).title.text() == "Ova Derneği"

    desk.press("member_back")
    assert desk.page == "members"


def test_back_from_a_visitor_one_is_with_the_member_and_then_with_the_register(
    desk: Desk, one: Organisation, runner: Runner
) -> None:
    with runner.database.begin() as session:
        builders.visit(session, host_id=one.id)
    desk.window.desk_members.show_member(one.id)
    settle()
    desk.press("member_visit")
    assert desk.page == "visitor"
    desk.press("visitor_back")
    assert desk.page == "member"
    desk.press("member_back")
    assert desk.page == "members"


def test_a_room_is_booked_for_the_member_one_looks_at(desk: Desk, one: Organisation) -> None:
    desk.window.desk_members.show_member(one.id)
    settle()
    desk.press("member_coming_wanted")

    page = desk.window.pages.page("booking")
    assert isinstance(page, BookingPage)
    assert desk.page == "booking"
    assert page.form.what.who.text.text() == "Ova Derneği"


def test_a_new_member_is_entered_and_stands_open(desk: Desk) -> None:
    desk.press("rail_members")
    desk.press("members_add")
    member_page(desk).forms.face.texts["name"].setText("Yeni Umut Derneği")
    save = desk.find("member_face_save")
    area = next(each for each in member_page(desk).findChildren(QScrollArea) if each.isAncestorOf(save))
    settle()
    area.ensureWidgetVisible(save)
    desk.press("member_face_save")

    assert desk.page == "member"
    assert member_page(desk).title.text() == "Yeni Umut Derneği"


def test_members_are_taken_in_from_a_file_and_taken_back(
    desk: Desk, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "uyeler.csv"
    file.write_text(
        HEAD
        + "Barış Vakfı;Vakıf;214;Ayşe Tan;Karar 14\nOva Derneği;dernek;12;;\nOva Dernegii;dernek;;;\n;;3;;\n",
        encoding="cp1254",
    )
    desk.press("rail_members")
    desk.press("members_import")
    page = desk.window.pages.page("import_members")
    assert isinstance(page, ImportPage)
    page.show_file(file)
    qtbot.waitUntil(page.take_in.isVisible, timeout=10_000)
    lines = [line for _at, line in page.preview.list.rows.lines]
    assert [page.subject.verdict(line.verdict)[0] for line in lines] == [
        "New",
        "Changed",
        "Doubtful",
        "Cannot be",
    ]
    assert page.subject.spoken(lines[1], is_ticked=True) == (
        "Ova Derneği, Association, Box 12, Changed, Box number, ticked"
    )
    assert page.take_in.words() == "Take in 2 organisations"
    desk.press("import_take_in")
    qtbot.waitUntil(lambda: desk.page == "members", timeout=10_000)
    settle()
    assert count(runner) == 2

    assert desk.window.notices.isVisible()
    desk.press("notice_undo")
    QApplication.processEvents()
    assert count(runner) == 1


def test_the_rail_shows_the_register_while_a_member_is_open(desk: Desk, one: Organisation) -> None:
    desk.window.desk_members.show_member(one.id)
    settle()
    assert desk.page == "member"
    desk.press("rail_members")
    assert desk.page == "members"


def test_one_that_merged_leads_to_the_other(desk: Desk, one: Organisation, runner: Runner) -> None:
    with runner.database.begin() as session:
        heir = members.add(session, name="Barış Vakfı", kind=Kind.FOUNDATION, at=TUESDAY)
        memberships.merge(session, one.id, heir.id, on=date(2026, 11, 24), at=TUESDAY, key="k")
    desk.window.desk_members.show_member(one.id)
    settle()
    desk.press("member_heir")

    assert member_page(desk).title.text() == "Barış Vakfı"


def test_today_reminds_of_papers_before_they_end(desk: Desk, one: Organisation, runner: Runner) -> None:
    with runner.database.begin() as session:
        addresses.add(session, one.id, valid_until_on=date(2026, 12, 1), at=TUESDAY)
        collectors.add(
            session,
            one.id,
            name="Ayşe Tan",
            authority_reference="Karar 14",
            authority_until_on=date(2026, 12, 20),
            at=TUESDAY,
        )
    settle()
    desk.press("rail_today")
    row = desk.find("today_matter_file-text")
    assert row.accessibleName() == "2 papers of members end soon, the next one on 1 December"

    desk.press("today_matter_file-text")
    register = desk.window.pages.page("members")
    assert isinstance(register, MembersPage)
    assert desk.page == "members"
    assert [line.title for line in register.list.people.lines] == ["Ova Derneği"]


def test_today_reminds_of_post_that_is_soon_not_sent_on(
    desk: Desk, one: Organisation, runner: Runner
) -> None:
    with runner.database.begin() as session:
        memberships.leave(session, one.id, on=date(2026, 10, 14), at=TUESDAY, key="k")
    settle()
    desk.press("rail_today")

    row = desk.find("today_matter_mailbox")
    assert row.accessibleName() == "Post of 1 organisation is soon not sent on, see whose"


def count(runner: Runner) -> int:
    with runner.database.read() as session:
        return members.register(session, on=date(2026, 11, 24)).members
