"""The register, as a clerk leafs through it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.desk import addresses, belongings, mail, members, memberships
from civicdesk.desk.mail import Incoming
from civicdesk.models import OrganisationKind as Kind
from civicdesk.ui.pages.members_page import MembersPage
from civicdesk.ui.pages.visitors.painting import LINE
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from tests.builders import TUESDAY

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> MembersPage:
    """Three members, an outside body, and one that left."""
    with runner.database.begin() as session:
        for name, kind in (
            ("Ova Derneği", Kind.ASSOCIATION),
            ("Çınar Vakfı", Kind.FOUNDATION),
            ("Cem Ağı", Kind.NETWORK),
        ):
            members.add(session, name=name, kind=kind, at=TUESDAY)
        members.add(session, name="Çınarova Belediyesi", kind=Kind.MUNICIPALITY, is_member=False, at=TUESDAY)
        gone = members.add(session, name="Giden Derneği", kind=Kind.ASSOCIATION, at=TUESDAY)
        memberships.leave(session, gone.id, on=date(2026, 11, 20), at=TUESDAY, key="k")
    page = MembersPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def lines(page: MembersPage) -> list[str]:
    model = page.list.people
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def pills(page: MembersPage, row: int) -> list[str]:
    return [words for words, _tone, _icon in page.list.people.index(row).data(LINE).pills]


def press(page: MembersPage, name: str) -> None:
    button = page.findChild(Button, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def words_of(page: MembersPage, name: str) -> str:
    button = page.findChild(Button, name)
    assert button is not None
    return button.words()


def test_members_stand_by_the_alphabet_and_others_apart(page: MembersPage) -> None:
    assert lines(page) == ["Cem Ağı", "Çınar Vakfı", "Ova Derneği"]
    assert page.second.text() == "3 members"
    assert words_of(page, "members_tab_members") == "Member organisations  3"

    press(page, "members_tab_outside")
    assert lines(page) == ["Çınarova Belediyesi"]
    press(page, "members_tab_left")
    assert lines(page) == ["Giden Derneği"]
    assert pills(page, 0) == ["post sent on until 4 Jan"]


@pytest.mark.parametrize("typed", ["cinar", "CINAR", "vakf", "12"])
def test_one_is_found_as_it_is_typed_and_opened_by_enter(
    page: MembersPage, runner: Runner, qtbot: QtBot, typed: str
) -> None:
    with runner.database.begin() as session:
        (one,) = members.named(session, "Çınar Vakfı")
        belongings.give_box(session, one.id, 12, at=TUESDAY)
    QTest.keyClicks(page.filter, typed)
    assert lines(page) == ["Çınar Vakfı"]

    with qtbot.waitSignal(page.member_wanted) as wanted:
        QTest.keyClick(page.filter, Qt.Key.Key_Return)
    assert wanted.args == [one.id]


def test_a_tap_on_a_line_opens_it(page: MembersPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.read() as session:
        (one,) = members.named(session, "Cem Ağı")
    spot = page.list.visualRect(page.list.people.index(0)).center()

    with qtbot.waitSignal(page.member_wanted) as wanted:
        QTest.mouseClick(page.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, spot)

    assert wanted.args == [one.id]


def test_one_kind_is_shown_with_how_many_there_are(page: MembersPage) -> None:
    at = page.kind.findText("Foundation  1")
    page.kind.setCurrentIndex(at)
    page.kind.activated.emit(at)
    assert lines(page) == ["Çınar Vakfı"]

    QTest.keyClicks(page.filter, "ova")
    assert lines(page) == []
    assert page.nobody.sentence.text() == "No organisation in this list fits. Search for less."
    assert not page.first.isVisible()


def test_what_waits_and_what_ends_stands_beside_the_name(page: MembersPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        (one,) = members.named(session, "Ova Derneği")
        mail.receive(session, Incoming(organisation_id=one.id), at=TUESDAY)
        addresses.add(session, one.id, valid_until_on=date(2026, 12, 1), at=TUESDAY)
    QApplication.processEvents()

    assert pills(page, 2) == ["1 item of post", "a paper ends soon"]
    assert page.second.text() == "3 members · post waits for 1 · papers of 1 end soon"


def test_an_empty_register_says_how_to_fill_it(runner: Runner, qtbot: QtBot) -> None:
    page = MembersPage(runner)
    qtbot.addWidget(page)
    page.show()

    assert page.nobody.sentence.text().startswith("No member yet.")
    with qtbot.waitSignal(page.import_members_wanted):
        press(page, "members_first")


def test_the_register_is_written_where_the_clerk_says(
    page: MembersPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[Notice] = []
    runner.notice.connect(said.append)
    press(page, "members_export")
    [dialog] = page.findChildren(QFileDialog)
    dialog.selectNameFilter("Text table (*.csv)")
    dialog.fileSelected.emit(str(tmp_path / "uyeler"))
    dialog.reject()

    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert said[0].sentence == "Written: uyeler.csv"
    assert "Giden Derneği" in (tmp_path / "uyeler.csv").read_text("utf-8-sig")


def test_a_disk_that_takes_nothing_is_told_of(page: MembersPage, runner: Runner, qtbot: QtBot) -> None:
    said: list[Notice] = []
    runner.notice.connect(said.append)
    page.write_out(Path("/nowhere/at/all/uyeler.xlsx"))

    qtbot.waitUntil(lambda: bool(said), timeout=10_000)
    assert said[0].tone == "bad"


def test_it_speaks_turkish(page: MembersPage) -> None:
    text.use_language("tr")
    page.retranslate()
    page.refresh()

    assert page.title.text() == "Üyeler"
    assert page.second.text() == "3 üye kuruluş"
    assert page.kind.itemText(0) == "Tüm türler"
    assert page.list.people.index(1).data(LINE).second == "Vakıf"


def test_469_members_are_shown_at_once(runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        for number in range(469):
            members.add(session, name=f"{number} Derneği", kind=Kind.ASSOCIATION, at=TUESDAY)
    page = MembersPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()

    assert len(lines(page)) == 469
    assert page.second.text() == "469 members"
