"""The plots of the reports: what they show is what was written down, and a tap shows the rows behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import visits
from civicdesk.desk.period import PeriodKind
from civicdesk.models import Booking, Room
from civicdesk.settings import Settings
from civicdesk.text import ZONE
from civicdesk.ui.pages.reports.plots.period_board import BEFORE, YEAR_BEFORE
from civicdesk.ui.pages.reports_page import ReportsPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.plots import Kind, Mark, Plot
from tests import builders

LEFT = Qt.MouseButton.LeftButton
ON = date(2026, 11, 24)


def at(wall: str, on: date = ON) -> datetime:
    return datetime.combine(on, datetime.strptime(wall, "%H:%M").time(), ZONE)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> Iterator[ReportsPage]:
    with runner.database.begin() as session:
        room = session.scalars(select(Room).where(Room.name == "Ihlamur Salonu")).one()
        whose = builders.organisation(session)
        for on, guests in ((ON, 48), (ON - timedelta(days=35), 20), (ON - timedelta(days=63), 5)):
            session.add(
                Booking(
                    room_id=room.id,
                    organisation_id=whose.id,
                    title="Kompost Atölyesi",
                    kind="workshop",
                    people=60,
                    guests=guests,
                    starts_at=at("09:00", on),
                    ends_at=at("10:00", on),
                    started_at=at("09:00", on),
                    wall_start=f"{on}T09:00",
                )
            )
        for name, wall, on in (
            ("Selin Karaca", "09:05", ON),
            ("Murat Ak", "09:10", ON),
            ("Zeynep Ilgın", "10:30", ON - timedelta(weeks=1)),
        ):
            arrival = visits.Arrival(name=name, host_id=whose.id, room_id=room.id)
            visits.check_in(session, arrival, at=at(wall, on))
    page = ReportsPage(runner)
    page.show_settings(Settings.model_construct())
    qtbot.addWidget(page)
    page.resize(1270, 700)
    with qtbot.waitSignal(page.view.opened):
        page.show()
    page.activateWindow()
    yield page
    page.hide()


def button(page: QWidget, name: str) -> Button:
    found = page.findChild(Button, name)
    assert isinstance(found, Button)
    return found


def look(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.plots.shown):
        qtbot.mouseClick(button(page, "reports_look_plots"), LEFT)


def choose(page: ReportsPage, qtbot: QtBot, name: str) -> None:
    look(page, qtbot)
    with qtbot.waitSignal(page.plots.shown):
        page.choose(name)


def mark(plot: Plot, key: object) -> Mark:
    return next(mark for mark in plot.marks if mark.key == key)


def cell(page: ReportsPage, room: str, hour: int) -> Mark:
    plot = page.plots.day.rooms
    return next(
        each
        for each in plot.marks
        if isinstance(each.key, tuple) and each.key[1] == hour and each.spoken.startswith(room)
    )


def tap(page: ReportsPage, qtbot: QtBot, plot: Plot, key: object) -> None:
    page.plots.currentWidget().area.ensureWidgetVisible(plot)  # type: ignore[attr-defined]
    qtbot.mouseClick(plot.viewport(), LEFT, pos=plot.box(key).center())  # type: ignore[arg-type]
    qtbot.waitUntil(page.plots.behind.isVisible)


def rows(page: ReportsPage) -> list[str]:
    return [row.accessibleName() for row in page.plots.behind.findChildren(ListRow) if row.isVisible()]


def test_an_hour_of_a_room_says_how_many_came(page: ReportsPage, qtbot: QtBot) -> None:
    look(page, qtbot)

    used = cell(page, "Ihlamur Salonu", 9)
    assert (used.words, used.kind) == ("48", Kind.SEEN)
    assert used.spoken == "Ihlamur Salonu · 09:00–10:00 · 48 people of 120"
    assert cell(page, "Çınar Odası", 9).spoken == "Çınar Odası · 09:00–10:00 · free"


def test_arrivals_stand_beside_the_usual_ones_and_hours_ahead_are_not_nought(
    page: ReportsPage, qtbot: QtBot
) -> None:
    look(page, qtbot)
    plot = page.plots.day.arrivals

    assert (mark(plot, 9).value, mark(plot, 9).usual) == (2, 0.0)
    assert mark(plot, 10).spoken == "10:00–11:00 · 0 people · usually 0.2 people"
    assert (mark(plot, 15).value, mark(plot, 15).said, mark(plot, 15).opens) == (None, "—", False)


def test_a_tap_shows_the_rows_behind_without_names(page: ReportsPage, qtbot: QtBot) -> None:
    look(page, qtbot)
    tap(page, qtbot, page.plots.day.rooms, cell(page, "Ihlamur Salonu", 9).key)

    assert page.plots.behind.title.text() == "Ihlamur Salonu · 09:00–10:00 · Tuesday, 24 November 2026"
    assert page.plots.behind.second.text() == "1 booking · 2 people by name"
    assert rows(page) == [
        "09:00–10:00, Kompost Atölyesi, Ihlamur Salonu · Ege Kadın Emeği Derneği · Workshop, 48 of 60",
        "09:05, 1 person, Ege Kadın Emeği Derneği · Ihlamur Salonu",
        "09:10, 1 person, Ege Kadın Emeği Derneği · Ihlamur Salonu",
    ]
    assert not page.plots.behind.open_log.isVisible()


def test_the_way_back_leads_to_the_plot_it_came_from(page: ReportsPage, qtbot: QtBot) -> None:
    look(page, qtbot)
    plot = page.plots.day.rooms
    plot.setFocus()
    plot.reach(cell(page, "Ihlamur Salonu", 9).key)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    qtbot.waitUntil(page.plots.behind.isVisible)

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    assert page.plots.day.isVisible()
    qtbot.waitUntil(plot.hasFocus)
    assert plot.currentIndex().isValid()


def test_a_booking_behind_a_figure_is_opened(page: ReportsPage, qtbot: QtBot) -> None:
    look(page, qtbot)
    tap(page, qtbot, page.plots.day.rooms, cell(page, "Ihlamur Salonu", 9).key)

    with qtbot.waitSignal(page.open_booking_wanted) as wanted:
        qtbot.mouseClick(page.plots.behind.findChild(ListRow, "reports_booked_0"), LEFT)

    with page.runner.database.read() as session:
        booking = session.scalars(select(Booking).where(Booking.starts_at > at("00:00"))).one()
    assert wanted.args == [booking.id]


def test_a_manager_comes_to_the_names_by_the_visitor_log_alone(
    page: ReportsPage, manager: Runner, qtbot: QtBot
) -> None:
    look(page, qtbot)
    tap(page, qtbot, page.plots.day.arrivals, 9)

    qtbot.mouseClick(page.plots.behind.open_log, LEFT)

    assert page.chosen.kind.name == "visitor_log"
    assert page.log.isVisible()


def test_a_month_is_a_calendar_beside_the_month_before(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    board = page.plots.period

    today = mark(board.month, ON)
    assert (today.value, today.label) == (50, "24")
    assert mark(board.month, date(2026, 11, 22)).kind is Kind.CLOSED
    assert (mark(board.month, date(2026, 11, 30)).said, board.month.isVisible()) == ("—", True)
    qtbot.waitUntil(lambda: board.other is not None)
    [workshops] = [each for each in board.event_kinds.marks if each.label == "Workshop"]
    assert (workshops.value, workshops.usual, workshops.usual_words) == (1, 1, "before: 1")


def test_another_figure_and_another_period_to_compare_with_are_one_press_away(
    page: ReportsPage, qtbot: QtBot
) -> None:
    choose(page, qtbot, "period")
    board = page.plots.period
    qtbot.waitUntil(lambda: board.other is not None)

    qtbot.mouseClick(button(page, "reports_measure_events"), LEFT)
    assert mark(board.month, ON).value == 1
    with qtbot.waitSignal(board.beside_wanted) as wanted:
        qtbot.mouseClick(button(page, f"reports_beside_{YEAR_BEFORE}"), LEFT)
    assert wanted.args == [YEAR_BEFORE]
    with qtbot.waitSignal(board.beside_wanted) as wanted:
        qtbot.mouseClick(button(page, f"reports_beside_{BEFORE}"), LEFT)
    assert wanted.args == [BEFORE]


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (PeriodKind.WEEK, "reports_week"),
        (PeriodKind.MONTH, "reports_month"),
        (PeriodKind.HALF, "reports_trend"),
    ],
)
def test_a_week_is_columns_a_month_a_calendar_and_more_a_line(
    page: ReportsPage, qtbot: QtBot, length: PeriodKind, shown: str
) -> None:
    choose(page, qtbot, "period")
    if length is not PeriodKind.MONTH:
        with qtbot.waitSignal(page.plots.shown):
            qtbot.mouseClick(button(page, f"reports_length_{length}"), LEFT)

    board = page.plots.period
    assert [plot.objectName() for plot in (board.week, board.month, board.trend) if plot.isVisible()] == [
        shown
    ]


def test_a_day_of_the_calendar_opens_its_rows_and_its_sheet(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    tap(page, qtbot, page.plots.period.month, ON)
    assert "2 people by name" in page.plots.behind.second.text()

    with qtbot.waitSignal(page.plots.shown):
        qtbot.mouseClick(page.plots.behind.open_day, LEFT)

    assert (page.chosen.kind.name, page.chosen.period.first) == ("occupancy", ON)


@pytest.mark.parametrize("plot", ["weekdays", "room_hours", "rooms", "kinds", "event_kinds", "organisations"])
def test_every_plot_of_a_period_opens_what_it_counted(page: ReportsPage, qtbot: QtBot, plot: str) -> None:
    choose(page, qtbot, "period")
    shown: Plot = getattr(page.plots.period, plot)
    [first, *_rest] = [each for each in shown.marks if each.opens and each.value]

    tap(page, qtbot, shown, first.key)

    assert any("Kompost Atölyesi" in row for row in rows(page))


def test_the_year_has_seventeen_goals_and_eleven_kinds_of_members(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "year")
    board = page.plots.period

    assert len(board.goals.marks) == 17
    assert len(board.members.marks) == 11
    assert [each.value for each in board.goals.marks] == [0.0] * 17


def test_days_ahead_show_dashes_and_why(page: ReportsPage, qtbot: QtBot) -> None:
    look(page, qtbot)
    with qtbot.waitSignal(page.plots.shown):
        page.show_day(date(2027, 1, 4))

    assert {each.said for each in page.plots.day.arrivals.marks} == {"—"}
    assert page.plots.day.note.text().endswith(" · No data: the day has not come yet")
    assert "only what is booked is known" in page.banner.sentence.text()


def test_a_finger_opens_a_plot_on_the_page(page: ReportsPage, qtbot: QtBot) -> None:
    look(page, qtbot)
    device = QTest.createTouchDevice()
    plot = page.plots.day.rooms
    page.plots.day.area.ensureWidgetVisible(plot)
    QApplication.processEvents()
    window = page.windowHandle()
    finger = plot.viewport().mapTo(page, plot.box(cell(page, "Çınar Odası", 9).key).center())
    assert page.childAt(finger) is plot.viewport()

    QTest.touchEvent(window, device).press(0, finger, window).commit()
    QTest.touchEvent(window, device).release(0, finger, window).commit()
    qtbot.waitUntil(page.plots.behind.isVisible)

    assert page.plots.behind.title.text().startswith("Çınar Odası · 09:00–10:00")


def test_figures_that_come_late_are_not_those_of_another_report(page: ReportsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(button(page, "reports_look_plots"), LEFT)
    with qtbot.waitSignal(page.plots.shown):
        page.choose("period")

    assert page.plots.currentWidget() is page.plots.period
    qtbot.waitUntil(lambda: page.plots.period.other is not None)
    assert page.plots.currentWidget() is page.plots.period
