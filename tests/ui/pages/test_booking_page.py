"""A room is booked, once, as a series or as an assembly; changed; and refused with what now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import bookings, fair_use, rooms, series, waiting
from civicdesk.desk.bookings import Wish
from civicdesk.models import (
    Booking,
    BookingState,
    Closure,
    Equipment,
    Layout,
    Organisation,
    Room,
    Waiting,
)
from civicdesk.text import ZONE, clock, local, utc
from civicdesk.ui.pages.booking.date_chips import DateChip
from civicdesk.ui.pages.booking_page import BookingPage
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.fields import LONGEST
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock
from tests.ui.desk import Desk
from tests.ui.widgets.finger import Finger

LEFT = Qt.MouseButton.LeftButton
FIRST = date(2026, 12, 1)
"""A Tuesday."""
WEEK = timedelta(weeks=1)


@pytest.fixture(scope="session")
def finger(qapp: QApplication) -> Finger:
    return Finger(QTest.createTouchDevice())


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> BookingPage:
    with runner.database.begin() as session:
        builders.organisation(session)
        builders.organisation(session, "Genç Kodcular Topluluğu")
    page = BookingPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def at(clock_: str, on: date = FIRST) -> datetime:
    return utc(datetime.combine(on, time.fromisoformat(clock_), ZONE))


def find(page: BookingPage, name: str) -> QWidget:
    found = [each for each in page.findChildren(QWidget, name) if each.isVisible()]
    assert found, name
    return found[-1]


def press(page: BookingPage, name: str) -> None:
    QTest.mouseClick(find(page, name), LEFT)


def write(page: BookingPage, name: str, words: str) -> None:
    """Over whatever stands there, and on to the next field."""
    field = find(page, name)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    field.insert(words)
    field.editingFinished.emit()


def room_id(runner: Runner, name: str) -> UUID:
    with runner.database.read() as session:
        return session.scalars(select(Room.id).where(Room.name == name)).one()


def taken(runner: Runner, room: str, begins: str, ends: str, on: date = FIRST, **more: object) -> UUID:
    """Another desk books a room; this one does not hear of it by itself."""
    wish = Wish(
        room_id=room_id(runner, room),
        starts_at=at(begins, on),
        ends_at=at(ends, on),
        **{"title": "Kurul", **more},  # type: ignore[arg-type]
    )
    other = Database(runner.database.path)
    with other.begin() as session:
        booking = bookings.book(session, wish, at=TUESDAY).id
    other.close()
    return booking


def drawn(runner: Runner, page: BookingPage, room: str, begins: str = "10:00", ends: str = "12:00") -> None:
    """The clerk drew a time on the calendar."""
    page.open(BookingWish(room_id=room_id(runner, room), starts_at=at(begins), ends_at=at(ends)))


def kept(runner: Runner) -> list[Booking]:
    with runner.database.read() as session:
        return list(
            session.scalars(select(Booking).where(Booking.deleted_at.is_(None)).order_by(Booking.starts_at))
        )


def settled(page: BookingPage, qtbot: QtBot) -> None:
    """The pause after the last tap is over."""
    qtbot.waitUntil(lambda: not page._pause.isActive())


def pills(page: BookingPage) -> dict[str, str]:
    return {tile.title.text(): tile.pill.text() for tile in page.side.rooms.tiles if tile.isVisible()}


def chips(page: BookingPage) -> dict[str, bool]:
    return {
        chip.objectName().removeprefix("booking_date_"): chip.isChecked()
        for chip in page.form.chips.findChildren(DateChip)
        if chip.isVisible()
    }


def say_turkish(page: BookingPage) -> None:
    text.use_language("tr")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    for each in page.findChildren(QWidget):
        QApplication.sendEvent(each, QEvent(QEvent.Type.LanguageChange))


# --- once -------------------------------------------------------------------


def test_a_room_that_was_drawn_is_booked_with_an_organisation(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    drawn(runner, page, "Defne Atölyesi")
    QTest.keyClicks(page.form.what.who.text, "kod")
    press(page, "booking_organisation_match_1")
    press(page, "booking_kind_workshop")
    press(page, "booking_goal_4")
    settled(page, qtbot)

    with qtbot.waitSignal(page.booked) as day:
        press(page, "booking_save")

    [booking] = kept(runner)
    assert day.args == [FIRST]
    assert (clock(booking.starts_at), clock(booking.ends_at)) == ("10:00", "12:00")
    assert booking.room_id == room_id(runner, "Defne Atölyesi")
    assert (booking.title, booking.kind, booking.sdg) == ("Workshop", "workshop", "4")
    assert booking.organisation_id is not None


def test_what_was_booked_can_be_taken_back_from_the_notice(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    drawn(runner, page, "Defne Atölyesi")
    write(page, "booking_title", "Kompost")

    with qtbot.waitSignal(runner.notice) as said:
        press(page, "booking_save")

    notice: Notice = said.args[0]
    assert notice.sentence == "Booked: Defne Atölyesi · 1 December Tuesday 10:00–12:00"
    assert notice.undo is not None
    runner.now(notice.undo)
    assert kept(runner) == []


def test_everything_that_is_written_is_kept(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        hall = session.scalars(select(Room).where(Room.name == "Ihlamur Salonu")).one()
        session.add(Layout(room_id=hall.id, kind="classroom", capacity=48))
        session.add(Equipment(name="Projektör", count=2))
    drawn(runner, page, "Ihlamur Salonu")
    write(page, "booking_title", "Kompost")
    write(page, "booking_people_number", "40")
    press(page, "booking_layout_classroom")
    settled(page, qtbot)
    press(page, "booking_gear_1_more")
    press(page, "booking_setup_more")
    write(page, "booking_contact", "Selin Karaca")
    write(page, "booking_phone", "0532 123 45 67")
    write(page, "booking_note", "Kapı açık kalsın")
    write(page, "booking_themes", "Afet, Gençlik")
    QTest.keyClicks(page.form.more.partner.text, "ege")
    press(page, "booking_partner_match_1")
    press(page, "booking_firm_tentative")
    settled(page, qtbot)
    press(page, "booking_save")

    [booking] = kept(runner)
    assert (booking.people, booking.layout, booking.setup_minutes) == (40, "classroom", 5)
    assert (booking.contact_name, booking.contact_phone) == ("Selin Karaca", "+905321234567")
    assert (booking.note, booking.themes) == ("Kapı açık kalsın", "Afet\nGençlik")
    assert booking.state == BookingState.TENTATIVE
    with runner.database.read() as session:
        assert [each.name for each in bookings.partners_of(session, booking.id)] == [
            "Ege Kadın Emeği Derneği"
        ]
        assert list(bookings.equipment_of(session, booking.id).values()) == [1]


def test_the_keyboard_alone_books_a_room(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    page.search(FIRST)
    QTest.keyClicks(page.form.when.begins.time, "930")
    QTest.keyClick(page.form.when.begins.time, Qt.Key.Key_Tab)
    settled(page, qtbot)
    page.form.what.who.text.setFocus()
    QTest.keyClicks(page.form.what.who.text, "ege")
    QTest.keyClick(page.form.what.who.text, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    [booking] = kept(runner)
    assert (clock(booking.starts_at), clock(booking.ends_at)) == ("09:30", "11:30")
    assert local(booking.starts_at).date() == FIRST


def test_a_finger_chooses_a_room_and_books_it(
    finger: Finger, page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    page.move(-600, -100)  # the screen of the tests is smaller than the page
    drawn(runner, page, "Defne Atölyesi")
    write(page, "booking_title", "Kompost")
    tile = next(each for each in page.side.rooms.tiles if each.title.text() == "Ihlamur Salonu")
    finger.tap(tile)
    qtbot.waitUntil(tile.isChecked)  # what scrolls by finger waits whether it is a tap

    with qtbot.waitSignal(page.booked):
        finger.tap(page.side.save)

    assert [booking.room_id for booking in kept(runner)] == [room_id(runner, "Ihlamur Salonu")]


def test_to_look_for_a_free_room_begins_with_the_time(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    taken(runner, "Çınar Odası", "11:00", "12:00")

    page.search(FIRST)

    assert page.title.text() == "Find a free room"
    assert page.form.when.begins.time.hasFocus()
    write(page, "booking_begins_time", "10:00")
    settled(page, qtbot)
    assert pills(page) == {
        "Defne Atölyesi": "free",
        "Ihlamur Salonu": "free",
        "Çınar Odası": "taken after 11:00",
    }


def test_the_end_goes_along_with_the_beginning(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Çınar Odası", "10:00", "11:30")

    press(page, "booking_begins_more")

    assert page.form.when.ends.value() == "12:00"


def test_more_kinds_and_all_seventeen_goals_are_one_tap_away(page: BookingPage) -> None:
    page.open(BookingWish())
    assert [pill.isVisible() for pill in page.form.goals.pills.values()].count(True) == 3

    press(page, "booking_goal_more")
    press(page, "booking_kind_more")
    press(page, "booking_kind_cultural")

    assert all(pill.isVisible() for pill in page.form.goals.pills.values())
    assert page.form.what.chosen_kind() == "cultural"
    assert page.form.what.title.placeholderText() == "Cultural event"


def test_what_is_half_written_stays_when_the_page_is_opened_again(page: BookingPage) -> None:
    page.open(BookingWish())
    write(page, "booking_title", "Kompost")

    page.open(BookingWish())

    assert page.form.what.title.text() == "Kompost"


# --- series -----------------------------------------------------------------


def weekly(runner: Runner, page: BookingPage, qtbot: QtBot, times: int = 4) -> None:
    drawn(runner, page, "Defne Atölyesi")
    write(page, "booking_title", "Kompost")
    press(page, "booking_repeat_weekly")
    page.form.repeat.count.set_value(times)
    settled(page, qtbot)


def test_a_series_skips_the_closed_day_and_says_so(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        session.add(Closure(on=FIRST + WEEK, reason="Sayım"))
    weekly(runner, page, qtbot)

    assert page.side.save.words() == "Book 3 days"
    assert page.side.foot.text() == "Skipped: 8 December (Sayım)"
    press(page, "booking_save")

    assert [(booking.state, booking.why != "") for booking in kept(runner)] == [
        (BookingState.CONFIRMED, False),
        (BookingState.SKIPPED, True),
        (BookingState.CONFIRMED, False),
        (BookingState.CONFIRMED, False),
    ]


def test_why_a_day_is_closed_is_said_once(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        session.add(Closure(on=FIRST + WEEK, reason="Bakım"))
    weekly(runner, page, qtbot)

    said = find(page, "booking_date_20261208").accessibleName()
    assert said.count("Bakım") == 1


def test_a_taken_day_of_a_series_is_left_out_by_itself(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    taken(runner, "Defne Atölyesi", "11:00", "13:00", FIRST + 2 * WEEK, title="Okuma Topluluğu")
    weekly(runner, page, qtbot)

    assert pills(page)["Defne Atölyesi"] == "free on 3 of 4 days"
    assert page.side.foot.text() == "Skipped: 15 December (Okuma Topluluğu)"
    press(page, "booking_save")

    states = [booking.state for booking in kept(runner) if booking.title == "Kompost"]
    assert states.count(BookingState.CONFIRMED) == 3


def test_a_day_is_tapped_out_and_in_again(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    weekly(runner, page, qtbot)

    press(page, "booking_date_20261208")
    assert page.side.save.words() == "Book 3 days"
    press(page, "booking_date_20261215")
    press(page, "booking_date_20261208")
    assert chips(page) == {"20261201": True, "20261208": True, "20261215": False, "20261222": True}
    press(page, "booking_save")

    out = [local(booking.starts_at).day for booking in kept(runner) if booking.state == BookingState.SKIPPED]
    assert out == [15]


def test_a_closed_day_that_is_tapped_in_needs_a_reason(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        session.add_all(Closure(on=FIRST + n * WEEK, reason="Sayım") for n in (1, 2))
    weekly(runner, page, qtbot)
    press(page, "booking_date_20261208")
    press(page, "booking_save")
    assert kept(runner) == []

    write(page, "booking_override", "Müdür izin verdi")
    press(page, "booking_refusal_1")

    found = kept(runner)
    assert [booking.state for booking in found].count(BookingState.SKIPPED) == 1
    assert found[1].why == "Müdür izin verdi"


def test_the_days_of_the_week_and_a_last_day_make_the_rule(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    weekly(runner, page, qtbot)
    press(page, "booking_weekday_3")
    press(page, "booking_repeat_end_until")
    page.form.repeat.until.set_value(date(2026, 12, 10))
    settled(page, qtbot)

    assert page.form.repeat.rule() == "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261210"
    assert list(chips(page)) == ["20261201", "20261203", "20261208", "20261210"]


def test_every_month_is_by_the_day_or_by_the_weekday(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    weekly(runner, page, qtbot, times=3)
    press(page, "booking_repeat_monthly")
    settled(page, qtbot)
    assert list(chips(page)) == ["20261201", "20270101", "20270201"]

    press(page, "booking_monthly_weekday")
    settled(page, qtbot)

    assert page.form.repeat.rule() == "FREQ=MONTHLY;BYDAY=1TU;COUNT=3"
    assert list(chips(page)) == ["20261201", "20270105", "20270202"]


def test_a_whole_year_of_days_shows_the_first_ones_and_says_how_many_more(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    weekly(runner, page, qtbot)
    press(page, "booking_repeat_daily")
    page.form.repeat.count.set_value(366)
    qtbot.waitUntil(lambda: page.form.chips.more.words() == "Show 318 more days")

    assert len(chips(page)) == 48
    press(page, "booking_dates_more")
    assert len(chips(page)) == 366


# --- refusals ---------------------------------------------------------------


def test_two_desks_that_take_the_same_hour_leave_everything_typed(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    drawn(runner, page, "Defne Atölyesi")
    write(page, "booking_title", "Kompost")
    taken(runner, "Defne Atölyesi", "11:00", "13:00", title="Okuma Topluluğu")
    assert pills(page)["Defne Atölyesi"] == "free"

    press(page, "booking_save")

    assert [booking.title for booking in kept(runner)] == ["Okuma Topluluğu"]
    assert "is taken until 13:00: Okuma Topluluğu" in page.side.banner.sentence.text()
    assert page.form.what.title.text() == "Kompost"
    assert pills(page)["Defne Atölyesi"] == "taken after 11:00"
    near = [tile.second.text() for tile in page.side.near.tiles if tile.isVisible()]
    assert "60 minutes earlier" in near


def test_what_is_near_is_taken_by_a_tap(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    taken(runner, "Defne Atölyesi", "11:30", "13:00")
    drawn(runner, page, "Defne Atölyesi")
    write(page, "booking_title", "Kompost")
    near = next(each for each in page.side.near.tiles if each.second.text() == "30 minutes earlier")

    near.click()
    press(page, "booking_save")

    booking = next(each for each in kept(runner) if each.title == "Kompost")
    assert (clock(booking.starts_at), clock(booking.ends_at)) == ("09:30", "11:30")
    assert booking.room_id == room_id(runner, "Defne Atölyesi")


def test_a_taken_room_offers_the_waiting_list(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    taken(runner, "Defne Atölyesi", "11:00", "13:00")
    drawn(runner, page, "Defne Atölyesi")
    write(page, "booking_title", "Kompost")
    press(page, "booking_save")

    with qtbot.waitSignal(runner.notice) as said:
        press(page, "booking_refusal_1")

    with runner.database.read() as session:
        [wish] = waiting.open_wishes(session, at=TUESDAY)
        assert (wish.title, wish.room_id) == ("Kompost", room_id(runner, "Defne Atölyesi"))
    runner.now(said.args[0].undo)
    with runner.database.read() as session:
        assert session.scalars(select(Waiting).where(Waiting.deleted_at.is_(None))).all() == []


def test_a_closed_day_can_be_booked_with_a_reason(page: BookingPage, runner: Runner) -> None:
    page.open(
        BookingWish(
            room_id=room_id(runner, "Defne Atölyesi"),
            starts_at=at("19:00"),
            ends_at=at("21:00"),
        )
    )
    write(page, "booking_title", "Kompost")
    press(page, "booking_save")
    assert page.side.banner.sentence.text() == "The centre is open 09:00–19:30 then."

    press(page, "booking_refusal_1")
    assert page.side.why_field.trouble.text() == "Write why; it is kept with the booking."
    write(page, "booking_override", "Konser")
    press(page, "booking_refusal_1")

    assert [booking.why for booking in kept(runner)] == ["Konser"]


def test_over_the_fair_use_it_says_so_before_and_asks_why(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        fair_use.set_limit(session, "meeting", 3, at=TUESDAY)
        host = session.scalars(select(Organisation).where(Organisation.name.like("Genç%"))).one()
        wish = Wish(
            room_id=room_id(runner, "Çınar Odası"),
            starts_at=at("13:00"),
            ends_at=at("15:00"),
            organisation_id=host.id,
        )
        bookings.book(session, wish, at=TUESDAY)
    drawn(runner, page, "Defne Atölyesi")
    QTest.keyClicks(page.form.what.who.text, "kod")
    press(page, "booking_organisation_match_1")
    settled(page, qtbot)

    assert page.side.use.said.text() == "December 2 / 3 hours"
    assert page.side.use.after.text() == "with this booking 4"
    press(page, "booking_save")
    assert "4 of 3 hours" in page.side.banner.sentence.text()


@pytest.mark.parametrize(
    ("begins", "ends", "sentence"),
    [
        ("12:00", "10:00", "The end must be later than the beginning."),
        ("12:00", "12:00", "The end must be later than the beginning."),
        ("10:02", "12:00", "Bookings begin and end on five minutes, such as 10:00 or 10:05."),
    ],
)
def test_times_that_cannot_be_are_told_at_the_times(
    page: BookingPage, runner: Runner, begins: str, ends: str, sentence: str
) -> None:
    page.open(BookingWish())
    write(page, "booking_title", "Kompost")
    write(page, "booking_begins_time", begins)
    write(page, "booking_ends_time", ends)
    press(page, "booking_save")

    assert page.form.when.ends_field.trouble.text() == sentence
    assert kept(runner) == []


@pytest.mark.parametrize("typed", ["01.01.1900", "24.11.2200"])
def test_a_year_that_cannot_be_is_told(page: BookingPage, runner: Runner, typed: str) -> None:
    page.open(BookingWish())
    write(page, "booking_title", "Kompost")
    write(page, "booking_day_date", typed)
    press(page, "booking_save")

    assert page.form.when.on.value().year == int(typed[-4:])
    assert page.form.when.ends_field.trouble.text() == "This year cannot be right. Look at the date again."
    assert kept(runner) == []


@pytest.mark.parametrize("typed", ["", "kırk", "99.99.2026", "😀", "1" * 300])
def test_what_is_no_date_is_told_and_no_other_day_is_booked_for_it(
    page: BookingPage, runner: Runner, typed: str
) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    write(page, "booking_day_date", typed)
    press(page, "booking_save")

    assert page.form.when.day_field.trouble.text() == "Write the date as 24.11.2026."
    assert page.form.when.on.date.text() == typed[:LONGEST]
    assert kept(runner) == []

    write(page, "booking_day_date", f"{FIRST:%d.%m.%Y}")
    press(page, "booking_save")
    assert [local(booking.starts_at).date() for booking in kept(runner)] == [FIRST]


@pytest.mark.parametrize("field", ["booking_begins_time", "booking_ends_time"])
@pytest.mark.parametrize("typed", ["", "öğlen", "25:00", "12:60", "1" * 300])
def test_what_is_no_time_is_told_and_no_other_time_is_booked_for_it(
    page: BookingPage, runner: Runner, field: str, typed: str
) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    write(page, field, typed)
    press(page, "booking_save")

    assert page.form.when.ends_field.trouble.text() == "Write times as 09:00."
    assert kept(runner) == []

    write(page, field, "11:00")
    press(page, "booking_save")
    assert len(kept(runner)) == 1


def test_a_last_day_that_is_none_is_told(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    press(page, "booking_repeat_weekly")
    press(page, "booking_repeat_end_until")
    write(page, "booking_until_date", "31.02.2027")
    press(page, "booking_save")

    assert page.form.repeat.trouble.trouble.text().startswith("Write the date as")
    assert kept(runner) == []


def test_midnight_as_an_end_is_the_one_that_comes(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_begins_time", "22:00")
    write(page, "booking_ends_time", "00:00")

    assert page.form.when.ends.time.text() == "24:00"
    assert page.form.when.length() == timedelta(hours=2)


def test_ten_thousand_people_fit_into_no_room(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    write(page, "booking_people_number", "10000")
    settled(page, qtbot)
    press(page, "booking_save")

    assert pills(page)["Çınar Odası"] == "holds 16 people"
    assert "holds 16 people like this" in page.side.banner.sentence.text()
    assert kept(runner) == []


def test_more_equipment_than_there_is_is_told_and_not_booked_without(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        session.add(Equipment(name="Projektör", count=3))
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    qtbot.waitUntil(page.form.needs.pieces["Projektör"].isVisible)
    pieces = page.form.needs.pieces["Projektör"].number
    pieces.setFocus()
    QTest.keyClicks(pieces, "9")
    QTest.keyClick(pieces, Qt.Key.Key_Tab)
    settled(page, qtbot)
    press(page, "booking_save")

    assert kept(runner) == []
    assert page.side.banner.isVisible()


def test_a_booking_that_goes_on_after_midnight_can_be_changed(page: BookingPage, runner: Runner) -> None:
    wish = Wish(
        room_id=room_id(runner, "Çınar Odası"), starts_at=at("22:00"), ends_at=at("22:00"), title="Nöbet"
    )
    with runner.database.begin() as session:
        wish = replace(wish, ends_at=wish.starts_at + timedelta(hours=3))
        booking = bookings.book(session, wish, at=TUESDAY, override="nöbet")
    page.open(BookingWish(booking_id=booking.id, starts_at=booking.starts_at, ends_at=booking.ends_at))
    write(page, "booking_title", "Gece nöbeti")
    press(page, "booking_save")

    changed = kept(runner)[0]
    assert (changed.title, changed.ends_at - changed.starts_at) == ("Gece nöbeti", timedelta(hours=3))


def test_nothing_written_is_asked_for(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Çınar Odası")
    press(page, "booking_save")

    assert page.form.what.title_field.trouble.text() == (
        "Write what the room is wanted for, or choose the organisation."
    )
    assert kept(runner) == []


def test_a_half_typed_organisation_is_not_lost(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Çınar Odası")
    QTest.keyClicks(page.form.what.who.text, "kodc")
    press(page, "booking_save")

    assert page.form.what.who.field.trouble.text() == (
        "Choose an organisation from the list, or leave the field empty."
    )
    assert kept(runner) == []


@pytest.mark.parametrize(
    ("field", "typed", "at_field"),
    [
        ("booking_phone", "abc", "phone_field"),
        ("booking_note", "10000000146", "note_field"),
        ("booking_contact", "123", "contact_field"),
    ],
)
def test_what_may_not_be_written_is_told_at_its_field(
    page: BookingPage, runner: Runner, field: str, typed: str, at_field: str
) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    write(page, field, typed)
    press(page, "booking_save")

    assert getattr(page.form.more, at_field).trouble.text() != ""
    assert kept(runner) == []


def test_without_rooms_it_says_who_adds_them(runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        for each in session.scalars(select(Room)):
            rooms.remove(session, each.id, at=TUESDAY)
    page = BookingPage(runner)
    qtbot.addWidget(page)
    page.show()
    page.open(BookingWish())
    press(page, "booking_save")

    assert page.side.nothing.text() == "There are no rooms yet; managers add them in the settings."
    assert page.side.banner.sentence.text().startswith("No room suits.")


def test_a_double_tap_books_once(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Çınar Odası")
    write(page, "booking_title", "Kompost")
    QTest.mouseClick(page.side.save, LEFT)
    QTest.mouseDClick(page.side.save, LEFT)

    assert len(kept(runner)) == 1


# --- assemblies -------------------------------------------------------------


def assembly(runner: Runner, page: BookingPage, qtbot: QtBot, on: date = date(2026, 12, 15)) -> None:
    page.open(
        BookingWish(
            room_id=room_id(runner, "Ihlamur Salonu"), starts_at=at("10:00", on), ends_at=at("12:00", on)
        )
    )
    write(page, "booking_title", "Olağan genel kurul")
    press(page, "booking_kind_general_assembly")
    settled(page, qtbot)


def test_a_general_assembly_books_both_calls(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    assembly(runner, page, qtbot)
    assert page.side.save.words() == "Book both calls"
    assert page.form.assembly.warning.text() == ""
    press(page, "booking_save")

    first, second = kept(runner)
    assert second.call_of_id == first.id
    assert second.starts_at - first.starts_at == WEEK
    assert second.room_id == first.room_id


def test_where_the_room_is_taken_the_second_call_goes_to_a_free_one(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    taken(runner, "Ihlamur Salonu", "09:00", "18:00", date(2026, 12, 22))
    assembly(runner, page, qtbot)

    assert page.form.assembly.room.text() == "Free then: Çınar Odası"


def test_a_closed_second_day_is_not_proposed(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        session.add(Closure(on=date(2026, 12, 22), reason="Sayım"))
    assembly(runner, page, qtbot)
    qtbot.waitUntil(lambda: page.form.assembly.on.value() == date(2026, 12, 23))

    assert page.form.assembly.room.text() == "Free then: Ihlamur Salonu"


def test_short_notice_and_an_odd_gap_are_warned_of_and_booked_all_the_same(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    assembly(runner, page, qtbot, FIRST)
    page.form.assembly.on.set_value(FIRST + timedelta(days=3))
    settled(page, qtbot)

    assert page.form.assembly.warning.text().splitlines() == [
        "Members are called at least 15 days before; it is 7 days.",
        "The second call is 7 to 60 days after the first; it is 3 days.",
    ]
    press(page, "booking_save")
    assert len(kept(runner)) == 2


def test_without_a_second_call_an_assembly_is_one_booking(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    assembly(runner, page, qtbot)
    press(page, "booking_second_call")
    settled(page, qtbot)
    press(page, "booking_save")

    assert len(kept(runner)) == 1


# --- changing ---------------------------------------------------------------


def test_a_booking_is_changed_all_at_once_and_taken_back_at_once(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    booking = taken(runner, "Çınar Odası", "10:00", "12:00")
    page.open(BookingWish(booking_id=booking))
    assert page.title.text() == "Change the booking"
    assert page.form.what.title.text() == "Kurul"

    write(page, "booking_title", "Yönetim kurulu")
    write(page, "booking_people_number", "100")
    write(page, "booking_ends_time", "13:00")
    settled(page, qtbot)
    next(each for each in page.side.near.tiles if "Ihlamur" in each.title.text()).click()
    with qtbot.waitSignal(runner.notice) as said:
        press(page, "booking_save")

    [now] = kept(runner)
    assert (now.id, now.title, now.people, clock(now.ends_at)) == (booking, "Yönetim kurulu", 100, "13:00")
    assert now.room_id == room_id(runner, "Ihlamur Salonu")
    runner.now(said.args[0].undo)
    [before] = kept(runner)
    assert (before.title, before.people, clock(before.ends_at)) == ("Kurul", 1, "12:00")
    assert before.room_id == room_id(runner, "Çınar Odası")


def a_series(runner: Runner) -> list[UUID]:
    wish = Wish(
        room_id=room_id(runner, "Çınar Odası"), starts_at=at("10:00"), ends_at=at("11:00"), title="Kurul"
    )
    with runner.database.begin() as session:
        return [each.id for each in series.book(session, wish, "FREQ=WEEKLY;COUNT=4", at=TUESDAY)]


def test_of_a_series_only_one_is_changed_unless_more_are_meant(page: BookingPage, runner: Runner) -> None:
    second = a_series(runner)[1]
    page.open(BookingWish(booking_id=second))
    assert page.second.text().endswith("every Tuesday")
    write(page, "booking_title", "Kompost")
    press(page, "booking_save")

    assert [booking.title for booking in kept(runner)] == ["Kurul", "Kompost", "Kurul", "Kurul"]


def test_this_and_the_following_of_a_series_are_moved_and_renamed_and_taken_back(
    page: BookingPage, runner: Runner, qtbot: QtBot
) -> None:
    second = a_series(runner)[1]
    page.open(BookingWish(booking_id=second))
    press(page, "booking_scope_following")
    assert page.side.save.words() == "Change 3 days"
    write(page, "booking_title", "Kompost")
    write(page, "booking_begins_time", "14:00")
    with qtbot.waitSignal(runner.notice) as said:
        press(page, "booking_save")

    found = [(booking.title, clock(booking.starts_at)) for booking in kept(runner)]
    assert found == [("Kurul", "10:00"), *[("Kompost", "14:00")] * 3]
    runner.now(said.args[0].undo)
    assert {(booking.title, clock(booking.starts_at)) for booking in kept(runner)} == {("Kurul", "10:00")}


def test_a_booking_that_needs_another_room_is_shown_those_that_suit(
    page: BookingPage, runner: Runner
) -> None:
    booking_id = taken(runner, "Çınar Odası", "10:00", "12:00")
    with runner.database.read() as session:
        booking = bookings.one(session, booking_id)

    page.search(booking)

    assert page.title.text() == "Change the booking"
    assert pills(page)["Defne Atölyesi"] == "free"


def test_what_is_over_is_not_changed(page: BookingPage, runner: Runner, clock: Clock) -> None:
    booking = taken(runner, "Çınar Odası", "10:00", "12:00")
    page.open(BookingWish(booking_id=booking))
    clock.forward(days=30)
    write(page, "booking_title", "Kompost")
    press(page, "booking_save")

    assert "is over" in page.side.banner.sentence.text()
    assert page.form.what.title.text() == "Kompost"


# --- the screen --------------------------------------------------------------


def test_the_page_speaks_turkish(page: BookingPage, runner: Runner, qtbot: QtBot) -> None:
    taken(runner, "Defne Atölyesi", "11:00", "13:00", FIRST + WEEK)
    weekly(runner, page, qtbot)
    say_turkish(page)

    assert page.title.text() == "Yeni rezervasyon"
    assert page.form.goals.pills[4].words() == "4 Nitelikli eğitim"
    assert page.side.save.words() == "3 oturumu ayır"
    assert pills(page)["Defne Atölyesi"] == "4 günün 3 tanesi boş"
    assert page.form.repeat.often.pills["weekly"].words() == "Her hafta · 4 kez"


def test_what_is_booked_meanwhile_on_this_desk_is_seen(page: BookingPage, runner: Runner) -> None:
    drawn(runner, page, "Defne Atölyesi")
    assert pills(page)["Defne Atölyesi"] == "free"
    wish = Wish(
        room_id=room_id(runner, "Defne Atölyesi"), starts_at=at("11:00"), ends_at=at("13:00"), title="Kurul"
    )

    runner.now(lambda session: bookings.book(session, wish, at=TUESDAY))

    assert pills(page)["Defne Atölyesi"] == "taken after 11:00"
    spoken = find(page, "booking_room_1").accessibleName()
    assert spoken.count("Kurul") == 1


def test_every_room_is_shown_when_wanted(page: BookingPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        for number in range(27):
            rooms.add(session, at=TUESDAY, name=f"Oda {number}", capacity=20)
    page.open(BookingWish(starts_at=at("10:00"), ends_at=at("12:00")))
    assert len(pills(page)) == 4

    press(page, "booking_rooms_more")

    assert len(pills(page)) == 30


def test_a_long_name_from_far_away_changes_nothing(page: BookingPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        builders.organisation(session, "جمعية الصداقة " + "ü" * 180)
    drawn(runner, page, "Çınar Odası")
    QTest.keyClicks(page.form.what.who.text, "uuu")
    page.form.what.who.text.setText("جمعية")
    page.form.what.who.text.textEdited.emit("جمعية")
    press(page, "booking_organisation_match_1")
    press(page, "booking_save")

    assert [booking.organisation_id is not None for booking in kept(runner)] == [True]


def test_from_the_calendar_to_the_booking_and_back_to_its_day(
    runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(runner, qtbot, tmp_path).let_in()
    desk.window.go("rooms")
    desk.press("rooms_book")
    assert desk.page == "booking"

    page = desk.window.pages.booking
    page.open(BookingWish(starts_at=at("10:00"), ends_at=at("12:00")))
    page.form.what.title.setText("Kompost")
    desk.press("booking_save")

    assert desk.page == "rooms"
    assert desk.window.pages.rooms.days.on == FIRST
    desk.press("notice_undo")
    assert kept(runner) == []


def test_a_form_that_nobody_has_begun_offers_no_second_call(page: BookingPage) -> None:
    assert page.form.what.chosen_kind() == "meeting"
    assert not page.form.assembly.isVisible()
    assert page.form.second_day() is None
