from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import centre, denylist, logos, visits
from civicdesk.models import AuditEntry, Booking, Closure, Organisation, Room, Visit, Visitor
from civicdesk.ui.pages.checkin_page import CheckInPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock
from tests.printing.logos import logo_png

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def selin(runner: Runner) -> Visit:
    """Selin was here a week ago, at the Ege association, and left."""
    with runner.database.begin() as session:
        host = builders.organisation(session)
        came = builders.visit(
            session,
            at=TUESDAY - timedelta(days=7),
            host_id=host.id,
            phone="0532 123 45 67",
            needs=("wheelchair",),
        )
        return visits.check_out(session, came.id, at=TUESDAY - timedelta(days=7) + timedelta(hours=2))


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, selin: Visit) -> CheckInPage:
    return opened(runner, qtbot)


@pytest.fixture
def said(runner: Runner) -> Iterator[list[Notice]]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    yield notices
    runner.notice.disconnect(notices.append)


def opened(runner: Runner, qtbot: QtBot) -> CheckInPage:
    page = CheckInPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.begin()
    return page


def typed(field: QLineEdit, words: str) -> None:
    """Key by key; QTest knows no key for İ."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(field, key)


def pressed(button: object) -> None:
    QTest.mouseClick(button, LEFT)  # type: ignore[call-overload]


def inside(runner: Runner) -> list[Visit]:
    with runner.database.read() as session:
        return list(visits.inside(session))


def suggested(page: CheckInPage) -> list[str]:
    return [card.title.text() for card in page.form.who.suggestions.cards if card.isVisible()]


def matched(page: CheckInPage) -> list[str]:
    return [card.title.text() for card in page.form.where.matches.cards if card.isVisible()]


def button(page: CheckInPage, words: str) -> Button:
    return next(each for each in page.bars.buttons if each.words() == words)


def test_a_returning_visitor_is_inside_after_three_letters_a_tap_and_a_tap(
    page: CheckInPage, runner: Runner, qtbot: QtBot, selin: Visit
) -> None:
    typed(page.form.who.name, "sel")
    pressed(page.form.who.suggestions.cards[0])
    with qtbot.waitSignal(page.checked_in) as signal:
        pressed(page.print_button)

    visit, wants_badge = signal.args
    assert wants_badge is True
    assert visit.visitor_id == selin.visitor_id
    assert [each.id for each in inside(runner)] == [visit.id]
    assert (visit.host.name, visit.needs) == ("Ege Kadın Emeği Derneği", "wheelchair")


def test_after_a_check_in_the_form_is_empty_and_waits_for_the_next_name(page: CheckInPage) -> None:
    typed(page.form.who.name, "Selma Karagöz")
    typed(page.form.why.note, "with a box")

    pressed(page.plain_button)

    assert page.form.is_empty()
    assert page.form.who.name.hasFocus()


def test_nobody_is_suggested_below_three_letters(page: CheckInPage) -> None:
    typed(page.form.who.name, "se")
    assert suggested(page) == []

    typed(page.form.who.name, "l")
    assert suggested(page) == ["Selin Karaca"]


def test_a_suggestion_tells_the_host_the_last_visit_and_which_visit_this_is(page: CheckInPage) -> None:
    typed(page.form.who.name, "selin")

    card = page.form.who.suggestions.cards[0]

    assert card.second.text() == "Ege Kadın Emeği Derneği · 17 Nov"
    assert card.note.text() == "visit no. 2"


def test_a_name_nobody_had_before_says_so(page: CheckInPage) -> None:
    typed(page.form.who.name, "Zübeyde")
    assert page.form.who.hint.text() == "Nobody of this name has been here before: a new visitor."


def test_changing_the_name_of_a_returning_visitor_makes_a_new_one(
    page: CheckInPage, runner: Runner, selin: Visit
) -> None:
    typed(page.form.who.name, "sel")
    pressed(page.form.who.suggestions.cards[0])
    page.form.who.name.end(False)
    typed(page.form.who.name, "oğlu")

    pressed(page.plain_button)

    (visit,) = inside(runner)
    assert visit.visitor.name == "Selin Karacaoğlu"
    assert visit.visitor_id != selin.visitor_id


def test_everything_written_is_kept_with_the_visit(page: CheckInPage, runner: Runner) -> None:
    typed(page.form.who.name, "İnci O'Hara")
    typed(page.form.who.phone, "0533 765 43 21")
    typed(page.form.where.organisation, "ege ka")
    pressed(page.form.where.matches.cards[0])
    page.form.where.stepper.set_value(4)
    reason = page.findChild(Button, "reason_post")
    for each in (reason, page.form.why.needs["sign_language"], page.form.why.discreet):  # type: ignore[index]
        pressed(each)
    typed(page.form.why.note, "Brings the parcels")

    pressed(page.plain_button)

    (visit,) = inside(runner)
    assert (visit.visitor.name, visit.visitor.phone) == ("İnci O'Hara", "+905337654321")
    assert visit.host is not None
    assert visit.host.name == "Ege Kadın Emeği Derneği"
    assert (visit.people, visit.reason, visit.needs) == (4, "post", "sign_language")
    assert (visit.note, visit.is_discreet) == ("Brings the parcels", True)


def test_an_event_of_today_brings_its_host_its_room_and_its_reason(
    runner: Runner, qtbot: QtBot, selin: Visit
) -> None:
    booking = event_now(runner, selin)
    page = opened(runner, qtbot)
    typed(page.form.who.name, "Ümit Kaya")

    pressed(page.form.where.events.cards[0])
    pressed(page.plain_button)

    (visit,) = inside(runner)
    assert (visit.booking_id, visit.room_id, visit.host_id) == (booking.id, booking.room_id, selin.host_id)
    assert visit.reason == "event"


def test_another_room_than_the_events_is_no_visit_to_the_event(
    runner: Runner, qtbot: QtBot, selin: Visit
) -> None:
    event_now(runner, selin)
    page = opened(runner, qtbot)
    typed(page.form.who.name, "Ümit Kaya")
    pressed(page.form.where.events.cards[0])

    page.form.where.room_choice.setFocus()
    QTest.keyClick(page.form.where.room_choice, Qt.Key.Key_Down)
    pressed(page.plain_button)

    (visit,) = inside(runner)
    assert visit.booking_id is None


def test_an_organisation_of_discreet_visitors_presets_the_discreet_badge(
    page: CheckInPage, runner: Runner
) -> None:
    with runner.database.begin() as session:
        session.add(Organisation(name="Kadın Dayanışma Evi", kind="dernek", is_discreet=True))

    typed(page.form.where.organisation, "dayan")
    assert not page.form.why.discreet.isChecked()
    pressed(page.form.where.matches.cards[0])

    assert page.form.why.discreet.isChecked()


def test_an_organisation_that_is_not_ours_is_asked_about_at_its_field(
    page: CheckInPage, runner: Runner
) -> None:
    typed(page.form.who.name, "Ümit Kaya")
    typed(page.form.where.organisation, "Nowhere")

    pressed(page.print_button)

    assert inside(runner) == []
    assert page.form.where.host_field.trouble.text().startswith("Choose an organisation from the list")
    assert page.form.where.organisation.hasFocus()


@pytest.mark.parametrize(
    ("field", "written", "sentence"),
    [
        ("visitor_name", "   ", "Write the visitor's name."),
        ("visitor_name", "Ali 10000000146", "This looks like a national ID number."),
        ("visitor_phone", "five five five", "This is not a phone number."),
        ("visit_note", "his ID is 10000000146", "This looks like a national ID number."),
    ],
)
def test_what_may_not_be_written_is_refused_at_its_field(
    page: CheckInPage, runner: Runner, field: str, written: str, sentence: str
) -> None:
    if field != "visitor_name":
        typed(page.form.who.name, "Ümit Kaya")
    wrong = next(each for each in page.findChildren(QLineEdit) if each.objectName() == field)
    typed(wrong, written)

    pressed(page.print_button)

    assert inside(runner) == []
    assert wrong.accessibleDescription().startswith(sentence)
    assert wrong.hasFocus()
    assert not page.bars.isVisible()

    typed(wrong, "x")
    assert wrong.accessibleDescription() == ""


def test_a_name_of_200_letters_arabic_and_emoji_comes_in(page: CheckInPage, runner: Runner) -> None:
    for name in ("ş" * 200, "محمد الأحمد", "Ada 🌼 O'Neill"):
        page.form.who.write(name)
        pressed(page.plain_button)
    assert {visit.visitor.name for visit in inside(runner)} == {"ş" * 200, "محمد الأحمد", "Ada 🌼 O'Neill"}


def test_one_tap_twice_is_one_visit(page: CheckInPage, runner: Runner) -> None:
    typed(page.form.who.name, "Ümit Kaya")
    QTest.mouseDClick(page.print_button, LEFT)
    pressed(page.print_button)
    assert len(inside(runner)) == 1


def test_whoever_is_inside_already_can_be_shown_or_checked_out(
    page: CheckInPage, runner: Runner, qtbot: QtBot, selin: Visit, said: list[Notice]
) -> None:
    come_in(runner, selin)
    typed(page.form.who.name, "selin")
    assert page.form.who.suggestions.cards[0].state.text() == "inside"
    pressed(page.form.who.suggestions.cards[0])
    assert page.bars.sentence.text() == "Selin Karaca is already inside since 10:42."

    with qtbot.waitSignal(page.visitor_wanted) as signal:
        pressed(button(page, "Show the visit"))
    assert signal.args == [selin.visitor_id]
    pressed(button(page, "Check out instead"))

    assert inside(runner) == []
    assert said[-1].sentence == "Selin Karaca has left"
    assert not page.bars.isVisible()


def test_a_namesake_inside_is_asked_about_and_may_be_another_person(
    page: CheckInPage, runner: Runner, selin: Visit
) -> None:
    come_in(runner, selin)
    typed(page.form.who.name, "SELİN KARACA")
    pressed(page.plain_button)
    assert len(inside(runner)) == 1
    assert page.bars.isVisible()

    pressed(button(page, "Another person"))

    assert len(inside(runner)) == 2
    assert not page.bars.isVisible()


def test_a_namesake_inside_may_be_the_same_person(page: CheckInPage, runner: Runner, selin: Visit) -> None:
    come_in(runner, selin)
    typed(page.form.who.name, "selin karaca")
    pressed(page.plain_button)

    pressed(button(page, "Same person"))

    assert page.form.who.visitor is not None
    assert page.form.who.visitor.id == selin.visitor_id
    assert "already inside" in page.bars.sentence.text()
    assert len(inside(runner)) == 1


def test_a_closed_centre_lets_in_with_a_reason_that_is_kept(page: CheckInPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        session.add(Closure(on=TUESDAY.date(), reason="Repairs"))
    typed(page.form.who.name, "Ümit Kaya")
    pressed(page.print_button)
    assert "closed" in page.bars.sentence.text()
    assert page.form.who.name.text() == "Ümit Kaya"

    pressed(button(page, "Let in all the same"))
    assert inside(runner) == []
    assert page.bars.why_field.trouble.text() == "Write why; it is kept with the visit."
    typed(page.bars.why, "Plumber")
    pressed(button(page, "Let in all the same"))

    assert len(inside(runner)) == 1
    assert "Plumber" in last_audit(runner)


def test_a_full_building_lets_in_with_a_reason(page: CheckInPage, runner: Runner) -> None:
    page.form.where.stepper.set_value(321)
    typed(page.form.who.name, "Ümit Kaya")
    pressed(page.print_button)
    assert page.bars.sentence.text().startswith("The building is full: 0 of 320 are inside.")

    typed(page.bars.why, "They stay in the garden")
    QTest.keyClick(page.bars.why, Qt.Key.Key_Return)

    assert [visit.people for visit in inside(runner)] == [321]


def test_somebody_on_the_deny_list_is_refused_without_the_reason(page: CheckInPage, runner: Runner) -> None:
    deny(runner, "Ali Yılmazer")
    typed(page.form.who.name, "Ali Yılmazer")
    pressed(page.print_button)

    assert page.bars.sentence.text() == "This visitor cannot be admitted. Please call a manager."
    assert page.bars.buttons == []
    assert not page.bars.why.isVisible()
    assert inside(runner) == []


def test_a_manager_sees_the_reason_and_may_let_in_all_the_same(
    manager: Runner, qtbot: QtBot, selin: Visit
) -> None:
    deny(manager, "Ali Yılmazer")
    page = opened(manager, qtbot)
    typed(page.form.who.name, "Ali Yılmazer")
    pressed(page.print_button)
    assert "Threw chairs" in page.bars.sentence.text()

    typed(page.bars.why, "Comes to apologise")
    pressed(button(page, "Let in all the same"))

    assert len(inside(manager)) == 1


def test_a_name_like_one_on_the_deny_list_is_a_quiet_warning(
    page: CheckInPage, runner: Runner, qtbot: QtBot
) -> None:
    deny(runner, "Ali Yılmazer")
    typed(page.form.who.name, "Ali Yılmazar")

    qtbot.waitUntil(page.near.isVisible)

    assert "Ali Yılmazer" in page.near.text()
    assert "Threw" not in page.near.text()
    pressed(page.plain_button)
    assert len(inside(runner)) == 1


def test_the_badge_is_pictured_as_it_is_typed(page: CheckInPage, qtbot: QtBot) -> None:
    def is_on_paper() -> bool:
        return page.badge.face is not None and page.badge.face.name == "Ümit Kaya"

    typed(page.form.who.name, "Ümit Kaya")
    qtbot.waitUntil(is_on_paper)
    with qtbot.waitSignal(page.badge.drawn):
        page.badge.redraw()

    assert page.badge.face is not None
    assert page.badge.face.number == 2
    assert page.badge.accessibleName() == "Badge no. 2: Ümit Kaya"
    picture = page.badge.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(picture.width()) for y in (picture.height() // 2,)
    }
    assert {QColor("black").name(), QColor("white").name()} <= colours


def test_the_pictured_badge_follows_the_managers_design(
    page: CheckInPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        session.info["by"] = builders.member_of_staff(session, "Deniz Polat", builders.Role.MANAGER).id
        logos.put(session, logos.ready(logo_png()), at=TUESDAY)
        centre.change(session, TUESDAY, badge_parts="date", badge_size="roll_58", badge_discreet="number")
    page.form.why.discreet.setChecked(True)
    qtbot.waitUntil(lambda: page.badge.face is not None and page.badge.face.is_number_only)
    with qtbot.waitSignal(page.badge.drawn):
        page.badge.redraw()

    face = page.badge.face
    assert face is not None
    assert face.logo
    assert not face.shows_digits


def test_what_is_half_typed_survives_leaving_the_page(page: CheckInPage) -> None:
    typed(page.form.who.name, "Ümit Ka")
    typed(page.form.why.note, "late")

    page.hide()
    page.show()
    page.begin()

    assert (page.form.who.name.text(), page.form.why.note.text()) == ("Ümit Ka", "late")


def test_clear_empties_the_form(page: CheckInPage) -> None:
    typed(page.form.who.name, "selin")
    pressed(page.form.who.suggestions.cards[0])
    pressed(page.clear_button)

    assert page.form.is_empty()
    assert suggested(page) == []
    assert page.form.who.visitor is None


def test_it_begins_with_a_returning_visitor_or_a_name(page: CheckInPage, selin: Visit) -> None:
    typed(page.form.who.name, "half typed")

    page.begin(selin.visitor)
    assert (page.form.who.name.text(), page.form.who.phone.text()) == ("Selin Karaca", "0532 123 45 67")

    page.begin(name="Selin K")
    assert page.form.who.name.text() == "Selin K"
    assert suggested(page) == ["Selin Karaca"]


def test_after_a_suggestion_nothing_is_typed_any_more_and_the_button_is_next(
    page: CheckInPage, selin: Visit
) -> None:
    typed(page.form.who.name, "sel")
    pressed(page.form.who.suggestions.cards[0])
    assert page.print_button.hasFocus()

    page.clear()
    page.begin(selin.visitor)
    assert page.print_button.hasFocus()

    page.clear()
    page.begin()
    assert page.form.who.name.hasFocus()


def test_enter_moves_on_and_takes_the_first_organisation(page: CheckInPage) -> None:
    typed(page.form.who.name, "Ümit Kaya")
    QTest.keyClick(page.form.who.name, Qt.Key.Key_Return)
    assert page.form.who.phone.hasFocus()
    QTest.keyClick(page.form.who.phone, Qt.Key.Key_Return)
    assert page.form.where.organisation.hasFocus()
    typed(page.form.where.organisation, "kadin")
    assert matched(page) == ["Ege Kadın Emeği Derneği"]

    QTest.keyClick(page.form.where.organisation, Qt.Key.Key_Return)

    assert page.form.where.host is not None
    assert matched(page) == []


def test_control_and_enter_check_in(page: CheckInPage, runner: Runner, qtbot: QtBot) -> None:
    typed(page.form.who.name, "Ümit Kaya")
    with qtbot.waitSignal(page.checked_in):
        QTest.keyClick(page.form.who.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(inside(runner)) == 1


def test_the_number_on_the_badge_follows_other_check_ins(
    page: CheckInPage, runner: Runner, qtbot: QtBot, clock: Clock
) -> None:
    with runner.database.begin() as session:
        builders.visit(session, "Somebody Else")
    qtbot.waitUntil(lambda: page.badge.face is not None and page.badge.face.number == 3)


def test_every_word_follows_the_language(page: CheckInPage) -> None:
    text.use_language("tr")
    page.retranslate()
    assert page.print_button.words() != ""
    page.form.who.retranslate()
    assert page.form.who.name.accessibleName() == "Ad soyad"
    assert page.print_button.words() == "Giriş yap ve yazdır"


def test_the_notice_opens_where_it_stands(page: CheckInPage, runner: Runner) -> None:
    assert "90 days" in page.notice.second.text()
    assert not page.notice.text_shown.isVisible()
    pressed(page.notice)
    assert page.notice.text_shown.isVisible()


def come_in(runner: Runner, before: Visit) -> None:
    with runner.database.begin() as session:
        visitor = session.get_one(Visitor, before.visitor_id)
        visits.check_in(session, visits.Arrival(visitor=visitor), at=TUESDAY)


def deny(runner: Runner, name: str) -> None:
    with runner.database.begin() as session:
        denylist.add(session, name=name, reason="Threw chairs", until=None, at=TUESDAY)


def last_audit(runner: Runner) -> str:
    with runner.database.read() as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.action == "check_in")).all()
        return found[-1].details


def event_now(runner: Runner, selin: Visit) -> Booking:
    with runner.database.begin() as session:
        room = session.scalars(select(Room).order_by(Room.position)).first()
        assert room is not None
        booking = Booking(
            room_id=room.id,
            organisation_id=selin.host_id,
            title="Kompost Atölyesi",
            kind="workshop",
            starts_at=TUESDAY - timedelta(minutes=12),
            ends_at=TUESDAY + timedelta(hours=1),
            wall_start="2026-11-24T10:30",
        )
        session.add(booking)
    return booking
