"""A closure shows whom it touches before it is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import bookings, opening
from civicdesk.desk.bookings import Wish
from civicdesk.models import Booking, Closure, Room
from civicdesk.text import use_language
from civicdesk.ui.pages.settings.hours import HoursSection
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.list_row import ListRow
from tests import builders
from tests.builders import TUESDAY
from tests.ui.desk import settle

LEFT = Qt.MouseButton.LeftButton
TEN = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
"""Friday at 10:00 in the centre."""

FRIDAY = date(2026, 11, 27)


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> HoursSection:
    section = HoursSection(manager)
    qtbot.addWidget(section)
    section.resize(980, 1_600)
    section.show()
    qtbot.waitExposed(section)
    return section


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


def book(runner: Runner, name: str, starts_at: datetime, phone: str = "") -> Booking:
    with runner.database.begin() as session:
        room = session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()
        wish = Wish(
            room_id=room.id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            title="Panel",
            organisation_id=builders.organisation(session, name).id,
            contact_phone=phone,
        )
        return bookings.book(session, wish, at=TUESDAY)


def press(qtbot: QtBot, within: QWidget, name: str) -> None:
    settle()
    button = next(each for each in within.findChildren(QPushButton, name) if each.isVisible())
    qtbot.mouseClick(button, LEFT)
    settle()


def write(section: HoursSection, qtbot: QtBot, part: str = "whole") -> None:
    section.form.on.setText("27.11.2026")
    section.form.reason.setText("Boya")
    press(qtbot, section, f"closing_part_{part}")
    press(qtbot, section, "closing_add")


def states(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return list(session.scalars(select(Booking.state).order_by(Booking.starts_at)))


def closures(runner: Runner) -> list[tuple[str, str]]:
    with runner.database.read() as session:
        found = session.scalars(select(Closure).where(Closure.deleted_at.is_(None))).all()
    return [(each.from_time, each.until_time) for each in found]


def test_whom_it_touches_is_shown_and_nothing_is_closed_yet(
    section: HoursSection, runner: Runner, qtbot: QtBot
) -> None:
    for hour, name in enumerate(("Barış Vakfı", "Ova Kültür Vakfı", "Ege Kadın Emeği Derneği")):
        book(runner, name, TEN + timedelta(hours=2 * hour), "0532 123 45 67")
    write(section, qtbot)
    assert section.touched.banner.sentence.text() == (
        "3 bookings are touched: 10:00 Panel, 12:00 Panel … They are skipped, and their organisations are to be told."
    )
    rows = [each for each in section.touched.findChildren(ListRow) if each.isVisible()]
    assert rows[0].title.text() == "27 November Fri 10:00–11:00 · Panel"
    assert rows[0].second.text() == "Çınar Odası · Barış Vakfı · 0532 123 45 67"
    assert section.touched.close_day.words() == "Close and skip 3"
    assert closures(runner) == []
    assert not section.form.add.isVisible()
    press(qtbot, section, "closing_give_up")
    assert not section.touched.isVisible()
    assert section.form.add.isVisible()
    assert closures(runner) == []


def test_what_is_not_kept_is_skipped_and_who_is_to_be_told_is_named(
    section: HoursSection, runner: Runner, qtbot: QtBot, said: list[Notice]
) -> None:
    stays = book(runner, "Barış Vakfı", TEN)
    book(runner, "Ova Kültür Vakfı", TEN + timedelta(hours=2), "0532 123 45 67")
    write(section, qtbot)
    press(qtbot, section, f"closing_keep_{stays.id.hex}")
    assert section.touched.close_day.words() == "Close and skip 1"
    press(qtbot, section, "closing_confirm")
    assert states(runner) == ["confirmed", "skipped"]
    assert closures(runner) == [("00:00", "24:00")]
    assert section.form.banner.sentence.text() == "To be told: Ova Kültür Vakfı (0532 123 45 67)"
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()
    assert (states(runner), closures(runner)) == (["confirmed", "confirmed"], [])
    assert not section.form.banner.isVisible()


@pytest.mark.parametrize(
    "case",
    [("morning", ("00:00", "13:00"), "skipped"), ("afternoon", ("13:00", "24:00"), "confirmed")],
)
def test_half_a_day_touches_only_its_half(
    section: HoursSection, runner: Runner, qtbot: QtBot, case: tuple[str, opening.Hours, str]
) -> None:
    part, hours, state = case
    book(runner, "Barış Vakfı", TEN)
    write(section, qtbot, part)
    if state == "skipped":
        press(qtbot, section, "closing_confirm")
    assert closures(runner) == [hours]
    assert states(runner) == [state]


def test_another_day_asks_anew(section: HoursSection, runner: Runner, qtbot: QtBot) -> None:
    book(runner, "Barış Vakfı", TEN)
    write(section, qtbot)
    assert section.touched.isVisible()
    section.form.on.textEdited.emit("28.11.2026")
    assert not section.touched.isVisible()


def test_a_closure_without_a_reason_is_refused_before_anybody_is_named(
    section: HoursSection, runner: Runner, qtbot: QtBot
) -> None:
    book(runner, "Barış Vakfı", TEN)
    section.form.on.setText("27.11.2026")
    press(qtbot, section, "closing_add")
    assert section.form.banner.sentence.text() == "Write why the centre is closed; visitors are told so."
    assert not section.touched.isVisible()


def test_the_question_is_asked_in_turkish_too(section: HoursSection, runner: Runner, qtbot: QtBot) -> None:
    book(runner, "Barış Vakfı", TEN)
    use_language("tr")
    section.retranslate()
    write(section, qtbot)
    assert section.touched.banner.sentence.text() == (
        "1 rezervasyon etkilenir (10:00 Panel). Bunlar atlanır; kuruluşlarına haber verilmelidir."
    )
    assert section.touched.close_day.words() == "Kapat, 1 rezervasyonu atla"
