"""The calendar of thirty rooms: a day of 1,000 bookings and a week of 5,000, until they stand on the screen; then
each frame while a booking is dragged and while the ground is flung."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import booking_wish
from civicdesk.models import Booking, BookingKind, Centre, OpeningHours, Organisation, Room, new_id
from civicdesk.text import ZONE, utc
from civicdesk.ui import quiet
from civicdesk.ui.pages.rooms.days import Days
from civicdesk.ui.pages.rooms_page import RoomsPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from tests.bench.rows import Row, Times, timed, within

ROOMS, A_DAY, DAYS = 30, 1_000, 5
MONDAY = date(2026, 11, 23)
AT = utc(datetime(2026, 11, 24, 10, 42, tzinfo=ZONE))
_FRAME = 0.016
_LEFT = Qt.MouseButton.LeftButton
_MINUTES = 20
_OPENS = 9 * 60


def rows(*, quick: bool) -> Iterator[Row]:
    count = 10 if quick else 60
    with TemporaryDirectory() as folder:
        file = Path(folder) / "desk.db"
        fill(file)
        page = _open(file)
        days = [_paint(page, Days("day", MONDAY + timedelta(days=n % DAYS))) for n in range(count + 2)][2:]
        weeks = [_paint(page, Days("week", MONDAY)) for _n in range(count // 2 + 2)][2:]
        _paint(page, Days("day", MONDAY + timedelta(days=1)))
        dragged = _drag(page, count * 5)
        page.timeline.let_be()
        flung = _fling(page, count * 5)
        _paint(page, Days("week", MONDAY))
        flung_week = _fling(page, count * 5)
        page.close()
        page.runner.close()
    yield within(f"day of {ROOMS} rooms and {A_DAY:,} bookings: read and painted", days, p99=40)
    yield within(f"week of {ROOMS} rooms and {A_DAY * DAYS:,} bookings: read and painted", weeks, p99=120)
    yield within("a frame while a booking is dragged", dragged, p99=8)
    yield within("a frame while the day is flung", flung, p99=8)
    yield within("a frame while the week is flung", flung_week, p99=8)


def fill(file: Path) -> None:
    """Five days of thirty rooms, each full from nine o'clock to eight with twenty minutes for everybody."""
    database = Database(file)
    database.prepare()
    with database.begin() as session:
        session.add(Centre(name="Çınarova"))
        session.add_all(OpeningHours(weekday=n, opens="09:00", closes="20:30") for n in range(6))
        rooms = [Room(name=f"Toplantı Odası {n + 1}", capacity=10 + n, position=n) for n in range(ROOMS)]
        names = (
            "Doğa Gönüllüleri Derneği",
            "Kent Gözlem Platformu",
            "Barış Vakfı",
            "Genç Kodcular Topluluğu",
        )
        whose = [Organisation(name=name, kind="association") for name in names]
        session.add_all([*rooms, *whose])
        session.flush()
        made = _bookings([room.id for room in rooms], [each.id for each in whose])
        session.execute(insert(Booking), made)
    database.close()


def _bookings(rooms: list[UUID], whose: list[UUID]) -> list[dict[str, object]]:
    dice, kinds = Random(2026), list(BookingKind)
    found: list[dict[str, object]] = []
    for day in range(DAYS):
        for n in range(A_DAY):
            start = _OPENS + n // ROOMS * _MINUTES
            starts_at = utc(datetime(2026, 11, 23 + day, start // 60, start % 60, tzinfo=ZONE))
            found.append(
                {
                    "id": new_id(),
                    "room_id": rooms[n % ROOMS],
                    "organisation_id": dice.choice(whose),
                    "title": dice.choice(("Yönetim kurulu toplantısı", "Geri dönüşüm atölyesi", "Panel")),
                    "kind": dice.choice(kinds),
                    "people": dice.randrange(2, 10),
                    "starts_at": starts_at,
                    "ends_at": starts_at + timedelta(minutes=_MINUTES),
                    "wall_start": booking_wish.wall(starts_at),
                }
            )
    return found


def _open(file: Path) -> RoomsPage:
    qt = QApplication.instance() or QApplication([])
    assert isinstance(qt, QApplication)
    text.use_language("tr")
    apply_theme(qt, LIGHT, 1.0)
    page = RoomsPage(Runner(file, clock=lambda: AT))
    page.resize(1270, 700)
    page.show()
    qt.processEvents()
    quiet.settle()
    return page


def _paint(page: RoomsPage, days: Days) -> float:
    """From the wish to see other days until they are on the screen."""
    page.timeline.horizontalScrollBar().setValue(0)
    QApplication.processEvents()

    def all_of_it() -> None:
        page.show_days(days)
        page.timeline.viewport().repaint()

    return timed(all_of_it)


def _drag(page: RoomsPage, count: int) -> Times:
    view = page.timeline
    block = next(each for each in view.plan.blocks if not each.is_fixed)
    at = view.block_box(block.key).center()
    QTest.mousePress(view.viewport(), _LEFT, pos=at)
    frames = [_frame(page, partial(_move, page, at, n)) for n in range(count)]
    view.let_be()
    QTest.mouseRelease(view.viewport(), _LEFT, pos=at)
    return frames


def _move(page: RoomsPage, at: QPoint, step: int) -> None:
    """To and fro over the whole ground, also to its edge, where it is pushed on."""
    ground = page.timeline.ground()
    x = ground.left() + abs((at.x() + step * 9) % (2 * ground.width()) - ground.width())
    y = ground.top() + abs((at.y() + step * 5) % (2 * ground.height()) - ground.height())
    QTest.mouseMove(page.timeline.viewport(), QPoint(x, y))


def _fling(page: RoomsPage, count: int) -> Times:
    _frame(page, partial(_scroll, page, 0))  # not a jump from wherever it stood
    return [_frame(page, partial(_scroll, page, n)) for n in range(count)]


def _scroll(page: RoomsPage, step: int) -> None:
    for bar, by in ((page.timeline.verticalScrollBar(), 22), (page.timeline.horizontalScrollBar(), 30)):
        way = step * by % (2 * max(bar.maximum(), 1))
        bar.setValue(way if way <= bar.maximum() else 2 * bar.maximum() - way)


def _frame(page: RoomsPage, act: Callable[[], None]) -> float:
    """What a frame of sixteen milliseconds costs: the movement, its painting, and what is late of the rest."""
    begun = time.perf_counter()
    act()
    page.timeline.viewport().repaint()
    took = time.perf_counter() - begun
    while time.perf_counter() - begun < _FRAME:
        QApplication.processEvents()
    late = time.perf_counter() - begun - _FRAME
    return (took + late) * 1_000
