from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import staff
from civicdesk.errors import Unavailable
from civicdesk.models import AuditEntry, Role, Staff
from civicdesk.ui.pages.lock_page import LockPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from civicdesk.ui.widgets.staff_tile import StaffTile
from tests import builders
from tests.conftest import Clock

LEFT = Qt.MouseButton.LeftButton
WRONG = "135799"


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> LockPage:
    """Elif (reception) and Deniz (manager) may sign in; Selin, a visitor, is inside."""
    with runner.database.begin() as session:
        builders.member_of_staff(session, "Deniz Polat", Role.MANAGER, pin="975310864")
        builders.visit(session, "Selin Karaca", people=3)
    page = LockPage(runner)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    qtbot.waitExposed(page)
    return page


def tile(page: LockPage, name: str) -> StaffTile:
    return next(tile for tile in page.findChildren(StaffTile) if tile.member.name == name)


def tap(qtbot: QtBot, page: LockPage, digits: str) -> None:
    for digit in digits:
        qtbot.mouseClick(page.entry.pad.keys[digit], LEFT)


def refused(qtbot: QtBot, page: LockPage, pin: str) -> None:
    tap(qtbot, page, f"{pin}>")
    qtbot.waitUntil(lambda: page.entry.sentence.property("tone") == "bad")


def test_the_right_pin_lets_in_whoever_was_chosen(qtbot: QtBot, page: LockPage) -> None:
    qtbot.mouseClick(tile(page, "Deniz Polat"), LEFT)
    with qtbot.waitSignal(page.signed_in) as signed_in:
        tap(qtbot, page, "975310864>")

    assert signed_in.args[0].name == "Deniz Polat"


def test_digits_and_enter_of_a_keyboard_work_wherever_the_focus_is(qtbot: QtBot, page: LockPage) -> None:
    elif_ = tile(page, "Elif Aksoy")
    qtbot.mouseClick(elif_, LEFT)
    elif_.setFocus()
    with qtbot.waitSignal(page.signed_in):
        qtbot.keyClicks(elif_, builders.PIN)
        qtbot.keyClick(elif_, Qt.Key.Key_Return)


def test_a_pin_is_never_looked_at_before_it_is_confirmed(
    qtbot: QtBot, page: LockPage, runner: Runner
) -> None:
    with qtbot.assertNotEmitted(page.signed_in, wait=150):
        tap(qtbot, page, builders.PIN)

    with runner.database.read() as session:
        assert "sign_in" not in session.scalars(select(AuditEntry.action)).all()


def test_a_wrong_pin_says_how_many_tries_are_left_and_is_kept(
    qtbot: QtBot, page: LockPage, runner: Runner
) -> None:
    refused(qtbot, page, WRONG)

    assert page.entry.sentence.text() == "Wrong code. 2 more tries."
    with runner.database.read() as session:
        assert session.scalars(select(Staff.failures).where(Staff.name == "Elif Aksoy")).one() == 1


def test_the_digits_after_a_wrong_pin_begin_anew(qtbot: QtBot, page: LockPage) -> None:
    refused(qtbot, page, WRONG)
    with qtbot.waitSignal(page.signed_in):
        tap(qtbot, page, f"{builders.PIN}>")


def test_after_three_wrong_pins_the_pad_waits_and_counts_down(
    qtbot: QtBot, page: LockPage, clock: Clock
) -> None:
    for _attempt in range(3):
        refused(qtbot, page, WRONG)
    assert not page.entry.pad.isEnabled()

    clock.forward(seconds=10)
    page.tick()
    assert "0:2" in page.entry.sentence.text()

    clock.forward(seconds=21)
    page.tick()
    assert page.entry.pad.isEnabled()
    with qtbot.waitSignal(page.signed_in):
        tap(qtbot, page, f"{builders.PIN}>")


def test_whoever_is_barred_does_not_keep_another_out(qtbot: QtBot, page: LockPage) -> None:
    for _attempt in range(3):
        refused(qtbot, page, WRONG)
    qtbot.mouseClick(tile(page, "Deniz Polat"), LEFT)

    with qtbot.waitSignal(page.signed_in):
        tap(qtbot, page, "975310864>")


