"""Staff write whom they expect and get a pass."""

from __future__ import annotations

from datetime import timedelta

import pytest
import zxingcpp
from PIL.ImageQt import fromqpixmap
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from civicdesk import text
from civicdesk.desk import visits
from civicdesk.models import Closure, Invitation
from civicdesk.text import clock, local
from civicdesk.ui.pages.invite_page import InvitePage
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton
DAY = timedelta(days=1)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> InvitePage:
    with runner.database.begin() as session:
        host = builders.organisation(session)
        came = builders.visit(
            session, at=TUESDAY - 7 * DAY, host_id=host.id, phone="0532 123 45 67", needs=("wheelchair",)
        )
        visits.check_out(session, came.id, at=TUESDAY - 7 * DAY + timedelta(hours=2))
    page = InvitePage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def press(page: QWidget, name: str) -> None:
    QTest.mouseClick(button(page, name), LEFT)


def button(page: QWidget, name: str) -> Button:
    """The latest of this name: those that stood there before it go in a moment."""
    found = page.findChildren(Button, name)
    assert found, name
    return found[-1]


def write(page: QWidget, name: str, words: str) -> None:
    field = page.findChild(QWidget, name)
    assert field is not None, name
    QTest.keyClicks(field, words)


def made(runner: Runner) -> list[Invitation]:
    with runner.database.read() as session:
        found = select(Invitation).order_by(Invitation.expected_at, Invitation.id)
        named = (joinedload(Invitation.visitor), joinedload(Invitation.host), joinedload(Invitation.room))
        return list(session.scalars(found.options(*named)))


def test_a_visitor_is_expected_today_at_the_next_half_hour(page: InvitePage, runner: Runner) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_save")

    [invitation] = made(runner)
    assert invitation.visitor.name == "Oguz Kaya"
    assert local(invitation.expected_at).date() == local(TUESDAY).date()
    assert clock(invitation.expected_at) == "11:00"
    assert page.done.isVisible()


def test_the_pass_on_the_screen_can_be_scanned_from_it(
    page: InvitePage, runner: Runner, qtbot: QtBot
) -> None:
    write(page, "invite_name", "Oguz Kaya")
    with qtbot.waitSignal(page.done.picture.drawn):
        press(page, "invite_save")

    [invitation] = made(runner)
    read = zxingcpp.read_barcodes(fromqpixmap(page.done.picture.grab()))
    assert [code.text for code in read] == [invitation.code]


def test_print_asks_for_the_pass_that_is_shown(page: InvitePage, runner: Runner, qtbot: QtBot) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_save")

    with qtbot.waitSignal(page.pass_wanted) as wanted:
        press(page, "invite_print")

    assert wanted.args == [made(runner)[0].id]


