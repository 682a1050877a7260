from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import assemblies, evacuation, invitations, visits, waiting
from civicdesk.desk.bookings import Wish
from civicdesk.models import Booking, BookingState, Centre, Invitation, Room, Visit, Waiting
from civicdesk.text import local
from civicdesk.ui.pages.today_page import TodayPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.room_row import RoomRow
from tests import builders
from tests.builders import TUESDAY
from tests.conftest import Clock
from tests.ui.desk import settle, words

LEFT = Qt.MouseButton.LeftButton
THURSDAY_NOON = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> TodayPage:
    page = TodayPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


def expect(runner: Runner, name: str, at: datetime = TUESDAY, **more: object) -> Invitation:
    with runner.database.begin() as session:
        wanted = invitations.Wanted(name=name, expected_at=at, **more)  # type: ignore[arg-type]
        made = invitations.invite(session, wanted, at=TUESDAY - timedelta(hours=2))
    settle()
    return made


def book(runner: Runner, begins: datetime, title: str = "Resim kursu") -> Room:
    with runner.database.begin() as session:
        room = session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()
        host = builders.organisation(session)
        session.add(
            Booking(
                room_id=room.id,
                organisation_id=host.id,
                title=title,
                kind="course",
                starts_at=begins,
                ends_at=begins + timedelta(hours=2),
                wall_start=local(begins).strftime("%Y-%m-%dT%H:%M"),
            )
        )
    settle()
    return room


def row(page: TodayPage, name: str) -> ListRow:
    return next(each for each in page.findChildren(ListRow) if each.isVisible() and each.title.text() == name)


def admit_button(page: TodayPage, invitation: Invitation) -> Button:
    button = page.findChild(Button, f"today_admit_{invitation.id.hex}")
    assert button is not None
    return button


def is_listed(page: TodayPage, invitation: Invitation) -> bool:
    found = page.findChildren(QWidget, f"today_expected_{invitation.id.hex}")
    return any(each.isVisible() for each in found)


def matters(page: TodayPage) -> list[str]:
    return [
        each.title.text()
        for each in page.findChildren(ListRow)
        if each.isVisible() and each.objectName().startswith("today_matter")
    ]


