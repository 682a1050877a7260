from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.models import EmailJob, PaperKind, PrintJob
from civicdesk.printing.picture import page_count
from civicdesk.settings import MailSettings, PrinterSettings, RouteSettings, Settings
from civicdesk.text import ZONE
from civicdesk.ui.mail_desk import attachments
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Runner
from civicdesk.ui.sheets_by_themselves import SheetsByThemselves
from tests.conftest import Clock
from tests.printing.reading import words as read_words
from tests.ui.desk import Desk, settle, words

MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)
EVENING = datetime(2026, 11, 24, 19, 36, tzinfo=ZONE)
MAIL = MailSettings(server="mail.example", sender="desk@centre.example")
OFFICE = PrinterSettings(name="Office", link="system", address="office")


@pytest.fixture
def sheets(runner: Runner) -> SheetsByThemselves:
    return SheetsByThemselves(runner, PrintDesk(runner))


def settings(**values: object) -> Settings:
    return Settings.model_construct(**values)


def with_printer(sheets: SheetsByThemselves) -> Settings:
    routes = {PaperKind.OCCUPANCY: RouteSettings(printer="Office")}
    known = settings(printers=(OFFICE,), routes=routes, sheet_is_printed=True)
    sheets._printers.settings = known
    return known


def jobs(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return list(session.scalars(select(PrintJob.label)))


def test_it_is_printed_once_after_closing_also_when_the_desk_restarts(
    runner: Runner, sheets: SheetsByThemselves
) -> None:
    known = with_printer(sheets)
    sheets.use(known)
    sheets.tick(MORNING)

    sheets.tick(EVENING)
    sheets.tick(EVENING + timedelta(minutes=2))
    restarted = SheetsByThemselves(runner, sheets._printers)
    restarted.use(known)
    restarted.tick(EVENING + timedelta(minutes=3))

    assert jobs(runner) == ["2026-11-24"]


def test_without_a_printer_it_is_told_and_printed_later(runner: Runner, sheets: SheetsByThemselves) -> None:
    told: list[list[tuple[str, ...]]] = []
    sheets.told.connect(told.append)
    sheets._printers.settings = settings()
    sheets.use(settings(sheet_is_printed=True))
    sheets.tick(MORNING)
    sheets.tick(EVENING)

    assert [matter[2] for matter in told[-1]] == ["The occupancy sheet was not printed"]

    sheets.use(with_printer(sheets))
    sheets.tick(EVENING + timedelta(minutes=2))

    assert told[-1] == []
    assert jobs(runner) == ["2026-11-24"]


def test_it_is_kept_in_its_folder(qtbot: QtBot, sheets: SheetsByThemselves, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    sheets.use(settings(sheet_folder=str(folder)))
    keep(qtbot, sheets, MORNING)
    with qtbot.waitSignal(sheets.done):
        sheets.tick(EVENING + timedelta(days=1))

    assert sorted(file.name for file in folder.iterdir()) == [
        "occupancy-2026-11-24.pdf",
        "occupancy-2026-11-25.pdf",
    ]
    assert page_count((folder / "occupancy-2026-11-24.pdf").read_bytes()) == 1


def test_a_folder_that_takes_no_file_is_told_and_tried_again(
    qtbot: QtBot, sheets: SheetsByThemselves, tmp_path: Path
) -> None:
    told: list[list[tuple[str, ...]]] = []
    sheets.told.connect(told.append)
    folder = tmp_path / "sheets"
    folder.write_text("in the way")
    sheets.use(settings(sheet_folder=str(folder)))
    keep(qtbot, sheets, MORNING)

    with qtbot.waitSignal(sheets.told):
        sheets.tick(EVENING)
    assert told[-1][0][2] == "The occupancy sheet could not be kept"
    assert "tried again" in told[-1][0][3]

    folder.unlink()
    with qtbot.waitSignal(sheets.done):
        sheets.tick(EVENING + timedelta(minutes=2))
    assert told[-1] == []
    assert (folder / "occupancy-2026-11-24.pdf").exists()


def emails(runner: Runner) -> list[tuple[str, str]]:
    with runner.database.read() as session:
        return [(job.to, job.subject) for job in session.scalars(select(EmailJob).order_by(EmailJob.to))]


def test_it_is_sent_once_to_everybody_on_the_list_also_when_the_desk_was_off(
    runner: Runner, sheets: SheetsByThemselves
) -> None:
    known = settings(mail=MAIL, sheet_emails=("a@centre.example", "b@centre.example"))
    sheets.use(known)
    sheets.tick(MORNING)
    sheets.tick(EVENING + timedelta(days=1))  # off for a day
    restarted = SheetsByThemselves(runner, sheets._printers)
    restarted.use(known)
    restarted.tick(EVENING + timedelta(days=1, minutes=2))

    assert emails(runner) == [
        ("a@centre.example", "Daily occupancy sheet of 24 November 2026"),
        ("a@centre.example", "Daily occupancy sheet of 25 November 2026"),
        ("b@centre.example", "Daily occupancy sheet of 24 November 2026"),
        ("b@centre.example", "Daily occupancy sheet of 25 November 2026"),
    ]


def test_without_a_mail_server_it_is_told_and_sent_later(runner: Runner, sheets: SheetsByThemselves) -> None:
    told: list[list[tuple[str, ...]]] = []
    sheets.told.connect(told.append)
    sheets.use(settings(sheet_emails=("a@centre.example",)))
    sheets.tick(MORNING)
    sheets.tick(EVENING)

    assert [matter[2] for matter in told[-1]] == ["The occupancy sheet was not sent by e-mail"]

    sheets.use(settings(mail=MAIL, sheet_emails=("a@centre.example",)))
    sheets.tick(EVENING + timedelta(minutes=2))

    assert told[-1] == []
    assert [to for to, _subject in emails(runner)] == ["a@centre.example"]


def test_an_address_written_by_hand_that_is_none_is_told_and_nothing_else_stops(
    runner: Runner, sheets: SheetsByThemselves
) -> None:
    told: list[list[tuple[str, ...]]] = []
    sheets.told.connect(told.append)
    sheets.use(settings(mail=MAIL, sheet_emails=("nobody",)))
    sheets.tick(MORNING)
    sheets.tick(EVENING)

    assert "This is not an e-mail address" in told[-1][0][3]
    assert emails(runner) == []


def test_the_sheet_is_drawn_anew_when_it_leaves(runner: Runner, sheets: SheetsByThemselves) -> None:
    sheets.use(settings(mail=MAIL, sheet_emails=("a@centre.example",)))
    sheets.tick(MORNING)
    sheets.tick(EVENING)

    with runner.database.read() as session:
        [job] = session.scalars(select(EmailJob))
        [sheet] = attachments(session, job, EVENING + timedelta(hours=2))

    assert sheet.name == "occupancy-2026-11-24.pdf"
    assert "Tuesday, 24 November 2026" in "\n".join(read_words(sheet.raw))


def test_nothing_happens_where_nothing_is_set(runner: Runner, sheets: SheetsByThemselves) -> None:
    sheets.use(settings())
    sheets.tick(MORNING)
    sheets.tick(EVENING)

    assert jobs(runner) == []


def keep(qtbot: QtBot, sheets: SheetsByThemselves, at: datetime) -> None:
    sheets.tick(at)
    qtbot.waitUntil(lambda: not sheets._is_at_work)


def test_today_says_that_it_was_not_printed_and_leads_to_the_reports(
    runner: Runner, qtbot: QtBot, clock: Clock, tmp_path: Path
) -> None:
    desk = Desk(runner, qtbot, tmp_path, sheet_is_printed=True).let_in()
    desk.window.tick()
    clock.at = EVENING

    desk.window.tick()  # it locks itself too: nobody was here for hours
    desk.let_in()
    settle()

    assert "The occupancy sheet was not printed" in words(desk.window)
    desk.press("today_matter_printer")
    assert desk.page == "reports"


def test_what_a_manager_sets_on_the_page_of_reports_holds_from_then_on(
    manager: Runner, qtbot: QtBot, clock: Clock, tmp_path: Path
) -> None:
    desk = Desk(manager, qtbot, tmp_path).let_in()
    desk.window.settings_wanted.connect(desk.window.apply)
    desk.press("rail_reports")
    settle()

    desk.window.pages.reports.side.by_itself.prints.click()
    desk.window.tick()
    clock.at = EVENING
    desk.window.tick()

    assert desk.window.settings.sheet_is_printed
    assert desk.window.pages.reports.settings.sheet_is_printed
    assert [matter[2] for matter in desk.window.sheets._matters.values()] == [
        "The occupancy sheet was not printed"
    ]
