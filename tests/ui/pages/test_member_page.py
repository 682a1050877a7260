"""One member's page, as a clerk works with it."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import addresses, belongings, bookings, collectors, mail, member_glance, members
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.mail import Incoming
from civicdesk.desk.member_glance import Glance
from civicdesk.models import AuditEntry, Organisation, PersonRole, Room
from civicdesk.models import OrganisationKind as Kind
from civicdesk.ui.pages.member_page import MemberPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders
from tests.builders import TUESDAY

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 24)


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


@pytest.fixture
def one(runner: Runner) -> Organisation:
    with runner.database.begin() as session:
        made = members.add(
            session, name="Ova Derneği", kind=Kind.ASSOCIATION, tax_number="4540536920", at=TUESDAY
        )
        belongings.give_box(session, made.id, 214, at=TUESDAY)
        return made


@pytest.fixture
def page(runner: Runner, one: Organisation, qtbot: QtBot) -> MemberPage:
    page = MemberPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    page.show_member(one.id)
    with qtbot.waitExposed(page):
        page.show()
    return page


def glance(runner: Runner, id_: UUID) -> Glance:
    with runner.database.read() as session:
        return member_glance.glance(session, id_, at=TUESDAY)


def press(page: QWidget, name: str) -> None:
    button = next(each for each in page.findChildren(Button, name) if each.isVisible())
    button.click()
    QApplication.processEvents()


def write(page: QWidget, name: str, words: str) -> None:
    field = page.findChild(QLineEdit, name)
    assert field is not None
    assert field.isVisible()
    field.setFocus()
    field.selectAll()
    pressed = QInputMethodEvent()  # as the on-screen keyboard writes; QTest knows no ğ
    pressed.setCommitString(words)
    QApplication.sendEvent(field, pressed)


def tick(page: QWidget, name: str) -> None:
    box = page.findChild(QCheckBox, name)
    assert box is not None
    assert box.isVisible()
    box.click()


def rows(page: MemberPage, name: str) -> list[str]:
    return [row.accessibleName() for row in page.findChildren(ListRow, name) if row.isVisible()]


def undo(runner: Runner, said: list[Notice]) -> None:
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    QApplication.processEvents()


def test_it_shows_all_of_an_organisation_at_a_glance(
    page: MemberPage, runner: Runner, one: Organisation
) -> None:
    with runner.database.begin() as session:
        collectors.add(
            session,
            one.id,
            name="Ayşe Tan",
            role=PersonRole.COLLECTOR,
            authority_reference="Karar 14",
            authority_until_on=date(2026, 12, 1),
            at=TUESDAY,
        )
        addresses.add(session, one.id, kind="lease", valid_until_on=date(2026, 11, 1), at=TUESDAY)
        mail.receive(session, Incoming(box=214), at=TUESDAY - timedelta(days=4))
        builders.visit(session, "Selin Karaca", host_id=one.id, people=3)
        room = session.scalars(select(Room.id)).first()
        assert room
        starts_at = TUESDAY + timedelta(days=1, minutes=18)
        wish = Wish(
            room_id=room,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            title="Kurul",
            organisation_id=one.id,
        )
        bookings.book(session, wish, at=TUESDAY)
    QApplication.processEvents()

    assert page.title.text() == "Ova Derneği"
    assert page.second.text() == "Association · legal person"
    assert rows(page, "member_person")[0].startswith("Ayşe Tan, Authorised collector · Karar 14")
    assert "authorised until 1 Dec 2026" in rows(page, "member_person")[0]
    assert rows(page, "member_paper") == ["Lease, ended 1 Nov 2026"]
    assert rows(page, "member_item")[0].startswith("Letter 2026-")
    assert rows(page, "member_item")[0].endswith("for 4 days")
    assert rows(page, "member_booking")[0].startswith("Kurul, 25 Nov Wed 11:00–12:00")
    assert page.board.lately.title.text() == "Visitors in 30 days: 3 people"
    assert rows(page, "member_visit")[0].startswith("Selin Karaca")


def test_numbers_are_covered_until_somebody_needs_them(
    page: MemberPage, runner: Runner, one: Organisation
) -> None:
    with runner.database.begin() as session:
        collectors.add(session, one.id, name="Ayşe Tan", phone="0532 123 45 67", at=TUESDAY)
    QApplication.processEvents()
    assert page.board.about.numbers.words.text() == "Tax number: •••• 6920"
    assert "•••• 4567" in rows(page, "member_person")[0]

    press(page, "member_show_numbers")
    assert page.board.about.numbers.words.text() == "Tax number: 4540536920"
    assert "0532 123 45 67" in rows(page, "member_person")[0]

    page.show_member(one.id)
    assert page.board.about.numbers.words.text() == "Tax number: •••• 6920"


def test_that_somebody_looked_is_written_down(page: MemberPage, runner: Runner) -> None:
    with runner.database.read() as session:
        assert "look_at_organisation" in session.scalars(select(AuditEntry.action)).all()


def test_it_is_changed_and_changed_back(
    page: MemberPage, runner: Runner, one: Organisation, said: list[Notice]
) -> None:
    press(page, "member_edit")
    write(page, "member_name", "Ova ve Su Derneği")
    write(page, "member_phone", "0232 444 14 53")
    press(page, "member_face_save")

    assert page.title.text() == "Ova ve Su Derneği"
    assert page.stack.currentIndex() == 0
    assert glance(runner, one.id).organisation.phone == "+902324441453"
    undo(runner, said)
    assert page.title.text() == "Ova Derneği"


def test_an_odd_number_is_told_of_and_saved(page: MemberPage, runner: Runner, one: Organisation) -> None:
    press(page, "member_edit")
    write(page, "member_tax_number", "4540536921")
    QTest.keyClick(page.forms.face.texts["tax_number"], Qt.Key.Key_Tab)
    assert page.forms.face.rows["tax_number"].trouble.text() == (
        "The check digit of this tax number does not fit."
    )

    press(page, "member_face_save")
    assert glance(runner, one.id).organisation.tax_number == "4540536921"


def test_a_national_id_is_refused_in_the_form(page: MemberPage, runner: Runner, one: Organisation) -> None:
    press(page, "member_edit")
    write(page, "member_authority_note", "10000000146")
    press(page, "member_face_save")

    assert page.forms.face.banner.isVisible()
    assert "national ID" in page.forms.face.banner.sentence.text()
    assert glance(runner, one.id).organisation.authority_note == ""


def test_only_what_a_kind_can_have_is_offered(page: MemberPage) -> None:
    press(page, "member_edit")
    form = page.forms.face

    def choose(kind: Kind) -> None:
        form.kind.set_value(kind.value)
        form.kind.activated.emit(form.kind.currentIndex())

    assert form.rows["registry_number"].isVisible()
    choose(Kind.COOPERATIVE)
    assert (form.rows["registry_number"].isVisible(), form.rows["mersis"].isVisible()) == (False, True)
    choose(Kind.COMMUNITY)
    assert not form.rows["tax_number"].isVisible()
    assert "no legal person" in form.rows["responsible_person"].trouble.text()
    choose(Kind.REPRESENTATION)
    press(page, "member_face_save")
    assert form.parent_pick.field.trouble.text() == "Choose the association that it represents."


def test_a_new_one_is_entered_once_and_of_the_same_name_only_after_a_word(
    page: MemberPage, runner: Runner, said: list[Notice]
) -> None:
    page.begin()
    write(page, "member_name", "ova derneği")
    press(page, "member_face_save")
    assert page.forms.face.banner.sentence.text() == "“ova derneği” is on the register already."

    press(page, "member_face_banner_1")
    assert page.title.text() == "ova derneği"
    with runner.database.read() as session:
        assert len(members.named(session, "Ova Derneği")) == 2
    undo(runner, said)
    with runner.database.read() as session:
        assert len(members.named(session, "Ova Derneği")) == 1


def test_a_collector_needs_a_paper_and_is_taken_away_and_brought_back(
    page: MemberPage, runner: Runner, one: Organisation, said: list[Notice]
) -> None:
    press(page, "member_people_wanted")
    write(page, "person_name", "Ayşe Tan")
    press(page, "person_form_save")
    assert page.forms.person.reference.trouble.text().startswith("An authorised collector needs")

    write(page, "person_reference", "Karar 14")
    write(page, "person_until", "31.12.2026")
    tick(page, "person_notices")
    press(page, "person_form_save")
    (known,) = glance(runner, one.id).people
    assert (known.may_collect, known.may_take_notices) == (True, True)
    assert known.person.authority_until_on == date(2026, 12, 31)

    next(row for row in page.findChildren(ListRow, "member_person") if row.isVisible()).click()
    press(page, "person_form_remove")
    assert rows(page, "member_person") == []
    undo(runner, said)
    assert len(rows(page, "member_person")) == 1


def test_a_paper_with_its_days_is_entered(page: MemberPage, runner: Runner, one: Organisation) -> None:
    press(page, "member_papers_wanted")
    write(page, "paper_reference", "2026/17")
    write(page, "paper_until", "1.1.2020")
    press(page, "paper_form_save")
    assert page.forms.paper.ends.trouble.text() == "The end is before the beginning."

    write(page, "paper_until", "1.1.2028")
    press(page, "paper_form_save")
    assert rows(page, "member_paper") == ["Allocation, 2026/17, until 1 Jan 2028"]


def test_a_box_and_a_line_are_given_and_taken_back(
    page: MemberPage, runner: Runner, one: Organisation, said: list[Notice]
) -> None:
    with runner.database.begin() as session:
        other = members.add(session, name="Barış Vakfı", kind=Kind.FOUNDATION, at=TUESDAY)
        belongings.give_box(session, other.id, 12, at=TUESDAY)
    press(page, "member_place")
    write(page, "place_box", "12")
    press(page, "place_form_save")
    assert page.forms.place.box_row.trouble.text() == "Box 12 belongs to Barış Vakfı."

    write(page, "place_box", "30")
    write(page, "place_extension", "17")
    press(page, "place_form_save")
    assert page.board.about.box.words.text() == "Box 30"
    assert page.board.about.line.words.text() == "extension 17"
    undo(runner, said)
    assert page.board.about.box.words.text() == "Box 214"

    press(page, "member_place")
    press(page, "place_free_30")
    press(page, "place_form_save")
    assert page.board.about.box.words.text() == "Box 30"


def test_it_leaves_with_post_waiting_and_comes_back(
    page: MemberPage, runner: Runner, one: Organisation, said: list[Notice]
) -> None:
    with runner.database.begin() as session:
        mail.receive(session, Incoming(box=214), at=TUESDAY)
    press(page, "member_leave")
    assert page.forms.leave.waits.text() == "Still waiting for it: 1 item of post. Nothing of it is lost."
    press(page, "leave_form_save")

    assert page.state.text() == "left; post sent on until 8 Jan 2027"
    assert len(rows(page, "member_item")) == 1
    undo(runner, said)
    assert page.state.text() == "member"
    press(page, "member_leave")
    press(page, "leave_form_save")
    press(page, "member_come_back")
    assert page.state.text() == "member"


def test_it_becomes_a_part_of_another_one(
    page: MemberPage, runner: Runner, one: Organisation, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        heir = members.add(session, name="Barış Vakfı", kind=Kind.FOUNDATION, at=TUESDAY)
        mail.receive(session, Incoming(box=214), at=TUESDAY)
    press(page, "member_merge")
    press(page, "merge_form_save")
    assert page.forms.merge.into.field.trouble.text().startswith("Choose the other organisation")

    write(page, "merge_into", "bari")
    QTest.keyClick(page.forms.merge.into.text, Qt.Key.Key_Return)
    press(page, "merge_form_save")
    assert page.state.text() == "merged"
    assert len(glance(runner, heir.id).post) == 1
    with qtbot.waitSignal(page.member_wanted) as wanted:
        press(page, "member_heir")
    assert wanted.args == [heir.id]


def test_what_is_in_use_is_not_struck_off(
    page: MemberPage, runner: Runner, one: Organisation, qtbot: QtBot
) -> None:
    press(page, "member_remove")
    assert page.banner.sentence.text() == "It has a box, a line or a seat. Take that back first."

    with runner.database.begin() as session:
        belongings.give_box(session, one.id, None, at=TUESDAY)
    with qtbot.waitSignal(page.back_wanted):
        press(page, "member_remove")
    with runner.database.read() as session:
        assert members.named(session, "Ova Derneği") == []


def test_other_pages_are_asked_for(page: MemberPage, one: Organisation, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        visit = builders.visit(session, host_id=one.id)
    QApplication.processEvents()

    with qtbot.waitSignal(page.post_wanted) as wanted:
        press(page, "member_post_wanted")
    assert wanted.args == [one.id]
    with qtbot.waitSignal(page.booking_wanted) as wanted:
        press(page, "member_coming_wanted")
    assert wanted.args[0].organisation.id == one.id
    with qtbot.waitSignal(page.visitor_wanted) as wanted:
        next(row for row in page.findChildren(ListRow, "member_visit") if row.isVisible()).click()
    assert wanted.args == [visit.visitor_id]


def test_back_leaves_a_form_first_and_then_the_page(page: MemberPage, qtbot: QtBot) -> None:
    press(page, "member_edit")
    page.back.click()
    assert page.stack.currentIndex() == 0
    with qtbot.waitSignal(page.back_wanted):
        page.back.click()


def test_one_that_is_gone_says_so(page: MemberPage, runner: Runner, one: Organisation) -> None:
    with runner.database.begin() as session:
        belongings.give_box(session, one.id, None, at=TUESDAY)
        members.remove(session, one.id, at=TUESDAY)
    QApplication.processEvents()

    assert page.banner.sentence.text() == "This organisation is not on the register any more."


def test_it_speaks_turkish(page: MemberPage) -> None:
    text.use_language("tr")
    page.retranslate()

    assert page.second.text() == "Dernek · tüzel kişi"
    assert page.board.people.title.text() == "Kişiler ve yetki"
    assert page.edit.words() == "Değiştir"