def test_a_database_that_does_not_answer_leaves_the_pad_usable(
    qtbot: QtBot, page: LockPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise Unavailable("The database is busy.")

    with monkeypatch.context() as patch:
        patch.setattr(staff, "sign_in", busy)
        refused(qtbot, page, builders.PIN)
        assert page.entry.sentence.text() == "The database is busy."
    with qtbot.waitSignal(page.signed_in):
        tap(qtbot, page, f"{builders.PIN}>")


def test_the_last_digit_can_be_taken_back_and_long_pins_are_seen_growing(
    qtbot: QtBot, page: LockPage
) -> None:
    tap(qtbot, page, "12345678<")
    assert page.entry.dots.accessibleName() == "7 digits entered"

    tap(qtbot, page, "1234567")
    assert page.entry.dots.accessibleName() == "12 digits entered"


def test_a_staff_card_lets_in_and_an_unknown_one_is_told(
    qtbot: QtBot, page: LockPage, runner: Runner
) -> None:
    with runner.database.read() as session:
        code = session.scalars(select(Staff.card_code).where(Staff.name == "Deniz Polat")).one()
    with qtbot.waitSignal(page.signed_in) as signed_in:
        page.scan(code)
    assert signed_in.args[0].name == "Deniz Polat"

    page.scan("S:NOBODY")
    assert "not known" in page.entry.sentence.text()


def test_it_says_how_many_are_inside_and_names_nobody(page: LockPage) -> None:
    assert page.side.state.text() == "3 people inside · open 09:00–19:30"
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "Selin" not in said


def test_in_the_evening_it_says_when_the_centre_opens_again(page: LockPage, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
    page.tick()

    assert page.side.state.text().endswith("closed · opens 25 November Wednesday 09:00")
    assert page.side.clock.text() == "20:00"


def test_the_evacuation_list_is_one_tap_away(qtbot: QtBot, page: LockPage) -> None:
    with qtbot.waitSignal(page.evacuation_wanted):
        qtbot.mouseClick(page.side.evacuation, LEFT)


def test_the_other_language_is_one_tap_away(qtbot: QtBot, page: LockPage) -> None:
    assert page.side.language.words() == "Türkçe"
    with qtbot.waitSignal(page.language_wanted) as wanted:
        qtbot.mouseClick(page.side.language, LEFT)
    text.use_language(wanted.args[0])
    page.retranslate()

    assert page.side.language.words() == "English"


def test_locking_says_why_and_forgets_what_was_typed(qtbot: QtBot, page: LockPage) -> None:
    tap(qtbot, page, "123")
    page.lock("Locked after five minutes.")

    assert page.entry.sentence.text() == "Locked after five minutes."
    assert page.entry.dots.accessibleName() == "0 digits entered"


def test_forty_can_sign_in_and_the_last_is_reached(qtbot: QtBot, page: LockPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        for number in range(38):
            session.add(
                Staff(name=f"Görevli {number}", role=Role.RECEPTION, pin_hash="", position=number + 2)
            )
    qtbot.waitUntil(lambda: len(page.tiles.buttons()) == 40)

    last = page.tiles.buttons()[-1]
    assert last.height() >= 44
    last.click()
    assert "Görevli 37" in page.entry.sentence.text()


@pytest.mark.parametrize("size", [(1366, 768), (1080, 1920)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_pad_stays_on_the_screen_at_any_text_size(
    qtbot: QtBot, page: LockPage, qapp: QApplication, size: tuple[int, int], scale: float
) -> None:
    apply_theme(qapp, LIGHT, scale)
    page.resize(*size)
    try:
        for button in (page.entry.pad.keys[">"], page.side.evacuation):
            qtbot.waitUntil(lambda button=button: is_whole(button, page))
    finally:
        apply_theme(qapp, LIGHT, 1.0)


def is_whole(button: QWidget, page: LockPage) -> bool:
    corner = button.mapTo(page, button.rect().bottomRight())
    return page.rect().contains(corner) and button.visibleRegion().boundingRect().size() == button.size()
