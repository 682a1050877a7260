"""Bad days at the post, as whoever stands at the desk sees them."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import codes
from civicdesk.desk import mail, memberships, period
from civicdesk.desk.signatures import MOST_POINTS, strokes_of
from civicdesk.models import HandOver, Mailbox, Role, Signature
from civicdesk.printing import report_files
from civicdesk.text import local
from civicdesk.ui.runner import Runner
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.ui.desk import Desk, settle

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    with runner.database.begin() as session:
        runner.staff = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER, pin="975310864")
        holder = postbox.let(session, 214, "Barış Vakfı")
        postbox.person(session, holder)
    return Desk(runner, qtbot, tmp_path).let_in()


def test_the_label_of_a_box_that_is_no_more_says_so(desk: Desk) -> None:
    desk.scan(codes.numbered(codes.Kind.BOX, 599))
    settle()

    assert desk.said == "There is no box 599."
    assert desk.page == "post"


def test_the_label_of_a_box_of_two_shows_both(desk: Desk) -> None:
    with desk.runner.database.begin() as session:
        session.add(Mailbox(number=214, organisation_id=builders.organisation(session, "Ova Sahne").id))
    desk.scan(codes.numbered(codes.Kind.BOX, 214))
    settle()

    box = desk.window.pages.post.box
    assert box.box is not None
    assert {each.organisation.name for each in box.box.held} == {"Barış Vakfı", "Ova Sahne"}
    assert box.holders.isVisible()


def begin_pickup(desk: Desk) -> None:
    with desk.runner.database.begin() as session:
        postbox.item(session, 214)
    desk.window.go("post")
    desk.window.pages.post.open_box(214)
    settle()


def scribble(desk: Desk, ticks: int) -> None:
    """A pen that does not leave the pad for this many movements."""
    pad = desk.find("post_signature")
    QTest.mousePress(pad, LEFT, NO_KEY, QPoint(20, 60))
    for n in range(ticks):
        QTest.mouseMove(pad, QPoint(20 + n * 7 % 280, 20 + n * 11 % 90))
    QTest.mouseRelease(pad, LEFT, NO_KEY, QPoint(200, 50))
    settle()


def given(desk: Desk) -> int:
    with desk.runner.database.read() as session:
        return len(session.scalars(select(HandOver)).all())


def test_a_signature_of_one_dot_hands_nothing_over(desk: Desk) -> None:
    begin_pickup(desk)
    QTest.mouseClick(desk.find("post_signature"), LEFT, NO_KEY, QPoint(100, 50))
    desk.press("post_hand_over")
    settle()

    assert given(desk) == 0


def test_a_signature_of_ten_minutes_is_kept_small_and_hands_over_once(desk: Desk) -> None:
    begin_pickup(desk)
    scribble(desk, 12_000)
    desk.press("post_hand_over")
    settle()

    assert given(desk) == 1
    with desk.runner.database.read() as session:
        [signature] = session.scalars(select(Signature))
    assert sum(map(len, strokes_of(signature))) <= MOST_POINTS


def test_one_that_closes_with_post_waiting_can_still_collect_it(desk: Desk) -> None:
    begin_pickup(desk)
    with desk.runner.database.begin() as session:
        whose = session.scalars(select(Mailbox).where(Mailbox.number == 214)).one().organisation_id
        assert whose is not None
        on = local(TUESDAY).date() - timedelta(days=1)
        memberships.leave(session, whose, on=on, reason="closed", is_forwarded=False, at=TUESDAY, key="left")
    desk.window.pages.post.open_box(214)
    settle()
    scribble(desk, 60)
    desk.press("post_hand_over")
    settle()

    assert given(desk) == 1


def test_the_register_of_post_never_holds_a_formula(desk: Desk) -> None:
    with desk.runner.database.begin() as session:
        sender = '=HYPERLINK("http://bad.example")'
        mail.receive(session, mail.Incoming(box=214, sender=sender), at=TUESDAY)
    today, name = local(TUESDAY).date(), "post_register"
    with desk.runner.database.read() as session:
        made = {
            ending: report_files.made(session, name, period.days(today, today), ending, at=TUESDAY)
            for ending in ("xlsx", "csv")
        }

    sheet = load_workbook(io.BytesIO(made["xlsx"])).worksheets[0]
    cells = [
        cell for row in sheet.iter_rows() for cell in row if cell.value and "HYPERLINK" in str(cell.value)
    ]
    assert [cell.data_type for cell in cells] == ["s"]
    text = made["csv"].decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert ";=HYPERLINK" not in text
