from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.models import AuditEntry
from civicdesk.settings import Settings
from civicdesk.ui.pages.reports_page import ReportsPage
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.list_row import ListRow
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


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    qtbot.mouseClick(button, LEFT)


def row(page: ReportsPage, name: str) -> ListRow:
    found = page.list.findChild(ListRow, f"reports_row_{name}")
    assert isinstance(found, ListRow)
    return found


def seen(page: ReportsPage) -> str:
    return "\n".join(words(page.view._pdf))


def entries(runner: Runner, action: str) -> list[dict[str, object]]:
    with runner.database.read() as session:
        found = session.scalars(select(AuditEntry.details).where(AuditEntry.action == action))
        return [json.loads(details) for details in found]


def test_the_sheet_of_today_is_seen_as_it_comes_out(page: ReportsPage) -> None:
    assert "Daily occupancy sheet" in seen(page)
    assert "Tuesday, 24 November 2026" in seen(page)
    assert "Data complete until 10:42" in seen(page)
    assert "Elif Aksoy" in seen(page)


def test_another_day_is_one_press_away(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.side.days.earlier)

    assert page.side.days.date.text() == "23.11.2026"
    assert "Monday, 23 November 2026" in seen(page)

    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.side.days.today)
    assert "Tuesday, 24 November 2026" in seen(page)


@pytest.mark.parametrize(
    ("key", "title", "signal"),
    [
        ("occupancy", "Daily occupancy sheet", "occupancy_wanted"),
        ("day_list", "Day list", "day_list_wanted"),
        ("setup_list", "Set-up list", "setup_list_wanted"),
        ("evacuation", "EVACUATION LIST", "list_wanted"),
    ],
)
def test_each_report_is_seen_and_printed(
    page: ReportsPage, qtbot: QtBot, key: str, title: str, signal: str
) -> None:
    with qtbot.waitSignal(page.view.opened):
        page.choose(key)

    with qtbot.waitSignal(getattr(page, signal)) as wanted:
        press(qtbot, page.side.print)

    assert title in seen(page)
    assert wanted.args == ([] if key == "evacuation" else [date(2026, 11, 24)])


@pytest.mark.parametrize(
    ("key", "title", "days"),
    [
        ("period", "Monthly report", "2026-11"),
        ("year", "Yearly activity report", "2026"),
        ("inside", "Who is inside", "2026-11-24..2026-11-24"),
        ("no_shows", "Nobody came", "2026-11"),
        ("fair_use", "Fair use of rooms", "2026-11"),
    ],
)
def test_every_other_report_is_printed_by_its_name_and_its_days(
    page: ReportsPage, qtbot: QtBot, key: str, title: str, days: str
) -> None:
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, row(page, key))

    with qtbot.waitSignal(page.report_wanted) as wanted:
        press(qtbot, page.side.print)

    assert title in seen(page)
    assert wanted.args == [key, days, None]


def test_the_row_of_a_report_that_was_opened_from_elsewhere_is_seen(page: ReportsPage, qtbot: QtBot) -> None:
    page.choose("privacy")

    row = page.list.findChild(QWidget, "reports_row_privacy")
    assert isinstance(row, QWidget)
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect().height() == row.height())


