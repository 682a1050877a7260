"""The calendar as a clerk works it: seen, drawn on, dragged, asked about series, settled, and taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import bookings, series
from civicdesk.desk.bookings import Wish
from civicdesk.models import Booking, BookingState, Room
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.pages.rooms_page import RoomsPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT, THEMES
from tests import builders
from tests.conftest import Clock
from tests.ui.widgets.finger import Finger

H = 60
LEFT = Qt.MouseButton.LeftButton
HOUR = timedelta(hours=1)
NOON = builders.TUESDAY.replace(hour=9, minute=0)  # 12:00 in the centre


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def finger(screen: QPointingDevice) -> Finger:
    return Finger(screen)


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> RoomsPage:
    shown = RoomsPage(runner)
    qtbot.addWidget(shown)
    shown.resize(1270, 700)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
    return shown


def room(runner: Runner, name: str = "Ihlamur Salonu") -> UUID:
    with runner.database.read() as session:
        return session.scalars(select(Room.id).where(Room.name == name)).one()


def book(runner: Runner, at: Clock | None = None, **other: object) -> Booking:
    starts_at = other.pop("starts_at", NOON)
    assert isinstance(starts_at, datetime)
    wish = {
        "room_id": room(runner),
        "starts_at": starts_at,
        "ends_at": starts_at + HOUR,
        "title": "Panel: Kent ve iklim",
        "people": 12,
    } | other
    when = at() if at else builders.TUESDAY
    with runner.database.begin() as session:
        return bookings.book(session, Wish(**wish), at=when)  # type: ignore[arg-type]


def every_week(runner: Runner, count: int = 4) -> list[Booking]:
    wish = Wish(room_id=room(runner), starts_at=NOON, ends_at=NOON + HOUR, title="Bilişim eğitimi")
    with runner.database.begin() as session:
        return list(series.book(session, wish, f"FREQ=WEEKLY;COUNT={count}", at=builders.TUESDAY))


def kept(runner: Runner, booking: Booking) -> Booking:
    with runner.database.read() as session:
        return bookings.one(session, booking.id)


def all_kept(runner: Runner, row: list[Booking]) -> list[datetime]:
    return [kept(runner, each).starts_at for each in row]


def drag(page: RoomsPage, start: QPoint, end: QPoint, *, let_go: bool = True) -> None:
    port = page.timeline.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(port, start + (end - start) * part)
    if let_go:
        QTest.mouseRelease(port, LEFT, pos=end)


def tap(page: RoomsPage, booking: Booking) -> None:
    box = page.timeline.block_box(booking.id)
    QTest.mouseClick(page.timeline.viewport(), LEFT, pos=box.center())


def press(page: RoomsPage, name: str) -> None:
    QApplication.processEvents()
    found = next(each for each in page.findChildren(QPushButton, name) if each.isVisible())
    QTest.mouseClick(found, LEFT)


def buttons(widget: QWidget) -> list[str]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    return [each.objectName() for each in widget.findChildren(QPushButton) if each.isVisible()]


def focus() -> str:
    found = QApplication.focusWidget()
    return found.objectName() if found else ""


def space() -> None:
    found = QApplication.focusWidget()
    assert found is not None
    QTest.keyClick(found, Qt.Key.Key_Space)


def ghost_says(page: RoomsPage) -> str:
    assert page.timeline.hand.ghost is not None
    return page.timeline.judge(page.timeline.hand.ghost)


# --- what is seen -----------------------------------------------------------------


def test_the_day_shows_every_room_with_its_bookings(page: RoomsPage, runner: Runner) -> None:
    booking = book(runner)

    plan = page.timeline.plan
    assert [row.title for row in plan.rows] == ["Çınar Odası", "Ihlamur Salonu", "Defne Atölyesi"]
    assert [(block.key, block.row, block.start, block.end) for block in plan.blocks] == [
        (booking.id, booking.room_id, 12 * H, 13 * H)
    ]
    assert plan.now == 10 * H + 42
    assert page.head.title.words() == "24 November Tuesday"
    assert page.head.modes.value() == "day"


def test_a_screen_reader_finds_each_room_and_booking(page: RoomsPage, runner: Runner) -> None:
    book(runner)
    table = QAccessible.queryAccessibleInterface(page.timeline)
    spoken = {table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount()) if table.child(n)}

    assert "12:00–13:00 · Ihlamur Salonu · Panel: Kent ve iklim · Meeting · Confirmed" in spoken
    assert any(words.startswith("Çınar Odası · 16 people") for words in spoken)


@pytest.mark.parametrize(
    ("key", "modifier", "shown"),
    [
        (Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "25 November Wednesday"),
        (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier, "23 November Monday"),
    ],
)
def test_page_keys_go_to_the_next_day_and_control_home_back_to_today(
    page: RoomsPage, key: Qt.Key, modifier: Qt.KeyboardModifier, shown: str
) -> None:
    page.timeline.setFocus()
    QTest.keyClick(page.timeline, key, modifier)
    assert page.head.title.words() == shown

    QTest.keyClick(page.timeline, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert page.head.title.words() == "24 November Tuesday"


def test_the_date_opens_a_small_month_that_leads_to_any_day(page: RoomsPage) -> None:
    QTest.mouseClick(page.head.title, LEFT)
    picker = page.head.picker
    assert picker.isVisible()
    QTest.mouseClick(picker.later, LEFT)
    assert picker.title.text() == "December 2026"

    QTest.keyClick(picker.month, Qt.Key.Key_Right)
    QTest.keyClick(picker.month, Qt.Key.Key_Return)

    assert not picker.isVisible()
    assert page.days.on == date(2026, 12, 2)


def test_a_month_opens_a_day_and_a_room_its_week(page: RoomsPage, runner: Runner) -> None:
    press(page, "rooms_mode_month")
    assert page.stack.currentWidget() is page.month
    page.month.day_opened.emit(date(2026, 11, 26))
    assert page.stack.currentWidget() is page.timeline
    assert page.head.modes.value() == "day"

    page.timeline.row_opened.emit(room(runner))

    assert page.head.title.words().startswith("Ihlamur Salonu · 23")
    assert len(page.timeline.plan.rows) == 7


def test_a_centre_without_rooms_says_how_to_add_one(page: RoomsPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        for each in session.scalars(select(Room)):
            each.deleted_at = builders.TUESDAY

    assert page.empty.isVisible()
    with qtbot.waitSignal(page.add_room_wanted):
        press(page, "rooms_add_room")


def test_the_line_of_now_goes_on(page: RoomsPage, clock: Clock) -> None:
    clock.forward(minutes=3)
    page.tick()

    assert page.timeline.plan.now == 10 * H + 45


# --- drawing, moving, pulling -----------------------------------------------------


def test_drawing_on_free_time_asks_for_the_booking_page(
    page: RoomsPage, runner: Runner, qtbot: QtBot
) -> None:
    where = room(runner)
    with qtbot.waitSignal(page.booking_wanted) as wanted:
        drag(page, page.timeline.point(where, 14 * H), page.timeline.point(where, 15 * H + 30))

    begins = NOON + 2 * HOUR
    assert wanted.args == [BookingWish(room_id=where, starts_at=begins, ends_at=begins + 1.5 * HOUR)]


def test_a_dragged_booking_is_moved_told_and_taken_back(
    page: RoomsPage, runner: Runner, said: list[Notice]
) -> None:
    booking, there = book(runner), room(runner, "Defne Atölyesi")

    drag(page, page.timeline.block_box(booking.id).center(), page.timeline.point(there, 15 * H))

    moved = kept(runner, booking)
    assert (moved.room_id, moved.ends_at - moved.starts_at) == (there, HOUR)
    assert moved.starts_at > booking.starts_at
    assert said[-1].sentence.startswith("“Panel: Kent ve iklim” is now on 24 November Tuesday, ")
    assert said[-1].undo is not None

    runner.now(said[-1].undo)
    assert kept(runner, booking).room_id == booking.room_id
    assert kept(runner, booking).starts_at == booking.starts_at


def test_an_end_that_is_pulled_makes_a_booking_longer(page: RoomsPage, runner: Runner) -> None:
    booking = book(runner)
    box = page.timeline.block_box(booking.id)
    grip = QPoint(box.right() - 2, box.center().y())
    hour = page.timeline.point(booking.room_id, 13 * H).x() - page.timeline.point(booking.room_id, 12 * H).x()

    drag(page, grip, grip + QPoint(hour, 0))

    assert kept(runner, booking).ends_at == booking.ends_at + HOUR


def test_a_booking_is_moved_by_keys_alone(page: RoomsPage, runner: Runner) -> None:
    booking = book(runner)
    page.timeline.setFocus()
    page.timeline.choose(booking.id)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(page.timeline, key)

    moved = kept(runner, booking)
    assert moved.room_id == room(runner, "Defne Atölyesi")
    assert moved.starts_at == booking.starts_at + timedelta(minutes=15)


def test_a_booking_is_moved_by_a_finger_held_still(
    page: RoomsPage, runner: Runner, finger: Finger, qtbot: QtBot
) -> None:
    booking = book(runner)
    port, at = page.timeline.viewport(), page.timeline.block_box(booking.id).center()
    there = page.timeline.point(booking.room_id, 16 * H)
    finger.press(port, at)
    qtbot.waitUntil(lambda: page.timeline.hand.holds)
    finger.move(port, there)
    finger.release(port, there)

    assert kept(runner, booking).starts_at > booking.starts_at + 2 * HOUR


@pytest.mark.parametrize(
    ("where", "minute", "sentence"),
    [
        ("Çınar Odası", 14 * H, "“Çınar Odası” holds 16 people like this."),
        ("Ihlamur Salonu", 9 * H + 30, "This time has passed."),
        ("Ihlamur Salonu", 19 * H + 15, "The centre is open 09:00–19:30 then."),
        ("Defne Atölyesi", 15 * H, "“Defne Atölyesi” is taken until 17:00: Kod atölyesi."),
    ],
)
def test_the_ghost_says_why_a_booking_cannot_stand_there_and_it_goes_back(
    page: RoomsPage, runner: Runner, where: str, minute: int, sentence: str
) -> None:
    booking = book(runner, people=20)
    book(
        runner,
        room_id=room(runner, "Defne Atölyesi"),
        starts_at=NOON + 2 * HOUR,
        ends_at=NOON + 5 * HOUR,
        title="Kod atölyesi",
    )
    centre = page.timeline.block_box(booking.id).center()
    half = page.timeline.point(booking.room_id, 12 * H + 30)
    there = page.timeline.point(room(runner, where), minute) + (centre - half)

    drag(page, half, there, let_go=False)
    assert ghost_says(page).startswith(sentence)

    QTest.mouseRelease(page.timeline.viewport(), LEFT, pos=there)
    assert kept(runner, booking).room_id == booking.room_id
    assert kept(runner, booking).starts_at == booking.starts_at


def test_what_only_the_whole_desk_knows_is_said_in_the_page_with_a_way_on(
    page: RoomsPage, runner: Runner, qtbot: QtBot, clock: Clock
) -> None:
    booking = book(runner)
    page.timeline.judge = lambda _ghost: ""  # as if another desk had taken the room a moment ago
    other = book(runner, starts_at=NOON + 3 * HOUR, title="Kurul")
    assert other.room_id == booking.room_id

    drag(
        page,
        page.timeline.block_box(booking.id).center(),
        page.timeline.block_box(other.id).center(),
    )

    assert page.refusal.isVisible()
    assert "is taken until 16:00" in page.refusal.sentence.text()
    assert kept(runner, booking).starts_at == booking.starts_at
    with qtbot.waitSignal(page.booking_wanted) as wanted:
        press(page, "rooms_refusal_1")
    assert wanted.args[0].booking_id == booking.id


# --- series -----------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "moved"), [(1, [0]), (2, [0, 1, 2, 3]), (3, [0, 1, 2, 3]), (4, [])])
def test_a_series_asks_which_ones_are_moved(
    page: RoomsPage, runner: Runner, answer: int, moved: list[int]
) -> None:
    row = every_week(runner)
    before = all_kept(runner, row)
    hour = page.timeline.point(row[0].room_id, 13 * H) - page.timeline.point(row[0].room_id, 12 * H)
    at = page.timeline.block_box(row[0].id).center()

    drag(page, at, at + hour)
    assert page.scope.isVisible()
    assert all_kept(runner, row) == before
    press(page, f"series_scope_{answer}")

    assert not page.scope.isVisible()
    expected = [at_ + HOUR if n in moved else at_ for n, at_ in enumerate(before)]
    assert all_kept(runner, row) == expected


def test_escape_leaves_a_series_as_it_is(page: RoomsPage, runner: Runner) -> None:
    row = every_week(runner)
    before = all_kept(runner, row)
    at = page.timeline.block_box(row[0].id).center()
    drag(page, at, at + QPoint(150, 0))

    focus = QApplication.focusWidget()
    assert focus is page.scope.buttons[0]
    QTest.keyClick(focus, Qt.Key.Key_Escape)

    assert not page.scope.isVisible()
    assert all_kept(runner, row) == before


def test_the_following_ones_are_called_off_and_taken_back(
    page: RoomsPage, runner: Runner, said: list[Notice]
) -> None:
    row = every_week(runner)
    tap(page, row[0])
    press(page, "booking_act_cancel")
    press(page, "series_scope_2")

    assert {kept(runner, each).state for each in row} == {BookingState.CANCELLED}
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    assert {kept(runner, each).state for each in row} == {BookingState.CONFIRMED}


def test_a_day_that_a_series_lost_is_brought_back_from_its_card(page: RoomsPage, runner: Runner) -> None:
    row = every_week(runner)
    with runner.database.begin() as session:
        bookings.cancel(session, row[2].id, why="Bakım", at=builders.TUESDAY)
    tap(page, row[0])

    assert page.card.facts["series"].words.text() == "every Tuesday, 1 of 3"
    press(page, f"bring_back_{row[2].id.hex}")

    assert kept(runner, row[2]).state == BookingState.CONFIRMED
    assert page.card.facts["series"].words.text() == "every Tuesday, 1 of 4"


# --- the card ---------------------------------------------------------------------


def test_a_tap_shows_the_booking_beside_the_calendar_and_escape_puts_it_away(
    page: RoomsPage, runner: Runner
) -> None:
    with runner.database.begin() as session:
        whose = builders.organisation(session)
    booking = book(
        runner,
        organisation_id=whose.id,
        contact_name="Selin Karaca",
        contact_phone="0532 000 00 00",
        note="Projeksiyon",
        setup_minutes=15,
    )
    tap(page, booking)

    lines = {fact: line.words.text() for fact, line in page.card.facts.items() if line.isVisible()}
    assert lines == {
        "who": "Ege Kadın Emeği Derneği",
        "when": "Tuesday, 24 November 2026, 12:00–13:00\n15 minutes before to set up",
        "where": "Ihlamur Salonu",
        "people": "12 people booked",
        "contact": lines["contact"],
        "note": "Projeksiyon",
    }
    assert lines["contact"].startswith("Selin Karaca · ")
    QApplication.processEvents()
    assert page.card.geometry().left() >= page.sheet.geometry().right()

    QTest.keyClick(page.timeline, Qt.Key.Key_Escape)
    assert not page.card.isVisible()


def test_on_a_narrow_screen_the_card_lies_over_the_calendar(page: RoomsPage, runner: Runner) -> None:
    page.resize(984, 1800)
    tap(page, book(runner))

    assert page.card.isVisible()
    assert page.sheet.geometry().contains(page.card.geometry().center())
    assert page.card.height() < page.sheet.height() / 2


def test_a_single_booking_is_called_off_at_once_and_taken_back(
    page: RoomsPage, runner: Runner, said: list[Notice]
) -> None:
    booking = book(runner)
    tap(page, booking)
    press(page, "booking_act_cancel")

    assert kept(runner, booking).state == BookingState.CANCELLED
    assert page.timeline.plan.blocks == ()
    assert sorted(buttons(page.card)) == ["booking_act_restore", "booking_card_close"]
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    assert kept(runner, booking).state == BookingState.CONFIRMED


def test_the_keyboard_stays_at_the_booking_when_its_buttons_change(page: RoomsPage, runner: Runner) -> None:
    booking = book(runner)
    tap(page, booking)
    QApplication.processEvents()
    page.card.findChildren(QPushButton, "booking_act_cancel")[-1].setFocus()
    space()

    assert kept(runner, booking).state == BookingState.CANCELLED
    assert focus() == "booking_card_close"


def test_the_keyboard_goes_on_at_the_calendar_when_a_series_has_asked(
    page: RoomsPage, runner: Runner
) -> None:
    row = every_week(runner)
    at = page.timeline.block_box(row[0].id).center()
    drag(page, at, at + QPoint(120, 0))
    assert focus() == "series_scope_1"
    space()

    assert all_kept(runner, row)[0] != row[0].starts_at
    assert focus() == "rooms_timeline"


def test_a_tentative_booking_is_confirmed(page: RoomsPage, runner: Runner) -> None:
    booking = book(runner, is_tentative=True)
    tap(page, booking)
    assert page.card.state.text() == "Tentative"
    press(page, "booking_act_confirm")

    assert kept(runner, booking).state == BookingState.CONFIRMED
    assert "booking_act_confirm" not in buttons(page.card)


@pytest.fixture
def empty_room(page: RoomsPage, runner: Runner, clock: Clock) -> Booking:
    """A booking that began at 11:00, and at 11:20 nobody has come."""
    booking = book(runner, starts_at=NOON - HOUR)
    clock.at = NOON - timedelta(minutes=40)
    page.tick()
    return booking


def test_a_room_nobody_came_to_is_asked_about_and_set_free(
    page: RoomsPage, runner: Runner, empty_room: Booking, clock: Clock, said: list[Notice]
) -> None:
    assert page.timeline.plan.blocks[0].title == "Nobody came?"
    tap(page, empty_room)
    assert "11:00" in page.card.alert.sentence.text()
    press(page, "booking_alert_2")

    freed = kept(runner, empty_room)
    assert (freed.state, freed.released_at) == (BookingState.NO_SHOW, clock.at)
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    assert kept(runner, empty_room).state == BookingState.CONFIRMED


def test_they_are_here_after_all(page: RoomsPage, runner: Runner, empty_room: Booking, clock: Clock) -> None:
    tap(page, empty_room)
    press(page, "booking_alert_1")

    assert kept(runner, empty_room).started_at == clock.at
    assert not page.card.alert.isVisible()
    press(page, "booking_act_end")
    assert kept(runner, empty_room).ended_at == clock.at


@pytest.fixture
def clash(runner: Runner) -> tuple[Booking, Booking]:
    """Two bookings of one room and time: the first has it, the second lost it when two desks met."""
    first = book(runner, title="Mahalle Girişimi")
    with runner.database.begin() as session:
        second = Booking(
            room_id=first.room_id,
            title="Tüketici Kooperatifi",
            kind="meeting",
            starts_at=first.starts_at,
            ends_at=first.ends_at,
            wall_start=first.wall_start,
            state=BookingState.CLASH,
        )
        session.add(second)
        session.flush()
        return first, second


def test_a_clash_is_told_by_word_and_icon_and_settled_either_way(
    page: RoomsPage, runner: Runner, clash: tuple[Booking, Booking], said: list[Notice]
) -> None:
    first, second = clash
    page.refresh_now()
    block = next(each for each in page.timeline.plan.blocks if each.key == second.id)
    assert (block.title, block.mark, block.tone) == ("Clash: Tüketici Kooperatifi", "triangle-alert", "bad")

    tap(page, second)
    assert "“Mahalle Girişimi” has it now" in page.card.alert.sentence.text()
    press(page, "booking_alert_2")  # this one stays

    assert kept(runner, first).state == BookingState.CANCELLED
    assert kept(runner, second).state == BookingState.CONFIRMED
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    assert kept(runner, first).state == BookingState.CONFIRMED
    assert kept(runner, second).state == BookingState.CLASH


def test_the_other_one_of_a_clash_stays(
    page: RoomsPage, runner: Runner, clash: tuple[Booking, Booking]
) -> None:
    first, second = clash
    page.refresh_now()
    tap(page, second)
    press(page, "booking_alert_3")

    assert kept(runner, first).state == BookingState.CONFIRMED
    assert kept(runner, second).state == BookingState.CANCELLED


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("booking_act_edit", "booking_wanted"),
        ("booking_act_check_in", "check_in_wanted"),
        ("rooms_find", "free_room_wanted"),
        ("rooms_book", "booking_wanted"),
    ],
)
def test_what_another_page_does_is_asked_for(
    page: RoomsPage, runner: Runner, qtbot: QtBot, button: str, signal: str
) -> None:
    tap(page, book(runner))
    with qtbot.waitSignal(getattr(page, signal)):
        press(page, button)


@pytest.mark.parametrize(
    ("button", "signal", "args"),
    [
        ("rooms_setup_list", "setup_list_wanted", [date(2026, 11, 24)]),
        ("rooms_export", "export_wanted", [None, None]),
        ("rooms_import", "import_wanted", []),
        ("rooms_waiting", "waiting_wanted", []),
    ],
)
def test_what_is_wanted_now_and_then_opens_in_the_page_and_closes_again(
    page: RoomsPage, qtbot: QtBot, button: str, signal: str, args: list[object]
) -> None:
    press(page, "rooms_more")
    assert page.more.isVisible()
    with qtbot.waitSignal(getattr(page, signal)) as wanted:
        press(page, button)

    assert wanted.args == args
    assert not page.more.isVisible()
    assert not page.head.more.isChecked()


def test_escape_closes_what_more_has_opened(page: RoomsPage) -> None:
    press(page, "rooms_more")
    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert not page.more.isVisible()
    press(page, "rooms_more")
    assert page.more.isVisible()


def test_in_the_week_of_a_room_its_own_calendar_is_saved_and_all_rooms_are_a_tap_away(
    page: RoomsPage, runner: Runner, qtbot: QtBot
) -> None:
    assert not page.head.all_rooms.isVisible()
    page.timeline.row_opened.emit(room(runner))
    press(page, "rooms_more")
    with qtbot.waitSignal(page.export_wanted) as wanted:
        press(page, "rooms_export")
    assert wanted.args == [room(runner), None]

    press(page, "rooms_all")

    assert page.head.modes.value() == "week"
    assert page.days.room_id is None
    assert not page.head.all_rooms.isVisible()


def test_a_door_sign_is_asked_for_in_a_size_and_the_last_one_stands_first(
    page: RoomsPage, runner: Runner, qtbot: QtBot
) -> None:
    booking = book(runner)
    tap(page, booking)
    press(page, "booking_act_door_sign")
    assert [each.words() for each in page.scope.buttons] == ["A4", "A5", "Cancel"]
    with qtbot.waitSignal(page.door_sign_wanted) as wanted:
        press(page, "series_scope_2")
    assert wanted.args == [booking.id, "a5"]
    assert not page.scope.isVisible()

    press(page, "booking_act_door_sign")

    assert page.scope.buttons[0].words() == "A5"


# --- looks ------------------------------------------------------------------------


def test_the_calendar_speaks_turkish(page: RoomsPage, runner: Runner) -> None:
    tap(page, book(runner))
    text.use_language("tr")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))

    assert page.head.title.words() == "24 Kasım Salı"
    assert page.head.book.words() == "Rezervasyon"
    assert page.card.facts["people"].words.text() == "12 kişi için ayrıldı"
    assert page.timeline.accessibleName() == "Salon takvimi"


@pytest.mark.parametrize("theme", list(THEMES))
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_theme_and_size_shows_the_whole_head(
    page: RoomsPage, runner: Runner, qapp: QApplication, theme: str, scale: float
) -> None:
    light = page.grab().toImage()
    apply_theme(qapp, THEMES[theme], scale)
    tap(page, book(runner))
    QApplication.processEvents()
    shown = [each for each in (page.head, page.sheet, page.foot) if page.rect().contains(each.geometry())]
    ends = [page.head.book.mapTo(page, page.head.book.rect().bottomRight())]
    picture = page.grab().toImage()
    apply_theme(qapp, LIGHT, 1.0)

    assert len(shown) == 3
    assert all(page.rect().contains(end) for end in ends)
    assert picture != light


def test_the_card_of_a_booking_goes_with_its_day(page: RoomsPage, runner: Runner) -> None:
    booking = book(runner)
    tap(page, booking)
    assert page.card.isVisible()

    press(page, "rooms_later")
    assert not page.card.isVisible()

    page.show_booking(booking.id)
    assert page.card.isVisible()
