"""Post comes in at the desk: one by one, and a delivery by scanner alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import codes
from civicdesk.desk import mail, mail_moves
from civicdesk.desk.mail import Incoming
from civicdesk.models import MailItem, Organisation, Place
from civicdesk.ui.pages.receive_page import ReceivePage
from civicdesk.ui.runner import Runner
from tests.builders import TUESDAY
from tests.conftest import Clock
from tests.desk import postbox
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def holders(runner: Runner) -> list[Organisation]:
    with runner.database.begin() as session:
        return [postbox.let(session, number, f"Dernek {number}") for number in (214, 7, 15)]


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, holders: list[Organisation]) -> ReceivePage:
    page = ReceivePage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def find(page: ReceivePage, name: str) -> QWidget:
    return next(each for each in page.findChildren(QWidget, name) if each.isVisible())


def press(page: ReceivePage, name: str) -> None:
    button = find(page, name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, LEFT)
    settle()


def write(page: ReceivePage, name: str, words: str) -> None:
    field = find(page, name)
    assert isinstance(field, QLineEdit)
    field.setText(words)
    field.textEdited.emit(words)


def items(runner: Runner) -> list[MailItem]:
    with runner.database.read() as session:
        return list(session.scalars(select(MailItem).order_by(MailItem.number)))


def test_three_steps_take_an_item_in(page: ReceivePage, runner: Runner) -> None:
    assert page.takes_scan("RR123456785TR")
    write(page, "receive_box", "214")
    press(page, "receive_box_match_1")
    press(page, "receive_save")

    [item] = items(runner)
    assert (item.tracking, item.box, item.kind) == ("RR123456785TR", 214, "registered")
    assert page.form.number.text() == ""
    assert page.form.whose.holder is None
    assert page.list_card.title.text() == "Came in now: 1 item"


def test_an_organisation_is_found_by_its_name_and_the_kind_is_a_pill(
    page: ReceivePage, runner: Runner
) -> None:
    write(page, "receive_box", "dernek 15")
    QTest.keyClick(find(page, "receive_box"), Qt.Key.Key_Return)
    press(page, "receive_kind_parcel")
    press(page, "receive_more")
    press(page, "receive_condition_damaged")
    write(page, "receive_shelf", "A3")
    write(page, "receive_sender", "Ova Kargo")
    press(page, "receive_save")

    [item] = items(runner)
    assert (item.box, item.kind, item.condition, item.shelf, item.sender) == (
        15, "parcel", "damaged", "A3", "Ova Kargo",
    )  # fmt: skip


def test_a_wrong_check_digit_warns_and_does_not_block(page: ReceivePage, runner: Runner) -> None:
    page.takes_scan("RR123456786TR")
    assert "check digit" in page.form.oddity.text()
    write(page, "receive_box", "7")
    QTest.keyClick(find(page, "receive_box"), Qt.Key.Key_Return)
    press(page, "receive_save")
    assert [item.tracking for item in items(runner)] == ["RR123456786TR"]


def test_a_number_that_was_seen_before_says_when_and_whose(page: ReceivePage, runner: Runner) -> None:
    with runner.database.begin() as session:
        mail.receive(session, Incoming(box=7, tracking="7350046218"), at=TUESDAY)
    page.takes_scan("7350046218")

    assert "came before" in page.form.oddity.text()
    assert "2026-00001" in page.form.oddity.text()
    assert "Dernek 7" in page.form.oddity.text()


def test_a_box_that_is_not_there_is_said_under_the_field(page: ReceivePage, runner: Runner) -> None:
    write(page, "receive_box", "999")
    assert page.form.whose.field.trouble.text() == "There is no box 999."
    assert items(runner) == []


def test_what_fits_nobody_waits_unmatched_with_its_name(page: ReceivePage, runner: Runner) -> None:
    write(page, "receive_box", "Sayın Başkanlık")
    press(page, "receive_save")
    [item] = items(runner)
    assert (item.organisation_id, item.addressed_to) == (None, "Sayın Başkanlık")


def test_in_person_only_is_not_taken(page: ReceivePage, runner: Runner) -> None:
    write(page, "receive_box", "7")
    press(page, "receive_more")
    press(page, "receive_in_person")
    press(page, "receive_save")
    assert "in person" in page.banner.sentence.text()
    assert items(runner) == []


def test_a_notice_goes_to_its_own_flow(page: ReceivePage, runner: Runner, qtbot: QtBot) -> None:
    write(page, "receive_box", "7")
    QTest.keyClick(find(page, "receive_box"), Qt.Key.Key_Return)
    press(page, "receive_kind_notice")
    assert page.save.words() == "Decide on the official notice"
    with qtbot.waitSignal(page.notice_wanted) as wanted:
        press(page, "receive_save")

    [item] = items(runner)
    assert wanted.args == [item.id]
    with runner.database.read() as session:
        assert mail_moves.state(session, item.id).place == Place.PRESENTED
    assert page.form.chosen_kind == "ordinary"


def test_a_tap_too_many_is_taken_out_again(page: ReceivePage, runner: Runner) -> None:
    write(page, "receive_box", "7")
    QTest.keyClick(find(page, "receive_box"), Qt.Key.Key_Return)
    press(page, "receive_save")
    [item] = items(runner)
    press(page, f"receive_undo_{item.id.hex}")

    with runner.database.read() as session:
        assert mail_moves.state(session, item.id).place == Place.WITHDRAWN
    assert page.came == []


def test_a_box_label_chooses_the_box_and_a_badge_is_no_post(page: ReceivePage) -> None:
    assert page.takes_scan(codes.numbered(codes.Kind.BOX, 214))
    assert page.form.whose.box == 214
    assert not page.takes_scan(codes.make(codes.Kind.BADGE))


def test_twenty_items_come_in_by_scanner_alone(page: ReceivePage, runner: Runner, clock: Clock) -> None:
    press(page, "receive_mode_delivery")
    for number in range(20):
        assert page.takes_scan(f"73500462{number:02d}")
        clock.forward(seconds=3)
        assert page.takes_scan(codes.numbered(codes.Kind.BOX, (214, 7, 15)[number % 3]))
        clock.forward(seconds=3)

    made = items(runner)
    assert len(made) == 20
    assert {item.box for item in made} == {214, 7, 15}
    assert len({item.batch_id for item in made}) == 1
    press(page, "receive_save")
    assert not page.delivery.is_under_way
    assert len(page.came) == 20


def test_a_box_whose_label_does_not_read_is_typed(page: ReceivePage, runner: Runner) -> None:
    press(page, "receive_mode_delivery")
    page.takes_scan("7350046218")
    assert page.delivery.sentence.text() == "Now scan the box."
    write(page, "delivery_typed", "15")
    QTest.keyClick(find(page, "delivery_typed"), Qt.Key.Key_Return)
    settle()
    assert [(item.tracking, item.box) for item in items(runner)] == [("7350046218", 15)]


def test_the_same_barcode_twice_in_a_delivery_is_one_item(
    page: ReceivePage, runner: Runner, qtbot: QtBot
) -> None:
    press(page, "receive_mode_delivery")
    page.takes_scan("7350046218")
    page.takes_scan(codes.numbered(codes.Kind.BOX, 7))
    with qtbot.waitSignal(page.scan_answered) as heard:
        page.takes_scan("7350046218")
    assert heard.args == ["warn"]
    assert len(items(runner)) == 1


def test_a_shared_box_asks_for_whom(page: ReceivePage, runner: Runner) -> None:
    with runner.database.begin() as session:
        second = postbox.let(session, 7, "Ova Sahne")
    press(page, "receive_mode_delivery")
    page.takes_scan("7350046218")
    page.takes_scan(codes.numbered(codes.Kind.BOX, 7))
    settle()
    press(page, f"delivery_for_{second.id.hex}")

    assert [item.organisation_id for item in items(runner)] == [second.id]
    assert not any(each.isVisible() for each in page.findChildren(QWidget, f"delivery_for_{second.id.hex}"))


def test_what_is_in_the_hand_at_the_end_waits_unmatched(page: ReceivePage, runner: Runner) -> None:
    press(page, "receive_mode_delivery")
    page.takes_scan("7350046218")
    press(page, "receive_save")
    assert [(item.tracking, item.organisation_id) for item in items(runner)] == [("7350046218", None)]
