"""The timeline: drawn on, moved and pulled by mouse, finger and keyboard, and read by assistive programs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from civicdesk.ui.widgets.timeline import Block, Closed, Plan, Row, Stretch, Timeline
from civicdesk.ui.widgets.timeline.blocks import folded
from civicdesk.ui.widgets.timeline.geometry import fitting
from civicdesk.ui.widgets.timeline.hand import Ghost
from tests.ui.widgets.finger import Finger

H = 60
LEFT = Qt.MouseButton.LeftButton
DAY = Stretch(8 * H, 20 * H)
ROWS = (Row("hall", "Meclis Salonu", "80"), Row("a", "Toplantı A", "10"), Row("b", "Toplantı B", "8"))
PLAN = Plan(
    (DAY,),
    ROWS,
    (
        Block("talk", "hall", 10 * H, 12 * H, "Panel", "Doğa Gönüllüleri"),
        Block("board", "a", 9 * H, 10 * H, "Kurul", "Barış Vakfı"),
        Block("fixed", "b", 14 * H, 15 * H, "Çakışma", is_fixed=True, tone="bad"),
    ),
    (Closed(8 * H, 9 * H, "Kapalı"),),
    now=10 * H + 42,
)


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    view = Timeline(name="timeline", spoken="Rooms")
    qtbot.addWidget(view)
    view.resize(1200, 400)
    view.show()
    view.show_plan(PLAN)
    view.activateWindow()
    return view


def drag(view: Timeline, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(port, start + (end - start) * part)
    QTest.mouseRelease(port, LEFT, pos=end)


def test_a_drag_on_free_ground_books_from_where_it_began_to_where_it_ended(
    timeline: Timeline, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(timeline.create_wanted) as booked:
        drag(timeline, timeline.point("b", 10 * H), timeline.point("b", 11 * H + 30))

    assert booked.args == ["b", 10 * H, 11 * H + 30]


def test_a_drag_to_the_left_books_as_well(timeline: Timeline, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timeline.create_wanted) as booked:
        drag(timeline, timeline.point("b", 12 * H + 2), timeline.point("b", 10 * H))

    assert booked.args == ["b", 10 * H, 12 * H + 15]


def test_a_booking_is_dragged_to_another_room_and_time_and_keeps_its_length(
    timeline: Timeline, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(timeline.move_wanted) as moved:
        drag(timeline, timeline.point("hall", 11 * H), timeline.point("b", 12 * H + 30))

    assert moved.args == ["talk", "b", 11 * H + 30, 13 * H + 30]


@pytest.mark.parametrize(
    ("edge", "to", "times"), [("end", 13 * H, (10 * H, 13 * H)), ("begin", 9 * H, (9 * H, 12 * H))]
)
def test_an_end_is_pulled(
    timeline: Timeline, qtbot: QtBot, edge: str, to: int, times: tuple[int, int]
) -> None:
    box = timeline.block_box("talk")
    grip = QPoint(box.right() - 2 if edge == "end" else box.left() + 2, box.center().y())
    by = timeline.point("hall", to).x() - timeline.point("hall", 12 * H if edge == "end" else 10 * H).x()

    with qtbot.waitSignal(timeline.move_wanted) as pulled:
        drag(timeline, grip, grip + QPoint(by, 0))

    assert pulled.args == ["talk", "hall", *times]


def test_a_booking_never_leaves_the_day_nor_vanishes(timeline: Timeline, qtbot: QtBot) -> None:
    with qtbot.waitSignal(timeline.move_wanted) as moved:
        drag(timeline, timeline.point("hall", 11 * H), QPoint(1195, timeline.point("hall", 11 * H).y()))
    assert moved.args[3] <= DAY.end

    box = timeline.block_box("talk")
    with qtbot.waitSignal(timeline.move_wanted) as pulled:
        drag(timeline, QPoint(box.right() - 2, box.center().y()), QPoint(box.left() - 200, box.center().y()))
    assert pulled.args[2:] == [10 * H, 10 * H + 15]


def test_where_a_booking_cannot_stand_it_goes_back(timeline: Timeline) -> None:
    moved: list[object] = []
    timeline.move_wanted.connect(lambda *args: moved.append(args))
    timeline.judge = lambda ghost: "Room B is closed" if ghost.row == 2 else ""

    drag(timeline, timeline.point("hall", 11 * H), timeline.point("b", 11 * H))

    assert moved == []
    assert not timeline.hand.holds


def test_what_is_fixed_is_opened_and_never_moved(timeline: Timeline, qtbot: QtBot) -> None:
    moved: list[object] = []
    timeline.move_wanted.connect(lambda *args: moved.append(args))
    drag(timeline, timeline.point("b", 14 * H + 30), timeline.point("a", 14 * H + 30))
    assert moved == []

    with qtbot.waitSignal(timeline.opened) as opened:
        QTest.mouseClick(timeline.viewport(), LEFT, pos=timeline.point("b", 14 * H + 30))
    assert opened.args == ["fixed"]


def test_a_click_on_free_ground_books_an_hour_from_the_half_hour_before(
    timeline: Timeline, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(timeline.create_wanted) as booked:
        QTest.mouseClick(timeline.viewport(), LEFT, pos=timeline.point("a", 15 * H + 40))

    assert booked.args == ["a", 15 * H + 30, 16 * H + 30]


def test_escape_in_the_middle_of_a_drag_moves_nothing(timeline: Timeline) -> None:
    moved: list[object] = []
    timeline.move_wanted.connect(lambda *args: moved.append(args))
    start = timeline.point("hall", 11 * H)
    QTest.mousePress(timeline.viewport(), LEFT, pos=start)
    QTest.mouseMove(timeline.viewport(), start + QPoint(100, 0))
    assert timeline.hand.holds

    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    QTest.mouseRelease(timeline.viewport(), LEFT, pos=start + QPoint(100, 0))

    assert moved == []


def test_the_keyboard_moves_lengthens_and_puts_down(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.setFocus()
    timeline.choose("talk")
    QTest.keyClick(timeline, Qt.Key.Key_Space)
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(timeline, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    with qtbot.waitSignal(timeline.move_wanted) as moved:
        QTest.keyClick(timeline, Qt.Key.Key_Return)

    assert moved.args == ["talk", "a", 10 * H, 12 * H + 30]


def test_the_keyboard_books_the_next_free_hour_of_a_room(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.setFocus()
    timeline.choose_row("hall")
    QTest.keyClick(timeline, Qt.Key.Key_Space)

    with qtbot.waitSignal(timeline.create_wanted) as booked:
        QTest.keyClick(timeline, Qt.Key.Key_Space)

    assert booked.args == ["hall", 12 * H, 13 * H]


def test_the_arrows_walk_through_rooms_and_bookings(timeline: Timeline, qtbot: QtBot) -> None:
    timeline.setFocus()
    timeline.choose_row("hall")
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.chosen_block() == PLAN.blocks[0]
    QTest.keyClick(timeline, Qt.Key.Key_Down)
    assert timeline.chosen_block() == PLAN.blocks[1]

    with qtbot.waitSignal(timeline.opened) as opened:
        QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args == ["board"]


def test_a_finger_scrolls_and_books_nothing(qtbot: QtBot, timeline: Timeline, finger: Finger) -> None:
    rows = tuple(Row(n, f"Room {n}") for n in range(40))
    timeline.show_plan(Plan((DAY,), rows))
    booked: list[object] = []
    timeline.create_wanted.connect(lambda *args: booked.append(args))

    port = timeline.viewport()
    finger.press(port, timeline.point(5, 12 * H))
    for n in range(1, 8):
        finger.move(port, timeline.point(5, 12 * H) - QPoint(0, 25 * n))
    finger.release(port, timeline.point(5, 12 * H) - QPoint(0, 175))

    qtbot.waitUntil(lambda: timeline.verticalScrollBar().value() > 50)
    assert booked == []


def test_a_finger_held_still_takes_hold(qtbot: QtBot, timeline: Timeline, finger: Finger) -> None:
    start = timeline.point("hall", 11 * H)
    port = timeline.viewport()
    finger.press(port, start)
    qtbot.waitUntil(lambda: timeline.hand.holds)
    finger.move(port, timeline.point("hall", 13 * H))

    with qtbot.waitSignal(timeline.move_wanted) as moved:
        finger.release(port, timeline.point("hall", 13 * H))

    assert moved.args == ["talk", "hall", 12 * H, 14 * H]


def test_a_tap_opens_a_booking_and_the_next_drag_moves_it_at_once(
    qtbot: QtBot, timeline: Timeline, finger: Finger
) -> None:
    at = timeline.point("hall", 11 * H)
    port = timeline.viewport()
    with qtbot.waitSignal(timeline.opened):
        finger.press(port, at)
        finger.release(port, at)

    finger.press(port, at)
    finger.move(port, timeline.point("b", 11 * H))
    with qtbot.waitSignal(timeline.move_wanted) as moved:
        finger.release(port, timeline.point("b", 11 * H))
    assert moved.args == ["talk", "b", 10 * H, 12 * H]


def test_every_room_and_booking_is_there_for_a_screen_reader(timeline: Timeline) -> None:
    table = QAccessible.queryAccessibleInterface(timeline)

    said = {table.child(n).text(QAccessible.Text.Name) for n in range(table.childCount()) if table.child(n)}

    assert {"Meclis Salonu · 80", "10:00–12:00 · Panel · Doğa Gönüllüleri"} <= said


def test_a_new_plan_keeps_what_was_chosen_and_where_it_was_scrolled_to(timeline: Timeline) -> None:
    rows = tuple(Row(n, f"Room {n}") for n in range(40))
    blocks = (Block("x", 30, 10 * H, 11 * H, "Toplantı"),)
    timeline.show_plan(Plan((DAY,), rows, blocks))
    timeline.choose("x")
    scrolled = timeline.verticalScrollBar().value()
    assert scrolled > 0

    timeline.show_plan(Plan((DAY,), rows, (Block("x", 30, 11 * H, 12 * H, "Toplantı"),)))

    assert timeline.verticalScrollBar().value() == scrolled
    assert timeline.chosen_block() == Block("x", 30, 11 * H, 12 * H, "Toplantı")


def test_what_overlaps_is_stacked_so_that_both_are_seen(timeline: Timeline) -> None:
    both = (
        Block(1, "a", 9 * H, 11 * H, "One"),
        Block(2, "a", 10 * H, 12 * H, "Two"),
        Block(3, "a", 12 * H, 13 * H, "Three"),
    )
    timeline.show_plan(Plan((DAY,), ROWS, both))

    assert not timeline.block_box(1).intersects(timeline.block_box(2))
    assert timeline.block_box(3).height() > timeline.block_box(1).height() * 1.5


def test_minutes_and_pixels_agree_over_several_days() -> None:
    days = tuple(Stretch(n * 24 * H + 9 * H, n * 24 * H + 19 * H, f"day {n}") for n in range(7))
    geometry = fitting(Plan(days, ROWS), 700, least_per_hour=20, row_height=50)

    for minute in (9 * H, 12 * H, 24 * H + 9 * H, 6 * 24 * H + 18 * H + 55):
        assert geometry.minute(geometry.x(minute)) == pytest.approx(minute, abs=0.01)
    assert geometry.minute(geometry.x(3 * H)) == 9 * H
    assert geometry.width == 7 * 200 + 6 * 10


def test_the_ghost_says_when_and_why_not(timeline: Timeline) -> None:
    timeline.judge = lambda ghost: "full" if isinstance(ghost, Ghost) and ghost.end > 12 * H else ""
    start = timeline.point("b", 10 * H)
    QTest.mousePress(timeline.viewport(), LEFT, pos=start)
    QTest.mouseMove(timeline.viewport(), timeline.point("b", 11 * H))
    fine = timeline.grab().toImage()
    QTest.mouseMove(timeline.viewport(), timeline.point("b", 13 * H))
    refused = timeline.grab().toImage()
    QTest.mouseRelease(timeline.viewport(), LEFT, pos=start)

    assert fine != refused


def test_no_hour_is_cut_at_the_edges_nor_stands_under_the_time_of_now(timeline: Timeline) -> None:
    edges, wide = timeline._painting.edges, 500
    seen = [words for _at, words in edges.hours_seen(25, wide)]
    whole = [words for _at, words in edges.hours_seen(0, timeline.geometry_now.width)]

    assert whole[0] == "08:00"
    assert whole[-1] == "20:00"
    assert "11:00" not in whole  # it is 10:42
    assert "08:00" not in seen
    assert all(0 <= at < wide - 30 for at, _words in edges.hours_seen(25, wide))


def test_a_long_title_is_never_broken_within_a_word(timeline: Timeline) -> None:
    metrics = timeline._painting.letters.of_narrow
    wide = metrics.horizontalAdvance("Türk Müz")

    assert folded("Türk Müziği Dinletisi", metrics, wide, 2) == ["Türk", "Müziği Dinletisi"]
    assert folded("Kurul", metrics, wide, 2) == ["Kurul"]


def test_a_long_name_of_a_room_widens_its_column_up_to_a_limit(timeline: Timeline) -> None:
    before = timeline.ground().left()
    timeline.show_plan(replace(PLAN, rows=(Row("hall", "Mavi Konferans ve Sergi Salonu", "250"), *ROWS[1:])))
    widened = timeline.ground().left()
    timeline.show_plan(replace(PLAN, rows=(Row("hall", "Mavi " * 30, "250"), *ROWS[1:])))

    assert before < widened
    assert timeline.ground().left() == widened


def test_another_week_opens_at_the_time_of_now(timeline: Timeline) -> None:
    days = tuple(Stretch(n * 24 * H + 8 * H, n * 24 * H + 20 * H, f"Day {n}") for n in range(7))
    timeline.show_plan(replace(PLAN, stretches=days, now=5 * 24 * H + 11 * H))
    assert timeline.horizontalScrollBar().value() > 0
    timeline.horizontalScrollBar().setValue(0)
    timeline.show_plan(replace(PLAN, stretches=days, now=5 * 24 * H + 12 * H))

    assert timeline.horizontalScrollBar().value() == 0
