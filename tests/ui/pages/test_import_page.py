"""The page that takes bookings in from a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from civicdesk import text
from civicdesk.desk import bookings
from civicdesk.desk.bookings import Wish
from civicdesk.models import Booking, Room
from civicdesk.ui.pages.import_page import ImportPage
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.choice import ChoiceField
from tests.builders import TUESDAY
from tests.desk.test_bookings_in import HOUR, TEN

LEFT = Qt.MouseButton.LeftButton
GOLDEN = Path(__file__).parents[2] / "golden" / "ical"
HEAD = "Tarih;Saat;Bitiş;Salon;Konu"
NEW = "02.12.2026;10:00;11:00;Çınar Odası;Okuma grubu"
CLASH = "01.12.2026;10:30;11:30;Çınar Odası;Satranç"
SUNDAY = "06.12.2026;10:00;11:00;Çınar Odası;Pazar buluşması"
NO_DAY = "31.02.2026;10:00;11:00;Çınar Odası;Yanlış gün"
NO_ROOM = "03.12.2026;10:00;11:00;Çınar Odsı;Söyleşi"


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> Iterator[ImportPage]:
    """The room is taken on the first of December from ten to eleven."""
    with runner.database.begin() as session:
        wish = Wish(room_id=room_id(runner), starts_at=TEN, ends_at=TEN + HOUR, title="Kurul")
        bookings.book(session, wish, at=TUESDAY)
    page = ImportPage(runner)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    page.reading.stop()


def room_id(runner: Runner) -> object:
    with runner.database.read() as session:
        return session.scalar(select(Room.id).where(Room.name == "Çınar Odası"))


def table(folder: Path, *rows: str, head: str = HEAD, name: str = "Aralık.csv") -> Path:
    file = folder / name
    file.write_text("\n".join((head, *rows)), encoding="utf-8")
    return file


def read(page: ImportPage, qtbot: QtBot, file: Path) -> None:
    page.show_file(file)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.busy, timeout=10_000)


def press(page: ImportPage, name: str) -> None:
    button = page.findChild(Button, name)
    assert button is not None
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def shown(page: ImportPage) -> list[str]:
    return [str(page.preview.list.rows.index(row).data()) for row in range(page.preview.list.rows.rowCount())]


def tap(page: ImportPage, row: int) -> None:
    view = page.preview.list
    view.scrollTo(view.rows.index(row))
    QTest.mouseClick(
        view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, view.visualRect(view.rows.index(row)).center()
    )


def choose(page: ImportPage, name: str, words: str) -> None:
    field = page.findChild(ChoiceField, name)
    assert field is not None
    at = field.findText(words)
    assert at >= 0, [field.itemText(each) for each in range(field.count())]
    field.setCurrentIndex(at)
    field.activated.emit(at)


def kept(runner: Runner) -> int:
    with runner.database.read() as session:
        return (
            session.scalar(select(func.count()).select_from(Booking).where(Booking.deleted_at.is_(None))) or 0
        )


def test_a_file_is_asked_for_through_the_computers_own_dialog(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    press(page, "import_choose")
    [dialog] = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(table(tmp_path, NEW)))
    dialog.reject()

    qtbot.waitUntil(lambda: shown(page) == ["Okuma grubu"], timeout=10_000)


def test_every_row_says_what_would_become_of_it_before_anything_is_kept(
    page: ImportPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    read(page, qtbot, table(tmp_path, NEW, CLASH, SUNDAY, NO_DAY))
    rows = page.preview.list.rows
    spoken = [page.subject.spoken(line, is_ticked=at in rows.ticked) for at, line in rows.lines]

    assert spoken[0] == "Okuma grubu, 2 Dec 2026 Wed, 10:00–11:00, New, Çınar Odası, ticked"
    assert spoken[1].startswith(
        "Satranç, 1 Dec 2026 Tue, 10:30–11:30, Clash, “Çınar Odası” is taken until 11:00: Kurul."
    )
    assert spoken[2].endswith("Cannot be, The centre is closed then: Weekly closing day.")
    assert spoken[3] == "Yanlış gün, No day, Cannot be, “31.02.2026” is not a day. Write it as 24.11.2026."
    assert page.take_in.words() == "Take in 1 booking"
    assert kept(runner) == 1


def test_what_is_ticked_is_taken_in_and_all_of_it_is_taken_back_by_the_notice(
    page: ImportPage, runner: Runner, qtbot: QtBot, tmp_path: Path, said: list[Notice]
) -> None:
    second = NEW.replace("10:00;11:00", "12:00;13:00")
    read(page, qtbot, table(tmp_path, NEW, second, CLASH))
    assert page.take_in.words() == "Take in 2 bookings"
    with qtbot.waitSignal(page.done, timeout=10_000) as done:
        press(page, "import_take_in")

    assert done.args == [2]
    assert page.choose.isVisible()
    assert kept(runner) == 3
    assert said[-1].sentence == "2 bookings were taken in."
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    assert kept(runner) == 1


def test_a_tap_and_the_space_bar_tick_and_what_clashes_cannot_be_ticked(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    read(page, qtbot, table(tmp_path, NEW, CLASH))
    tap(page, 1)
    assert page.take_in.words() == "Take in 1 booking"
    tap(page, 0)
    assert not page.take_in.isEnabled()
    page.preview.list.setFocus()
    QTest.keyClick(page.preview.list, Qt.Key.Key_Space)
    assert page.take_in.isEnabled()
    press(page, "import_tick")
    assert not page.take_in.isEnabled()


def test_the_filter_shows_one_kind_of_rows(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot, table(tmp_path, NEW, CLASH, NO_DAY))
    press(page, "import_filter_clash")
    assert shown(page) == ["Satranç"]
    press(page, "import_filter_all")
    assert shown(page) == ["Okuma grubu", "Satranç", "Yanlış gün"]


def test_columns_that_nobody_can_know_are_chosen_by_hand(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    read(page, qtbot, table(tmp_path, NEW, head="A;B;Bitiş;Salon;Konu"))
    assert page.banner.sentence.text().startswith("It is not clear which columns say when.")
    assert page.take_in.isHidden()

    choose(page, "import_column_day", "A")
    qtbot.waitUntil(lambda: page.seen is not None and page.seen.columns.get("day") == 0)
    choose(page, "import_column_begins", "B")

    qtbot.waitUntil(lambda: shown(page) == ["Okuma grubu"])
    assert page.banner.isHidden()
    assert page.take_in.words() == "Take in 1 booking"


def test_a_room_that_is_not_sure_is_settled_by_hand(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot, table(tmp_path, NO_ROOM))
    assert page.rooms.isVisible()
    assert not page.take_in.isEnabled()
    choose(page, "import_room_1", "Çınar Odası")

    qtbot.waitUntil(page.take_in.isEnabled)
    assert page.take_in.words() == "Take in 1 booking"


def test_a_closed_day_is_ticked_once_there_is_a_reason(
    page: ImportPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    read(page, qtbot, table(tmp_path, SUNDAY))
    tap(page, 0)
    assert not page.take_in.isEnabled()
    page.reason.setText("The mayor comes")
    tap(page, 0)
    with qtbot.waitSignal(page.done, timeout=10_000):
        press(page, "import_take_in")
    with runner.database.read() as session:
        assert "The mayor comes" in session.scalars(select(Booking.why)).all()


def test_a_reason_that_is_taken_away_takes_its_ticks_along(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    read(page, qtbot, table(tmp_path, SUNDAY, NEW))
    page.reason.setText("Because")
    tap(page, 0)
    assert page.take_in.words() == "Take in 2 bookings"
    page.reason.clear()
    assert page.take_in.words() == "Take in 1 booking"


def test_what_was_booked_meanwhile_refuses_all_and_says_so_where_the_eye_is(
    page: ImportPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    read(page, qtbot, table(tmp_path, NEW, NEW.replace("02.12", "04.12")))
    with runner.database.begin() as session:
        starts_at = TEN + timedelta(days=3)
        wish = Wish(room_id=room_id(runner), starts_at=starts_at, ends_at=starts_at + HOUR, title="Schnell")
        bookings.book(session, wish, at=TUESDAY)
    press(page, "import_take_in")

    qtbot.waitUntil(page.banner.isVisible, timeout=10_000)
    assert "is taken until 11:00: Schnell" in page.banner.sentence.text()
    assert kept(runner) == 2


def test_a_calendar_is_taken_in_like_a_table_and_needs_no_columns(page: ImportPage, qtbot: QtBot) -> None:
    read(page, qtbot, GOLDEN / "google.ics")

    assert len(shown(page)) == 4
    assert page.columns.isHidden()
    assert page.take_in.words() == "Take in 3 bookings"  # the first one finds its room taken


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"%PDF-1.7 no table", "This file holds no table. Choose a CSV or Excel (.xlsx) file."),
        (b"", "There is nothing in this file."),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "There is no booking in this file."),
    ],
)
def test_a_file_that_holds_nothing_is_refused_in_the_page(
    page: ImportPage, qtbot: QtBot, tmp_path: Path, raw: bytes, sentence: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(raw)
    read(page, qtbot, file)

    assert page.banner.isVisible()
    assert page.banner.sentence.text() == sentence
    assert page.choose.isVisible()


def test_reading_is_stopped_and_the_page_is_as_before(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.show_file(table(tmp_path, *[NEW] * 15_000))
    assert page.busy.isVisible()
    press(page, "import_stop")

    assert page.choose.isVisible()
    read(page, qtbot, table(tmp_path, NEW, name="b.csv"))
    assert shown(page) == ["Okuma grubu"]


def test_another_file_overtakes_the_one_that_is_being_read(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.show_file(table(tmp_path, *[CLASH] * 5_000))
    page.show_file(table(tmp_path, NEW, name="b.csv"))

    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body, timeout=20_000)
    assert shown(page) == ["Okuma grubu"]
    assert page.second.text() == "b.csv · 1 row"


def test_it_speaks_turkish_as_soon_as_the_desk_does(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    read(page, qtbot, table(tmp_path, NEW, CLASH))
    text.use_language("tr")
    page.retranslate()

    assert page.take_in.words() == "1 rezervasyonu aktar"
    assert page.second.text() == "Aralık.csv · 2 satır"
    wanted = ["Tümü  2", "Yeni  1", "Çakışma  1"]
    pills = page.preview.filter
    qtbot.waitUntil(
        lambda: [each.words() for each in pills.findChildren(Button) if each.isVisible()] == wanted
    )


def test_the_list_stays_quick_with_twenty_thousand_rows(
    page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = [
        f"{1 + n % 28:02d}.12.2026;{9 + n % 8}:00;{10 + n % 8}:00;Çınar Odası;Toplantı {n}"
        for n in range(20_000)
    ]
    page.show_file(table(tmp_path, *rows))
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.body, timeout=60_000)

    assert page.preview.list.rows.rowCount() == 20_000
    page.preview.list.scrollToBottom()
    assert page.preview.list.indexAt(QPoint(50, 50)).row() > 19_900


def test_a_file_is_taken_back_when_its_notice_is_gone_too(
    page: ImportPage, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not page.lately.isVisible()
    read(page, qtbot, table(tmp_path, NEW))
    press(page, "import_take_in")
    qtbot.waitUntil(lambda: kept(runner) == 2, timeout=10_000)
    qtbot.waitUntil(page.lately.isVisible)
    press(page, "import_undo_1")

    assert kept(runner) == 1
    assert not page.lately.isVisible()
