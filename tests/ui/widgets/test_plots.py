"""The plots: opened by mouse, finger and keys, read aloud, honest about what is missing, and quick."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import THEMES, contrast
from civicdesk.ui.widgets.plots import (
    Axes,
    BarPlot,
    ColumnPlot,
    HeatPlot,
    Kind,
    Mark,
    MonthPlot,
    Plot,
    TrendPlot,
)
from civicdesk.ui.widgets.plots.axis import ticks
from civicdesk.ui.widgets.plots.ink import ink_on, shade
from tests.ui.widgets.finger import Finger

LEFT = Qt.MouseButton.LeftButton
HOURS = ("9", "10", "11", "12")
ROOMS = ("Meclis Salonu", "Atölye 1", "Toplantı A")


def heat() -> HeatPlot:
    plot = HeatPlot(name="plot", spoken="Rooms by hour")
    cells = [
        Mark((room, hour), value=0.5, words="12", spoken=f"{room} · {hour} · 12 people")
        for room in ROOMS
        for hour in HOURS
    ]
    cells[3] = Mark((ROOMS[0], "12"), kind=Kind.CLOSED, spoken="Meclis Salonu · 12 · closed", opens=False)
    plot.show_cells(Axes(ROOMS, HOURS, ("21%", "80%", "—")), cells)
    return plot


def columns() -> ColumnPlot:
    plot = ColumnPlot(name="plot", spoken="Arrivals")
    plot.show_series([Mark(n, str(n), value=n * 3.0, words=str(n * 3), usual=10.0) for n in range(9, 20)])
    return plot


def trend() -> TrendPlot:
    plot = TrendPlot(name="plot", spoken="Months")
    values = [1200.0, None, 1500.0, 900.0]
    plot.show_series([Mark(n, f"M{n}", value=value, usual=1000.0) for n, value in enumerate(values)])
    return plot


def bars() -> BarPlot:
    plot = BarPlot(name="plot", spoken="Kinds")
    plot.show_bars([Mark(n, f"Kind {n}", value=float(n), words=str(n), usual=3.0) for n in range(4)])
    return plot


def month() -> MonthPlot:
    plot = MonthPlot(name="plot", spoken="November")
    days = [date(2026, 11, 1) + timedelta(n) for n in range(30)]
    plot.show_marks([Mark(on, str(on.day), value=float(on.day), words=str(on.day * 5)) for on in days])
    return plot


ALL: tuple[Callable[[], Plot], ...] = (heat, columns, trend, bars, month)


def shown(plot: Plot, qtbot: QtBot, wide: int = 700) -> Plot:
    qtbot.addWidget(plot)
    plot.resize(wide, plot.high())
    plot.show()
    plot.activateWindow()
    return plot


def picture(plot: Plot) -> QImage:
    return plot.grab().toImage()


@pytest.mark.parametrize("make", ALL)
def test_a_click_opens_what_is_under_it(make: Callable[[], Plot], qtbot: QtBot) -> None:
    plot = shown(make(), qtbot)
    mark = plot.marks[2]

    with qtbot.waitSignal(plot.opened) as opened:
        QTest.mouseClick(plot.viewport(), LEFT, pos=plot.box(mark.key).center())

    assert opened.args == [mark.key]


@pytest.mark.parametrize("make", ALL)
def test_a_finger_opens_what_is_under_it(make: Callable[[], Plot], qtbot: QtBot, finger: Finger) -> None:
    plot = shown(make(), qtbot)
    at = plot.box(plot.marks[2].key).center()

    with qtbot.waitSignal(plot.opened) as opened:
        finger.press(plot.viewport(), at)
        finger.release(plot.viewport(), at)

    assert opened.args == [plot.marks[2].key]


@pytest.mark.parametrize("make", ALL)
def test_every_mark_is_large_enough_for_a_finger(make: Callable[[], Plot], qtbot: QtBot) -> None:
    plot = shown(make(), qtbot)

    assert [mark for mark in plot.marks if plot.box(mark.key).height() < 44] == []
    assert [mark for mark in plot.marks if plot.box(mark.key).width() < 44] == []


@pytest.mark.parametrize("make", ALL)
def test_every_mark_stands_within_the_plot_and_none_on_another(
    make: Callable[[], Plot], qtbot: QtBot
) -> None:
    plot = shown(make(), qtbot)
    boxes = [plot.box(mark.key).adjusted(1, 1, -1, -1) for mark in plot.marks]

    assert [box for box in boxes if not plot.viewport().rect().contains(box)] == []
    assert not any(one.intersects(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :])


def test_arrows_walk_over_the_heat_map_and_enter_opens(qtbot: QtBot) -> None:
    plot = shown(heat(), qtbot)
    plot.setFocus()
    plot.reach((ROOMS[0], "9"))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        QTest.keyClick(plot, key)

    with qtbot.waitSignal(plot.opened) as opened:
        QTest.keyClick(plot, Qt.Key.Key_Return)

    assert opened.args == [("Toplantı A", "10")]


def test_arrows_stay_on_the_plot_at_its_edges(qtbot: QtBot) -> None:
    plot = shown(month(), qtbot)
    plot.setFocus()
    plot.reach(date(2026, 11, 30))
    QTest.keyClick(plot, Qt.Key.Key_Down)
    QTest.keyClick(plot, Qt.Key.Key_Left)

    with qtbot.waitSignal(plot.opened) as opened:
        QTest.keyClick(plot, Qt.Key.Key_Space)

    assert opened.args == [date(2026, 11, 30)]


def test_tab_goes_on_behind_the_plot(qtbot: QtBot) -> None:
    page, plot, after = QWidget(), bars(), columns()
    column = QVBoxLayout(page)
    column.addWidget(plot)
    column.addWidget(after)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    plot.setFocus()

    QTest.keyClick(plot, Qt.Key.Key_Tab)

    qtbot.waitUntil(lambda: QApplication.focusWidget() is after)


def test_a_closed_hour_opens_nothing(qtbot: QtBot) -> None:
    plot = shown(heat(), qtbot)

    with qtbot.assertNotEmitted(plot.opened):
        QTest.mouseClick(plot.viewport(), LEFT, pos=plot.box((ROOMS[0], "12")).center())


def test_a_screen_reader_hears_every_mark(qtbot: QtBot) -> None:
    plot = shown(heat(), qtbot)
    reader = QAccessible.queryAccessibleInterface(plot)
    assert reader is not None

    said = [reader.child(n).text(QAccessible.Text.Name) for n in range(len(plot.marks))]

    assert said[4] == "Atölye 1 · 9 · 12 people"
    assert said[3] == "Meclis Salonu · 12 · closed"


def test_a_figure_that_is_missing_is_a_dash_and_not_nought(qtbot: QtBot) -> None:
    missing, nought = Mark("a", "May"), Mark("a", "May", value=0.0, words="0")

    assert (missing.said, nought.said) == ("—", "0")
    plot = trend()
    shown(plot, qtbot)
    with_dash = picture(plot)
    plot.show_series(
        [Mark(n, mark.label, value=mark.value or 0.0, usual=1000.0) for n, mark in enumerate(plot.marks)]
    )
    assert picture(plot) != with_dash


def test_booked_closed_and_used_differ_without_colour(qtbot: QtBot) -> None:
    plot = HeatPlot(name="plot")
    kinds = (Kind.SEEN, Kind.BOOKED, Kind.CLOSED, Kind.MISSING)
    plot.show_cells(Axes(("A",), HOURS), [Mark(kind, value=0.4, kind=kind) for kind in kinds])
    shown(plot, qtbot)
    grey = picture(plot).convertToFormat(QImage.Format.Format_Grayscale8)

    seen = {bytes(grey.copy(plot.box(kind).adjusted(2, 2, -6, -6)).constBits()) for kind in kinds}

    assert len(seen) == len(kinds)


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_figures_can_be_read_on_every_shade(qapp: QApplication, theme: str, share: float) -> None:
    apply_theme(qapp, THEMES[theme], 1.0)
    ground = shade("primary", share)

    assert contrast(ink_on(ground), ground.name()) >= 4.5


@pytest.mark.parametrize("make", ALL)
def test_a_plot_keeps_every_mark_in_view_with_letters_twice_as_large(
    make: Callable[[], Plot], qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp, THEMES["dark"], 2.0)
    plot = shown(make(), qtbot, wide=900)

    last = plot.box(plot.marks[-1].key)
    assert plot.viewport().rect().contains(last.adjusted(1, 1, -1, -1))
    assert plot.sizeHint().height() == plot.high()


def test_what_was_reached_stays_reached_when_the_figures_change(qtbot: QtBot) -> None:
    plot = bars()
    shown(plot, qtbot)
    plot.reach(2)
    plot.show_bars([Mark(n, f"Kind {n}", value=9.0) for n in (7, 2, 1)])

    assert plot.currentIndex().row() == 1


def test_an_empty_plot_is_no_trouble(qtbot: QtBot) -> None:
    plot = shown(columns(), qtbot)
    plot.show_marks([])
    plot.setFocus()

    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert plot.indexAt(QPoint(50, 50)).isValid() is False


@pytest.mark.parametrize(
    ("most", "steps"),
    [(0, [0, 1]), (3, [0, 1, 2, 3]), (37, [0, 10, 20, 30, 40]), (3500, [0, 1000, 2000, 3000, 4000])],
)
def test_the_axis_has_round_steps(most: float, steps: list[float]) -> None:
    assert ticks(most) == steps


def test_thirty_rooms_by_twenty_four_hours_are_drawn_between_two_frames(qtbot: QtBot) -> None:
    rooms, hours = tuple(f"Room {n}" for n in range(30)), tuple(str(n) for n in range(24))
    plot = HeatPlot(name="plot")
    plot.show_cells(Axes(rooms, hours), [Mark((r, h), value=0.5, words="9") for r in rooms for h in hours])
    shown(plot, qtbot, wide=1400)
    picture(plot)

    began = perf_counter()
    picture(plot)

    assert perf_counter() - began < 0.25
