"""Which days a report is of: by arrows, by length, by a small month, by writing; odd days are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from civicdesk.desk.period import PeriodKind
from civicdesk.models import Closure
from civicdesk.settings import Settings
from civicdesk.text import use_language
from civicdesk.ui.pages.reports.period_card import PeriodCard
from civicdesk.ui.pages.reports_page import ReportsPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.printing.reading import words

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> Iterator[ReportsPage]:
    with runner.database.begin() as session:
        builders.visit(session)
    page = ReportsPage(runner)
    page.show_settings(Settings.model_construct())
    qtbot.addWidget(page)
    page.resize(1270, 700)
    with qtbot.waitSignal(page.view.opened):
        page.show()
    yield page
    page.hide()


def days(page: ReportsPage) -> PeriodCard:
    return page.side.days


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, LEFT)


def choose(page: ReportsPage, qtbot: QtBot, name: str) -> None:
    with qtbot.waitSignal(page.view.opened):
        page.choose(name)


def length(page: ReportsPage, kind: PeriodKind) -> Button:
    found = days(page).lengths.findChild(Button, f"reports_length_{kind}")
    assert isinstance(found, Button)
    return found


def seen(page: ReportsPage) -> str:
    return "\n".join(words(page.view._pdf))


@pytest.mark.parametrize(
    ("kind", "key", "before"),
    [
        (PeriodKind.WEEK, "2026-W48", "2026-W47"),
        (PeriodKind.MONTH, "2026-11", "2026-10"),
        (PeriodKind.QUARTER, "2026-Q4", "2026-Q3"),
        (PeriodKind.HALF, "2026-H2", "2026-H1"),
        (PeriodKind.YEAR, "2026", "2025"),
    ],
)
def test_a_length_is_chosen_and_the_arrows_go_by_it(
    page: ReportsPage, qtbot: QtBot, kind: PeriodKind, key: str, before: str
) -> None:
    choose(page, qtbot, "period")
    if kind is not PeriodKind.MONTH:
        with qtbot.waitSignal(page.view.opened):
            press(qtbot, length(page, kind))
    assert page.chosen.period.key == key

    with qtbot.waitSignal(page.view.opened):
        press(qtbot, days(page).earlier)
    assert page.chosen.period.key == before

    with qtbot.waitSignal(page.view.opened):
        press(qtbot, days(page).later)
    assert page.chosen.period.key == key


def test_the_way_back_to_today_is_one_press(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    assert not days(page).today.isVisible()
    for _again in range(2):
        with qtbot.waitSignal(page.view.opened):
            press(qtbot, days(page).earlier)

    assert days(page).today.words() == "This month"
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, days(page).today)
    assert page.chosen.period.key == "2026-11"


def test_another_report_is_of_the_days_around_the_same_day(page: ReportsPage, qtbot: QtBot) -> None:
    page.show_day(date(2026, 8, 12))
    choose(page, qtbot, "no_shows")
    assert page.chosen.period.key == "2026-08"
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, length(page, PeriodKind.WEEK))
    assert page.chosen.period.key == "2026-W33"

    choose(page, qtbot, "fair_use")
    assert page.chosen.period.key == "2026-W33"
    choose(page, qtbot, "year")
    assert page.chosen.period.key == "2026"
    choose(page, qtbot, "occupancy")
    assert page.chosen.period.first == date(2026, 8, 12)


def test_twelve_months_end_with_any_day(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "year")

    with qtbot.waitSignal(page.view.opened):
        press(qtbot, length(page, PeriodKind.TWELVE_MONTHS))

    assert (page.chosen.period.first, page.chosen.period.last) == (date(2025, 11, 25), date(2026, 11, 24))
    assert days(page).date.words() == "24.11.2026"


def test_days_are_written_from_one_to_another(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, length(page, PeriodKind.DAYS))
    field = days(page).first.date
    field.setFocus()
    field.selectAll()

    with qtbot.waitSignal(page.view.opened):
        qtbot.keyClicks(field, "03.11.2026")
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert page.chosen.period.key == "2026-11-03..2026-11-24"
    assert "3–24 November 2026" in days(page).second.text()
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, days(page).earlier)
    assert page.chosen.period.key == "2026-10-12..2026-11-02"


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("01.11.2026", "The last day lies before the first one."),
        ("24.11.2046", "A report is about ten years at most."),
        ("32.13.2026", "date"),
        ("", "date"),
    ],
)
def test_days_that_are_none_are_told_and_what_was_shown_stays(
    page: ReportsPage, qtbot: QtBot, last: str, said: str
) -> None:
    choose(page, qtbot, "period")
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, length(page, PeriodKind.DAYS))
    field = days(page).last.date
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClicks(field, last)
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert days(page).banner.isVisible()
    assert said in days(page).banner.sentence.text()
    assert page.chosen.period.key == "2026-11-24..2026-11-24"


def test_any_day_is_chosen_from_a_small_month(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    press(qtbot, days(page).date)

    with qtbot.waitSignal(page.view.opened):
        days(page).picker.month.day_opened.emit(date(2026, 3, 5))

    assert page.chosen.period.key == "2026-03"
    assert not days(page).picker.isVisible()


def test_a_day_ahead_is_told_with_the_way_back(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view.opened):
        page.show_day(date(2027, 1, 4))

    assert page.banner.sentence.text() == "These days lie ahead: only what is booked is known."
    assert "the day has not come yet" in seen(page)
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.banner.buttons[0])
    assert page.chosen.period.first == date(2026, 11, 24)
    assert not page.banner.isVisible()


def test_days_before_the_first_kept_one_are_told_with_the_way_to_it(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    with qtbot.waitSignal(page.view.opened):
        page.show_day(date(2019, 5, 1))

    assert page.banner.sentence.text() == (
        "The desk kept nothing of these days. It begins on 24 November 2026."
    )
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.banner.buttons[0])
    assert page.chosen.period.key == "2026-11"


def test_a_feast_says_why_it_is_closed(page: ReportsPage, runner: Runner, qtbot: QtBot) -> None:
    on = date(2026, 11, 23)
    with runner.database.begin() as session:
        session.add(Closure(on=on, reason="Kurban Bayramı"))
    with qtbot.waitSignal(page.view.opened):
        page.show_day(on)

    assert "Kurban Bayramı" in seen(page)


def test_a_list_of_this_moment_has_no_days_to_choose(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "inside")

    assert not days(page).isVisible()
    assert not page.look.isVisible()


def test_the_days_speak_the_language_of_the_screen(page: ReportsPage, qtbot: QtBot) -> None:
    choose(page, qtbot, "period")
    use_language("tr")
    page.retranslate()
    page.refresh()

    assert [button.words() for button in days(page).lengths.findChildren(Button)][-6:] == [
        "Hafta",
        "Ay",
        "Çeyrek",
        "Yarıyıl",
        "Yıl",
        "Başka günler",
    ]
    assert days(page).date.words() == "Kasım 2026"


def test_yesterday_is_the_day_before_today(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view.opened):
        page.show_day(page.chosen.period.first - timedelta(days=1))

    assert days(page).second.text() == "Monday"
    assert days(page).earlier.accessibleName() == "Day before"
