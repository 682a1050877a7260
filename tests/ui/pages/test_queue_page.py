"""The page of the print queue: what waits and why, and every way on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk import text
from civicdesk.desk import print_jobs, print_look
from civicdesk.desk.retention import NO_NAME
from civicdesk.models import Badge, JobState, PaperKind, PrintJob, Trouble, Visitor
from civicdesk.printing.printers.port import Form, Outcome, Sheet, Status, Tell
from civicdesk.settings import PrinterSettings, RouteSettings, Settings
from civicdesk.ui import print_desk
from civicdesk.ui.pages.queue_page import QueuePage
from civicdesk.ui.pages.visitors.painting import action_box
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from tests import builders
from tests.builders import TUESDAY

LEFT = Qt.MouseButton.LeftButton
MINUTE = timedelta(minutes=1)


class Standing:
    """A printer that is as the test says, and prints nothing until it is well."""

    form = Form.ROLL_80
    troubles: dict[str, Trouble] = {}

    def __init__(self, settings: PrinterSettings) -> None:
        self.name = settings.name

    def status(self) -> Status:
        return Status(self.troubles.get(self.name))

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        return Outcome(JobState.PRINTED)

    def close(self) -> None:
        pass


@pytest.fixture
def said(runner: Runner) -> list[Notice]:
    notices: list[Notice] = []
    runner.notice.connect(notices.append)
    return notices


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintDesk]:
    """The door's printer has no paper, the office's is switched off; badges go to the door."""
    monkeypatch.setattr(print_desk, "make_printer", Standing)
    monkeypatch.setattr(Standing, "troubles", {"Door": Trouble.PAPER_OUT, "Office": Trouble.AWAY})
    desk = PrintDesk(runner)
    desk.use(settings("Door", "Office"))
    qtbot.waitUntil(lambda: len(desk.states) == 2)
    yield desk
    desk.stop()


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, desk: PrintDesk) -> QueuePage:
    page = QueuePage(runner)
    page.use_printers(desk)
    page.resize(1270, 700)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def settings(*names: str) -> Settings:
    printers = tuple(PrinterSettings(name=name, link="file", address=f"/nowhere/{name}") for name in names)
    routes = {"badge": RouteSettings(printer=names[0], is_seen=True)} if names else {}
    return Settings.model_construct(printers=printers, routes=routes)


def badge_of(runner: Runner, name: str = "Selin Karaca") -> PrintJob:
    with runner.database.begin() as session:
        visit = builders.visit(session, name, TUESDAY - 5 * MINUTE)
        [job] = print_jobs.ask_badges(session, [visit.id], at=TUESDAY - 5 * MINUTE)
    return job_now(runner, job)


def job_now(runner: Runner, job: object) -> PrintJob:
    with runner.database.read() as session:
        found = session.get(PrintJob, job)
        assert found is not None
        return found


def unsure(runner: Runner, name: str = "Selin Karaca") -> PrintJob:
    job = badge_of(runner, name)
    with runner.database.begin() as session:
        held = session.get(PrintJob, job.id)
        assert held is not None
        held.state, held.trouble, held.sent_to, held.attempts = JobState.UNSURE, Trouble.CUT_OFF, "Door", 1
    return job_now(runner, job.id)


def out(runner: Runner, name: str = "Selin Karaca") -> PrintJob:
    job = badge_of(runner, name)
    with runner.database.begin() as session:
        held = session.get(PrintJob, job.id)
        assert held is not None
        held.state, held.ended_at, held.sent_to = JobState.PRINTED, TUESDAY, "Door"
    return job_now(runner, job.id)


def see(page: QueuePage, qtbot: QtBot, *titles: str) -> None:
    """Wait until these lines are shown."""
    qtbot.waitUntil(lambda: set(titles) <= {line.title for line in page.list.people.lines})


def press(page: QueuePage, name: str) -> None:
    QApplication.processEvents()
    found = next(each for each in page.findChildren(QWidget, name) if each.isVisible())
    QTest.mouseClick(found, LEFT)


def row_of(page: QueuePage, title: str) -> int:
    return next(at for at, line in enumerate(page.list.people.lines) if line.title == title)


def press_button(page: QueuePage, title: str) -> None:
    """The button at the end of a line."""
    index = page.list.people.index(row_of(page, title))
    box = action_box(page.list.people.lines[index.row()], page.list.visualRect(index))
    QTest.mouseClick(page.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, box.center())


def open_line(page: QueuePage, title: str) -> None:
    index = page.list.people.index(row_of(page, title))
    at = page.list.visualRect(index).topLeft() + QPoint(120, 20)
    QTest.mouseClick(page.list.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)


def rest(page: QueuePage) -> None:
    """As long as between two taps that are meant."""
    page.deeds._tapped.invalidate()


def test_an_empty_queue_says_what_would_be_here(page: QueuePage) -> None:
    assert page.nothing.isVisible()
    assert page.nothing.sentence.text().startswith("Nothing waits.")
    assert not page.cancel_all.isVisible()
    assert not page.first.isVisible()


def test_without_a_printer_the_page_leads_to_setting_one(
    runner: Runner, qtbot: QtBot, page: QueuePage, desk: PrintDesk
) -> None:
    desk.use(settings())
    qtbot.waitUntil(page.first.isVisible)
    with qtbot.waitSignal(page.printers_wanted):
        press(page, "queue_first")


def test_a_badge_that_waits_says_for_whom_and_why(runner: Runner, qtbot: QtBot, page: QueuePage) -> None:
    badge_of(runner)
    see(page, qtbot, "Selin Karaca", "Door · No paper")
    qtbot.waitUntil(
        lambda: "No paper" in page.list.people.lines[row_of(page, "Selin Karaca")].pills[0][0], timeout=8_000
    )
    line = page.list.people.lines[row_of(page, "Selin Karaca")]

    assert line.lead == "10:37"
    assert line.second == "Visitor badge 1"
    assert page.second.text() == "1 paper waits"


def test_a_report_that_waits_says_which_and_of_what_days(
    runner: Runner, qtbot: QtBot, page: QueuePage
) -> None:
    with runner.database.begin() as session:
        print_look.ask_report(session, "no_shows", "2026-11", None, at=TUESDAY)

    see(page, qtbot, "Nobody came · November 2026")


def test_of_a_forgotten_visitor_only_the_number_is_shown(
    runner: Runner, qtbot: QtBot, page: QueuePage
) -> None:
    badge_of(runner)
    with runner.database.begin() as session:
        session.scalars(select(Visitor)).one().name = NO_NAME
    page.refresh_now()

    see(page, qtbot, "Visitor badge 1")


def test_a_job_is_cancelled_with_one_tap_and_brought_back(
    runner: Runner, qtbot: QtBot, page: QueuePage, said: list[Notice]
) -> None:
    job = badge_of(runner)
    see(page, qtbot, "Selin Karaca")
    press_button(page, "Selin Karaca")
    assert job_now(runner, job.id).state == JobState.CANCELLED

    undo = said[-1].undo
    assert undo is not None
    runner.now(undo)
    assert job_now(runner, job.id).state == JobState.WAITING


def test_a_double_tap_cancels_one_job_and_not_the_next_one_too(
    runner: Runner, qtbot: QtBot, page: QueuePage
) -> None:
    first, second = badge_of(runner), badge_of(runner, "İnci Uğurlu")
    see(page, qtbot, "Selin Karaca", "İnci Uğurlu")
    press_button(page, "Selin Karaca")
    press_button(page, "İnci Uğurlu")

    assert job_now(runner, first.id).state == JobState.CANCELLED
    assert job_now(runner, second.id).state == JobState.WAITING


def test_all_that_waits_is_cancelled_at_once_and_can_be_taken_back(
    runner: Runner, qtbot: QtBot, page: QueuePage, said: list[Notice]
) -> None:
    jobs = [badge_of(runner), badge_of(runner, "İnci Uğurlu")]
    see(page, qtbot, "Selin Karaca", "İnci Uğurlu")
    press(page, "queue_cancel_all")

    assert {job_now(runner, job.id).state for job in jobs} == {JobState.CANCELLED}
    assert said[-1].sentence == "2 papers are not printed."
    undo = said[-1].undo
    assert undo is not None
    runner.now(undo)
    assert {job_now(runner, job.id).state for job in jobs} == {JobState.WAITING}


def test_what_nobody_knows_is_asked_one_at_a_time(runner: Runner, qtbot: QtBot, page: QueuePage) -> None:
    first, second = unsure(runner), unsure(runner, "İnci Uğurlu")
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.sentence.text().startswith("Did it come out? Visitor badge 1 · Selin Karaca")
    press(page, "queue_banner_1")
    assert job_now(runner, first.id).state == JobState.PRINTED

    rest(page)
    assert "Visitor badge 2 · İnci Uğurlu" in page.banner.sentence.text()
    press(page, "queue_banner_2")
    assert job_now(runner, second.id).state == JobState.WAITING
    assert not page.banner.isVisible()


def test_what_was_settled_meanwhile_is_said_and_not_printed_twice(
    runner: Runner, qtbot: QtBot, page: QueuePage, said: list[Notice]
) -> None:
    job = unsure(runner)
    qtbot.waitUntil(page.banner.isVisible)
    with runner.database.begin() as session:
        print_jobs.came_out(session, job.id, at=TUESDAY)
    page.steps.again_wanted.emit(job, "")

    assert job_now(runner, job.id).state == JobState.PRINTED
    assert "settled meanwhile" in said[-1].sentence


def test_one_job_goes_to_another_printer_in_one_tap(
    runner: Runner, qtbot: QtBot, page: QueuePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = badge_of(runner)
    see(page, qtbot, "Selin Karaca")
    open_line(page, "Selin Karaca")
    press(page, "queue_elsewhere_0")
    assert job_now(runner, job.id).printer == "Office"

    see(page, qtbot, "Office · Cannot be reached")


def test_all_that_waits_for_a_stuck_printer_goes_to_another_and_comes_out_there(
    runner: Runner, qtbot: QtBot, page: QueuePage, desk: PrintDesk, said: list[Notice]
) -> None:
    jobs = [badge_of(runner), badge_of(runner, "İnci Uğurlu")]
    see(page, qtbot, "Selin Karaca", "İnci Uğurlu")
    qtbot.waitUntil(lambda: page.findChild(QWidget, "queue_all_to_0") is not None)
    del Standing.troubles["Office"]
    press(page, "queue_all_to_0")

    assert said[-1].sentence == "2 papers go to Office."
    qtbot.waitUntil(
        lambda: {job_now(runner, job.id).state for job in jobs} == {JobState.PRINTED}, timeout=10_000
    )
    assert {job_now(runner, job.id).sent_to for job in jobs} == {"Office"}


def test_beside_the_queue_long_names_of_printers_fit_and_can_be_read_whole(
    runner: Runner, qtbot: QtBot, page: QueuePage, desk: PrintDesk
) -> None:
    long = "Label printer of the back office, first floor by the stairs"
    desk.use(settings("Door", long))
    badge_of(runner)

    def button() -> Button | None:
        """The latest: rows are made anew when a printer says something else."""
        return next(iter(page.printers.findChildren(Button, "queue_all_to_0")[::-1]), None)

    def ends_at() -> int:
        return found.mapTo(page.printers, found.rect().bottomRight()).x() if (found := button()) else 0

    qtbot.waitUntil(lambda: 200 < ends_at() < page.printers.width())

    assert (found := button()) is not None
    assert found.words().startswith("All to L")
    assert found.words().endswith("stairs")
    assert found.accessibleName() == f"All to {long}" == found.toolTip()


def test_a_badge_that_came_out_is_printed_again_as_a_new_copy_and_that_is_said(
    runner: Runner, qtbot: QtBot, page: QueuePage, said: list[Notice]
) -> None:
    out(runner)
    see(page, qtbot, "Selin Karaca")
    open_line(page, "Selin Karaca")
    assert "void as soon as a new copy is made" in page.steps.words.text()
    press(page, "queue_once_more")

    assert said[-1].sentence == "A new copy of badge 1 is printed; the former copy is void."
    with runner.database.read() as session:
        assert sorted(session.scalars(select(Badge.copy))) == [1, 2]


def test_papers_without_a_printer_can_be_given_to_one(
    runner: Runner, qtbot: QtBot, page: QueuePage, desk: PrintDesk
) -> None:
    with runner.database.begin() as session:
        job = print_jobs.ask(session, PaperKind.DAY_LIST, "k", at=TUESDAY, label="2026-11-24")
    see(page, qtbot, "No printer is set for these")
    assert "Day list · 24 November" in [line.title for line in page.list.people.lines]
    press(page, "queue_all_to_0")

    assert job_now(runner, job).printer == "Door"


def test_five_hundred_jobs_are_counted_and_can_be_scrolled(
    runner: Runner, qtbot: QtBot, page: QueuePage
) -> None:
    with runner.database.begin() as session:
        for place in range(500):
            print_jobs.ask(session, PaperKind.TEST_CARD, str(place), at=TUESDAY, printer="Door")
    qtbot.waitUntil(lambda: page.second.text() == "500 papers wait")

    assert len(page.list.people.lines) == 501


def test_the_page_speaks_turkish(runner: Runner, qtbot: QtBot, page: QueuePage) -> None:
    badge_of(runner)
    unsure(runner, "İnci Uğurlu")
    qtbot.waitUntil(page.banner.isVisible)
    text.use_language("tr")
    page.retranslate()
    page.refresh_now()

    assert page.title.text() == "Yazdırma kuyruğu"
    assert page.second.text().startswith("1 kâğıt bekliyor")
    assert page.banner.sentence.text().startswith("Çıktı mı? Ziyaretçi kartı 2 · İnci Uğurlu")
    assert page.list.people.lines[row_of(page, "Selin Karaca")].second.startswith("Ziyaretçi kartı 1")


def test_the_keyboard_opens_a_line_and_acts(runner: Runner, qtbot: QtBot, page: QueuePage) -> None:
    job = badge_of(runner)
    see(page, qtbot, "Selin Karaca")
    page.list.setCurrentIndex(page.list.people.index(row_of(page, "Selin Karaca")))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert page.steps.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Space)

    assert job_now(runner, job.id).state == JobState.CANCELLED
