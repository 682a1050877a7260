"""The red flow of an official notice, step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import mail_moves, notices
from civicdesk.desk.mail import Incoming
from civicdesk.models import MailItem, MailMove, NoticeTaking, Organisation, Place
from civicdesk.ui.pages.notice_page import NoticePage
from civicdesk.ui.runner import Runner
from tests.builders import TUESDAY
from tests.conftest import Clock
from tests.desk import postbox
from tests.ui.desk import settle, words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def holder(runner: Runner) -> Organisation:
    with runner.database.begin() as session:
        holder = postbox.let(session, 214, "Barış Vakfı")
        postbox.person(session, holder, notices=True)
        postbox.person(session, holder, "Kemal Öz", reference="")
        return holder


@pytest.fixture
def notice(runner: Runner, holder: Organisation) -> MailItem:
    with runner.database.begin() as session:
        return postbox.item(session, 214, "notice", at=TUESDAY - timedelta(days=2))


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, notice: MailItem) -> NoticePage:
    page = NoticePage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    page.open_notice(notice.id)
    settle()
    return page


def find(page: NoticePage, name: str) -> QWidget:
    return next(each for each in page.findChildren(QWidget, name) if each.isVisible())


def press(page: NoticePage, name: str) -> None:
    button = find(page, name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, LEFT)
    settle()


def write(page: NoticePage, name: str, text: str) -> None:
    field = find(page, name)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def takings(runner: Runner) -> list[NoticeTaking]:
    with runner.database.read() as session:
        return list(session.scalars(select(NoticeTaking)))


def test_it_says_how_many_days_have_gone_by_and_never_a_deadline(page: NoticePage) -> None:
    assert page.elapsed.text() == "2 days since it came"
    said = " ".join(words(page)).lower()
    assert "deadline" not in said
    assert "no written authority for the notices" in said


def test_an_authorised_person_accepts_it_at_a_minute(
    page: NoticePage, runner: Runner, notice: MailItem, qtbot: QtBot
) -> None:
    write(page, "notice_minute", "10:40")
    with qtbot.waitSignal(page.decided) as decided:
        press(page, "notice_go")

    [taking] = takings(runner)
    assert decided.args == [notice.id]
    assert (taking.is_taken, taking.person, taking.authority) == (True, "Ayşe Tan", "2026/14")
    assert not taking.is_authority_on_file
    assert taking.at == TUESDAY - timedelta(minutes=2)


def test_without_authority_it_is_refused_with_the_next_steps(page: NoticePage, runner: Runner) -> None:
    press(page, "notice_by_desk")
    press(page, "notice_go")
    assert "no written authority on file" in page.banner.sentence.text()
    press(page, "notice_refusal_1")

    assert page.call.isVisible()
    assert takings(runner) == []


def test_the_desk_accepts_on_its_own_authority(
    page: NoticePage, runner: Runner, holder: Organisation
) -> None:
    with runner.database.begin() as session:
        postbox.desk_authority(session, holder, until=date(2027, 1, 31))
    page.refresh()
    settle()
    assert "YK 2026/7, valid until 31 January 2027" in page.authority.text()
    press(page, "notice_by_desk")
    press(page, "notice_go")

    [taking] = takings(runner)
    assert (taking.person, taking.capacity, taking.is_authority_on_file) == ("Elif Aksoy", "desk", True)


def test_not_taken_needs_a_reason(page: NoticePage, runner: Runner, notice: MailItem) -> None:
    press(page, "notice_step_not_take")
    press(page, "notice_go")
    assert page.reason.why_field.trouble.text() == "Write why."
    press(page, "notice_reason_1")
    press(page, "notice_go")

    [taking] = takings(runner)
    assert (taking.is_taken, taking.reason) == (False, "No authorised person could be reached")
    with runner.database.read() as session:
        assert mail_moves.state(session, notice.id).place == Place.NOT_TAKEN


def test_a_call_is_written_down_and_it_still_waits(
    page: NoticePage, runner: Runner, notice: MailItem
) -> None:
    press(page, "notice_step_call")
    press(page, "notice_call_1")
    write(page, "notice_outcome", "Öğleden sonra gelecek")
    press(page, "notice_go")

    with runner.database.read() as session:
        call = session.scalars(select(MailMove).where(MailMove.what == "called")).one()
        assert mail_moves.state(session, notice.id).place == Place.PRESENTED
    assert (call.person, call.reason) == ("Ayşe Tan", "Öğleden sonra gelecek")
    assert "Called" in words(page)


def test_a_refusal_goes_when_another_way_is_taken(page: NoticePage) -> None:
    press(page, "notice_by_desk")
    press(page, "notice_go")
    assert page.banner.isVisible()

    press(page, "notice_step_not_take")

    assert page.banner.isHidden()


def test_a_number_to_call_is_written_as_it_is_dialled(
    page: NoticePage, runner: Runner, holder: Organisation, notice: MailItem
) -> None:
    with runner.database.begin() as session:
        postbox.person(session, holder, "Elif Su").phone = "+905321234567"
    page.open_notice(notice.id)
    settle()
    press(page, "notice_step_call")

    said = [each.text() for each in page.call.findChildren(QAbstractButton)]
    assert any("0532 123 45 67" in each for each in said)


@pytest.mark.parametrize("typed", ["25:00", "abc", "23:59"])
def test_a_minute_that_cannot_be_is_said_under_its_field(
    page: NoticePage, runner: Runner, typed: str
) -> None:
    write(page, "notice_minute", typed)
    press(page, "notice_go")
    assert page.minute_field.trouble.isVisible()
    assert takings(runner) == []


def test_a_notice_of_nobody_known_is_matched_first(page: NoticePage, runner: Runner) -> None:
    with runner.database.begin() as session:
        lost = notices.present(session, Incoming(addressed_to="Barış V."), at=TUESDAY)
    page.open_notice(lost.id)
    settle()
    write(page, "notice_whose", "214")
    page.whose.text.textEdited.emit("214")
    QTest.keyClick(find(page, "notice_whose"), Qt.Key.Key_Return)
    press(page, "notice_match")

    assert "Barış Vakfı" in page.title.text()
    assert page.accept.by.value() is not None


def test_after_it_was_served_the_days_since_then_are_shown(page: NoticePage, clock: Clock) -> None:
    press(page, "notice_go")
    clock.forward(days=3)
    page.refresh()
    settle()
    assert page.elapsed.text() == "3 days since it was served"
    assert page.go.isHidden()


def test_a_manager_sets_a_missing_authority_aside(manager: Runner, qtbot: QtBot, notice: MailItem) -> None:
    page = NoticePage(manager)
    qtbot.addWidget(page)
    page.show()
    page.open_notice(notice.id)
    settle()
    press(page, "notice_by_other")
    write(page, "notice_person", "Cem Ak")
    write(page, "notice_capacity", "Genel sekreter yardımcısı")
    write(page, "notice_override", "Başkan telefonda onayladı")
    press(page, "notice_go")

    [taking] = takings(manager)
    assert (taking.person, taking.reason) == ("Cem Ak", "Başkan telefonda onayladı")
