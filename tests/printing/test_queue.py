"""The print queue at work with printers that run dry, hang, go away and are taken over."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from civicdesk.database import Database
from civicdesk.desk import centre, print_jobs, visits
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import JobState, PaperKind, PrintJob, Trouble
from civicdesk.printing import queue as at_work
from civicdesk.printing.printers.port import Form, Outcome, Sheet, Status, Tell
from civicdesk.printing.queue import PrintQueue
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as Loopback
from civicdesk.settings import PrinterSettings
from tests.printing.queues import Desk, line, names, on_paper, till

PRINTED, WAITING, UNSURE, SENDING = JobState.PRINTED, JobState.WAITING, JobState.UNSURE, JobState.SENDING


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_work, "POLL_S", 0.05)
    monkeypatch.setattr(at_work, "AWAY_S", 0.05)
    monkeypatch.setattr(at_work, "IDLE_S", 1_000.0)  # who is not woken does not wake by itself


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    database = Database(file)
    with database.begin() as session:
        centre.the_centre(session).capacity = 1_000
    desk = Desk(database)
    yield desk
    desk.queue.stop()
    database.close()
    assert desk.bugs == []


@pytest.fixture
def roll() -> Iterator[Loopback]:
    with Loopback() as printer:
        yield printer


@pytest.fixture
def back_roll() -> Iterator[Loopback]:
    with Loopback() as printer:
        yield printer


class Scripted:
    """A printer that does what a test says: what no device on loopback can be made to do."""

    def __init__(self, settings: PrinterSettings, script: Callable[[Sheet], Outcome]) -> None:
        self.name, self.form = settings.name, Form.ROLL_80
        self.script, self.sheets = script, [""]
        self.is_closed, self.is_looked_at = False, threading.Event()

    def status(self) -> Status:
        self.is_looked_at.set()
        return Status()

    def print(self, sheet: Sheet, tell: Tell, is_given_up: Callable[[], bool]) -> Outcome:
        self.sheets.append(sheet.title)
        return self.script(sheet)

    def close(self) -> None:
        self.is_closed = True


def look_again(desk: Desk, printer: Scripted) -> None:
    """The printer is looked at three times more: twice it was asked for what is due."""
    for _n in range(3):
        printer.is_looked_at.clear()
        desk.queue.wake()
        assert printer.is_looked_at.wait(30)


@contextmanager
def scripted(file: Path, script: Callable[[Sheet], Outcome]) -> Iterator[tuple[Desk, list[Scripted]]]:
    """A desk with one printer, Till, that follows a script."""
    made: list[Scripted] = []

    def make(settings: PrinterSettings) -> Scripted:
        made.append(Scripted(settings, script))
        return made[-1]

    database = Database(file)
    desk = Desk(database, make=make)
    settings = PrinterSettings(name="Till", link="file", address="/dev/null")
    desk.queue.use([line(settings, "badge")])
    desk.wait(lambda: bool(desk.told))
    yield desk, made
    desk.queue.stop()
    database.close()


def test_a_badge_comes_out_and_the_printer_says_so(desk: Desk, roll: Loopback) -> None:
    desk.queue.use([line(till(roll), "badge")])
    visit_ids = desk.come("Selin Karaca")
    desk.ask(visit_ids)

    desk.wait_for(PRINTED)

    assert set(on_paper(roll)) == desk.codes(visit_ids)


def test_what_was_asked_before_the_printer_is_there_comes_out_then(desk: Desk, roll: Loopback) -> None:
    desk.ask(desk.come("Selin Karaca", "Cem Ak"))
    desk.queue.use([line(till(roll), "badge")])

    desk.wait_for(PRINTED)

    assert len(on_paper(roll)) == 2


@pytest.mark.slow
def test_five_hundred_badges_come_out_once_each_in_the_order_of_asking(desk: Desk, roll: Loopback) -> None:
    visit_ids = desk.come(*names(500))
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(visit_ids)
    desk.ask(reversed(visit_ids))

    desk.wait_for(PRINTED)

    with desk.database.read() as session:
        badges = [visits.badge_of(session, visit) for visit in visit_ids]
    assert on_paper(roll) == [badge.code for badge in badges if badge]


def test_paper_that_runs_out_in_mid_queue_costs_no_badge_and_doubles_none(desk: Desk, roll: Loopback) -> None:
    roll.reload(rows=2_500)
    visit_ids = desk.come(*names(12))
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(visit_ids)
    for _n in range(20):
        desk.wait(lambda: roll.faults.paper_out or set(desk.states().values()) == {PRINTED})
        if not roll.faults.paper_out:
            break
        desk.wait(lambda: Trouble.PAPER_OUT in desk.troubles(), "nobody is told that there is no paper")
        roll.reload(rows=2_500)

    desk.wait_for(PRINTED)

    assert sorted(on_paper(roll)) == sorted(desk.codes(visit_ids))


def test_an_open_cover_is_told_and_the_job_waits(desk: Desk, roll: Loopback) -> None:
    roll.set(cover_open=True)
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(desk.come("Selin Karaca"))
    desk.wait(lambda: desk.troubles() == [Trouble.COVER_OPEN])
    assert desk.states() == {"1": WAITING}

    roll.set(cover_open=False)

    desk.wait_for(PRINTED)
    assert len(on_paper(roll)) == 1


def test_a_printer_that_is_switched_on_again_goes_on_by_itself(desk: Desk, roll: Loopback) -> None:
    roll.refuse()
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(desk.come("Selin Karaca"))
    desk.wait(lambda: desk.troubles() == [Trouble.AWAY])

    roll.accept()

    desk.wait_for(PRINTED)


def test_a_printer_that_resets_in_mid_job_is_asked_about_and_the_rest_comes_out(
    desk: Desk, roll: Loopback
) -> None:
    visit_ids = desk.come(*names(5))
    roll.reset_after(3_000)
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(visit_ids)

    desk.wait_for(PRINTED, UNSURE)

    states = list(desk.states().values())
    assert states.count(UNSURE) == 1
    assert len(on_paper(roll)) == len(set(on_paper(roll))) == 4


def test_a_printer_in_trouble_hands_over_to_its_stand_in_by_itself(
    desk: Desk, roll: Loopback, back_roll: Loopback
) -> None:
    front, back, begun = till(roll), till(back_roll, "Back"), time.monotonic()
    # a badge that the first printer had just begun is put back for two seconds: time must go on
    desk.queue.at = lambda: desk.now + timedelta(seconds=time.monotonic() - begun)
    desk.queue.use([line(front, "badge", badge="Back"), line(back)])
    desk.wait(lambda: len(desk.told) == 2)
    roll.set(paper_out=True, answers_after=0.2)  # its stand-in has looked long before
    visit_ids = desk.come(*names(8))
    desk.ask(visit_ids)

    desk.wait_for(PRINTED)

    assert sorted(on_paper(back_roll)) == sorted(desk.codes(visit_ids))
    assert on_paper(roll) == []


def test_the_first_printer_has_its_work_back_once_it_is_well(
    desk: Desk, roll: Loopback, back_roll: Loopback
) -> None:
    roll.set(paper_out=True)
    desk.queue.use([line(till(roll), "badge", badge="Back"), line(till(back_roll, "Back"))])
    desk.ask(desk.come("Selin Karaca"))
    desk.wait_for(PRINTED)
    back_roll.refuse()
    roll.reload()
    desk.wait(lambda: desk.told[-1] == ("Till", Status()) or ("Till", Status()) in desk.told)

    desk.ask(desk.come("Cem Ak"))

    desk.wait_for(PRINTED)
    assert len(on_paper(roll)) == 1


def test_without_a_stand_in_another_printer_takes_over_by_hand(
    desk: Desk, roll: Loopback, back_roll: Loopback
) -> None:
    roll.refuse()
    desk.queue.use([line(till(roll), "badge"), line(till(back_roll, "Back"))])
    jobs = desk.ask(desk.come(*names(3)))
    desk.wait(lambda: desk.troubles() == [Trouble.AWAY] * 3)

    with desk.database.begin() as session:
        assert print_jobs.move(session, jobs, "Back", at=desk.now) == 3

    desk.wait_for(PRINTED)
    assert len(set(on_paper(back_roll))) == 3


def test_a_printer_that_is_taken_away_leaves_its_work_to_whoever_prints_that_kind(
    desk: Desk, roll: Loopback, back_roll: Loopback
) -> None:
    roll.refuse()
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(desk.come("Selin Karaca"), printer="Till")
    desk.wait(lambda: desk.troubles() == [Trouble.AWAY])

    desk.queue.use([line(till(back_roll, "Back"), "badge")])

    desk.wait_for(PRINTED)
    assert len(on_paper(back_roll)) == 1


def test_another_kind_for_a_printer_does_not_disturb_what_it_prints(desk: Desk, roll: Loopback) -> None:
    roll.reload(rows=100)
    settings = till(roll)
    desk.queue.use([line(settings, "badge")])
    desk.ask(desk.come("Selin Karaca"))
    desk.wait(lambda: desk.troubles() == [Trouble.PAPER_OUT])

    [thread] = threads()
    desk.queue.use([line(settings, "badge", "pass")])
    assert threads() == [thread]
    roll.reload()

    desk.wait_for(PRINTED)
    assert len(on_paper(roll)) == 1


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("printer ")]


def test_a_badge_whose_visitor_left_or_that_was_reprinted_does_not_come_out(
    desk: Desk, roll: Loopback
) -> None:
    left, again, stays = desk.come("Selin Karaca", "Cem Ak", "Hale Öz")
    desk.ask([left, again, stays])
    with desk.database.begin() as session:
        visits.check_out(session, left, at=desk.now)
        new = visits.reprint(session, again, at=desk.now)
    desk.ask([again])
    desk.queue.use([line(till(roll), "badge")])

    desk.wait_for(PRINTED, JobState.CANCELLED)

    assert set(on_paper(roll)) == {new.code} | desk.codes([stays])


def test_what_is_cancelled_does_not_come_out_until_it_is_brought_back(desk: Desk, roll: Loopback) -> None:
    roll.set(cover_open=True)
    desk.queue.use([line(till(roll), "badge")])
    jobs = desk.ask(desk.come("Selin Karaca", "Cem Ak"))
    with desk.database.begin() as session:
        print_jobs.cancel(session, jobs[:1], at=desk.now)
    roll.set(cover_open=False)
    desk.wait_for(PRINTED, JobState.CANCELLED)
    assert len(on_paper(roll)) == 1

    with desk.database.begin() as session:
        print_jobs.bring_back(session, jobs[:1], at=desk.now)

    desk.wait_for(PRINTED)
    assert len(set(on_paper(roll))) == 2


def test_closing_the_desk_without_paper_in_the_printer_takes_no_time_and_asks_after_the_next_start(
    desk: Desk, roll: Loopback
) -> None:
    roll.reload(rows=100)
    desk.queue.use([line(till(roll), "badge")])
    desk.ask(desk.come("Selin Karaca", "Cem Ak"))
    desk.wait(lambda: Trouble.PAPER_OUT in desk.troubles())
    start = time.monotonic()

    desk.queue.stop(within=3)

    assert time.monotonic() - start < 3
    assert sorted(desk.states().values()) == [UNSURE, WAITING]
    desk.ask(desk.come("Hale Öz"))  # asked while the desk closes
    roll.reload()
    desk.queue.start()
    desk.queue.use([line(till(roll), "badge")])
    desk.wait_for(PRINTED, UNSURE)
    assert sorted(desk.states().values()) == [PRINTED, PRINTED, UNSURE]


def test_a_printer_that_hangs_holds_up_neither_the_check_in_nor_the_other_printer(
    desk: Desk, roll: Loopback, back_roll: Loopback
) -> None:
    roll.set(deaf=True)
    settings = till(roll, answers=False, patience_s=60)
    desk.queue.use([line(settings, "badge"), line(till(back_roll, "Back"))])
    desk.ask(desk.come("Selin Karaca"))
    desk.wait(lambda: desk.states()["1"] == SENDING)

    start = time.perf_counter()
    visit_ids = desk.come("Cem Ak")
    assert time.perf_counter() - start < 1
    desk.ask(visit_ids, printer="Back")

    desk.wait(lambda: desk.states()["2"] == PRINTED)
    assert desk.states()["1"] == SENDING
    assert on_paper(roll) == []
    roll.refuse()


def test_kill_minus_nine_in_mid_job_asks_after_the_restart_and_prints_nothing_twice(
    desk: Desk, roll: Loopback
) -> None:
    roll.reload(rows=400)
    visit_ids = desk.come("Selin Karaca", "Cem Ak", "Hale Öz")
    desk.ask(visit_ids)
    command = [sys.executable, "-m", "tests.printing.queue_process", str(desk.database.path), roll.address]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        roll.wait(lambda: roll.faults.paper_out, "the other process never printed")
        os.kill(other.pid, signal.SIGKILL)
    before = list(desk.states().values())
    assert before.count(SENDING) == 1
    roll.reload()

    assert desk.queue.start() == 1
    desk.queue.use([line(till(roll), "badge")])
    desk.wait_for(PRINTED, UNSURE)

    assert sorted(desk.states().values()) == [PRINTED, PRINTED, UNSURE]
    codes = on_paper(roll)
    assert len(codes) == len(set(codes))
    assert set(codes) <= desk.codes(visit_ids)


def test_a_busy_file_delays_what_became_of_a_job_and_loses_it_not(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = Database(file)
    sent, go_on = threading.Event(), threading.Event()

    def script(_sheet: Sheet) -> Outcome:
        sent.set()
        assert go_on.wait(30)
        return Outcome(PRINTED)

    refused: list[str] = []
    monkeypatch.setattr(at_work._log, "warning", lambda *said: refused.append(str(said)))
    with scripted(file, script) as (desk, _printers):
        with desk.database._writer.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=50")
        desk.ask(desk.come("Selin Karaca"))
        assert sent.wait(30)
        with blocker.begin() as session:
            session.execute(text("UPDATE counter SET value = value"))
            go_on.set()
            while not refused:
                assert desk.queue._workers["Till"].is_alive()
                threading.Event().wait(0.01)
            assert desk.states() == {"1": SENDING}
        desk.wait_for(PRINTED)
        assert desk.queue._workers["Till"]._printer.sheets.count("Visitor badge 1") == 1  # type: ignore[union-attr]
    blocker.close()


def test_a_bug_in_a_printer_is_told_asked_about_and_holds_up_nothing_else(file: Path) -> None:
    def script(sheet: Sheet) -> Outcome:
        if sheet.title.endswith("1"):
            raise ZeroDivisionError
        return Outcome(PRINTED)

    with scripted(file, script) as (desk, _printers):
        desk.ask(desk.come("Selin Karaca", "Cem Ak"))
        desk.wait_for(PRINTED, UNSURE)

        assert desk.states() == {"1": UNSURE, "2": PRINTED}
        assert [type(bug) for bug in desk.bugs] == [ZeroDivisionError]


def test_a_badge_that_cannot_be_drawn_holds_up_nothing_else(file: Path) -> None:
    with scripted(file, lambda _sheet: Outcome(PRINTED)) as (desk, _printers):
        draw = desk.queue.draw

        def broken(session: object, job: PrintJob, *rest: object) -> Sheet:
            if job.label == "1":
                raise ZeroDivisionError
            return draw(session, job, *rest)  # type: ignore[arg-type]

        desk.queue.draw = broken
        jobs = desk.ask(desk.come("Selin Karaca", "Cem Ak"))
        desk.wait(lambda: desk.states() == {"1": WAITING, "2": PRINTED})

        # nothing came out, so nobody is asked whether it did; a person says when it is tried again
        assert desk.troubles() == [Trouble.UNDRAWN, ""]
        assert len(desk.bugs) == 1

        desk.queue.draw = draw
        with desk.database.begin() as session:
            print_jobs.print_again(session, jobs[0], at=desk.now)
        desk.wait_for(PRINTED)


def test_what_is_no_longer_there_to_draw_leaves_the_queue_and_says_why(file: Path) -> None:
    with scripted(file, lambda _sheet: Outcome(PRINTED)) as (desk, _printers):
        desk.queue.use([line(desk.queue._workers["Till"].line.printer, "badge", "evacuation")])
        draw = desk.queue.draw

        def refuse(session: object, job: PrintJob, *rest: object) -> Sheet:
            if job.kind == PaperKind.EVACUATION:
                raise Refusal("gone", "")
            return draw(session, job, *rest)  # type: ignore[arg-type]

        desk.queue.draw = refuse
        with desk.database.begin() as session:
            print_jobs.ask(session, PaperKind.EVACUATION, "1", at=desk.now, label="1")
        desk.ask(desk.come("Selin Karaca"))
        desk.wait_for(PRINTED, JobState.CANCELLED)

        assert sorted(desk.troubles()) == ["", Trouble.GONE]
        assert desk.bugs == []


def test_a_file_that_cannot_be_read_for_a_moment_delays_a_badge_and_no_more(file: Path) -> None:
    with scripted(file, lambda _sheet: Outcome(PRINTED)) as (desk, _printers):
        draw, failed = desk.queue.draw, []

        def busy(*asked: object) -> Sheet:
            if not failed:
                failed.append(asked)
                raise Unavailable
            return draw(*asked)  # type: ignore[arg-type]

        desk.queue.draw = busy
        desk.ask(desk.come("Selin Karaca"))
        desk.wait(lambda: bool(failed) and desk.states() == {"1": WAITING})
        desk.now += timedelta(seconds=2)
        desk.queue.wake()

        desk.wait_for(PRINTED)
        assert desk.bugs == []


def test_what_fails_on_a_well_printer_is_tried_again_after_a_pause_that_grows(file: Path) -> None:
    tries: list[int] = []

    def script(_sheet: Sheet) -> Outcome:
        tries.append(1)
        return Outcome(WAITING, Trouble.FAULT) if len(tries) < 3 else Outcome(PRINTED)

    with scripted(file, script) as (desk, [printer]):
        desk.ask(desk.come("Selin Karaca"))
        desk.wait(lambda: len(tries) == 1 and desk.states() == {"1": WAITING})
        look_again(desk, printer)
        assert len(tries) == 1
        desk.now += timedelta(seconds=2)
        desk.queue.wake()
        desk.wait(lambda: len(tries) == 2 and desk.states() == {"1": WAITING})
        desk.now += timedelta(seconds=3)
        look_again(desk, printer)
        assert len(tries) == 2
        desk.now += timedelta(seconds=1)
        desk.queue.wake()

        desk.wait_for(PRINTED)
        assert len(tries) == 3


def test_the_desk_closes_though_a_printer_hangs_and_what_it_says_later_is_not_written(file: Path) -> None:
    hangs, go_on = threading.Event(), threading.Event()

    def script(_sheet: Sheet) -> Outcome:
        hangs.set()
        assert go_on.wait(30)
        return Outcome(PRINTED)

    with scripted(file, script) as (desk, printers):
        desk.ask(desk.come("Selin Karaca"))
        assert hangs.wait(30)
        worker = desk.queue._workers["Till"]
        start = time.monotonic()
        desk.queue.stop(within=0.1)
        assert time.monotonic() - start < 2

        go_on.set()
        worker.join(30)

        assert printers[0].is_closed
        assert desk.states() == {"1": SENDING}
        assert desk.queue.start() == 1
        assert desk.states() == {"1": UNSURE}


def test_new_settings_wait_for_the_old_connection_but_the_desk_does_not(file: Path) -> None:
    hangs, go_on = threading.Event(), threading.Event()

    def script(_sheet: Sheet) -> Outcome:
        hangs.set()
        assert go_on.wait(30)
        return Outcome(PRINTED)

    with scripted(file, script) as (desk, printers):
        desk.ask(desk.come("Selin Karaca"))
        assert hangs.wait(30)
        start = time.monotonic()
        for baud in (19_200, 38_400):
            changed = PrinterSettings(name="Renamed", link="file", address="/dev/null", baud=baud)
            desk.queue.use([line(changed, "badge")])
        assert time.monotonic() - start < 2
        assert len(printers) == 1

        go_on.set()
        desk.ask(desk.come("Cem Ak"))
        desk.wait_for(PRINTED)

        assert printers[0].is_closed
        assert [printer.name for printer in printers] == ["Till", "Renamed"]
        assert printers[-1].sheets == ["", "Visitor badge 2"]


def test_a_printer_that_cannot_be_made_says_that_it_is_broken(file: Path) -> None:
    def make(_settings: PrinterSettings) -> Scripted:
        raise OSError

    database = Database(file)
    desk = Desk(database, make=make)
    desk.queue.use([line(PrinterSettings(name="Till", link="file", address="/dev/null"), "badge")])
    desk.wait(lambda: desk.told == [("Till", Status(Trouble.FAULT))] and len(desk.bugs) == 1)
    desk.queue.stop()
    database.close()


def test_the_threads_of_the_printers_are_known_by_name() -> None:
    assert not PrintQueue.is_at_work()