def test_a_double_tap_on_save_saves_once_and_goes_no_further(
    page: InvitePage, runner: Runner, qtbot: QtBot
) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_save")

    for landed_on in (page.done.another, page.done.print_button):
        middle = QPointF(landed_on.rect().center())
        with qtbot.assertNotEmitted(page.pass_wanted):
            for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
                where = landed_on.mapToGlobal(middle)
                tap = QMouseEvent(kind, middle, where, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
                QApplication.sendEvent(landed_on, tap)

    assert page.done.isVisible()
    assert len(made(runner)) == 1


def test_control_and_enter_save_while_typing(page: InvitePage, runner: Runner) -> None:
    write(page, "invite_name", "Oguz Kaya")
    QTest.keyClick(page.form.who.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert len(made(runner)) == 1


def test_a_returning_visitor_is_taken_with_phone_host_and_needs(page: InvitePage, runner: Runner) -> None:
    write(page, "invite_name", "selin")
    QTest.mouseClick(page.form.who.suggestions.cards[0], LEFT)
    press(page, "invite_save")

    [invitation] = made(runner)
    assert (invitation.visitor.name, invitation.visitor.phone) == ("Selin Karaca", "+905321234567")
    assert invitation.host is not None
    assert invitation.host.name == "Ege Kadın Emeği Derneği"
    assert invitation.needs == "wheelchair"


def test_day_time_and_people_are_what_the_clerk_pressed(page: InvitePage, runner: Runner) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_day_2")
    press(page, "invite_time_more")
    press(page, "invite_people_more")
    press(page, "invite_save")

    [invitation] = made(runner)
    assert local(invitation.expected_at).date() == (local(TUESDAY) + 2 * DAY).date()
    assert clock(invitation.expected_at) == "11:30"
    assert invitation.people == 2


def test_a_pass_for_several_days_has_an_entry_a_day_and_ends_with_the_last(
    page: InvitePage, runner: Runner
) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_validity_several")
    press(page, "invite_until_more")
    press(page, "invite_save")

    [invitation] = made(runner)
    assert invitation.entries == 3
    assert invitation.valid_until == TUESDAY.replace(hour=21, minute=0) + 2 * DAY


def test_a_typed_date_in_the_past_goes_back_to_today(page: InvitePage) -> None:
    field = page.form.when.on.date
    field.selectAll()
    QTest.keyClicks(field, "01.01.2020")
    QTest.keyClick(field, Qt.Key.Key_Return)

    assert field.text().startswith("24.11.2026")
    assert page.form.when.days.value() == 0


def test_every_week_leaves_out_closed_days_and_names_them(
    page: InvitePage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        session.add(Closure(on=(TUESDAY + 7 * DAY).date(), reason="Boya"))
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_validity_weekly")
    qtbot.waitUntil(lambda: "1 Dec (Boya)" in page.summary.warning.text())
    press(page, "invite_save")

    days = [local(invitation.expected_at).date() for invitation in made(runner)]
    assert days == [(TUESDAY + ahead * DAY).date() for ahead in (0, 14, 21)]
    assert page.done.list.title.text() == "3 visits are expected"


def test_a_closed_day_is_warned_of_before_it_is_saved(page: InvitePage, qtbot: QtBot) -> None:
    press(page, "invite_day_5")  # Sunday

    qtbot.waitUntil(lambda: "Weekly closing day" in page.summary.warning.text())
    assert page.summary.warning.isVisible()


def test_a_pasted_list_says_how_many_and_which_lines_are_wrong(page: InvitePage, runner: Runner) -> None:
    press(page, "invite_mode_many")
    page.form.names.field.insertPlainText("Ayşe Kaya, 0532 111 22 33\nBora;12\nCem Uzun\n")

    assert page.form.names.count.text() == "3 visitors · 1 line is not right"
    assert page.form.names.troubles.text().startswith("Line 2: ")
    press(page, "invite_save")
    assert page.banner.isVisible()
    assert "2" in page.banner.sentence.text()
    assert made(runner) == []


def test_a_name_pasted_twice_is_said_but_may_be_saved(page: InvitePage, runner: Runner) -> None:
    press(page, "invite_mode_many")
    page.form.names.field.insertPlainText("Çiğdem Kaya\nCIGDEM KAYA")

    assert page.form.names.twice.text() == "More than once on the list: Çiğdem Kaya"
    press(page, "invite_save")
    assert len(made(runner)) == 2


def test_a_good_list_expects_everybody_on_it(page: InvitePage, runner: Runner, qtbot: QtBot) -> None:
    press(page, "invite_mode_many")
    page.form.names.field.insertPlainText("Ayşe Kaya, 0532 111 22 33\nCem Uzun")
    qtbot.waitUntil(lambda: page.save.words() == "Save 2 visitors")
    press(page, "invite_save")

    assert sorted(each.visitor.name for each in made(runner)) == ["Ayşe Kaya", "Cem Uzun"]
    assert page.done.list.title.text() == "2 visitors are expected"


def test_without_a_name_the_field_says_so_and_nothing_is_saved(page: InvitePage, runner: Runner) -> None:
    press(page, "invite_save")

    assert page.form.who.name_field.trouble.text() == "Write the visitor's name."
    assert made(runner) == []


def test_an_organisation_that_is_not_ours_is_refused(page: InvitePage, runner: Runner) -> None:
    write(page, "invite_name", "Oguz Kaya")
    write(page, "invite_host", "xyz")
    press(page, "invite_save")

    assert "organisation" in page.form.where.host_field.trouble.text()
    assert made(runner) == []


def test_another_keeps_the_day_and_forgets_the_name(page: InvitePage, runner: Runner) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_day_1")
    press(page, "invite_save")
    press(page, "invite_another")

    assert page.form.who.name.text() == ""
    assert page.form.who.name.hasFocus()
    write(page, "invite_name", "Bora Tan")
    press(page, "invite_save")
    assert {local(each.expected_at).day for each in made(runner)} == {25}
    assert len(made(runner)) == 2


def test_opened_again_after_saving_the_page_begins_anew(page: InvitePage, clock: Clock) -> None:
    write(page, "invite_name", "Oguz Kaya")
    press(page, "invite_save")
    page.hide()
    clock.forward(hours=2)
    page.show()

    assert page.form.who.name.isVisible()
    assert page.form.who.name.text() == ""
    assert page.form.when.time.value() == "13:00"


def test_a_half_written_form_is_still_there_when_the_page_is_opened_again(page: InvitePage) -> None:
    write(page, "invite_name", "Oguz")
    page.hide()
    page.show()

    assert page.form.who.name.text() == "Oguz"


def test_the_page_speaks_turkish_after_the_switch(page: InvitePage, qtbot: QtBot) -> None:
    text.use_language("tr")
    page.retranslate()
    page.form.when.retranslate()

    assert page.title.text() == "Ön kayıt"
    assert button(page, "invite_mode_many").text() == "Liste yapıştır"
    assert button(page, "invite_day_1").text() == "Yarın"