def inside(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return [visit.visitor.name for visit in visits.inside(session)]


def test_one_tap_lets_an_expected_visitor_in_with_a_badge(
    page: TodayPage, runner: Runner, qtbot: QtBot
) -> None:
    ada = expect(runner, "Ada Su", people=2)
    with qtbot.waitSignal(page.checked_in) as told:
        qtbot.mouseClick(admit_button(page, ada), LEFT)

    assert told.args is not None
    assert (told.args[0].visitor.name, told.args[1]) == ("Ada Su", True)
    assert inside(runner) == ["Ada Su"]
    assert not is_listed(page, ada)
    assert page.inside.figure.text() == "2"


def test_a_double_tap_lets_in_one_and_not_the_next_who_came_up_under_the_finger(
    page: TodayPage, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)  # however busy the machine is
    first = expect(runner, "Ada Su", TUESDAY)
    expect(runner, "Murat Ak", TUESDAY + timedelta(minutes=1))
    button, window = admit_button(page, first), page.windowHandle()
    point = button.mapTo(page, button.rect().center())
    QTest.mouseClick(window, LEFT, Qt.KeyboardModifier.NoModifier, point)
    settle()
    QTest.mouseDClick(window, LEFT, Qt.KeyboardModifier.NoModifier, point)

    assert inside(runner) == ["Ada Su"]


def test_the_next_visitor_comes_in_with_the_next_tap(
    page: TodayPage, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 0)
    both = [expect(runner, "Ada Su"), expect(runner, "Murat Ak")]
    for each in both:
        qtbot.mouseClick(admit_button(page, each), LEFT)
        settle()

    assert sorted(inside(runner)) == ["Ada Su", "Murat Ak"]


def test_whose_check_in_was_taken_back_comes_in_again_with_a_tap(
    page: TodayPage, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 0)
    ada = expect(runner, "Ada Su")
    visit: list[Visit] = []
    page.checked_in.connect(lambda came, _prints: visit.append(came))
    qtbot.mouseClick(admit_button(page, ada), LEFT)
    runner.now(lambda session: visits.undo_check_in(session, visit[0].id, at=TUESDAY))
    settle()
    assert is_listed(page, ada)
    qtbot.mouseClick(admit_button(page, ada), LEFT)

    assert inside(runner) == ["Ada Su"]


def test_a_refused_tap_is_told_with_the_way_to_the_form(
    page: TodayPage, runner: Runner, qtbot: QtBot, said: list[Notice], clock: Clock
) -> None:
    sunday = TUESDAY + timedelta(days=5)
    ada = expect(runner, "Ada Su", sunday)
    clock.at = sunday
    page.refresh_now()
    qtbot.mouseClick(admit_button(page, ada), LEFT)

    assert inside(runner) == []
    assert said[-1].tone == "bad"
    assert said[-1].action is not None
    with qtbot.waitSignal(page.check_in_wanted):
        said[-1].action[1]()


def test_who_is_late_is_marked_and_counted(page: TodayPage, runner: Runner, clock: Clock) -> None:
    expect(runner, "Ada Su")
    pills = [pill.text() for pill in row(page, "Ada Su").findChildren(Pill)]
    assert "late" not in pills
    clock.forward(minutes=6)
    page.tick()
    settle()

    assert "late" in [pill.text() for pill in row(page, "Ada Su").findChildren(Pill)]
    assert page.expected.note.text() == "1 is late"
    assert "1 expected visitor is late" in matters(page)


def test_an_empty_day_says_so_and_offers_the_next_step(page: TodayPage, qtbot: QtBot) -> None:
    assert "Nobody else is expected today." in words(page)
    assert not page.all_expected.isVisible()
    button = page.findChild(Button, "today_expect")
    assert button is not None
    with qtbot.waitSignal(page.invite_wanted):
        qtbot.mouseClick(button, LEFT)


def test_a_room_says_who_has_it_until_when_and_how_full_it_is(page: TodayPage, runner: Runner) -> None:
    room = book(runner, TUESDAY - timedelta(minutes=12))
    with runner.database.begin() as session:
        builders.visit(session, "Ada Su", room_id=room.id, people=4)
    settle()

    spoken = [each.accessibleName() for each in page.findChildren(RoomRow) if each.isVisible()]
    assert spoken[0] == ("Çınar Odası, until 12:30, Ege Kadın Emeği Derneği · Resim kursu, 4/16, booked 1")
    assert spoken[1] == "Ihlamur Salonu, free all day, Free, —"


def test_a_room_that_is_free_for_now_says_until_when(page: TodayPage, runner: Runner) -> None:
    book(runner, TUESDAY + timedelta(hours=3))

    assert "free until 13:42" in words(page)


def test_a_room_nobody_came_to_needs_attention_until_somebody_comes(page: TodayPage, runner: Runner) -> None:
    room = book(runner, TUESDAY - timedelta(minutes=20))
    assert "Nobody came?" in matters(page)
    assert "since 10:22" in words(page)
    with runner.database.begin() as session:
        builders.visit(session, "Ada Su", room_id=room.id)
    settle()

    assert "Nobody came?" not in matters(page)


def press(page: TodayPage, qtbot: QtBot, name: str) -> None:
    button = next(each for each in page.findChildren(Button, name) if each.isVisible())
    qtbot.mouseClick(button, LEFT)
    settle()


def undo(runner: Runner, said: list[Notice]) -> None:
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()


def state_of(runner: Runner) -> tuple[str, bool]:
    with runner.database.read() as session:
        booking = session.scalars(select(Booking)).one()
    return booking.state, booking.started_at is not None


def test_whoever_is_there_after_all_is_said_in_one_tap_and_taken_back(
    page: TodayPage, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    room = book(runner, TUESDAY - timedelta(minutes=20))
    press(page, qtbot, f"room_{room.id.hex}_here")

    assert state_of(runner) == (BookingState.CONFIRMED, True)
    assert "Nobody came?" not in matters(page)
    assert not page.findChildren(Button, f"room_{room.id.hex}_here")
    undo(runner, said)
    assert "Nobody came?" in matters(page)


def test_a_room_nobody_came_to_is_freed_in_one_tap_and_taken_back(
    page: TodayPage, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    room = book(runner, TUESDAY - timedelta(minutes=22))
    press(page, qtbot, f"room_{room.id.hex}_free")

    assert state_of(runner) == (BookingState.NO_SHOW, False)
    assert "set free: nobody came" in words(page)
    undo(runner, said)
    assert state_of(runner) == (BookingState.CONFIRMED, False)


def test_the_question_leads_to_the_row_with_the_answers(
    page: TodayPage, runner: Runner, qtbot: QtBot
) -> None:
    room = book(runner, TUESDAY - timedelta(minutes=20))
    page.activateWindow()
    qtbot.mouseClick(row(page, "Nobody came?"), LEFT)

    focused = page.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"room_{room.id.hex}_here"


def wait_for(runner: Runner, name: str, starts_at: datetime = THURSDAY_NOON) -> Waiting:
    with runner.database.begin() as session:
        room = session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()
        wish = Wish(
            room_id=room.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            organisation_id=builders.organisation(session, name).id,
            people=8,
        )
        made = waiting.ask(session, wish, at=TUESDAY)
    settle()
    return made


def offered(page: TodayPage) -> list[str]:
    rows = page.findChildren(MatterRow)
    return [f"{each.title.text()} · {each.second.text()}" for each in rows if each.isVisible()]


def test_the_first_who_waits_is_offered_the_room_and_gets_it_in_one_tap(
    page: TodayPage, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    wish = wait_for(runner, "Barış Vakfı")
    wait_for(runner, "Ova Kültür Vakfı")
    assert offered(page) == [
        "Çınar Odası is free: 26 November Thu 12:00–13:00 · First on the waiting list: Barış Vakfı · 8 people"
    ]
    press(page, qtbot, f"today_take_{wish.id.hex}")

    assert state_of(runner) == (BookingState.CONFIRMED, False)
    assert said[-1].sentence == "“Çınar Odası” is booked for Barış Vakfı: 26 November Thursday 12:00–13:00."
    assert offered(page) == []
    undo(runner, said)
    assert "Barış Vakfı" in offered(page)[0]


def test_the_next_is_asked_when_the_first_does_not_want_it(
    page: TodayPage, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    first = wait_for(runner, "Barış Vakfı")
    wait_for(runner, "Ova Kültür Vakfı")
    press(page, qtbot, f"today_next_{first.id.hex}")

    assert "Ova Kültür Vakfı" in offered(page)[0]
    undo(runner, said)
    assert "Barış Vakfı" in offered(page)[0]


def test_a_double_tap_asks_one_and_not_the_next_who_came_up_under_the_finger(
    page: TodayPage, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 60_000)  # however busy the machine is
    first, second = wait_for(runner, "Barış Vakfı"), wait_for(runner, "Ova Kültür Vakfı")
    press(page, qtbot, f"today_next_{first.id.hex}")
    press(page, qtbot, f"today_next_{second.id.hex}")

    assert "Ova Kültür Vakfı" in offered(page)[0]


def test_an_offer_is_left_and_the_wish_stays_on_the_list(
    page: TodayPage, runner: Runner, qtbot: QtBot, said: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 0)
    wish = wait_for(runner, "Barış Vakfı")
    press(page, qtbot, f"today_leave_{wish.id.hex}")

    assert offered(page) == []
    with qtbot.waitSignal(page.waiting_wanted):
        qtbot.mouseClick(row(page, "1 wish for a room waits"), LEFT)
    undo(runner, said)
    assert len(offered(page)) == 1


def test_a_clash_leads_to_where_it_is_settled(page: TodayPage, runner: Runner, qtbot: QtBot) -> None:
    book(runner, THURSDAY_NOON)
    with runner.database.begin() as session:
        booking = session.scalars(select(Booking)).one()
        booking.state = BookingState.CLASH
    settle()
    with qtbot.waitSignal(page.settle_wanted):
        qtbot.mouseClick(row(page, "Two bookings for one room"), LEFT)


@pytest.mark.parametrize(
    ("answer", "state"), [("quorum", BookingState.RELEASED), ("needed", BookingState.CONFIRMED)]
)
def test_the_desk_is_asked_for_the_quorum_and_answers_once(
    page: TodayPage, runner: Runner, qtbot: QtBot, answer: str, state: str
) -> None:
    said: list[Notice] = []
    runner.notice.connect(said.append)
    with runner.database.begin() as session:
        room = session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()
        wish = Wish(
            room_id=room.id,
            starts_at=THURSDAY_NOON,
            ends_at=THURSDAY_NOON + timedelta(hours=1),
            organisation_id=builders.organisation(session, "Kurul").id,
        )
        _first, second = assemblies.book(session, wish, THURSDAY_NOON + timedelta(days=14), at=TUESDAY)
    assert isinstance(runner.at, Clock)
    runner.at.at = THURSDAY_NOON
    page.tick()
    settle()
    assert offered(page) == [
        "Was there a quorum? · Kurul: the second call holds Çınar Odası on 10 December 12:00."
    ]
    press(page, qtbot, f"today_{answer}_{second.id.hex}")

    assert offered(page) == []
    with runner.database.read() as session:
        assert session.get_one(Booking, second.id).state == state
    undo(runner, said)
    assert len(offered(page)) == 1


def test_a_full_building_needs_attention(page: TodayPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        builders.visit(session, "Ada Su", people=3)
        session.scalars(select(Centre)).one().capacity = 3
    page.refresh_now()
    settle()

    assert "The building is full" in matters(page)


def test_a_drill_stands_first_and_leads_to_the_list(page: TodayPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.begin() as session:
        evacuation.begin(session, at=TUESDAY, is_drill=True)
    settle()
    assert matters(page)[0] == "A drill is running"
    with qtbot.waitSignal(page.evacuation_wanted):
        qtbot.mouseClick(row(page, "A drill is running"), LEFT)


def test_matters_of_the_computer_stand_before_those_of_the_house(page: TodayPage) -> None:
    page.attend([("hard-drive", "bad", "The disk is nearly full", "9 MB left")])
    settle()
    assert matters(page)[0] == "The disk is nearly full"
    page.attend([])
    settle()

    assert "The disk is nearly full" not in matters(page)


def test_who_needs_help_is_said_beside_the_list(page: TodayPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        builders.visit(session, "Ada Su", needs=("wheelchair",))
    settle()

    assert "1 person · 1 needs assistance" in words(page)


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("today_check_in", "check_in_wanted"),
        ("today_invite", "invite_wanted"),
        ("today_head_count", "head_count_wanted"),
        ("today_check_out", "inside_wanted"),
        ("today_evacuation", "evacuation_wanted"),
        ("today_inside", "inside_wanted"),
        ("today_expected", "expected_wanted"),
        ("today_running", "head_count_wanted"),
        ("today_arrivals", "today_wanted"),
    ],
)
def test_everything_large_leads_somewhere(page: TodayPage, qtbot: QtBot, name: str, signal: str) -> None:
    control = page.findChild(QWidget, name)
    assert control is not None
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(control, LEFT)


def test_a_name_of_two_hundred_letters_moves_nothing(page: TodayPage, runner: Runner) -> None:
    long = "Şükûfe " * 27 + "<b>x</b> أحمد 🙂"
    ada = expect(runner, long[:200])
    button = admit_button(page, ada)

    assert page.width() == 1270
    assert button.mapTo(page, button.rect().topRight()).x() < 1270
    assert button.accessibleName() == f"Check in {long[:200]}"


def test_more_than_fit_are_not_made_into_rows(page: TodayPage, runner: Runner) -> None:
    with runner.database.begin() as session:
        for number in range(60):
            wanted = invitations.Wanted(
                name=f"Ziyaretçi Numara{number}", expected_at=TUESDAY + timedelta(minutes=number)
            )
            invitations.invite(session, wanted, at=TUESDAY)
    settle()

    shown = [each for each in page.findChildren(ListRow) if each.objectName().startswith("today_expected_")]
    assert len(shown) == 30
    assert page.expected.figure.text() == "60"
    assert page.all_expected.words() == "All 60"


def test_what_happens_at_another_desk_is_seen_here(page: TodayPage, runner: Runner, tmp_path: Path) -> None:
    with runner.database.begin() as session:
        visit = builders.visit(session, "Ada Su", people=2)
    settle()
    assert page.inside.figure.text() == "2"
    with runner.database.begin() as session:
        visits.check_out(session, visit.id, at=TUESDAY)
    settle()

    assert page.inside.figure.text() == "0"
    assert page.arrivals.figure.text() == "2"


def test_a_room_leads_to_its_day(page: TodayPage, runner: Runner, qtbot: QtBot) -> None:
    with runner.database.read() as session:
        room = session.scalars(select(Room)).first()
    assert room is not None
    row = next(each for each in page.findChildren(RoomRow) if each.objectName() == f"room_{room.id.hex}")

    with qtbot.waitSignal(page.room_wanted) as wanted:
        row.click()
    assert wanted.args == [room.id]
