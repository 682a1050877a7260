"""The wall and the pickup as a clerk works them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import codes
from civicdesk.desk import hand_overs, mail, mail_moves, phone_messages, pickups, visits
from civicdesk.desk.mail import Incoming
from civicdesk.desk.phone_messages import Call
from civicdesk.models import EmailJob, HandOver, MailItem, MailMove, Organisation, Place, SignedPickup
from civicdesk.ui.pages.post_page import PostPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.signature_pad import SignaturePad
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def holder(runner: Runner) -> Organisation:
    """Barış Vakfı has box 214, where a slip, a parcel and a letter wait; Ayşe Tan may take all of it."""
    with runner.database.begin() as session:
        holder = postbox.let(session, 214, "Barış Vakfı")
        holder.email = "baris@vakif.example"
        postbox.person(session, holder, notices=True, until=date(2027, 3, 31))
        postbox.person(session, holder, "Kemal Öz", reference="2025/2", until=date(2026, 1, 31))
        for kind in ("slip21", "parcel", "ordinary"):
            postbox.item(session, 214, kind)
        return holder


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, holder: Organisation) -> PostPage:
    page = PostPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def find(page: PostPage, name: str) -> QWidget:
    return next(each for each in page.findChildren(QWidget, name) if each.isVisible())


def press(page: PostPage, name: str) -> None:
    button = find(page, name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, LEFT)
    settle()


def write(page: PostPage, name: str, words: str) -> None:
    field = find(page, name)
    assert isinstance(field, QLineEdit)
    field.setText(words)
    field.textEdited.emit(words)


def sign(page: PostPage) -> None:
    pad = find(page, "post_signature")
    assert isinstance(pad, SignaturePad)
    QTest.mousePress(pad, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(20, 60))
    for x in range(25, 300, 6):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 37))
    QTest.mouseRelease(pad, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(300, 50))


def tap_box(page: PostPage, number: int) -> None:
    wall = page.wall.boxes
    at = wall.visualRect(wall.wall.index(wall.wall.row(number))).center()
    QTest.mouseClick(wall.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
    settle()


def given(runner: Runner) -> list[HandOver]:
    with runner.database.read() as session:
        return list(session.scalars(select(HandOver)))


def test_three_items_go_over_in_three_taps_and_a_signature(
    page: PostPage, runner: Runner, qtbot: QtBot
) -> None:
    tap_box(page, 214)
    assert page.box.heading.text() == "214 · Barış Vakfı"
    assert "valid until 31 March 2027" in page.box.who.words.text()
    sign(page)
    assert page.box.hand_over.words() == "Hand over 3 items"
    press(page, "post_hand_over")

    [made] = given(runner)
    assert (made.collector, made.authority, made.items) == ("Ayşe Tan", "2026/14", 3)
    assert made.signature_id is not None
    assert page.handed.heading.text() == "3 items handed over"
    with qtbot.waitSignal(page.receipt_wanted) as wanted:
        press(page, "post_receipt")
    assert wanted.args == [made.id]
    assert page.wall.wall is not None
    assert page.wall.wall.waiting == 0


def test_the_next_box_opens_over_what_was_just_handed_over(page: PostPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        postbox.let(session, 215, "Ova Derneği")
        postbox.item(session, 215)
    tap_box(page, 214)
    sign(page)
    press(page, "post_hand_over")
    page.takes_scan(codes.numbered(codes.Kind.BOX, 215))
    settle()

    assert page.side.currentWidget() is page.box
    assert page.box.heading.text() == "215 · Ova Derneği"


def test_the_keyboard_goes_from_the_items_to_who_takes_them_and_to_the_button(page: PostPage) -> None:
    page.open_box(214)
    settle()
    page.box.close_box.setFocus()
    met = []
    for _n in range(12):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        met.append((QApplication.focusWidget() or page).objectName().rsplit("_", 1)[0])

    order = ["post_item", "post_tick", "post_who", "post", "post_hand"]  # the pad is post_signature
    places = [met.index(each) for each in order]
    assert places == sorted(places)


def test_who_collects_is_told_that_messages_wait(
    page: PostPage, runner: Runner, holder: Organisation, qtbot: QtBot
) -> None:
    call = Call(organisation_id=holder.id, caller="Selin", text="Toplantı ertelendi")
    with runner.database.begin() as session:
        message = phone_messages.take(session, call, at=TUESDAY)
    tap_box(page, 214)
    assert page.box.messages.words() == "1 message"
    sign(page)
    press(page, "post_hand_over")

    assert page.handed.messages.sentence.text() == "1 message waits at the secretariat"
    with runner.database.read() as session:
        assert phone_messages.one(session, message.id).shown_at == runner.at()
    with qtbot.waitSignal(page.secretariat_wanted) as wanted:
        press(page, "post_handed_messages_1")
    assert wanted.args == ["messages"]


def test_what_is_ticked_off_stays(page: PostPage, runner: Runner) -> None:
    page.open_box(214)
    settle()
    parcel = next(row for row in page.box.rows if row.lying.item.kind == "parcel")
    assert parcel.tick is not None
    QTest.mouseClick(parcel.tick, LEFT)
    sign(page)
    press(page, "post_hand_over")
    press(page, "post_handed_done")

    assert given(runner)[0].items == 2
    assert [row.lying.item.kind for row in page.box.rows] == ["parcel"]


def test_a_dot_is_no_signature_and_the_pad_is_clean_again(page: PostPage, runner: Runner) -> None:
    page.open_box(214)
    settle()
    QTest.mouseClick(find(page, "post_signature"), LEFT)
    press(page, "post_hand_over")

    assert "only a dot" in page.box.banner.sentence.text()
    assert page.box.pad.is_empty
    assert given(runner) == []


def test_letters_go_without_a_signature_and_parcels_do_not(page: PostPage, runner: Runner) -> None:
    page.open_box(214)
    settle()
    press(page, "post_hand_over")
    assert page.box.banner.sentence.text() == "Please sign first."
    for row in page.box.rows:
        if row.lying.item.kind != "ordinary" and row.tick:
            QTest.mouseClick(row.tick, LEFT)
    press(page, "post_hand_over")

    [made] = given(runner)
    assert (made.items, made.signature_id) == (1, None)


def test_an_ended_authority_is_said_and_refused(page: PostPage, runner: Runner) -> None:
    page.open_box(214)
    settle()
    kemal = next(one for one in page.box.who.collectors if one.person.name == "Kemal Öz")
    press(page, f"post_who_{kemal.person.id}")
    assert "authority ended on 31 January 2026" in page.box.who.words.text()
    sign(page)
    press(page, "post_hand_over")

    assert "has ended" in page.box.banner.sentence.text()
    assert page.box.who.why_field.isHidden(), "Elif is no manager"
    assert given(runner) == []


def test_a_manager_sets_it_aside_with_a_reason(manager: Runner, page: PostPage) -> None:
    page.open_box(214)
    settle()
    press(page, "post_who_other")
    write(page, "post_person", "Cem Ak")
    write(page, "post_override", "Başkan telefonda onayladı")
    sign(page)
    press(page, "post_hand_over")

    [made] = given(manager)
    assert (made.collector, made.override) == ("Cem Ak", "Başkan telefonda onayladı")


def test_a_shared_box_asks_whose_post_it_is(page: PostPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        second = postbox.let(session, 214, "Ova Sahne")
        mail.receive(session, Incoming(box=214, organisation_id=second.id), at=TUESDAY)
    page.open_box(214)
    settle()
    press(page, f"post_holder_{second.id}")

    assert page.box.heading.text() == "214 · Ova Sahne"
    assert len(page.box.rows) == 1


def test_a_notice_that_is_not_accepted_is_decided_on_first(
    page: PostPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        notice = postbox.item(session, 214, "notice")
    page.open_box(214)
    settle()
    with qtbot.waitSignal(page.notice_wanted) as wanted:
        press(page, f"post_decide_{notice.id.hex}")

    assert wanted.args == [notice.id]
    assert notice.id not in [lying.item.id for lying in page.box.ticked()]


def test_what_a_power_cut_left_is_finished_or_dropped(runner: Runner, page: PostPage) -> None:
    with runner.database.begin() as session:
        holder = session.scalars(select(Organisation).where(Organisation.name == "Barış Vakfı")).one()
        person = pickups.collectors(session, holder.id, at=TUESDAY)[0].person
        [item, *_rest] = mail.waiting(session, holder.id)
        taking = postbox.taking(holder, item, by=person)
        hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=TUESDAY, key="cut")
    settle()
    assert "Ayşe Tan signed for 1 item" in page.banner.sentence.text()
    press(page, "post_unfinished_1")

    assert len(given(runner)) == 1
    with runner.database.read() as session:
        assert session.scalars(select(SignedPickup)).all() == []
    assert page.banner.isHidden()


def test_the_receipt_goes_by_e_mail_to_the_organisation(page: PostPage, runner: Runner) -> None:
    page.open_box(214)
    settle()
    sign(page)
    press(page, "post_hand_over")
    press(page, "post_receipt_email")
    press(page, "post_handed_ask_go")

    with runner.database.read() as session:
        [job] = session.scalars(select(EmailJob))
    assert (job.kind, job.to) == ("receipt", "baris@vakif.example")


def test_names_that_begin_alike_are_read_to_their_ends_over_an_open_box(
    page: PostPage, runner: Runner
) -> None:
    name = "Halk Oyunları Dernekleri Federasyonu"
    with runner.database.begin() as session:
        postbox.let(session, 333, name)
    page.open_box(333)
    settle()

    heading = page.box.heading
    assert heading.text() == f"333 · {name}"
    assert heading.height() >= heading.heightForWidth(heading.width())
    assert heading.width() <= page.box.width()


def test_a_correction_is_written_over_the_keyboard_and_nothing_is_squeezed(
    manager: Runner, page: PostPage
) -> None:
    page.open_box(214)
    settle()
    sign(page)
    press(page, "post_hand_over")
    press(page, "post_correct_hand_over")
    page.resize(1267, 420)  # the keyboard of the screen takes the rest
    settle()

    ask = page.handed.ask
    assert all(part.height() >= part.minimumSizeHint().height() for part in (ask.sentence, ask.text, ask.go))
    assert ask.text.visibleRegion().boundingRect().height() == ask.text.height()
    assert not page.handed.print_receipt.isVisible()

    press(page, "post_handed_ask_leave")
    assert page.handed.print_receipt.isVisible()


def test_a_correction_appends_and_the_signature_is_shown_again(manager: Runner, page: PostPage) -> None:
    page.open_box(214)
    settle()
    sign(page)
    press(page, "post_hand_over")
    [made] = given(manager)
    with manager.database.read() as session:
        item = hand_overs.items_of(session, made.id)[0]
    press(page, "post_handed_done")
    page.open_item(item.id)
    settle()
    assert page.item.picture.isVisible()
    assert page.item.signed.text() == "Signature of Ayşe Tan"
    press(page, "post_act_correct")
    write(page, "post_item_ask_text", "Yanlış kutu")
    press(page, "post_item_ask_go")

    with manager.database.read() as session:
        assert mail_moves.state(session, item.id).place == Place.WAITING
        whats = [move.what for move in session.scalars(select(MailMove).where(MailMove.item_id == item.id))]
    assert whats[-2:] == ["handed_over", "handover_corrected"]


def test_a_box_is_found_by_number_by_name_and_by_what_waits(page: PostPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        postbox.let(session, 15, "Çınarova Gençlik Derneği")
    settle()
    for typed, found in (("21", [214]), ("cinar", [15]), ("xyz", [])):
        write(page, "post_find", typed)
        assert [tile.number for tile in page.wall.boxes.wall.tiles] == found
    write(page, "post_find", "")
    press(page, "post_only_waiting")
    assert [tile.number for tile in page.wall.boxes.wall.tiles] == [214]


def test_the_list_finds_an_item_that_is_gone_by_its_number(page: PostPage, runner: Runner) -> None:
    page.open_box(214)
    settle()
    sign(page)
    press(page, "post_hand_over")
    page.show_list()
    assert [each.item.number for each in page.wall.items.items.items] == []
    write(page, "post_find", "2")

    [found] = page.wall.items.items.items
    assert (found.item.number, found.place) == ("2026-00002", "handed_over")


def test_items_of_nobody_known_are_matched_from_the_list(page: PostPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        lost = mail.receive(session, Incoming(addressed_to="Barış"), at=TUESDAY)
    settle()
    press(page, "post_unmatched")
    assert [each.item.id for each in page.wall.items.items.items] == [lost.id]
    page.open_item(lost.id)
    settle()
    press(page, "post_act_match")
    write(page, "post_whose", "214")
    QTest.keyClick(find(page, "post_whose"), Qt.Key.Key_Return)
    press(page, "post_match")

    with runner.database.read() as session:
        item = session.get_one(MailItem, lost.id)
    assert item.box == 214


def test_a_first_match_can_be_taken_back(page: PostPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        lost = mail.receive(session, Incoming(addressed_to="Barış"), at=TUESDAY)
    page.open_item(lost.id)
    settle()
    press(page, "post_act_match")
    write(page, "post_whose", "214")
    with qtbot.waitSignal(runner.notice) as said:
        QTest.keyClick(find(page, "post_whose"), Qt.Key.Key_Return)
        press(page, "post_match")
    runner.now(said.args[0].undo)
    settle()

    assert page.wall.wall is not None
    assert page.wall.wall.unmatched == 1


def test_an_item_is_sent_on_and_taken_back(page: PostPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.read() as session:
        item = session.scalars(select(MailItem).where(MailItem.kind == "parcel")).one()
    page.open_item(item.id)
    settle()
    press(page, "post_act_forward")
    press(page, "post_item_ask_go")
    assert page.item.ask.field.trouble.text() == "Write where it is sent on to."
    write(page, "post_item_ask_text", "Ova Caddesi 4")
    with qtbot.waitSignal(runner.notice) as said:
        press(page, "post_item_ask_go")

    assert page.item.story is not None
    assert page.item.story.lying.place == Place.FORWARDED
    runner.now(said.args[0].undo)
    settle()
    assert page.item.story.lying.place == Place.WAITING


def test_scans_on_the_wall(page: PostPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        visit = builders.visit(session, "Ayşe Tan")
        other = builders.visit(session, "Selin Karaca")
        badges = [visits.badge_of(session, each.id) for each in (visit, other)]
        item = mail.receive(session, Incoming(box=214, tracking="RR123456785TR"), at=TUESDAY)
    assert page.takes_scan(codes.numbered(codes.Kind.BOX, 214))
    settle()
    assert page.box.heading.text() == "214 · Barış Vakfı"
    page.box.who.clear()
    first, second = (badge.code for badge in badges if badge)
    assert page.takes_scan(first)
    assert not page.takes_scan(second), "somebody else's badge is answered as everywhere"
    chosen = page.box.who.chosen()
    assert chosen is not None
    assert chosen.person.name == "Ayşe Tan"
    assert page.takes_scan("RR123456785TR")
    settle()
    assert page.item.story is not None
    assert page.item.story.lying.item.id == item.id
    assert not page.takes_scan("7350046218")