def test_a_register_of_post_is_of_any_days_and_of_one_organisation(
    page: ReportsPage, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        whose = builders.organisation(session).id
    with qtbot.waitSignal(page.view.opened):
        page.choose("post_register")
    page.side.days.first.set_value(date(2026, 11, 2))
    page.side.whose.text.setFocus()
    qtbot.keyClicks(page.side.whose.text, "ege kad")
    with qtbot.waitSignal(page.view.opened):
        qtbot.keyClick(page.side.whose.text, Qt.Key.Key_Return)

    with qtbot.waitSignal(page.register_wanted) as wanted:
        press(qtbot, page.side.print)

    assert wanted.args == ["2026-11-02:2026-11-24", whose]
    assert "Ege Kadın Emeği Derneği" in seen(page)


@pytest.mark.parametrize(
    ("ending", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbfDay")]
)
def test_a_report_is_saved_where_it_is_wanted(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path, ending: str, begins: bytes
) -> None:
    press(qtbot, getattr(page.side, ending))
    [dialog] = page.findChildren(QFileDialog)

    with qtbot.waitSignal(page.runner.notice) as told:
        dialog.fileSelected.emit(str(tmp_path / f"sheet.{ending}"))
    dialog.close()

    assert (tmp_path / f"sheet.{ending}").read_bytes().startswith(begins)
    assert told.args[0].sentence == f"Saved: sheet.{ending}"


def test_a_folder_that_takes_no_file_is_told_with_the_next_step(
    page: ReportsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")
    press(qtbot, page.side.pdf)
    [dialog] = page.findChildren(QFileDialog)

    dialog.fileSelected.emit(str(tmp_path / "taken" / "sheet.pdf"))
    dialog.close()
    qtbot.waitUntil(page.banner.isVisible)

    assert "Choose another folder, or make room in this one." in page.banner.sentence.text()
    assert not list(tmp_path.glob("taken/*"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    press(qtbot, page.banner.buttons[0])
    [again] = page.findChildren(QFileDialog)
    with qtbot.waitSignal(page.runner.notice) as told:
        again.fileSelected.emit(str(tmp_path / "sheet.pdf"))
    again.close()
    assert told.args[0].sentence == "Saved: sheet.pdf"


def test_who_may_not_see_a_report_is_told_who_may(page: ReportsPage, qtbot: QtBot) -> None:
    press(qtbot, row(page, "visitor_log"))

    assert page.closed.isVisible()
    assert page.closed.sentence.text().startswith("Only managers may open “Visitor log”.")
    assert not any(each.isVisible() for each in (page.side.print, page.side.pdf, page.side.days, page.log))


def test_a_manager_opens_what_is_for_managers(page: ReportsPage, manager: Runner, qtbot: QtBot) -> None:
    page.refresh()
    press(qtbot, row(page, "visitor_log"))
    assert page.log.isVisible()
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, row(page, "privacy"))

    assert "Register of personal data" in seen(page)


def test_the_visitor_log_is_opened_for_a_reason_that_is_kept(
    page: ReportsPage, manager: Runner, qtbot: QtBot
) -> None:
    page.refresh()
    page.choose("visitor_log")
    press(qtbot, page.log.open)

    qtbot.waitUntil(lambda: "Write why the visitor log" in page.log.banner.sentence.text())
    assert not entries(manager, "open_visitor_log")

    page.log.reason.setText("Kayıp eşya")
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.log.open)

    assert "Selin Karaca" in seen(page)
    assert "Kayıp eşya" in seen(page)
    [kept] = entries(manager, "open_visitor_log")
    assert (kept["on"], kept["reason"], kept["visits"]) == ("2026-11-24", "Kayıp eşya", 1)


def test_a_visitor_log_that_leaves_as_a_table_is_written_down_again(
    page: ReportsPage, manager: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    page.refresh()
    page.choose("visitor_log")
    assert not page.side.csv.isVisible()
    page.log.reason.setText("Kayıp eşya")
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.log.open)

    for ending in ("csv", "pdf"):
        press(qtbot, getattr(page.side, ending))
        dialog = page.findChildren(QFileDialog)[-1]
        with qtbot.waitSignal(manager.notice):
            dialog.fileSelected.emit(str(tmp_path / f"log.{ending}"))
        dialog.close()

    assert "Selin Karaca" in (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    assert [kept["reason"] for kept in entries(manager, "open_visitor_log")] == ["Kayıp eşya"] * 2
    assert not page.side.print.isVisible()


def test_names_do_not_stay_on_a_screen_that_was_left(
    page: ReportsPage, manager: Runner, qtbot: QtBot
) -> None:
    page.refresh()
    page.choose("visitor_log")
    page.log.reason.setText("Kayıp eşya")
    with qtbot.waitSignal(page.view.opened):
        press(qtbot, page.log.open)

    page.hide()
    page.show()

    assert page.view._pdf == b""
    assert page.log.isVisible()
    assert page.log.reason.text() == ""


def test_a_manager_has_the_sheet_printed_by_itself(page: ReportsPage, manager: Runner, qtbot: QtBot) -> None:
    page.refresh()

    with qtbot.waitSignal(page.settings_wanted) as wanted:
        page.side.by_itself.prints.click()

    assert wanted.args[0].sheet_is_printed
    assert "Every open day, 5 minutes after closing." in page.side.by_itself.when.text()


def test_a_manager_chooses_the_folder_in_which_the_sheets_are_kept(
    page: ReportsPage, manager: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    page.refresh()
    page.side.by_itself.keeps.click()
    [dialog] = page.findChildren(QFileDialog)

    with qtbot.waitSignal(page.settings_wanted) as wanted:
        dialog.fileSelected.emit(str(tmp_path))
    dialog.close()

    assert wanted.args[0].sheet_folder == str(tmp_path)
    assert page.side.by_itself.keeps.isChecked()
    with qtbot.waitSignal(page.settings_wanted) as wanted:
        page.side.by_itself.keeps.click()
    assert wanted.args[0].sheet_folder == ""


def test_reception_sees_what_is_set_and_changes_nothing(page: ReportsPage) -> None:
    page.show_settings(Settings.model_construct(sheet_is_printed=True))

    assert page.side.by_itself.prints.isChecked()
    assert not page.side.by_itself.prints.isEnabled()
