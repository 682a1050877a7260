"""The desk and its printers: what a clerk sees of them, with a real printer on loopback."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import invitations, print_jobs
from civicdesk.models import AuditEntry, Badge, JobState, PrintJob
from civicdesk.rehearsal.thermal_printer import ThermalPrinter
from civicdesk.settings import PrinterSettings, RouteSettings, Settings
from civicdesk.ui.paper_state import matters
from civicdesk.ui.runner import Runner
from tests import builders
from tests.printing.queues import on_paper, till
from tests.ui.desk import Desk, settle

PATIENCE_MS = 30_000
_LISTS = ("evacuation", "day_list")
Open = Callable[..., Desk]


@pytest.fixture(autouse=True)
def slow_hands(qapp: QApplication) -> Iterator[None]:
    """Two taps of these tests are two taps, however soon the second one comes."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    yield
    qapp.setDoubleClickInterval(before)


@pytest.fixture
def printer() -> Iterator[ThermalPrinter]:
    with ThermalPrinter() as printer:
        yield printer


@pytest.fixture
def open_desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens a desk with these printers; badges and lists go to the first of them."""
    opened: list[Desk] = []

    def make(*printers: PrinterSettings, is_seen: bool = True) -> Desk:
        where = RouteSettings(printer=printers[0].name, is_seen=is_seen) if printers else RouteSettings()
        routes = dict.fromkeys(("badge", "pass", *_LISTS), where)
        desk = Desk(runner, qtbot, tmp_path, printers=printers, routes=routes if printers else {})
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.window.paper.printers.stop()


def states(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return sorted(session.scalars(select(PrintJob.state)))


def expect(runner: Runner, name: str = "Nazlı Öner") -> str:
    """Somebody is expected; the name of the button that lets them in."""
    with runner.database.begin() as session:
        wanted = invitations.Wanted(name=name, expected_at=runner.at() + timedelta(minutes=10))
        return f"today_admit_{invitations.invite(session, wanted, at=runner.at()).id.hex}"


def chip(desk: Desk) -> str:
    found = desk.window.top_bar.printer
    return found.words() if found.isVisible() else ""


def queue_says(desk: Desk) -> list[str]:
    return [line.title for line in desk.window.pages.print_queue.list.people.lines]


def test_a_check_in_brings_a_badge_out_of_the_printer(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    admit = expect(runner)
    desk = open_desk(till(printer)).let_in()
    settle()
    desk.press(admit)

    assert "the badge is printing" in desk.said
    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)
    with runner.database.read() as session:
        assert on_paper(printer) == [session.scalars(select(Badge.code)).one()]
    qtbot.waitUntil(lambda: chip(desk) == "Printer", timeout=PATIENCE_MS)


def test_without_paper_the_visitor_is_inside_and_the_badge_waits_until_there_is_some(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    printer.set(paper_out=True)
    admit = expect(runner)
    desk = open_desk(till(printer)).let_in()
    qtbot.waitUntil(lambda: chip(desk) == "No paper", timeout=PATIENCE_MS)
    settle()
    desk.press(admit)

    assert desk.inside() == ["Nazlı Öner"]
    assert "the badge waits: No paper" in desk.said
    qtbot.waitUntil(lambda: chip(desk) == "No paper · 1", timeout=PATIENCE_MS)
    settle()
    desk.press("today_matter_printer")
    assert desk.page == "print_queue"
    qtbot.waitUntil(lambda: "Nazlı Öner" in queue_says(desk), timeout=PATIENCE_MS)

    printer.set(paper_out=False)
    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: chip(desk) == "Printer", timeout=PATIENCE_MS)


def test_a_printer_that_never_answers_holds_up_neither_the_check_in_nor_the_closing(
    open_desk: Open, printer: ThermalPrinter, runner: Runner
) -> None:
    printer.set(silent=True)
    admit = expect(runner)
    desk = open_desk(till(printer, patience_s=20)).let_in()
    settle()
    begun = time.monotonic()
    desk.press(admit)
    assert desk.inside() == ["Nazlı Öner"]
    assert time.monotonic() - begun < 5

    begun = time.monotonic()
    desk.window.paper.printers.stop()
    assert time.monotonic() - begun < 6


def test_other_settings_do_not_wait_for_a_printer_that_hangs(
    open_desk: Open, printer: ThermalPrinter, runner: Runner
) -> None:
    printer.set(silent=True)
    desk = open_desk(till(printer, patience_s=20)).let_in()
    begun = time.monotonic()
    desk.window.apply(desk.window.settings.with_(printers=(), routes={}))

    assert time.monotonic() - begun < 2
    assert chip(desk) == ""


@pytest.mark.parametrize("kind", ["print_evacuation", "print_day_list"])
def test_a_list_is_printed_from_the_lock_screen_without_showing_it_and_that_is_written_down(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot, kind: str
) -> None:
    desk = open_desk(till(printer), is_seen=False)
    desk.press(f"lock_{kind}")

    assert desk.page == "lock"
    assert "is being printed" in desk.window.lock_page.entry.sentence.text()
    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)
    assert len(printer.printed) == 1
    with runner.database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "print_while_locked")).one()
    assert entry.by_id is None


@pytest.mark.parametrize("kind", ["print_evacuation", "print_day_list"])
def test_the_lock_screen_says_that_no_printer_is_set(open_desk: Open, runner: Runner, kind: str) -> None:
    desk = open_desk()
    desk.press(f"lock_{kind}")

    assert desk.page == "lock"
    assert "No printer is set" in desk.window.lock_page.entry.sentence.text()
    assert states(runner) == []


@pytest.mark.parametrize("way", ["today", "evacuation"])
def test_the_evacuation_list_is_printed_in_one_tap(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot, way: str
) -> None:
    with runner.database.begin() as session:
        builders.visit(session)
    desk = open_desk(till(printer), is_seen=False).let_in()
    desk.window.go(way)
    settle()
    desk.press("today_print_list" if way == "today" else "evacuation_print")

    assert desk.said == "Evacuation list is being printed."
    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)


@pytest.mark.parametrize("where", ["today_day_list", "visitors_day_list"])
def test_the_day_list_is_printed_in_one_tap(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot, where: str
) -> None:
    desk = open_desk(till(printer)).let_in()
    if where == "visitors_day_list":
        desk.window.pages.visitors.show_tab("expected")
        desk.window.go("visitors")
    settle()
    desk.press(where)

    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)


def test_without_a_printer_the_day_list_becomes_a_file(open_desk: Open, qtbot: QtBot, runner: Runner) -> None:
    desk = open_desk().let_in()
    with qtbot.waitSignal(desk.window.paper.made, timeout=PATIENCE_MS) as made:
        desk.press("today_day_list")

    assert made.args[0].read_bytes().startswith(b"%PDF")
    assert states(runner) == []


def test_the_first_paper_of_a_kind_is_seen_before_it_is_printed(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    first, second = expect(runner), expect(runner, "Kerem Gökçe")
    desk = open_desk(till(printer), is_seen=False).let_in()
    chosen: list[Settings] = []
    desk.window.settings_wanted.connect(chosen.append)
    settle()
    desk.press(first)
    qtbot.waitUntil(lambda: desk.page == "preview", timeout=PATIENCE_MS)
    assert desk.inside() == ["Nazlı Öner"]
    assert states(runner) == []
    settle()
    desk.press("preview_print")

    assert desk.page == "today"
    assert chosen[-1].route("badge").is_seen
    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)
    settle()
    desk.press(second)
    qtbot.waitUntil(lambda: states(runner) == ["printed", "printed"], timeout=PATIENCE_MS)
    assert desk.page == "today"


def test_whoever_looks_and_goes_back_is_told_that_nothing_was_printed(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    desk = open_desk(till(printer), is_seen=False).let_in()
    desk.press("today_day_list")
    qtbot.waitUntil(lambda: desk.page == "preview", timeout=PATIENCE_MS)
    desk.press("preview_back")

    assert desk.said == "Nothing was printed."
    assert states(runner) == []
    desk.press("notice_action")
    assert len(states(runner)) == 1


def test_badges_for_all_are_asked_for_in_one_action_and_only_once(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    printer.set(cover_open=True)
    with runner.database.begin() as session:
        for place in range(60):
            builders.visit(session, f"Ziyaretçi {place}")
    desk = open_desk(till(printer)).let_in()
    desk.window.pages.visitors.show_tab("inside")
    desk.window.go("visitors")
    settle()
    desk.press("visitors_all_badges")
    desk.press("visitors_all_badges")

    assert len(states(runner)) == 60
    assert "× 60" in desk.said
    desk.press("notice_undo")
    assert set(states(runner)) == {"cancelled"}


def test_after_a_stop_in_mid_job_the_desk_asks_whether_it_came_out(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        visit = builders.visit(session)
        [job] = print_jobs.ask_badges(session, [visit.id], at=runner.at())
        held = session.get(PrintJob, job)
        assert held is not None
        held.state, held.sent_to, held.attempts = JobState.SENDING, "Till", 1
    desk = open_desk(till(printer)).let_in()
    desk.window.desk_paper.tell_cut_short()

    assert "Did it come out?" in desk.said
    assert chip(desk) == "1 asks"
    desk.press("notice_action")
    assert desk.page == "print_queue"
    qtbot.waitUntil(lambda: desk.is_there("queue_banner"))
    desk.press("queue_banner_1")
    assert states(runner) == ["printed"]
    assert printer.printed == []


def test_a_bug_of_a_printer_comes_to_the_one_place_for_bugs(
    open_desk: Open, runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_settings: PrinterSettings) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr("civicdesk.ui.print_desk.make_printer", broken)
    with qtbot.captureExceptions() as caught:
        open_desk(PrinterSettings(name="Till", link="file", address="/dev/null"))
        qtbot.waitUntil(lambda: bool(caught), timeout=PATIENCE_MS)

    assert isinstance(caught[0][1], ZeroDivisionError)


def test_the_badge_of_somebody_let_in_by_a_pass_says_what_becomes_of_it(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    with runner.database.begin() as session:
        wanted = invitations.Wanted(name="Nazlı Öner", expected_at=runner.at())
        code = invitations.invite(session, wanted, at=runner.at()).code
    desk = open_desk(till(printer)).let_in()
    desk.scan(code)

    assert "the badge is printing" in desk.window.answer.second.text()
    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)


def test_a_badge_that_cannot_be_drawn_is_told_and_nobody_is_asked_whether_it_came_out(
    open_desk: Open, qtbot: QtBot, runner: Runner, printer: ThermalPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("civicdesk.printing.sheets.sheet_for", broken)
    bugs: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _bug, _trace: bugs.append(kind))
    desk = open_desk(till(printer)).let_in()
    with runner.database.begin() as session:
        visit = builders.visit(session)
    desk.window.paper.badge(visit.id)

    qtbot.waitUntil(lambda: chip(desk) == "Could not be drawn · 1")

    assert states(runner) == [JobState.WAITING]
    assert bugs == [ZeroDivisionError]
    assert any(
        matter[2] == "Could not be drawn" for matter in matters(desk.window.paper.printers, runner.at())
    )


def test_a_list_that_was_given_to_a_roll_by_hand_is_shown_and_can_be_printed(
    open_desk: Open, printer: ThermalPrinter, runner: Runner, qtbot: QtBot
) -> None:
    desk = open_desk(till(printer), is_seen=False).let_in()
    desk.window.paper.day_list()
    qtbot.waitUntil(lambda: desk.is_there("preview_print"))
    assert desk.find("preview_print").isEnabled()

    desk.press("preview_print")

    qtbot.waitUntil(lambda: states(runner) == ["printed"], timeout=PATIENCE_MS)
