"""The secretariat as a clerk works it: messages, loans, seats."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import codes
from civicdesk.desk import loans, phone_messages, work_areas
from civicdesk.desk.work_areas import Place
from civicdesk.models import Badge, EmailJob, Loan, PhoneMessage, Room, WorkSeat
from civicdesk.text import use_language
from civicdesk.ui.pages.secretariat_page import SecretariatPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    heard: list[Notice] = []
    runner.notice.connect(heard.append)
    return heard


@pytest.fixture
def area(runner: Runner) -> Room:
    with runner.database.begin() as session:
        room = Room(name="Ortak Çalışma", capacity=2, is_work_area=True, position=9)
        session.add(room)
        session.flush()
        session.add(WorkSeat(room_id=room.id, name="A1"))
        whose = builders.organisation(session)
        whose.email = "ege@dernek.example"
        return room


@pytest.fixture
def page(runner: Runner, area: Room, qtbot: QtBot) -> SecretariatPage:
    page = SecretariatPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def press(page: SecretariatPage, start: str) -> None:
    """The button of this name, or the first one whose name begins so."""
    settle()
    found = [each for each in page.findChildren(Button) if each.objectName().startswith(start)]
    assert found, start
    QTest.mouseClick(next(each for each in found if each.isVisible()), LEFT)
    settle()


def rows(page: SecretariatPage, kind: type[MatterRow] | type[ListRow]) -> list[str]:
    settle()
    return [row.accessibleName() for row in page.findChildren(kind) if row.isVisible()]


def take(page: SecretariatPage, text: str = "Geri arasın", *, urgent: bool = False) -> None:
    part = page.messages
    part.begin()
    QTest.keyClicks(part.organisation.text, "ege kad")
    QTest.keyClick(part.organisation.text, Qt.Key.Key_Return)
    QTest.keyClicks(part.caller, "Selin Karaca")
    QTest.keyClicks(part.number, "0532 123 45 67")
    part.text.setText(text)  # QTest types ASCII alone
    part.urgent.setChecked(urgent)
    press(page, "message_take")


def test_a_message_is_taken_and_waits_on_the_page(page: SecretariatPage, said: list[Notice]) -> None:
    assert page.findChildren(EmptyState, "messages_none")
    take(page)

    [row] = rows(page, MatterRow)
    for word in ("Ege Kadın Emeği Derneği", "Selin Karaca", "0532 123 45 67", "Geri arasın"):
        assert word in row
    assert page.messages.waiting.title.text() == "1 message waits"
    assert page.messages.caller.text() == "", "the form is ready for the next call"
    assert said[-1].sentence == "The message is taken."


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(page: SecretariatPage) -> None:
    part = page.messages
    QTest.keyClicks(part.caller, "Selin")
    press(page, "message_take")
    assert part.organisation.field.trouble.text() == "For whom is it? Choose the organisation."
    assert part.caller.text() == "Selin"
    QTest.keyClicks(part.organisation.text, "ege kad")
    QTest.keyClick(part.organisation.text, Qt.Key.Key_Return)
    press(page, "message_take")

    assert part.fields[part.text].trouble.text() == "Write what is to be passed on."


def test_an_urgent_message_stands_first_and_says_so(page: SecretariatPage) -> None:
    take(page)
    take(page, "Hemen", urgent=True)

    assert rows(page, MatterRow)[0].startswith("Urgent · Ege")
    assert page.messages.waiting.title.text() == "2 messages wait · 1 urgent"


def test_a_message_that_is_passed_on_goes_and_can_be_taken_back(
    page: SecretariatPage, runner: Runner, said: list[Notice]
) -> None:
    take(page)
    press(page, "message_delivered_")
    assert rows(page, MatterRow) == []
    assert len(rows(page, ListRow)) == 1
    undo = said[-1].undo
    assert undo is not None
    runner.now(undo)

    assert len(rows(page, MatterRow)) == 1


def test_a_message_goes_by_email_once_a_minute(page: SecretariatPage, runner: Runner) -> None:
    take(page)
    for _n in range(2):
        press(page, "message_send_")

    with runner.database.read() as session:
        jobs = session.scalars(select(EmailJob)).all()
        assert [job.to for job in jobs] == ["ege@dernek.example"]
        assert "Geri arasın" in jobs[0].body
        assert phone_messages.count_open(session) == (1, 0), "it waits until somebody says it arrived"


def test_a_loan_is_out_until_it_is_back_and_grows_overdue_by_itself(
    page: SecretariatPage, runner: Runner, clock: Clock
) -> None:
    page.show_tab("loans")
    part = page.loans
    QTest.keyClicks(part.organisation.text, "ege kad")
    QTest.keyClick(part.organisation.text, Qt.Key.Key_Return)
    part.what.setText("Projektör")  # QTest types ASCII alone
    press(page, "loan_lend")
    assert part.out.title.text() == "1 is out"
    with runner.database.read() as session:
        loan = session.scalars(select(Loan)).one()
        assert loan.due_at == TUESDAY.replace(hour=16, minute=30), "back by closing time"
    clock.forward(hours=9)
    page.tick()
    assert part.out.title.text() == "1 is out · 1 overdue"
    assert "overdue since" in rows(page, MatterRow)[0]
    press(page, "loan_extend_")
    assert part.out.title.text() == "1 is out"
    press(page, "loan_back_")

    assert rows(page, MatterRow) == []
    with runner.database.read() as session:
        assert loans.count_out(session, at=clock.at) == (0, 0)


@pytest.mark.parametrize("tab", ["messages", "loans", "areas"])
def test_nothing_of_a_form_is_cut_off_beside_the_list_on_a_tall_screen(
    page: SecretariatPage, tab: str
) -> None:
    page.show_tab(tab)
    page.resize(984, 1850)
    settle()

    form = page.part.form
    assert form.width() >= form.minimumSizeHint().width()
    assert form.visibleRegion().boundingRect().width() == form.width()


def test_copies_are_wanted_and_done_and_never_come_back(
    page: SecretariatPage, said: list[Notice], clock: Clock
) -> None:
    page.show_tab("loans")
    part = page.loans
    press(page, "loan_kind_copies")
    assert part.fields[part.day].label.text() == "Wanted on"
    QTest.keyClicks(part.organisation.text, "ege kad")
    QTest.keyClick(part.organisation.text, Qt.Key.Key_Return)
    QTest.keyClicks(part.what, "Bylaws")
    press(page, "loan_lend")

    line = rows(page, MatterRow)[0]
    assert "wanted by" in line
    assert "asked for at" in line
    assert part.fields[part.day].label.text() == "Back on", "the form begins anew with what is lent"
    press(page, "loan_back_")
    assert said[-1].sentence == "Done: Bylaws"


def test_a_seat_more_than_there_are_is_refused_with_the_next_free_time(page: SecretariatPage) -> None:
    page.show_tab("areas")
    for _n in range(3):
        press(page, "area_more")

    assert page.areas.free.text() == "0 of 2 seats are free"
    assert "All 2 seats of Ortak Çalışma are taken." in page.areas.banner.sentence.text()
    assert "19:30" in page.areas.banner.sentence.text()
    press(page, "area_less")
    assert page.areas.free.text() == "1 of 2 seat is free"


def test_somebody_inside_gets_a_seat_by_a_few_letters(page: SecretariatPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        builders.visit(session, "Şükrü Işık")
        builders.visit(session, "Selin Karaca")
    page.show_tab("areas")
    QTest.keyClicks(page.areas.name, "sukru")
    assert [card.title.text() for card in page.areas.matches.cards if card.isVisible()] == ["Şükrü Işık"]
    QTest.keyClick(page.areas.name, Qt.Key.Key_Return)

    assert len(rows(page, ListRow)) == 1
    assert "Şükrü Işık" in rows(page, ListRow)[0]
    press(page, "area_up_")
    assert rows(page, ListRow) == []


def test_a_named_seat_is_taken_and_left_by_a_tap(page: SecretariatPage) -> None:
    page.show_tab("areas")
    press(page, "area_seat_")
    assert "A1" in rows(page, ListRow)[0]
    press(page, "area_seat_")

    assert rows(page, ListRow) == []


def test_badges_get_a_seat_only_while_that_is_switched_on(page: SecretariatPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        visit = builders.visit(session)
        badge = session.scalars(select(Badge.code).where(Badge.visit_id == visit.id)).one()
    assert not page.take_scan(badge), "messages are open"
    page.show_tab("areas")
    assert not page.take_scan(badge), "a badge that is scanned goes to the desk, as everywhere"
    page.areas.scans.setChecked(True)
    assert not page.take_scan(codes.make(codes.Kind.PASS))
    assert page.take_scan(badge)

    with runner.database.read() as session:
        [area] = work_areas.areas(session)
        assert [each.visit.id for each in area.sittings if each.visit] == [visit.id]


def test_without_a_work_area_it_is_said_who_makes_one(page: SecretariatPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        for room in session.scalars(select(Room).where(Room.is_work_area)):
            room.deleted_at = TUESDAY
    page.show_tab("areas")
    settle()

    assert page.findChildren(EmptyState, "area_none")
    assert not page.areas.more.isVisible()


def test_what_others_do_is_seen_at_once(page: SecretariatPage, runner: Runner, area: Room) -> None:
    page.show_tab("areas")
    with runner.database.begin() as session:
        work_areas.sit(session, Place(room_id=area.id), at=TUESDAY - timedelta(hours=1))

    assert page.areas.free.text() == "1 of 2 seat is free"


def test_turkish_is_spoken_in_turkish(page: SecretariatPage) -> None:
    use_language("tr")
    page.retranslate()

    assert page.title.text() == "Sekreterya"
    assert page.messages.take.words() == "Notu kaydet"


def test_nothing_of_a_message_is_kept_in_the_form_for_the_next_clerk(
    page: SecretariatPage, runner: Runner
) -> None:
    take(page)
    with runner.database.read() as session:
        assert len(session.scalars(select(PhoneMessage)).all()) == 1
    assert [field.text() for field in page.messages.fields] == ["", "", "", ""]
